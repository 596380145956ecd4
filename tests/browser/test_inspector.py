"""Any number answers where it comes from and where it goes, and a selection answers why: by mouse and by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Quiet
from tests.browser.reading import check_numbers, state, step, wait_for_step
from tests.browser.test_access import axe

pytestmark = pytest.mark.browser


def selected(page: Page) -> str | None:
    found: str | None = state(page)["selected"]
    return found


def choose(page: Page, ref: str) -> None:
    """Selects a number where it stands, and waits for what the server says of it."""
    page.locator(f'[data-ref="{ref}"]').first.click(force=True)
    answered(page, ref)


def answered(page: Page, ref: str) -> None:
    page.wait_for_function("(ref) => window.backscope.state().inspecting.answer?.ref === ref", arg=ref)


def follow(page: Page, ref: str) -> None:
    page.locator(f'[id="go-{ref}"]').click()
    answered(page, ref)


def test_numbers_are_followed_across_both_passes_and_back(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}?example=nielsen")
    page.keyboard.press("End")
    choose(page, "updated_weights:2:0:1")
    for ref in (
        "weight_gradient:2:0:1",
        "example_weight_gradient:2:0:1",
        "error:2:0",
        "activation_gradient:2:0",
        "activation:2:0",
        "weighted_input:2:0",
        "weights:2:0:1",
        "activation_gradient:1:1",
    ):
        follow(page, ref)
        assert selected(page) == ref
        check_numbers(page, state(page)["trace"])
    page.locator("nav.trail button").last.click()
    assert selected(page) == "weights:2:0:1"
    page.keyboard.press("Escape")
    assert selected(page) is None


LOWER_CELLS = """() => [...document.querySelectorAll('#panel .math .number[data-ref$=":1"]')].map((cell) => {
  cell.scrollIntoView({ block: "center", inline: "center" });
  const box = cell.getBoundingClientRect();
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return hit?.closest("[data-ref]")?.dataset.ref === cell.dataset.ref;
})"""


def test_every_row_of_a_matrix_is_met_by_the_mouse(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}?example=nielsen")
    page.evaluate("window.backscope.seek(1)")
    wait_for_step(page, 1)
    met = page.evaluate(LOWER_CELLS)
    assert met
    assert all(met)
    page.locator('#panel .math .number[data-ref="weighted_input:1:1"]').first.click()
    assert selected(page) == "weighted_input:1:1"


def test_the_keyboard_follows_numbers_too(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    page.evaluate("window.backscope.seek(3)")
    wait_for_step(page, 3)
    page.keyboard.press("i")
    answered(page, "weighted_input:2:0")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "go-activation:1:0":
            break
    page.keyboard.press("Enter")
    answered(page, "activation:1:0")
    expect(page.locator("#inspector-back")).to_be_focused()
    page.keyboard.press("Backspace")
    assert selected(page) == "weighted_input:2:0"
    page.keyboard.press("Escape")
    assert selected(page) is None
    assert step(page) == 3


def test_a_link_leads_to_the_step_that_writes_a_number(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    page.evaluate("window.backscope.seek(1)")
    wait_for_step(page, 1)
    choose(page, "weighted_input:1:0")
    later = page.locator(".links li", has=page.locator('[id="go-activation:1:0"]')).locator("a")
    expect(later).to_have_text("at step 3")
    later.click()
    wait_for_step(page, 2)
    assert selected(page) == "weighted_input:1:0"


def test_the_sum_over_paths_is_shown_with_its_factors(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}?example=nielsen")
    page.keyboard.press("End")
    choose(page, "weights:1:1:0")
    rows = page.locator("table.paths tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_have_text("output 1(−0.3252) · 0.2195 · (−2) · 0.25 · 10.03569")
    expect(rows.nth(2)).to_have_text("sum0.03779")
    expect(page.locator("#panel")).to_contain_text("over its 2 paths to the cost")


def test_a_selection_says_why_it_learns_slowly(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}?example=nielsen")
    page.keyboard.press("End")
    choose(page, "weights:1:2:1")
    expect(page.locator('[data-reason="saturated"]')).to_contain_text("σ′ = 0.002467")
    expect(page.locator('[data-reason="zero_input"]')).to_contain_text("aᵢₙ = 0")


def test_the_example_is_chosen_where_the_batch_is_opened(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}?example=nielsen")
    page.keyboard.press("End")
    choose(page, "weights:2:0:0")
    expect(page.locator("tr.stepped")).to_contain_text("x = 1")
    page.locator("#example-1").click()
    expect(page.locator("tr.stepped")).to_contain_text("x = 2")
    assert state(page)["example"] == 1
    assert selected(page) == "weights:2:0:0"


def test_the_cone_is_marked_and_an_edit_asks_again(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}?example=nielsen")
    page.keyboard.press("End")
    choose(page, "weights:1:1:0")
    expect(page.locator(".stage-wire-marked")).to_have_count(2)
    choose(page, "weights:2:0:1")
    expect(page.locator(".stage-wire-marked")).to_have_count(1)
    page.fill("#new-value", "0.25")
    page.keyboard.press("Enter")
    expect(page.locator('[id="go-weighted_input:2:0"]')).to_be_visible()
    page.wait_for_function("() => window.backscope.state().trace.layers[2].weights[0][1] === 0.25")
    answered(page, "weights:2:0:1")
    page.wait_for_function("() => window.backscope.state().inspecting.answer?.shown.value === 0.25")


@pytest.mark.parametrize("textbook", ["nielsen", "johnston", "catching-ai", "sun"])
def test_every_text_answers_in_its_own_letters(server: str, desk: Quiet, textbook: str) -> None:
    page = desk.open(f"{server}?example={textbook}")
    page.keyboard.press("End")
    for ref in ("activation:1:0", "weights:1:0:0"):
        gradient = ref.replace("weights", "weight_gradient")
        page.locator(f'[data-ref$="{ref}"], [data-ref$="{gradient}"]').first.click(force=True)
        page.wait_for_function("() => window.backscope.state().inspecting.answer !== null")
        check_numbers(page, state(page)["trace"], state(page)["example"])
        expect(page.locator(".links .linked").first).to_be_visible()
        page.keyboard.press("Escape")


def test_axe_finds_nothing_in_an_answer(server: str, look: Quiet) -> None:
    page = look.open(f"{server}?example=nielsen")
    page.keyboard.press("End")
    choose(page, "activation:1:2")
    assert axe(page) == []
    follow(page, "weighted_input:1:2")
    assert axe(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
