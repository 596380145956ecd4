"""Three ways to a derivative and the cost of knowing in a browser: mouse, keyboard, no SymPy, every look."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE, Quiet, arrived
from tests.browser.reading import matches, state, tab_to
from tests.browser.test_access import axe

pytestmark = pytest.mark.browser

WAYS = "laboratory?experiment=ways"
COUNTING = "laboratory?experiment=counting"


def whole(page: Page) -> dict[str, Any]:
    """What the page knows, once every way has answered the present question."""
    page.wait_for_function(
        """() => { const { ways } = window.backscope.state().lab;
        return ways.isWhole && ways.problem === null && ways.answer
          && ways.answer.nesting === (ways.source === "network" ? 1 : ways.nesting)
          && ways.answer.step_size === [...Array(12).keys()].map((at) => Number(`1e-${at + 1}`))[ways.step]; }""",
    )
    slice_: dict[str, Any] = state(page)["lab"]["ways"]
    return slice_


def judge(page: Page) -> None:
    """What each column shows is the answer's; the two exact ways agree."""
    slice_ = whole(page)
    answer = slice_["answer"]
    (one,) = [v for v in answer["variables"] if v["name"] == page.locator(".ways-by select").input_value()]
    for way in ("symbolic", "numerical", "automatic"):
        shown = page.locator(f".ways-column.{way} .ways-result b")
        expect(shown).to_have_attribute("data-value", str(one[way]) if one[way] else re.compile("."))
        assert matches(shown.inner_text(), one[way], 4), way
    assert one["agrees"] is True
    expect(page.locator(".ways-formula .katex")).to_be_visible()
    assert page.locator(".ways-table tbody tr").count() == len(answer["variables"])


def test_a_neuron_by_each_of_its_inputs(server: str, desk: Quiet) -> None:
    page = desk.open(server + WAYS)
    judge(page)
    for name in ("x", "b"):
        page.locator(".ways-by select").select_option(name)
        judge(page)
    formula = page.locator(".ways-formula")
    assert "operations" in str(formula.get_attribute("aria-label"))


def test_the_error_follows_h_and_the_exact_ways_do_not(server: str, desk: Quiet) -> None:
    page = desk.open(server + WAYS)
    whole(page)
    errors, exact = {}, set()
    for step in (0, 4, 11):
        page.locator("#ways-step").fill(str(step))
        one = whole(page)["answer"]["variables"][0]
        errors[step] = one["numerical_error"]
        exact.add((one["symbolic"], one["automatic"]))
        assert matches(page.locator(".ways-column.numerical dd").first.inner_text(), one["numerical_error"], 2)
    assert errors[0] > errors[4] < errors[11]
    assert len(exact) == 1


def test_putting_f_into_itself_swells_the_formula_alone(server: str, desk: Quiet) -> None:
    page = desk.open(server + WAYS)
    page.get_by_label("Begin with").select_option("logistic")
    whole(page)
    for _ in range(3):
        page.get_by_role("button", name="Once more").click()
        judge(page)
    lines = page.locator(".ways-growth tbody tr").all()
    rows = [[int(cell) for cell in line.locator("th, td").all_inner_texts()] for line in lines]
    assert [row[0] for row in rows] == [1, 2, 3, 4]
    assert [row[-1] for row in rows] == [8, 16, 24, 32]
    assert rows[-1][2] > 100
    chart = page.locator(".ways-growth .cost-chart")
    assert chart.locator(".cost-line").count() == 3
    assert chart.locator(".cost-line.third .mark").count() == 4
    for _ in range(4):
        page.get_by_role("button", name="Once more").click()
    whole(page)
    expect(page.locator(".ways-column.symbolic")).to_contain_text("symbolic_operations")
    expect(page.locator(".ways-column.automatic .ways-result b")).to_be_visible()


def test_an_expression_of_ones_own(server: str, desk: Quiet) -> None:
    page = desk.open(server + WAYS)
    whole(page)
    field = page.get_by_label("Expression", exact=True)
    field.fill("u = x*z\nsin(u)*u")
    field.blur()
    expect(page.locator(".ways-values .name")).to_have_text(["x =", "z ="])
    judge(page)
    page.locator(".ways-values input").first.fill("0.25")
    page.locator(".ways-values input").first.blur()
    page.wait_for_function("() => window.backscope.state().lab.ways.answer.values.x === 0.25")
    judge(page)
    field.fill("x +")
    field.blur()
    expect(page.locator(".ways-problem")).to_contain_text("column 4")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("x * x")
    field.blur()
    expect(page.locator(".ways-problem")).to_be_empty()
    judge(page)
    page.locator(".ways-values input").first.fill("much")
    page.locator(".ways-values input").first.blur()
    expect(page.locator(".ways-problem")).to_contain_text("takes a number")
    # The browser itself notes that requests were refused.
    desk.complaints.clear()


