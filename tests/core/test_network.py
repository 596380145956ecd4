"""Specifications that do not fit are refused with the place and what to do."""

from collections.abc import Callable

import numpy as np
import pytest

from backprop_core import LayerSpec, NetworkSpec, Parameters, SpecificationError, initialise, trace_update

ONE = (LayerSpec(1),)
SPEC = NetworkSpec(2, (LayerSpec(3), LayerSpec(1)))


def fitting() -> Parameters:
    return initialise(SPEC, np.random.default_rng(0))


REFUSED: list[tuple[str, str, Callable[[], object]]] = [
    ("/inputs", "at least 1 input", lambda: NetworkSpec(0, ONE)),
    ("/layers", "at least one layer", lambda: NetworkSpec(1, ())),
    ("/layers/1/size", "at least 1 neuron", lambda: NetworkSpec(1, (LayerSpec(1), LayerSpec(0)))),
    ("/layers/0/activation", "choose one of", lambda: NetworkSpec(1, (LayerSpec(1, "step"),))),
    ("/layers/0/activation", "only in the output", lambda: NetworkSpec(1, (LayerSpec(2, "softmax"), *ONE))),
    ("/input_activation", "choose one of", lambda: NetworkSpec(1, ONE, input_activation="softmax")),
    ("/cost", "choose one of", lambda: NetworkSpec(1, ONE, "hinge")),
    ("/cost", "needs softmax", lambda: NetworkSpec(1, ONE, "cross_entropy")),
    ("/cost", "needs sigmoid", lambda: NetworkSpec(1, (LayerSpec(1, "tanh"),), "binary_cross_entropy")),
    ("/cost", "needs identity", lambda: NetworkSpec(1, ONE, "output")),
    ("/cost", "one output neuron", lambda: NetworkSpec(1, (LayerSpec(2, "identity"),), "output")),
    ("/relu_slope_at_zero", "between 0 and 1", lambda: NetworkSpec(1, ONE, relu_slope_at_zero=2.0)),
    ("/weights", "expected 2 arrays", lambda: Parameters.of(SPEC, [[[1, 2]]])),
    ("/weights/0", "expected shape 3×2, got 2×3", lambda: Parameters.of(SPEC, [[[1, 2, 3]] * 2, [[1, 2, 3]]])),
    ("/weights/1", "rows of equal length", lambda: Parameters.of(SPEC, [[[1, 2]] * 3, [[1, 2], [3]]])),
    ("/weights/0", "finite", lambda: Parameters.of(SPEC, [[[1, float("nan")]] * 3, [[1, 2, 3]]])),
    (
        "/biases/1",
        "expected shape 1, got 2",
        lambda: Parameters.of(SPEC, [[[1, 2]] * 3, [[1, 2, 3]]], [[0, 0, 0], [0, 0]]),
    ),
    ("/biases", "no biases", lambda: Parameters.of(NetworkSpec(1, ONE, bias=False), [[[1]]], [[1]])),
    ("/scheme", "choose one of", lambda: initialise(SPEC, np.random.default_rng(0), "magic")),
    ("/batch/inputs", "at least one example", lambda: trace_update(SPEC, fitting(), [], [])),
    ("/batch/inputs", "expected shape 1×2, got 1×3", lambda: trace_update(SPEC, fitting(), [[1, 2, 3]], [[1]])),
    ("/batch/targets", "expected shape 1×1, got 2×1", lambda: trace_update(SPEC, fitting(), [[1, 2]], [[1], [1]])),
    ("/batch/targets", "needs a target", lambda: trace_update(SPEC, fitting(), [[1, 2]])),
    (
        "/batch/targets",
        "no target",
        lambda: trace_update(
            NetworkSpec(1, (LayerSpec(1, "identity"),), "output", bias=False),
            Parameters((np.ones((1, 1)),)),
            [[1]],
            [[1]],
        ),
    ),
]


@pytest.mark.parametrize(("field", "words", "make"), REFUSED)
def test_refused_with_the_place(field: str, words: str, make: Callable[[], object]) -> None:
    with pytest.raises(SpecificationError, match=words) as refusal:
        make()
    assert refusal.value.field == field


def test_biases_left_out_are_zeros() -> None:
    parameters = Parameters.of(SPEC, [[[1, 2]] * 3, [[1, 2, 3]]])
    assert [b.tolist() for b in parameters.biases] == [[0, 0, 0], [0]]
