"""Pictures of a run: each level and count beside one that a plain loop over places, examples and neurons finds."""

import numpy as np
import pytest

from backprop_core import (
    DATASETS,
    DataRecipe,
    LayerSpec,
    NetworkSpec,
    Recipe,
    Run,
    Training,
    forward,
    pictures,
)
from tests.core import oracle

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


def test_looking_changes_nothing(spirals: Run) -> None:
    before, costs = spirals.parameters(), spirals.costs.copy()
    spirals.measure()
    for look in (pictures.boundary, pictures.maps, pictures.histograms, pictures.mistakes, pictures.strongest_edges):
        look(spirals, 9)
    pictures.boundary(spirals, 9, after=True)
    after = spirals.parameters()
    for one, other in zip(before.weights + before.biases, after.weights + after.biases, strict=True):
        assert np.array_equal(one, other)
    assert np.array_equal(costs, spirals.costs)
    again = trained(TWO, DataRecipe("spirals", count=60), 150)
    spirals.advance(30)
    assert np.array_equal(again.costs, spirals.costs)


def plane(run: Run, size: int) -> np.ndarray:
    every = np.concatenate([run.prepared.train.inputs, run.prepared.test.inputs])
    low, high = every.min(axis=0), every.max(axis=0)
    low, high = low - 0.1 * (high - low), high + 0.1 * (high - low)
    places = []
    for i in range(size):
        for j in range(size):
            across = low[0] + (high[0] - low[0]) * j / (size - 1)
            up = high[1] - (high[1] - low[1]) * i / (size - 1)
            places.append((across, up))
    return np.array(places)


def test_the_boundary_is_what_the_network_answers(spirals: Run) -> None:
    found = pictures.boundary(spirals, 13)
    assert found is not None
    places = plane(spirals, 13)
    np.testing.assert_allclose(found.low, [places[:, 0].min(), places[:, 1].min()])
    np.testing.assert_allclose(found.high, [places[:, 0].max(), places[:, 1].max()])
    a = forward(spirals.spec, spirals.parameters(), places)[-1]
    wanted = 100.0 * (a[:, 1] - a[:, 0])
    assert np.abs(found.values - wanted).max() <= 0.5 + 1e-9
    assert found.classes is None
    assert len({*np.sign(found.values)} - {0}) == 2


def test_the_boundary_after_the_next_update(spirals: Run) -> None:
    after = pictures.boundary(spirals, 13, after=True)
    spirals.advance(1)
    now = pictures.boundary(spirals, 13)
    assert after is not None
    assert now is not None
    assert np.array_equal(after.values, now.values)


def test_the_boundary_of_more_classes() -> None:
    spec = NetworkSpec(2, (LayerSpec(6, "tanh"), LayerSpec(4, "softmax")), "cross_entropy")
    run = trained(spec, DataRecipe("blobs", count=80, classes=4))
    found = pictures.boundary(run, 9)
    assert found is not None
    assert found.classes is not None
    for place, level, given in zip(plane(run, 9), found.values, found.classes, strict=True):
        a = outputs(run, place)[-1]
        ordered = sorted(a)
        assert given == list(a).index(ordered[-1])
        assert abs(level - 100.0 * (ordered[-1] - ordered[-2])) <= 0.5 + 1e-9


@pytest.mark.parametrize("output", ["sigmoid", "tanh"])
def test_the_boundary_of_one_output(output: str) -> None:
    spec = NetworkSpec(2, (LayerSpec(4, "tanh"), LayerSpec(1, output)))
    run = trained(spec, DataRecipe("moons", count=60))
    found = pictures.boundary(run, 7)
    assert found is not None
    a = forward(spec, run.parameters(), plane(run, 7))[-1][:, 0]
    wanted = 100.0 * (a if output == "tanh" else 2.0 * a - 1.0)
    assert np.abs(found.values - wanted).max() <= 0.5 + 1e-9


def test_a_network_of_other_than_two_inputs_has_no_plane() -> None:
    run = trained(NetworkSpec(4, (LayerSpec(3, "softmax"),), "cross_entropy"), DataRecipe("iris"))
    assert pictures.boundary(run, 5) is None
    assert pictures.maps(run, 5) == []
    assert pictures.curve(run, 5) is None


def test_maps_show_every_neuron(spirals: Run) -> None:
    found = {(one.layer, one.neuron): one.values for one in pictures.maps(spirals, 8)}
    assert list(found) == [(l, j) for l, n in enumerate(TWO.sizes) for j in range(n)]
    layers = forward(TWO, spirals.parameters(), plane(spirals, 8))
    for (l, j), values in found.items():
        a = layers[l][:, j]
        largest = np.abs(a).max() or 1.0
        wanted = {0: a / largest, 1: a, 2: a / largest, 3: 2.0 * a - 1.0}[l]
        assert np.abs(values - 100.0 * wanted).max() <= 0.5 + 1e-9


