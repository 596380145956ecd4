"""Layers that skip and join: against PyTorch (golden/make_wirings.py), central differences; what cannot be wired."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_core import (
    LayerSpec,
    Memory,
    NetworkSpec,
    OptimizerSpec,
    Parameters,
    SpecificationError,
    Trace,
    check_gradient,
    compile,
    initialise,
    trace_update,
)
from tests.core.oracle import mean_cost

GOLDEN = json.loads((Path(__file__).parent / "golden" / "wirings.json").read_text())


def spec_of(case: dict[str, Any]) -> NetworkSpec:
    layers = (
        LayerSpec(one["size"], one["activation"], tuple(one["sources"]), tuple(one["adds"])) for one in case["layers"]
    )
    return NetworkSpec(case["inputs"], tuple(layers))


def traced(case: dict[str, Any], **options: Any) -> Trace:
    spec = spec_of(case)
    parameters = Parameters.of(spec, case["weights"], case["biases"])
    return trace_update(spec, parameters, case["batch"], case["targets"], **options)


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: f"{case['name']}, {len(case['batch'])}")
def test_every_number_is_pytorchs_to_1e_10(case: dict[str, Any]) -> None:
    trace = traced(case, learning_rate=GOLDEN["learning_rate"])
    pairs = [(trace.costs, case["costs"])]
    for l in range(trace.spec.depth + 1):
        pairs.append((trace.memory["activation", l], case["activations"][l]))
        pairs.append((trace.memory["activation_gradient", l], case["activation_gradients"][l]))
    for l in range(1, trace.spec.depth + 1):
        pairs.append((trace.memory["weight_gradient", l], case["weight_gradients"][l - 1]))
        pairs.append((trace.memory["bias_gradient", l], case["bias_gradients"][l - 1]))
        pairs.append((trace.memory["updated_weights", l], case["updated_weights"][l - 1]))
        pairs.append((trace.memory["updated_biases", l], case["updated_biases"][l - 1]))
    for mine, theirs in pairs:
        np.testing.assert_allclose(mine, theirs, rtol=1e-10, atol=1e-14)


RANDOM = json.loads((Path(__file__).parent / "golden" / "random_wirings.json").read_text())


@pytest.mark.parametrize("case", RANDOM["cases"], ids=lambda case: f"{case['cost']}, {case['layers'][0]['activation']}")
def test_random_networks_of_every_activation_cost_and_optimizer_are_pytorchs(case: dict[str, Any]) -> None:
    """golden/make_random_wirings.py; PyTorch's softplus is a straight line from 20 on, which no case reaches."""
    spec = replace(spec_of(case), cost=case["cost"])
    parameters, state = Parameters.of(spec, case["weights"], case["biases"]), None
    options: dict[str, Any] = {}
    if spec.has_target:
        options = {"learning_rate": RANDOM["learning_rate"], "optimizer": OptimizerSpec(**case["optimizer"])}
    for update in range(RANDOM["updates"] if spec.has_target else 1):
        trace = trace_update(spec, parameters, case["batch"], case["targets"], optimizer_state=state, **options)
        if update == 0:
            m = len(case["batch"])
            np.testing.assert_allclose(trace.costs, case["costs"], rtol=1e-10)
            np.testing.assert_allclose(trace.memory["error", 0] / m, case["input_gradient"], rtol=1e-10, atol=1e-14)
            for l in range(1, spec.depth + 1):
                for name in ("weight_gradient", "bias_gradient"):
                    theirs = case[f"{name}s"][l - 1]
                    np.testing.assert_allclose(trace.memory[name, l], theirs, rtol=1e-10, atol=1e-14)
        parameters, state = trace.memory.parameters(updated=True), trace.memory.state(updated=True)
    for mine, theirs in zip(parameters.weights, case.get("updated_weights", ()), strict=False):
        np.testing.assert_allclose(mine, theirs, rtol=1e-10, atol=1e-12)
    for mine, theirs in zip(parameters.biases, case.get("updated_biases", ()), strict=False):
        np.testing.assert_allclose(mine, theirs, rtol=1e-10, atol=1e-12)


