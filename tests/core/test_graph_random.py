"""Random expressions: Python reads them alike, central differences confirm every gradient, every step recombines."""

from typing import Any

import numpy as np
from hypothesis import HealthCheck, assume, example, given, settings

from backprop_core import ExpressionTooLarge, Graph, GraphTrace, check_graph, graph_steps, read_expression, trace_graph
from backprop_core.textbooks.pieces import Line
from tests.core.graph_oracle import NoNumberError, expressions, points, value_of
from tests.core.graph_tex import recombined

# A machine that is busy with other tests draws slowly, and many an expression has no finite value.
BUSY = [HealthCheck.too_slow, HealthCheck.filter_too_much]


def read(text: str, at: dict[str, float]) -> tuple[Graph, dict[str, float]]:
    try:
        graph = read_expression(text)
    except ExpressionTooLarge:
        assume(False)
        raise
    return graph, {node.name: at[node.name] for node in graph.inputs}


@settings(max_examples=800, deadline=None, suppress_health_check=BUSY)
@given(text=expressions(), at=points)
@example(text="-x**2", at={"x": 3.0})
@example(text="2**-1", at={})
@example(text="x**y**z", at={"x": 2.0, "y": 3.0, "z": 2.0})
@example(text="2**-x*y", at={"x": 2.0, "y": 3.0})
@example(text="2**-x**-2", at={"x": 2.0})
@example(text="-2**2", at={})
@example(text="x--2", at={"x": 1.0})
@example(text="x/y/z*y", at={"x": 1.0, "y": 3.0, "z": 7.0})
def test_python_reads_the_same(text: str, at: dict[str, float]) -> None:
    graph, values = read(text, at)
    trace = trace_graph(graph, values)
    try:
        wanted = value_of(text, at)
    except NoNumberError:
        return  # what has no number for Python may have one here, such as 1/(1/0) = 0
    if trace.not_finite is not None:
        assert trace.not_finite.writes.name != "value"
        return
    size = max(abs(trace.number("value", node.id)) for node in graph.nodes)
    np.testing.assert_allclose(trace.number("value", graph.output.id), wanted, rtol=1e-9, atol=1e-13 * max(1.0, size))


@settings(max_examples=400, deadline=None, suppress_health_check=BUSY)
@given(text=expressions(), at=points)
def test_central_differences_confirm_every_gradient(text: str, at: dict[str, float]) -> None:
    graph, values = read(text, at)
    trace = trace_graph(graph, values)
    assume(trace.not_finite is None)
    assume(is_tame(trace))
    found = check_graph(trace)
    assert found.passed, found


def is_tame(trace: GraphTrace) -> bool:
    """Whether a difference can be believed: no number so large, and no slope so steep, that it drowns the others."""
    kept = [trace.number(one.writes.name, one.writes.layer) for one in trace.equations]
    inputs = all(abs(trace.number("value", node.id)) > 0.05 for node in trace.graph.inputs)
    return inputs and max(map(abs, kept)) < 1e3


@settings(max_examples=200, deadline=None, suppress_health_check=BUSY)
@given(text=expressions(), at=points)
def test_every_line_of_every_step_recombines(text: str, at: dict[str, float]) -> None:
    graph, values = read(text, at)
    trace = trace_graph(graph, values)
    for step in graph_steps(trace):
        whole = trace.not_finite is None or step.index < len(graph_steps(trace)) - 1
        for line in step.lines if whole else ():
            check(line, trace)


def check(line: Line, trace: GraphTrace) -> None:
    by_numbers, by_symbols = recombined(line, trace)
    for sides in (*by_numbers, *by_symbols):
        for side in sides[1:]:
            np.testing.assert_allclose(side, sides[0], rtol=1e-9, atol=1e-12 * scale(sides), err_msg=str(line))


def scale(sides: list[Any]) -> float:
    return max(1.0, *(abs(float(side)) for side in sides))
