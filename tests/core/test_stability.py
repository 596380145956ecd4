"""Extreme numbers: logits of ±1e4, exact zeros, and networks that leave the range of floating point."""

import json
import math
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_core import (
    COSTS,
    LayerSpec,
    NetworkSpec,
    Parameters,
    Trace,
    divergence,
    narrate,
    trace_update,
)
from tests.core.strategies import HIDDEN, Case, outputs_for
from tests.core.test_recombination import check_numbers
from tests.core.tex_oracle import NotWrittenOutError


def at_logits(output: str, cost: str, logits: list[float], targets: list[float]) -> tuple[Trace, Case]:
    """A network whose output layer has just these weighted inputs."""
    spec = NetworkSpec(1, (LayerSpec(len(logits), output),), cost, bias=False)
    parameters = Parameters.of(spec, [[[z] for z in logits]])
    y = np.array([targets]) if spec.has_target else None
    case = Case(spec, parameters, np.array([[1.0]]), y)
    return case.trace(learning_rate=0.1), case


@pytest.mark.parametrize("cost", list(COSTS))
@pytest.mark.parametrize("size", [1e4, -1e4, 745.0, -745.0, 40.0, -40.0, 0.0])
def test_logits_of_ten_thousand(cost: str, size: float) -> None:
    for output in outputs_for(cost):
        logits = [size] if cost == "output" else [size, -size, 1.0]
        for targets in ([0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.3, 0.3, 0.4]):
            trace, case = at_logits(output, cost, logits, targets[: len(logits)])
            assert trace.not_finite is None, (output, cost, size)
            for name in ("activation", "error", "weight_gradient"):
                assert np.isfinite(trace.memory[name, 1]).all()
            for step in narrate(trace):
                if all(math.isfinite(v) for v in np.ravel(np.asarray(step.result, float))):
                    with suppress(NotWrittenOutError):
                        check_numbers(step, case)


def test_saturated_cross_entropy_costs_what_it_should() -> None:
    trace, _ = at_logits("sigmoid", "binary_cross_entropy", [1e4, -1e4], [0.0, 0.0])
    assert trace.cost == pytest.approx(1e4)
    assert trace.memory["error", 1].tolist() == [[1.0, 0.0]]
    trace, _ = at_logits("softmax", "cross_entropy", [1e4, -1e4], [0.0, 1.0])
    assert trace.cost == pytest.approx(2e4)
    assert trace.memory["error", 1].tolist() == [[1.0, -1.0]]


def test_an_infinite_rate_beside_a_finite_error_is_said() -> None:
    trace, _ = at_logits("sigmoid", "binary_cross_entropy", [1e4], [0.0])
    steps = {step.kind: step for step in narrate(trace)}
    assert "overflows" in steps["cost_gradient"].note
    assert steps["output_error"].symbols == r"\delta^2=a^2-y"


@pytest.mark.parametrize("name", HIDDEN)
def test_activations_are_finite_and_smooth_enough(name: str) -> None:
    spec = NetworkSpec(1, (LayerSpec(1, name),), "quadratic", bias=False)
    for z in (-1e4, -800.0, -38.0, -1e-300, 0.0, 1e-300, 38.0, 800.0, 1e4):
        trace = trace_update(spec, Parameters.of(spec, [[[z]]]), [[1.0]], [[0.0]])
        assert np.isfinite(trace.memory["activation_slope", 1]).all(), z


def test_targets_that_do_not_add_up_to_one() -> None:
    """δ = (Σ y) a − y, not a − y; the engine's check and the displayed equation agree."""
    trace, _ = at_logits("softmax", "cross_entropy", [0.3, -0.2, 0.5], [0.9, 0.8, 0.7])
    a = trace.memory["activation", 1][0]
    np.testing.assert_allclose(trace.memory["error", 1][0], 2.4 * a - [0.9, 0.8, 0.7], rtol=1e-12)
    step = next(step for step in narrate(trace) if step.kind == "output_error")
    assert r"\sum_k y_k" in "".join(str(piece) for line in step.lines for piece in line.symbols)


