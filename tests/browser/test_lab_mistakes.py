"""Classic mistakes in a browser: right over wrong on the stage, the marks of the timeline, the exercise, every look."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from backprop_core.textbooks.numbers import plain
from tests.browser.conftest import Quiet
from tests.browser.reading import state
from tests.browser.test_access import axe

pytestmark = pytest.mark.browser

MISTAKES = "laboratory?experiment=mistakes"


def answered(page: Page, mistake: str) -> dict[str, Any]:
    """The answer to this mistake, with what finds it, once the page has both."""
    page.wait_for_function(
        """(mistake) => { const { turn, check } = window.backscope.state().lab.mistakes.answer ?? {};
        return turn?.mistake === mistake && check; }""",
        arg=mistake,
    )
    answer: dict[str, Any] = state(page)["lab"]["mistakes"]["answer"]
    return answer


def seek(page: Page, step: int) -> None:
    page.evaluate("(step) => window.backscope.seek(step)", step)
    page.wait_for_function("(step) => window.backscope.state().cursor === step", arg=step)


def seconds(page: Page) -> dict[str, str]:
    """Ref → text of every second number on the stage."""
    pairs: dict[str, str] = page.locator("#stage [data-twin]").evaluate_all(
        "(all) => Object.fromEntries(all.map((one) => [one.dataset.twin, one.textContent]))"
    )
    return pairs


def test_wrong_numbers_stand_under_the_right_ones_from_where_they_part(server: str, desk: Quiet) -> None:
    page = desk.open(server + MISTAKES)
    turn = answered(page, "stale_weights")["turn"]
    first = turn["told"]["first_step"]
    seek(page, first - 1)
    assert seconds(page) == {}
    seek(page, first)
    wrong = {pair["ref"]: pair["wrong"] for pair in turn["pairs"]} | {
        one["ref"]: one["value"] for one in turn["told"]["instead"]
    }
    shown = seconds(page)
    assert {"error:1:0", "error:1:1", "weights:2:0:0"} <= set(shown)
    assert all(text == plain(wrong[ref]) for ref, text in shown.items())


def test_the_timeline_shows_the_move_its_ghost_and_what_it_spoils(server: str, desk: Quiet) -> None:
    page = desk.open(server + MISTAKES)
    turn = answered(page, "stale_weights")["turn"]
    expect(page.locator("#track .tick.moved")).to_have_count(1)
    expect(page.locator("#track .tick.ghost")).to_have_count(1)
    wrong = [one["step"] for one in turn["told"]["steps"] if one["wrong"]]
    expect(page.locator("#track .tick.wrong")).to_have_count(len(wrong))
    seek(page, wrong[0])
    assert "wrong with the mistake" in (page.locator("#track").get_attribute("aria-valuetext") or "")
    page.locator(".mistake-switches [data-mistake=stale_weights]").click()
    expect(page.locator("#track .tick:is(.wrong, .ghost, .moved, .changed)")).to_have_count(0)
    assert seconds(page) == {}


def test_the_printed_number_the_table_and_what_finds_it(server: str, desk: Quiet) -> None:
    page = desk.open(server + MISTAKES)
    answered(page, "stale_weights")
    expect(page.locator(".mistake-printed")).to_contain_text("0.291027924")
    rows = page.locator(".mistake-numbers tbody tr")
    expect(rows.last).to_contain_text("0.291027774")
    expect(rows.last).to_contain_text("0.291027924")
    expect(page.locator(".mistake-told")).to_contain_text("A gradient check finds it")
    page.locator(".mistake-status .link").click()
    assert state(page)["cursor"] == answered(page, "stale_weights")["turn"]["told"]["first_step"]


def test_every_mistake_of_every_text_is_told(server: str, desk: Quiet) -> None:
    for lens in ("nielsen", "johnston", "catching-ai", "sun"):
        page = desk.open(f"{server}{MISTAKES}&lens={lens}")
        answered(page, "stale_weights")
        for one in state(page)["lab"]["mistakes"]["rooms"]["list"]:
            switch = page.locator(f".mistake-switches [data-mistake={one['name']}]")
            assert switch.is_disabled() is not one["has_room"]
            if not one["has_room"]:
                expect(switch).to_contain_text(one["needs"])
            elif one["name"] != "stale_weights":
                switch.click()
                answered(page, one["name"])
                expect(page.locator(".mistake-wrong .math").first).to_be_visible()
                expect(page.locator(".mistake-wrong [data-mark]").first).to_be_attached()
        page.close()


def test_what_a_gradient_check_misses_is_said_honestly(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}{MISTAKES}#lab=ascent")
    answered(page, "ascent")
    expect(page.locator(".mistake-told")).to_contain_text("does not find it")
    expect(page.locator(".mistake-told")).to_contain_text("A small step finds it")


def found_step(page: Page, server: str, seed: int) -> int:
    """The first step whose result is not that of the right trace."""
    here = state(page)
    wrong = page.request.post(f"{server}api/v1/mistakes/exercises", data=here["request"] | {"seed": seed}).json()
    pairs = zip(here["trace"]["steps"], wrong["trace"]["steps"], strict=True)
    return next(at for at, (one, other) in enumerate(pairs) if one["result"] != other["result"])


def test_the_exercise_is_solved_with_the_keyboard_alone(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}{MISTAKES}#lab=find%207")
    page.wait_for_function("() => window.backscope.state().lab.stage !== null")
    step = found_step(page, server, 7)

    def tab_to(name: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("(name) => document.activeElement.textContent === name", name):
                return
        raise AssertionError(name)

    tab_to("Hint")
    page.keyboard.press("Enter")
    expect(page.locator(".mistake-hints li")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".mistake-hints li")).to_have_count(2)
    tab_to("Check the gradient")
    page.keyboard.press("Enter")
    expect(page.locator(".mistake-exercise .says").first).to_be_visible()
    page.keyboard.press("Home")
    page.wait_for_function("() => window.backscope.state().cursor === 0")
    tab_to("This step is wrong")
    page.keyboard.press("Enter")
    expect(page.locator(".mistake-verdict")).to_contain_text("Not this one")
    for _ in range(step):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("(step) => window.backscope.state().cursor === step", arg=step)
    page.keyboard.press("Enter")
    expect(page.locator(".mistake-verdict")).to_contain_text("Found")
    # What is said of the step is said of these numbers, so they stay.
    assert state(page)["lab"]["stage"] is not None


def test_the_stage_of_the_exercise_has_the_numbers_of_the_wrong_program(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}{MISTAKES}#lab=find%207")
    page.wait_for_function("() => window.backscope.state().lab.stage !== null")
    seek(page, 8)
    here = state(page)
    wrong = here["lab"]["stage"]["trace"]["layers"][1]["error"][0][0]
    assert wrong != here["trace"]["layers"][1]["error"][0][0]
    expect(page.locator('#stage [data-ref="error:1:0"]')).to_have_text(plain(wrong))
    named = {one["name"] for one in here["lab"]["mistakes"]["rooms"]["list"]}
    assert not any(name in page.url for name in named)
    page.get_by_role("button", name="Back to the mistakes").click()
    page.wait_for_function("() => window.backscope.state().lab.stage === null")
    answered(page, "stale_weights")


def test_stage_lines_and_tabs_of_an_exercise_have_the_same_numbers(server: str, desk: Quiet) -> None:
    """∂C/∂a is wrong here: nothing beside it may have the right one, or the step is given away."""
    page = desk.open(f"{server}laboratory?example=mazur&experiment=mistakes#step=6&lab=find%2037540137")
    page.wait_for_function("() => window.backscope.state().lab.stage !== null")
    here = state(page)
    right, wrong = (
        plain(trace["layers"][2]["activation_gradient"][0][0])
        for trace in (here["trace"], here["lab"]["stage"]["trace"])
    )
    assert right != wrong
    page.get_by_role("button", name="This step is wrong").click()
    expect(page.locator(".mistake-verdict")).to_contain_text("Found")
    stage = page.locator("#stage")
    expect(stage).to_contain_text(wrong)
    expect(stage).not_to_contain_text("a − y")
    expect(page.locator(".mistake-step")).to_contain_text(wrong)
    for tab in ("equation", "matrices", "receipt"):
        page.locator(f"#tab-{tab}").click()
        expect(page.locator("#matrices" if tab == "matrices" else "#panel")).to_contain_text(wrong)
        page.locator("#stage .stage-neuron").last.click()
        assert right not in page.locator("body").inner_text()


def test_an_exercise_tells_the_wrong_numbers_at_every_granularity(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}laboratory?example=mazur&experiment=mistakes#step=6&lab=find%2037540137")
    page.wait_for_function("() => window.backscope.state().lab.stage !== null")
    here = state(page)
    right, wrong = (
        plain(trace["layers"][2]["activation_gradient"][0][0])
        for trace in (here["trace"], here["lab"]["stage"]["trace"])
    )
    for granularity in ("term", "neuron"):
        page.locator(f"#granularity input[value={granularity}]").click(force=True)
        page.wait_for_function("(wanted) => window.backscope.state().told.granularity === wanted", arg=granularity)
        page.locator("#tab-equation").click()
        expect(page.locator("#panel")).to_contain_text(wrong)
        assert right not in page.locator("body").inner_text()
        page.locator("#tab-experiment").click()
        expect(page.get_by_role("button", name="This step is wrong")).to_be_enabled()
    page.locator("#granularity input[value=layer]").click(force=True)
    expect(page.get_by_text("To point at a step, go by equation.")).to_be_visible()
    expect(page.get_by_role("button", name="This step is wrong")).to_be_disabled()
    page.locator("#tab-equation").click()
    expect(page.locator("#panel")).to_contain_text(wrong)
    page.locator("#tab-experiment").click()
    page.get_by_role("button", name="Step by equation").click()
    expect(page.get_by_role("button", name="This step is wrong")).to_be_enabled()


def test_a_mistake_of_the_second_update_is_shown_in_it(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}{MISTAKES}#step=9&lab=gradients_kept")
    page.wait_for_function("() => window.backscope.state().lab.stage !== null")
    here = state(page)
    after = page.request.post(f"{server}api/v1/traces", data=here["request"]).json()["layers"]
    assert here["lab"]["stage"]["trace"]["layers"][2]["weights"] == after[2]["updated_weights"]
    expect(page.locator("#where")).to_contain_text("Update 2")
    pair = next(
        one for one in here["lab"]["mistakes"]["answer"]["turn"]["pairs"] if one["ref"] == "weight_gradient:2:0:0"
    )
    stage = page.locator("#stage")
    expect(stage).to_contain_text(plain(pair["right"]))
    expect(stage).to_contain_text(plain(pair["wrong"]))
    expect(page.locator("#track")).to_contain_text("✕")
    # The wavy line runs under the fraction that does not belong there, not through it.
    under = """(mark) => [...mark.querySelectorAll(".mathnormal")]
        .every((letter) => letter.getBoundingClientRect().bottom <= mark.getBoundingClientRect().bottom)"""
    assert page.locator(".mistake-wrong [data-mark=changed]").first.evaluate(under)
    page.locator("[data-mistake=gradients_kept]").click()
    page.wait_for_function("() => window.backscope.state().lab.stage === null")
    expect(page.locator("#where")).to_contain_text("Update 1")


def test_axe_finds_nothing(server: str, look: Quiet) -> None:
    page = look.open(server + MISTAKES)
    answered(page, "stale_weights")
    for step in (0, 8, 14):
        seek(page, step)
        assert axe(page) == []
    page = look.open(f"{server}{MISTAKES}#lab=find%207")
    page.wait_for_function("() => window.backscope.state().lab.stage !== null")
    assert axe(page) == []


def test_on_a_phone_a_menu_stands_for_the_list(server: str, desk: Quiet) -> None:
    page = desk.open(server + MISTAKES)
    page.set_viewport_size({"width": 390, "height": 844})
    answered(page, "stale_weights")
    page.locator(".mistake-menu select").select_option("slope_forgotten")
    answered(page, "slope_forgotten")
    expect(page.locator(".mistakes .title").first).to_have_text("σ′ left out")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
