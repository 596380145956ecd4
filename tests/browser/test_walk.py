"""The walk: from the first step of Mazur's network to its last update by Space, and back by the left arrow."""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Page, expect

from backprop_core import load_example
from tests.browser.conftest import Quiet, ready
from tests.browser.reading import check_numbers, eventually, numbers, shared, state, step, wait_for_step

pytestmark = pytest.mark.browser


def answer(server: str, request: dict[str, Any]) -> dict[str, Any]:
    """What the API says to the same request, asked apart from the page."""
    found = httpx2.post(f"{server}api/v1/traces", json=request)
    assert found.status_code == 200, found.text
    parsed: dict[str, Any] = found.json()
    return parsed


def test_mazur_by_space_and_back(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    trace = answer(server, load_example("mazur").request)
    last = len(trace["steps"]) - 1
    assert page.locator("html").get_attribute("data-steps") == str(last + 1)
    for index in range(last + 1):
        wait_for_step(page, index)
        assert page.locator("h1, h2").filter(has_text=trace["steps"][index]["name"][:4]).count() >= 1
        assert check_numbers(page, trace) >= 12
        if index < last:
            page.keyboard.press("Space")
    assert trace["steps"][last]["kind"] == "weight_update"
    for index in range(last, 0, -1):
        page.keyboard.press("ArrowLeft")
        wait_for_step(page, index - 1)
        check_numbers(page, trace)
    assert step(page) == 0


def test_what_is_not_computed_yet_is_not_shown(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    trace = answer(server, load_example("mazur").request)
    for index, told in enumerate(trace["steps"]):
        page.evaluate(f"window.backscope.seek({index})")
        wait_for_step(page, index)
        known = {ref for earlier in trace["steps"][: index + 1] for ref in earlier["writes"]}
        for number in numbers(page):
            name, _, rest = number["ref"].partition(":")
            given = name in ("weights", "biases", "target", "learning_rate") or number["ref"].startswith(
                ("activation:0", "weighted_input:0")
            )
            quantity = f"{name}:{rest.split(':')[0]}" if rest else name
            assert given or quantity in known, (told["name"], number)


def test_every_number_for_the_other_example_too(server: str, desk: Quiet) -> None:
    request = json.loads((Path(__file__).parents[1] / "core/golden/screenplay_nielsen.json").read_text())["request"]
    page = desk.open(server)
    open_request(page, server, request)
    for example in (0, 1):
        trace = answer(server, request | {"example": example})
        for index in range(len(trace["steps"])):
            page.evaluate(f"window.backscope.seek({index})")
            wait_for_step(page, index)
            assert check_numbers(page, trace, example) > 10
        if example == 0:
            page.keyboard.press("]")
            page.wait_for_function("() => window.backscope.state().trace.example === 1")


def open_request(page: Page, server: str, request: dict[str, Any]) -> None:
    """Open a network of one's own by its address, as a copied link would."""
    address = page.evaluate(
        "(request) => btoa(unescape(encodeURIComponent(JSON.stringify(request))))"
        ".replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')",
        request,
    )
    page.goto("about:blank")
    page.goto(f"{server}#request={address}")
    ready(page)


def test_a_link_copied_at_step_11_reopens_there_with_the_same_weights(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    edited(page, "weights:2:0:0", "0.123456789012345")
    page.evaluate("window.backscope.seek(11)")
    wait_for_step(page, 11)
    other = desk.open(shared(page))
    wait_for_step(other, 11)
    mine, theirs = state(page), state(other)
    assert theirs["trace"]["parameters"] == mine["trace"]["parameters"]
    assert theirs["trace"]["layers"][2]["weights"][0][0] == 0.123456789012345
    assert theirs["trace"]["layers"] == mine["trace"]["layers"]


def select_and_type(page: Page, ref: str, text: str) -> None:
    """Choose one number as a person does and give it a new value."""
    page.evaluate("window.backscope.seek(0)")
    page.locator(f'#stage [data-ref="{ref}"]').first.click(force=True)
    field = page.locator("#new-value").first
    field.fill(text)
    field.press("Enter")


def edited(page: Page, ref: str, text: str) -> None:
    """The same, with the trace of the new value."""
    before = state(page)["trace"]["cost"]
    select_and_type(page, ref, text)
    page.wait_for_function("(before) => window.backscope.state().trace.cost !== before", arg=before)


def test_editing_w5_changes_everything_after_it(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    before = state(page)["trace"]
    edited(page, "weights:2:0:0", "0.9")
    after = state(page)["trace"]
    assert after["layers"][2]["weights"][0][0] == 0.9
    for name in ("weighted_input", "activation", "error"):
        assert after["layers"][2][name][0][0] != before["layers"][2][name][0][0]
    assert after["layers"][1]["activation"] == before["layers"][1]["activation"]
    assert after["layers"][1]["error"] != before["layers"][1]["error"]
    assert after["cost"] != before["cost"]
    trace = answer(server, after_request(after))
    for index in (0, 4, 8, 14):
        page.evaluate(f"window.backscope.seek({index})")
        wait_for_step(page, index)
        check_numbers(page, trace)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    page.wait_for_function("(cost) => window.backscope.state().trace.cost === cost", arg=before["cost"])
    assert state(page)["trace"]["layers"] == before["layers"]


def after_request(trace: dict[str, Any]) -> dict[str, Any]:
    names = ("network", "parameters", "batch", "learning_rate", "freeze_biases")
    return {name: trace[name] for name in names}


def test_a_number_that_is_none_is_kept_and_explained(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    before = state(page)["trace"]["layers"]
    select_and_type(page, "weights:2:0:0", "0,4x")
    field = page.locator("#new-value").first
    assert field.input_value() == "0,4x"
    expect(page.locator(".problem, [role=alert]").filter(has_text="number").first).to_be_attached()
    assert state(page)["trace"]["layers"] == before


def test_the_next_update_and_back(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    first = state(page)["trace"]
    last = len(first["steps"]) - 1
    page.keyboard.press("End")
    wait_for_step(page, last)
    expect(page.get_by_role("button", name="Next update")).to_be_visible()
    page.keyboard.press("Space")
    wait_for_step(page, 0)
    second = state(page)["trace"]
    assert second["layers"][1]["weights"] == first["layers"][1]["updated_weights"]
    assert second["cost"] < first["cost"]
    assert abs(second["cost"] - 0.29102777369359933) < 1e-12
    page.keyboard.press("ArrowLeft")
    wait_for_step(page, last)
    assert state(page)["trace"]["layers"] == first["layers"]


def test_granularity_and_layer_steps(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    trace = answer(server, load_example("mazur").request)
    for key, granularity in (("1", "pass"), ("2", "layer"), ("3", "equation")):
        page.keyboard.press(key)
        told = answer(server, load_example("mazur").request | {"granularity": granularity})
        page.wait_for_selector(f'html[data-steps="{len(told["steps"])}"]')
        for index in range(len(told["steps"])):
            page.evaluate(f"window.backscope.seek({index})")
            wait_for_step(page, index)
            check_numbers(page, trace)


def test_motion_runs_both_ways_and_ends_where_it_should(server: str, moving: Quiet) -> None:
    page = moving.open(server)
    trace = answer(server, load_example("mazur").request)
    for index in (1, 2, 3):
        page.keyboard.press("Space")
        wait_for_step(page, index)
        eventually(page, lambda: check_numbers(page, trace))
    for index in (2, 1, 0):
        page.keyboard.press("ArrowLeft")
        wait_for_step(page, index)
        eventually(page, lambda: check_numbers(page, trace))


def test_playing_rests_and_pauses(server: str, moving: Quiet) -> None:
    page = moving.open(server)
    page.keyboard.press("p")
    wait_for_step(page, 2)
    page.keyboard.press("p")
    here = step(page)
    page.wait_for_timeout(1800)
    assert step(page) in (here, here + 1)
    page.wait_for_timeout(1800)
    assert step(page) <= here + 1


def test_every_example_opens_and_its_digits_stand_beside_ours(server: str, desk: Quiet) -> None:
    listed = httpx2.get(f"{server}api/v1/examples").json()
    assert listed[0]["id"] == "mazur"
    for entry in listed:
        page = desk.open(f"{server}?example={entry['id']}")
        trace = answer(server, httpx2.get(f"{server}api/v1/examples/{entry['id']}").json()["request"] | {"steps": True})
        for index in {0, len(trace["steps"]) // 2, len(trace["steps"]) - 1}:
            page.evaluate(f"window.backscope.seek({index})")
            wait_for_step(page, index)
            assert check_numbers(page, trace) > 0
        page.get_by_role("tab", name="Published" if entry["group"] == "Published" else "Source").click()
        assert page.locator("[role=tabpanel]:visible").inner_text()
        page.close()


def test_an_unknown_example_is_said(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}?example=nobody")
    expect(page.locator("body")).to_contain_text("no example of that name")
    assert state(page)["trace"]["layers"][1]["weights"] == [[0.15, 0.2], [0.25, 0.3]]