def test_this_network_and_its_graph(server: str, desk: Quiet) -> None:
    page = desk.open(server + WAYS)
    page.get_by_text("This network").click()
    page.wait_for_function("() => window.backscope.state().lab.ways.answer?.variables.length === 12")
    judge(page)
    here = state(page)
    gradient = here["trace"]["layers"][2]["weight_gradient"][0][1]
    page.locator(".ways-by select").select_option("w2_12")
    assert matches(page.locator(".ways-column.automatic .ways-result b").inner_text(), gradient, 4)
    page.get_by_role("link", name="Step through it as a graph").click()
    arrived(page, "/graphs")
    assert page.evaluate("window.backscope.state().trace.value") == here["trace"]["cost"]


def test_a_link_opens_the_same(server: str, desk: Quiet) -> None:
    page = desk.open(server + WAYS)
    page.get_by_label("Begin with").select_option("fork")
    page.get_by_role("button", name="Once more").click()
    page.locator("#ways-step").fill("2")
    whole(page)
    page.wait_for_function("() => decodeURIComponent(location.hash).includes('[\"expression\",2,2,')")
    again = desk.open(page.url)
    slice_ = whole(again)
    assert (slice_["expression"], slice_["nesting"], slice_["step"]) == ("x*sin(x) + x", 2, 2)


def test_with_the_keyboard_alone(server: str, desk: Quiet) -> None:
    page = desk.open(server + WAYS)
    whole(page)

    tab_to(page, ".ways-preset select")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => window.backscope.state().lab.ways.answer?.expression === '4*x*(1 - x)'")
    tab_to(page, ".ways-nesting button:last-of-type")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    assert whole(page)["nesting"] == 3
    tab_to(page, "#ways-step")
    page.keyboard.press("ArrowRight")
    assert whole(page)["step"] == 5
    judge(page)
    tab_to(page, ".ways-formula")


def test_the_cost_of_knowing(server: str, desk: Quiet) -> None:
    page = desk.open(server + COUNTING)
    expect(page.locator(".counting .printed").first).to_be_visible()
    answer = state(page)["lab"]["counting"]["answer"]
    rows = page.locator(".counting .printed").first.locator("tbody tr").all()
    for row, name in zip(rows, ("forward", "backward", "update", "numerical"), strict=True):
        cells = row.locator("td").all_inner_texts()
        one = answer[name]
        wanted = [one["multiplications"], one["additions"], one["functions"], one["operations"]]
        assert [int(cell) for cell in cells[:4]] == wanted
    assert page.locator(".counting-ratios dd").all_inner_texts() == ["× 2", "× 8.5", "8", "12"]
    for words, series in (("wider layers", "by_width"), ("more layers", "by_depth")):
        page.get_by_text(words).click()
        charts = page.locator(".counting .cost-chart")
        assert charts.count() == 2
        for chart in charts.all():
            assert chart.locator(".cost-line").count() == 3
            assert chart.locator(".cost-line.third .mark").count() == len(answer[series])
    page.get_by_text("The numbers of the charts").click()
    last = page.locator(".counting details[open] tbody tr").last.locator("th, td").all_inner_texts()
    names = ("depth", "width", "parameters", "edges", "forward", "backward", "numerical")
    assert [int(cell) for cell in last[:7]] == [answer["by_depth"][-1][name] for name in names]
    page.get_by_text("Equation by equation").click()
    expect(page.get_by_text("error sent back over the weights")).to_be_visible()


