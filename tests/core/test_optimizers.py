"""Optimizers against numbers that PyTorch made (golden/make_optimizers.py), and what must hold of any of them.

Fifty updates on the mini-batches of a small network, by training and by one trace after the other.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backprop_core import (
    LayerSpec,
    Memory,
    NetworkSpec,
    OptimizerSpec,
    OptimizerState,
    Parameters,
    SpecificationError,
    Updates,
    trace_update,
)

GOLDEN = json.loads((Path(__file__).parent / "golden" / "optimizers.json").read_text())
SPEC = NetworkSpec(3, (LayerSpec(5, "tanh"), LayerSpec(4, "tanh"), LayerSpec(2, "sigmoid")))
START = Parameters.of(SPEC, GOLDEN["weights"], GOLDEN["biases"])
INPUTS, TARGETS = np.array(GOLDEN["inputs"]), np.array(GOLDEN["targets"])
RATE, BATCH, COUNT = GOLDEN["learning_rate"], GOLDEN["batch"], GOLDEN["updates"]
CASES = pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["rule"])
RULES = pytest.mark.parametrize("name", ["gradient_descent", "momentum", "nesterov", "rmsprop", "adam", "adamw"])


def rows(update: int) -> slice:
    begin = update * BATCH % len(INPUTS)
    return slice(begin, begin + BATCH)


def assert_agree(mine: Parameters, case: dict[str, Any], tolerance: float = 1e-10) -> None:
    for ours, theirs in zip((*mine.weights, *mine.biases), (*case["weights"], *case["biases"]), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=tolerance, atol=tolerance)


@CASES
def test_fifty_updates_of_training(case: dict[str, Any]) -> None:
    memory = Memory(SPEC, BATCH, optimizer=OptimizerSpec(**case["optimizer"]))
    updates = Updates(memory.load_parameters(START).load_learning_rate(RATE))
    for update in range(COUNT):
        updates.memory.load_batch(INPUTS[rows(update)], TARGETS[rows(update)])
        updates.run()
    assert_agree(updates.memory.parameters(), case)


@CASES
def test_fifty_traces_one_after_the_other(case: dict[str, Any]) -> None:
    optimizer = OptimizerSpec(**case["optimizer"])
    parameters, state = START, None
    for update in range(COUNT):
        trace = trace_update(
            SPEC,
            parameters,
            INPUTS[rows(update)],
            TARGETS[rows(update)],
            learning_rate=RATE,
            optimizer=optimizer,
            optimizer_state=state,
        )
        assert trace.cost == pytest.approx(case["costs"][update], rel=1e-10)
        parameters, state = trace.memory.parameters(updated=True), trace.memory.state(updated=True)
    assert_agree(parameters, case)
    if optimizer.counts:
        assert state is not None
        assert state.updates == COUNT


@RULES
def test_training_and_traces_agree_to_the_last_bit(name: str) -> None:
    optimizer = OptimizerSpec(name, l1=0.01, l2=0.02)
    updates = Updates(Memory(SPEC, BATCH, optimizer=optimizer).load_parameters(START).load_learning_rate(RATE))
    parameters, state = START, None
    for update in range(7):
        some = rows(update)
        updates.memory.load_batch(INPUTS[some], TARGETS[some])
        updates.run()
        trace = trace_update(
            SPEC,
            parameters,
            INPUTS[some],
            TARGETS[some],
            learning_rate=RATE,
            optimizer=optimizer,
            optimizer_state=state,
        )
        parameters, state = trace.memory.parameters(updated=True), trace.memory.state(updated=True)
    for mine, other in zip(updates.memory.parameters().weights, parameters.weights, strict=True):
        np.testing.assert_array_equal(mine, other)


@RULES
def test_frozen_biases_and_what_is_remembered_of_them_stay(name: str) -> None:
    trace = trace_update(
        SPEC, START, INPUTS, TARGETS, learning_rate=RATE, freeze_biases=True, optimizer=OptimizerSpec(name)
    )
    moved = trace.memory.parameters(updated=True)
    for before, after in zip(START.biases, moved.biases, strict=True):
        np.testing.assert_array_equal(before, after)
    state = trace.memory.state(updated=True)
    for layer in state.layers if state else ():
        assert all(not array.any() for key, array in layer.items() if key.startswith("bias"))
    assert all(value is not None for layer in trace.layers()[1:] for value in layer.values())


@RULES
def test_a_training_step_computes_nothing_that_nobody_reads(name: str) -> None:
    from backprop_core import compile

    memory = Memory(SPEC, BATCH, optimizer=OptimizerSpec(name))
    kinds = {equation.kind for equation in compile(memory).for_training().equations}
    assert ("weight_gradient" in kinds) == (name != "gradient_descent")
    assert not kinds & {"cost", "input_error", "example_weight_gradient"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "adagrad"}, "/name"),
        ({"momentum": 1.0}, "/momentum"),
        ({"first_decay": -0.1}, "/first_decay"),
        ({"second_decay": float("nan")}, "/second_decay"),
        ({"epsilon": 0.0}, "/epsilon"),
        ({"l1": float("inf")}, "/l1"),
    ],
)
def test_numbers_there_are_not(given: dict[str, Any], field: str) -> None:
    with pytest.raises(SpecificationError) as caught:
        OptimizerSpec(**given)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("layers", "field"),
    [
        (({}, {}), "/optimizer_state/layers"),
        (({}, {}, {}), "/optimizer_state/layers/0/weight_velocity"),
        (({"weight_velocity": [[1.0]]}, {}, {}), "/optimizer_state/layers/0/weight_velocity"),
    ],
)
def test_a_state_of_another_network(layers: tuple[dict[str, Any], ...], field: str) -> None:
    memory = Memory(SPEC, BATCH, optimizer=OptimizerSpec("momentum"))
    with pytest.raises(SpecificationError) as caught:
        memory.load_state(OptimizerState(1, layers))
    assert caught.value.field == field
