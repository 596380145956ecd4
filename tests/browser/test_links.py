"""Links, history and lost connections: nothing a person made is lost, and what cannot be opened is said."""

import base64
import json
import time
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from backprop_core import load_example
from tests.browser.conftest import Quiet
from tests.browser.reading import state

pytestmark = pytest.mark.browser


def link(server: str, request: dict[str, Any]) -> str:
    text = base64.urlsafe_b64encode(json.dumps(request).encode()).decode().rstrip("=")
    return f"{server}#request={text}"


def shown(page: Page) -> str:
    """Id of the example that is shown."""
    return str(state(page)["published"]["id"])


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
    page.wait_for_selector("html[data-ready]")
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
        page.wait_for_timeout(600)
        assert shown(page) == name
    page.go_forward()
    page.wait_for_timeout(600)
    assert shown(page) == "zhou-neuron"


def edit(page: Page, ref: str, text: str) -> None:
    page.locator(f'#stage [data-ref="{ref}"]').first.click(force=True)
    field = page.locator("#new-value")
    field.fill(text)
    field.press("Enter")


def test_an_edit_survives_whatever_is_asked_before_its_answer(server: str, desk: Quiet) -> None:
    page = desk.open(server)

    def late(route: Route) -> None:
        time.sleep(0.5)
        route.continue_()

    page.route("**/api/v1/traces", late)
    edit(page, "weights:1:0:0", "0.77")
    edit(page, "weights:1:0:1", "0.55")
    page.wait_for_timeout(1800)
    assert state(page)["trace"]["layers"][1]["weights"][0] == [0.77, 0.55]
    edit(page, "weights:1:1:0", "0.66")
    page.keyboard.press("Escape")
    page.get_by_text("layer", exact=True).first.click()
    page.wait_for_timeout(1800)
    found = state(page)["trace"]
    assert found["layers"][1]["weights"][1][0] == 0.66
    assert found["granularity"] == "layer"


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
