"""The curve of a gradient check: numbers by definition, and a V of errors with its bottom where it should be.

The oracle is the forward pass written a second time; where the bottom must lie follows from its third derivative.
"""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from backprop_core import (
    COSTS,
    STEP_SIZES,
    GradientCurve,
    LayerSpec,
    NetworkSpec,
    Parameters,
    gradient_curve,
)
from tests.core import oracle
from tests.core.strategies import HIDDEN, Case, cases, filled, outputs_for

PAIRS = [(cost, output) for cost in COSTS for output in outputs_for(cost)]


def curve(case: Case, ref: str, example: int = 0, **options: object) -> GradientCurve:
    return gradient_curve(case.trace(**options), ref, example)  # type: ignore[arg-type]


def moved(case: Case, ref: str, example: int = 0) -> Callable[[float], float]:
    """C as the oracle has it, as a function of how far the number of ``ref`` is pushed."""
    name, l, *place = ref.split(":")
    index = tuple(map(int, place))

    def cost(change: float) -> float:
        if name == "error":
            return _pushed_input(case, int(l), index[0], change, example)
        arrays = {"weight_gradient": case.parameters.weights, "bias_gradient": case.parameters.biases}[name]
        copies = [array.copy() for array in arrays]
        copies[int(l) - 1][index] += change
        weights, biases = case.parameters.weights, case.parameters.biases
        if name == "weight_gradient":
            weights = tuple(copies)
        else:
            biases = tuple(copies)
        return oracle.mean_cost(case.spec, Parameters(weights, biases), case.inputs, case.targets)

    return cost


def _pushed_input(case: Case, l: int, neuron: int, change: float, example: int) -> float:
    """C_x where z of one neuron is larger: at layer 0 an input, elsewhere the same as a larger bias of its own."""
    y = None if case.targets is None else case.targets[example : example + 1]
    x, parameters = case.inputs[example : example + 1].copy(), case.parameters
    spec = case.spec
    if l == 0:
        x[0, neuron] += change
    else:
        biases = parameters.biases or tuple(np.zeros(size) for size in spec.sizes[1:])
        biases = tuple(array.copy() for array in biases)
        biases[l - 1][neuron] += change
        parameters = Parameters(parameters.weights, biases)
        spec = NetworkSpec(spec.inputs, spec.layers, spec.cost, spec.input_activation, bias=True)
    return oracle.mean_cost(spec, parameters, x, y)


def refs(case: Case) -> list[str]:
    sizes = case.spec.sizes
    found = [f"error:{l}:{j}" for l in range(case.spec.depth + 1) for j in range(sizes[l])]
    for l in range(1, case.spec.depth + 1):
        found += [f"weight_gradient:{l}:{j}:{k}" for j in range(sizes[l]) for k in range(sizes[l - 1])]
        found += [f"bias_gradient:{l}:{j}" for j in range(sizes[l]) if case.spec.bias]
    return found


def expected_bottom(cost: Callable[[float], float]) -> float:
    """h at which C‴h²/6 equals the rounding of C over h: the oracle's third derivative, and half an ε of C."""
    h = 0.02
    third = (cost(2 * h) - 2 * cost(h) + 2 * cost(-h) - cost(-2 * h)) / (2 * h**3)
    return (3 * 2.0**-53 * abs(cost(0.0)) / abs(third)) ** (1 / 3) if third else math.inf


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(cases(optimizers=False), st.data())
def test_the_curve_is_a_v_whose_bottom_lies_between_1e_4_and_1e_7(case: Case, data: st.DataObject) -> None:
    """Unless it is degenerate: where C is as good as a parabola in the number, no truncation ends a wide step.

    That is said by the oracle alone: where rounding and C‴h²/6 would meet only beyond 5e-5.
    """
    assume(oracle.smallest_kink_distance(case.spec, case.parameters, case.inputs) > 0.3)
    example = data.draw(st.integers(0, len(case.inputs) - 1))
    ref = data.draw(st.sampled_from(refs(case)))
    bottom = expected_bottom(moved(case, ref, example))
    assume(3e-7 < bottom < 5e-5)
    found = curve(case, ref, example)
    assert found.best is not None
    assert 1e-7 <= found.points[found.best].step_size <= 1e-4, bottom
    assert found.passed
    best = found.points[found.best]
    assert best.absolute_error is not None
    # Beside a derivative near 0, round-off of C is large: about ε·C/h.
    assert best.absolute_error <= max(1e-7 * abs(found.backpropagated), 4 * best.round_off)
    wide, narrow = found.points[8].absolute_error, found.points[-1].absolute_error
    assert min(wide or 0.0, narrow or 0.0) > 10 * (found.points[found.best].absolute_error or 0.0)


