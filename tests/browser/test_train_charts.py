"""What is painted of a training network is what the server says: field, boundary, examples, rings, maps, curves."""

import math
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from backprop_core.textbooks.numbers import plain
from tests.browser.conftest import Quiet
from tests.browser.reading import settle
from tests.browser.training import Place, call, colours, distance, examples, frame, made, opened, token, wait_until

pytestmark = pytest.mark.browser

PLANE = ".plane-canvas"
CLEAR = 20.0
"""Pixels from one example to the next where nothing of either is over the other."""
FEW: dict[str, Any] = {"name": "spirals", "count": 60, "noise": 0.02, "seed": 2}
"""So few examples that most stand alone."""
SIZE = 4.6
"""Half the width of the mark of an example, where there are few."""


def side(page: Page) -> float:
    box = page.locator(PLANE).bounding_box()
    assert box is not None
    assert abs(box["width"] - box["height"]) < 1
    return box["width"]


def dots(page: Page) -> list[tuple[str, int, int, Place]]:
    """Every example with its part, row, class and place on the paper, worked out anew from the corners."""
    field, data, size = frame(page)["boundary"], examples(page), side(page)
    (x0, y0), (x1, y1) = field["low"], field["high"]
    return [
        (part, row, group, ((x - x0) / (x1 - x0) * size, size - (y - y0) / (y1 - y0) * size))
        for part in ("train", "test")
        for row, ((x, y), group) in enumerate(zip(data[part]["inputs"], data[part]["classes"], strict=True))
    ]


def alone(page: Page) -> list[tuple[str, int, int, Place]]:
    """The examples that no other one covers, outside the next batch."""
    every = dots(page)
    batch = set(frame(page)["next_rows"])
    return [
        one
        for one in every
        if not (one[0] == "train" and one[1] in batch)
        and all(other is one or math.dist(one[3], other[3]) > CLEAR for other in every)
    ]


