"""The page of training in a browser: a network learns, is driven back and forth and changed on the way."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import REPORT, Quiet, ready
from tests.browser.reading import eventually, hold
from tests.browser.reading_train import learning, opened, run_to, traced, wait_for
from tests.browser.test_access import axe

pytestmark = pytest.mark.browser


def test_before_there_is_a_session_nothing_is_shown_of_one(server: str, desk: Quiet) -> None:
    page = desk.context.new_page()
    page.add_init_script(REPORT)
    held = hold(page, "**/api/v1/sessions")
    page.goto(f"{server}train")
    eventually(page, lambda: len(held) == 1)
    expect(page.locator("#recipe")).to_have_text("Preparing a network …")
    expect(page.locator("#start")).to_have_attribute("aria-disabled", "true")
    expect(page.locator("#plane")).to_be_hidden()
    expect(page.locator("#curves")).to_be_hidden()
    assert axe(page) == []
    held[0].continue_()
    ready(page)
    expect(page.locator("#plane canvas")).to_be_visible()
    expect(page.locator("#start")).not_to_have_attribute("aria-disabled", "true")


def test_a_session_is_ready_and_its_address_names_it(server: str, desk: Quiet) -> None:
    page = opened(desk, server)
    assert "#session=" in page.url
    expect(page.locator("#recipe")).to_contain_text("Learn two spirals, 240 examples to train and 60 to test")
    expect(page.locator("#run-where")).to_contain_text("paused · epoch 1 of 62 · update 0")
    expect(page.locator(".wedge a").first).to_be_visible()
    assert page.locator(".wedge a").count() == len(learning(page, "trace.steps"))


def test_it_learns_and_every_cost_arrives(server: str, desk: Quiet) -> None:
    page = opened(desk, server)
    page.locator("#run-speed").select_option("")
    page.locator("#start").click()
    wait_for(page, "session.status", "finished")
    assert learning(page, "session.update") == 62 * 24
    page.wait_for_function("() => window.backscope.state().history.known === 1488")
    updates = page.evaluate("Array.from(window.backscope.state().history.updates)")
    assert updates == list(range(1488))
    costs = page.evaluate("Array.from(window.backscope.state().history.costs)")
    assert sum(costs[-24:]) < 0.2 * sum(costs[:24])
    expect(page.locator("#announcer")).to_contain_text("Finished: 62 epochs are done")
    page.locator("#start").click()
    page.wait_for_function("() => window.backscope.state().session.update > 1500")
    expect(page.locator("#recipe")).to_contain_text("until it is paused")
    page.locator("#start").click()
    wait_for(page, "session.status", "paused")


def test_back_and_forward_again_are_exact(server: str, desk: Quiet) -> None:
    page = opened(desk, server)
    start = traced(page, 0)
    made = run_to(page, 30)
    there = traced(page, made)
    page.get_by_role("button", name="Back one update").first.click()
    before = traced(page, made - 1)
    assert before != there
    page.get_by_role("button", name="One update", exact=True).first.click()
    assert traced(page, made) == there
    page.keyboard.press("Home")
    assert traced(page, 0) == start
    page.keyboard.press("End")
    assert traced(page, made) == there
    page.keyboard.press("Shift+ArrowLeft")
    page.wait_for_function("(made) => window.backscope.state().session.update < made", arg=made)
    assert learning(page, "session.row") == 0
    assert learning(page, "session.reached") == made


def test_the_rail_is_dragged_and_is_a_slider(server: str, desk: Quiet) -> None:
    page = opened(desk, server)
    made = run_to(page, 60)
    rail = page.locator("#run-track")
    expect(rail).to_have_attribute("aria-valuenow", str(made))
    box = rail.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 30, box["y"] + 20, steps=4)
    page.mouse.up()
    wanted = round(30 / box["width"] * 1488)
    wait_for(page, "session.update", wanted)
    wait_for(page, "wanted", None)
    page.mouse.click(box["x"] + box["width"] - 5, box["y"] + 20)
    wait_for(page, "session.update", made)
    rail.focus()
    page.keyboard.press("ArrowLeft")
    wait_for(page, "session.update", made - 1)
    expect(rail).to_have_attribute(
        "aria-valuetext", f"update {made - 1} of {made} reached, epoch {(made - 1) // 24 + 1} of 62"
    )


def test_what_changes_while_it_runs_does_so_without_a_pause(server: str, desk: Quiet) -> None:
    page = opened(desk, server)
    page.locator("#run-speed").select_option("10")
    page.locator("#start").click()
    page.wait_for_function("() => window.backscope.state().session.update > 3")
    page.locator("[data-opens=rate]").click()
    field = page.locator("#setting input")
    field.fill("fast")
    page.keyboard.press("Enter")
    expect(page.locator("#setting .problem")).to_have_text("Type a number.")
    field.fill("-1")
    page.keyboard.press("Enter")
    expect(page.locator("#setting .problem")).to_contain_text("takes a number, 0 or more")
    expect(field).to_have_value("-1")
    field.fill("0.02")
    page.keyboard.press("Enter")
    expect(page.locator("#setting")).to_be_hidden()
    expect(page.locator("#recipe")).to_contain_text("at η = 0.02")
    expect(page.locator("[data-opens=rate]")).to_be_focused()
    assert learning(page, "session.status") == "running"
    page.locator("#start").click()
    wait_for(page, "session.status", "paused")
    expect(page.locator(".run-change")).to_have_count(1)
    desk.complaints[:] = [one for one in desk.complaints if "status of 422" not in one]


def test_another_network_is_another_session_and_undo_comes_back(server: str, desk: Quiet) -> None:
    page = opened(desk, server)
    made = run_to(page, 5)
    first = page.url
    page.locator("[data-opens=layers]").first.click()
    page.get_by_role("button", name="Add a layer").click()
    page.get_by_label("Neurons of hidden 3").fill("0")
    page.keyboard.press("Enter")
    expect(page.locator("#setting .problem")).to_contain_text("whole number from 1")
    page.get_by_label("Neurons of hidden 3").fill("5")
    page.get_by_role("button", name="Begin anew").click()
    expect(page.locator("#recipe")).to_contain_text("2 – 8 – 8 – 5 – 2")
    assert page.url != first
    page.get_by_role("button", name="Undo: the session before").click()
    wait_for(page, "session.update", made)
    expect(page.locator("#recipe")).to_contain_text("2 – 8 – 8 – 2")
    assert page.url == first


def test_a_divergence_says_where_and_what_to_do(server: str, desk: Quiet) -> None:
    page = opened(desk, server, "train?preset=too_fast")
    page.locator("#run-speed").select_option("")
    page.locator("#start").click()
    banner = page.locator(".banner.diverged")
    expect(banner).to_contain_text("In update")
    expect(page.locator("#announcer")).to_contain_text("In update")
    expect(page.locator("#start")).to_have_attribute("aria-disabled", "true")
    made = learning(page, "session.update")
    expect(page.locator(".wedge .broken")).to_have_count(1)
    banner.get_by_role("button", name="Back one update").click()
    wait_for(page, "session.update", made - 1)
    expect(banner).to_have_count(0)
    rate = learning(page, "session.training.learning_rate")
    page.locator("#start").click()
    banner.get_by_role("button", name="Halve").click()
    wait_for(page, "session.training.learning_rate", rate / 2)


def test_presets_tell_what_to_watch(server: str, desk: Quiet) -> None:
    page = opened(desk, server)
    page.locator("#presets").click()
    presets = page.locator("[data-preset]")
    assert presets.count() == len(learning(page, "presets"))
    page.locator("[data-preset=xor]").click()
    expect(page.locator("#recipe")).to_contain_text("Learn XOR")
    expect(page.locator("#presets")).to_have_text("XOR")


def test_the_keyboard_opens_changes_and_leaves_a_setting(server: str, desk: Quiet) -> None:
    page = opened(desk, server)
    page.locator("[data-opens=batch]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#setting input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#setting")).to_be_hidden()
    expect(page.locator("[data-opens=batch]")).to_be_focused()
    assert learning(page, "session.status") == "paused"
    page.keyboard.press("?")
    expect(page.locator("#help-dialog")).to_contain_text("one update back")


def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(server: str, look: Quiet) -> None:
    page = opened(look, server)
    expect(page.locator("#plane canvas")).to_be_visible()
    traced(page, 0)
    assert axe(page) == []
    page.locator("[data-opens=optimizer]").click()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert axe(page) == []
    page.keyboard.press("Escape")
    for opener in ("#presets", "#calls"):
        if page.locator(opener).is_visible():
            page.locator(opener).click()
            assert axe(page) == [], opener
            page.keyboard.press("Escape")
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    foot = page.locator(".run-controls").bounding_box()
    assert foot is not None
    size = page.viewport_size
    assert size is not None
    assert foot["y"] + foot["height"] <= size["height"]
    for name in ("#start", "#freeze"):
        box = page.locator(name).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size["width"]
