"""Steps of optimizers as they are told: which there are and in what order, in which text, and how a trace ends in one.

That their equations recombine is tested with all others, over random rules; here stand the rules one by one.
"""

import numpy as np
import pytest

from backprop_core import (
    OPTIMIZER_NUMBERS,
    OPTIMIZERS,
    TEXTBOOKS,
    LayerSpec,
    NetworkSpec,
    OptimizerSpec,
    Parameters,
    Trace,
    Updates,
    divergence,
    inspect,
    narrate,
    step_count,
    trace_update,
)
from backprop_core.textbooks.pieces import to_tex
from tests.core.strategies import Case, filled, remembered
from tests.core.test_recombination import check_numbers

SPEC = NetworkSpec(2, (LayerSpec(3, "tanh"), LayerSpec(2)))
TOLD = [lens for lens in TEXTBOOKS if lens != "sun"]
RULES = list(OPTIMIZERS)
STATES = {
    "momentum": ["velocity"],
    "nesterov": ["velocity"],
    "rmsprop": ["square"],
    "adam": ["moment", "square"],
    "adamw": ["moment", "square"],
}
per_rule = pytest.mark.parametrize("rule", RULES)
per_lens = pytest.mark.parametrize("lens", TOLD)


def moved(rule: str, updates: int = 0, **numbers: float) -> Case:
    """The network under a rule, at its first update or after some."""
    case, optimizer = filled(SPEC, 4, 2), OptimizerSpec(rule, **numbers)
    state = remembered(SPEC, optimizer, updates) if updates else None
    return Case(case.spec, case.parameters, case.inputs, case.targets, optimizer, state)


@per_rule
@per_lens
def test_what_is_remembered_comes_before_what_moves(lens: str, rule: str) -> None:
    kinds = [(step.kind, step.layer) for step in narrate(moved(rule, l2=0.1).trace(), textbook=lens)]
    states = STATES.get(rule, [])
    weights = ["weight_regularization", *(f"weight_{state}" for state in states), "weight_update"]
    biases = [*(f"bias_{state}" for state in states), "bias_update"]
    expected = [(kind, layer) for layer in (2, 1) for kind in (*weights, *biases)]
    assert kinds[-len(expected) :] == expected


@per_rule
def test_a_text_without_updates_has_none_of_them(rule: str) -> None:
    assert not any(step.phase == "update" for step in narrate(moved(rule).trace(), textbook="sun"))


@per_rule
@per_lens
def test_no_text_is_said_to_have_them(lens: str, rule: str) -> None:
    for step in narrate(moved(rule, l1=0.1).trace(), textbook=lens):
        if step.phase == "update" and (rule, step.kind) != ("gradient_descent", "bias_update"):
            assert not step.in_text
            assert (step.place, step.errata) == ("", ())
            assert "mini_batch" not in step.panels


@pytest.mark.parametrize("granularity", ["equation", "neuron", "term"])
@per_rule
@per_lens
def test_every_equation_recombines(lens: str, rule: str, granularity: str) -> None:
    case = moved(rule, 3, l1=0.02, l2=0.03)
    told = [step for step in narrate(case.trace(), granularity, lens) if step.phase == "update"]
    assert told
    assert all(check_numbers(step, case) >= 1 for step in told)


@per_lens
def test_the_letters_are_over_those_of_the_text(lens: str) -> None:
    steps = {step.kind: step for step in narrate(moved("momentum", 2).trace(), textbook=lens) if step.layer == 1}
    w = {"nielsen": "w^2", "johnston": "W^2", "catching-ai": r"\mathbf W^{(1)}"}[lens]
    assert steps["weight_velocity"].label == f"v'_{{{w}}}"
    symbols = to_tex(steps["weight_velocity"].lines[0].symbols)
    assert symbols.startswith(rf"v'_{{{w}}}=\mu\,v_{{{w}}}+")
    rate = r"\gamma" if lens == "catching-ai" else r"\eta"
    assert to_tex(steps["weight_update"].lines[0].symbols).endswith(rf"{w}-{rate}\,v'_{{{w}}}")


def test_the_corrected_means_of_the_third_update() -> None:
    case = moved("adam", 2)
    step = next(step for step in narrate(case.trace()) if step.kind == "weight_update")
    assert "update 3" in step.sentence
    numbers = [to_tex(line.numbers) for line in step.lines]
    assert any("}{1-0.9^{3}}=" in line for line in numbers)
    assert any("}{1-0.999^{3}}=" in line for line in numbers)


@pytest.mark.parametrize("rule", ["rmsprop", "adam", "adamw"])
@pytest.mark.parametrize("granularity", ["equation", "term"])
def test_a_trace_ends_where_a_square_is_no_longer_finite(rule: str, granularity: str) -> None:
    trace = overflowing(rule)
    assert trace.not_finite is not None
    assert (trace.not_finite.kind, trace.not_finite.layer) == ("weight_square", 1)
    last = list(narrate(trace, granularity))[-1]
    assert last.kind == "weight_square"
    assert [remark.kind for remark in last.remarks] == ["not_finite"]
    found = divergence(trace, granularity)
    assert found is not None
    assert (found.quantity, found.step) == ("updated_weight_square", step_count(trace, granularity) - 1)
    layer = trace.layers()[1]
    assert layer["updated_weight_square"] is not None
    assert layer["updated_weights"] is None


