"""The demon's prediction and what happens: the gap shrinks to a quarter each time the push is halved.

Central differences judge the derivative elsewhere; here the second order of the gap is the judge.
"""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backprop_core import LayerSpec, NetworkSpec, SpecificationError, UnknownReference
from backprop_core.laboratory.demon import DERIVATIVES, push
from tests.core.strategies import Case, cases, filled

SMOOTH = {"identity", "sigmoid", "tanh", "softplus", "silu", "gelu", "softmax"}


@settings(max_examples=80, deadline=None)
@given(case=cases(), data=st.data())
def test_the_gap_falls_to_a_quarter_as_the_push_is_halved(case: Case, data: st.DataObject) -> None:
    assume(all(case.spec.activation(l) in SMOOTH for l in range(case.spec.depth + 1)))
    trace = case.trace()
    assume(trace.not_finite is None)
    name = data.draw(st.sampled_from([n for n in DERIVATIVES if case.spec.bias or n != "biases"]))
    l = data.draw(st.integers(1 if name in ("weights", "biases") else 0, case.spec.depth))
    j = data.draw(st.integers(0, case.spec.sizes[l] - 1))
    index = (j, data.draw(st.integers(0, case.spec.sizes[l - 1] - 1))) if name == "weights" else (j,)
    ref = ":".join(map(str, (name, l, *index)))
    told = push(trace, ref, 0.01, example=trace.batch_size - 1, halvings=4)
    noise = 1e-13 * (1.0 + abs(told.cost))
    gaps = [one.gap for one in told.pushes]
    for larger, smaller in zip(told.pushes, told.pushes[1:], strict=False):
        assert larger.gap is not None
        assert smaller.gap is not None
        assert larger.predicted is not None
        assert smaller.change == larger.change / 2
        assert larger.predicted == told.derivative * larger.change
        if abs(smaller.gap) > 1e4 * noise and abs(larger.gap) < 1e-3 * abs(larger.predicted):
            assert larger.gap / smaller.gap == pytest.approx(4.0, rel=0.2)
    first, last = (abs(gap) if gap is not None else float("nan") for gap in (gaps[0], gaps[-1]))
    assert last <= first / 8 + noise or first < 100 * noise


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


def test_it_says_which_way_to_push() -> None:
    trace = filled(NetworkSpec(1, (LayerSpec(1, "sigmoid"),)), 3, 1).trace()
    slope = float(trace.memory["bias_gradient", 1][0])
    told = push(trace, "biases:1:0", -0.1 if slope > 0 else 0.1)
    assert told.of_mean
    assert (told.pushes[0].actual or 0.0) < 0.0
    assert "This push goes that way" in told.sentence


def test_a_push_out_of_the_finite_has_no_number() -> None:
    trace = filled(NetworkSpec(1, (LayerSpec(1, "identity"),), cost="squared_error"), 3, 1).trace()
    told = push(trace, "biases:1:0", 1e300, halvings=0)
    assert (told.pushes[0].actual, told.pushes[0].gap) == (None, None)
    assert told.pushes[0].predicted == told.derivative * 1e300


@pytest.mark.parametrize("ref", ["error:1:0", "weight_gradient:1:0:0", "cost", "activation_slope:1:0"])
def test_results_of_the_backward_pass_are_not_pushed(ref: str) -> None:
    trace = filled(NetworkSpec(1, (LayerSpec(1, "sigmoid"),)), 3, 1).trace()
    with pytest.raises(SpecificationError, match="push a weight"):
        push(trace, ref, 0.1)
    with pytest.raises(UnknownReference):
        push(trace, "weights:9:0:0", 0.1)
