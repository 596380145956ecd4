"""For everyone: axe finds nothing in any look, the keyboard reaches everything, the screen says what it shows."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Quiet
from tests.browser.reading import state, wait_for_step

pytestmark = pytest.mark.browser


def axe(page: Page) -> list[Any]:
    found = Axe().run(page)
    return [
        (violation["id"], [node["html"][:160] for node in violation["nodes"]])
        for violation in found.response["violations"]
    ]


def test_axe_finds_nothing(server: str, look: Quiet) -> None:
    page = look.open(server)
    for index in (0, 2, 5, 8, 9, 14):
        page.evaluate(f"window.backscope.seek({index})")
        wait_for_step(page, index)
        assert axe(page) == []
    for name in ("Receipt", "Published", "Call"):
        page.get_by_role("tab", name=name).click()
        assert axe(page) == []


def test_axe_finds_nothing_in_dialogs_and_the_inspector(server: str, look: Quiet) -> None:
    page = look.open(server)
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.evaluate("window.backscope.seek(8)")
    page.locator('#stage [data-ref="weighted_input:1:0"]').first.click(force=True)
    assert state(page)["selected"]
    assert axe(page) == []


def test_nothing_is_wider_than_the_window(server: str, look: Quiet) -> None:
    page = look.open(server)
    for index in range(15):
        page.evaluate(f"window.backscope.seek({index})")
        wait_for_step(page, index)
        too_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not too_wide, index


def test_tab_reaches_the_controls_and_the_network(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "(() => { const at = document.activeElement; return at?.closest('#stage') ? 'stage' :"
                " (at?.getAttribute('aria-label') ?? at?.textContent ?? at?.tagName).trim().slice(0, 24); })()"
            )
        )
    assert "stage" in reached
    assert any(name.startswith("Next step") for name in reached)
    assert any(name.startswith("Share") for name in reached)


def test_a_neuron_is_chosen_by_keyboard_alone(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.closest('#stage svg') !== null"):
            break
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert state(page)["selected"]
    page.keyboard.press("Escape")
    assert not state(page)["selected"]


def test_each_step_is_announced(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    for index in (1, 2, 3):
        page.keyboard.press("Space")
        wait_for_step(page, index)
        told = state(page)["trace"]["steps"][index]["sentence"]
        expect(page.locator("[aria-live=polite]").filter(has_text=told[:40]).first).to_be_attached()


def test_reduced_motion_jumps(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    page.keyboard.press("Space")
    wait_for_step(page, 1)
    shown = page.locator('#stage [data-ref="weighted_input:1:0"]').first
    expect(shown).to_have_text("0.3775", timeout=100)


def test_space_in_a_field_is_a_space(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    page.locator('#stage [data-ref="weights:2:0:0"]').first.click(force=True)
    field = page.locator("#new-value").first
    field.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    assert state(page)["cursor"] == 0


def test_theme_by_choice_wins(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    background = "getComputedStyle(document.body).backgroundColor"
    seen = {page.evaluate(background)}
    for _ in range(2):
        page.locator("#theme").click()
        seen.add(page.evaluate(background))
    assert len(seen) == 2
    chosen = page.evaluate("document.documentElement.dataset.theme")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate("document.documentElement.dataset.theme") == chosen
