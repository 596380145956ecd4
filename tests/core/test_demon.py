"""The demon's prediction and what happens: the gap shrinks to a quarter each time the push is halved.

Central differences judge the derivative elsewhere; here the order of the gap is the judge, and the other forward pass.
"""

from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backprop_core import LayerSpec, NetworkSpec, Parameters, SpecificationError, UnknownReference
from backprop_core.laboratory.demon import DERIVATIVES, LISTED_KINKS, Nudged, push
from backprop_core.trace import Trace
from tests.core import oracle
from tests.core.strategies import HIDDEN, Case, cases, filled, outputs_for

COSTS = ["quadratic", "squared_error", "binary_cross_entropy", "cross_entropy", "output"]
HALVINGS = 5


def parts_of(up: Nudged, down: Nudged) -> tuple[list[float], list[float]]:
    """Of the gaps of pushes one way and the other half the sum, which is C″Δ²/2, and half the difference, C‴Δ³/6.

    Higher even powers and higher odd ones come with them.
    """
    assert [one.change for one in up.pushes] == [-one.change for one in down.pushes]
    pairs = [(float(a.gap or 0.0), float(b.gap or 0.0)) for a, b in zip(up.pushes, down.pushes, strict=True)]
    return [(a + b) / 2 for a, b in pairs], [(a - b) / 2 for a, b in pairs]


def judge(trace: Trace, ref: str, example: int, change: float = 0.01) -> int:
    """How many halvings showed a quarter. The gap’s even part is c₂Δ² + c₄Δ⁴ + …, its odd part c₃Δ³ + c₅Δ⁵ + …

    Whatever c₄ is, g(Δ) − 4 g(Δ/2) must be 16 times what it is for Δ/2: so the ratio of two gaps tends to 4, and how
    far it is from 4 falls to a quarter as well. Likewise 8 and 32 for the odd part.
    """
    up, down = (push(trace, ref, side * change, example, HALVINGS) for side in (1.0, -1.0))
    kinks = [a.kinks + b.kinks for a, b in zip(up.pushes, down.pushes, strict=True)]
    noise = 1e-14 * (1.0 + abs(up.cost)) + 4e-16 * abs(up.derivative)
    judged = 0
    for power, gaps in zip((2, 3), parts_of(up, down), strict=True):
        rests = [larger - 2.0**power * smaller for larger, smaller in pairwise(gaps)]
        for n in range(1, HALVINGS):
            if kinks[n - 1]:
                continue
            size = max(abs(gaps[n - 1]), 2.0**power * abs(gaps[n]), 4.0**power * abs(gaps[n + 1]))
            assert abs(rests[n - 1] - 2.0 ** (power + 2) * rests[n]) <= 0.02 * size + 4.0 ** (power + 3) * noise, ref
            judged += abs(rests[n]) < 0.05 * abs(gaps[n]) > 1e3 * noise
    for larger, smaller in pairwise(up.pushes):
        assert smaller.change == larger.change / 2
        assert smaller.predicted == up.derivative * smaller.change
        assert smaller.gap == float(smaller.actual or 0.0) - smaller.predicted
        if smaller.shrunk is not None:
            assert smaller.shrunk == abs(float(larger.gap or 0.0) / smaller.gap)
    if not kinks[0] and up.derivative != 0.0:
        # What the promise misses, as a share of it, halves with the push; of the first three one may miss by chance.
        missed = [abs(float(one.gap or 0.0) / (one.predicted or 1.0)) for one in up.pushes]
        assert missed[-1] <= max(missed[:3]) / 4.0 + noise / abs(float(up.pushes[-1].predicted or 1.0)), ref
    return judged


def refs_of(spec: NetworkSpec) -> list[str]:
    """One number of every kind in every layer: an input, z and a of a neuron, a weight, a bias."""
    found = [f"weighted_input:0:{spec.inputs - 1}", "activation:0:0"]
    for l in range(1, spec.depth + 1):
        j, k = spec.sizes[l] - 1, spec.sizes[l - 1] - 1
        found += [f"weighted_input:{l}:{j}", f"weights:{l}:{j}:{k}"]
        # These costs are computed from z of the output, not from a.
        found += [] if l == spec.depth and spec.cost.endswith("entropy") else [f"activation:{l}:{j}"]
        found += [f"biases:{l}:{j}"] if spec.bias else []
    return found


@pytest.mark.parametrize(("hidden", "cost"), list(product(HIDDEN, COSTS)))
def test_the_gap_falls_to_a_quarter_for_every_kind_of_number(hidden: str, cost: str) -> None:
    judged: dict[str, int] = {}
    for output in outputs_for(cost):
        size = 1 if cost == "output" else 2
        layers = (LayerSpec(3, hidden), LayerSpec(2, hidden), LayerSpec(size, output))
        spec = NetworkSpec(2, layers, cost=cost, input_activation="tanh")
        trace = filled(spec, 11, 2).trace()
        for ref in refs_of(spec):
            kind = "input" if ":0:" in ref[:18] and ref.startswith("weighted_input:0") else ref.split(":")[0]
            judged[kind] = judged.get(kind, 0) + judge(trace, ref, example=1)
    if hidden not in ("relu", "leaky_relu", "identity"):
        assert all(judged[kind] for kind in ("input", "weighted_input", "activation", "weights", "biases")), judged


