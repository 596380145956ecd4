"""Expressions differentiated by hand: each derivative is written as a formula, and central differences agree too."""

import math
from collections.abc import Callable
from math import cos, exp, log, sin, sqrt, tanh
from typing import NamedTuple

import pytest

from backprop_core import check_graph, read_expression, trace_graph

Formula = Callable[..., float]


class Case(NamedTuple):
    """An expression, its value and its derivatives as formulas of its inputs, and numbers to put in."""

    text: str
    value: Formula
    slopes: dict[str, Formula]
    at: dict[str, float]


def sigma(x: float) -> float:
    return 1 / (1 + exp(-x))


CASES = [
    Case("x", lambda x: x, {"x": lambda x: 1}, {"x": 3.5}),
    Case("-x", lambda x: -x, {"x": lambda x: -1}, {"x": 3.5}),
    Case("x + y", lambda x, y: x + y, {"x": lambda x, y: 1, "y": lambda x, y: 1}, {"x": 2, "y": -7}),
    Case("x - y", lambda x, y: x - y, {"x": lambda x, y: 1, "y": lambda x, y: -1}, {"x": 2, "y": -7}),
    Case("x * y", lambda x, y: x * y, {"x": lambda x, y: y, "y": lambda x, y: x}, {"x": 4, "y": -3}),
    Case("x / y", lambda x, y: x / y, {"x": lambda x, y: 1 / y, "y": lambda x, y: -x / y**2}, {"x": 3, "y": -4}),
    Case("1 / x", lambda x: 1 / x, {"x": lambda x: -1 / x**2}, {"x": 0.3}),
    Case("x ** 3", lambda x: x**3, {"x": lambda x: 3 * x**2}, {"x": -1.7}),
    Case("x ** -2", lambda x: x**-2, {"x": lambda x: -2 * x**-3}, {"x": -1.7}),
    Case("x ** 0.5", sqrt, {"x": lambda x: 0.5 / sqrt(x)}, {"x": 2.2}),
    Case("2 ** x", lambda x: 2**x, {"x": lambda x: log(2) * 2**x}, {"x": -1.4}),
    Case(
        "x ** y", lambda x, y: x**y, {"x": lambda x, y: y * x ** (y - 1), "y": lambda x, y: log(x) * x**y},
        {"x": 1.3, "y": 2.6},
    ),
    Case("x ** x", lambda x: x**x, {"x": lambda x: x**x * (log(x) + 1)}, {"x": 1.4}),
    Case("-x ** 2", lambda x: -(x**2), {"x": lambda x: -2 * x}, {"x": 3}),
    Case("(-x) ** 2", lambda x: x**2, {"x": lambda x: 2 * x}, {"x": 3}),
    Case("x * x", lambda x: x**2, {"x": lambda x: 2 * x}, {"x": -2.5}),
    Case("x * x * x", lambda x: x**3, {"x": lambda x: 3 * x**2}, {"x": -2.5}),
    Case("x - x", lambda x: 0, {"x": lambda x: 0}, {"x": 5}),
    Case("x / x", lambda x: 1, {"x": lambda x: 0}, {"x": 5}),
    Case("x ** 0", lambda x: 1, {"x": lambda x: 0}, {"x": 0}),
    Case("exp(x)", exp, {"x": exp}, {"x": -1.2}),
    Case("exp(-x ** 2)", lambda x: exp(-(x**2)), {"x": lambda x: -2 * x * exp(-(x**2))}, {"x": 0.8}),
    Case("log(x)", log, {"x": lambda x: 1 / x}, {"x": 0.2}),
    Case("log(x ** 2 + 1)", lambda x: log(x**2 + 1), {"x": lambda x: 2 * x / (x**2 + 1)}, {"x": -0.6}),
    Case("sqrt(x)", sqrt, {"x": lambda x: 0.5 / sqrt(x)}, {"x": 6.25}),
    Case(
        "sqrt(x ** 2 + y ** 2)", math.hypot,
        {"x": lambda x, y: x / math.hypot(x, y), "y": lambda x, y: y / math.hypot(x, y)}, {"x": 3, "y": -4},
    ),
    Case("sin(x)", sin, {"x": cos}, {"x": 1.1}),
    Case("cos(x)", cos, {"x": lambda x: -sin(x)}, {"x": 1.1}),
    Case("sin(x) / cos(x)", math.tan, {"x": lambda x: 1 + math.tan(x) ** 2}, {"x": 0.9}),
    Case("sin(x * y)", lambda x, y: sin(x * y), {"x": lambda x, y: y * cos(x * y), "y": lambda x, y: x * cos(x * y)},
         {"x": 1.5, "y": -0.7}),
    Case("sin(x) ** 2 + cos(x) ** 2", lambda x: 1, {"x": lambda x: 0}, {"x": 2.1}),
    Case("tanh(x)", tanh, {"x": lambda x: 1 - tanh(x) ** 2}, {"x": -0.4}),
    Case("tanh(w * x + b)", lambda w, x, b: tanh(w * x + b),
         {"w": lambda w, x, b: x / math.cosh(w * x + b) ** 2, "x": lambda w, x, b: w / math.cosh(w * x + b) ** 2,
          "b": lambda w, x, b: 1 / math.cosh(w * x + b) ** 2}, {"w": 0.5, "x": 2, "b": -0.3}),
    Case("sigmoid(x)", sigma, {"x": lambda x: sigma(x) * (1 - sigma(x))}, {"x": 1.9}),
    Case("sigmoid(-x)", lambda x: 1 - sigma(x), {"x": lambda x: -sigma(x) * (1 - sigma(x))}, {"x": 1.9}),
    Case("1 / (1 + exp(-x))", sigma, {"x": lambda x: exp(-x) / (1 + exp(-x)) ** 2}, {"x": -2.3}),
    Case("softplus(x)", lambda x: log(1 + exp(x)), {"x": sigma}, {"x": 0.7}),
    Case("softplus(x) - softplus(-x)", lambda x: x, {"x": lambda x: 1}, {"x": 4.2}),
    Case("relu(x)", lambda x: max(0, x), {"x": lambda x: 1}, {"x": 0.2}),
    Case("relu(x) ", lambda x: 0, {"x": lambda x: 0}, {"x": -0.2}),
    Case("relu(x) - relu(-x)", lambda x: x, {"x": lambda x: 1}, {"x": -3.1}),
    Case("abs(x)", abs, {"x": lambda x: -1}, {"x": -0.5}),
    Case("abs(x) ** 3", lambda x: abs(x) ** 3, {"x": lambda x: 3 * x * abs(x)}, {"x": -1.5}),
    Case("max(x, y)", max, {"x": lambda x, y: 0, "y": lambda x, y: 1}, {"x": 2, "y": 4}),
    Case("min(x, y, 3) * y", lambda x, y: x * y, {"x": lambda x, y: y, "y": lambda x, y: x}, {"x": 2, "y": 4}),
    Case("max(x ** 2, y ** 2)", lambda x, y: x**2, {"x": lambda x, y: 2 * x, "y": lambda x, y: 0}, {"x": -5, "y": 4}),
    Case("f = (x + y) * z", lambda x, y, z: (x + y) * z,
         {"x": lambda x, y, z: z, "y": lambda x, y, z: z, "z": lambda x, y, z: x + y}, {"x": -2, "y": 5, "z": -4}),
    Case("a = x * y; b = a + x; f = a * b", lambda x, y: x * y * (x * y + x),
         {"x": lambda x, y: 2 * x * y**2 + 2 * x * y, "y": lambda x, y: 2 * x**2 * y + x**2}, {"x": 1.5, "y": -0.5}),
    Case("u = w1*x\nz = relu(u)\ny = w2*z + w3*x", lambda w1, x, w2, w3: w2 * w1 * x + w3 * x,
         {"x": lambda w1, x, w2, w3: w1 * w2 + w3, "w1": lambda w1, x, w2, w3: w2 * x,
          "w2": lambda w1, x, w2, w3: w1 * x, "w3": lambda w1, x, w2, w3: x},
         {"w1": 0.5, "x": 2, "w2": 3, "w3": -1}),
    Case("(x + sigmoid(y)) / (sigmoid(x) + (x + y) ** 2)",
         lambda x, y: (x + sigma(y)) / (sigma(x) + (x + y) ** 2),
         {"x": lambda x, y: 1 / (sigma(x) + (x + y) ** 2)
          - (x + sigma(y)) * (sigma(x) * (1 - sigma(x)) + 2 * (x + y)) / (sigma(x) + (x + y) ** 2) ** 2,
          "y": lambda x, y: sigma(y) * (1 - sigma(y)) / (sigma(x) + (x + y) ** 2)
          - (x + sigma(y)) * 2 * (x + y) / (sigma(x) + (x + y) ** 2) ** 2}, {"x": 3, "y": -4}),
    Case("p = exp(s) / (exp(s) + exp(t)); C = -log(p)", lambda s, t: log(1 + exp(t - s)),
         {"s": lambda s, t: sigma(s - t) - 1, "t": lambda s, t: sigma(t - s)}, {"s": 0.4, "t": 1.3}),
    Case("a = sigmoid(w * x + b)\nC = (a - y) ** 2 / 2",
         lambda w, x, b, y: (sigma(w * x + b) - y) ** 2 / 2,
         {"w": lambda w, x, b, y: (sigma(w * x + b) - y) * sigma(w * x + b) * (1 - sigma(w * x + b)) * x,
          "b": lambda w, x, b, y: (sigma(w * x + b) - y) * sigma(w * x + b) * (1 - sigma(w * x + b)),
          "y": lambda w, x, b, y: y - sigma(w * x + b)}, {"w": 0.6, "x": 1, "b": 0.9, "y": 0}),
    Case("x ** y ** z", lambda x, y, z: x ** (y**z),
         {"x": lambda x, y, z: y**z * x ** (y**z - 1), "y": lambda x, y, z: log(x) * x ** (y**z) * z * y ** (z - 1),
          "z": lambda x, y, z: log(x) * x ** (y**z) * log(y) * y**z}, {"x": 1.2, "y": 1.5, "z": 2.5}),
    Case("g = 0.5 * x * (1 + tanh(0.8 * (x + 0.04 * x ** 3)))",
         lambda x: 0.5 * x * (1 + tanh(0.8 * (x + 0.04 * x**3))),
         {"x": lambda x: 0.5 * (1 + tanh(0.8 * (x + 0.04 * x**3)))
          + 0.5 * x * (1 - tanh(0.8 * (x + 0.04 * x**3)) ** 2) * 0.8 * (1 + 0.12 * x**2)}, {"x": -1.1}),
]  # fmt: skip


