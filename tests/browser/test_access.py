"""For everyone: axe finds nothing in any look, the keyboard reaches everything, the screen says what it shows."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Quiet, ready
from tests.browser.reading import settle, state, wait_for_step

pytestmark = pytest.mark.browser


def axe(page: Page) -> list[Any]:
    settle(page)  # a line is found too wide, and is given a place for the keyboard, once it was laid out
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


def test_a_line_too_wide_for_a_fold_can_be_tabbed_to_once_the_fold_is_open(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    page.evaluate("window.backscope.seek(8)")
    wait_for_step(page, 8)
    fold = page.locator("details.fold")
    fold.evaluate("(fold) => { fold.querySelector('.segment').style.minWidth = '2000px'; }")
    line = fold.locator(".math").first
    assert line.get_attribute("role") is None
    fold.locator("summary").click()
    expect(line).to_have_attribute("role", "region")
    expect(line).to_have_attribute("tabindex", "0")


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


def test_from_a_weight_the_keyboard_goes_back_to_its_neuron(server: str, desk: Quiet) -> None:
    page = desk.open(server + "?example=residual#step=9")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.closest('#stage svg') !== null"):
            break
    page.keyboard.press("ArrowRight")
    neuron = page.evaluate("document.activeElement.getAttribute('data-point')")
    for key in ("Escape", "Enter"):
        page.keyboard.press("Enter")
        expect(page.locator(".stage-part").first).to_be_attached()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "stage-part"
        page.keyboard.press(key)
        settle(page)
        assert page.evaluate("document.activeElement.getAttribute('data-point')") == neuron


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
    settle(page)
    assert shown.text_content() == "0.3775"  # at the second frame of the screen, where a motion would have begun


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
    ready(page)
    assert page.evaluate("document.documentElement.dataset.theme") == chosen


def test_space_steps_on_after_a_click(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    neuron = page.locator('.stage-neuron[data-layer="1"]').first
    clicks = [
        page.get_by_role("tab", name="Receipt"),
        page.locator("#granularity input[value=equation]"),
        page.locator("#theme"),
        neuron,
    ]
    for index, control in enumerate(clicks, start=1):
        control.click(force=True)
        page.keyboard.press("Space")
        wait_for_step(page, index)
    page.keyboard.press("Escape")
    assert not state(page)["selected"]
    page.keyboard.press("Space")
    wait_for_step(page, 5)


def test_arrows_step_after_a_click_on_the_granularity(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    page.locator("#granularity input[value=layer]").click(force=True)
    page.wait_for_selector("html[data-steps='10']")
    for key, index in (("ArrowRight", 1), ("End", 9), ("ArrowLeft", 8), ("Home", 0)):
        page.keyboard.press(key)
        wait_for_step(page, index)
    assert state(page)["granularity"] == "layer"


def test_after_apply_the_focus_is_on_the_next_step(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    page.locator("#open-editor").click()
    assert page.evaluate("document.activeElement.dataset.pointer") == "/network/inputs"
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("#next")).to_be_focused()
    page.keyboard.press("Space")
    wait_for_step(page, 1)


def test_a_refused_wiring_is_told_in_the_numbers_of_the_table(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    page.locator("#open-editor").click()
    page.get_by_label("Layers skip or join").check()
    page.locator('[data-pointer="/network/layers/0/size"]').fill("3")
    page.locator('[data-pointer="/network/layers/1/adds"]').fill("2")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#editor-form .problem")).to_contain_text("layer 2 has 3 neurons and layer 3, which adds it, 2")
    expect(page.locator('[data-pointer="/network/layers/1/adds"]')).to_be_focused()
    # The browser tells a refusal on its console.
    desk.complaints[:] = [one for one in desk.complaints if "status of 422" not in one]


def test_the_focus_is_never_lost(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    page.locator("#back").focus()
    page.evaluate("window.backscope.seek(1)")
    page.keyboard.press("Enter")
    wait_for_step(page, 0)
    expect(page.locator("#back")).to_be_focused()
    page.locator('#stage [data-ref="weights:2:0:0"]').first.click(force=True)
    page.locator("#inspector-back").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#tab-equation")).to_be_focused()


def test_an_end_without_an_update_says_why(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    page.evaluate("window.backscope.example('zhou-softmax')")
    expect(page.locator("#example")).to_have_value("zhou-softmax")
    page.keyboard.press("End")
    expect(page.locator("#where")).to_contain_text("no learning rate, so no update")
    expect(page.locator("#announcer")).to_contain_text("no learning rate, so no update")


@pytest.mark.parametrize(("width", "height"), [(720, 450), (844, 390)])
def test_a_low_window_shows_all_there_is(server: str, desk: Quiet, width: int, height: int) -> None:
    page = desk.open(server)
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function("(height) => innerHeight === height", arg=height)
    settle(page)
    for name in ("#next", "#panel .title", '.stage-neuron[data-layer="2"]'):
        box = page.locator(name).first.bounding_box()
        assert box is not None, name
        assert 0 <= box["y"] < box["y"] + box["height"] <= height, name
    foot = page.locator(".timeline").bounding_box()
    sentence = page.locator("#panel .sentence").bounding_box()
    assert foot is not None
    assert sentence is not None
    assert sentence["y"] + 20 <= foot["y"] < height
