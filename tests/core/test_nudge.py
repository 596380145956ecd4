"""A nudge moves one number and what follows from it, nothing else; small ones agree with the gradients."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_core import Quantity, trace_update
from backprop_core.laboratory.nudge import cost_at, nudge, nudged_cost
from tests.core.strategies import Case, cases


@settings(max_examples=40, deadline=None)
@given(case=cases(), data=st.data())
def test_a_parameter_nudged_is_the_network_with_that_parameter(case: Case, data: st.DataObject) -> None:
    trace = case.trace()
    l = data.draw(st.integers(1, case.spec.depth))
    memory = nudge(trace, Quantity("weights", l), (0, 0), 0.25)
    moved = [w.copy() for w in case.parameters.weights]
    moved[l - 1][0, 0] += 0.25
    other = trace_update(
        case.spec, type(case.parameters)(tuple(moved), case.parameters.biases), case.inputs, case.targets
    )
    for name, layer in other.program.memory:
        if name in ("weighted_input", "activation", "error", "weight_gradient", "costs"):
            np.testing.assert_array_equal(memory[name, layer], other.memory[name, layer], err_msg=f"{name}:{layer}")


@settings(max_examples=40, deadline=None)
@given(case=cases(), data=st.data())
def test_a_weighted_input_nudged_leaves_what_stands_before_and_beside_it(case: Case, data: st.DataObject) -> None:
    trace = case.trace()
    l = data.draw(st.integers(1, case.spec.depth))
    memory = nudge(trace, Quantity("weighted_input", l), (0, 0), 0.25)
    for k in range(l):
        np.testing.assert_array_equal(memory["activation", k], trace.memory["activation", k])
    np.testing.assert_array_equal(memory["weighted_input", l][1:], trace.memory["weighted_input", l][1:])
    np.testing.assert_array_equal(memory["costs", case.spec.depth][1:], trace.costs[1:])
    assert memory["weighted_input", l][0, 0] == trace.memory["weighted_input", l][0, 0] + 0.25


def test_a_small_nudge_agrees_with_the_error() -> None:
    from backprop_core import LayerSpec, NetworkSpec
    from tests.core.strategies import filled

    trace = filled(NetworkSpec(3, (LayerSpec(4, "tanh"), LayerSpec(2))), 7, 2).trace()
    for example, l, j in [(0, 1, 3), (1, 1, 0), (1, 2, 1), (0, 0, 2)]:
        sides = [
            nudged_cost(trace, Quantity("weighted_input", l), (example, j), side * 1e-5, example)
            for side in (1.0, -1.0)
        ]
        slope = (sides[0] - sides[1]) / 2e-5
        assert slope == pytest.approx(float(trace.memory["error", l][example, j]), rel=1e-7, abs=1e-9)
    assert cost_at(trace, 1) == float(trace.costs[1])
