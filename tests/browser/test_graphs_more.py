"""The page of expressions for everyone: keyboard alone, every look judged by axe, numbers that are the server's."""

import csv
import io
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Page, expect

from backprop_core import TEXTBOOKS, graph_examples
from tests.browser.conftest import Quiet
from tests.browser.reading import copied, matches, numbers, state, step, wait_for_step
from tests.browser.test_access import axe

pytestmark = pytest.mark.browser

WHERE = """() => { const at = document.activeElement; return at?.closest("#stage") ? "stage"
  : at?.closest("#input-values") ? "values" : at?.id || (at?.getAttribute("aria-label") ?? at?.textContent ?? ""); }"""
TABS = ("Equation", "Receipt", "Check", "Published", "Call")


def true_number(trace: dict[str, Any], ref: str) -> float | None:
    """What the API holds under ``ref``."""
    name, k = ref.split(":")
    rows = trace["nodes"] if name in ("value", "gradient") else trace["edges"]
    found: float | None = rows[int(k)][name]
    return found


def check_numbers(page: Page, trace: dict[str, Any]) -> int:
    count = 0
    for number in numbers(page):
        if not number["ref"]:
            continue
        true = true_number(trace, number["ref"])
        assert true is not None, number
        assert float(number["value"]) == true, number
        assert not number["shown"] or matches(number["text"], true, 4), number
        count += 1
    return count


def forgive(pages: Quiet) -> None:
    """What the server refuses, the browser notes down; the page shows it in words."""
    pages.complaints[:] = [one for one in pages.complaints if "status of 422" not in one]


def type_expression(page: Page, text: str) -> None:
    """As somebody at the keyboard does it."""
    page.locator("#expression").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("granularity", ["pass", "node", "term"])
def test_every_number_of_every_step_is_the_servers(server: str, desk: Quiet, granularity: str) -> None:
    page = desk.open(f"{server}graphs?lens=sun")
    page.keyboard.press({"pass": "1", "node": "2", "term": "3"}[granularity])
    page.wait_for_function("(wanted) => window.backscope.state().trace.granularity === wanted", arg=granularity)
    body = {"expression": "f = (x + y) * z", "values": {"x": -2, "y": 5, "z": -4}, "granularity": granularity}
    trace = httpx2.post(f"{server}api/v1/graphs", json=body | {"textbook": "sun"}).json()
    for index, one in enumerate(trace["steps"]):
        page.evaluate(f"window.backscope.seek({index})")
        wait_for_step(page, index)
        assert check_numbers(page, trace) > 0
        expect(page.locator("#panel h1")).to_have_text(one["name"])
        expect(page.locator("#panel .sentence")).to_have_text(one["sentence"])
        expect(page.locator("#announcer")).to_contain_text(one["sentence"])


@pytest.mark.parametrize("example", [one.id for one in graph_examples()])
def test_every_example_opens_and_shows_true_numbers(server: str, desk: Quiet, example: str) -> None:
    page = desk.open(f"{server}graphs")
    page.evaluate("(id) => window.backscope.example(id)", example)
    wanted = next(one for one in graph_examples() if one.id == example).request
    page.wait_for_function("(text) => window.backscope.state().trace.expression === text", arg=wanted["expression"])
    page.keyboard.press("End")
    trace = state(page)["trace"]
    wait_for_step(page, len(trace["steps"]) - 1)
    assert check_numbers(page, trace) > 0


