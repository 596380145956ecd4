"""Nudges and gradient curves of expressions: promised against real changes, the V over h, corners and refusals."""

import numpy as np
import pytest
from hypothesis import assume, given, settings

from backprop_core import SpecificationError, graph_curve, nudge_graph, trace_graph
from tests.core.graph_oracle import NoNumberError, expressions, points, value_of
from tests.core.test_graph_random import BUSY, is_tame, read
from tests.core.test_graph_steps import PRODUCT, traced

BENT = "f = sin(x) * exp(y)", {"x": 1.0, "y": 0.5}


def test_a_push_of_the_first_example() -> None:
    found = nudge_graph(traced(*PRODUCT), "x", 0.1, halvings=0)
    assert (found.ref, found.value, found.after, found.derivative) == ("value:0", -2.0, -1.9, -4.0)
    (push,) = found.pushes
    assert push.predicted == pytest.approx(-0.4)
    assert push.actual == pytest.approx(-0.4)
    assert push.round_off
    assert [(one.node, one.after) for one in found.moved] == [(0, -1.9), (2, 3.1), (4, -12.4)]
    assert found.sentence == (
        "x goes from −2 to −1.9. Its gradient promises a change of f of −4 · 0.1 = −0.4, and that is what happens."
    )


def test_a_node_in_between_is_pushed_with_what_it_is_made_of_at_rest() -> None:
    found = nudge_graph(traced(*PRODUCT), "q", -1.0)
    assert [one.node for one in found.moved] == [2, 4]
    assert (found.output, found.output_after, found.derivative) == (-12.0, -8.0, -4.0)


def test_the_gap_shrinks_to_a_quarter() -> None:
    pushes = nudge_graph(traced(*BENT), "x", 0.1, halvings=6).pushes
    assert pushes[0].shrunk is None
    shrunk = [push.shrunk for push in pushes[1:]]
    assert all(one is not None and abs(one - 4) < 0.2 for one in shrunk)
    assert shrunk[-1] == pytest.approx(4, abs=0.01)


@settings(max_examples=300, deadline=None, suppress_health_check=BUSY)
@given(text=expressions(), at=points)
def test_what_is_promised_is_what_happens_as_the_push_shrinks(text: str, at: dict[str, float]) -> None:
    """Judged by Python's reading of the text, on both sides: of a push h the promise is off by h²·f″/2 at most."""
    graph, values = read(text, at)
    assume(graph.inputs)
    trace = trace_graph(graph, values)
    assume(trace.not_finite is None)
    assume(is_tame(trace))
    name = graph.inputs[0].name
    largest = max(1.0, *(abs(trace.number("value", node.id)) for node in graph.nodes))
    found = nudge_graph(trace, name, 1e-2, halvings=8)
    for push in found.pushes:
        assert push.predicted == trace.number("gradient", graph.inputs[0].id) * push.change
        try:
            wanted = value_of(text, at | {name: values[name] + push.change}) - value_of(text, at)
        except NoNumberError:
            continue
        if push.actual is not None:
            np.testing.assert_allclose(push.actual, wanted, rtol=1e-6, atol=1e-13 * largest)
    for before, after in zip(found.pushes, found.pushes[1:], strict=False):
        if before.kinks == after.kinks == 0 and after.shrunk is not None and before.shrunk is not None:
            assert after.gap is not None
            assert abs(after.gap) < abs(before.gap or 0.0)


def test_a_corner_on_the_way_is_named() -> None:
    found = nudge_graph(traced("f = 3 * relu(x)", {"x": -0.06}), "x", 0.2, halvings=3)
    assert found.kinks == (2,)
    assert [push.kinks for push in found.pushes] == [1, 1, 0, 0]
    assert "A corner lies on the way" in found.sentence


def test_a_push_beyond_what_has_a_value_is_said() -> None:
    found = nudge_graph(traced("f = log(x)", {"x": 0.05}), "x", -0.1)
    assert found.output_after is None
    assert found.pushes[0].actual is None
    assert found.pushes[2].actual is not None
    assert found.sentence.endswith("With that f is no longer finite.")


REFUSED = [
    ("f = x * 2", {"x": 1.0}, "y", "/name"),
    ("f = x * 2", {"x": 1.0}, "2", "/name"),
    ("a = 2; f = a * x", {"x": 1.0}, "a", "/name"),
    ("f = 1 / x", {"x": 0.0}, "x", "/values"),
]


@pytest.mark.parametrize(("text", "values", "name", "place"), REFUSED, ids=[f"{one[0]}, {one[2]}" for one in REFUSED])
def test_what_has_no_gradient_is_refused(text: str, values: dict[str, float], name: str, place: str) -> None:
    for ask in (graph_curve, lambda trace, called: nudge_graph(trace, called, 0.1)):
        with pytest.raises(SpecificationError) as caught:
            ask(traced(text, values), name)
        assert caught.value.field == place


def test_a_push_beyond_the_largest_number_is_refused() -> None:
    with pytest.raises(SpecificationError, match="largest") as caught:
        nudge_graph(traced("f = x / 1e300", {"x": 1.5e308}), "x", 1e308)
    assert caught.value.field == "/change"


SMOOTH = [
    BENT,
    ("f = sigmoid(w*x + b)", {"w": 2.0, "x": -1.0, "b": -3.0}),
    ("f = exp(x) / (exp(x) + exp(y))", {"x": 0.5, "y": 1.0}),
    ("f = tanh(x * y) + x ** 3", {"x": 0.7, "y": -1.2}),
]


@pytest.mark.parametrize(("text", "values"), SMOOTH, ids=[one[0] for one in SMOOTH])
def test_the_curve_is_a_v(text: str, values: dict[str, float]) -> None:
    for name, value in values.items():
        found = graph_curve(traced(text, values), name)
        assert found.passed
        assert found.best is not None
        assert 1e-7 <= found.points[found.best].step_size <= 1e-4
        errors = [point.absolute_error or 0.0 for point in found.points]
        assert min(errors[0], errors[-1]) > 1e3 * errors[found.best]
        assert found.sentences[0].startswith("The backpropagated derivative and the central difference agree")
        for point in found.points:
            for side, move in ((point.above, point.step_size), (point.below, -point.step_size)):
                assert side == pytest.approx(value_of(text, values | {name: value + move}), rel=1e-14)
            above, below, slope = point.above, point.below, point.numerical
            assert above is not None
            assert below is not None
            assert slope == (above - below) / point.width
            assert point.absolute_error == abs(slope - found.backpropagated)


def test_a_wrong_gradient_has_no_v() -> None:
    trace = traced(*BENT)
    array = trace.memory["gradient", 0]
    array.flags.writeable = True
    array *= 1.001
    found = graph_curve(trace, "x")
    assert not found.passed
    assert {point.verdict for point in found.points} == {"differ"}


def test_corners_within_the_step_are_named_by_their_node() -> None:
    found = graph_curve(traced("f = abs(x) * 2", {"x": 1e-5}), "x")
    crossing = [point.step_size for point in found.points if point.crossings]
    assert min(crossing) == 1e-5
    assert all(point.crosses[0].layer == 1 for point in found.points if point.crossings)
    assert found.passed
    on_it = graph_curve(traced("f = relu(x)", {"x": 0.0}), "x")
    assert on_it.best is None
    assert not on_it.passed


def test_what_rounds_most_is_named() -> None:
    found = graph_curve(traced("f = (x + 1e6) - 1e6", {"x": 1.0}), "x")
    assert "the largest number on the way" in " ".join(found.sentences)
    assert found.passed