def test_there_are_enough() -> None:
    assert len(CASES) >= 50


@pytest.mark.parametrize("case", CASES, ids=[case.text for case in CASES])
def test_the_gradient_is_the_one_made_by_hand(case: Case) -> None:
    graph = read_expression(case.text)
    trace = trace_graph(graph, case.at)
    arguments = [case.at[name] for name in case.at]
    assert trace.known("value", graph.output.id) == pytest.approx(case.value(*arguments), rel=1e-12, abs=1e-15)
    nodes = {node.name: node.id for node in graph.inputs}
    assert set(case.slopes) <= set(nodes)
    for name, slope in case.slopes.items():
        assert trace.known("gradient", nodes[name]) == pytest.approx(slope(*arguments), rel=1e-10, abs=1e-13), name


@pytest.mark.parametrize("case", CASES, ids=[case.text for case in CASES])
def test_central_differences_agree(case: Case) -> None:
    """Differences of the formula made by hand, which knows nothing of graphs, and the engine's own check."""
    graph = read_expression(case.text)
    trace = trace_graph(graph, case.at)
    found = check_graph(trace)
    assert found.passed
    assert found.largest_relative_error <= 1e-7
    for node in graph.inputs:
        h = 1e-5
        up, down = (case.value(*moved(case.at, node.name, step)) for step in (h, -h))
        assert trace.known("gradient", node.id) == pytest.approx((up - down) / (2 * h), rel=1e-7, abs=1e-8), node.name


def moved(at: dict[str, float], name: str, step: float) -> list[float]:
    return [value + step * (one == name) for one, value in at.items()]
