"""Jacobians against central differences of the independent forward pass, and against what backpropagation says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_core import (
    LayerSpec,
    NetworkSpec,
    Parameters,
    SpecificationError,
    Trace,
    initialise,
    jacobian,
    trace_update,
)
from tests.core.oracle import layer_inputs
from tests.core.test_wirings import wirings

H = 1e-5


def traced(spec: NetworkSpec, seed: int) -> tuple[Trace, Parameters]:
    rng = np.random.default_rng(seed)
    parameters = initialise(spec, rng, "nielsen")
    inputs, targets = rng.normal(size=(2, spec.inputs)), rng.uniform(size=(2, spec.sizes[-1]))
    return trace_update(spec, parameters, inputs, targets), parameters


@settings(deadline=None)
@given(wirings(), st.integers(0, 1000))
def test_by_the_input_it_is_the_central_difference(spec: NetworkSpec, seed: int) -> None:
    trace, parameters = traced(spec, seed)
    x = trace.memory["weighted_input", 0][1]
    for l in range(1, spec.depth + 1):
        found = jacobian(trace, f"activation:{l}", "weighted_input:0", 1)
        assert found.shape == found.values.shape == (spec.sizes[l], spec.inputs)
        for k in range(spec.inputs):
            ends = [
                np.array(list(layer_inputs(spec, parameters, x + sign * H * np.eye(spec.inputs)[k]))[l][1])
                for sign in (1, -1)
            ]
            np.testing.assert_allclose(found.values[:, k], (ends[0] - ends[1]) / (2 * H), rtol=1e-6, atol=1e-9)


@settings(deadline=None)
@given(wirings(), st.integers(0, 1000))
def test_the_cost_gradient_times_a_jacobian_is_what_backpropagation_finds(spec: NetworkSpec, seed: int) -> None:
    trace, _ = traced(spec, seed)
    last, memory = spec.depth, trace.memory
    gradient = memory["activation_gradient", last][0]
    for l in range(last + 1):
        for name, expected in (("weighted_input", "error"), ("activation", "activation_gradient")):
            found = jacobian(trace, f"activation:{last}", f"{name}:{l}").values
            np.testing.assert_allclose(gradient @ found, memory[expected, l][0], rtol=1e-9, atol=1e-12)
    for l in range(1, last + 1):
        weights = jacobian(trace, f"activation:{last}", f"weights:{l}").values
        example = memory["example_weight_gradient", l][0]
        np.testing.assert_allclose(np.tensordot(gradient, weights, 1), example, rtol=1e-9, atol=1e-12)
        biases = jacobian(trace, f"activation:{last}", f"biases:{l}").values
        np.testing.assert_allclose(gradient @ biases, memory["error", l][0], rtol=1e-9, atol=1e-12)


def test_softmax_is_a_whole_jacobian_and_what_comes_before_depends_on_nothing_after() -> None:
    spec = NetworkSpec(2, (LayerSpec(3, "tanh"), LayerSpec(3, "softmax")), "cross_entropy")
    trace, _ = traced(spec, 4)
    a = trace.memory["activation", 2][0]
    own = jacobian(trace, "activation:2", "weighted_input:2").values
    np.testing.assert_allclose(own, np.diag(a) - np.outer(a, a), rtol=1e-12)
    assert not jacobian(trace, "activation:1", "weighted_input:2").values.any()
    assert not jacobian(trace, "activation:1", "biases:2").values.any()


@pytest.mark.parametrize(
    ("of", "by", "field"),
    [
        ("error:1", "weighted_input:0", "/of"),
        ("activation:3", "weighted_input:0", "/of"),
        ("activation:1:0", "weighted_input:0", "/of"),
        ("weights:1", "weighted_input:0", "/of"),
        ("activation:1", "weights:0", "/by"),
        ("activation:1", "cost", "/by"),
        ("activation:1", "activation:-1", "/by"),
    ],
)
def test_what_names_no_such_array_is_refused(of: str, by: str, field: str) -> None:
    trace, _ = traced(NetworkSpec(2, (LayerSpec(2), LayerSpec(2))), 1)
    with pytest.raises(SpecificationError) as refused:
        jacobian(trace, of, by)
    assert refused.value.field == field
