"""The ways to the page of expressions and away from it: each leads back to what one left."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Quiet, arrived
from tests.browser.reading import state, wait_for_step

pytestmark = pytest.mark.browser


def test_g_leads_back_to_where_one_was_and_the_expression_is_found_again(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}laboratory?example=han-kamber&experiment=demon#step=4")
    page.get_by_role("link", name="Your own expression").click()
    arrived(page, "/graphs")
    page.locator("#expression").fill("g = a*a")
    page.locator("#expression").press("Enter")
    page.wait_for_function("() => window.backscope.state().trace.expression === 'g = a*a'")
    page.locator("#to-step").focus()
    page.keyboard.press("ArrowRight")
    wait_for_step(page, 1)
    page.keyboard.press("g")
    arrived(page, "/laboratory")
    here = state(page)
    assert (here["published"]["id"], here["lab"]["chosen"], here["cursor"]) == ("han-kamber", "demon", 4)
    page.get_by_role("link", name="Your own expression").click()
    arrived(page, "/graphs")
    wait_for_step(page, 1)
    assert state(page)["trace"]["expression"] == "g = a*a"


def test_other_pages_lead_here_and_away(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}laboratory")
    page.get_by_role("link", name="Your own expression").first.click()
    arrived(page, "/graphs")
    expect(page.locator("#to-laboratory")).to_have_attribute("aria-current", "page")
    page.keyboard.press("g")
    page.wait_for_url(f"{server}laboratory*")
