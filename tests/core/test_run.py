"""Runs: whatever way leads to an update, forward, back, over changes, its numbers are those of a trace and of a loop.

The loop is a textbook's, one example after the other; the replay makes every update from the first one on.
"""

from itertools import islice
from math import isfinite

import numpy as np
import pytest

from backprop_core import (
    DataRecipe,
    Edit,
    LayerSpec,
    NetworkSpec,
    OptimizerSpec,
    Recipe,
    Run,
    Schedule,
    SpecificationError,
    Training,
    trace_update,
)
from tests.core.learning_oracle import bits, replay, textbook, wide

SPEC = NetworkSpec(2, (LayerSpec(3, "tanh"), LayerSpec(2, "softmax")), "cross_entropy")
DATA = DataRecipe("moons", count=14, test_share=0.2)
SEVERAL = (
    Training(0.3, 4),
    Training(0.1, 3, schedule=Schedule("step", 0.5, 2)),
    Training(0.5, 1, freeze_biases=True),
    Training(0.2, None, schedule=Schedule("cosine", epochs=30, end=0.1)),
    Training(0.2, 11, schedule=Schedule("exponential", 0.97)),
    Training(0.05, 4, OptimizerSpec("momentum", l2=0.01)),
    Training(0.05, 4, OptimizerSpec("adam")),
    Training(0.01, 3, OptimizerSpec("adam", first_decay=0.8, l1=0.001), freeze_biases=True),
    Training(0.01, 4, OptimizerSpec("rmsprop")),
)
"""Eleven examples to train on: with 4 and 3 the last batch of an epoch is smaller, 11 is all of them."""


def recipe(training: Training = SEVERAL[0], spec: NetworkSpec = SPEC, precision: str = "float64") -> Recipe:
    return Recipe(spec, DATA, training, precision=precision)


@pytest.mark.parametrize(
    "training", SEVERAL, ids=lambda one: f"{one.optimizer.name}-{one.schedule.name}-{one.batch_size}"
)
@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_the_next_update_is_the_one_that_is_traced(training: Training, precision: str) -> None:
    run = Run(recipe(training, precision=precision))
    for parameters in islice(replay(run.recipe), 23):
        assert bits(run.parameters()) == bits(parameters)
        trace = run.trace()
        assert trace.learning_rate == run.learning_rate
        assert run.advance(1).costs == pytest.approx([trace.cost], rel=1e-15 if precision == "float64" else 1e-6)
        assert bits(run.parameters()) == bits(wide(trace.memory.parameters(updated=True)))


def test_what_a_run_gives_away_makes_the_same_trace() -> None:
    run = Run(recipe(Training(0.1, 4, OptimizerSpec("adam"))))
    run.advance(17)
    again = trace_update(
        run.spec,
        run.parameters(),
        *run.batch(),
        learning_rate=run.learning_rate,
        optimizer=run.training.optimizer,
        optimizer_state=run.optimizer_state(),
    )
    for quantity in (mine := run.trace().memory):
        assert again.memory[quantity].tobytes() == mine[quantity].tobytes(), quantity


@pytest.mark.parametrize("rule", ["gradient_descent", "adam"])
@pytest.mark.parametrize("way", [1, 2, 5, 300, 999, 1000])
def test_forward_and_back(way: int, rule: str) -> None:
    run = Run(recipe(Training(0.02, 4, OptimizerSpec(rule))))
    run.advance(1000 - way)
    before, costs = bits(run.parameters()), run.costs.tobytes()
    run.advance(way)
    after, all_costs = bits(run.parameters()), run.costs.tobytes()
    run.move(1000 - way)
    assert bits(run.parameters()) == before
    assert run.costs.tobytes() == all_costs
    assert run.reached == 1000
    run.move(1000)
    assert bits(run.parameters()) == after
    assert run.costs.tobytes() == all_costs
    assert all_costs.startswith(costs)


