"""The demon in a browser: pushes by mouse and by keyboard alone, judged by two traces; number lines; every look."""

import json
import re
import subprocess
import sys
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from backprop_core.textbooks.numbers import plain
from tests.browser.conftest import Quiet
from tests.browser.reading import check_numbers, matches, state, tab_to
from tests.browser.test_access import axe

pytestmark = pytest.mark.browser

DEMON = "laboratory?experiment=demon"
CHAIN = "laboratory?example=nielsen-chain&experiment=demon"


def answered(page: Page, change: float, ref: str = "") -> dict[str, Any]:
    """The answer to this push of this number, once the page has it."""
    page.wait_for_function(
        """([change, ref]) => { const { nudge } = window.backscope.state().lab.demon.answer ?? {};
        return nudge && Math.abs(nudge.pushes[0].change - change) < 1e-12 && (ref === "" || nudge.ref === ref); }""",
        arg=[change, ref],
    )
    nudge: dict[str, Any] = state(page)["lab"]["demon"]["answer"]["nudge"]
    return nudge


def cost_of(server: str, page: Page, request: dict[str, Any]) -> float:
    answer = page.request.post(f"{server}api/v1/traces", data=request | {"steps": False})
    return float(answer.json()["cost"])


def moved(request: dict[str, Any], ref: str, change: float) -> dict[str, Any]:
    """The request with one number pushed; for one example a pushed z is a pushed bias."""
    other: dict[str, Any] = json.loads(json.dumps(request))
    name, layer, *place = ref.split(":")
    l, at = int(layer), [int(part) for part in place]
    if name == "weights":
        other["parameters"]["weights"][l - 1][at[0]][at[1]] += change
    elif l == 0:
        other["batch"]["inputs"][0][at[0]] += change
    else:
        other["parameters"]["biases"][l - 1][at[0]] += change
    return other


def judge(server: str, page: Page, ref: str, change: float) -> None:
    """What stands on the page is what two traces say, and the promise is the trace's derivative times the push."""
    answered(page, change, ref)
    here = state(page)
    request, trace = here["request"], here["trace"]
    name, layer, *place = ref.split(":")
    quantity = {"weights": "weight_gradient", "biases": "bias_gradient", "weighted_input": "error"}[name]
    derivative = trace["layers"][int(layer)][quantity]
    for index in [0, *map(int, place)] if quantity == "error" else map(int, place):
        derivative = derivative[index]
    actual = cost_of(server, page, moved(request, ref, change)) - cost_of(server, page, request)
    for kind, value in (("predicted", derivative * change), ("actual", actual), ("gap", actual - derivative * change)):
        shown = page.locator(f".demon-numbers .{kind} dd").inner_text()
        # Beyond 10 digits the difference of two costs is round-off.
        assert matches(shown, value, 4) or abs(value) < 1e-9, (kind, shown, value)
    sides = ["positive" if value > 0 else "negative" for value in (derivative * change, actual)]
    assert page.locator(".demon-bars .bar").evaluate_all("(bars) => bars.map((bar) => bar.classList[2])") == sides
    check_numbers(page, trace)


def test_every_kind_of_number_is_pushed_by_mouse(server: str, desk: Quiet) -> None:
    page = desk.open(server + DEMON)
    answered(page, 0.1, "weighted_input:1:0")
    page.evaluate("window.backscope.seek(5)")
    slider = page.locator("#demon-slider")
    for ref, share in (
        ("weighted_input:2:1", 0.9),
        ("weights:1:0:1", 0.2),
        ("biases:2:0", 0.75),
        ("weighted_input:0:1", 0.05),
    ):
        shown = ref.replace("weighted_input:0", "activation:0")
        page.locator(f'#stage [data-ref="{shown}"]').first.click(force=True)
        page.wait_for_function("(ref) => window.backscope.state().lab.demon.answer?.ref === ref", arg=ref)
        box = slider.bounding_box()
        assert box
        y = box["y"] + box["height"] / 2
        page.mouse.move(box["x"] + box["width"] / 2, y)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * share, y, steps=12)
        during = float(slider.input_value())
        answered(page, during, ref)
        page.mouse.up()
        judge(server, page, ref, float(slider.input_value()))


