"""Presets: each runs as its recipe says, and what its words claim is what its numbers do."""

import math
from functools import cache

import numpy as np
import pytest

from backprop_core import PRESETS, Measures, Run, Stop, Training, pictures


def run_of(name: str) -> Run:
    return Run(PRESETS[name].recipe)


@cache
def told(name: str) -> tuple[Run, list[Measures]]:
    """The run at its end, and what was measured at the end of every epoch."""
    run = run_of(name)
    measures = [run.measure()]
    while run.advance(run.first_update(run.epoch + 1) - run.position).stopped is None:
        measures.append(run.measure())
    return run, [*measures, run.measure()]


def accuracies(name: str) -> list[float]:
    return [one.test_accuracy or 0.0 for one in told(name)[1]]


def test_every_preset_ends_after_its_epochs() -> None:
    for name, one in PRESETS.items():
        assert one.name == name
        assert one.group in ("tasks", "lessons")
        assert one.title
        assert one.words.endswith(".")
        assert one.recipe.training.stop.epochs is not None


def test_twins_differ_in_little() -> None:
    for one in PRESETS.values():
        if one.twin is not None and PRESETS[one.twin].twin == one.name:
            mine, other = one.recipe, PRESETS[one.twin].recipe
            assert mine.data.seed == other.data.seed
            assert mine.network.sizes == other.network.sizes
            assert mine.training.learning_rate == other.training.learning_rate
            assert mine.training.stop == other.training.stop
    assert PRESETS["underfitting"].twin == "two_spirals"


def test_two_spirals_are_told_apart_after_a_while_of_nearly_nothing() -> None:
    run, measures = told("two_spirals")
    assert run.spec.sizes == (2, 8, 8, 2)
    assert (run.training.optimizer.name, run.training.learning_rate, run.training.batch_size) == ("adam", 0.01, 10)
    assert (run.epoch, run.position) == (62, 1488)
    assert accuracies("two_spirals")[3] < 0.75
    assert accuracies("two_spirals")[-1] >= 0.97
    assert measures[-1].train_cost < 0.05


def test_xor_is_learned_and_from_seed_1_it_is_not() -> None:
    _, measures = told("xor")
    assert measures[-1].train_accuracy == 1.0
    assert measures[-1].train_cost < 0.1
    recipe = PRESETS["xor"].recipe
    stuck = Run(type(recipe)(recipe.network, recipe.data, recipe.training))
    stuck.advance(10_000)
    assert stuck.measure().train_cost == pytest.approx(math.log(2), abs=2e-3)
    assert stuck.measure().train_accuracy == 0.5


@pytest.mark.parametrize(("name", "asked"), [("circles", 0.9), ("iris", 0.93), ("digits", 0.95)])
def test_a_task_is_learned(name: str, asked: float) -> None:
    assert accuracies(name)[-1] >= asked


def test_one_iris_is_learned_first() -> None:
    run = run_of("iris")
    run.move(run.first_update(5))
    found = pictures.confusion(run)
    assert found is not None
    assert found.counts[0, 0] == found.counts[0].sum()
    assert found.counts[1:, 0].sum() == 0


def test_the_sine_is_followed() -> None:
    _, measures = told("sine")
    assert measures[0].test_cost is not None
    assert measures[-1].test_cost is not None
    assert measures[-1].test_cost < 0.02 * measures[0].test_cost


def test_digits_are_read_after_five_epochs() -> None:
    run = run_of("digits")
    run.move(run.first_update(5))
    accuracy = run.measure().test_accuracy
    assert accuracy is not None
    assert accuracy >= 0.95


def test_large_digits_are_read_too() -> None:
    run = run_of("digits_28")
    parameters = run.parameters()
    assert sum(array.size for array in (*parameters.weights, *parameters.biases)) == 23_860
    assert accuracies("digits_28")[-1] >= 0.94


def answer(name: str, update: int) -> float:
    run = run_of(name)
    run.move(update)
    return float(run.trace().memory["activation", 1][0, 0])


def test_a_saturated_neuron_starts_slowly_with_the_quadratic_cost_only() -> None:
    for name in ("slow_quadratic", "slow_cross_entropy"):
        assert answer(name, 0) == pytest.approx(1 / (1 + math.exp(-4)))
    assert answer("slow_quadratic", 100) > 0.95
    assert answer("slow_cross_entropy", 100) < 0.1
    assert answer("slow_quadratic", 300) < 0.25
    quadratic = told("slow_quadratic")[0].costs
    assert quadratic[100] > 0.9 * quadratic[0]
    steps = -np.diff(quadratic)
    assert steps[:100].max() < 0.1 * steps.max()
    cross_entropy = told("slow_cross_entropy")[0].costs
    assert cross_entropy[100] < 0.05 * cross_entropy[0]
    assert np.argmax(-np.diff(cross_entropy)) < 10