@pytest.mark.parametrize(
    "spec",
    [
        SPEC,
        NetworkSpec(2, (LayerSpec(4, "sigmoid"), LayerSpec(2, "sigmoid"))),
        NetworkSpec(2, (LayerSpec(5, "relu"), LayerSpec(4, "tanh"), LayerSpec(2, "softmax"))),
        NetworkSpec(2, (LayerSpec(4, "tanh"), LayerSpec(1, "sigmoid")), "binary_cross_entropy"),
    ],
    ids=["softmax", "sigmoid", "deep", "binary"],
)
@pytest.mark.parametrize("batch_size", [1, 4, 11, None])
@pytest.mark.parametrize("name", ["gradient_descent", "momentum", "adam"])
def test_a_textbooks_loop_gives_the_same_parameters(spec: NetworkSpec, batch_size: int | None, name: str) -> None:
    rate = 0.01 if name == "adam" else 0.1
    run = Run(recipe(Training(rate, batch_size, OptimizerSpec(name)), spec))
    train = run.prepared.train
    wanted = textbook(run.recipe, run.parameters(), train.inputs, train.targets, 12)
    run.advance(12 * run.updates_per_epoch)
    assert (run.epoch, run.row) == (12, 0)
    for mine, theirs in zip(
        run.parameters().weights + run.parameters().biases, wanted.weights + wanted.biases, strict=True
    ):
        np.testing.assert_allclose(mine, theirs, rtol=1e-12, atol=1e-12)


def test_the_last_batch_counts_its_own_examples_alone() -> None:
    run = Run(recipe(Training(0.3, 4)))
    run.advance(2)
    assert len(run.rows()) == 3
    gradient = run.trace().memory["weight_gradient", 1].copy()
    inputs, targets = run.batch()
    single = [
        trace_update(run.spec, run.parameters(), inputs[row : row + 1], targets[row : row + 1]) for row in range(3)
    ]
    np.testing.assert_allclose(gradient, np.mean([one.memory["weight_gradient", 1] for one in single], axis=0), 1e-13)
    run.advance(1)
    assert (run.epoch, run.row, len(run.rows())) == (1, 0, 4)


@pytest.mark.parametrize("becomes", [1, 3, 6, None])
def test_every_example_is_seen_once_an_epoch_whatever_the_batch_size_becomes(becomes: int | None) -> None:
    run = Run(recipe(Training(0.1, 4)))
    seen = list(run.rows())
    run.advance(1)
    run.change(training=Training(0.1, becomes))
    while run.epoch == 0:
        seen += list(run.rows())
        run.advance(1)
    assert sorted(seen) == list(range(11))
    assert run.row == 0