def test_the_gap_in_the_table_falls_to_a_quarter(server: str, desk: Quiet) -> None:
    page = desk.open(server + DEMON)
    nudge = answered(page, 0.1)
    rows = page.locator(".demon-halved tbody tr")
    expect(rows).to_have_count(6)
    last = rows.last.locator("td").last.inner_text()
    assert float(last.removeprefix("× ")) == pytest.approx(4.0, abs=0.05)
    for row, push in zip(rows.all(), nudge["pushes"], strict=True):
        for cell, value in zip(
            row.locator("th, td").all()[1:4], (push["predicted"], push["actual"], push["gap"]), strict=True
        ):
            assert matches(cell.inner_text(), value, 4)


def test_with_the_keyboard_alone(server: str, desk: Quiet) -> None:
    page = desk.open(server + CHAIN)
    answered(page, 0.1)
    page.keyboard.press("End")

    tab_to(page, ".demon-kind select")
    page.keyboard.press("w")
    page.wait_for_function("() => window.backscope.state().lab.demon.answer?.ref === 'weights:1:0:0'")
    tab_to(page, "#demon-slider")
    cursor = state(page)["cursor"]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    judge(server, page, "weights:1:0:0", 0.12)
    page.keyboard.press("PageDown")
    page.keyboard.press("Home")
    judge(server, page, "weights:1:0:0", -1.0)
    assert state(page)["cursor"] == cursor
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("-2.5e-3")
    judge(server, page, "weights:1:0:0", -2.5e-3)
    page.keyboard.press("Enter")
    expect(page.locator(".demon [role=status]")).to_contain_text("pushed by −0.0025")
    page.keyboard.press("Control+a")
    page.keyboard.type("much")
    page.keyboard.press("Enter")
    expect(page.locator("#demon-typed")).to_be_visible()
    assert page.locator("#demon-change").input_value() == "much"
    answered(page, -2.5e-3)


def test_a_neuron_of_the_stage_is_chosen_by_enter(server: str, desk: Quiet) -> None:
    page = desk.open(server + DEMON)
    answered(page, 0.1)
    page.keyboard.press("End")
    page.locator("#stage [data-key]:has-text('δ'), #stage [tabindex='0']").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.backscope.state().selected !== null")
    selected = state(page)["selected"]
    nudge = answered(page, 0.1)
    assert nudge["ref"].split(":")[1:] == selected.split(":")[1:]
    assert state(page)["tab"] == "experiment"


def test_the_stage_shows_old_and_new_all_the_way_to_the_cost(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}{DEMON}#step=0&select=weighted_input:1:1&lab=0.7")
    nudge = answered(page, 0.7, "weighted_input:1:1")
    assert state(page)["cursor"] == 0  # the whole way is shown, however far the steps have come
    twins = page.evaluate("[...window.backscope.state().lab.twin.values]")
    moved = {(one["quantity"], one["layer"]) for one in nudge["moved"]}
    assert moved == {("weighted_input", 1), ("activation", 1), ("weighted_input", 2), ("activation", 2)}
    said = page.locator("#stage").inner_text().replace("\u200b", "")
    for ref, value in twins:
        if ref != "costs":
            assert plain(value) in said, (ref, value)


def test_it_is_said_once_at_rest_and_not_at_every_pixel(server: str, desk: Quiet) -> None:
    page = desk.open(server + DEMON)
    answered(page, 0.1)
    page.evaluate("""() => {
      window.said = [];
      const region = document.querySelector(".demon [role=status]");
      const told = { childList: true, characterData: true, subtree: true };
      new MutationObserver(() => window.said.push(region.textContent)).observe(region, told);
    }""")
    slider = page.locator("#demon-slider")
    box = slider.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.55, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.95, y, steps=25)
    answered(page, float(slider.input_value()))
    assert page.evaluate("window.said") == []
    page.mouse.up()
    page.wait_for_function("window.said.length > 0")
    page.wait_for_timeout(200)
    said = page.evaluate("window.said")
    assert len(said) == 1
    assert re.search(r"pushed by [\d.]+: promised [\d.]+, happened [\d.]+\.", said[0].replace("·10⁻", ""))


