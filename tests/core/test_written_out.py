"""Small networks written out as expressions: the same cost and gradients, for every activation, cost and wiring."""

from typing import Any

import numpy as np
import pytest

from backprop_core import (
    ACTIVATIONS,
    GraphLimits,
    LayerSpec,
    NetworkSpec,
    SpecificationError,
    initialise,
    read_expression,
    trace_graph,
    trace_update,
    write_out,
)

ROOM = GraphLimits(characters=100_000, nodes=2_000)
INPUTS, TARGETS = [0.3, -0.7], [0.2, 0.8]


def spec(*layers: tuple[int, str], **more: Any) -> NetworkSpec:
    return NetworkSpec(2, tuple(LayerSpec(*layer) for layer in layers), **more)


WRITABLE = [name for name, one in ACTIVATIONS.items() if name != "gelu" and not one.output_only]
NETWORKS = {
    **{name: spec((3, name), (2, "sigmoid")) for name in WRITABLE},
    **{f"{name} at the input": spec((2, "tanh"), input_activation=name) for name in WRITABLE},
    "squared error": spec((2, "tanh"), (2, "identity"), cost="squared_error"),
    "binary cross-entropy": spec((2, "sigmoid"), (2, "sigmoid"), cost="binary_cross_entropy"),
    "softmax": spec((3, "tanh"), (2, "softmax"), cost="cross_entropy"),
    "softmax with a quadratic cost": spec((2, "softmax")),
    "no bias": spec((2, "sigmoid"), (2, "sigmoid"), bias=False),
    "ten neurons": spec((11, "sigmoid"), (2, "sigmoid")),
    "a residual edge": NetworkSpec(2, (LayerSpec(2, "tanh"), LayerSpec(2, "relu", adds=(0,)), LayerSpec(2, adds=(1,)))),
    "two layers joined": NetworkSpec(
        2, (LayerSpec(3, "tanh"), LayerSpec(2, "tanh", sources=(0, 1)), LayerSpec(2, sources=(1, 2)))),
}  # fmt: skip


@pytest.mark.parametrize("name", list(NETWORKS))
def test_the_gradients_are_those_of_the_network(name: str) -> None:
    network = NETWORKS[name]
    parameters = initialise(network, np.random.default_rng(3), "nielsen")
    trace = trace_update(network, parameters, [INPUTS], [TARGETS])
    written = write_out(network, parameters, INPUTS, TARGETS)
    graph = read_expression(written.expression, ROOM)
    found = trace_graph(graph, written.values)
    nodes = {node.name: node.id for node in graph.inputs}
    assert found.known("value", graph.output.id) == pytest.approx(trace.cost, rel=1e-12)
    seen = 0
    for l in range(1, network.depth + 1):
        wide = max(network.sizes[l], network.input_size(l)) > 9
        for (j, k), slope in np.ndenumerate(trace.memory["weight_gradient", l]):
            at = nodes[f"w{l}_{j + 1}{'_' if wide else ''}{k + 1}"]
            assert found.known("gradient", at) == pytest.approx(slope, rel=1e-10, abs=1e-14)
            seen += 1
        for (j,), slope in np.ndenumerate(trace.memory["bias_gradient", l]) if network.bias else ():
            assert found.known("gradient", nodes[f"b{l}_{j + 1}"]) == pytest.approx(slope, rel=1e-10, abs=1e-14)
            seen += 1
    assert seen == len(written.parameters) == len(set(written.parameters))


def test_a_network_without_target_is_its_output() -> None:
    network = spec((2, "tanh"), (1, "identity"), cost="output")
    parameters = initialise(network, np.random.default_rng(3))
    written = write_out(network, parameters, INPUTS)
    graph = read_expression(written.expression, ROOM)
    trace = trace_update(network, parameters, [INPUTS])
    assert trace_graph(graph, written.values).number("value", graph.output.id) == pytest.approx(trace.cost)
    assert "y_1" not in written.values


def test_how_it_reads() -> None:
    network = NetworkSpec(1, (LayerSpec(1), LayerSpec(1)))
    parameters = initialise(network, np.random.default_rng(3))
    assert write_out(network, parameters, [0.5], [1.0]).expression.split("\n") == [
        "z1_1 = w1_11*x_1 + b1_1",
        "a1_1 = sigmoid(z1_1)",
        "z2_1 = w2_11*a1_1 + b2_1",
        "a2_1 = sigmoid(z2_1)",
        "C = ((a2_1 - y_1)**2)/2",
    ]


@pytest.mark.parametrize(
    ("network", "place"),
    [
        (spec((2, "gelu"), (2, "sigmoid")), "/network/layers/0/activation"),
        (spec((2, "sigmoid"), input_activation="gelu"), "/network/input_activation"),
    ],
)
def test_what_cannot_be_written_is_refused_at_its_place(network: NetworkSpec, place: str) -> None:
    with pytest.raises(SpecificationError) as refused:
        write_out(network, initialise(network, np.random.default_rng(3)), INPUTS, TARGETS)
    assert refused.value.field == place
