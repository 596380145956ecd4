"""The gradient check in a browser: the subtraction shown is true, the keyboard does everything, every look is clean."""

import base64
import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from backprop_core import STEP_SIZES
from tests.browser.conftest import Quiet, ready
from tests.browser.reading import expected, state, tab_to, wait_for_step
from tests.browser.test_access import axe

pytestmark = pytest.mark.browser

ROWS = ("above", "below", "difference", "width", "numerical", "backpropagated", "absolute", "relative")
POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
KINKED = {
    "network": {"inputs": 1, "layers": [{"size": 2, "activation": "relu"}, {"size": 1, "activation": "identity"}]},
    "parameters": {"weights": [[[1.0], [0.0]], [[0.5, 2.0]]], "biases": [[0.0, 0.0], [0.1]]},
    "batch": {"inputs": [[0.5], [1.5]], "targets": [[1.0], [0.0]]},
}
"""The second hidden neuron stands on its corner in both examples."""


def laboratory(server: str, fragment: str = "step=9", query: str = "example=mazur&") -> str:
    return f"{server}laboratory?{query}experiment=check#{fragment}"


def sent(request: dict[str, Any]) -> str:
    return "request=" + base64.urlsafe_b64encode(json.dumps(request).encode()).decode().rstrip("=")


def worked(page: Page) -> dict[str, tuple[float, str]]:
    """Row → its exact number and its text."""
    expect(page.locator(".worked")).to_be_visible()
    found = {}
    for name in ROWS:
        cell = page.locator(f'.worked [data-row="{name}"] .figures')
        found[name] = (float((cell.get_attribute("data-value") or "").replace("not finite", "nan")), cell.inner_text())
    return found


def read(text: str) -> float:
    mantissa, _, power = text.partition("·10")
    return float(mantissa.translate(POWERS)) * 10.0 ** int(power.translate(POWERS) or 0)


def last_place(text: str) -> float:
    return 10.0 ** -len(text.partition(".")[2])


def check_worked(page: Page) -> None:
    """The subtraction holds in full, and as it is written, to the last figure of each of its numbers."""
    rows = worked(page)
    exact = {name: value for name, (value, _) in rows.items()}
    assert exact["difference"] == exact["above"] - exact["below"]
    assert exact["numerical"] == exact["difference"] / exact["width"]
    assert exact["absolute"] == abs(exact["numerical"] - exact["backpropagated"])
    assert exact["relative"] == exact["absolute"] / max(abs(exact["numerical"]), abs(exact["backpropagated"]))
    shown = {name: read(text) for name, (_, text) in rows.items()}
    place = last_place(rows["above"][1])
    assert shown["difference"] == pytest.approx(shown["above"] - shown["below"], abs=1.6 * place)
    slack = 1.6 * place / shown["width"] + 10.0 * abs(shown["numerical"]) * place / abs(shown["difference"] or place)
    assert shown["numerical"] == pytest.approx(shown["difference"] / shown["width"], abs=slack)
    assert shown["backpropagated"] == pytest.approx(exact["backpropagated"], rel=1e-8)


@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize(("step", "at"), [(9, 16), (9, 0), (7, 8), (10, 4), (8, 12), (2, 16)])
def test_the_numbers_on_the_screen_satisfy_the_equation_on_the_screen(
    server: str, desk: Quiet, step: int, at: int, precision: str
) -> None:
    page = desk.open(laboratory(server, f"step={step}&lab={at},{precision}"))
    check_worked(page)
    rows = worked(page)
    assert rows["width"][0] == pytest.approx(2 * STEP_SIZES[at], rel=1e-2)
    ref = page.locator('.worked [data-row="backpropagated"] .figures').get_attribute("data-ref") or ""
    exact = expected(state(page)["trace"], ref, 0)
    assert rows["backpropagated"][0] == pytest.approx(exact, rel=1e-15 if precision == "float64" else 1e-5)


def test_where_the_step_vanishes_that_is_said_and_nothing_is_divided(server: str, desk: Quiet) -> None:
    page = desk.open(laboratory(server, "step=9&lab=44,float32"))
    rows = worked(page)
    assert (rows["width"][0], rows["numerical"][1], rows["relative"][1]) == (0.0, "–", "–")
    expect(page.locator(".answered .verdict")).to_contain_text("nothing: in float32 both sides are the same place")