def test_the_gradient_vanishes_in_deep_sigmoids_and_not_in_relus() -> None:
    _, sigmoid = told("vanishing_sigmoid")
    _, relu = told("vanishing_relu")
    assert sigmoid[0].gradient_norm[0] < sigmoid[0].gradient_norm[-1] / 1000
    for one in sigmoid:
        assert one.gradient_norm[0] < one.gradient_norm[-1] / 100
    for one in relu[:20]:
        assert one.gradient_norm[0] > one.gradient_norm[-1] / 10
    assert max(accuracies("vanishing_sigmoid")) < 0.65
    assert sigmoid[-1].train_cost > 0.68
    assert accuracies("vanishing_relu")[-1] >= 0.98


def test_neurons_die_and_stay_dead() -> None:
    run, measures = told("dead_relu")
    assert measures[0].dead[0] < 0.2
    dead = [one.dead[0] for one in measures[5:]]
    assert min(dead) > 0.5
    assert accuracies("dead_relu")[-1] < 0.85
    weights = run.trace().memory["weight_gradient", 1]
    assert (~weights.any(axis=1)).mean() > 0.5
    gentle = run_of("dead_relu")
    gentle.change(training=Training(0.1, 4, stop=Stop(epochs=20)))
    gentle.advance(10_000)
    assert gentle.measure().dead[0] < 0.2
    accuracy = gentle.measure().test_accuracy
    assert accuracy is not None
    assert accuracy >= 0.95


def test_too_large_a_rate_diverges_at_an_equation() -> None:
    run = run_of("too_fast")
    assert run.advance(100_000).stopped == "diverged"
    assert run.diverged is not None
    assert 50 < run.position < 1000
    costs = run.costs
    assert costs[run.position // 2] > 1e3 * costs[0]
    assert run.trace().not_finite is not None
    run.move(0)
    run.change(training=Training(0.05, 10, stop=Stop(epochs=100)))
    assert run.advance(100_000).stopped == "finished"
    assert run.costs[-1] < costs[0]


def test_neurons_that_begin_alike_stay_alike() -> None:
    run = run_of("same_start")
    for update in (960, 500, 100, 10, 1):
        run.move(update)
        w1, w2 = run.parameters().weights
        np.testing.assert_allclose(w1, np.broadcast_to(w1[0], w1.shape), rtol=1e-9)
        np.testing.assert_allclose(w2, np.broadcast_to(w2[:, :1], w2.shape), rtol=1e-9)
    assert np.abs(told("same_start")[0].parameters().weights[0]).max() > 0.1
    assert max(accuracies("same_start")) < 0.8
    different, measures = told("different_start")
    w1 = different.parameters().weights[0]
    gaps = np.linalg.norm(w1[:, None] - w1[None], axis=-1) + 10.0 * np.eye(4)
    assert gaps.min() > 0.5
    assert accuracies("different_start")[-1] >= 0.93
    assert measures[-1].train_cost < 0.1


def test_two_neurons_are_too_few_for_two_spirals() -> None:
    _, measures = told("underfitting")
    assert measures[-1].train_cost > 0.4
    assert measures[-1].test_cost is not None
    assert measures[-1].test_cost > 0.4
    assert (measures[-1].train_accuracy or 1.0) < 0.75
    run = run_of("underfitting")
    run.move(run.first_update(300))
    assert run.measure().train_cost > 0.4


def test_noise_is_learned_by_heart_and_weight_decay_prevents_it() -> None:
    run, measures = told("overfitting")
    assert run.prepared.train.count == 30
    assert sum(w.size for w in run.parameters().weights) == 1020
    test = [one.test_cost or 0.0 for one in measures]
    assert measures[-1].train_accuracy == 1.0
    assert min(test) < test[0]
    assert test[-1] > 3.0 * min(test)
    _, decayed = told("weight_decay")
    assert (decayed[-1].test_cost or 9.0) < 1.1 * min(one.test_cost or 9.0 for one in decayed)
    assert (decayed[-1].test_cost or 9.0) < 0.4 * test[-1]


def test_momentum_gets_further_in_the_same_epochs() -> None:
    _, plain = told("plain_descent")
    _, carried = told("momentum")
    assert plain[10].train_cost < 0.3 * plain[0].train_cost
    assert plain[-1].train_cost > 0.5 * plain[10].train_cost
    assert carried[-1].train_cost < 0.25 * plain[-1].train_cost
