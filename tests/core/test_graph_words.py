"""What is said of each operation on the way back: every sentence names the receiver and what it really receives."""

import pytest

from backprop_core import graph_steps, read_expression, trace_graph
from backprop_core.graph.words import RECEIVED

SAID = [
    ("add", "f = x + y", "the sum: x and y receive it unchanged."),
    ("subtract", "f = x - y", "the difference: x receives it unchanged, and y receives it with its sign turned."),
    ("multiply", "f = x * y", "the product: x receives it times y, and y receives it times x."),
    ("multiply", "f = x * x", "the product: x receives it times x at each of its places."),
    ("multiply", "f = x * -3", "the product: x receives it times −3."),
    ("divide", "f = x / y", "the quotient: x receives it divided by y, and y receives it times −x/y²."),
    ("power", "f = x ** y", "the power: x receives it times y · x^(y − 1), and y receives it times f · ln x."),
    ("negate", "f = -x", "the change of sign: x receives it with its sign turned."),
    ("identity", "f = x", "the second name: x receives it unchanged."),
    ("exp", "f = exp(x)", "the exponential: x receives it times f itself."),
    ("log", "f = log(x)", "the logarithm: x receives it divided by x."),
    ("sqrt", "f = sqrt(x)", "the square root: x receives it divided by twice f."),
    ("sin", "f = sin(x)", "the sine: x receives it times the cosine of x."),
    ("cos", "f = cos(x)", "the cosine: x receives it times the negative sine of x."),
    ("tanh", "f = tanh(x)", "the hyperbolic tangent: x receives it times 1 − f²."),
    ("sigmoid", "f = sigmoid(x)", "the sigmoid: x receives it times f · (1 − f)."),
    ("softplus", "f = softplus(x)", "softplus: x receives it times the sigmoid of x."),
    ("relu", "f = relu(x)", "ReLU: x receives all of it, since x is positive."),
    ("relu", "f = relu(z)", "ReLU: z receives nothing of it."),
    ("abs", "f = abs(x)", "the absolute value: x receives it unchanged."),
    ("abs", "f = abs(z)", "the absolute value: z receives it with its sign turned."),
    ("max", "f = max(x, y)", "the maximum: x receives nothing of it, and y receives all of it."),
    ("min", "f = min(x, y)", "the minimum: x receives all of it, and y receives nothing of it."),
    ("max", "f = max(x, y, 5)", "the maximum: x and y receive nothing of it."),
    ("min", "f = min(y, w)", "the minimum: y and w receive an equal share of it."),
]
VALUES = {"x": 2.0, "y": 3.0, "z": -1.0, "w": 3.0}


@pytest.mark.parametrize(("operation", "text", "said"), SAID, ids=[one[1] for one in SAID])
def test_what_an_operation_hands_on_is_said(operation: str, text: str, said: str) -> None:
    graph = read_expression(text)
    assert graph.output.operation == operation
    trace = trace_graph(graph, {node.name: VALUES[node.name] for node in graph.inputs})
    sentence = next(step for step in graph_steps(trace) if step.kind == "chain_rule").sentence
    assert sentence == f"∂f/∂f = 1 goes back through {said}"


def test_every_operation_is_among_them() -> None:
    assert set(RECEIVED) | {"relu", "abs", "max", "min"} == {operation for operation, _, _ in SAID}
