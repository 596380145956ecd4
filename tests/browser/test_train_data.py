"""The Data panel in a browser: a spiral drawn by mouse, finger and keyboard, ready-made sets varied, in every look."""

import math
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.conftest import Quiet, quiet
from tests.browser.data_panel import counted, draw_spiral, open_data, opener, refused, used
from tests.browser.reading import eventually, hold
from tests.browser.test_access import axe

pytestmark = pytest.mark.browser

TABS = ("Ready-made", "Draw", "Paste or upload", "Table")


@pytest.fixture
def finger(browser: Browser) -> Iterator[Quiet]:
    """A phone."""
    yield from quiet(browser, has_touch=True, viewport={"width": 390, "height": 844})


def test_a_spiral_drawn_with_the_mouse_is_learned_from(server: str, desk: Quiet) -> None:
    page = open_data(desk, server, "Draw")
    sentence = page.locator("#data-sentence")
    expect(sentence).to_have_text("Draw points of two classes at least.")
    draw_spiral(page, 0)
    expect(sentence).to_have_text("Draw points of a second class as well.")
    page.locator(".data-chip").nth(1).click()
    draw_spiral(page, math.pi)
    drawn = counted(page)
    assert drawn[0] > 40
    assert drawn[1] > 40
    expect(sentence).to_contain_text("2 inputs and 2 outputs")
    page.get_by_role("button", name="Undo").click()
    assert counted(page) == [drawn[0], 0, 0, 0, 0, 0]
    page.locator(".data-chip").nth(2).click()
    draw_spiral(page, math.pi)
    recipe = used(page)
    examples = recipe["data"]["examples"]
    assert examples["class_names"] == ["1", "3"]
    assert len(examples["inputs"]) == sum(drawn)
    assert all(abs(value) <= 1 for row in examples["inputs"] for value in row)
    assert recipe["network"]["inputs"] == 2
    assert recipe["network"]["layers"][-1]["size"] == 2


