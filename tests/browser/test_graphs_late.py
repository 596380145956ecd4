"""Answers that come late to the page of expressions: nothing newer is lost to them, nor a question to another one."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Quiet
from tests.browser.reading import eventually, hold, state, wait_for_step
from tests.browser.test_graphs_more import type_expression

pytestmark = pytest.mark.browser


def test_an_answer_that_comes_late_does_not_take_away_what_is_typed(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs")
    held = hold(page, "**/api/v1/graphs", times=1)
    page.locator("#expression").fill("x*y")
    page.keyboard.press("Enter")
    page.locator("#expression").fill("x*y + z")
    eventually(page, lambda: len(held) == 1)
    held[0].continue_()
    page.wait_for_function("() => window.backscope.state().trace.expression === 'x*y'")
    expect(page.locator("#expression")).to_have_value("x*y + z")
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.backscope.state().trace.expression === 'x*y + z'")


def test_what_was_asked_is_not_lost_to_another_way_of_telling_it(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs?lens=sun")
    held = hold(page, "**/api/v1/graphs")
    type_expression(page, "x*y")
    page.locator("#panel").focus()
    page.keyboard.press("3")
    page.keyboard.press("l")
    eventually(page, lambda: '"nielsen"' in (held[-1].request.post_data or ""))
    held[-1].continue_()
    page.wait_for_function("() => window.backscope.state().trace.expression === 'x*y'")
    here = state(page)
    assert here["granularity"] == here["trace"]["granularity"] == "term"
    assert here["textbook"] == here["trace"]["textbook"] == "nielsen"
    expect(page.locator("#expression-waits")).to_be_empty()


def test_whoever_goes_back_before_a_step_was_written_down_can_come_back_again(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs#step=1")
    page.locator("#expression-example").select_option("fork")
    page.wait_for_function("() => window.backscope.state().trace.expression.includes('relu')")
    page.evaluate("() => { window.backscope.seek(2); history.back(); }")
    wait_for_step(page, 1)
    page.wait_for_timeout(400)
    assert page.evaluate("location.hash").endswith("step=1")
    page.go_forward()
    page.wait_for_function("() => window.backscope.state().trace.expression.includes('relu')")
