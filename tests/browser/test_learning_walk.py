"""The whole way of a newcomer: own points, training, freezing, stepping, taking back, going on, sharing.

And the digits, learned on the page with their errors in sight.
"""

import math
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Quiet, arrived
from tests.browser.data_panel import draw_spiral, open_data
from tests.browser.reading import copied, state

pytestmark = pytest.mark.browser


def update(page: Page) -> int:
    """The update that the page of training says it stands at."""
    found = re.search(r"update ([\d,]+)", page.locator("#run-where").inner_text())
    assert found is not None
    return int(found[1].replace(",", ""))


def own_spiral(server: str, desk: Quiet) -> Page:
    """The page of training with two arms drawn by hand."""
    page = open_data(desk, server, "Draw")
    draw_spiral(page, 0)
    page.locator(".data-chip").nth(1).click()
    draw_spiral(page, math.pi)
    page.get_by_role("button", name="Use this data").click()
    expect(page.locator("#data")).to_be_hidden()
    expect(page.locator("#recipe")).to_contain_text("your")
    return page


def test_from_own_points_to_a_shared_link(server: str, desk: Quiet) -> None:
    page = own_spiral(server, desk)
    page.locator("#start").click()
    expect(page.locator("#start-text")).to_have_text("Pause")
    page.wait_for_function("() => window.backscope.state().session.update > 100")

    # Freeze: the step page opens on the very update that comes next.
    page.locator("#freeze").click()
    arrived(page, "/")
    frozen = state(page)["update"]
    assert frozen > 100
    for step in (1, 2, 3):
        page.keyboard.press("Space")
        expect(page.locator("html")).to_have_attribute("data-step", str(step))

    # Take two updates back, go over one of them again, and see the very same numbers.
    weights = state(page)["trace"]["layers"][1]["weights"]
    for back in (1, 2):
        page.keyboard.press("Home")
        page.keyboard.press("ArrowLeft")
        expect(page.locator("#where")).to_contain_text(f"Update {frozen - back} ")
    for forth in (1, 0):
        page.keyboard.press("End")
        page.keyboard.press("Space")
        expect(page.locator("#where")).to_contain_text(f"Update {frozen - forth} ")
    assert state(page)["trace"]["layers"][1]["weights"] == weights

    # Back to training, and on from there.
    page.locator("#to-training").click()
    arrived(page, "/train")
    expect(page.locator("#run-where")).to_contain_text(f"update {frozen - 1:,}".replace(",", ""), use_inner_text=True)
    page.locator("#start").click()
    page.wait_for_function("(frozen) => window.backscope.state().session.update > frozen", arg=frozen)
    page.locator("#start").click()
    expect(page.locator("#start-text")).to_have_text("Start")
    assert update(page) > frozen

    # Somebody else opens the link: the same network, and nothing to drive it with.
    link = copied(page, page.locator("#share"), "Link to watch copied")
    assert "#watch=" in link
    assert state_id(page) not in link
    other = desk.open(link)
    expect(other.locator("#run-where")).to_contain_text(
        page.locator("#run-where").inner_text().split("update")[-1].strip()
    )
    expect(other.locator("#start")).to_be_hidden()
    page.bring_to_front()
    following = update(page) + 1
    page.get_by_role("button", name="One update", exact=True).click()
    expect(other.locator("#run-where")).to_contain_text(f"update {following}")


def state_id(page: Page) -> str:
    return page.url.rpartition("session=")[2]


def test_the_digits_are_learned_to_95_per_cent_with_their_errors_in_sight(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}train?preset=digits")
    expect(page.locator("#recipe")).to_contain_text("64 – ")
    page.locator("#run-speed").select_option("")
    page.locator("#start").click()
    expect(page.locator("#curves")).to_contain_text(re.compile(r"test (9[5-9]|100)"))
    # Which digits are still taken for others is drawn, digit by digit.
    plane = page.locator("#plane")
    expect(plane).to_contain_text("wrong")
    assert plane.locator("canvas").count() > 3