def test_points_are_drawn_with_a_finger(server: str, finger: Quiet) -> None:
    page = finger.open(f"{server}train")
    opener(page).click()
    page.get_by_role("tab", name="Draw").click()
    hand = page.context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        box = page.locator(".data-square").bounding_box()
        assert box is not None
        points = [{"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]} for x, y in places]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        if kind == "touchEnd":
            page.wait_for_timeout(400)  # a tap sooner than any finger's is taken for a part of the stroke

    touch("touchStart", (0.2, 0.2))
    for step in range(1, 21):
        touch("touchMove", (0.2 + 0.03 * step, 0.2 + 0.02 * step))
    touch("touchEnd")
    drawn = counted(page)[0]
    assert drawn > 10  # the page did not take the finger for a scroll
    page.get_by_text("Erase", exact=True).tap()
    expect(page.get_by_label("Erase")).to_be_checked()
    touch("touchStart", (0.2, 0.2))
    touch("touchEnd")
    assert 0 < counted(page)[0] < drawn
    page.get_by_text("Spray", exact=True).tap()
    page.locator(".data-chip").nth(3).tap()
    expect(page.get_by_label("Class 4, 0 points")).to_be_checked()
    touch("touchStart", (0.7, 0.3))
    touch("touchEnd")
    assert counted(page)[3] == 5


def test_points_are_drawn_erased_and_undone_by_keyboard_alone(server: str, desk: Quiet) -> None:
    page = open_data(desk, server, "Draw")
    page.keyboard.press("Tab")
    expect(page.locator(".data-square")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("d")
    for key in ["ArrowRight"] * 3 + ["ArrowUp"] * 3 + ["ArrowLeft"] * 6 + ["ArrowDown"] * 6:
        page.keyboard.press(key)
    page.keyboard.press("d")
    assert counted(page)[0] == 20  # one by Space, one where the pen came down, one a move
    page.keyboard.press("3")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    assert counted(page)[2] == 1
    expect(page.locator(".data-draw [role=status]")).to_contain_text("Class 3 at 0.25, −0.15, 21 points")
    page.keyboard.press("Backspace")
    assert counted(page)[2] == 0
    page.keyboard.press("Control+z")
    assert counted(page) == [20, 0, 1, 0, 0, 0]
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert counted(page) == [1, 0, 0, 0, 0, 0]


def test_a_drawing_becomes_a_table(server: str, desk: Quiet) -> None:
    page = open_data(desk, server, "Draw")
    square = page.locator(".data-square")
    square.click(position={"x": 40, "y": 40})
    page.locator(".data-chip").nth(1).click()
    square.click(position={"x": 200, "y": 200})
    page.get_by_role("button", name="Edit as a table").click()
    expect(page.locator(".data-grid tbody tr")).to_have_count(2)
    expect(page.locator(".data-grid tbody td").nth(5)).to_have_text("2")
    expect(page.locator("#data-sentence")).to_contain_text("to train")


def test_a_ready_made_set_is_varied_and_used(server: str, desk: Quiet) -> None:
    page = open_data(desk, server, "Ready-made")
    expect(page.locator(".data-card")).to_have_count(15)
    page.get_by_label("Blobs").check(force=True)
    page.get_by_label("Classes", exact=True).fill("5")
    page.get_by_label("Examples", exact=True).fill("100")
    page.get_by_label("Test share").select_option("0.3")
    expect(page.locator("#data-sentence")).to_have_text(
        "70 examples to train, 30 to test. The network gets 2 inputs and 5 outputs."
        " Targets are 1 for the output of the class, 0 for the others."
    )
    page.get_by_label("Examples", exact=True).fill("many")
    expect(page.locator(".data-detail .problem").first).to_contain_text("whole number from 2 on")
    expect(page.get_by_role("button", name="Use this data")).to_have_attribute("aria-disabled", "true")
    page.get_by_label("Examples", exact=True).fill("100")
    recipe = used(page)
    assert recipe["data"] == {
        "name": "blobs", "count": 100, "classes": 5, "seed": 1, "test_share": 0.3, "scaling": "standard"
    }  # fmt: skip
    assert recipe["network"]["layers"][-1]["size"] == 5


def test_of_a_truth_table_no_row_is_held_back(server: str, desk: Quiet) -> None:
    page = open_data(desk, server, "Ready-made")
    page.get_by_label("XOR").check(force=True)
    expect(page.locator("#data-sentence")).to_contain_text("4 examples to train, none to test.")
    page.get_by_label("Circles").check(force=True)
    expect(page.locator("#data-sentence")).to_contain_text("240 examples to train, 60 to test.")
    page.get_by_label("XOR").check(force=True)
    assert used(page)["data"]["test_share"] == 0


def test_what_the_server_refuses_of_a_set_stands_under_its_field(server: str, desk: Quiet) -> None:
    page = open_data(desk, server, "Ready-made")
    page.get_by_label("Iris").check(force=True)
    page.get_by_label("Examples", exact=True).fill("200")
    expect(page.locator(".data-detail .problem").first).to_have_text("count: iris has 150 examples.")
    refused(desk)


def test_what_is_wrong_with_a_number_stays_said_when_an_earlier_answer_comes(server: str, desk: Quiet) -> None:
    page = open_data(desk, server, "Ready-made")
    expect(page.locator(".data-card")).to_have_count(15)
    held = hold(page, "**/datasets/spirals?count=77&*")
    page.get_by_label("Examples", exact=True).fill("77")
    eventually(page, lambda: len(held) == 1)
    page.get_by_label("Examples", exact=True).fill("many")
    problem = page.locator(".data-detail .problem").first
    expect(problem).to_contain_text("whole number from 2 on")
    held[0].continue_()
    page.wait_for_timeout(300)
    expect(problem).to_contain_text("whole number from 2 on")
    expect(page.get_by_role("button", name="Use this data")).to_have_attribute("aria-disabled", "true")


def test_axe_finds_nothing_in_any_tab_and_nothing_is_wider_than_the_window(server: str, look: Quiet) -> None:
    page = look.open(f"{server}train")
    opener(page).click()
    for tab in TABS:
        page.get_by_role("tab", name=tab).click()
        if tab == "Paste or upload":
            page.get_by_role("button", name="Fill in an example").click()
            expect(page.locator(".data-status")).to_contain_text("12 examples")
        assert axe(page) == [], tab
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), tab
        assert page.evaluate("(d => d.scrollWidth <= d.clientWidth)(document.querySelector('#data'))"), tab
        foot = page.get_by_role("button", name="Use this data").bounding_box()
        assert foot is not None
        height = page.viewport_size["height"] if page.viewport_size else 0
        assert foot["y"] + foot["height"] <= height


def test_of_sets_not_known_yet_nothing_is_shown_and_a_refusal_is_told(server: str, desk: Quiet) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page = desk.open(f"{server}train")
    page.route("**/api/v1/datasets", hold, times=1)
    opener(page).click()
    expect(page.locator(".data-cards")).to_be_attached()
    page.wait_for_timeout(200)
    assert axe(page) == []
    assert len(waiting) == 1
    expect(page.locator(".data-name")).to_be_hidden()
    waiting[0].fulfill(status=503, json={"title": "Busy", "status": 503, "detail": "Wait a moment, then ask again."})
    expect(page.locator(".data-detail > .problem")).to_have_text("Wait a moment, then ask again.")
    page.get_by_role("tab", name="Draw").click()
    page.get_by_role("tab", name="Ready-made").click()
    expect(page.locator(".data-name")).to_have_text("Spirals")
    expect(page.locator(".data-detail > .problem")).to_be_hidden()
    desk.complaints[:] = [one for one in desk.complaints if "status of 503" not in one]
