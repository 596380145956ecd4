"""What is seen of the laboratory without scrolling: answer, cost and buttons; and no table with a column cut off."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Quiet
from tests.browser.reading import eventually, hold, state

pytestmark = pytest.mark.browser

LAPTOP: ViewportSize = {"width": 1280, "height": 720}


def bottom(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None, selector
    return box["y"] + box["height"]


def test_the_answer_of_a_gradient_check_stands_under_its_question(server: str, desk: Quiet) -> None:
    page = desk.open(server + "laboratory?experiment=check")
    answer = page.locator(".answered .verdict")
    expect(answer).to_contain_text("Yes")
    curves = state(page)["lab"]["check"]["curves"]["answers"]["float64"]
    at = state(page)["lab"]["check"]["at"]
    assert page.locator('[data-row="relative"] .figures').get_attribute("data-value") == str(
        curves["points"][at]["relative_error"]
    )
    expect(answer).to_contain_text(page.locator('[data-row="relative"] .figures').inner_text())
    page.set_viewport_size(LAPTOP)
    for other in (".step-slider input", ".v-curve"):
        assert bottom(page, ".answered .verdict") < bottom(page, other)
    assert bottom(page, ".answered .verdict") < bottom(page, "#stage")


def test_the_slider_stays_where_it_is_while_it_is_dragged(server: str, desk: Quiet) -> None:
    page = desk.open(server + "laboratory?experiment=check")
    expect(page.locator(".answered .verdict")).to_contain_text("Yes")
    before = bottom(page, ".step-slider input")
    page.locator(".step-slider input").fill("0")
    expect(page.locator(".answered .verdict")).not_to_contain_text("Yes")
    assert bottom(page, ".step-slider input") == before


def test_on_a_laptop_the_stage_of_the_laboratory_shows_the_cost_that_the_demon_moves(server: str, desk: Quiet) -> None:
    page = desk.open(server + "laboratory?experiment=demon")
    page.set_viewport_size(LAPTOP)
    expect(page.locator("#stage[data-phone]")).to_have_count(0)
    expect(page.locator('#stage [data-twin="cost"]')).to_be_in_viewport()


def test_an_exercise_begins_at_its_title_with_its_buttons_in_reach(server: str, desk: Quiet) -> None:
    page = desk.open(server + "laboratory?experiment=mistakes")
    page.set_viewport_size(LAPTOP)
    page.get_by_role("button", name="Find one yourself").click()
    page.wait_for_function("() => window.backscope.state().lab.stage !== null")
    expect(page.get_by_role("heading", name="Find the step")).to_be_in_viewport()
    wrong = page.get_by_role("button", name="This step is wrong")
    expect(wrong).to_be_in_viewport(ratio=1)
    wrong.click()
    expect(page.locator(".mistake-verdict")).not_to_be_empty()
    expect(page.locator(".mistake-verdict")).to_be_in_viewport(ratio=1)


def fits(page: Page, selector: str) -> bool:
    within: bool = page.locator(selector).first.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    return within


def test_no_table_has_a_column_beyond_the_edge(server: str, desk: Quiet) -> None:
    page = desk.open(server + "laboratory?experiment=demon")
    expect(page.locator(".demon-halved")).to_be_visible()
    for width in (820, 390):
        page.set_viewport_size({"width": width, "height": 1180})
        assert fits(page, ".panel :has(> .demon-halved)"), width
    page.goto(server + "laboratory?experiment=counting")
    expect(page.locator(".counting .printed").first).to_be_visible()
    for width in (820, 390, 360):
        page.set_viewport_size({"width": width, "height": 844})
        assert fits(page, ".counting .ways-scroll"), width


def test_back_leads_through_the_experiments_that_were_chosen(server: str, desk: Quiet) -> None:
    page = desk.open(server + "laboratory?experiment=check")
    for name, experiment in (("Classic mistakes", "mistakes"), ("Why cross-entropy", "pairs"), ("The demon", "demon")):
        page.get_by_role("link", name=name).click()
        page.wait_for_url(f"**experiment={experiment}**")
    # One of them has opened an example by itself; that it comes and goes again is no place to come back to.
    page.wait_for_url("**example=mazur**experiment=demon**")
    for experiment in ("pairs", "mistakes", "check"):
        page.go_back()
        page.wait_for_function("(name) => window.backscope.state().lab.chosen === name", arg=experiment)
        page.wait_for_function("(name) => location.search.includes(`experiment=${name}`)", arg=experiment)
    page.wait_for_function("() => window.backscope.state().published.id === 'mazur'")
    page.go_forward()
    page.wait_for_function("() => window.backscope.state().lab.chosen === 'mistakes'")
    expect(page.get_by_role("heading", name="Weights updated too early")).to_be_visible()


def test_back_twice_in_a_row_ends_where_it_leads(server: str, desk: Quiet) -> None:
    """What the first press asks for comes late, and is not wanted any more."""
    page = desk.open(server + "laboratory?experiment=mistakes")
    page.wait_for_url("**example=mazur**")
    page.get_by_role("link", name="Why cross-entropy").click()
    page.wait_for_url("**example=nielsen-neuron-saturated**")
    page.get_by_role("link", name="The demon").click()
    page.wait_for_url("**example=mazur**experiment=demon**")
    late = hold(page, "**/api/v1/examples/nielsen-neuron-saturated")
    page.go_back()
    eventually(page, lambda: len(late) == 1)
    page.go_back()
    page.wait_for_function("() => window.backscope.state().lab.chosen === 'mistakes'")
    late[0].continue_()
    page.wait_for_url("**example=mazur**experiment=mistakes**")
    page.wait_for_function("() => !window.backscope.state().busy")
    assert (state(page)["published"]["id"], state(page)["lab"]["chosen"]) == ("mazur", "mistakes")
    assert "experiment=mistakes" in page.url


def test_a_push_that_is_too_far_stays_typed_and_is_said_to_be(server: str, desk: Quiet) -> None:
    page = desk.open(server + "laboratory?experiment=demon")
    field = page.locator(".demon-push input:not([type=range])")
    field.fill("1e300")
    field.press("Enter")
    expect(page.locator("#demon-typed")).to_have_text("Stay within ±1e6.")
    expect(field).to_have_value("1e300")
    field.fill("0.5")
    field.press("Enter")
    expect(page.locator("#demon-typed")).to_be_hidden()


def test_a_long_expression_is_cut_after_something_whole(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}graphs#f=x0*w0 %2B x1*w1 %2B x2*w2 %2B x3*w3")
    expect(page.locator("#expression-example option:checked")).to_have_text("x0*w0 + x1*w1 + x2*w2 …, your own")


def test_all_tabs_are_seen_beside_a_batch(server: str, desk: Quiet) -> None:
    page = desk.open(server + "laboratory?example=cs231n-spiral&experiment=mistakes")
    for width in (1440, 1280, 820):
        page.set_viewport_size({"width": width, "height": 800})
        assert fits(page, ".tablist"), width
        expect(page.locator("#row")).to_be_in_viewport()