def test_lines_on_both_axes_of_powers_are_straight(server: str, desk: Quiet) -> None:
    """Slope 1 for the passes and 2 for the numerical gradient, read off the drawing itself."""
    page = desk.open(server + COUNTING)
    chart = page.locator(".counting .cost-chart").first
    expect(chart).to_be_visible()

    def rise(kind: str) -> float:
        path = str(chart.locator(f".cost-line.{kind} .line").get_attribute("d"))
        spots = [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", path)]
        return (spots[-3][1] - spots[-1][1]) / (spots[-1][0] - spots[-3][0])

    assert rise("third") / rise("first") == pytest.approx(2.0, abs=0.06)
    assert rise("second") / rise("first") == pytest.approx(1.0, abs=0.06)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that cannot import SymPy."""
    folder: Path = tmp_path_factory.mktemp("bare")
    (folder / "sympy.py").write_text("raise ImportError('no such thing')", encoding="utf-8")
    command = [sys.executable, "-m", "app.cli", "--no-open", "--port", "0", "--store", "memory"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(folder)})
    assert process.stdout is not None
    match = re.search(r"http://[^ ]+/", process.stdout.readline())
    assert match is not None
    yield match[0]
    process.terminate()
    process.wait(PATIENCE)
    process.stdout.close()


def test_without_sympy_two_ways_remain_and_the_page_says_what_to_install(bare: str, desk: Quiet) -> None:
    page = desk.open(bare + WAYS)
    expect(page.locator(".ways-missing")).to_contain_text("pip install 'backscope[symbolic]'")
    for way in ("numerical", "automatic"):
        expect(page.locator(f".ways-column.{way} .ways-result b")).to_have_text("0.1491")
    page.get_by_label("Begin with").select_option("logistic")
    page.wait_for_function("() => window.backscope.state().lab.ways.answer?.expression === '4*x*(1 - x)'")
    expect(page.locator(".ways-column.automatic .ways-result b")).to_have_text("1.6")
    assert len([one for one in desk.complaints if "501" in one]) == 1
    desk.complaints.clear()


def test_it_looks_right_to_axe_in_any_look(server: str, look: Quiet) -> None:
    for address in (WAYS, COUNTING):
        page = look.open(server + address)
        if address == WAYS:
            page.get_by_label("Begin with").select_option("logistic")
            page.get_by_role("button", name="Once more").click()
            whole(page)
        else:
            expect(page.locator(".counting .cost-chart").first).to_be_visible()
            page.get_by_text("Equation by equation").click()
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.locator("#bench").evaluate("(bench) => bench.scrollWidth <= bench.clientWidth")
        page.close()


def test_what_is_typed_says_that_it_waits_and_an_old_answer_is_told_as_old(server: str, desk: Quiet) -> None:
    page = desk.open(server + WAYS)
    whole(page)
    expect(page.locator("#ways-hint")).to_be_hidden()
    page.locator("#ways-expression").fill("x*x*")
    expect(page.locator(".ways-waits")).to_have_text("Typed, not computed yet.")
    page.get_by_role("button", name="Differentiate").click()
    expect(page.locator(".ways-problem")).not_to_be_empty()
    expect(page.locator(".ways-stale")).to_contain_text("sigmoid(w*x + b)")
    expect(page.locator(".ways.stale .ways-told")).to_have_css("outline-style", "dashed")
    expect(page.locator(".ways-told")).not_to_have_css("outline-color", "rgba(0, 0, 0, 0)")
    assert axe(page) == []
    page.locator("#ways-expression").fill("x*x")
    page.get_by_role("button", name="Differentiate").click()
    expect(page.locator(".ways-waits")).to_be_empty()
    whole(page)
    expect(page.locator(".ways-stale")).to_be_hidden()
    expect(page.locator(".ways.stale")).to_have_count(0)
    desk.complaints[:] = [one for one in desk.complaints if "status of 422" not in one]


def test_what_was_counted_stays_while_sympy_derives_and_nothing_is_over_a_limit(server: str, desk: Quiet) -> None:
    page = desk.open(server + WAYS)
    first = whole(page)["answer"]["growth"]
    page.route(
        "**/api/v1/graphs/derivatives",
        lambda route, request: None if '"symbolic":true' in (request.post_data or "") else route.continue_(),
    )
    page.get_by_role("button", name="Once more").click()
    page.wait_for_function("() => window.backscope.state().lab.ways.answer.nesting === 2")
    rows = page.locator(".ways-growth tbody tr")
    expect(rows.nth(1)).to_contain_text("…")
    expect(page.locator(".ways-growth")).not_to_contain_text("over the limit")
    if first:
        expect(rows.first).to_contain_text(str(first[0]["derivatives"]))
    expect(page.locator(".ways > [role=status]")).to_contain_text("deriving")
    expect(page.get_by_role("link", name="Step through f itself, once")).to_be_visible()
