"""The Data panel as its tests use it: opened, filled, and asked what it makes of what was put in."""

import json
import math
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Quiet


def open_data(desk: Quiet, server: str, tab: str = "") -> Page:
    page = desk.open(f"{server}train")
    page.get_by_role("button", name="Data", exact=True).click()
    expect(page.locator("#data")).to_be_visible()
    if tab:
        page.get_by_role("tab", name=tab).click()
    return page


def paste(page: Page, text: str) -> None:
    page.locator(".data-text").fill(text)


def used(page: Page) -> dict[str, Any]:
    """The body that makes the session, when this data is used."""
    with page.expect_request(lambda request: request.method == "POST" and request.url.endswith("/sessions")) as asked:
        page.get_by_role("button", name="Use this data").click()
    expect(page.locator("#data")).to_be_hidden()
    found: dict[str, Any] = json.loads(asked.value.post_data or "")
    return found


def refused(desk: Quiet) -> None:
    """A refused table is a 422 that the browser tells on the console; everything else there is a fault."""
    desk.complaints[:] = [one for one in desk.complaints if "status of 422" not in one]


def counted(page: Page) -> list[int]:
    return [int(text) for text in page.locator(".data-chip .count").all_inner_texts()]


def opener(page: Page) -> Locator:
    """The header's button where there is room for it, else the word of the recipe."""
    header = page.get_by_role("button", name="Data", exact=True)
    return header if header.is_visible() else page.locator("[data-opens=data]").first


def draw_spiral(page: Page, turn: float) -> None:
    box = page.locator(".data-square").bounding_box()
    assert box is not None
    middle, reach = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2), 0.45 * box["width"]
    for step in range(10, 101):
        angle, radius = 3 * math.pi * step / 100 + turn, reach * step / 100
        page.mouse.move(middle[0] + radius * math.cos(angle), middle[1] - radius * math.sin(angle))
        if step == 10:
            page.mouse.down()
    page.mouse.up()