def test_the_field_has_the_colour_of_its_levels(server: str, desk: Quiet) -> None:
    page = opened(desk, server, made(server, "two_spirals", 1200))
    field, size, every = frame(page)["boundary"], side(page), [one[3] for one in dots(page)]
    n = field["size"]
    nodes = [
        (((at % n) / (n - 1) * size, (at // n) / (n - 1) * size), level)
        for at, level in enumerate(field["values"])
        if abs(level) >= 50
    ]
    inside = [node for node in nodes if all(6 < way < size - 6 for way in node[0])]  # the corners are round
    clear = [node for node in inside if all(math.dist(node[0], one) > 22 for one in every)]
    assert len(clear) > 500
    pixels = colours(page, PLANE, [place for place, _ in clear])
    wrong = [
        (place, level, pixel)
        for (place, level), pixel in zip(clear, pixels, strict=True)
        if (pixel[0] > pixel[2]) != (level > 0)
    ]
    # The boundary itself is a line of ink, and where it runs close to a level of 50 a pixel may be of it.
    assert len(wrong) <= len(clear) // 100
    sure = [pixel for (_, level), pixel in zip(clear, pixels, strict=True) if level == 100]
    assert max(distance(one, sure[0]) for one in sure) < 12


def test_the_boundary_runs_where_the_answer_changes(server: str, desk: Quiet) -> None:
    page = opened(desk, server, made(server, "two_spirals", 1200))
    field, size, every = frame(page)["boundary"], side(page), [one[3] for one in dots(page)]
    n, values = field["size"], field["values"]
    crossings = []
    for at in range(n * n - 1):
        a, b = values[at], values[at + 1]
        if at % n < n - 1 and (a > 0) != (b > 0):
            place = ((at % n + a / (a - b)) / (n - 1) * size, (at // n) / (n - 1) * size)
            if all(math.dist(place, one) > 22 for one in every) and 2 < place[1] < size - 2:
                crossings.append(place)
    assert len(crossings) > 15
    ink = token(page, "ink")
    near = colours(page, PLANE, [(x + shift, y) for x, y in crossings for shift in (-1, 0, 1)])
    for at, place in enumerate(crossings):
        assert min(distance(pixel, ink) for pixel in near[3 * at : 3 * at + 3]) < 130, place


def test_every_example_stands_in_its_place_with_the_mark_of_its_class(server: str, desk: Quiet) -> None:
    page = opened(desk, server, made(server, "two_spirals", 100, data=FEW))
    found = alone(page)
    assert len(found) > 15
    pixels = colours(page, PLANE, [place for _, _, _, place in found])
    full, hollow = token(page, "pos"), token(page, "bg")
    for (_, _, group, place), pixel in zip(found, pixels, strict=True):
        assert distance(pixel, full if group == 1 else hollow) < 40, place


@pytest.mark.parametrize("updates", [10, 100])
def test_as_many_are_ringed_as_the_server_finds_wrong(server: str, desk: Quiet, updates: int) -> None:
    session = made(server, "two_spirals", updates, data=FEW)
    page = opened(desk, server, session)
    told = call(server, "GET", f"/sessions/{session['id']}/frame?boundary=60")["boundary"]["wrong"]
    count = len(told["train"]) + len(told["test"])
    assert count > 0
    expect(page.locator("#plane h2")).to_have_text(f"Decision boundary, {count} of 60 wrong")
    ink = token(page, "ink")
    reach = SIZE + (3.0 if count > 40 else 4.5)
    angles = [math.tau * turn / 12 for turn in range(12)]
    found = alone(page)
    around = [(x + reach * math.cos(one), y + reach * math.sin(one)) for _, _, _, (x, y) in found for one in angles]
    dark = [distance(pixel, ink) < 150 for pixel in colours(page, PLANE, around)]
    ringed = {(part, row): sum(dark[12 * at : 12 * at + 12]) >= 8 for at, (part, row, _, _) in enumerate(found)}
    assert ringed == {(part, row): row in told[part] for part, row in ringed}
    assert any(ringed.values())
    assert not all(ringed.values())


def test_while_it_stands_still_the_next_batch_and_the_next_boundary_are_shown(server: str, desk: Quiet) -> None:
    page = opened(desk, server, made(server, "two_spirals", 50, data=FEW))
    wait_until(page, "frame.boundary.after")
    rows = frame(page)["next_rows"]
    assert len(rows) == 10
    legend = page.locator("#plane .chart-legend")
    for words in ("in the next batch", "stepped through", "boundary after this update"):
        expect(legend).to_contain_text(words)
    assert "The next update takes 10 examples" in (page.locator(PLANE).get_attribute("aria-label") or "")
    after = frame(page)["boundary"]["after"]["values"]
    assert after != frame(page)["boundary"]["values"]
    mark = token(page, "mark")
    places = {(part, row): place for part, row, _, place in dots(page)}
    beside = [(places["train", row][0], places["train", row][1] + SIZE + 3) for row in rows]
    assert sum(distance(pixel, mark) < 60 for pixel in colours(page, PLANE, beside)) >= 6
    # One of them, the one stepped through, stands in a square.
    corner = SIZE + 8
    corners = [(places["train", rows[0]][0] + corner, places["train", rows[0]][1] + way) for way in (-6, 0, 6)]
    assert all(distance(pixel, token(page, "ink")) < 60 for pixel in colours(page, PLANE, corners))


def test_each_neuron_carries_its_map(server: str, desk: Quiet) -> None:
    page = opened(desk, server, made(server, "two_spirals", 1200))
    wait_until(page, "frame.maps")
    maps: list[dict[str, Any]] = frame(page)["maps"]
    assert len(maps) == 2 + 8 + 8 + 2
    holder = page.locator(".net").bounding_box()
    assert holder is not None
    places, signs = [], []
    for one in maps:
        box = page.locator(f'.net-neuron[data-layer="{one["layer"]}"][data-neuron="{one["neuron"]}"]').bounding_box()
        assert box is not None
        n = round(len(one["values"]) ** 0.5)
        x, y = box["x"] - holder["x"] + box["width"] / 2, box["y"] - holder["y"] + box["height"] / 2
        radius = box["width"] / 2 - 2
        for across, down in ((0.0, 0.0), (0.4, 0.3), (-0.4, 0.3), (0.3, -0.5), (-0.3, -0.5)):
            column, row = round((across + 1) / 2 * (n - 1)), round((down + 1) / 2 * (n - 1))
            near = [one["values"][(row + r) * n + column + c] for r in (-2, 0, 2) for c in (-2, 0, 2)]
            if min(near) > 40 or max(near) < -40:
                places.append((x + across * radius, y + down * radius))
                signs.append(near[4] > 0)
    assert len(places) > 30
    assert [pixel[0] > pixel[2] for pixel in colours(page, ".net-canvas", places)] == signs


def test_a_neuron_is_told_by_keyboard_alone(server: str, desk: Quiet) -> None:
    page = opened(desk, server, made(server, "two_spirals", 240))
    page.locator('.net-neuron[tabindex="0"]').focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    card = page.locator(".neuron-card")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Hidden neuron 2 of layer 2")
    now = next(one for one in frame(page)["layers"] if one["layer"] == 1)
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused.startswith("Hidden neuron 2 of layer 2, mean |a| ")
    assert float(focused.split("mean |a| ")[1].split(". ")[0]) == pytest.approx(now["mean_activation"][1], rel=1e-3)
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_the_curves_are_read_with_the_arrow_keys(server: str, desk: Quiet) -> None:
    page = opened(desk, server, made(server, "two_spirals", 240))
    for update in (241, 242):
        page.locator("[data-does=one]").first.click()
        wait_until(page, f"frame.update === {update} && state.samples.at(-1).update === {update}")
    samples = page.evaluate("backscope.state().samples")
    assert [sample["update"] for sample in samples] == [240, 241, 242]
    cost, accuracy = page.locator(".chart-hold").nth(0), page.locator(".chart-hold").nth(1)
    cost.focus()
    for key, sample in (("End", samples[-1]), ("ArrowLeft", samples[-2]), ("Home", samples[0])):
        page.keyboard.press(key)
        expect(cost).to_have_attribute("aria-valuenow", str(sample["update"]))
        words = cost.get_attribute("aria-valuetext") or ""
        assert f"train {shown(sample['train_cost'])}, test {shown(sample['test_cost'])}" in words
        # All charts stand at the same update.
        expect(page.locator(".chart-labels").nth(1)).to_contain_text(f"test {shown(100 * sample['test_accuracy'])} %")
    cost.blur()
    expect(page.locator(".chart-reading").first).to_have_text("")
    expect(page.locator(".chart-labels").first).to_contain_text(f"train {shown(samples[-1]['train_cost'])}")
    assert f"test {shown(100 * samples[-1]['test_accuracy'])} %" in (accuracy.get_attribute("aria-valuetext") or "")


def shown(value: float) -> str:
    """Three significant digits, as on the charts."""
    return plain(value, 3)


def test_what_lies_after_the_head_is_grey(server: str, desk: Quiet) -> None:
    page = opened(desk, server, made(server, "two_spirals", 480))
    ink = token(page, "ink")
    head = page.locator(".chart-head").first
    before = head.evaluate("(line) => line.getBoundingClientRect().x")
    page.keyboard.press("Home")
    page.wait_for_selector('html[data-update="0"]')
    settle(page)
    after = head.evaluate("(line) => line.getBoundingClientRect().x")
    assert after < before - 100
    canvas = page.locator(".chart-plot canvas").first.bounding_box()
    assert canvas is not None
    left = after - canvas["x"]
    grid = [(left + 4 + 2 * column, 8.0 + row) for column in range(60) for row in range(70)]
    pixels = colours(page, ".chart-plot canvas", grid)
    assert not any(pixel[3] > 200 and distance(pixel, ink) < 60 for pixel in pixels)
    grey = token(page, "line2")
    assert sum(pixel[3] > 200 and distance(pixel, grey) < 20 for pixel in pixels) > 40