def test_the_keyboard_walks_types_and_checks(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs")
    for index in range(1, 4):
        page.keyboard.press("ArrowRight")
        wait_for_step(page, index)
    page.keyboard.press("ArrowLeft")
    wait_for_step(page, 2)
    page.keyboard.press("End")
    wait_for_step(page, 5)
    page.keyboard.press("Shift+ArrowLeft")
    assert step(page) < 5
    page.keyboard.press("Home")
    wait_for_step(page, 0)
    type_expression(page, "f = x * exp(y)")
    page.wait_for_function("() => window.backscope.state().trace.expression === 'f = x * exp(y)'")
    page.keyboard.press("Escape")
    page.locator("#tab-equation").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_contain_text("Is this gradient right?")
    slider = page.locator("#check-step")
    slider.focus()
    before = state(page)["check"]["stepSize"]
    page.keyboard.press("ArrowRight")
    assert state(page)["check"]["stepSize"] > before
    assert "h = " in (slider.get_attribute("aria-valuetext") or "")
    forgive(desk)


def test_the_lens_key_tells_in_the_words_of_the_next_text(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs?lens=nielsen")
    page.keyboard.press("End")
    wait_for_step(page, 5)
    said = []
    for _ in TEXTBOOKS:
        said.append(page.locator("#panel .sentence").inner_text())
        now = state(page)["textbook"]
        page.keyboard.press("l")
        page.wait_for_function("(now) => window.backscope.state().trace.textbook !== now", arg=now)
    assert len(set(said)) == len(TEXTBOOKS)


def test_tab_reaches_the_field_the_values_the_nodes_and_the_controls(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs")
    reached = set()
    for _ in range(50):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(WHERE))
    assert {"stage", "values", "expression"} <= reached
    assert any("next" in name.lower() for name in reached), reached


def test_a_mistake_is_shown_with_its_place_and_the_graph_stays(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs")
    for text, words in (
        ("f = (x + y", "never closed"),
        ("f = (x + ", "has to stand here"),
        ("f = x ^ 2", "written with **"),
        ("__import__('os')", "there is no text here"),
        ("f = x.real", "a point stands only inside a number"),
        ("f = lambda x", "there are only expressions here"),
    ):
        type_expression(page, text)
        expect(page.locator("#expression-problem")).to_contain_text(words)
        expect(page.locator("#expression-problem pre")).to_contain_text("^")
        assert state(page)["trace"]["expression"] == "f = (x + y) * z"
    forgive(desk)


def test_the_push_says_where_the_promise_fails(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs")
    type_expression(page, "f = x ** 2")
    page.wait_for_function("() => window.backscope.state().trace.expression === 'f = x ** 2'")
    page.locator("#panel").focus()
    page.keyboard.press("End")
    expect(page.locator(".trial")).to_contain_text("bends on the way")
    answer = state(page)["nudge"]["answer"]
    slider = page.locator("#trial-change")
    slider.focus()
    page.keyboard.press("End")
    page.wait_for_function("() => window.backscope.state().nudge.answer?.pushes[0].change === 0.5")
    later = state(page)["nudge"]["answer"]
    assert abs(later["pushes"][0]["gap"]) > abs(answer["pushes"][0]["gap"])
    forgive(desk)


def test_the_receipt_can_be_taken_along(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs?lens=sun")
    page.keyboard.press("End")
    wait_for_step(page, 5)
    page.get_by_role("tab", name="Receipt").click()
    table = copied(page, page.get_by_role("button", name="CSV"), "Copied CSV")
    rows = list(csv.DictReader(io.StringIO(table)))
    trace = state(page)["trace"]
    assert len(rows) >= 6
    held = {str(value) for row in rows for value in row.values()}
    assert any(str(trace["value"]) in one or "-12" in one for one in held)


def test_the_call_gives_what_is_on_the_screen(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs?lens=sun")
    page.get_by_role("tab", name="Call").click()
    said = page.locator("#panel").inner_text()
    assert "/api/v1/graphs" in said
    assert '"expression"' in said
    assert "curl" in said


def test_axe_finds_nothing(server: str, look: Quiet) -> None:
    page = look.open(f"{server}graphs?lens=sun")
    for index in (0, 2, 4, 5):
        page.evaluate(f"window.backscope.seek({index})")
        wait_for_step(page, index)
        assert axe(page) == []
    for name in TABS[1:]:
        page.get_by_role("tab", name=name).click()
        if name == "Check":
            expect(page.locator(".v-curve")).to_be_visible()
        assert axe(page) == []


def test_axe_finds_nothing_in_a_mistake_and_in_the_help(server: str, look: Quiet) -> None:
    page = look.open(f"{server}graphs")
    type_expression(page, "f = (x + ")
    expect(page.locator("#expression-problem")).to_be_visible()
    assert axe(page) == []
    page.locator("#panel").focus()
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()
    assert axe(page) == []
    forgive(look)


@pytest.mark.parametrize("example", ["cs231n-product", "cs231n-staged", "mazur", "two-neurons"])
def test_nothing_is_wider_than_the_window(server: str, look: Quiet, example: str) -> None:
    page = look.open(f"{server}graphs")
    page.evaluate("(id) => window.backscope.example(id)", example)
    wanted = next(one for one in graph_examples() if one.id == example).request["expression"]
    page.wait_for_function("(text) => window.backscope.state().trace.expression === text", arg=wanted)
    for key in ("Home", "End"):
        page.locator("#panel").focus()
        page.keyboard.press(key)
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_with_motion_a_step_goes_on_by_itself_and_ends_at_the_end(server: str, moving: Quiet) -> None:
    page = moving.open(f"{server}graphs")
    page.keyboard.press("p")
    wait_for_step(page, 5)
    page.wait_for_function("() => !window.backscope.state().playing")


def test_with_reduced_motion_nothing_travels(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs")
    page.keyboard.press("ArrowRight")
    wait_for_step(page, 1)
    first = page.locator("#stage").evaluate("(stage) => stage.outerHTML")
    page.wait_for_timeout(400)
    assert page.locator("#stage").evaluate("(stage) => stage.outerHTML") == first


def test_what_is_typed_says_that_it_waits_and_a_button_computes_it(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs")
    hint, button = page.locator("#expression-hint"), page.locator(".expression-hint .button")
    expect(hint).to_be_hidden()
    page.locator("#expression").focus()
    expect(hint).to_be_visible()
    assert page.locator("#expression").get_attribute("aria-describedby") == "expression-hint"
    expect(button).to_be_hidden()
    page.locator("#expression").press("End")
    page.keyboard.press("Shift+Enter")
    page.keyboard.insert_text("g = f*2\ng + x")
    expect(page.locator("#expression-waits")).to_have_text("Typed, not computed yet.")
    button.click()
    page.wait_for_function("() => window.backscope.state().trace.expression.endsWith('g = f*2\\ng + x')")
    expect(page.locator("#expression-waits")).to_be_empty()
    expect(button).to_be_hidden()
