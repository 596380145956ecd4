"""The laboratory as a room: its list, its address, the way to the step page and back, and what it opens on."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Quiet, arrived, ready
from tests.browser.reading import state

pytestmark = pytest.mark.browser


def chosen(page: Page) -> str:
    return str(state(page)["lab"]["chosen"])


def test_it_opens_at_the_first_hidden_error_and_a_link_where_it_says(server: str, desk: Quiet) -> None:
    page = desk.open(server + "laboratory")
    here = state(page)
    assert here["trace"]["steps"][here["cursor"]]["kind"] == "error"
    assert chosen(page) == "check"
    # The check is of that number, and its curve has the two branches of a V.
    expect(page.locator(".v-curve .branch-name")).to_have_count(2)
    for wanted in ("2", "0"):
        page.goto(server + f"laboratory#step={wanted}")
        page.reload()
        ready(page)
        assert page.locator("html").get_attribute("data-step") == wanted


def test_the_address_of_the_first_step_leads_back_to_it(server: str, desk: Quiet) -> None:
    page = desk.open(server + "laboratory")
    page.keyboard.press("Home")
    page.wait_for_url("**step=0")
    again = desk.open(page.url)
    assert again.locator("html").get_attribute("data-step") == "0"


def test_an_example_chosen_there_opens_at_its_error_too(server: str, desk: Quiet) -> None:
    page = desk.open(server + "laboratory")
    page.evaluate("window.backscope.example('nielsen-neuron')")
    page.wait_for_function("() => window.backscope.state().published.id === 'nielsen-neuron'")
    here = state(page)
    assert here["trace"]["steps"][here["cursor"]]["kind"] == "output_error"


def test_g_leads_to_the_same_step_and_back_to_the_same_experiment(server: str, desk: Quiet) -> None:
    page = desk.open(server + "laboratory?example=han-kamber&lens=sun#step=4")
    page.get_by_role("link", name="The demon").click()
    assert chosen(page) == "demon"
    page.keyboard.press("g")
    arrived(page, "/")
    assert state(page)["published"]["id"] == "han-kamber"
    assert page.locator("html").get_attribute("data-step") == "4"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("g")
    arrived(page, "/laboratory")
    assert (chosen(page), state(page)["textbook"]) == ("demon", "sun")
    assert page.locator("html").get_attribute("data-step") == "5"


def test_the_list_is_links_and_the_address_names_the_experiment(server: str, desk: Quiet) -> None:
    page = desk.open(server + "laboratory?experiment=demon")
    current = page.locator("#experiments [aria-current]")
    expect(current).to_have_text("The demon")
    page.get_by_role("link", name="Gradient check").focus()
    page.keyboard.press("Enter")
    expect(current).to_have_text("Gradient check")
    page.wait_for_url("**experiment=check**")
    assert page.get_by_role("link", name="Your own expression").get_attribute("href") == "/graphs"
    page.goto(server + "laboratory?experiment=nonsense")
    ready(page)
    assert chosen(page) == "check"


def test_under_1200_the_list_is_a_menu(server: str, desk: Quiet) -> None:
    page = desk.open(server + "laboratory")
    page.set_viewport_size({"width": 900, "height": 800})
    menu = page.get_by_role("combobox", name="Experiment")
    expect(menu).to_be_visible()
    expect(page.locator("#experiments")).to_be_hidden()
    menu.select_option("demon")
    assert chosen(page) == "demon"
