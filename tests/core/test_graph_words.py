"""What is said of each operation on the way back: every sentence names the receiver and what it really receives."""

import re

import pytest

from backprop_core import graph_steps, read_expression, trace_graph
from backprop_core.graph.words import RECEIVED

SAID = [
    ("add", "f = x + y", "x and y receive it unchanged."),
    ("subtract", "f = x - y", "x receives it unchanged, and y receives it with its sign turned."),
    ("multiply", "f = x * y", "x receives it times y, and y receives it times x."),
    ("multiply", "f = x * x", "x receives it times x at each of its places."),
    ("multiply", "f = x * -3", "x receives it times −3."),
    ("divide", "f = x / y", "x receives it divided by y, and y receives it times −x/y²."),
    ("power", "f = x ** y", "x receives it times y · x^(y − 1), and y receives it times f · ln x."),
    ("negate", "f = -x", "x receives it with its sign turned."),
    ("identity", "f = x", "x receives it unchanged."),
    ("exp", "f = exp(x)", "x receives it times f itself."),
    ("log", "f = log(x)", "x receives it divided by x."),
    ("sqrt", "f = sqrt(x)", "x receives it divided by twice f."),
    ("sin", "f = sin(x)", "x receives it times the cosine of x."),
    ("cos", "f = cos(x)", "x receives it times the negative sine of x."),
    ("tanh", "f = tanh(x)", "x receives it times 1 − f²."),
    ("sigmoid", "f = sigmoid(x)", "x receives it times f · (1 − f)."),
    ("softplus", "f = softplus(x)", "x receives it times the sigmoid of x."),
    ("relu", "f = relu(x)", "x receives all of it, since x is positive."),
    ("relu", "f = relu(z)", "z receives nothing of it."),
    ("abs", "f = abs(x)", "x receives it unchanged."),
    ("abs", "f = abs(z)", "z receives it with its sign turned."),
    ("max", "f = max(x, y)", "x receives nothing of it, and y receives all of it."),
    ("min", "f = min(x, y)", "x receives all of it, and y receives nothing of it."),
    ("max", "f = max(x, y, 5)", "x and y receive nothing of it."),
    ("min", "f = min(y, w)", "y and w receive an equal share of it."),
]
VALUES = {"x": 2.0, "y": 3.0, "z": -1.0, "w": 3.0}


@pytest.mark.parametrize(("operation", "text", "said"), SAID, ids=[one[1] for one in SAID])
def test_what_an_operation_hands_on_is_said(operation: str, text: str, said: str) -> None:
    graph = read_expression(text)
    assert graph.output.operation == operation
    trace = trace_graph(graph, {node.name: VALUES[node.name] for node in graph.inputs})
    sentence = next(step for step in graph_steps(trace) if step.kind == "chain_rule").sentence
    _, so, received = sentence.rpartition("So ")
    assert bool(so) == (not trace.corners)  # how fast it moves is not said where there is no derivative
    assert received == re.sub(r"\bit\b", "the rate ∂f/∂f = 1", said, count=1)


PACES = [
    ("f = x + y", "f = x + y grows as fast as x and as y."),
    ("f = x + -3", "f = x + (−3) grows as fast as x."),
    ("f = x - y", "f = x − y grows as fast as x, and falls as fast as y grows."),
    ("f = x * y", "f = x · y grows 3 times as fast as x, and 2 times as fast as y."),
    ("f = x * z", "f = x · z falls as fast as x grows, and grows 2 times as fast as z."),
    ("f = x / w", "f = x / w grows 0.3333 times as fast as x, and falls 0.2222 times as fast as w grows."),
    ("f = x * x", "f = x · x grows 2 times as fast as x at each of its places."),
    (
        "f = x / x",
        "f = x / x grows 0.5 times as fast as x at place 1, and falls 0.5 times as fast as x at place 2 grows.",
    ),
    ("f = -x", "f = −x falls as fast as x grows."),
    ("f = z ** 2", "f = z² falls 2 times as fast as z grows."),
    ("f = z ** -1", "f = z⁻¹ falls as fast as z grows."),
    ("f = x ** y", "f = x^y grows 12 times as fast as x, and 5.545 times as fast as y."),
    ("f = relu(z)", "f = relu(z) does not move with z."),
    ("f = max(x, y, 1)", "f = max(x, y, 1) does not move with x, and grows as fast as y."),
    ("f = max(x, z, y)", "f = max(x, z, y) does not move with x or z, and grows as fast as y."),
    ("f = max(x, y, z)", "f = max(x, y, z) does not move with x or z, and grows as fast as y."),
    ("f = x * 1e9", "f = x · (1·10⁹) grows 1·10⁹ times as fast as x."),
]


@pytest.mark.parametrize(("text", "said"), PACES, ids=[one[0] for one in PACES])
def test_how_fast_a_node_moves_is_said(text: str, said: str) -> None:
    graph = read_expression(text)
    trace = trace_graph(graph, {node.name: VALUES[node.name] for node in graph.inputs})
    sentence = next(step for step in graph_steps(trace) if step.kind == "chain_rule").sentence
    assert sentence.startswith(f"{said} So ")


def test_what_inputs_do_to_the_output_is_said_at_the_end() -> None:
    graph = read_expression("f = (x + y) * z")
    steps = graph_steps(trace_graph(graph, {"x": -2.0, "y": 5.0, "z": -4.0}), "sun")
    assert steps[-1].sentence == (
        "q = x + y grows as fast as x and as y. So x and y receive the gradient of q (−4) unchanged."
        " In the end f falls 4 times as fast as x and as y grow."
    )
    assert steps[-1].note.endswith("Here each value is used once.")
    assert not any(step.note for step in steps[3:-1])
    corner = graph_steps(trace_graph(read_expression("f = 2 * relu(x)"), {"x": 0.0}))
    assert not any("In the end" in step.sentence for step in corner)


def test_where_no_formula_of_a_power_holds_none_is_said() -> None:
    graph = read_expression("f = x ** 0 + y ** z")
    steps = graph_steps(trace_graph(graph, {"x": 0.0, "y": 0.0, "z": 2.0}))
    said = [step.sentence for step in steps if step.place == "chain rule at xʸ"]
    assert ["ln y" in one or "0 − 1" in one for one in said] == [False, False]
    assert "z receives nothing of it" in said[0]


def test_every_operation_is_among_them() -> None:
    assert set(RECEIVED) | {"relu", "abs", "max", "min"} == {operation for operation, _, _ in SAID}


def test_of_very_many_only_some_are_named() -> None:
    names = [f"a{k}" for k in range(100)]
    graph = read_expression(f"f = max({', '.join(names)})")
    trace = trace_graph(graph, {name: float(k) for k, name in enumerate(names)})
    for granularity in ("pass", "node", "term"):
        steps = graph_steps(trace, granularity=granularity)
        assert max(len(step.sentence) + len(step.name) for step in steps) < 400
    sentence = graph_steps(trace)[-1].sentence
    assert "a9, a10 or 88 more, and grows as fast as a99. So a0, a1" in sentence