@settings(max_examples=120, deadline=None)
@given(case=cases(), data=st.data())
def test_the_gap_falls_to_a_quarter_in_any_network(case: Case, data: st.DataObject) -> None:
    trace = case.trace()
    assume(trace.not_finite is None)
    ref = data.draw(st.sampled_from(refs_of(case.spec)))
    judge(trace, ref, example=trace.batch_size - 1, change=data.draw(st.sampled_from([0.01, -0.02])))


@settings(max_examples=80, deadline=None)
@given(case=cases(optimizers=False), data=st.data())
def test_what_happens_is_what_another_forward_pass_says(case: Case, data: st.DataObject) -> None:
    trace, change = case.trace(), data.draw(st.floats(-1.0, 1.0))
    arrays = [np.array(w) for w in case.parameters.weights]
    shifts = [np.array(b) for b in case.parameters.biases]
    inputs = np.array(case.inputs)
    ref, array = data.draw(
        st.sampled_from(
            [("weighted_input:0:0", inputs[0])]
            + [(f"weights:{l + 1}:0", w[0]) for l, w in enumerate(arrays)]
            + [(f"biases:{l + 1}", b) for l, b in enumerate(shifts)]
        )
    )
    rows = 1 if ref.startswith("weighted") else len(inputs)

    def cost() -> float:
        targets = None if case.targets is None else case.targets[:rows]
        return oracle.mean_cost(case.spec, Parameters(tuple(arrays), tuple(shifts)), inputs[:rows], targets)

    before = cost()
    array[0] += change
    told = push(trace, ref if rows == 1 and ref.startswith("weighted") else f"{ref}:0", change, example=0, halvings=0)
    assert told.pushes[0].actual == pytest.approx(cost() - before, rel=1e-8, abs=1e-11 * (1 + abs(before)))
    assert told.cost_after == pytest.approx(cost(), rel=1e-9, abs=1e-11)


@settings(max_examples=40, deadline=None)
@given(case=cases(examples=1, optimizers=False), change=st.floats(-1.0, 1.0))
def test_of_one_example_a_pushed_weighted_input_is_a_pushed_bias(case: Case, change: float) -> None:
    assume(case.spec.bias)
    trace = case.trace()
    for l in range(1, case.spec.depth + 1):
        of_z, of_b = (push(trace, f"{name}:{l}:0", change) for name in ("weighted_input", "biases"))
        assert of_z.derivative == pytest.approx(of_b.derivative, rel=1e-12, abs=1e-15)
        for one, other in zip(of_z.pushes, of_b.pushes, strict=True):
            assert one.actual == pytest.approx(other.actual, rel=1e-9, abs=1e-13)
        assert beyond_rounding(of_z) == beyond_rounding(of_b)


def beyond_rounding(told: Nudged) -> list[tuple[str, int]]:
    """What moved by more than the rounding of z + Δ, which is not that of b + Δ: a push may vanish in the larger."""
    return [
        (one.quantity, one.layer)
        for one in told.moved
        if not np.allclose(np.array(one.after, float), np.array(one.before, float), rtol=1e-12, atol=1e-12)
    ]


def test_what_the_push_moves_is_told_and_nothing_before_it() -> None:
    trace = filled(NetworkSpec(2, (LayerSpec(3, "tanh"), LayerSpec(2))), 3, 2).trace()
    told = push(trace, "weighted_input:1:2", 0.5, example=1)
    assert [(one.quantity, one.layer) for one in told.moved] == [
        ("weighted_input", 1),
        ("activation", 1),
        ("weighted_input", 2),
        ("activation", 2),
    ]
    after, before = (np.array(side, float) for side in (told.moved[0].after, told.moved[0].before))
    np.testing.assert_array_equal(after - before, [0.0, 0.0, 0.5])
    assert not told.of_mean
    assert told.value == trace.memory["weighted_input", 1][1, 2]
    assert told.after == told.value + 0.5
    assert told.cost_after == told.example_cost_after == told.cost + float(told.pushes[0].actual or 0.0)


@pytest.mark.parametrize(("cost", "output"), [("binary_cross_entropy", "sigmoid"), ("cross_entropy", "softmax")])
def test_the_output_moves_too_where_the_cost_is_computed_from_z(cost: str, output: str) -> None:
    spec = NetworkSpec(2, (LayerSpec(2, "tanh"), LayerSpec(2, output)), cost=cost)
    case = filled(spec, 3, 2)
    told = push(case.trace(), "weights:2:0:1", 0.5, example=1)
    moved = {(one.quantity, one.layer): one for one in told.moved}
    weights = [np.array(w) for w in case.parameters.weights]
    weights[1][0, 1] += 0.5
    there = replace(case, parameters=Parameters(tuple(weights), case.parameters.biases)).trace()
    assert [*moved] == [("weighted_input", 2), ("activation", 2)]
    for (name, layer), one in moved.items():
        np.testing.assert_allclose(np.array(one.after, float), there.memory[name, layer][1], rtol=1e-14)


