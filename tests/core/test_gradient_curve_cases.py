"""The curve of a gradient check, case by case: branches, precisions, kinks, what cannot be checked, how texts write it.

That its numbers are the definition and its bottom is where it should be is tested beside this file.
"""

import re

import numpy as np
import pytest

from backprop_core import (
    TEXTBOOKS,
    LayerSpec,
    NetworkSpec,
    Parameters,
    SpecificationError,
    UnknownReference,
    gradient_curve,
    initialise,
    tell_curve,
    trace_update,
)
from backprop_core.textbooks.words import derivative
from tests.core.strategies import Case, filled
from tests.core.test_gradient_curves import curve


def sigmoid_case() -> Case:
    return filled(NetworkSpec(2, (LayerSpec(3, "sigmoid"), LayerSpec(2, "sigmoid"))), 4, 2)


def test_one_step_ten_times_as_wide_is_wrong_by_a_hundred_times_as_much() -> None:
    found = curve(sigmoid_case(), "weight_gradient:1:0:0")
    errors = [point.absolute_error or 0.0 for point in found.points]
    for n in range(4, 8):
        assert errors[n] / errors[n + 4] == pytest.approx(100, rel=0.02)
        assert found.points[n].truncation == pytest.approx(errors[n], rel=0.02)
    assert found.points[0].verdict == "truncation"
    assert found.points[-1].verdict == "round_off"
    assert found.points[found.best or 0].verdict == "agree"


def test_in_float32_the_bottom_lies_higher_and_further_right() -> None:
    case = sigmoid_case()
    double, single = (curve(case, "error:1:0", dtype=dtype) for dtype in ("float64", "float32"))
    assert double.best is not None
    assert single.best is not None
    assert single.best < double.best - 4
    low, high = (one.points[one.best or 0].absolute_error or 0.0 for one in (double, single))
    assert high > 100 * low
    assert (single.precision, single.passed) == ("float32", True)
    for point in single.points:
        # Numbers of float32 throughout: the forward passes are not secretly made in double.
        assert all(one is None or np.float32(one) == one for one in (point.above, point.below, point.width))


def test_a_step_that_vanishes_beside_the_number_is_said() -> None:
    found = curve(sigmoid_case(), "weight_gradient:2:0:0", dtype="float32")
    last = found.points[-1]
    assert (last.width, last.numerical, last.relative_error, last.verdict) == (0.0, None, None, "vanished")


def test_kinks_are_named_where_the_step_reaches_them() -> None:
    spec = NetworkSpec(1, (LayerSpec(1, "relu"), LayerSpec(1, "sigmoid")))
    case = Case(spec, Parameters.of(spec, [[[1.0]], [[0.7]]], [[0.0], [0.1]]), np.array([[0.005]]), np.array([[1.0]]))
    found = curve(case, "error:1:0")
    for point in found.points:
        # The corner lies at a distance of 0.005.
        reached = point.step_size >= 0.005
        assert (point.crossings, point.verdict == "kink") == (int(reached), reached)
        assert [(one.layer, one.neuron, one.example) for one in point.crosses] == [(1, 0, 0)] * reached
    assert found.passed
    assert found.points[found.best or 0].crossings == 0
    assert any("6 steps cross a kink" in sentence for sentence in found.sentences)


def test_where_every_step_crosses_a_kink_nothing_has_passed() -> None:
    spec = NetworkSpec(1, (LayerSpec(1, "relu"),))
    case = Case(spec, Parameters.of(spec, [[[0.0]]], [[0.0]]), np.array([[1.0]]), np.array([[1.0]]))
    found = curve(case, "weight_gradient:1:0:0")
    assert (found.best, found.passed) == (None, False)
    assert {point.verdict for point in found.points} == {"kink"}


def test_a_kink_of_another_example_is_no_kink_of_this_one() -> None:
    spec = NetworkSpec(1, (LayerSpec(1, "relu"),))
    case = Case(spec, Parameters.of(spec, [[[1.0]]], [[0.0]]), np.array([[0.0], [2.0]]), np.array([[1.0], [1.0]]))
    assert all(point.crossings for point in curve(case, "error:1:0", 0).points)
    assert not any(point.crossings for point in curve(case, "error:1:0", 1).points)
    assert curve(case, "weight_gradient:1:0:0", 1).points[0].crossings == 0
    assert curve(case, "bias_gradient:1:0", 1).points[0].crosses[0].example == 0


def test_a_parabola_has_no_truncation() -> None:
    case = filled(NetworkSpec(2, (LayerSpec(2, "identity"),)), 3, 2)
    found = curve(case, "weight_gradient:1:0:0")
    assert {point.truncation for point in found.points} == {None}
    assert found.points[found.best or 0].step_size > 1e-3
    assert "parabola" in " ".join(found.sentences)


def test_a_number_may_be_named_instead_of_its_derivative() -> None:
    case = sigmoid_case()
    for pushed, ref in {"weights:1:2:0": "weight_gradient:1:2:0", "weighted_input:1:1": "error:1:1"}.items():
        found = curve(case, pushed, 1)
        assert found == curve(case, ref, 1)
        assert (found.ref, found.pushed) == (ref, pushed)


def test_the_gradient_of_one_example_is_compared_with_its_own_cost() -> None:
    case = sigmoid_case()
    own, mean = (curve(case, ref, 1) for ref in ("example_weight_gradient:2:0:0", "weight_gradient:2:0:0"))
    assert (own.of_mean, mean.of_mean) == (False, True)
    assert own.passed
    assert own.cost == pytest.approx(float(case.trace().costs[1]), rel=1e-14)
    assert own.backpropagated != mean.backpropagated


