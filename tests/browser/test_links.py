"""Links, history and lost connections: nothing a person made is lost, and what cannot be opened is said."""

import base64
import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from backprop_core import load_example
from tests.browser.conftest import Quiet, ready
from tests.browser.reading import eventually, hold, state, wait_for_step

pytestmark = pytest.mark.browser


def link(server: str, request: dict[str, Any]) -> str:
    text = base64.urlsafe_b64encode(json.dumps(request).encode()).decode().rstrip("=")
    return f"{server}#request={text}"


def wait_for_example(page: Page, name: str) -> None:
    page.wait_for_function("(name) => window.backscope.state().published.id === name", arg=name)


@pytest.mark.parametrize("bad", ["garbage", "e30", "WzFd"])
def test_a_damaged_link_says_so_and_stays(server: str, desk: Quiet, bad: str) -> None:
    page = desk.open(f"{server}#request={bad}")
    expect(page.locator("#status")).to_contain_text("damaged")
    page.wait_for_timeout(400)
    assert bad in page.url


def test_a_link_the_server_refuses_stays_in_the_address(server: str, browser: Any) -> None:
    """The browser itself writes refused answers to the console, so this context is not held to silence."""
    request = load_example("mazur").request
    request["network"]["layers"][0]["activation"] = "step"
    address = link(server, request)
    page = browser.new_page()
    page.goto(address)
    ready(page)
    expect(page.locator("#status")).to_contain_text("✕")
    page.wait_for_timeout(400)
    assert page.url == address
    page.close()


def test_the_back_button_walks_through_the_examples(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    for name in ("zhou-neuron", "han-kamber"):
        page.evaluate(f"window.backscope.example('{name}')")
        page.wait_for_url(f"**?example={name}*")
    for name in ("zhou-neuron", "mazur"):
        page.go_back()
        wait_for_example(page, name)
    page.go_forward()
    wait_for_example(page, "zhou-neuron")


def edit(page: Page, ref: str, text: str) -> None:
    page.locator(f'#stage [data-ref="{ref}"]').first.click(force=True)
    field = page.locator("#new-value")
    field.fill(text)
    field.press("Enter")


def test_an_edit_survives_whatever_is_asked_before_its_answer(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    held = hold(page, "**/api/v1/traces")
    edit(page, "weights:1:0:0", "0.77")
    edit(page, "weights:1:0:1", "0.55")
    eventually(page, lambda: len(held) == 2)
    held[1].continue_()
    page.wait_for_function("() => window.backscope.state().trace.layers[1].weights[0][1] === 0.55")
    assert state(page)["trace"]["layers"][1]["weights"][0] == [0.77, 0.55]
    edit(page, "weights:1:1:0", "0.66")
    page.keyboard.press("Escape")
    page.get_by_text("layer", exact=True).first.click()
    eventually(page, lambda: len(held) == 4)
    held[3].continue_()
    page.wait_for_function("() => window.backscope.state().trace.granularity === 'layer'")
    assert state(page)["trace"]["layers"][1]["weights"][1][0] == 0.66


def test_no_choice_is_lost_to_another_before_its_answer(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}?example=nielsen")
    held = hold(page, "**/api/v1/traces")
    page.keyboard.press("]")
    page.keyboard.press("l")
    page.keyboard.press("2")
    eventually(page, lambda: len(held) == 3)
    held[2].continue_()
    page.wait_for_function("() => window.backscope.state().trace.granularity === 'layer'")
    here = state(page)
    assert (here["example"], here["textbook"]) == (1, "johnston")
    # Whoever takes a choice back before its answer has what there was.
    page.keyboard.press("1")
    page.keyboard.press("2")
    eventually(page, lambda: len(held) == 5)
    held[4].continue_()
    page.wait_for_function("() => !window.backscope.state().busy")
    assert state(page)["granularity"] == "layer"


def test_a_link_whose_answer_is_slow_opens_when_it_comes(server: str, desk: Quiet) -> None:
    page = desk.open(server)
    held = hold(page, "**/api/v1/traces")
    page.goto("about:blank")
    page.goto(f"{server}#by=layer&step=4")
    page.wait_for_selector("html[data-ready][data-opening]")
    assert state(page)["granularity"] == "equation"
    held[0].continue_()
    ready(page)
    wait_for_step(page, 4)
    assert state(page)["granularity"] == "layer"
    page.wait_for_url("**example=mazur#step=4&by=layer")


def test_a_name_follows_the_network_over_updates(server: str, desk: Quiet) -> None:
    request = load_example("mazur").request | {"learning_rate": 0.5}
    request["network"]["layers"] = [{"size": 1, "activation": "sigmoid"}]
    request["parameters"] = {"weights": [[[0.1, 0.2]]], "biases": [[0.0]]}
    request["batch"]["targets"] = [[0.5]]
    page = desk.open(link(server, request))
    page.keyboard.press("End")
    page.keyboard.press("Space")
    page.wait_for_selector('html[data-step="0"]')
    chosen = page.locator("select").first.evaluate("(menu) => menu.selectedOptions[0].textContent")
    assert "Mazur" not in chosen
