"""The page of expressions as a newcomer uses it: typing, stepping, pointing, links there and back."""

import re
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from playwright.sync_api import Page, expect

from backprop_core import graph_examples
from tests.browser.conftest import Quiet
from tests.browser.reading import numbers, shared, state, step, wait_for_step

pytestmark = pytest.mark.browser

NODE = '#stage .graph-node[data-node="{}"]'


def link(server: str, expression: str, values: dict[str, float], **more: Any) -> str:
    said = ",".join(f"{name}:{value}" for name, value in values.items())
    rest = "".join(f"&{name}={value}" for name, value in more.items())
    return f"{server}graphs#f={quote(expression)}&v={said}{rest}"


def answer(server: str, expression: str, values: dict[str, float], **more: Any) -> dict[str, Any]:
    """What the API says to the same, asked apart from the page."""
    found = httpx2.post(f"{server}api/v1/graphs", json={"expression": expression, "values": values} | more)
    assert found.status_code == 200, found.text
    parsed: dict[str, Any] = found.json()
    return parsed


def forgive(desk: Quiet) -> None:
    """A refused expression is a 422 that the browser tells on the console; everything else there is a fault."""
    desk.complaints[:] = [one for one in desk.complaints if "status of 422" not in one]


def until(page: Page, wanted: str) -> None:
    """Waits for an expression of the page to be true."""
    page.wait_for_function(f"() => {wanted}")


def type_in(page: Page, text: str) -> None:
    page.locator("#expression").fill(text)
    page.locator("#expression").press("Enter")


def values(page: Page) -> dict[str, str]:
    names = page.locator("#input-values span").all_text_contents()
    return dict(zip(names, [one.input_value() for one in page.locator("#input-values input").all()], strict=True))


def test_the_first_answer_of_the_server_already_says_everything(server: str) -> None:
    text = httpx2.get(f"{server}graphs").text
    for said in ("f = (x + y) * z", "What is given", 'data-ref="value:0"', 'id="first-graph"', "step 1 of 6"):
        assert said in text
    assert "There is no expression of that name" in httpx2.get(f"{server}graphs?example=nobody").text


