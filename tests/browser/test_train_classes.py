"""Charts of many inputs, of one input, and for everyone: classes, mistakes, curve, histograms, looks."""

import math
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Quiet
from tests.browser.reading import settle
from tests.browser.test_access import axe
from tests.browser.training import call, colours, distance, examples, frame, made, opened, token, wait_until

pytestmark = pytest.mark.browser


def test_the_table_of_classes_is_that_of_the_server(server: str, desk: Quiet) -> None:
    session = made(server, "digits", 45)
    page = opened(desk, server, session)
    told = call(server, "GET", f"/sessions/{session['id']}/frame?confusion=true")["confusion"]
    shown = page.locator(".confusion tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent)))"
    )
    assert shown == told["counts"]
    wrong = sum(count for of, row in enumerate(told["counts"]) for as_, count in enumerate(row) if of != as_)
    assert wrong > 5
    expect(page.locator("#plane h2")).to_have_text(f"Classes of the test set, {wrong} of 359 wrong")
    expect(page.locator(".mistakes-block h3")).to_contain_text(f"{wrong} mistakes")


def test_a_mistake_shows_its_digit_and_is_chosen_by_a_click(server: str, desk: Quiet) -> None:
    page = opened(desk, server, made(server, "digits", 45))
    mistakes, data = frame(page)["mistakes"], examples(page)
    first = mistakes[0]
    raw = data["test"]["raw"][first["row"]]
    assert data["test"]["classes"][first["row"]] == first["class"] != first["answer"]
    button = page.locator(".mistake").first
    assert button.get_attribute("aria-label") == (
        f"Test example {first['row'] + 1}: is {first['class']}, answered {first['answer']}"
    )
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".mistake-chosen")).to_contain_text(f"is {first['class']} and is taken for {first['answer']}")
    # An 8 × 8 picture of 120 pixels a side: the darker the larger the number.
    middles = [(15 * (at % 8) + 7.5, 15 * (at // 8) + 7.5) for at in range(64)]
    greys = [pixel[0] for pixel in colours(page, ".mistake-chosen canvas", middles)]
    order = sorted(range(64), key=lambda at: raw[at])
    assert all(greys[a] >= greys[b] for a, b in pairwise(order))
    assert greys[order[0]] - greys[order[-1]] > 150


def test_a_hidden_neuron_of_wide_inputs_shows_its_weights(server: str, desk: Quiet) -> None:
    page = opened(desk, server, made(server, "digits", 45))
    page.locator('.net-neuron[data-layer="1"][data-neuron="4"]').hover()
    wait_until(page, "frame.tile?.neuron === 4")
    values = frame(page)["tile"]["values"]
    box = page.locator(".card-map").bounding_box()
    assert box is not None
    cell = box["width"] / 8
    strong = [at for at in range(64) if abs(values[at]) > 50]
    middles = [(cell * (at % 8 + 0.5), cell * (at // 8 + 0.5)) for at in strong]
    found = [pixel[0] > pixel[2] for pixel in colours(page, ".card-map", middles)]
    assert len(strong) > 4
    assert found == [values[at] > 0 for at in strong]


def test_the_learned_curve_runs_through_its_points(server: str, desk: Quiet) -> None:
    page = opened(desk, server, made(server, "sine", 400))
    now, data = frame(page), examples(page)
    curve, box = now["curve"], page.locator(".plane-canvas").bounding_box()
    assert box is not None
    left, top, width, height = 40.0, 8.0, box["width"] - 40.0, box["height"] - 32.0
    values = [value for part in ("train", "test") for (value,) in data[part]["values"]]
    beyond = 0.08 * (max(values) - min(values))
    low, high = min(values) - beyond, max(values) + beyond
    x0, x1 = curve["x"][0], curve["x"][-1]
    places = [
        (left + (x - x0) / (x1 - x0) * width, top + height - (y - low) / (high - low) * height)
        for x, (y,) in zip(curve["x"], curve["y"], strict=True)
        if low + beyond < y < high - beyond
    ][3:-3]
    ink = token(page, "ink")
    found = colours(page, ".plane-canvas", places)
    # The square of the example that is stepped through may lie over a few of them.
    assert sum(distance(pixel, ink) < 90 for pixel in found) > 0.9 * len(places) > 80


def test_the_fold_counts_activations(server: str, desk: Quiet) -> None:
    page = opened(desk, server, made(server, "two_spirals", 240))
    page.locator("#histograms summary").click()
    wait_until(page, "frame.histograms?.length === 3")
    items = page.locator(".histograms li")
    expect(items).to_have_count(3)
    now = frame(page)["histograms"]
    for at, one in enumerate(now):
        bars = items.nth(at).locator(".bars").get_attribute("d") or ""
        assert bars.count("M") == sum(count > 0 for count in one["counts"])
        expect(items.nth(at)).to_contain_text(f"layer {one['layer'] + 1}")


def lit(page: Page) -> float:
    """How light the paper around the network is."""
    pixel: list[int] = colours(page, ".plane-canvas", [(12.0, 12.0)])[0]
    return sum(pixel[:3])


def test_another_theme_is_painted_at_once(server: str, desk: Quiet) -> None:
    page = opened(desk, server, made(server, "two_spirals", 240))
    seen = []
    for theme in ("light", "dark", "light"):
        page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
        settle(page)
        seen.append((lit(page), colours(page, ".chart-plot canvas", [(44.0, 8.0)])))
    assert seen[0] == seen[2]
    assert seen[0][0] != seen[1][0]


@pytest.mark.parametrize(("preset", "updates"), [("two_spirals", 240), ("digits", 45), ("sine", 60)])
def test_axe_finds_nothing_and_nothing_is_too_wide(server: str, look: Quiet, preset: str, updates: int) -> None:
    page = opened(look, server, made(server, preset, updates))
    page.locator("#histograms summary").click()
    if preset == "digits":
        page.locator(".mistake").first.click()
    settle(page)
    assert axe(page) == []
    wide: dict[str, Any] = page.evaluate(
        """() => ({
          page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          main: document.querySelector('#train').scrollWidth - document.querySelector('#train').clientWidth,
        })"""
    )
    assert wide == {"page": 0, "main": 0}


@pytest.mark.parametrize("look", [{"viewport": {"width": 390, "height": 844}, "has_touch": True}], indirect=True)
def test_on_a_phone_the_plane_comes_first_and_a_neuron_is_tapped(server: str, look: Quiet) -> None:
    page = opened(look, server, made(server, "two_spirals", 240))
    tops = [page.locator(name).evaluate("(one) => one.getBoundingClientRect().top") for name in ("#plane", "#network")]
    assert tops[0] < tops[1]
    page.locator("#network").scroll_into_view_if_needed()
    wait_until(page, "frame.edges")
    neuron = page.locator('.net-neuron[data-layer="2"][data-neuron="3"]')
    neuron.scroll_into_view_if_needed()
    neuron.tap()
    card = page.locator(".neuron-card")
    expect(card).to_be_visible()
    box, width = card.bounding_box(), page.evaluate("innerWidth")
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert math.isfinite(box["y"])
