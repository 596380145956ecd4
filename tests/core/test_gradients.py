"""Every gradient of the engine against central differences of an independent forward pass."""

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from backprop_core import (
    COSTS,
    LayerSpec,
    Memory,
    NetworkSpec,
    Parameters,
    check_gradient,
    compile,
    initialise,
    trace_update,
)
from backprop_core.laboratory.curve import gradient_curve
from backprop_core.laboratory.gradient_check import check_program
from tests.core import oracle
from tests.core.strategies import HIDDEN, Case, cases, filled, outputs_for

PAIRS = [(cost, output) for cost in COSTS for output in outputs_for(cost)]


def check(case: Case) -> None:
    """The engine's gradients and costs equal the oracle's: 1e-7 relative, beyond the oracle's own noise."""
    trace = case.trace()
    weights, biases, inputs = oracle.gradient(case.spec, case.parameters, case.inputs, case.targets)
    expected = oracle.mean_cost(case.spec, case.parameters, case.inputs, case.targets)
    assert trace.cost == pytest.approx(expected, rel=1e-12, abs=1e-13)
    noise = 2e-10 * max(1.0, abs(expected))
    for l in range(1, case.spec.depth + 1):
        np.testing.assert_allclose(trace.memory["weight_gradient", l], weights[l - 1], rtol=1e-7, atol=noise)
        if case.spec.bias:
            np.testing.assert_allclose(trace.memory["bias_gradient", l], biases[l - 1], rtol=1e-7, atol=noise)
    # The error of the input is that of each example's own cost; the mean divides it by m.
    np.testing.assert_allclose(trace.memory["error", 0] / len(case.inputs), inputs, rtol=1e-7, atol=noise)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(cases())
def test_random_networks(case: Case) -> None:
    assume(oracle.smallest_kink_distance(case.spec, case.parameters, case.inputs) > 0.02)
    check(case)


@pytest.mark.parametrize(("cost", "output"), PAIRS)
@pytest.mark.parametrize("hidden", HIDDEN)
def test_every_activation_with_every_cost(cost: str, output: str, hidden: str) -> None:
    size = 1 if cost == "output" else 3
    spec = NetworkSpec(2, (LayerSpec(3, hidden), LayerSpec(size, output)), cost, input_activation="tanh")
    for seed in range(50):
        case = filled(spec, seed, 2)
        if oracle.smallest_kink_distance(spec, case.parameters, case.inputs) > 0.02:
            check(case)
            return
    pytest.fail("no network away from a kink among 50 seeds")


@settings(max_examples=60, deadline=None)
@given(cases())
def test_the_engines_own_check_passes(case: Case) -> None:
    assume(oracle.smallest_kink_distance(case.spec, case.parameters, case.inputs) > 0.01)
    found = check_gradient(case.spec, case.parameters, case.inputs, case.targets)
    assert found.passed, found.largest_relative_error
    assert not found.kinks
    assert found.forward_passes == 2 * found.parameters


def test_a_kink_is_named_and_not_counted() -> None:
    spec = NetworkSpec(1, (LayerSpec(2, "relu"),), "squared_error", bias=False)
    found = check_gradient(spec, Parameters.of(spec, [[[0.0], [2.0]]]), [[1.0]], [[3.0, 3.0]])
    assert [(kink.parameter, kink.layer, kink.neuron, kink.example) for kink in found.kinks] == [("weights", 1, 0, 0)]
    assert (found.passed, found.compared, found.parameters) == (True, 1, 2)


@pytest.mark.parametrize(("most", "listed"), [(None, 6), (4, 4), (0, 0)])
def test_kinks_are_listed_as_far_as_wanted_and_all_counted(most: int | None, listed: int) -> None:
    spec = NetworkSpec(1, (LayerSpec(3, "relu"),), "squared_error", bias=False)
    parameters = Parameters.of(spec, [[[0.0], [0.0], [0.0]]])
    found = check_gradient(spec, parameters, [[1.0], [2.0]], [[3.0] * 3] * 2, listed_kinks=most)
    assert (len(found.kinks), found.kinks_total, found.compared) == (listed, 6, 0)


def test_where_nothing_can_be_compared_that_is_said() -> None:
    spec = NetworkSpec(1, (LayerSpec(1, "relu"),), "squared_error", bias=False)
    found = check_gradient(spec, Parameters.of(spec, [[[0.0]]]), [[1.0]], [[3.0]])
    assert (found.passed, found.compared, len(found.kinks)) == (True, 0, 1)


