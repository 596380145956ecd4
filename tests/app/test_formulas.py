"""SymPy's formulas, built node by node from our graph: values are the graph's, counts those made by hand."""

import math
from itertools import pairwise
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, assume, given, settings

from app.formulas import build, differentiate, parts, shared, told, value, written
from app.symbolic import SHOWN, SHOWN_CHARACTERS, question
from backprop_core import ExpressionTooLarge, GraphTrace, count_graph, graph_examples, read_expression, trace_graph
from tests.core.graph_oracle import expressions, points
from tests.core.test_graph_derivatives import CASES, Case

sympy: Any = pytest.importorskip("sympy")


def ask(trace: GraphTrace) -> dict[str, Any]:
    by = [node.id for node in trace.graph.inputs]
    return differentiate(orjson.loads(question(trace, by, [])))


@pytest.mark.parametrize("case", CASES, ids=[case.text for case in CASES])
def test_both_exact_ways_agree(case: Case) -> None:
    trace = trace_graph(read_expression(case.text), case.at)
    found = ask(trace)
    arguments = [case.at[name] for name in case.at]
    for node, one in zip(trace.graph.inputs, found["derivatives"], strict=True):
        automatic = trace.number("gradient", node.id)
        assert one["value"] == pytest.approx(automatic, rel=1e-10, abs=1e-13)
        if node.name in case.slopes:
            assert one["value"] == pytest.approx(case.slopes[node.name](*arguments), rel=1e-10, abs=1e-13)
        check_tex(one["formula"]["tex"])
    check_tex(found["formula"]["tex"])


@pytest.mark.parametrize("name", [example.id for example in graph_examples()])
def test_the_examples_agree(name: str) -> None:
    (example,) = [one for one in graph_examples() if one.id == name]
    trace = trace_graph(read_expression(example.request["expression"]), example.request["values"])
    for node, one in zip(trace.graph.inputs, ask(trace)["derivatives"], strict=True):
        assert one["value"] == pytest.approx(trace.number("gradient", node.id), rel=1e-10, abs=1e-13)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=expressions(), at=points)
def test_random_expressions_agree(text: str, at: dict[str, float]) -> None:
    try:
        graph = read_expression(text)
    except ExpressionTooLarge:
        assume(False)
        raise
    # Longer ones are for a process of its own, for SymPy may take minutes over them.
    assume(count_graph(graph).written <= 25)
    trace = trace_graph(graph, {node.name: at[node.name] for node in graph.inputs})
    assume(trace.not_finite is None and not trace.corners)
    for node, one in zip(graph.inputs, ask(trace)["derivatives"], strict=True):
        if one["value"] is not None:
            sizes = [abs(trace.number("gradient", k)) for k in graph.varying] + [1.0]
            # What cancels may leave round-off of the largest number on the way.
            assert one["value"] == pytest.approx(trace.number("gradient", node.id), rel=1e-7, abs=1e-9 * max(sizes)), (
                text
            )


def check_tex(tex: str) -> None:
    assert tex.count("{") == tex.count("}")
    assert tex.count(r"\left") == tex.count(r"\right") + tex.count(r"\leftarrow")
    assert not any(character in tex for character in "$#%&<>")


x, y = sympy.symbols("x y", real=True)
COUNTED = [
    (x, 0, 0),
    (x + y, 1, 1),
    (-x, 1, 1),
    (x * y + x, 2, 2),
    (x**2, 1, 1),
    (sympy.exp(x) * sympy.sin(sympy.exp(x)), 4, 3),
    ((x + y) ** 2 + sympy.cos((x + y) ** 2), 6, 4),
    (1 / (1 + sympy.exp(-x)), 4, 4),
    (x - y, 1, 1),
    (-x - y, 2, 2),
    (x / y, 1, 1),
    (1 / (x * y), 2, 2),
    (-x / y, 2, 2),
    (-2 * x * y, 2, 2),
    (x / 2, 1, 1),
    (3 * sympy.sqrt(x) / 2, 3, 3),
    (x ** sympy.Rational(-3, 2), 2, 2),
    (1 - sympy.tanh(x) ** 2, 3, 3),
    (sympy.exp(x) / (sympy.exp(x) + 1), 4, 3),
    (sympy.cos(x - y) - sympy.sin(x - y), 6, 5),  # SymPy writes −sin first
]


