"""The derivation leaves the page: copied, saved, and printed as a hand-out of every step."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Quiet
from tests.browser.reading import check_numbers, copied, shared, state
from tests.browser.test_access import axe

pytestmark = pytest.mark.browser


def opened(page: Page) -> None:
    """The menu, by whichever button leads to it at this width."""
    if page.locator("#export").is_visible():
        page.locator("#export").click()
    else:
        page.locator("#more").click()
        page.locator("#more-export").click()
    expect(page.locator("#export-menu")).to_be_visible()


def exported(page: Page, name: str) -> str:
    return copied(page, page.locator("#export-menu").get_by_role("button", name=f"Copy {name}"), "Copied")


def test_every_format_is_copied(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}#step=3")
    opened(page)
    assert exported(page, "LaTeX").startswith(r"\documentclass")
    assert exported(page, "Markdown").startswith("# Backpropagation in a 2-2-2 network")
    assert exported(page, "CSV, all values").startswith("step,phase,kind")
    assert "15. " in exported(page, "Text")


def test_whoever_shares_twice_in_a_row_has_the_second_link(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    before = shared(page)
    page.keyboard.press("ArrowRight")
    assert shared(page) == f"{before}#step=1"
    expect(page.get_by_role("button", name="Share")).to_have_text("Share")


def test_what_is_to_come_can_be_left_out(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}#step=3")
    opened(page)
    page.get_by_label("Up to step 4").check()
    text = exported(page, "Text")
    assert "\n4. " in text
    assert "\n5. " not in text


def test_a_document_is_saved_under_the_name_of_the_text(server: str, desk: Quiet, tmp_path: Path) -> None:
    page = desk.open(server)
    page.select_option("#textbook", "johnston")
    expect(page.locator("html")).to_have_attribute("data-step", "0")
    page.wait_for_url("**lens=johnston**")
    opened(page)
    with page.expect_download() as saving:
        page.locator("#export-menu").get_by_role("button", name="Save LaTeX").click()
    assert saving.value.suggested_filename == "backscope-johnston.tex"
    saving.value.save_as(tmp_path / "derivation.tex")
    assert "in the words of Johnston" in (tmp_path / "derivation.tex").read_text(encoding="utf-8")


def test_the_hand_out_has_every_step_and_nothing_else(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}#step=3&tab=receipt")
    before = state(page)
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    hand_out = page.locator("#handout")
    expect(hand_out).to_be_visible()
    expect(page.locator("#page")).to_be_hidden()
    steps = before["trace"]["steps"]
    assert hand_out.locator("article").count() == len(steps)
    for at, step in enumerate(steps):
        expect(hand_out.locator("article").nth(at)).to_contain_text(step["sentence"][:40])
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert check_numbers(page, before["trace"]) > 100
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert hand_out.locator("article").count() == 0
    expect(page.locator("#page")).to_be_visible()


EXPRESSION = "graphs#f=u+%3D+w_1*x%0Aloss_rate+%3D+u*u&v=w_1:2,x:3&step=2"


def test_an_expression_leaves_the_page_too(server: str, desk: Quiet, tmp_path: Path) -> None:
    page = desk.open(f"{server}{EXPRESSION}")
    opened(page)
    assert exported(page, "LaTeX").startswith(r"\documentclass")
    assert "loss_rate = u*u" in exported(page, "Markdown")
    assert "local_gradient:" in exported(page, "CSV, all values")
    page.get_by_label("Up to step 3").check()
    text = exported(page, "Text")
    assert "\n3. loss_rate" in text
    assert "\n4. " not in text
    with page.expect_download() as saving:
        page.locator("#export-menu").get_by_role("button", name="Save LaTeX").click()
    assert saving.value.suggested_filename == "backscope-graph-nielsen.tex"


def test_the_hand_out_of_an_expression_has_every_step(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}{EXPRESSION}")
    before = state(page)
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    hand_out = page.locator("#handout")
    expect(hand_out).to_be_visible()
    expect(page.locator("#page")).to_be_hidden()
    expect(hand_out.locator("pre")).to_have_text(before["trace"]["expression"])
    assert hand_out.locator("article").count() == len(before["trace"]["steps"])
    expect(hand_out.locator("h3", has_text="loss_rate = u · u")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert hand_out.locator("article").count() == 0
    expect(page.locator("#page")).to_be_visible()


@pytest.mark.parametrize("path", ["", "graphs"])
def test_axe_finds_nothing_in_the_menu(server: str, look: Quiet, path: str) -> None:
    page = look.open(f"{server}{path}")
    opened(page)
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#export-menu")).to_be_hidden()
