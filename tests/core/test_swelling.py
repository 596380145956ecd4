"""Expressions put into themselves: the chain rule holds, the graph grows evenly, the formula by a factor."""

import math
from itertools import pairwise

import pytest

from backprop_core import count_graph, nest, read_expression, trace_graph
from backprop_core.graph import Graph

LOGISTIC = "4*x*(1 - x)"


def logistic(x: float, times: int) -> tuple[float, float]:
    """The logistic map and its derivative, made by hand."""
    slope = 1.0
    for _ in range(times):
        slope *= 4 - 8 * x
        x = 4 * x * (1 - x)
    return x, slope


@pytest.mark.parametrize("times", range(1, 9))
def test_the_derivative_is_the_product_of_those_on_the_way(times: int) -> None:
    graph = nest(read_expression(LOGISTIC), times, "x")
    trace = trace_graph(graph, {"x": 0.3})
    value, slope = logistic(0.3, times)
    assert trace.number("value", graph.output.id) == pytest.approx(value, rel=1e-10)
    assert trace.number("gradient", graph.inputs[0].id) == pytest.approx(slope, rel=1e-10)


def test_other_inputs_stay_the_same_ones() -> None:
    """f = σ(wx + b) in f: ∂/∂w has a part from each place of w."""
    graph = nest(read_expression("f = sigmoid(w*x + b)"), 2, "x")
    assert [node.name for node in graph.inputs] == ["w", "x", "b"]
    at = {"w": 0.6, "x": 1.0, "b": 0.9}
    trace = trace_graph(graph, at)

    def twice(w: float) -> float:
        inner = 1 / (1 + math.exp(-(w * at["x"] + at["b"])))
        return 1 / (1 + math.exp(-(w * inner + at["b"])))

    numerical = (twice(0.6 + 1e-6) - twice(0.6 - 1e-6)) / 2e-6
    assert trace.number("gradient", graph.inputs[0].id) == pytest.approx(numerical, rel=1e-7)
    names = [node.name for node in graph.nodes if node.name]
    assert len(names) == len(set(names))


def test_an_expression_that_is_its_own_input() -> None:
    graph = nest(read_expression("x"), 3, "x")
    assert trace_graph(graph, {"x": 2.0}).number("gradient", graph.inputs[0].id) == 1.0


def test_there_must_be_such_an_input() -> None:
    with pytest.raises(ValueError, match="no input y"):
        nest(read_expression(LOGISTIC), 2, "y")


def test_the_graph_grows_by_the_same_amount_and_the_formula_by_a_factor() -> None:
    base = read_expression(LOGISTIC)
    counts = [count_graph(nest(base, times, "x")) for times in range(1, 9)]
    ways = [one.forward + one.backward for one in counts]
    assert {later - earlier for earlier, later in pairwise(ways)} == {8}
    # Two places of x: written out, f has its own three operations and twice those of what is put in.
    assert [one.written for one in counts] == [3, 9, 21, 45, 93, 189, 381, 765]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # (operations written, forward, slopes worked out, products, additions at forks)
        ("x", (0, 0, 0, 1, 0)),
        ("x*x", (1, 1, 0, 2, 1)),
        ("sigmoid(w*x + b)", (3, 3, 1, 5, 0)),
        ("max(x, y, 2)", (2, 2, 0, 2, 0)),
        ("a = x*y; f = a*a", (3, 2, 0, 4, 1)),
        ("x/y + sqrt(x)", (3, 3, 3, 5, 1)),
    ],
)
def test_counts_made_by_hand(text: str, wanted: tuple[int, ...]) -> None:
    graph: Graph = read_expression(text)
    found = count_graph(graph)
    assert (found.written, found.forward, found.slopes, found.products, found.additions) == wanted
    assert found.backward == sum(wanted[2:])
    assert found.products == found.edges == len(graph.flowing)
