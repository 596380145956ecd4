"""Names that every object of JavaScript has are names like any other: in expressions, in values, in links."""

import json
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Quiet

pytestmark = pytest.mark.browser

NAMES = ("constructor", "toString", "valueOf", "hasOwnProperty", "__proto__")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_every_object_is_an_input_like_any_other(server: str, desk: Quiet, name: str) -> None:
    page = desk.open(f"{server}graphs?lens={name}&example={name}#f={name}*x&v={name}:3,x:2&step=3&by={name}&tab={name}")
    page.wait_for_selector(".input-value")
    expect(page.locator("#input-values span").first).to_have_text(name)
    expect(page.locator("#input-values input").first).to_have_value("3")
    # Typed once more, it is neither lost nor taken for what the object brings along.
    page.locator("#input-values input").first.fill("5")
    page.locator("#input-values input").first.press("Enter")
    page.wait_for_function("() => window.backscope.state().trace.nodes.at(-1).value === 10")
    page.locator("#expression").fill(f"{name} = x*x\n{name} + x")
    page.locator("#expression").press("Enter")
    page.wait_for_function("() => window.backscope.state().trace.nodes.at(-1).value === 6")


# Each asks SymPy twice, and only so many questions may wait.
@pytest.mark.parametrize("name", [NAMES[0], NAMES[-1]])
def test_so_it_is_in_the_three_ways(server: str, desk: Quiet, name: str) -> None:
    lab = quote(f'["expression",1,4,{json.dumps(name + "*x")},{{{json.dumps(name)}:3,"x":2}}]')
    page = desk.open(f"{server}laboratory?lens={name}&experiment=ways#lab={lab}")
    first = page.locator(".ways-values input").first
    expect(first).to_have_value("3")
    expect(page.locator(".ways-column.automatic .ways-result b")).to_have_attribute("data-value", "2")
    page.locator(".ways-values input").nth(1).fill("7")
    page.locator(".ways-values input").nth(1).press("Tab")
    expect(page.locator(".ways-column.automatic .ways-result b")).to_have_attribute("data-value", "7")
    expect(first).to_have_value("3")


@pytest.mark.parametrize("name", NAMES)
def test_links_that_name_it_open_the_page(server: str, desk: Quiet, name: str) -> None:
    for path in (
        f"?lens={name}#select={name}",
        f"laboratory?experiment={name}#lab={name}",
        f"laboratory?experiment=mistakes#lab={name}&step=6",
    ):
        page = desk.open(f"{server}{path}")
        page.wait_for_timeout(200)
        page.close()


def test_on_a_phone_what_is_wrong_is_in_view_with_its_place(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("#expression").fill("a = x + 1\nb = a*a\nf = max(a, 0.1*a) + sigmoid(a*b + x) + 1.5*b if x else y")
    page.locator("#expression").press("Enter")
    expect(page.locator("#expression-problem p")).to_be_in_viewport(ratio=1)
    seen = page.evaluate(
        """() => { const form = document.getElementById("expression-form").getBoundingClientRect();
      const line = document.querySelector("#expression-problem pre");
      const caret = document.createRange(); const text = line.querySelector("b").firstChild;
      caret.setStart(text, text.length - 1); caret.setEnd(text, text.length);
      const { left, right } = caret.getBoundingClientRect(); const box = line.getBoundingClientRect();
      return [document.querySelector("#expression-problem p").getBoundingClientRect().bottom <= form.bottom + 1,
              left >= box.left && right <= box.right]; }"""
    )
    assert seen == [True, True]
    desk.complaints[:] = [one for one in desk.complaints if "status of 422" not in one]


def test_a_name_is_read_as_it_was_typed_and_an_index_is_lowered(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs#f=hidden_size+%3D+x_1*x_1%0Aloss_rate+%3D+exp(hidden_size)&v=x_1:0.5&step=4")
    title = page.locator(".graph-locals h2").first
    expect(title).to_have_text("How fast loss_rate changes with hidden_size")
    assert title.locator("sub").count() == 0
    expect(page.locator(".explanation .sentence")).to_contain_text("So hidden_size receives the rate")
    page.locator("html").press("ArrowRight")
    expect(page.locator(".explanation .sentence")).to_contain_text("hidden_size = x1 · x1 grows")
    expect(page.locator("#announcer")).to_contain_text("hidden_size = x_1 · x_1 grows")
