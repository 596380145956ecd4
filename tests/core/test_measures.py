"""Measures of a run: each number beside one that a plain loop over examples and neurons finds."""

import numpy as np
import pytest

from backprop_core import DataRecipe, LayerSpec, NetworkSpec, Recipe, Run, Training, pictures
from tests.core import oracle
from tests.core.learning_oracle import gradients

TWO = NetworkSpec(2, (LayerSpec(4, "tanh"), LayerSpec(3, "relu"), LayerSpec(2, "softmax")), "cross_entropy")


def trained(spec: NetworkSpec, data: DataRecipe, updates: int = 120, precision: str = "float64") -> Run:
    run = Run(Recipe(spec, data, Training(0.1, 8), precision=precision))
    run.advance(updates)
    return run


@pytest.fixture
def spirals() -> Run:
    return trained(TWO, DataRecipe("spirals", count=60))


def outputs(run: Run, x: np.ndarray) -> list[np.ndarray]:
    return [np.array(a) for _, a in oracle.layer_inputs(run.spec, run.parameters(), list(x))]


@pytest.mark.parametrize(
    ("spec", "data"),
    [
        (TWO, DataRecipe("spirals", count=60)),
        (NetworkSpec(4, (LayerSpec(5, "sigmoid"), LayerSpec(3, "softmax")), "cross_entropy"), DataRecipe("iris")),
        (NetworkSpec(2, (LayerSpec(5, "sigmoid"), LayerSpec(1, "sigmoid"))), DataRecipe("moons", count=50)),
        (NetworkSpec(2, (LayerSpec(5, "relu"), LayerSpec(1, "tanh"))), DataRecipe("circles", count=50)),
        (NetworkSpec(1, (LayerSpec(5, "tanh"), LayerSpec(1, "identity"))), DataRecipe("sine", count=40)),
        (NetworkSpec(1, (LayerSpec(5, "tanh"), LayerSpec(1, "identity")), bias=False), DataRecipe("sine", count=400)),
    ],
    ids=["spirals", "iris", "one-output", "tanh-output", "values", "many"],
)
def test_measures_are_those_of_a_loop(spec: NetworkSpec, data: DataRecipe) -> None:
    run = trained(spec, data)
    found = run.measure()
    for part, cost, accuracy in (
        (run.prepared.train, found.train_cost, found.train_accuracy),
        (run.prepared.test, found.test_cost, found.test_accuracy),
    ):
        assert cost == pytest.approx(oracle.mean_cost(spec, run.parameters(), part.inputs, part.targets), rel=1e-12)
        if part.classes is None:
            assert accuracy is None
            continue
        right = 0
        for x, y, one in zip(part.inputs, part.targets, part.classes, strict=True):
            last = outputs(run, x)[-1]
            # The nearest of the possible targets is the answer.
            if len(last) == 1:
                low = -1.0 if spec.activation(spec.depth) == "tanh" else 0.0
                given = int(abs(last[0] - 1.0) < abs(last[0] - low))
            else:
                given = max(range(len(last)), key=lambda j: last[j])
            right += given == one
            assert y.shape == last.shape
        assert accuracy == pytest.approx(right / part.count)


def test_layer_measures_are_those_of_a_loop(spirals: Run) -> None:
    found, train = spirals.measure(), spirals.prepared.train
    p, spec = spirals.parameters(), spirals.spec
    w, b = list(p.weights), list(p.biases)
    by_weights, by_biases = [0.0 * one for one in w], [0.0 * one for one in b]
    activations: list[list[np.ndarray]] = [[], [], []]
    errors: list[list[np.ndarray]] = [[], [], []]
    for x, y in zip(train.inputs, train.targets, strict=True):
        one, other = gradients(spec, w, b, x, y)
        by_weights = [s + g / train.count for s, g in zip(by_weights, one, strict=True)]
        by_biases = [s + g / train.count for s, g in zip(by_biases, other, strict=True)]
        for l, a in enumerate(outputs(spirals, x)[1:]):
            activations[l].append(a)
            errors[l].append(other[l])  # ∂C_x/∂b is δ
    for l in range(3):
        norm = np.sqrt((by_weights[l] ** 2).sum() + (by_biases[l] ** 2).sum())
        assert found.gradient_norm[l] == pytest.approx(norm, rel=1e-10)
        assert found.mean_error[l] == pytest.approx(np.abs(errors[l]).mean(), rel=1e-10)
        assert found.mean_activation[l] == pytest.approx(np.abs(activations[l]).mean(), rel=1e-12)
    flat, silent = np.mean(1 - np.array(activations[0]) ** 2 < 0.05), np.mean(~np.array(activations[1]).any(axis=0))
    assert list(found.saturated) == pytest.approx([flat, 0.0, 0.0])
    assert list(found.dead) == pytest.approx([0.0, silent, 0.0])
    assert (found.train_rows, found.test_rows, found.layer_rows) == (48, 12, 48)


def test_single_neurons_add_up_to_their_layer(spirals: Run) -> None:
    whole = spirals.measure()
    for one in pictures.neurons(spirals):
        l = one.layer - 1
        assert one.mean_activation.mean() == pytest.approx(whole.mean_activation[l])
        assert one.mean_error.mean() == pytest.approx(whole.mean_error[l])
        assert one.saturated.mean() == pytest.approx(whole.saturated[l])
        assert one.dead.mean() == pytest.approx(whole.dead[l])
        assert np.array_equal(one.biases, spirals.parameters().biases[l])
        every = [outputs(spirals, x)[one.layer] for x in spirals.prepared.train.inputs]
        np.testing.assert_allclose(one.mean_activation, np.abs(every).mean(axis=0))


def test_saturated_and_dead_neurons_are_counted() -> None:
    run = trained(TWO, DataRecipe("spirals", count=60), 0)
    p = run.parameters()
    p.weights[0][0] *= 1000.0  # a tanh neuron that is flat nearly everywhere
    p.biases[1][1] = -1000.0  # a ReLU that nothing wakes
    found = Run(Recipe(TWO, run.recipe.data, parameters=p)).measure()
    assert 0.2 < found.saturated[0] < 0.6
    assert found.dead[1] >= 1 / 3


def test_a_large_set_is_measured_in_part_and_says_so() -> None:
    run = trained(TWO, DataRecipe("spirals", count=5000), 5)
    found = run.measure()
    assert (found.train_rows, found.test_rows, found.layer_rows) == (2000, 1000, 256)
    part = run.prepared.train
    assert found.train_cost == pytest.approx(
        oracle.mean_cost(TWO, run.parameters(), part.inputs[:2000], part.targets[:2000]), rel=1e-12
    )


def test_nothing_held_back_leaves_the_test_unmeasured() -> None:
    spec = NetworkSpec(2, (LayerSpec(2, "tanh"), LayerSpec(1, "sigmoid")), "binary_cross_entropy")
    run = trained(spec, DataRecipe("xor", test_share=0.0))
    found = run.measure()
    assert (found.test_cost, found.test_accuracy, found.test_rows) == (None, None, 0)
    assert pictures.confusion(run) is None
    assert pictures.mistakes(run, 5) == []
