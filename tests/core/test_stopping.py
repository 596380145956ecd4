"""When training ends: schedules, stop rules, and the update in which a number stops being finite."""

import itertools
import math
from collections.abc import Callable

import numpy as np
import pytest

from backprop_core import (
    DataRecipe,
    Examples,
    InitializationRecipe,
    LayerSpec,
    NetworkSpec,
    OptimizerSpec,
    Parameters,
    Recipe,
    Run,
    Schedule,
    SpecificationError,
    Stop,
    Training,
    divergence,
)
from tests.core.learning_oracle import bits, replay

SPEC = NetworkSpec(2, (LayerSpec(4, "tanh"), LayerSpec(2, "softmax")), "cross_entropy")
MOONS = DataRecipe("moons", count=100)


def run_with(stop: Stop, data: DataRecipe = MOONS, rate: float = 0.3, size: int | None = 16) -> Run:
    return Run(Recipe(SPEC, data, Training(rate, size, stop=stop)))


@pytest.mark.parametrize(
    ("schedule", "rates"),
    [
        (Schedule(), [0.8] * 6),
        (Schedule("step", factor=0.5, epochs=2), [0.8, 0.8, 0.4, 0.4, 0.2, 0.2]),
        (Schedule("exponential", factor=0.9), [0.8 * 0.9**epoch for epoch in range(6)]),
        (
            Schedule("cosine", epochs=4, end=0.1),
            [0.8 * (0.1 + 0.9 * share) for share in (1.0, (2 + 2**0.5) / 4, 0.5, (2 - 2**0.5) / 4, 0.0, 0.0)],
        ),
    ],
    ids=lambda one: one.name if isinstance(one, Schedule) else "",
)
def test_the_learning_rate_is_a_function_of_the_epoch(schedule: Schedule, rates: list[float]) -> None:
    run = Run(Recipe(SPEC, MOONS, Training(0.8, 16, schedule=schedule)))
    for update in range(6 * run.updates_per_epoch):
        wanted = rates[update // run.updates_per_epoch]
        assert run.learning_rate == pytest.approx(wanted, rel=1e-12)
        before, trace = run.parameters(), run.trace()
        run.advance(1)
        moved = run.parameters().weights[0] - before.weights[0]
        np.testing.assert_allclose(moved, -wanted * trace.memory["weight_gradient", 1], rtol=1e-7, atol=1e-15)


@pytest.mark.parametrize("slices", [[1000], [1] * 1000, [7] * 200, [5, 995], [6, 1, 993]])
def test_epochs_end_it_at_the_same_update_however_it_is_sliced(slices: list[int]) -> None:
    run = run_with(Stop(epochs=7))
    made = []
    for count in slices:
        found = run.advance(count)
        made += list(found.costs)
        if found.stopped:
            assert (found.stopped, found.reason) == ("finished", "7 epochs are done")
            break
    assert (run.position, run.epoch, run.row) == (35, 7, 0)
    assert np.array_equal(made, run.costs)
    again = run.advance(10)
    assert (len(again.costs), again.stopped) == (0, "finished")


@pytest.mark.parametrize("slice_", [1000, 1, 13])
@pytest.mark.parametrize(
    "stop",
    [Stop(cost_below=0.3), Stop(accuracy=0.9), Stop(patience=3), Stop(cost_below=1e-9, epochs=12), Stop(patience=2)],
    ids=["cost", "accuracy", "patience", "epochs-first", "impatient"],
)
def test_rules_that_measure_hold_at_the_first_epoch_they_can(stop: Stop, slice_: int) -> None:
    run = run_with(stop)
    found = run.advance(slice_)
    while not found.stopped and run.position < 5000:
        found = run.advance(slice_)
    assert found.stopped == "finished"
    free = run_with(Stop())
    best, since = math.inf, 0
    for epoch in range(1, 1000):
        free.advance(free.updates_per_epoch)
        measured = free.measure()
        assert measured.test_cost is not None
        assert measured.test_accuracy is not None
        best, since = (measured.test_cost, 0) if measured.test_cost < best else (best, since + 1)
        if (
            (stop.epochs is not None and epoch >= stop.epochs)
            or (stop.cost_below is not None and measured.train_cost < stop.cost_below)
            or (stop.accuracy is not None and measured.test_accuracy >= stop.accuracy)
            or (stop.patience is not None and since >= stop.patience)
        ):
            break
    assert run.position == free.position
    assert bits(run.parameters()) == bits(free.parameters())


def test_patience_is_the_same_after_going_back_and_after_a_restart() -> None:
    run = run_with(Stop(patience=4), rate=2.0)
    end = run.advance(5000)
    assert end.stopped == "finished"
    stopped_at = run.position
    run.move(stopped_at - 17)
    assert run.advance(5000).reason == end.reason
    assert run.position == stopped_at
    run.move(stopped_at - 11)
    again = Run.at(run.recipe, (), run.position, stopped_at, run.checkpoint())
    again.advance(5000)
    assert again.position == stopped_at


def test_patience_begins_anew_with_other_training() -> None:
    run = run_with(Stop(patience=4), rate=2.0)
    run.advance(5000)
    stopped_at = run.position
    run.move(stopped_at - 2 * run.updates_per_epoch)
    run.change(training=Training(0.0, 16, stop=Stop(patience=4)))
    run.advance(5000)
    # With η = 0 the first epoch sets the cost that none after it betters.
    assert run.position == stopped_at + 3 * run.updates_per_epoch


def test_without_a_test_set_no_rule_about_it_holds() -> None:
    run = run_with(Stop(accuracy=0.5, patience=1, epochs=3), DataRecipe("xor", test_share=0.0), size=None)
    assert run.advance(100).reason == "3 epochs are done"


def test_a_finished_run_can_be_taken_further() -> None:
    run = run_with(Stop(epochs=1))
    run.advance(100)
    run.move(run.position + 3)
    assert run.position == 8
    assert run.advance(1).stopped is None
    run.move(10)
    run.change(training=Training(0.3, 16, stop=Stop(epochs=4)))
    assert run.advance(100).reason == "4 epochs are done"
    assert run.epoch == 4


VALUES = NetworkSpec(2, (LayerSpec(5, "relu"), LayerSpec(1, "identity")))


@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize("rule", ["gradient_descent", "momentum", "nesterov"])
@pytest.mark.parametrize("slice_", [1, 4, 2000])
def test_a_number_that_stops_being_finite_is_found_in_its_update(slice_: int, rule: str, precision: str) -> None:
    training = Training(8.0, 16, OptimizerSpec(rule))
    run = Run(Recipe(VALUES, DataRecipe("plane", count=60), training, precision=precision))
    found, costs = run.advance(slice_), []
    costs += list(found.costs)
    while not found.stopped:
        found = run.advance(slice_)
        costs += list(found.costs)
    assert found.stopped == "diverged"
    diverged = run.diverged
    assert diverged is not None
    assert run.position == run.reached == diverged.update == len(costs)
    assert not math.isfinite(diverged.value)
    assert np.isfinite(run.costs).all()
    assert np.array_equal(costs, run.costs)
    assert all(np.isfinite(one).all() for one in (*run.parameters().weights, *run.parameters().biases))
    where = divergence(run.trace())
    assert where is not None
    assert (where.layer, where.quantity) == (diverged.layer, diverged.quantity)
    for update, _ in zip(range(diverged.update), replay(run.recipe), strict=False):
        run.move(update)
        assert run.trace().not_finite is None, update
    assert run.move(diverged.update + 10).stopped == "diverged"
    assert run.position == diverged.update


def test_a_divergence_is_forgotten_with_a_smaller_rate() -> None:
    run = Run(Recipe(VALUES, DataRecipe("plane", count=60), Training(8.0, 16)))
    run.advance(1000)
    found = run.diverged
    assert found is not None
    # Near its end every number is so large that each update is looked at closely, and none is not finite.
    for back in (1, 2, 1):
        run.move(found.update - back)
        assert run.move(found.update).stopped is None
        assert run.diverged == found
    assert run.advance(1).stopped == "diverged"
    run.move(1)
    assert run.diverged == found
    run.change(training=Training(0.01, 16))
    again = run.advance(500)
    assert [run.diverged, again.stopped] == [None, None]
    assert run.costs[-1] < 1e-1


def test_a_number_that_overflows_before_the_parameters_do_is_found() -> None:
    """z of a sigmoid overflows, its activation is 1 and its error 0: parameters and cost never show it."""
    spec = NetworkSpec(1, (LayerSpec(1, "sigmoid"), LayerSpec(1, "identity")))
    first = Parameters((np.array([[1e308]]), np.array([[0.5]])), (np.zeros(1), np.zeros(1)))
    inputs = np.array([[1.0], [2.0], [3.0]])
    own = DataRecipe(examples=Examples(inputs, ("x",), values=inputs), test_share=0.0, scaling="none")
    run = Run(Recipe(spec, own, Training(0.01, None), parameters=first))
    assert run.advance(10).stopped == "diverged"
    assert run.diverged is not None
    assert (run.diverged.update, run.diverged.quantity, run.diverged.layer) == (0, "weighted_input", 1)
    assert run.diverged.value == math.inf


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Training(-0.1), "/learning_rate"),
        (lambda: Training(math.nan), "/learning_rate"),
        (lambda: Training(0.1, 0), "/batch_size"),
        (lambda: Schedule("linear"), "/name"),
        (lambda: Schedule("step", factor=1.5), "/factor"),
        (lambda: Schedule("cosine", epochs=0), "/epochs"),
        (lambda: Schedule("cosine", end=-1.0), "/end"),
        (lambda: Stop(epochs=0), "/epochs"),
        (lambda: Stop(accuracy=1.01), "/accuracy"),
        (lambda: Stop(patience=0), "/patience"),
        (lambda: Stop(cost_below=math.inf), "/cost_below"),
        (lambda: DataRecipe("mnist"), "/name"),
        (DataRecipe, "/name"),
        (lambda: DataRecipe("iris", count=151), "/count"),
        (lambda: DataRecipe("iris", count=1), "/count"),
        (lambda: DataRecipe("moons", noise=-1.0), "/noise"),
        (lambda: DataRecipe("moons", classes=3), "/classes"),
        (lambda: DataRecipe("spirals", classes=11), "/classes"),
        (lambda: DataRecipe("spirals", test_share=1.0), "/test_share"),
        (lambda: DataRecipe("spirals", seed=-1), "/seed"),
        (lambda: DataRecipe("spirals", scaling="log"), "/scaling"),
        (lambda: InitializationRecipe("ones"), "/scheme"),
        (lambda: InitializationRecipe(seed=-1), "/seed"),
        (lambda: Recipe(SPEC, MOONS, precision="float16"), "/precision"),
        (lambda: Run(Recipe(SPEC, DataRecipe("iris"))), "/network/inputs"),
        (lambda: Run(Recipe(SPEC, DataRecipe("blobs"))), "/network/layers"),
        (lambda: Run(Recipe(SPEC, MOONS, parameters=Parameters((np.zeros((4, 2)),)))), "/parameters/weights"),
    ],
    ids=itertools.count(),
)
def test_what_does_not_fit_is_refused_with_its_place(make: Callable[[], object], field: str) -> None:
    with pytest.raises(SpecificationError) as refused:
        make()
    assert refused.value.field == field
    assert str(refused.value)