@st.composite
def wirings(draw: st.DrawFn) -> NetworkSpec:
    """Any wiring of a few small layers in which nothing is left unread."""
    inputs, depth = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    sizes = [inputs, *(draw(st.integers(1, 3)) for _ in range(depth))]
    layers: list[LayerSpec] = []
    unread = {0}
    for l in range(1, depth + 1):
        sources = draw(st.lists(st.sampled_from(range(l)), unique=True, max_size=l))
        if l == depth:
            sources = sorted({*(sources or [l - 1]), *unread})
        equals = [other for other in range(l) if sizes[other] == sizes[l]]
        adds = draw(st.lists(st.sampled_from(equals), unique=True, max_size=2)) if equals else []
        unread = (unread - {*(sources or [l - 1]), *adds}) | {l}
        activation = draw(st.sampled_from(["tanh", "sigmoid", "identity", "softplus"]))
        layers.append(LayerSpec(sizes[l], activation, tuple(sources), tuple(adds)))
    return NetworkSpec(inputs, tuple(layers))


@settings(deadline=None)
@given(wirings(), st.integers(0, 1000))
def test_backpropagation_is_the_central_difference(spec: NetworkSpec, seed: int) -> None:
    rng = np.random.default_rng(seed)
    parameters = initialise(spec, rng)
    inputs, targets = rng.normal(size=(2, spec.inputs)), rng.normal(size=(2, spec.sizes[-1]))
    trace = trace_update(spec, parameters, inputs, targets)
    np.testing.assert_allclose(trace.cost, mean_cost(spec, parameters, inputs, targets), rtol=1e-12)
    h = 1e-5
    for l in range(1, spec.depth + 1):
        found = np.empty_like(parameters.weights[l - 1])
        for place in np.ndindex(*found.shape):
            costs = []
            for sign in (1, -1):
                moved = [w.copy() for w in parameters.weights]
                moved[l - 1][place] += sign * h
                costs.append(mean_cost(spec, Parameters(tuple(moved), parameters.biases), inputs, targets))
            found[place] = (costs[0] - costs[1]) / (2 * h)
        np.testing.assert_allclose(trace.memory["weight_gradient", l], found, rtol=1e-7, atol=1e-9)
    assert check_gradient(spec, parameters, inputs, targets).passed


@settings(deadline=None)
@given(wirings(), st.integers(0, 1000))
def test_training_makes_the_same_update(spec: NetworkSpec, seed: int) -> None:
    rng = np.random.default_rng(seed)
    parameters = initialise(spec, rng)
    inputs, targets = rng.normal(size=(3, spec.inputs)), rng.normal(size=(3, spec.sizes[-1]))
    memory = Memory(spec, 3).load_parameters(parameters).load_batch(inputs, targets).load_learning_rate(0.1)
    compile(memory, asides=False).for_training().run()
    trace = trace_update(spec, parameters, inputs, targets, learning_rate=0.1)
    for l in range(1, spec.depth + 1):
        assert np.array_equal(memory["updated_weights", l], trace.memory["updated_weights", l])


def test_a_chain_that_is_spelled_out_is_the_chain() -> None:
    short = NetworkSpec(2, (LayerSpec(3), LayerSpec(1)))
    long = NetworkSpec(2, (LayerSpec(3, sources=(0,)), LayerSpec(1, sources=(1,))))
    assert short.is_chain
    assert long.is_chain
    assert long.readers(1) == short.readers(1)


@pytest.mark.parametrize(
    ("layers", "field", "words"),
    [
        ([LayerSpec(2), LayerSpec(1, sources=(2,))], "/layers/1/sources/0", "layer 0 (the input) to layer 1"),
        ([LayerSpec(2), LayerSpec(1, sources=(-1,))], "/layers/1/sources/0", "layer 0 (the input) to layer 1"),
        ([LayerSpec(2), LayerSpec(1, sources=(1, 0, 1))], "/layers/1/sources/2", "layer 1 is named already"),
        (
            [LayerSpec(2), LayerSpec(1, adds=(1,))],
            "/layers/1/adds/0",
            "layer 1 has 2 neurons and layer 2, which adds it, 1 neuron:",
        ),
        ([LayerSpec(2), LayerSpec(2, adds=(1, 1))], "/layers/1/adds/1", "layer 1 is named already"),
        ([LayerSpec(2), LayerSpec(1, sources=(0,))], "/layers/0", "no later layer reads this one"),
    ],
)
def test_what_cannot_be_wired_is_refused_with_its_place(layers: list[LayerSpec], field: str, words: str) -> None:
    with pytest.raises(SpecificationError) as refused:
        NetworkSpec(2, tuple(layers))
    assert refused.value.field == field
    assert words in str(refused.value)