def test_single_precision_moves_nothing_before_the_number() -> None:
    case = filled(NetworkSpec(2, (LayerSpec(3, "tanh"), LayerSpec(2))), 3, 2)
    told = push(case.trace(dtype="float32"), "biases:2:0", 0.25, halvings=8)
    assert [(one.quantity, one.layer) for one in told.moved] == [("weighted_input", 2), ("activation", 2)]
    assert told.pushes[-1].round_off or abs(float(told.pushes[-1].gap or 0.0)) < 1e-4


def test_the_way_down_is_against_the_sign_of_the_derivative() -> None:
    trace = filled(NetworkSpec(1, (LayerSpec(1, "sigmoid"),)), 3, 1).trace()
    slope = float(trace.memory["bias_gradient", 1][0])
    for change in (0.1, -0.1):
        told = push(trace, "biases:1:0", change)
        assert told.of_mean
        assert told.downhill is not None
        assert told.downhill.change == -np.sign(slope) * 0.1
        assert float(told.downhill.actual or 0.0) < 0.0 < -float(told.downhill.predicted or 0.0)


def test_a_number_that_c_does_not_depend_on_has_no_way_down() -> None:
    spec = NetworkSpec(1, (LayerSpec(1, "relu"), LayerSpec(1, "identity")), bias=False)
    off = Case(spec, Parameters((np.array([[-1.0]]), np.array([[2.0]])), ()), np.array([[3.0]]), np.array([[1.0]]))
    told = push(off.trace(), "weights:1:0:0", 0.5)
    assert (told.derivative, told.downhill) == (0.0, None)
    assert {one.actual for one in told.pushes} == {0.0}


def test_corners_that_a_push_crosses_are_named_and_a_short_push_crosses_none() -> None:
    spec = NetworkSpec(1, (LayerSpec(2, "relu"), LayerSpec(1, "identity")), bias=False)
    weights = (np.array([[-0.1], [1.0]]), np.array([[2.0, 1.0]]))
    case = Case(spec, Parameters(weights, ()), np.array([[1.0], [-2.0]]), np.array([[1.0], [0.5]]))
    told = push(case.trace(), "weights:1:0:0", 0.4, halvings=4)
    assert [(one.ref, one.example) for one in told.kinks] == [("weighted_input:1:0", 0), ("weighted_input:1:0", 1)]
    assert [one.kinks for one in told.pushes] == [2, 2, 2, 0, 0]  # 0.1 ends on the corner itself
    wide = NetworkSpec(1, (LayerSpec(LISTED_KINKS + 9, "relu"), LayerSpec(1)), bias=False)
    case = filled(wide, 1, 2)
    many = push(case.trace(), "weighted_input:0:0", float(-2.0 * case.inputs[0, 0]))
    assert many.pushes[0].kinks > LISTED_KINKS == len(many.kinks)


def test_a_number_on_its_corner_leaves_it() -> None:
    spec = NetworkSpec(1, (LayerSpec(1, "relu"),), bias=False)
    case = Case(spec, Parameters((np.array([[0.0]]),), ()), np.array([[1.0]]), np.array([[1.0]]))
    told = push(case.trace(), "weights:1:0:0", 0.5)
    assert {one.kinks for one in told.pushes} == {1}
    assert told.derivative == 0.0
    assert float(told.pushes[0].gap or 0.0) < -0.1


def test_a_push_out_of_the_finite_has_no_number() -> None:
    trace = filled(NetworkSpec(1, (LayerSpec(1, "identity"),), cost="squared_error"), 3, 1).trace()
    told = push(trace, "biases:1:0", 1e300, halvings=0)
    assert (told.pushes[0].actual, told.pushes[0].gap, told.cost_after) == (None, None, None)
    assert told.pushes[0].predicted == told.derivative * 1e300


def test_the_output_is_not_pushed_where_the_cost_is_computed_from_its_weighted_input() -> None:
    spec = NetworkSpec(1, (LayerSpec(1, "sigmoid"),), cost="binary_cross_entropy")
    with pytest.raises(SpecificationError, match="push weighted_input:1:0"):
        push(filled(spec, 3, 1).trace(), "activation:1:0", 0.1)


@pytest.mark.parametrize("ref", ["error:1:0", "weight_gradient:1:0:0", "cost", "activation_slope:1:0"])
def test_results_of_the_backward_pass_are_not_pushed(ref: str) -> None:
    trace = filled(NetworkSpec(1, (LayerSpec(1, "sigmoid"),)), 3, 1).trace()
    assert set(DERIVATIVES) == {"weights", "biases", "weighted_input", "activation"}
    with pytest.raises(SpecificationError, match="push a weight"):
        push(trace, ref, 0.1)
    with pytest.raises(UnknownReference):
        push(trace, "weights:9:0:0", 0.1)