def overflowing(rule: str) -> Trace:
    """A gradient whose square is beyond every float."""
    spec = NetworkSpec(1, (LayerSpec(1, "identity"),), bias=False)
    start = Parameters((np.array([[1e140]]),), ())
    return trace_update(spec, start, [[1e10]], [[0.0]], learning_rate=1e-9, optimizer=OptimizerSpec(rule))


@per_rule
def test_what_learns_nothing_stays_where_it_is(rule: str) -> None:
    """A gradient of 0 divided by what was remembered of it, 0, is 0: ε sees to that."""
    case = filled(NetworkSpec(2, (LayerSpec(2, "relu"), LayerSpec(1, "identity")), bias=False), 1, 1)
    trace = trace_update(
        case.spec,
        case.parameters,
        [[0.0, 0.0]],
        [[0.0]],
        learning_rate=0.5,
        optimizer=OptimizerSpec(rule, weight_decay=0),
    )
    assert trace.not_finite is None
    for before, after in zip(case.parameters.weights, trace.memory.parameters(updated=True).weights, strict=True):
        np.testing.assert_array_equal(before, after)


@per_rule
def test_in_single_precision(rule: str) -> None:
    case = moved(rule, 2, l1=0.01, l2=0.02)
    single, double = case.trace(dtype="float32"), case.trace()
    assert single.memory.dtype == np.float32
    for narrow, wide in zip(
        single.memory.parameters(updated=True).weights, double.memory.parameters(updated=True).weights, strict=True
    ):
        assert narrow.dtype == np.float32
        np.testing.assert_allclose(narrow, wide, rtol=1e-4, atol=1e-5)
    assert len(list(narrate(single))) == len(list(narrate(double)))


@per_rule
def test_frozen_biases_have_no_steps_and_keep_what_is_remembered(rule: str) -> None:
    case = moved(rule, 2)
    trace = case.trace(freeze_biases=True)
    told = [step for step in narrate(trace) if step.phase == "update"]
    assert told
    assert not any(step.kind.startswith("bias") for step in told)
    assert "frozen" in told[-1].sentence
    for name, array in trace.layers()[1].items():
        if name.startswith("updated_bias"):
            old = "biases" if name == "updated_biases" else name.removeprefix("updated_")
            np.testing.assert_array_equal(array, trace.memory[old, 1])


@per_rule
def test_gradients_are_those_of_the_cost_alone(rule: str) -> None:
    """Neither a rule nor a price on the weights changes ∂C/∂W: what they add stands in quantities of their own."""
    case = moved(rule, 2, l1=0.3, l2=0.4)
    plain = trace_update(SPEC, case.parameters, case.inputs, case.targets)
    for l in (1, 2):
        np.testing.assert_array_equal(case.trace().memory["weight_gradient", l], plain.memory["weight_gradient", l])


@per_rule
def test_training_goes_on_from_what_was_remembered(rule: str) -> None:
    """Two updates of training, begun in the middle, are two traces."""
    case = moved(rule, 3, l2=0.05)
    updates = Updates(case.memory())
    updates.run(2)
    first = case.trace()
    second = trace_update(
        SPEC,
        first.memory.parameters(updated=True),
        case.inputs,
        case.targets,
        learning_rate=0.5,
        optimizer=case.optimizer,
        optimizer_state=first.memory.state(updated=True),
    )
    np.testing.assert_array_equal(second.memory["updated_weights", 1], updates.memory["weights", 1])


@pytest.mark.parametrize("lens", list(TEXTBOOKS))
@pytest.mark.parametrize("rule", ["momentum", "adam"])
def test_every_number_of_an_update_can_be_asked_about(lens: str, rule: str) -> None:
    trace = moved(rule, 2, l2=0.1).trace()
    for name, array in trace.layers()[1].items():
        if name.startswith(("weight_", "updated_", "regularized_")) and array is not None and array.ndim > 1:
            found = inspect(trace, f"{name}:1:0:1", lens)
            assert found.kind == "weight"
            assert found.ref in {fact.ref for fact in found.facts}
            assert found.shown.value == array[0, 1]
    names = {shown.ref.split(":")[0] for shown in inspect(trace, "updated_weights:1:0:0", lens).sources.numbers}
    states = {f"updated_weight_{state}" for state in STATES[rule]}
    assert names == {"weights", "learning_rate", *states}


def test_every_number_of_a_rule_is_told_with_its_range() -> None:
    given = {name for one in OPTIMIZERS.values() for name in one.numbers} | {"l1", "l2"}
    assert given == set(OPTIMIZER_NUMBERS)
    for number in OPTIMIZER_NUMBERS.values():
        usual = getattr(OptimizerSpec(), number.name)
        assert number.low <= usual < (np.inf if number.high is None else number.high)
        assert number.words
        assert number.tex