def deep(weight: float, depth: int = 4) -> Trace:
    spec = NetworkSpec(1, tuple(LayerSpec(1, "identity") for _ in range(depth)), bias=False)
    return trace_update(spec, Parameters.of(spec, [[[weight]]] * depth), [[1e200]], [[0.0]], learning_rate=1.0)


def test_divergence_is_found_where_it_starts() -> None:
    trace = deep(1e60)
    found = divergence(trace)
    assert found is not None
    assert (found.layer, found.quantity) == (2, "weighted_input")
    steps = list(narrate(trace))
    assert steps[-1].index == found.step == len(steps) - 1
    assert r"\infty" in steps[-1].numbers
    layers = trace.layers()
    assert layers[1]["activation"] is not None
    assert layers[2]["weighted_input"] is not None
    assert layers[2]["activation"] is None
    assert layers[1]["error"] is None
    assert layers[4]["updated_weights"] is None
    assert layers[4]["weights"] is not None


def test_divergence_in_the_backward_pass() -> None:
    trace = deep(1e30, depth=2)
    found = divergence(trace)
    assert found is not None
    assert found.quantity == "cost"


@pytest.mark.parametrize("granularity", ["pass", "layer", "equation"])
def test_a_diverged_trace_can_be_told_at_any_granularity(granularity: str) -> None:
    trace = deep(1e60)
    found = divergence(trace, granularity)
    steps = list(narrate(trace, granularity))
    assert found is not None
    assert found.step == len(steps) - 1


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(HIDDEN),
    st.sampled_from(list(COSTS)),
    st.lists(st.floats(-1e308, 1e308), min_size=4, max_size=4),
    st.floats(-1e308, 1e308),
)
def test_no_number_breaks_the_narration(hidden: str, cost: str, numbers: list[float], x: float) -> None:
    output = outputs_for(cost)[0]
    spec = NetworkSpec(1, (LayerSpec(2, hidden), LayerSpec(1, output)), cost, bias=False)
    parameters = Parameters.of(spec, [[[numbers[0]], [numbers[1]]], [[numbers[2], numbers[3]]]])
    targets = [[0.5]] if spec.has_target else None
    trace = trace_update(spec, parameters, [[x]], targets, learning_rate=0.5 if targets else None)
    for granularity in ("equation", "layer", "pass"):
        steps = list(narrate(trace, granularity))
        found = divergence(trace, granularity)
        assert found is None or found.step == steps[-1].index
        json.dumps([step.numbers for step in steps])


def test_float32_overflows_where_float64_does_not() -> None:
    spec = NetworkSpec(1, (LayerSpec(1, "identity"),), bias=False)
    parameters = Parameters.of(spec, [[[1e30]]])
    assert divergence(trace_update(spec, parameters, [[1e10]], [[0.0]])) is None
    found = divergence(trace_update(spec, parameters, [[1e10]], [[0.0]], dtype="float32"))
    assert found is not None
    assert found.quantity == "weighted_input"


def test_a_mean_of_huge_costs_is_their_mean() -> None:
    spec = NetworkSpec(1, (LayerSpec(1, "identity"),), "squared_error", bias=False)
    trace = trace_update(spec, Parameters.of(spec, [[[1.0]]]), [[1.2e154], [1.2e154]], [[0.0], [0.0]])
    assert trace.cost == pytest.approx(1.44e308)


def test_an_infinite_logit_that_nobody_wanted_costs_nothing() -> None:
    trace, _ = at_logits("softmax", "cross_entropy", [1e308, -1e308], [1.0, 0.0])
    assert trace.not_finite is None
    assert trace.cost == 0.0


@pytest.mark.parametrize("others", [[0.0], [0.0, 1.0], [20.0, 3.0]])
def test_a_share_near_one_costs_its_own_digits(others: list[float]) -> None:
    top = 30.0
    trace, _ = at_logits("softmax", "cross_entropy", [top, *others], [1.0] + [0.0] * len(others))
    wanted = math.log1p(sum(math.exp(one - top) for one in others))
    assert trace.cost == pytest.approx(wanted, rel=1e-14, abs=0.0)
