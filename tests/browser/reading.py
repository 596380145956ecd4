"""Reading a page: every displayed number with its reference, against the trace that the API gives."""

import math
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

from backprop_core.textbooks.numbers import plain

NUMBERS = """() => [...document.querySelectorAll("[data-ref][data-value]")].map((element) => ({
  ref: element.dataset.ref, value: element.dataset.value, text: element.textContent,
  example: element.dataset.example ?? null, scale: Number(element.dataset.scale ?? 1),
  shown: element.checkVisibility({visibilityProperty: true}),
  place: element.closest("[id]")?.id ?? "",
}))"""
OF_THE_BATCH = ("weights", "biases", "weight_gradient", "bias_gradient", "updated_weights", "updated_biases")


def state(page: Page) -> dict[str, Any]:
    """The page's state, as window.backscope gives it."""
    found: dict[str, Any] = page.evaluate("JSON.parse(JSON.stringify(window.backscope.state()))")
    return found


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
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement?.matches(selector) ?? false", selector):
            return
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