def test_float32_gradients_are_judged_in_float64() -> None:
    spec = NetworkSpec(2, (LayerSpec(3, "tanh"), LayerSpec(2)))
    for seed in range(20):
        case = filled(spec, seed, 2)
        found = check_gradient(spec, case.parameters, case.inputs, case.targets, dtype="float32")
        assert found.passed
        assert 1e-9 < found.largest_relative_error < 1e-3


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("hidden", ["gelu", "silu", "tanh"])
@pytest.mark.parametrize(("sizes", "given"), [((1, 256), 0.1), ((1, 256), 3.0), ((2, 8, 3), 3.0)])
def test_the_step_itself_is_not_held_against_a_gradient_near_zero(
    hidden: str, sizes: tuple[int, ...], given: float, seed: int
) -> None:
    spec = NetworkSpec(sizes[0], tuple(LayerSpec(n, hidden) for n in sizes[1:]))
    parameters = initialise(spec, np.random.default_rng(seed))
    inputs = [[given] * sizes[0]]
    found = check_gradient(spec, parameters, inputs, [[1 / sizes[-1]] * sizes[-1]])
    assert found.passed, found.largest_relative_error
    near = trace_update(spec, parameters, inputs, [[0.0] * sizes[-1]]).memory["activation", spec.depth] + 1e-4
    assert check_gradient(spec, parameters, inputs, near).passed
    program = compile(Memory(spec, 1).load_parameters(parameters).load_batch(inputs, near), update=False, asides=False)
    program.run().memory["weight_gradient", 1][...] *= 1.01
    assert not check_program(program).passed


@pytest.mark.parametrize("seed", range(20))
def test_rounding_a_saturated_softmax_is_not_held_against_its_gradient(seed: int) -> None:
    spec = NetworkSpec(3, (LayerSpec(3, "softmax"),), cost="cross_entropy")
    rng = np.random.default_rng(seed)
    parameters = Parameters((3.0 * rng.normal(size=(3, 3)),), (3.0 * rng.normal(size=3),))
    found = check_gradient(spec, parameters, 3.0 * rng.normal(size=(2, 3)), np.eye(3)[rng.integers(0, 3, 2)])
    assert found.largest_relative_error < 2e-7


@pytest.mark.parametrize("size", [1.0, 1e3, 1e6])
def test_rounding_large_outputs_is_not_held_against_the_gradient_beside_the_target(size: float) -> None:
    spec = NetworkSpec(2, (LayerSpec(2, "tanh"), LayerSpec(2, "identity")))
    case = filled(spec, 3, 2)
    (first, last), (shift, bias) = case.parameters.weights, case.parameters.biases
    parameters = Parameters((first, size * np.array(last)), (shift, size * np.array(bias)))
    outputs = trace_update(spec, parameters, case.inputs, case.targets).memory["activation", 2]
    near = outputs + 1e-4 * size * np.array([[1.0, -2.0], [0.5, 1.0]])
    assert check_gradient(spec, parameters, case.inputs, near).passed
    memory = Memory(spec, 2).load_parameters(parameters).load_batch(case.inputs, near)
    program = compile(memory, update=False, asides=False).run()
    memory["weight_gradient", 1][0, 0] *= 1.01
    assert not check_program(program).passed


@pytest.mark.parametrize(("cost", "output"), [("binary_cross_entropy", "sigmoid"), ("cross_entropy", "softmax")])
def test_a_wrong_gradient_of_a_saturated_output_does_not_pass(cost: str, output: str) -> None:
    spec = NetworkSpec(1, (LayerSpec(2, output),), cost=cost)
    parameters = Parameters((np.array([[30.0], [-30.0]]),), (np.zeros(2),))
    memory = Memory(spec, 1).load_parameters(parameters).load_batch([[1.0]], [[0.0, 1.0]])
    program = compile(memory, update=False, asides=False).run()
    assert check_program(program).passed
    memory["weight_gradient", 1][...] *= -1.0
    assert not check_program(program).passed
    curve = gradient_curve(trace_update(spec, parameters, [[1.0]], [[0.0, 1.0]]), "weight_gradient:1:0:0")
    assert all(point.round_off < 1e-13 / point.step_size for point in curve.points)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_a_gradient_wrong_by_one_per_cent_does_not_pass(dtype: str) -> None:
    case = filled(NetworkSpec(2, (LayerSpec(3, "tanh"), LayerSpec(2))), 3, 2)
    programs = {}
    for one in (dtype, "float64"):
        memory = Memory(case.spec, 2, one).load_parameters(case.parameters).load_batch(case.inputs, case.targets)
        programs[one] = compile(memory, update=False, asides=False).run()
    assert check_program(programs[dtype], judge=programs["float64"]).passed
    programs[dtype].memory["weight_gradient", 1][0, 0] *= 1.01
    assert not check_program(programs[dtype], judge=programs["float64"]).passed