def test_a_chain_moves_on_its_number_lines(server: str, desk: Quiet) -> None:
    page = desk.open(server + DEMON)
    answered(page, 0.1)
    page.get_by_role("link", name="Open a chain of single neurons").click()
    expect(page.locator(".demon-chain .lines > li")).to_have_count(8)
    nudge = answered(page, 0.1, "weighted_input:1:0")
    assert page.locator(".demon-chain .is").count() == 7  # all but the input, which stands before
    field = page.locator("#demon-change")
    field.fill("0.8")
    answered(page, 0.8)
    product = 1.0
    for link in nudge["chain"][1:-1]:
        product *= link["sensitivity"]
    assert product == pytest.approx(state(page)["trace"]["layers"][1]["error"][0][0], rel=1e-12)
    places = page.locator(".demon-chain .lines > li:nth-child(2) circle").evaluate_all(
        "(all) => all.map((one) => Number(one.getAttribute('cx')))"
    )
    assert places[0] < places[1]
    check_numbers(page, state(page)["trace"])
    assert axe(page) == []


def test_a_corner_on_the_way_is_named(server: str, desk: Quiet) -> None:
    page = desk.open(server + "laboratory?example=sun&experiment=demon#select=weighted_input:1:0&lab=-9")
    nudge = answered(page, -9.0, "weighted_input:1:0")
    assert nudge["pushes"][0]["kinks"] > 0
    expect(page.locator(".demon .note").first).to_contain_text("corner")


def test_a_link_opens_the_same_push(server: str, desk: Quiet) -> None:
    page = desk.open(server + DEMON)
    answered(page, 0.1)
    page.locator('#stage [data-ref="weights:2:0:0"]').first.click(force=True)
    page.locator("#demon-change").fill("-0.35")
    answered(page, -0.35, "weights:2:0:0")
    page.wait_for_function("location.hash.includes('lab=')")
    other = desk.open(page.url)
    judge(server, other, "weights:2:0:0", -0.35)


def test_the_call_of_the_push_gives_its_numbers(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}{DEMON}#select=weights:2:0:1&lab=-0.35")
    nudge = answered(page, -0.35, "weights:2:0:1")
    page.get_by_role("tab", name="Call").click()
    expect(page.locator("#panel h1").first).to_have_text("This experiment by REST")
    python = page.locator("#panel pre").nth(1).inner_text()
    found = subprocess.run([sys.executable, "-c", python], capture_output=True, text=True, check=True).stdout
    assert json.loads(found) == nudge


def test_every_text_tells_the_push(server: str, desk: Quiet) -> None:
    for lens, sign in (("johnston", "C"), ("catching-ai", "J"), ("sun", "C")):
        page = desk.open(f"{server}{DEMON}&lens={lens}#select=weights:1:0:0")
        nudge = answered(page, 0.1, "weights:1:0:0")
        assert nudge["told"]["cost_tex"].startswith(sign)
        check_numbers(page, state(page)["trace"])


def test_it_looks_right_to_axe_in_any_look(server: str, look: Quiet) -> None:
    for address in (DEMON, CHAIN):
        page = look.open(server + address)
        answered(page, 0.1)
        page.keyboard.press("End")
        page.locator("#demon-change").fill("0.5")
        answered(page, 0.5)
        assert axe(page) == []
        too_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not too_wide
        over = page.locator(".demon-halved").evaluate(
            "(table) => table.scrollWidth > table.parentElement.clientWidth + 1"
        )
        assert not over or page.locator(".demon .table-scroll").get_attribute("tabindex") == "0"
