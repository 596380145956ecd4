"""Reading a page: every displayed number with its reference, against the trace that the API gives."""

import math
import time
from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from backprop_core.textbooks.numbers import plain
from tests.browser.conftest import PATIENCE

NUMBERS = """() => [...document.querySelectorAll("[data-ref][data-value]")].map((element) => ({
  ref: element.dataset.ref, value: element.dataset.value, text: element.textContent,
  example: element.dataset.example ?? null, scale: Number(element.dataset.scale ?? 1),
  shown: element.checkVisibility({visibilityProperty: true}),
  place: element.closest("[id]")?.id ?? "",
}))"""
LISTEN = """(button) => {
  button.heard = [];
  const hear = () => button.heard.push(button.textContent.trim());
  new MutationObserver(hear).observe(button, { childList: true, characterData: true, subtree: true });
}"""
HEARD = "([button, words]) => button.heard.includes(words)"
OF_THE_BATCH = ("weights", "biases", "weight_gradient", "bias_gradient", "updated_weights", "updated_biases")


def state(page: Page) -> dict[str, Any]:
    """The page's state, as window.backscope gives it."""
    found: dict[str, Any] = page.evaluate("JSON.parse(JSON.stringify(window.backscope.state()))")
    return found


def settle(page: Page) -> None:
    """Until two frames of the screen have passed: what watches sizes and colours has seen them, and has painted."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def eventually(page: Page, holds: Callable[[], object]) -> None:
    """Until ``holds`` neither fails nor says no; where it never does, what it said last is the failure."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            if holds() is not False:
                return
            assert time.monotonic() < end, "it never came to hold"
        except AssertionError:
            if time.monotonic() >= end:
                raise
        page.wait_for_timeout(20)


def hold(page: Page, address: str, times: int | None = None) -> list[Route]:
    """Holds what the page asks at an address: each question waits in the list until a test lets it go on."""
    held: list[Route] = []

    def wait(route: Route) -> None:
        held.append(route)

    page.route(address, wait, times=times)
    return held


def copied(page: Page, button: Locator, words: str) -> str:
    """What a click on ``button`` copies, once it has said so, which it does for a moment only."""
    button.evaluate(LISTEN)
    button.click()
    page.wait_for_function(HEARD, arg=[button.element_handle(), words])
    return str(page.evaluate("navigator.clipboard.readText()"))


def shared(page: Page) -> str:
    """The link that Share copies."""
    return copied(page, page.get_by_role("button", name="Share"), "Link copied")


def step(page: Page) -> int:
    return int(page.locator("html").get_attribute("data-step") or -1)


def wait_for_step(page: Page, index: int) -> None:
    page.wait_for_selector(f'html[data-step="{index}"]')


def expected(trace: dict[str, Any], ref: str, example: int) -> float | None:
    """What the API's answer holds under ``ref`` for one example."""
    if ref in ("cost", "learning_rate"):
        value: float | None = trace[ref]
        return value
    if ref == "costs":
        return float(trace["costs"][example])
    name, layer, *index = ref.split(":")
    array = trace["layers"][int(layer)][name]
    if array is not None and name not in OF_THE_BATCH:
        array = array[example]
    for position in index:
        array = None if array is None else array[int(position)]
    return None if array is None else float(array)


def numbers(page: Page) -> Iterator[dict[str, Any]]:
    yield from page.evaluate(NUMBERS)


def check_numbers(page: Page, trace: dict[str, Any], example: int = 0, digits: int = 4) -> int:
    """Every displayed number is the trace's, scaled as it says, exact in data-value, rounded in its text."""
    count = 0
    for number in numbers(page):
        who = int(number["example"]) if number["example"] is not None else example
        true = expected(trace, number["ref"], who)
        assert true is not None, number
        true *= number["scale"]
        assert float(number["value"]) == true, number
        if number["shown"] and not number["text"].startswith(("NaN", "∞", "−∞")):
            assert matches(number["text"], true, digits), (number, plain(true, digits))
        count += 1
    return count


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the keyboard is on what ``selector`` names; fails where it never comes there."""
    expect(page.locator(selector).first).to_be_visible()
    for _ in range(80):
        if page.evaluate("(selector) => document.activeElement?.matches(selector) ?? false", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {selector}")


def matches(text: str, value: float, digits: int) -> bool:
    """Whether ``text`` is ``value`` at the shown precision, in plain text or as KaTeX lays out a power of ten."""
    said = text.strip().strip("()").replace("-", "−").replace("\u200b", "").replace("×", "·")
    if said == plain(value, digits):
        return True
    flat = plain(value, digits)
    superscripts = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789−")
    return said == flat.translate(superscripts) or math.isclose(_number(said), _number(flat.translate(superscripts)))


def _number(text: str) -> float:
    try:
        return float(text.replace("−", "-"))
    except ValueError:
        return math.nan