def test_epochs_are_found_over_changes() -> None:
    run = Run(recipe(Training(0.1, 4)))
    begins = {0: 0}
    for at, size in ((7, 3), (8, 2), (15, None), (18, 1), (40, 5)):
        while run.position < at:
            run.advance(1)
            begins.setdefault(run.epoch, run.position)
        run.change(training=Training(0.1, size))
    run.advance(20)
    assert {epoch: run.first_update(epoch) for epoch in begins} == begins
    assert run.first_update(run.epoch + 1) == run.position + (-(-(11 - run.row) // 5))


def test_a_change_forgets_what_came_after() -> None:
    run = Run(recipe())
    run.advance(40)
    run.change(training=Training(0.01, 5))
    run.advance(20)
    run.move(50)
    run.change(parameters=[Edit("weights:1:0:1", 2.0)])
    assert (run.position, run.reached, len(run.costs)) == (50, 50, 50)
    assert run.parameters().weights[0][0, 1] == 2.0
    run.move(30)
    run.change(cost="quadratic")
    assert [change.at for change in run.changes] == [30]
    assert run.reached == 30
    assert run.spec.cost == "quadratic"
    run.move(0)
    assert run.spec.cost == "cross_entropy"


def test_no_state_is_kept_of_what_was_forgotten() -> None:
    run = Run(recipe())
    run.advance(20)
    run.change(parameters=[Edit("weights:1:0:1", 2.0)])
    run.advance(10)
    run.move(5)
    run.change(parameters=[Edit("weights:1:0:1", -2.0)])
    run.advance(30)
    run.move(22)
    (wanted,) = islice(replay(run.recipe, run.changes), 22, 23)
    assert bits(run.parameters()) == bits(wanted)


def test_another_optimizer_begins_with_nothing_remembered() -> None:
    run = Run(recipe(Training(0.05, 4, OptimizerSpec("adam"))))
    run.advance(30)
    remembered = run.optimizer_state()
    run.change(training=Training(0.02, 4, OptimizerSpec("adam", l2=0.1)))
    assert remembered is not None
    kept = run.optimizer_state()
    assert kept is not None
    assert kept.updates == 30
    for mine, before in zip(kept.layers, remembered.layers, strict=True):
        assert {name: array.tobytes() for name, array in mine.items()} == {
            name: array.tobytes() for name, array in before.items()
        }
    run.change(training=Training(0.02, 4, OptimizerSpec("momentum")))
    fresh = run.optimizer_state()
    assert fresh is not None
    assert not any(array.any() for layer in fresh.layers for array in layer.values())
    run.change(training=Training(0.02, 4))
    assert run.optimizer_state() is None


def test_a_cost_that_does_not_fit_changes_nothing() -> None:
    run = Run(recipe())
    run.advance(20)
    with pytest.raises(SpecificationError, match="needs sigmoid"):
        run.change(cost="binary_cross_entropy")
    assert (run.position, run.reached, run.changes) == (20, 20, ())


@pytest.mark.parametrize(
    ("ref", "value"),
    [
        ("weights:1:9:0", 1.0),
        ("weights:0:0:0", 1.0),
        ("weights:1:0", 1.0),
        ("biases:3:0", 1.0),
        ("weights:-1:0:0", 1.0),
        ("weights:1:0:0", float("nan")),
        ("error:1:0", 1.0),
        ("", 1.0),
    ],
)
def test_an_edit_of_nothing_is_refused_with_its_place(ref: str, value: float) -> None:
    run = Run(recipe())
    run.advance(3)
    with pytest.raises(SpecificationError) as refused:
        run.change(parameters=[Edit("weights:1:0:0", 1.0), Edit(ref, value)])
    assert refused.value.field == ("/parameters/1/ref" if isfinite(value) else "/parameters/1/value")
    assert run.reached == 3
    assert run.changes == ()


def test_going_back_is_a_short_way() -> None:
    run = Run(recipe(Training(0.1, 4)))
    run.advance(20_000)
    walker = run._walker
    ways = [to - run.nearest(to) for to in (19_999, 19_500, 15_000, 7_000, 1)]
    assert ways[0] <= walker.interval
    assert max(ways) <= 20_000 / 16
    sizes = [one.size for one in walker._snapshots._held]
    assert sum(sizes) < 1 << 20


def test_going_back_behind_a_checkpoint_leaves_states_on_the_way() -> None:
    run = Run(recipe(Training(0.1, 4)))
    run.advance(5_000)
    again = Run.at(run.recipe, (), 5_000, 5_000, run.checkpoint())
    assert again.nearest(4_000) == 0
    again.move(4_000)
    assert 4_000 - again.nearest(4_000) < 256
    assert again.nearest(3_990) > 3_500
    run.move(4_000)
    assert bits(again.parameters()) == bits(run.parameters())


def test_the_time_of_an_update_is_about_foreseen() -> None:
    large = NetworkSpec(784, (LayerSpec(128, "relu"), LayerSpec(10, "softmax")), "cross_entropy")
    slow = Run(Recipe(large, DataRecipe("digits_28", count=300), Training(0.1, 128)))
    assert Run(recipe()).predicted_seconds < 50e-6
    assert 250e-6 < slow.predicted_seconds < 20e-3
    remembering = Run(Recipe(large, DataRecipe("digits_28", count=300), Training(0.1, 128, OptimizerSpec("adam"))))
    assert remembering.predicted_seconds > slow.predicted_seconds
