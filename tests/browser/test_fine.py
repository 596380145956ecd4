"""Neuron by neuron and term by term: the walk by keyboard, what is known at each part, links, windows, the timeline."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from backprop_core import load_example
from tests.browser.conftest import Quiet
from tests.browser.reading import check_numbers, numbers, state, step, wait_for_step
from tests.browser.test_walk import answer, open_request

pytestmark = pytest.mark.browser

MAZUR = load_example("mazur").request
WIDE = {
    "network": {"inputs": 30, "layers": [{"size": 30}, {"size": 2}]},
    "initialization": {"scheme": "xavier_normal", "seed": 1},
    "batch": {"inputs": [[0.5] * 30], "targets": [[0.0, 1.0]]},
    "learning_rate": 0.5,
}


def by(page: Page, key: str, granularity: str) -> int:
    """Choose a granularity by its key; returns the number of its steps."""
    page.keyboard.press(key)
    expect(page.get_by_role("radio", name=granularity, exact=True)).to_be_checked()
    return int(page.locator("html").get_attribute("data-steps") or 0)


def told(page: Page, words: str) -> None:
    expect(page.locator("#panel .sentence")).to_have_text(words)


@pytest.mark.parametrize(("key", "granularity"), [("4", "neuron"), ("5", "term")])
def test_mazur_in_parts_by_space_and_back(server: str, desk: Quiet, key: str, granularity: str) -> None:
    page = desk.open(server)
    trace = answer(server, MAZUR)
    steps = answer(server, MAZUR | {"granularity": granularity})["steps"]
    assert by(page, key, granularity) == len(steps)
    for index, expected in enumerate(steps):
        wait_for_step(page, index)
        told(page, expected["sentence"])
        expect(page.locator("#announcer")).to_contain_text(expected["sentence"])
        assert check_numbers(page, trace) >= 8
        assert_only_what_is_known(page, steps[: index + 1])
        part = expected["part"]
        expect(page.locator("#where")).to_contain_text(f"{granularity} {part['index'] + 1} of {part['count']}")
        if index < len(steps) - 1:
            page.keyboard.press("Space")
    for index in range(len(steps) - 1, 0, -1):
        page.keyboard.press("ArrowLeft")
        wait_for_step(page, index - 1)
    assert step(page) == 0


def assert_only_what_is_known(page: Page, steps: list[dict[str, Any]]) -> None:
    """On the stage stands no entry that a later part writes, and the one written now stands there in ink."""
    written = {ref for one in steps for ref in one["writes"]}
    shown = [number for number in numbers(page) if number["place"] != "panel"]
    for number in shown:
        name, _, rest = number["ref"].partition(":")
        given = name in ("weights", "biases", "target", "learning_rate") or (rest.startswith("0") and name != "error")
        rows = {number["ref"], number["ref"].rpartition(":")[0]}
        assert given or rows & written, (steps[-1]["index"], number["ref"])


def test_home_end_and_whole_layers(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    count = by(page, "5", "term")
    page.keyboard.press("End")
    wait_for_step(page, count - 1)
    page.keyboard.press("Home")
    wait_for_step(page, 0)
    page.keyboard.press("Shift+ArrowRight")
    place = state(page)
    assert (place["cursor"], place["part"]) == (1, 0)
    page.evaluate("window.backscope.seek(12)")
    wait_for_step(page, 12)
    page.keyboard.press("3")
    place = state(page)
    assert page.locator("html").get_attribute("data-step") == str(place["cursor"])


def test_a_link_opens_the_very_part(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    by(page, "5", "term")
    page.evaluate("window.backscope.seek(34)")
    wait_for_step(page, 34)
    words = page.locator("#panel .sentence").text_content() or ""
    expect(page).to_have_url(re.compile("step=34"))
    other = desk.open(page.url)
    wait_for_step(other, 34)
    told(other, words)


def test_a_large_network_is_told_around_the_cursor_alone(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    open_request(page, server, WIDE)
    count = by(page, "5", "term")
    assert count > 2_900
    page.evaluate(f"window.backscope.seek({count - 5})")
    wait_for_step(page, count - 5)
    expected = answer(server, WIDE | {"granularity": "term", "window": {"first": count - 5, "count": 1}})["steps"][0]
    told(page, expected["sentence"])
    windows = page.evaluate("window.backscope.state().told.windows.map(({ first, steps }) => [first, steps.length])")
    assert 0 < sum(length for _, length in windows) <= 800


def test_the_running_sum_stands_at_the_neuron(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    by(page, "5", "term")
    steps = answer(server, MAZUR | {"granularity": "term"})["steps"]
    forward = next(one for one in steps if one["kind"] == "weighted_input" and one["part"]["at"] == 1)
    page.evaluate(f"window.backscope.seek({forward['index']})")
    wait_for_step(page, forward["index"])
    neuron = page.locator('#stage .stage-neuron[data-layer="1"][data-row="0"]')
    expect(neuron).to_contain_text(f"{forward['part']['running']:.4g}")
    assert page.locator("#stage .stage-label [data-term]").count() == 2