@pytest.mark.parametrize(("cost", "output"), PAIRS)
@pytest.mark.parametrize("hidden", HIDDEN)
def test_every_activation_with_every_cost_is_right_to_1e_7_at_the_bottom(cost: str, output: str, hidden: str) -> None:
    size = 1 if cost == "output" else 2
    spec = NetworkSpec(2, (LayerSpec(3, hidden), LayerSpec(size, output)), cost, input_activation="tanh")
    case = next(
        one
        for one in (filled(spec, seed, 2) for seed in range(200))
        if oracle.smallest_kink_distance(spec, one.parameters, one.inputs) > 0.1
    )
    for ref in refs(case):
        found = curve(case, ref, 1)
        assert found.passed, ref
        best = found.points[found.best or 0]
        # Beside a derivative near 0, round-off of C is large: about ε·C/h.
        assert best.absolute_error is not None
        assert best.absolute_error <= max(1e-7 * abs(found.backpropagated), 4 * best.round_off), ref


@settings(max_examples=60, deadline=None)
@given(cases(optimizers=False), st.data())
def test_both_sides_are_those_of_the_oracle_and_the_quotient_is_the_difference(case: Case, data: st.DataObject) -> None:
    example = data.draw(st.integers(0, len(case.inputs) - 1))
    ref = data.draw(st.sampled_from(refs(case)))
    cost, found = moved(case, ref, example), curve(case, ref, example)
    assert [point.step_size for point in found.points] == list(STEP_SIZES)
    for point in found.points:
        assert point.above == pytest.approx(cost(point.step_size), rel=1e-12, abs=1e-13)
        assert point.below == pytest.approx(cost(-point.step_size), rel=1e-12, abs=1e-13)
        assert point.above is not None
        assert point.below is not None
        assert point.difference == point.above - point.below
        assert point.numerical == point.difference / point.width
        assert point.absolute_error == abs(point.numerical - found.backpropagated)
        assert point.width == pytest.approx(2 * point.step_size, rel=1e-2)


def test_the_steps_are_four_a_decade() -> None:
    assert (STEP_SIZES[0], STEP_SIZES[-1], len(STEP_SIZES)) == (1e-1, 1e-12, 45)
    np.testing.assert_allclose(np.array(STEP_SIZES)[1:] / np.array(STEP_SIZES)[:-1], 10**-0.25, rtol=0.03)
    assert STEP_SIZES[::4] == tuple(float(f"1e-{n}") for n in range(1, 13))


@pytest.mark.parametrize("layers", [(("silu", 3), ("tanh", 1)), (("identity", 1),)])
def test_beside_its_target_a_cost_feels_the_rounding_of_its_outputs(layers: tuple[tuple[str, int], ...]) -> None:
    """There C is far smaller than what rounding the outputs makes of it: the check in float32 must not cry wolf.

    Judged by ε·C/h alone, each of the two networks has right gradients here that are called wrong.
    """
    shape = (LayerSpec(3, "tanh"), *(LayerSpec(size, name) for name, size in layers))
    spec = NetworkSpec(3, shape, "squared_error")
    for seed in range(16):
        made = filled(spec, seed, 1)
        outputs = list(oracle.layer_inputs(spec, made.parameters, made.inputs[0].tolist()))[-1][1]
        case = replace(made, targets=np.array([outputs]) + np.random.default_rng(seed).normal(scale=0.05, size=(1, 1)))
        for ref in ("weight_gradient:2:0:0", "weight_gradient:1:1:2", "error:1:0", "bias_gradient:1:1"):
            found = curve(case, ref, dtype="float32")
            assert found.passed, (seed, ref)
            assert "do not agree" not in found.sentences[0]
