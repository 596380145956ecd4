"""A network of 784 inputs on the page: one picture, its strongest edges, every pixel by pointer and by keyboard."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Quiet
from tests.browser.reading import check_numbers, wait_for_step
from tests.browser.test_access import axe

pytestmark = pytest.mark.browser

WIDE = "?example=wide-784"
INPUTS, WEIGHTS = "#stage [data-tile=inputs]", "#stage [data-tile=weights]"


def ask(page: Page, what: str) -> Any:
    return page.evaluate(f"window.backscope.state().{what}")


def pointed(page: Page, ref: str) -> None:
    page.wait_for_function("(ref) => window.backscope.state().pointed === ref", arg=ref)


def middle_of(page: Page, tile: str, row: int, column: int) -> tuple[float, float]:
    """The middle of a pixel on the screen."""
    box = page.locator(f"{tile} .stage-tile-frame").bounding_box()
    assert box is not None
    return box["x"] + (column + 0.5) * box["width"] / 28, box["y"] + (row + 0.5) * box["height"] / 28


def test_it_opens_as_a_picture_with_its_strongest_edges(server: str, desk: Quiet) -> None:
    page = desk.open(server + WIDE)
    expect(page.locator(INPUTS)).to_have_attribute("role", "slider")
    assert page.locator("#stage .stage-neuron[data-layer='0']").count() == 2
    expect(page.locator(".stage-legend")).to_contain_text("the 160 strongest of 23\u202f820 weights")
    expect(page.locator("#stage-description")).to_contain_text("a picture of 28 rows and 28 columns")
    trace = ask(page, "trace")
    for index in range(len(trace["steps"])):
        page.evaluate(f"window.backscope.seek({index})")
        wait_for_step(page, index)
        assert check_numbers(page, trace) > 0


def test_a_pixel_and_its_weight_light_up_together(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}{WIDE}#step=2&select=activation:1:7")
    row, column = 5, 14
    page.mouse.move(*middle_of(page, INPUTS, row, column))
    pixel = row * 28 + column
    pointed(page, f"activation:0:{pixel}")
    expect(page.locator(f"{INPUTS} [data-ref='activation:0:{pixel}']")).to_be_visible()
    expect(page.locator(f"{WEIGHTS} [data-ref='weights:1:7:{pixel}']")).to_be_visible()
    page.mouse.move(*middle_of(page, WEIGHTS, row, column))
    pointed(page, f"weights:1:7:{pixel}")
    page.mouse.click(*middle_of(page, WEIGHTS, row, column))
    expect(page.locator("h1")).to_contain_text(f"from input {pixel + 1}")
    check_numbers(page, ask(page, "trace"))


def test_every_pixel_is_reached_by_arrow_keys_within_one_tab_stop(server: str, desk: Quiet) -> None:
    page = desk.open(server + WIDE)
    assert page.locator("#stage .stage-svg [tabindex='0']").count() == 1
    page.locator(INPUTS).focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
    pixel = 3 * 28 + 1
    pointed(page, f"activation:0:{pixel}")
    expect(page.locator(INPUTS)).to_have_attribute("aria-valuenow", str(pixel + 1))
    expect(page.locator(INPUTS)).to_have_attribute("aria-valuetext", "row 4, column 2: 0")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(f"Input {pixel + 1}")
    page.fill("#new-value", "0.5")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{INPUTS} [data-ref='activation:0:{pixel}'][data-value='0.5']")
    page.locator(INPUTS).focus()
    for _ in range(27):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#stage .stage-neuron:focus")).to_have_attribute("data-layer", "1")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(f"{INPUTS}:focus")).to_be_visible()
    for _ in range(26):
        page.keyboard.press("ArrowDown")
    expect(page.locator(f"{WEIGHTS}:focus")).to_be_visible()


def test_a_link_carries_a_seed_and_the_number_of_updates(server: str, desk: Quiet) -> None:
    page = desk.open(server + WIDE)
    for update in (2, 3):
        page.evaluate("window.backscope.seek(16)")
        page.keyboard.press("Space")
        expect(page.locator("body")).to_contain_text(f"Update {update}")
        page.wait_for_selector('html[data-step="0"]')
    page.wait_for_function("() => location.hash.includes('update=3')")
    assert len(page.url) < 120
    again = desk.open(page.url)
    again.wait_for_selector('html[data-step="0"]')
    expect(again.locator("body")).to_contain_text("Update 3")
    assert ask(again, "trace.layers[1].weights[3][300]") == ask(page, "trace.layers[1].weights[3][300]")
    assert ask(again, "history.length") == 2


def test_an_edited_input_keeps_the_seed(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}{WIDE}#select=activation:0:300")
    page.fill("#new-value", "0.5")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-ref='activation:0:300'][data-value='0.5']")
    page.wait_for_function("() => /(set|request)=/.test(location.hash)")
    assert ask(page, "request.initialization") == {"scheme": "nielsen_scaled", "seed": 1}
    assert len(page.url) < 4000


def test_an_edited_weight_is_all_a_link_adds(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}{WIDE}#select=weights:1:3:300")
    page.fill("#new-value", "0.5")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-ref='weights:1:3:300'][data-value='0.5']")
    page.wait_for_function("() => location.hash.includes('set=')")
    assert len(page.url) < 200
    again = desk.open(page.url)
    again.wait_for_selector("[data-ref='weights:1:3:300'][data-value='0.5']")
    assert ask(again, "trace.cost") == ask(page, "trace.cost")
    again.get_by_role("button", name="Undo").first.click()
    again.wait_for_function("() => window.backscope.state().request.initialization")
    assert ask(again, "request.initialization") == {"scheme": "nielsen_scaled", "seed": 1}


def test_the_matrix_of_all_weights_lights_the_pixel_and_the_neuron(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}{WIDE}#step=1&tab=matrices")
    canvas = page.locator("#matrices canvas").first
    expect(canvas).to_be_visible()
    expect(page.locator("#matrices")).to_contain_text("30 × 784 weights")
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.41, box["y"] + box["height"] * 0.5)
    _, layer, row, pixel = ask(page, "pointed").split(":")
    assert layer == "1"
    expect(page.locator(f"{WEIGHTS} [data-ref='weights:1:{row}:{pixel}']")).to_be_visible()
    expect(page.locator(f"{INPUTS} [data-ref='activation:0:{pixel}']")).to_be_visible()
    assert page.locator(f"#stage .stage-neuron[data-layer='1'][data-row='{row}'] .stage-halo").count() == 1


def test_axe_finds_nothing_on_a_wide_network(server: str, look: Quiet) -> None:
    for fragment in ("step=1", "step=8&select=activation:1:7", "step=11", "step=15", "step=16&tab=receipt"):
        page = look.open(f"{server}{WIDE}#{fragment}")
        assert axe(page) == []
        page.close()