@pytest.mark.parametrize(("expression", "whole", "once"), COUNTED, ids=[str(one[0]) for one in COUNTED])
def test_counts_made_by_hand(expression: Any, whole: int, once: int) -> None:
    assert (written(sympy, expression), shared(sympy, [expression])) == (whole, once)
    assert parts(expression)[-1] == expression


def test_sharing_goes_across_formulas() -> None:
    one, other = sympy.exp(x) * y, sympy.exp(x) + y
    assert (written(sympy, one), written(sympy, other), shared(sympy, [one, other])) == (2, 2, 3)


def test_the_formula_swells_and_its_equal_parts_do_not() -> None:
    """The logistic map put into itself: written out, the derivative is many times as long each time."""
    lines = ["a1 = 4*x*(1 - x)", *(f"a{k} = 4*a{k - 1}*(1 - a{k - 1})" for k in range(2, 7))]
    whole, once = [], []
    for count in range(2, 7):
        found = ask(trace_graph(read_expression("\n".join(lines[:count])), {"x": 0.3}))
        whole.append(found["operations"])
        once.append(found["shared"])
    assert all(later > 2.5 * earlier for earlier, later in pairwise(whole))
    assert once[-1] < whole[-1] / 10


def test_a_long_formula_is_cut_and_says_so() -> None:
    lines = ["a1 = 4*x*(1 - x)", *(f"a{k} = 4*a{k - 1}*(1 - a{k - 1})" for k in range(2, 6))]
    (found,) = ask(trace_graph(read_expression("\n".join(lines)), {"x": 0.3}))["derivatives"]
    formula = found["formula"]
    assert formula["cut"] is True
    assert formula["operations"] > SHOWN
    assert r"\cdots" in formula["tex"]
    assert len(formula["tex"]) < 2_000
    check_tex(formula["tex"])


def test_a_short_one_is_whole() -> None:
    found = told(sympy, x * y + 2.0 * x, {x: "x_{1}", y: r"\eta "}, SHOWN, SHOWN_CHARACTERS)
    assert (found["cut"], found["operations"]) == (False, 3)
    assert "x_{1}" in found["tex"]
    assert "2.0" not in found["tex"]


LONG_NAMES = {f"x{k}": rf"\mathrm{{{chr(97 + k) * 40}}}" for k in range(20)}


def test_a_formula_is_cut_by_its_length_too() -> None:
    """Few operations on long names fill a page as well."""
    symbols = {sympy.Symbol(name): tex for name, tex in LONG_NAMES.items()}
    formula = sum(sympy.sin(one * other) for one, other in pairwise(symbols))
    found = told(sympy, formula, symbols, SHOWN, 1000)
    assert found["operations"] <= SHOWN
    assert found["cut"] is True
    assert len(found["tex"]) <= 1000
    assert told(sympy, formula, symbols, SHOWN, 10_000)["cut"] is False


def test_a_formula_too_wide_for_any_cut_is_dots() -> None:
    found = told(sympy, sum(sympy.symbols("z0:99")), {}, SHOWN, SHOWN_CHARACTERS)
    assert (found["tex"], found["cut"], found["operations"]) == (r"(\cdots)", True, 98)


def test_constants_are_never_worked_out_into_towers() -> None:
    """What no input reaches is its number, so SymPy gets none of 9**9**9."""
    trace = trace_graph(read_expression("x + 3**3**2 - 2**0.5"), {"x": 1.0})
    nodes = orjson.loads(question(trace, [trace.graph.inputs[0].id], []))["nodes"]
    built = build(sympy, nodes)
    assert built[-1].free_symbols == {built[0]}
    assert value(built[-1], {built[0]: 1.0}) == pytest.approx(1 + 3**9 - math.sqrt(2), rel=1e-15)


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [(1 / x, None), (sympy.log(x), None), (sympy.sqrt(x - 1), None), (sympy.exp(1000 * (x + 1)), None), (x + 1, 1.0)],
)
def test_what_is_no_finite_real_number_is_none(expression: Any, wanted: float | None) -> None:
    assert value(expression, {x: 0.0}) == wanted
