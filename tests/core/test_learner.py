"""A learner by itself, and the states a run keeps: shares of targets, batches of many sizes, bounded memory."""

import tracemalloc

import numpy as np
import pytest

from backprop_core import (
    COSTS,
    DataRecipe,
    LayerSpec,
    Learner,
    NetworkSpec,
    OptimizerSpec,
    Parameters,
    Part,
    Recipe,
    Run,
    Training,
    initialise,
    trace_update,
)
from backprop_core.learning.snapshots import FEWEST, MOST, OVERHEAD, ROOM, Snapshot, Snapshots
from tests.core.learning_oracle import bits

RNG = np.random.default_rng(5)


@pytest.mark.parametrize("cost", [name for name, one in COSTS.items() if one.has_target])
@pytest.mark.parametrize("optimizer", ["gradient_descent", "nesterov", "adamw"])
def test_updates_on_batches_of_any_sizes_are_those_of_traces(cost: str, optimizer: str) -> None:
    """Targets whose sums differ, and sizes in any order: what is carried from one to the other is all there is."""
    output = COSTS[cost].needs or "tanh"
    spec = NetworkSpec(3, (LayerSpec(5, "tanh"), LayerSpec(3, output)), cost)
    part = Part(RNG.normal(size=(40, 3)), RNG.uniform(0.1, 0.9, size=(40, 3)), None)
    rule = OptimizerSpec(optimizer, l2=0.01)
    learner = Learner(spec, Training(0.1, 8, rule), part)
    parameters, state = initialise(spec, np.random.default_rng(1), "nielsen"), None
    learner.load(parameters)
    for size, rate in ((8, 0.1), (3, 0.2), (1, 0.1), (8, 0.05), (3, 0.1), (40, 0.3), (8, 0.1), (8, 0.1)):
        rows = RNG.permutation(40)[: 40 // size * size].reshape(-1, size)
        costs = learner.run(rows, rate)
        for batch, found in zip(rows, costs, strict=True):
            trace = trace_update(
                spec,
                parameters,
                part.inputs[batch],
                part.targets[batch],
                learning_rate=rate,
                optimizer=rule,
                optimizer_state=state,
            )
            parameters, state = trace.memory.parameters(updated=True), trace.memory.state(updated=True)
            assert found == pytest.approx(trace.cost, rel=1e-14)
        assert bits(learner.memory.parameters()) == bits(parameters)


def test_training_takes_no_new_memory_for_an_update() -> None:
    spec = NetworkSpec(784, (LayerSpec(100, "tanh"), LayerSpec(10, "softmax")), "cross_entropy")
    learner = Run(Recipe(spec, DataRecipe("digits_28", count=200), Training(0.1, 10)))._walker.learner
    rows = np.arange(160).reshape(16, 10)
    learner.run(rows, 0.1)
    tracemalloc.start()
    learner.run(rows, 0.1)
    kept, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # One array of the weights alone has 630 kB.
    assert kept < 5_000
    assert most < 50_000


def snapshot(position: int, numbers: int = 10) -> Snapshot:
    return Snapshot(position, Parameters((np.zeros((1, numbers)),)), None, np.inf, 0)


@pytest.mark.parametrize("numbers", [10, 200_000, 600_000])
def test_kept_states_take_no_more_room_than_they_are_given(numbers: int) -> None:
    kept, step = Snapshots(), 256
    for position in range(0, 100_000 if numbers == 10 else 20_000, step):
        kept.add(snapshot(position, numbers))
        count = len(kept._held)
        assert FEWEST <= max(count, FEWEST) <= MOST
        assert count * (8 * numbers + OVERHEAD) <= ROOM
    assert kept.before(0).position == 0


def test_the_farther_back_the_longer_the_way_may_be() -> None:
    kept, last = Snapshots(), 1_000_000
    for position in range(0, last + 1, 250):
        kept.add(snapshot(position))
    for distance in (1, 249, 1_000, 10_000, 100_000, 500_000, 999_999):
        way = last - distance - kept.before(last - distance).position
        assert way <= max(250, distance / 10), distance
    # From the middle it is as short a way near the middle as it was near the end.
    for position in range(400_000, 500_001, 250):
        kept.add(snapshot(position))
    for distance in (1, 1_000, 10_000):
        way = 500_000 - distance - kept.before(500_000 - distance).position
        assert way <= max(250, distance / 10), distance
    assert len(kept._held) <= MOST


def test_what_is_forgotten_is_gone() -> None:
    kept = Snapshots()
    for position in (0, 10, 20, 30):
        kept.add(snapshot(position))
    kept.forget_from(20)
    assert kept.before(1000).position == 10
    kept.add(snapshot(15))
    assert [kept.before(at).position for at in (0, 9, 10, 14, 15, 99)] == [0, 0, 10, 10, 15, 15]


def test_one_data_set_is_shared_by_all_who_learn_from_it() -> None:
    spec = NetworkSpec(2, (LayerSpec(4, "tanh"), LayerSpec(2, "softmax")), "cross_entropy")
    other = NetworkSpec(2, (LayerSpec(9, "relu"), LayerSpec(2, "softmax")), "cross_entropy")
    data = DataRecipe("spirals", seed=77)
    one, two = Run(Recipe(spec, data)), Run(Recipe(other, data, Training(0.5, 3)))
    assert one.prepared.train.inputs is two.prepared.train.inputs
    with pytest.raises(ValueError, match="read-only"):
        one.prepared.train.inputs[0, 0] = 1.0
