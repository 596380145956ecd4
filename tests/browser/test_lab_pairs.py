"""Why cross-entropy in a browser: two columns under one cursor, sliders, curves; by mouse and keys, in every look."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from backprop_core.textbooks.numbers import plain
from tests.browser.conftest import Quiet, ready
from tests.browser.reading import matches, state, tab_to
from tests.browser.test_access import axe

pytestmark = pytest.mark.browser

NEURON = "laboratory?example=nielsen-neuron-saturated&experiment=pairs"
CLASSES = "laboratory?example=softmax-saturated&experiment=pairs"
COLUMNS = ("quadratic", "binary_cross_entropy")


def told(page: Page, ref: str = "", value: float = 0.0) -> dict[str, Any]:
    """The comparison, once the page has that of the network with this parameter."""
    page.wait_for_function(
        """([ref, value]) => { const { comparison } = window.backscope.state().lab.pairs.answer ?? {};
        if (!comparison) return false;
        const [name, layer, row, column] = ref.split(":");
        const array = comparison.traces[0].parameters[name]?.[layer - 1]?.[row];
        return ref === "" || Math.abs((column === undefined ? array : array[column]) - value) < 1e-12; }""",
        arg=[ref, value],
    )
    found: dict[str, Any] = state(page)["lab"]["pairs"]["answer"]["comparison"]
    return found


def judge(server: str, page: Page, costs: tuple[str, ...] = COLUMNS) -> None:
    """δ and the new parameters in the table are those of two traces, asked for one by one."""
    here = state(page)
    rows = page.locator(".pairs-numbers tbody tr")
    for at, cost in enumerate(costs):
        request = here["request"] | {"network": here["request"]["network"] | {"cost": cost}, "steps": False}
        layer = page.request.post(f"{server}api/v1/traces", data=request).json()["layers"][-1]
        j = here["lab"]["pairs"]["output"]
        cells = [row.locator("td").nth(at).locator(".number").last.inner_text() for row in rows.all()]
        assert matches(cells[0], layer["error"][0][j], 4)
        assert matches(cells[1], layer["weight_gradient"][j][0], 4)
        news = [value for name in ("updated_weights", "updated_biases") for value in (layer.get(name) or [])]
        assert any(matches(cells[-1], value, 4) for value in news if isinstance(value, float)) or matches(
            cells[-1], layer["updated_weights"][j][0], 4
        )


def test_from_the_list_it_opens_the_saturated_neuron(server: str, desk: Quiet) -> None:
    page = desk.open(server + "laboratory")
    asked: list[Any] = []

    def listen(request: Request) -> None:
        if "comparisons" in request.url:
            asked.append((request.post_data_json or {})["parameters"]["weights"])

    page.on("request", listen)
    page.get_by_role("link", name="Why cross-entropy").click()
    comparison = told(page, "weights:1:0:0", 2.0)
    here = state(page)
    assert here["published"]["id"] == "nielsen-neuron-saturated"
    # It opens at δ, where the two costs part, and of no other network was anything asked or shown.
    assert here["trace"]["steps"][here["cursor"]]["kind"] == "output_error"
    assert asked == [[[[2.0]]]]
    expect(page.locator(".pair-line.now")).to_have_count(4)
    expect(page.locator(".pairs-compared .sentence")).to_have_text(comparison["sentence"])
    expect(page.locator(".pairs-compared .sentence")).to_contain_text("56.62 times")
    judge(server, page)
    page.get_by_role("link", name="The demon").click()
    page.wait_for_function("() => window.backscope.state().published.id === 'mazur'")


def test_back_leads_out_of_it_and_a_chosen_example_stays(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    page.goto(server + "laboratory?experiment=pairs")
    ready(page)
    told(page, "weights:1:0:0", 2.0)
    page.wait_for_url("**nielsen-neuron-saturated**")
    page.go_back()
    page.wait_for_function("() => location.pathname === '/'")
    page.go_forward()
    told(page, "weights:1:0:0", 2.0)
    page.locator("#example").select_option("nielsen-neuron")
    page.wait_for_function("() => window.backscope.state().published.id === 'nielsen-neuron'")
    page.get_by_role("link", name="The demon").click()
    assert state(page)["published"]["id"] == "nielsen-neuron"


def test_the_slope_stands_in_one_column_and_is_struck_in_the_other(server: str, desk: Quiet) -> None:
    page = desk.open(server + NEURON)
    told(page)
    left, right = page.locator(".pair-side").all()
    assert left.locator(".cancel-pad").count() == 0
    struck = right.locator(".cancel-pad [data-ref^='activation_slope']")
    assert struck.count() == 4  # below and above, in symbols and with numbers
    values = {one for one in struck.evaluate_all("(all) => all.map((one) => one.dataset.value)") if one}
    [slope] = values
    kept = left.locator(".pair-line .numbers [data-ref^='activation_slope'][data-value]").last
    assert kept.get_attribute("data-value") == slope
    assert kept.evaluate("(one) => getComputedStyle(one).fontWeight") == "700"
    # What is struck is drawn with a line through it that can be seen.
    lines = right.locator(".pair-line svg line").evaluate_all("(all) => all.map((one) => getComputedStyle(one).stroke)")
    assert len(lines) == 4
    assert set(lines) == {"rgb(26, 29, 33)"}


def test_one_cursor_steps_both_columns(server: str, desk: Quiet) -> None:
    page = desk.open(server + NEURON + "#step=0")
    comparison = told(page)
    for index, step in enumerate(comparison["traces"][0]["steps"]):
        page.wait_for_selector(f'html[data-step="{index}"]')
        for side, trace in zip(page.locator(".pair-side").all(), comparison["traces"], strict=True):
            there = trace["steps"][index]
            assert there["kind"] == step["kind"]
            expect(side.locator(".pair-name")).to_contain_text(re.split(r"[\^_]", there["name"])[0])
            for number in side.locator(".pair-step .number[data-value]").all():
                value = float(number.get_attribute("data-value") or "nan")
                assert matches(number.inner_text(), value, 4)
        marked = {"cost_gradient": 1, "output_error": 2, "weight_gradient": 1}.get(step["kind"], 0)
        expect(page.locator(".pair-line.now")).to_have_count(2 * marked)
        page.keyboard.press("ArrowRight")


def test_a_slider_saturates_the_neuron_while_it_is_dragged(server: str, desk: Quiet) -> None:
    page = desk.open(server + NEURON)
    told(page)
    slider = page.get_by_role("slider", name="weight")
    box = slider.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.6, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, y, steps=20)
    during = float(slider.input_value())
    comparison = told(page, "weights:1:0:0", during)
    assert during > 7
    assert comparison["numbers"][0]["times"] > 1000
    assert state(page)["request"]["parameters"]["weights"] == [[[2]]]  # the edit comes when it is let go
    page.mouse.up()
    page.wait_for_function("(w) => window.backscope.state().request.parameters.weights[0][0][0] === w", arg=during)
    assert float(slider.input_value()) == during
    assert len(state(page)["undo"]) == 1
    told(page, "weights:1:0:0", during)
    judge(server, page)
    expect(page.locator("#pairs-start")).to_have_value("")


def test_with_the_keyboard_alone(server: str, desk: Quiet) -> None:
    page = desk.open(server + NEURON + "#step=0")
    told(page)

    page.keyboard.press("ArrowRight")
    assert state(page)["cursor"] == 1
    tab_to(page, ".pairs-rate input")
    page.keyboard.press("Control+a")
    page.keyboard.type("0.005")
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.backscope.state().request.learning_rate === 0.005")
    page.wait_for_function(
        "() => window.backscope.state().lab.pairs.answer?.comparison?.traces[0].learning_rate === 0.005"
    )
    # As the text runs it: with this learning rate cross-entropy comes to 0.7796 in 300 updates.
    assert f"{told(page)['sides'][1]['course']['outputs'][300][0]:.4f}" == "0.7796"
    tab_to(page, ".pairs-knob [type=range]")
    page.keyboard.press("ArrowLeft")
    told(page, "weights:1:0:0", 1.9)
    tab_to(page, ".pairs-knob .input")
    page.keyboard.press("Control+a")
    page.keyboard.type("-3")
    page.keyboard.press("Enter")
    told(page, "weights:1:0:0", -3)
    page.keyboard.press("Control+a")
    page.keyboard.type("much")
    page.keyboard.press("Enter")
    expect(page.locator(".pairs-knob .problem").first).to_be_visible()
    told(page, "weights:1:0:0", -3)
    tab_to(page, "#pairs-after")
    page.keyboard.press("End")
    comparison = told(page)
    cells = page.locator(".pairs-reading td").all_inner_texts()
    for at, side in enumerate(comparison["sides"]):
        assert matches(cells[at], side["course"]["outputs"][300][0], 4)
        assert matches(cells[2 + at], side["course"]["costs"][300], 4)


def test_the_curves_are_the_courses(server: str, desk: Quiet) -> None:
    page = desk.open(server + "laboratory?example=nielsen-neuron&experiment=pairs#lab=0 300")
    comparison = told(page, "weights:1:0:0", 0.6)
    expect(page.locator(".pairs-print")).to_have_count(2)
    expect(page.locator(".pairs-print").last).to_contain_text("0.09 in print, 0.09396 here")
    for paper, name in ((0, "outputs"), (1, "costs")):
        drawn = (
            page.locator(".pair-curve")
            .nth(paper)
            .locator(".course")
            .evaluate_all(
                """(all) => all.map((one) => { const { length } = one.getAttribute("d").match(/[ML]/g);
            const end = one.getPointAtLength(one.getTotalLength()); const start = one.getPointAtLength(0);
            return [length, start.y, end.y]; })"""
            )
        )
        for (count, start, end), side in zip(drawn, comparison["sides"], strict=True):
            values = [one[0] if name == "outputs" else one for one in side["course"][name]]
            assert count == len(values) == 301
            assert (start < end) == (values[0] > values[-1])
    label = page.locator(".pair-curve").first.get_attribute("aria-label") or ""
    for side in comparison["sides"]:
        assert plain(side["course"]["outputs"][300][0]) in label


def test_three_classes(server: str, desk: Quiet) -> None:
    page = desk.open(server + NEURON)
    told(page)
    page.locator(".pairs-row .segments").get_by_text("Softmax").click()
    page.wait_for_function(
        "() => window.backscope.state().lab.pairs.answer?.comparison?.sides[1].cost === 'cross_entropy'"
    )
    costs = ("quadratic", "cross_entropy")
    judge(server, page, costs)
    page.locator("#pairs-output").select_option(index=2)
    page.wait_for_function("() => window.backscope.state().lab.pairs.answer?.comparison?.output === 2")
    expect(page.locator(".pairs-compared .sentence")).to_contain_text("77.95 times")
    judge(server, page, costs)
    assert page.locator(".pair-side").last.locator(".cancel-pad").count() == 4
    assert page.locator(".pair-side").first.locator(".cancel-pad").count() == 0
    assert page.locator(".pairs-knob").count() == 3
    page.wait_for_function("() => location.hash.includes('lab=2')")
    other = desk.open(page.url)
    assert told(other)["output"] == 2


def test_the_ways_on(server: str, desk: Quiet) -> None:
    page = desk.open(server + NEURON + "#step=5")
    comparison = told(page)
    for at, preset in enumerate(("slow_quadratic", "slow_cross_entropy")):
        links = page.locator(".pair-side").nth(at).get_by_role("link")
        assert urlsplit(links.last.get_attribute("href") or "").query == f"preset={preset}"
        step = desk.open(server.rstrip("/") + (links.first.get_attribute("href") or ""))
        step.wait_for_selector('html[data-step="5"]')
        trace = state(step)["trace"]
        assert trace["network"]["cost"] == COLUMNS[at]
        assert trace["layers"] == comparison["traces"][at]["layers"]


def test_a_network_without_a_pair_says_so(server: str, desk: Quiet) -> None:
    page = desk.open(server + NEURON)
    told(page)
    page.evaluate("window.backscope.example('cs231n-neuron')")
    page.wait_for_function("() => window.backscope.state().published.id === 'cs231n-neuron'")
    expect(page.locator(".pairs-unfit")).to_be_visible()
    expect(page.locator(".pairs-told")).to_be_hidden()
    page.get_by_role("button", name="Open three classes").click()
    page.wait_for_function(
        "() => window.backscope.state().lab.pairs.answer?.comparison?.sides[1].cost === 'cross_entropy'"
    )
    expect(page.locator(".pairs-told")).to_be_visible()


@pytest.mark.parametrize("lens", ["johnston", "catching-ai", "sun"])
def test_in_the_words_of_every_text(server: str, desk: Quiet, lens: str) -> None:
    page = desk.open(f"{server}{NEURON}&lens={lens}")
    comparison = told(page)
    assert comparison["traces"][0]["textbook"] == lens
    page.keyboard.press("End")
    assert page.locator(".pair-side").last.locator(".cancel-pad").count() == 4
    assert page.locator(".pairs .katex-error").count() == 0


def test_axe_finds_nothing_in_any_look(server: str, look: Quiet) -> None:
    for address in (NEURON, CLASSES):
        page = look.open(f"{server}{address}#step=5")
        told(page)
        assert axe(page) == []
        assert not page.locator("#bench").evaluate("(one) => one.scrollWidth > one.clientWidth")
        expect(page.locator(".pairs-row .segments")).to_be_visible()
