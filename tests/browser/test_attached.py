"""The step page of a session: over either end of its next update the session moves, and a copy leaves it alone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Quiet, ready
from tests.browser.reading import state
from tests.browser.training import call

pytestmark = pytest.mark.browser

RECIPE: dict[str, Any] = {
    "network": {
        "inputs": 2,
        "layers": [{"size": 4, "activation": "tanh"}, {"size": 2, "activation": "softmax"}],
        "cost": "cross_entropy",
    },
    "data": {"name": "moons", "count": 60},
    "training": {"learning_rate": 0.05, "batch_size": 7, "optimizer": {"name": "adam"}},
}


@pytest.fixture
def session(server: str) -> dict[str, Any]:
    """A session that stands before update 41 (the 42nd)."""
    made = call(server, "POST", "/sessions", RECIPE)
    moved: dict[str, Any] = call(server, "POST", f"/sessions/{made['id']}/updates", {"count": 41}, made["revision"])
    return moved


def now(server: str, session: dict[str, Any]) -> int:
    return int(call(server, "GET", f"/sessions/{session['id']}")["update"])


def opened(desk: Quiet, server: str, session: dict[str, Any], name: str = "session") -> Page:
    page = desk.open(f"{server}#{name}={session['id' if name == 'session' else 'watch']}")
    expect(page.locator("#where")).to_contain_text("Update 42")
    return page


def test_its_numbers_are_those_of_the_session(server: str, desk: Quiet, session: dict[str, Any]) -> None:
    page = opened(desk, server, session)
    trace = call(server, "GET", f"/sessions/{session['id']}/trace")
    assert state(page)["trace"]["layers"] == trace["layers"]
    assert state(page)["trace"]["batch"] == trace["batch"]
    expect(page.locator("#example option:checked")).to_contain_text("epoch 6")


def test_over_the_end_and_back_over_the_start(server: str, desk: Quiet, session: dict[str, Any]) -> None:
    page = opened(desk, server, session)
    page.keyboard.press("End")
    page.keyboard.press("Space")
    expect(page.locator("#where")).to_contain_text("Update 43")
    assert now(server, session) == 42
    following = call(server, "GET", f"/sessions/{session['id']}/trace")
    assert state(page)["trace"]["layers"][1]["weights"] == following["layers"][1]["weights"]
    for update in (42, 41):
        page.keyboard.press("Home")
        page.keyboard.press("ArrowLeft")
        expect(page.locator("#where")).to_contain_text(f"Update {update} ")
    assert now(server, session) == 40
    steps = state(page)["trace"]["steps"]
    assert state(page)["cursor"] == len(steps) - 1


def test_another_text_and_another_example_tell_the_same_update(
    server: str, desk: Quiet, session: dict[str, Any]
) -> None:
    page = opened(desk, server, session)
    before = state(page)["trace"]["layers"][1]["weight_gradient"]
    page.keyboard.press("l")
    expect(page.locator("#textbook")).to_have_value("johnston")
    page.keyboard.press("]")
    page.wait_for_function("() => window.backscope.state().trace.example === 1")
    assert state(page)["example"] == 1
    assert state(page)["trace"]["layers"][1]["weight_gradient"] == before
    assert "session=" in page.url


def test_a_watcher_steps_through_and_cannot_move_it(server: str, desk: Quiet, session: dict[str, Any]) -> None:
    page = opened(desk, server, session, "watch")
    page.keyboard.press("End")
    expect(page.locator("#where")).to_contain_text("the next update is the driver’s")
    expect(page.locator("#next")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Home")
    expect(page.locator("#back")).to_have_attribute("aria-disabled", "true")
    assert session["id"] not in page.content()
    assert now(server, session) == 41


def test_a_changed_number_makes_a_copy(server: str, desk: Quiet, session: dict[str, Any]) -> None:
    page = opened(desk, server, session)
    page.keyboard.press("End")
    page.locator("[data-ref='weights:1:0:0']").first.click()
    field = page.locator(".inspector input").first
    field.fill("0.25")
    field.press("Enter")
    page.wait_for_function("() => window.backscope.state().session.own === true")
    expect(page).not_to_have_url(re.compile("session="))
    assert now(server, session) == 41


def test_the_way_back_to_training(server: str, desk: Quiet, session: dict[str, Any]) -> None:
    page = opened(desk, server, session)
    assert page.locator("#to-training").get_attribute("href") == f"/train#session={session['id']}"


def test_a_session_that_is_not_there(server: str, browser: Any) -> None:
    """The browser itself writes refused answers to the console, so this context is not held to silence."""
    page = browser.new_page()
    page.goto(f"{server}#session=aaaaaaaaaaaaaaaaaaaaaa")
    ready(page)
    expect(page.locator("#status")).to_contain_text("no session of that name")
    page.close()


@pytest.mark.parametrize("width", [360, 390])
def test_on_a_phone_no_control_is_cut_off(server: str, desk: Quiet, session: dict[str, Any], width: int) -> None:
    page = opened(desk, server, session)
    page.set_viewport_size({"width": width, "height": 740})
    expect(page.locator("#play-small")).to_be_visible()
    expect(page.locator("#to-training")).to_be_visible()
    row = page.locator(".controls")
    assert row.evaluate("(row) => row.scrollWidth <= row.clientWidth")
    assert page.locator("#next").evaluate("(button) => button.scrollWidth <= button.clientWidth")
