"""Networks whose layers skip and join on the page of training: made there, drawn, told, refused by layer, frozen."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Quiet
from tests.browser.reading_train import learning, wait_for
from tests.browser.test_access import axe
from tests.browser.training import made, opened

pytestmark = pytest.mark.browser

LAYERS = [
    {"size": 4, "activation": "tanh"},
    {"size": 4, "activation": "tanh", "adds": [1]},
    {"size": 2, "activation": "softmax", "sources": [2, 0]},
]
WIRED = {"inputs": 2, "cost": "cross_entropy", "layers": LAYERS}


def test_layers_are_made_to_skip_and_join_by_keyboard(server: str, desk: Quiet) -> None:
    page = opened(desk, server, made(server, "two_spirals", 1))
    before = learning(page, "session.id")
    expect(page.locator("#recipe")).not_to_contain_text("skip or join")
    page.locator("#recipe button", has_text="2 – 8 – 8 – 2").press("Enter")
    page.get_by_label("Layers skip or join").press("Space")
    page.get_by_label("Adds, hidden 2").fill("2")
    page.get_by_label("Reads, output").fill("3, 1, 9")
    page.keyboard.press("Enter")
    expect(page.locator("[data-problem]")).to_contain_text("Name layers from 1 to 3")
    expect(page.get_by_label("Reads, output")).to_be_focused()
    page.get_by_label("Reads, output").fill("3, 1")
    page.get_by_label("Adds, output").fill("2")
    page.keyboard.press("Enter")
    expect(page.locator("[data-problem]")).to_contain_text("Layer 4: layer 2 has 8 neurons and layer 4")
    page.get_by_label("Adds, output").fill("1")
    page.keyboard.press("Enter")
    page.wait_for_function("(id) => window.backscope.state().session?.id !== id", arg=before)
    layers = learning(page, "session.network.layers")
    assert [(one.get("sources"), one.get("adds")) for one in layers[1:]] == [(None, [1]), ([2, 0], [0])]
    expect(page.locator("#recipe")).to_contain_text("tanh neurons in layers that skip or join")
    page.keyboard.press("Control+z")
    page.wait_for_function("(id) => window.backscope.state().session?.id === id", arg=before)
    desk.complaints[:] = [one for one in desk.complaints if "status of 422" not in one]
    expect(page.locator("#recipe")).not_to_contain_text("skip or join")


def test_another_setting_keeps_what_the_layers_read(server: str, desk: Quiet) -> None:
    page = opened(desk, server, made(server, "two_spirals", 2, network=WIRED))
    before = learning(page, "session.id")
    page.locator("#recipe button", has_text="2 – 4 – 4 – 2").click()
    page.get_by_label("Neurons of hidden 1").fill("5")
    page.get_by_label("Neurons of hidden 2").fill("5")
    page.keyboard.press("Enter")
    page.wait_for_function("(id) => window.backscope.state().session?.id !== id", arg=before)
    layers = learning(page, "session.network.layers")
    assert [(one["size"], one.get("sources"), one.get("adds")) for one in layers] == [
        (5, None, None),
        (5, None, [1]),
        (2, [2, 0], None),
    ]


def test_its_picture_tells_from_where_a_weight_comes(server: str, desk: Quiet) -> None:
    page = opened(desk, server, made(server, "two_spirals", 2, network=WIRED))
    expect(page.locator(".learning-network .chart-legend")).to_contain_text("added without a weight")
    page.locator('.net-neuron[data-layer="3"][data-neuron="0"]').focus()
    card = page.locator(".neuron-card")
    expect(card).to_be_visible()
    [edges] = [one for one in learning(page, "frame.edges") if one["layer"] == 3]
    into = [(w, k) for r, k, w in zip(edges["rows"], edges["columns"], edges["weights"], strict=True) if r == 0]
    strongest = max(into, key=lambda one: abs(one[0]))[1]
    named = f"neuron {strongest + 1}, layer 3" if strongest < 4 else f"x{'₁₂'[strongest - 4]}"
    expect(card.locator(".card-facts").nth(1).locator("dt").first).to_have_text(named)
    expect(page.locator(".learning-network .visually-hidden")).to_contain_text("The strongest weight")


def test_an_update_of_it_is_frozen_and_axe_finds_nothing(server: str, desk: Quiet) -> None:
    page = opened(desk, server, made(server, "two_spirals", 2, network=WIRED))
    page.locator("#recipe button", has_text="2 – 4 – 4 – 2").click()
    assert axe(page) == []
    page.keyboard.press("Escape")
    wait_for(page, "session.status", "paused")
    page.keyboard.press("f")
    page.wait_for_url("**/?lens=nielsen#session=*")
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate("window.backscope.state().trace.network.layers[1].adds") == [1]