def test_the_fitted_curve() -> None:
    run = trained(NetworkSpec(1, (LayerSpec(5, "tanh"), LayerSpec(1, "identity"))), DataRecipe("sine"))
    found = pictures.curve(run, 21)
    assert found is not None
    x, y = found
    every = np.concatenate([run.prepared.train.inputs, run.prepared.test.inputs])
    assert x[0] == pytest.approx(every.min() - 0.1 * np.ptp(every))
    assert x[-1] == pytest.approx(every.max() + 0.1 * np.ptp(every))
    np.testing.assert_allclose(y, forward(run.spec, run.parameters(), x[:, None])[-1], rtol=1e-12)
    after = pictures.curve(run, 21, after=True)
    run.advance(1)
    now = pictures.curve(run, 21)
    assert after is not None
    assert now is not None
    np.testing.assert_allclose(after[1], now[1])
    assert not np.allclose(now[1], y, rtol=1e-9)


@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize(
    ("spec", "data"),
    [
        (NetworkSpec(2, (LayerSpec(5, "relu"), LayerSpec(4, "relu"), LayerSpec(1, "identity"))), "plane"),
        (NetworkSpec(2, (LayerSpec(5, "relu"), LayerSpec(3, "identity"))), "blobs"),
        (NetworkSpec(1, (LayerSpec(5, "relu"), LayerSpec(1, "identity"))), "sine"),
    ],
    ids=["plane", "blobs", "sine"],
)
def test_a_run_that_diverged_can_be_looked_at(spec: NetworkSpec, data: str, precision: str) -> None:
    for rate in (8.0, 20.0, 50.0):
        run = Run(Recipe(spec, DataRecipe(data, count=60), Training(rate, 16), precision=precision))
        assert run.advance(2000).stopped == "diverged"
        measured = run.measure()
        assert len(measured.gradient_norm) == spec.depth
        for after in (False, True):
            shown = pictures.boundary(run, 9, after=after)
            assert shown is None or np.abs(shown.values).max() <= 100
        assert all(np.abs(one.values).max() <= 100 for one in pictures.maps(run, 5))
        assert all(
            one.counts.sum() == run.prepared.train.count * spec.sizes[one.layer] for one in pictures.histograms(run, 5)
        )
        pictures.curve(run, 5)
        pictures.neurons(run)
        pictures.mistakes(run, 5)
        assert np.abs(pictures.tile(run, 0)).max() <= 100
        again = Run(run.recipe)
        again.restore_checkpoint(run.checkpoint())
        assert again.advance(1).stopped == "diverged"


def test_histograms_count_every_activation(spirals: Run) -> None:
    layers = forward(TWO, spirals.parameters(), spirals.prepared.train.inputs)
    found = pictures.histograms(spirals, 10)
    assert [(one.layer, one.low, one.high) for one in found if one.layer != 2] == [(1, -1.0, 1.0), (3, 0.0, 1.0)]
    for one in found:
        a = layers[one.layer].reshape(-1)
        counts = [0] * 10
        for value in a:
            counts[min(9, int((value - one.low) / (one.high - one.low) * 10))] += 1
        assert one.counts.sum() == a.size
        # A value on the edge between two parts may be rounded into either.
        assert np.abs(np.cumsum(one.counts) - np.cumsum(counts)).max() <= 1


def test_confusion_and_mistakes_agree_with_the_test_set() -> None:
    entry = DATASETS["digits"]
    spec = NetworkSpec(64, (LayerSpec(10, "softmax"),), "cross_entropy")
    run = trained(spec, DataRecipe("digits", count=400), 60)
    test, wrong = run.prepared.test, []
    assert test.classes is not None
    counts = np.zeros((10, 10), int)
    for row, x in enumerate(test.inputs):
        given = int(np.argmax(outputs(run, x)[-1]))
        counts[test.classes[row], given] += 1
        if given != test.classes[row]:
            wrong.append((row, test.classes[row], given))
    assert wrong
    found = pictures.confusion(run)
    assert found is not None
    assert np.array_equal(found.counts, counts)
    assert found.classes == tuple(str(digit) for digit in range(10))
    assert list(pictures.wrong(run)[1]) == [row for row, _, _ in wrong]
    train = run.prepared.train
    taken = np.array([np.argmax(outputs(run, x)[-1]) for x in train.inputs])
    assert list(pictures.wrong(run)[0]) == list(np.flatnonzero(taken != train.classes))
    shown = pictures.mistakes(run, 3)
    assert [(one.row, one.of, one.answer) for one in shown] == wrong[:3]
    for one in shown:
        back = (one.inputs - run.prepared.shift) / run.prepared.scale
        np.testing.assert_array_equal(back, test.inputs[one.row])
        assert one.inputs.shape == (entry.inputs,)


def test_the_strongest_edges_are_the_largest_weights() -> None:
    spec = NetworkSpec(64, (LayerSpec(20, "tanh"), LayerSpec(10, "softmax")), "cross_entropy")
    run = trained(spec, DataRecipe("digits", count=100), 20)
    first, last = pictures.strongest_edges(run, 30)
    w = run.parameters().weights
    assert (len(first.weights), len(last.weights)) == (30, 200)
    for edges, of in ((first, w[0]), (last, w[1])):
        for j, k, value in zip(edges.rows, edges.columns, edges.weights, strict=True):
            assert of[j, k] == value
    levels = pictures.tile(run, 3)
    assert np.abs(levels / 100.0 - w[0][3] / np.abs(w[0][3]).max()).max() <= 0.005 + 1e-9
    assert np.abs(first.weights).min() >= np.sort(np.abs(w[0]).reshape(-1))[-30]