@pytest.mark.parametrize("ref", ["cost", "target:2:0", "updated_weights:1:0:0", "activation_slope:1:0"])
def test_what_is_no_derivative_is_refused(ref: str) -> None:
    with pytest.raises(SpecificationError, match="check a derivative"):
        curve(sigmoid_case(), ref)


@pytest.mark.parametrize(("cost", "output"), [("binary_cross_entropy", "sigmoid"), ("cross_entropy", "softmax")])
def test_an_output_that_its_cost_does_not_read_is_refused(cost: str, output: str) -> None:
    case = filled(NetworkSpec(2, (LayerSpec(2, "tanh"), LayerSpec(2, output)), cost), 4, 2)
    assert curve(case, "activation:1:0").passed
    with pytest.raises(SpecificationError, match="check δ"):
        curve(case, "activation_gradient:2:0")


def test_a_number_there_is_not_is_refused() -> None:
    with pytest.raises(UnknownReference):
        curve(sigmoid_case(), "error:3:0")


def test_where_paths_skip_and_meet_every_derivative_is_right() -> None:
    layers = (
        LayerSpec(3, "tanh"),
        LayerSpec(3, "sigmoid", adds=(1,)),
        LayerSpec(2, "sigmoid", sources=(0, 2)),
    )
    case = filled_as(NetworkSpec(2, layers), 7)
    for ref in [f"weight_gradient:3:1:{k}" for k in range(5)] + [f"error:{l}:1" for l in range(4)]:
        found = curve(case, ref, 1)
        best = found.points[found.best or 0]
        assert found.passed, ref
        assert (best.absolute_error or 0.0) <= max(1e-7 * abs(found.backpropagated), 4 * best.round_off), ref


def filled_as(spec: NetworkSpec, seed: int) -> Case:
    """``spec`` filled, whoever its layers read."""
    rng = np.random.default_rng(seed)
    parameters = initialise(spec, rng)
    return Case(spec, parameters, rng.normal(0, 1, (2, spec.inputs)), rng.uniform(0, 1, (2, spec.sizes[-1])))


def test_the_trace_is_not_touched() -> None:
    case = sigmoid_case()
    trace = trace_update(case.spec, case.parameters, case.inputs, case.targets)
    before = {quantity: trace.memory[quantity].copy() for quantity in trace.memory}
    gradient_curve(trace, "weight_gradient:1:0:0")
    for quantity, array in before.items():
        np.testing.assert_array_equal(trace.memory[quantity], array)


@pytest.mark.parametrize("textbook", list(TEXTBOOKS))
def test_every_text_has_its_own_symbols(textbook: str) -> None:
    trace = sigmoid_case().trace()
    refs = ("weight_gradient:2:0:1", "error:1:0", "error:0:1")
    mean, own, given = (tell_curve(trace, ref, textbook, 1).symbols for ref in refs)
    expected = {
        "nielsen": ("w^3_{12}", "C", "C_x", r"\delta^2_1", "a^1_2"),
        "johnston": ("w^3_{12}", "C", "C", r"\delta^2_1", "a^1_2"),
        # This text's ∂J/∂z is a share of the mean, so the derivative of the example's own cost is written plainly.
        "catching-ai": ("w^{(2)}_{1,2}", "J", "J_{2}", derivative("J_{2}", "z^{(1)}_{1,2}"), "a^{(0)}_{2,2}"),
        "sun": ("W^{[2]}[1,2]", "C", "C", r"\frac{\partial C}{\partial u^1_1}", "z^0_2"),
    }[textbook]
    letter = {"J_{2}": "J₂"}.get(expected[2], expected[2])
    assert any(f" {letter} on both sides" in sentence for sentence in tell_curve(trace, refs[1], textbook, 1).sentences)
    assert (mean.pushed, mean.cost, own.cost, own.derivative, given.pushed) == expected


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_words_are_true_of_the_very_points(dtype: str) -> None:
    """The step named is the best one, the difference is the error there, and the bottom is what it is called."""
    spec = NetworkSpec(2, (LayerSpec(3, "sigmoid"), LayerSpec(2, "sigmoid")))
    for seed in range(12):
        found = gradient_curve(filled(spec, seed, 1).trace(dtype=dtype), "error:1:0")
        assert found.best is not None
        best, said = found.points[found.best], found.sentences
        at = best.step_size
        assert [number(word) for word in re.findall(r"h = (\S+?)[,: ]", said[0])] == [at]
        apart = re.search(r"differ by (\S+)\.$", said[0])
        assert apart
        assert number(apart[1]) == float(f"{best.absolute_error:.1e}")
        lowest = re.search(r"around h = (\S+), judged by the worst error within half a decade", said[-1])
        assert lowest
        assert number(lowest[1]) == at
        known = [(n, point.absolute_error) for n, point in enumerate(found.points) if point.verdict != "vanished"]
        worst = {n: max(error or 0.0 for k, error in known if abs(k - n) <= 2) for n, _ in known}
        assert worst[found.best] == min(worst.values())


def number(text: str) -> float:
    """What a number in powers of ten says."""
    mantissa, _, power = text.partition("·10")
    return float(f"{mantissa}e{power.translate(str.maketrans('⁰¹²³⁴⁵⁶⁷⁸⁹⁻', '0123456789-')) or 0}")