def test_space_walks_to_the_end_and_starts_again_and_the_arrows_go_back(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs")
    assert page.locator("html").get_attribute("data-steps") == "6"
    for index in range(1, 6):
        page.keyboard.press("Space")
        wait_for_step(page, index)
    gradients = {one["ref"]: float(one["value"]) for one in numbers(page) if one["ref"].startswith("gradient:")}
    assert gradients == {"gradient:0": -4, "gradient:1": -4, "gradient:2": -4, "gradient:3": 3, "gradient:4": 1}
    expect(page.get_by_role("button", name="Start again")).to_be_visible()
    for index in range(4, -1, -1):
        page.keyboard.press("ArrowLeft")
        wait_for_step(page, index)
    page.keyboard.press("End")
    page.keyboard.press("Space")
    wait_for_step(page, 0)


def test_what_is_not_computed_yet_is_not_shown(server: str, desk: Quiet) -> None:
    page = desk.open(link(server, "f = sigmoid(w*x + b)", {"w": 2, "x": -1, "b": 0.5}))
    trace = state(page)["trace"]
    for index in range(len(trace["steps"])):
        page.evaluate(f"window.backscope.seek({index})")
        wait_for_step(page, index)
        known = {ref for one in trace["steps"][: index + 1] for ref in one["writes"]}
        assert {one["ref"] for one in numbers(page) if one["ref"]} <= known


def test_a_new_expression_brings_its_names_and_keeps_the_values_it_knows(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs")
    type_in(page, "f = sigmoid(w*x + b) * x")
    until(page, "window.backscope.state().trace.nodes.length === 7")
    assert values(page) == {"w": "1", "x": "−2", "b": "1"}
    assert page.locator("#stage .graph-node").count() == 7
    assert state(page)["problem"] is None
    true = answer(server, "f = sigmoid(w*x + b) * x", {"w": 1, "x": -2, "b": 1})
    page.evaluate("window.backscope.seek(99)")
    shown = {one["ref"]: float(one["value"]) for one in numbers(page) if one["ref"].startswith("gradient:")}
    assert shown == {f"gradient:{node['id']}": node["gradient"] for node in true["nodes"]}


def test_shift_and_enter_begin_another_line(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs")
    page.locator("#expression").fill("u = x * y")
    page.locator("#expression").press("Shift+Enter")
    page.keyboard.type("f = u ** 2 + z")
    page.keyboard.press("Enter")
    until(page, "window.backscope.state().trace.expression.includes('\\n')")
    assert [node["symbol"] for node in state(page)["trace"]["nodes"]][-1] == "f"
    assert "u" in page.locator("#stage").inner_text()


def test_what_is_wrong_is_said_under_the_field_with_a_caret_and_nothing_is_lost(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs")
    page.keyboard.press("End")
    wait_for_step(page, 5)
    type_in(page, "f = (x + y * z")
    told = page.locator("#expression-problem")
    expect(told).to_contain_text("Line 1, column 5")
    first, second = (told.locator("pre").text_content() or "").split("\n")
    assert (first, second) == ("f = (x + y * z", "    ^")
    assert "mono" in told.locator("pre").evaluate("(one) => getComputedStyle(one).fontFamily")
    assert page.locator("#expression").input_value() == "f = (x + y * z"
    assert page.locator("#expression").get_attribute("aria-invalid") == "true"
    assert page.locator("#stage .graph-node").count() == 5
    assert step(page) == 5
    type_in(page, "f = (x + y) * z")
    expect(told).to_be_hidden()
    forgive(desk)


def test_a_value_is_changed_in_its_field_and_the_step_stays(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs")
    page.keyboard.press("End")
    wait_for_step(page, 5)
    field = page.locator("#input-values input").first
    field.fill("−3.5")
    field.press("Enter")
    until(page, "window.backscope.state().trace.values.x === -3.5")
    assert step(page) == 5
    assert page.locator(NODE.format(4)).get_attribute("aria-label") == "f, multiply of q, z: value −6, gradient 1"
    field.fill("3,5")
    field.press("Enter")
    expect(page.locator("#expression-problem")).to_contain_text("x needs a number")
    assert field.input_value() == "3,5"
    assert state(page)["trace"]["values"]["x"] == -3.5


def test_a_number_that_is_none_ends_the_steps_and_is_named(server: str, desk: Quiet) -> None:
    page = desk.open(link(server, "f = log(x - 1) * y", {"x": 1, "y": 5}))
    page.keyboard.press("End")
    assert page.locator("html").get_attribute("data-steps") == "3"
    expect(page.locator("#panel .problem")).to_contain_text("not a finite number")
    expect(page.locator("#panel")).to_contain_text("there is no logarithm of 0")
    assert page.locator("#track .cross").count() == 1


def test_a_fork_adds_up_term_by_term(server: str, desk: Quiet) -> None:
    page = desk.open(link(server, "f = x*x + x*y", {"x": 3, "y": 5}, step=7))
    tag = page.locator(f"{NODE.format(0)} > text").last
    assert (tag.text_content() or "").endswith("5 + 3 + 3 + …")
    page.keyboard.press("Space")
    wait_for_step(page, 8)
    assert (tag.text_content() or "").endswith("5 + 3 + 3 = 11")
    page.keyboard.press("3")
    page.wait_for_selector('html[data-steps="11"]')
    page.keyboard.press("1")
    page.wait_for_selector('html[data-steps="2"]')


def test_pointing_lights_the_same_number_everywhere(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs")
    page.keyboard.press("End")
    wait_for_step(page, 5)
    page.locator(NODE.format(2)).hover()
    expect(page.locator(f"{NODE.format(2)} .stage-halo:not(.graph-related)")).to_have_count(1)
    expect(page.locator("#stage .graph-related")).to_have_count(3)
    page.locator('#panel [data-ref="local_gradient:0"]').first.hover()
    expect(page.locator("#stage .graph-edge-halo")).to_have_count(1)
    page.locator("#input-values label").first.hover()
    expect(page.locator(f"{NODE.format(0)} .stage-halo:not(.graph-related)")).to_have_count(1)


def test_a_click_says_where_a_node_comes_from_and_where_it_goes(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs")
    page.keyboard.press("End")
    wait_for_step(page, 5)
    page.locator(NODE.format(2)).click()
    panel = page.locator("#panel")
    expect(panel.locator("h1")).to_have_text("q")
    assert panel.locator("tbody tr").all_inner_texts() == ["x\t1\t−4", "y\t1\t−4", "f\t−4\t−4"]
    panel.get_by_role("button", name="f", exact=True).click()
    expect(panel.locator("h1")).to_have_text("f")
    page.keyboard.press("Escape")
    expect(panel.locator("h1")).to_contain_text("A sum hands")


def test_the_push_is_what_the_server_finds(server: str, desk: Quiet) -> None:
    page = desk.open(link(server, "f = x*x + x*y", {"x": 3, "y": 5}, step=8))
    page.locator("#trial-change").focus()
    page.keyboard.press("Home")
    asked = {"expression": "f = x*x + x*y", "values": {"x": 3, "y": 5}, "name": "x", "change": -0.5, "halvings": 0}
    push = httpx2.post(f"{server}api/v1/graphs/nudges", json=asked).json()["pushes"][0]
    assert (push["predicted"], push["actual"]) == (-5.5, -5.25)
    expect(page.locator(".trial table")).to_contain_text("−5.5")
    expect(page.locator(".trial table")).to_contain_text("−5.25")


def test_a_shared_link_opens_the_same(server: str, desk: Quiet) -> None:
    page = desk.open(link(server, "u = a*b\nf = exp(u) - a", {"a": 0.1, "b": -3}, by="term", digits=6))
    page.evaluate("window.backscope.seek(4)")
    wait_for_step(page, 4)
    page.locator("#textbook").select_option("johnston")
    until(page, "window.backscope.state().trace.textbook === 'johnston'")
    other = desk.open(shared(page))
    wait_for_step(other, 4)
    mine, theirs = state(page), state(other)
    for name in ("trace", "granularity", "digits", "textbook", "cursor", "tab"):
        assert mine[name] == theirs[name], name


def test_back_and_forward_lead_from_expression_to_expression(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs")
    page.keyboard.press("ArrowRight")
    wait_for_step(page, 1)
    until(page, "location.hash.includes('step=1')")
    page.locator("#expression-example").select_option("fork")
    until(page, "window.backscope.state().trace.expression.includes('relu')")
    page.go_back()
    until(page, "window.backscope.state().trace.expression === 'f = (x + y) * z'")
    wait_for_step(page, 1)
    page.go_forward()
    until(page, "window.backscope.state().trace.expression.includes('relu')")
    assert page.locator("#expression-example").input_value() == "fork"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("#f=x&v=x:1:2", "This link is damaged"),
        ("#v=x:1", "This link is damaged"),
        ("#f=__import__('os')&v=x:1", "Line 1"),
        (f"#f={'(' * 100}x&v=x:1", "column 65"),
    ],
)
def test_a_bad_link_is_said_and_the_first_graph_is_there(server: str, desk: Quiet, address: str, said: str) -> None:
    page = desk.open(f"{server}graphs{address}")
    expect(page.locator("#expression-problem")).to_contain_text(said)
    assert page.locator("#stage .graph-node").count() == 5
    assert page.evaluate("location.hash").replace("%27", "'") == address
    forgive(desk)


@pytest.mark.parametrize("example", [one.id for one in graph_examples()])
def test_every_example_stands_beside_its_authors_digits(server: str, desk: Quiet, example: str) -> None:
    page = desk.open(f"{server}graphs?example={example}")
    listed = next(one for one in httpx2.get(f"{server}api/v1/graphs/examples").json() if one["id"] == example)
    page.locator("#tab-published").click()
    expect(page.locator("#panel")).to_contain_text(listed["source"])
    rows = page.locator("#panel .printed tbody tr:not(.reason)")
    assert rows.count() == len(listed["printed"])
    for row, one in zip(rows.all(), listed["printed"], strict=True):
        assert row.locator("td").first.inner_text() == one["digits"].replace("-", "−")


def test_the_largest_graph_opens_and_its_step_is_in_sight(server: str, desk: Quiet) -> None:
    lines = [f"r{i}=sigmoid(w{i % 7}*{f'r{i - 1}' if i else 'x'}+b{i % 5})" for i in range(80)]
    names = {f"w{i}": 0.5 for i in range(7)} | {f"b{i}": 0.1 for i in range(5)} | {"x": 1.0}
    page = desk.open(link(server, "\n".join(lines), names))
    assert page.locator("#stage .graph-node").count() == 253
    limit = next(one["value"] for one in httpx2.get(f"{server}api/v1/limits").json() if one["name"] == "graph_nodes")
    assert limit == 256
    frame = page.locator("#stage").bounding_box()
    assert frame is not None
    for index in (5, 100, 250, 340):
        page.evaluate(f"window.backscope.seek({index})")
        wait_for_step(page, index)
        node = state(page)["trace"]["steps"][index]["layer"]
        box = page.locator(f"{NODE.format(node)} .stage-paper").bounding_box()
        assert box is not None
        assert frame["x"] <= box["x"] <= frame["x"] + frame["width"] - box["width"]
        assert frame["y"] <= box["y"] <= frame["y"] + frame["height"] - box["height"]
    page.get_by_role("button", name=re.compile("fit|whole|all", re.IGNORECASE)).first.click()
    boxes = [one.bounding_box() for one in page.locator(".graph-node .stage-paper").all()]
    assert all(box and frame["x"] <= box["x"] <= frame["x"] + frame["width"] for box in boxes)
