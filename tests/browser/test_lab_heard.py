"""The laboratory without mouse and picture: the keyboard is never lost, and what happens is said, once, in numbers."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Quiet
from tests.browser.reading import settle, tab_to, wait_for_step

pytestmark = pytest.mark.browser

FOCUSED = "((at) => at === document.body ? '' : at.id || at.textContent)(document.activeElement)"
LISTEN = """(selector) => {
  const region = document.querySelector(selector);
  window.heard = [];
  const told = { childList: true, characterData: true, subtree: true };
  new MutationObserver(() => window.heard.push(region.textContent)).observe(region, told);
}"""


def at(experiment: str, fragment: str = "step=8") -> str:
    return f"laboratory?example=mazur&experiment={experiment}#{fragment}"


def focused(page: Page) -> str:
    """Where the keyboard is, by id or words; a browser gives the focus up a frame after its element is hidden."""
    settle(page)
    return str(page.evaluate(FOCUSED))


def test_the_check_says_what_it_found_and_keeps_the_keyboard(server: str, desk: Quiet) -> None:
    page = desk.open(server + at("check"))
    one, whole = (page.locator(".lab-check > [role=status].visually-hidden").nth(place) for place in (0, 1))
    expect(one).to_have_text(
        "δ²₁ = ∂C/∂z²₁ at h = 10⁻⁵: backpropagated 0.008771, central difference 0.008771, absolute error 2.475·10⁻¹²."
        " Yes: the difference agrees with it. Relative error 2.822·10⁻¹⁰; at most 10⁻⁶ is allowed."
    )
    expect(whole).to_contain_text("All 12 numbers compared agree")
    tab_to(page, "#check-number")
    page.keyboard.press("ArrowDown")
    expect(one).to_contain_text("δ²₂ = ∂C/∂z²₂ at h = 10⁻⁵: backpropagated 0.009954")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page) == "check-number"
    expect(one).to_contain_text("δ²₁")
    tab_to(page, "#check-step")
    page.keyboard.press("End")
    expect(one).to_contain_text("at h = 0.1: backpropagated 0.008771, central difference 0.008764")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page) == "The whole network"
    expect(whole).to_contain_text("the largest relative error is 0.00")


def test_a_number_chosen_in_the_map_leaves_the_map_in_sight(server: str, desk: Quiet) -> None:
    page = desk.open(server + at("check"))
    tab_to(page, ".error-map")
    place = page.locator(".error-map").first.bounding_box()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#check-number")).to_have_value("weight_gradient:1:0:1")
    expect(page.locator(".lab-check .v-curve")).to_be_visible()
    assert focused(page) == "check-map-2"
    now = page.locator(".error-map").first.bounding_box()
    assert place is not None
    assert now is not None
    assert abs(now["y"] - place["y"]) < 60


@pytest.mark.parametrize("place", ["#check-by-error", ".error-map", 'input[value="float64"]'])
def test_another_text_takes_nothing_from_the_keyboard(server: str, desk: Quiet, place: str) -> None:
    page = desk.open(server + at("check"))
    tab_to(page, place)
    here = page.evaluate(f"{FOCUSED} + document.activeElement.value")
    page.keyboard.press("l")
    expect(page.locator(".lab-check > [role=status]").last).to_contain_text("Checking")
    expect(page.locator(".lab-check > [role=status]").last).to_contain_text("All 12 numbers")
    expect(page.locator(".lab-check .v-curve")).to_be_visible()
    settle(page)
    assert page.evaluate(f"{FOCUSED} + document.activeElement.value") == here


def test_a_mistake_says_its_first_wrong_number(server: str, desk: Quiet) -> None:
    page = desk.open(server + at("mistakes"))
    said = page.locator(".mistakes > [role=status]")
    tab_to(page, '[data-mistake="slope_forgotten"]')
    page.keyboard.press("Space")
    expect(said).to_have_text(
        "Mistake on: σ′ left out. First wrong number: error δ^2_1, right 0.008771, with the mistake 0.03635."
    )
    page.keyboard.press("Space")
    expect(said).to_have_text("No mistake")
    page.keyboard.press("Space")
    expect(said).to_contain_text("σ′ left out")
    tab_to(page, "#mistake-all")
    page.keyboard.press("Enter")
    expect(page.locator("#mistake-all")).to_have_text("Fewer numbers")
    assert focused(page) == "mistake-all"


def test_the_exercise_keeps_the_keyboard_and_repeats_nothing(server: str, desk: Quiet) -> None:
    page = desk.open(server + at("mistakes"))
    expect(page.locator("#mistake-all")).to_be_visible()
    tab_to(page, ".mistake-find .button")
    page.keyboard.press("Enter")
    assert focused(page) == "Find the step"
    expect(page.locator(".mistake-exercise > [role=status]").last).to_have_text(
        "A mistake is drawn. Step 9 of 15 is shown."
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    hints = page.locator(".mistake-hints li")
    hint = page.get_by_role("button", name="Hint")
    for count in range(1, 6):
        page.keyboard.press("Enter")
        expect(hints).to_have_count(count)
        if hint.get_attribute("aria-disabled") == "true":
            break
    page.keyboard.press("Enter")
    assert focused(page) == "Hint"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".mistake-exercise .says").first).to_be_visible()
    for region in (".mistake-hints", ".mistake-hints + div"):
        page.evaluate(LISTEN, region)
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowLeft")
        wait_for_step(page, 8)
        settle(page)
        assert page.evaluate("window.heard") == []
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#mistake-all")).to_be_visible()
    assert focused(page) == "Find one yourself"
    expect(page.locator(".mistake-find .button")).to_be_in_viewport()


def test_another_number_of_the_demon_is_told_and_a_push_too_far_is_not_made(server: str, desk: Quiet) -> None:
    page = desk.open(server + at("demon"))
    said = page.locator(".demon > [role=status]")
    tab_to(page, ".demon-kind select")
    page.keyboard.press("ArrowDown")
    expect(said).to_contain_text("Weight to hidden neuron 1 from input 1 pushed by 0.1: promised 4.386·10⁻⁵, happened")
    field = page.locator("#demon-change")
    tab_to(page, "#demon-change")
    page.keyboard.press("Control+a")
    page.keyboard.type("5e6")
    page.keyboard.press("Enter")
    expect(page.locator("#demon-typed")).to_have_text("Stay within ±1e6.")
    expect(field).to_have_value("5e6")


def test_where_the_stage_is_not_shown_its_steps_are_still_told(server: str, desk: Quiet) -> None:
    page = desk.open(server + at("check"))
    announcer = page.locator("#announcer")
    tab_to(page, '[data-experiment="pairs"]')
    page.evaluate(LISTEN, "#announcer")
    page.keyboard.press("Enter")
    expect(page.locator("#pairs-after")).to_be_visible()
    assert "Experiment: Why cross-entropy." in page.evaluate("window.heard")
    expect(announcer).to_contain_text("BP1")
    assert page.evaluate("document.querySelector('#announcer').checkVisibility()")
    tab_to(page, "#pairs-after")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".pairs-reading thead")).to_contain_text("After update 101")
    one, other = page.locator(".pairs-reading tbody tr").first.locator("td").all_inner_texts()
    told = f"101: Output {one} under the quadratic cost, {other} under cross-entropy"
    expect(page.locator("#pairs-after")).to_have_attribute("aria-valuetext", told)


def test_the_three_ways_say_an_answer_once_and_none_that_is_old(server: str, desk: Quiet) -> None:
    page = desk.open(server + at("ways"))
    said = page.locator(".ways > [role=status]")
    expect(said).to_contain_text("By w: symbolic 0.1491, numerical 0.1491 with an error of")
    page.evaluate(LISTEN, ".ways > [role=status]")
    tab_to(page, "#ways-step")
    page.keyboard.press("End")
    expect(said).to_have_text("By w: symbolic 0.1491, numerical 0.1492 with an error of 1.5·10⁻⁵, automatic 0.1491.")
    heard = page.evaluate("window.heard")
    assert heard == list(dict.fromkeys(heard))
    assert all("error of 1.5·10⁻⁵" in one or "deriving" in one for one in heard)


@pytest.mark.parametrize("path", [at("ways"), "graphs"])
def test_what_is_typed_is_said_to_wait_once(server: str, desk: Quiet, path: str) -> None:
    page = desk.open(server + path)
    field, waits = ("#expression", "#expression-waits") if path == "graphs" else ("#ways-expression", ".ways-waits")
    tab_to(page, field)
    page.evaluate(LISTEN, waits)
    page.keyboard.press("End")
    page.keyboard.type(" + 2*1")
    settle(page)
    assert page.evaluate("window.heard") == ["Typed, not computed yet."]


def test_what_is_wrong_with_an_expression_is_said_once(server: str, desk: Quiet) -> None:
    page = desk.open(server + "graphs")
    tab_to(page, "#expression")
    page.keyboard.press("Control+a")
    page.keyboard.type("a*(b")
    page.keyboard.press("Enter")
    expect(page.locator("#expression-problem")).to_contain_text("Line 1, column")
    page.evaluate(LISTEN, "#expression-problem")
    page.keyboard.type("+c")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.press("Tab")
    settle(page)
    assert page.evaluate("window.heard") == []
    # The browser tells a refusal on its console.
    desk.complaints[:] = [one for one in desk.complaints if "status of 422" not in one]


def test_a_moved_input_of_an_expression_is_told_at_rest(server: str, desk: Quiet) -> None:
    page = desk.open(server + "graphs#step=5")
    expect(page.locator(".trial td .number, .trial td span").first).to_contain_text("−0.4")
    tab_to(page, "#trial-change")
    page.keyboard.press("ArrowRight")
    slider = page.locator("#trial-change")
    expect(slider).to_have_attribute("aria-valuetext", "0.11")
    expect(page.locator(".trial [role=status]")).to_have_text("x moved by 0.11: predicted −0.44, what f does −0.44.")


def test_another_text_for_an_expression_is_told(server: str, desk: Quiet) -> None:
    page = desk.open(server + "graphs")
    announcer = page.locator("#announcer")
    page.keyboard.press("ArrowRight")
    expect(announcer).to_contain_text("That makes 3.")
    page.keyboard.press("l")
    expect(announcer).to_contain_text("In the words of Johnston. q = x + y")
    page.keyboard.press("ArrowRight")
    expect(announcer).to_have_text("f = q · z. f multiplies q by z. That makes −12.")