@pytest.mark.parametrize("textbook", ["nielsen", "johnston", "catching-ai", "sun"])
def test_every_text_writes_the_definition_in_its_letters(server: str, desk: Quiet, textbook: str) -> None:
    page = desk.open(laboratory(server, "step=9", f"example=mazur&lens={textbook}&"))
    definition = page.locator(".definition")
    expect(definition.locator(".katex")).to_be_visible()
    assert definition.locator(".katex-error").count() == 0
    options = page.locator("#check-number option").all_inner_texts()
    assert options
    assert all(re.match(r"^(δ|∂C/∂)\S", option) for option in options), options


def press(page: Page, key: str, times: int = 1) -> None:
    for _ in range(times):
        page.keyboard.press(key)


def test_the_keyboard_alone_moves_h_changes_the_precision_sorts_and_selects(server: str, desk: Quiet) -> None:
    page = desk.open(laboratory(server))
    before = worked(page)
    tab_to(page, "input[name=check-precision]")
    press(page, "ArrowRight")
    expect(page.locator("input[value=float32]")).to_be_checked()
    press(page, "ArrowLeft")
    tab_to(page, "#check-step")
    press(page, "ArrowRight", 4)
    assert state(page)["lab"]["check"]["at"] == 12
    assert page.locator("#check-step").get_attribute("aria-valuetext") == "h = 10⁻⁴"
    assert worked(page)["width"][0] == pytest.approx(10 * before["width"][0])
    check_worked(page)
    press(page, "Home")
    assert page.locator("#check-step").get_attribute("aria-valuetext") == "h = 10⁻¹²"
    press(page, "End")
    assert page.locator("#check-step").get_attribute("aria-valuetext") == "h = 0.1"
    # None of these keys was a step of the timeline.
    assert page.locator("html").get_attribute("data-step") == "9"
    tab_to(page, ".error-map")
    press(page, "ArrowDown")
    press(page, "ArrowRight", 2)
    expect(page.locator(".error-field").first.locator(".heat-readout .number")).to_contain_text("·10")
    press(page, "Enter")
    assert state(page)["selected"] == "bias_gradient:1:1"
    expect(page.locator("#check-number")).to_have_value("bias_gradient:1:1")
    assert page.locator("html").get_attribute("data-step") == "9"
    tab_to(page, "#check-by-order")
    press(page, "Enter")
    expect(page.locator(".checked th[aria-sort=ascending]")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "check-by-order"
    press(page, "Tab")
    press(page, "Tab")
    press(page, "Enter")
    assert state(page)["selected"] == "weight_gradient:1:0:0"


def test_the_number_follows_the_steps_until_one_is_selected(server: str, desk: Quiet) -> None:
    page = desk.open(laboratory(server, "step=7"))
    chosen = page.locator("#check-number")
    expect(chosen).to_have_value("error:2:0")
    page.keyboard.press("ArrowRight")
    wait_for_step(page, 8)
    expect(chosen).to_have_value("error:1:0")
    chosen.select_option("error:1:1")
    assert state(page)["selected"] == "error:1:1"
    page.keyboard.press("ArrowRight")
    wait_for_step(page, 9)
    expect(chosen).to_have_value("error:1:1")
    page.get_by_role("button", name="Follow the steps").click()
    expect(chosen).to_have_value("weight_gradient:2:0:0")
    page.locator('#stage [data-ref="weighted_input:1:1"]').first.click(force=True)
    expect(chosen).to_have_value("error:1:1")
    check_worked(page)


def test_a_click_on_the_curve_chooses_a_step_and_a_link_brings_it_back(server: str, desk: Quiet) -> None:
    page = desk.open(laboratory(server))
    paper = page.locator(".curve-paper")
    expect(paper.locator(".of.float64.chosen")).to_be_visible()
    expect(paper.locator(".of.float32")).to_be_visible()
    expect(paper).to_contain_text("truncation")
    expect(paper).to_contain_text("round-off")
    box = paper.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 0.98 * box["width"], box["y"] + box["height"] / 2)
    assert state(page)["lab"]["check"]["at"] == 0
    expect(page.locator(".answered .verdict")).to_have_attribute("data-verdict", "truncation")
    page.wait_for_function("location.hash.includes('lab=0')")
    again = desk.open(page.url)
    expect(again.locator(".answered .verdict")).to_have_attribute("data-verdict", "truncation")


def test_the_curve_stays_while_neurons_are_pointed_at(server: str, desk: Quiet) -> None:
    page = desk.open(laboratory(server, "step=8"))
    curve = page.locator(".lab-check .v-curve")
    expect(curve).to_be_visible()
    page.locator('.stage-neuron[data-layer="1"]').first.hover()
    page.wait_for_function("window.backscope.state().pointed !== null")
    expect(curve).to_be_visible()


def test_the_whole_network_is_checked_at_any_step(server: str, desk: Quiet) -> None:
    page = desk.open(laboratory(server, "step=9&lab=2,float64"))
    whole = page.locator(".whole-network")
    expect(whole.locator(".verdict")).to_have_attribute("data-passed", "true")
    expect(whole).to_contain_text("All 12 numbers compared agree")
    expect(whole).to_contain_text("24 forward passes")
    assert whole.locator(".error-map").count() == 2
    rows = whole.locator(".checked tbody tr")
    assert rows.count() == 12
    errors = [read(text) for text in rows.locator("td:last-child").all_inner_texts()]
    assert errors == sorted(errors, reverse=True)
    page.locator("#check-all").click()
    expect(whole.locator(".verdict")).to_have_attribute("data-passed", "false")
    expect(whole).to_contain_text("h = 0.032")
    expect(whole).to_contain_text("h = 10⁻⁵ is a better judge")
    assert whole.locator("tr.bad").count() > 0
    assert whole.locator(".error-map path.class-4").count() > 0


def test_kinks_are_named_and_not_counted(server: str, desk: Quiet) -> None:
    page = desk.open(laboratory(server, f"{sent(KINKED)}&select=weights:1:1:0", ""))
    expect(page.locator(".answered .verdict")).to_have_attribute("data-verdict", "kink")
    expect(page.locator(".worked-out")).to_contain_text(
        "neuron 2 of layer 2, example 1; neuron 2 of layer 2, example 2"
    )
    whole = page.locator(".whole-network")
    expect(whole.locator(".verdict")).to_have_attribute("data-passed", "true")
    expect(whole).to_contain_text("4 kinks were crossed and not counted")
    assert whole.locator(".error-map path.class-5").count() == 1


def test_a_network_too_large_to_be_checked_whole_says_so_and_one_number_is_checked(server: str, desk: Quiet) -> None:
    page = desk.open(laboratory(server, "step=0", "example=wide-784&"))
    expect(page.locator(".whole-network .problem")).to_contain_text("check_parameters")
    page.locator("#check-number").focus()
    check_worked(page)
    # What a server refuses is not an error of the page.
    desk.complaints = [one for one in desk.complaints if "422" not in one]


@pytest.mark.parametrize("fragment", ["step=9", "step=4&select=weights:2:0:1"])
def test_the_step_page_leads_to_the_check_of_what_it_shows(server: str, desk: Quiet, fragment: str) -> None:
    page = desk.open(f"{server}?example=mazur#{fragment}")
    tab_to(page, "#check-this")
    page.keyboard.press("Enter")
    page.wait_for_url("**/laboratory?**experiment=check**")
    ready(page)
    expect(page.get_by_role("tab", name="Experiment")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#check-number")).to_have_value(
        "weight_gradient:2:0:1" if "select" in fragment else "weight_gradient:2:0:0"
    )
    check_worked(page)


def test_a_forward_step_offers_no_check(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}?example=mazur#step=2")
    assert page.locator("#check-this").count() == 0


def test_axe_finds_nothing_and_nothing_is_too_wide(server: str, look: Quiet) -> None:
    page = look.open(laboratory(server))
    expect(page.locator(".checked")).to_be_visible()
    page.locator(".error-map").first.hover()
    assert axe(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    wide = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.className)"
    assert page.locator("#panel-scroll, .lab-check").evaluate_all(wide) == []
