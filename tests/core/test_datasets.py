"""Data sets: what each promises it is, judged by rules written down here, and what preparing makes of them."""

import numpy as np
import pytest

from backprop_core import DATASETS, Examples, LayerSpec, NetworkSpec, SpecificationError, answers, encode, prepare

EVERY = pytest.mark.parametrize("name", DATASETS)


def loaded(name: str, seed: int = 1, count: int | None = None, noise: float | None = None) -> Examples:
    entry = DATASETS[name]
    return entry.load(
        np.random.default_rng(seed),
        entry.count if count is None else count,
        entry.noise if noise is None else noise,
        entry.classes,
    )


def network(
    entry_name: str, *, activation: str = "softmax", cost: str = "cross_entropy", outputs: int = 0
) -> NetworkSpec:
    entry = DATASETS[entry_name]
    return NetworkSpec(entry.inputs, (LayerSpec(outputs or max(entry.classes, 1), activation),), cost=cost)


@EVERY
def test_it_has_what_it_says(name: str) -> None:
    entry, examples = DATASETS[name], loaded(name)
    assert examples.inputs.shape == (entry.count, entry.inputs)
    assert len(examples.input_names) == entry.inputs
    assert np.isfinite(examples.inputs).all()
    assert entry.words
    assert entry.source
    assert entry.licence
    if entry.is_regression:
        assert examples.classes is None
        assert examples.values is not None
        assert examples.values.shape == (entry.count, 1)
        return
    assert examples.classes is not None
    assert set(examples.classes) == set(range(entry.classes))
    assert len(examples.class_names) == entry.classes


@EVERY
def test_one_seed_gives_the_same_examples_and_another_gives_others(name: str) -> None:
    first, again, other = loaded(name, 1), loaded(name, 1), loaded(name, 2)
    np.testing.assert_array_equal(first.inputs, again.inputs)
    if name not in ("xor", "and", "or", "parity"):  # their corners are what they are
        assert not np.array_equal(first.inputs, other.inputs)


def test_published_sets_are_the_published_ones() -> None:
    """Counts of each class and well-known sums, from the descriptions of the sets."""
    for name, counts in {"iris": [50, 50, 50], "wine": [59, 71, 48], "breast_cancer": [212, 357]}.items():
        assert np.bincount(loaded(name, noise=0.0).classes).tolist() == counts, name  # type: ignore[arg-type]
    digits = loaded("digits", noise=0.0)
    assert digits.classes is not None
    assert np.bincount(digits.classes).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert digits.inputs.min() == 0
    assert digits.inputs.max() == 16
    assert loaded("iris", noise=0.0).inputs.mean(axis=0) == pytest.approx([5.8433, 3.0573, 3.758, 1.1993], abs=1e-4)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("xor", lambda x: int(x[0] != x[1])),
        ("and", lambda x: int(x[0] == 1 and x[1] == 1)),
        ("or", lambda x: int(x[0] == 1 or x[1] == 1)),
        ("parity", lambda x: int(sum(x)) % 2),
        ("circles", lambda x: int(np.hypot(*x) > 0.6)),
    ],
)
def test_the_rule_of_a_generated_set(name: str, rule: object) -> None:
    examples = loaded(name, noise=0.0)
    assert callable(rule)
    assert examples.classes is not None
    assert [rule(x) for x in examples.inputs] == examples.classes.tolist()


def test_the_enlarged_digits_are_the_digits_with_pixels_between() -> None:
    """Judged by NumPy's own linear interpolation, first along the columns and then along the rows."""
    small, large = loaded("digits", noise=0.0), loaded("digits_28", noise=0.0)
    assert small.classes is not None
    assert large.classes is not None
    np.testing.assert_array_equal(small.classes, large.classes)
    old, new = np.arange(8) + 0.5, (np.arange(28) + 0.5) * 8 / 28
    for picture, enlarged in zip(
        small.inputs[:50].reshape(-1, 8, 8), large.inputs[:50].reshape(-1, 28, 28), strict=True
    ):
        wide = np.array([np.interp(new, old, row) for row in picture])
        expected = np.array([np.interp(new, old, column) for column in wide.T]).T
        np.testing.assert_allclose(enlarged, expected, atol=1e-12)
    assert large.inputs.min() == 0
    assert large.inputs.max() <= 16
    assert (DATASETS["digits_28"].picture, DATASETS["digits_28"].inputs) == ((28, 28), 784)


def test_values_to_learn_follow_their_formula() -> None:
    sine, plane = loaded("sine", noise=0.0), loaded("plane", noise=0.0)
    np.testing.assert_allclose(sine.values, np.sin(3 * sine.inputs), rtol=1e-15)  # type: ignore[arg-type]
    np.testing.assert_allclose(plane.values[:, 0], (plane.inputs[:, 0] + plane.inputs[:, 1]) / 2)  # type: ignore[index]


def test_more_arms_of_the_spiral() -> None:
    entry = DATASETS["spirals"]
    examples = entry.load(np.random.default_rng(1), 500, 0.0, 5)
    assert examples.classes is not None
    assert np.bincount(examples.classes).tolist() == [100] * 5


def test_the_split_loses_nothing_and_shares_nothing() -> None:
    examples = loaded("iris")
    done = prepare(examples, network("iris"), np.random.default_rng(3), test_share=0.3, scaling="none")
    assert (done.train.count, done.test.count) == (105, 45)
    rows = sorted(map(tuple, np.vstack([done.train.inputs, done.test.inputs])))
    assert rows == sorted(map(tuple, examples.inputs))


def test_scaling_is_learned_from_the_training_examples_alone() -> None:
    done = prepare(loaded("wine"), network("wine"), np.random.default_rng(3), scaling="standard")
    np.testing.assert_allclose(done.train.inputs.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(done.train.inputs.std(axis=0), 1.0, rtol=1e-12)
    assert abs(done.test.inputs.mean(axis=0)).max() > 1e-3
    unit = prepare(loaded("wine"), network("wine"), np.random.default_rng(3), scaling="unit")
    assert (unit.train.inputs.min(), unit.train.inputs.max()) == (0.0, 1.0)


def test_a_pixel_that_never_changes_does_no_harm() -> None:
    done = prepare(loaded("digits"), network("digits"), np.random.default_rng(0))
    assert np.isfinite(done.train.inputs).all()
    assert np.isfinite(done.test.inputs).all()


@pytest.mark.parametrize(
    ("activation", "cost", "outputs", "expected"),
    [
        ("sigmoid", "binary_cross_entropy", 1, {0: [0.0], 1: [1.0]}),
        ("tanh", "quadratic", 1, {0: [-1.0], 1: [1.0]}),
        ("softmax", "cross_entropy", 2, {0: [1.0, 0.0], 1: [0.0, 1.0]}),
        ("tanh", "quadratic", 2, {0: [1.0, -1.0], 1: [-1.0, 1.0]}),
    ],
)
def test_targets_are_what_the_cost_needs(
    activation: str, cost: str, outputs: int, expected: dict[int, list[float]]
) -> None:
    examples = loaded("moons")
    targets, words = encode(examples, network("moons", activation=activation, cost=cost, outputs=outputs))
    assert examples.classes is not None
    for row, number in zip(targets.tolist(), examples.classes.tolist(), strict=True):
        assert row == expected[number]
    assert words


def test_what_an_output_speaks_for() -> None:
    done = prepare(loaded("moons"), network("moons"), np.random.default_rng(0))
    np.testing.assert_array_equal(answers(done.train.targets, done.train), done.train.classes)
    one = network("moons", activation="tanh", cost="quadratic", outputs=1)
    done = prepare(loaded("moons"), one, np.random.default_rng(0))
    np.testing.assert_array_equal(answers(done.train.targets, done.train), done.train.classes)


@pytest.mark.parametrize(
    ("name", "spec", "field"),
    [
        ("iris", NetworkSpec(3, (LayerSpec(3, "softmax"),), cost="cross_entropy"), "/network/inputs"),
        ("iris", NetworkSpec(4, (LayerSpec(2, "softmax"),), cost="cross_entropy"), "/network/layers"),
        ("iris", NetworkSpec(4, (LayerSpec(1),)), "/network/layers"),
        ("sine", NetworkSpec(1, (LayerSpec(2, "identity"),)), "/network/layers"),
        ("sine", NetworkSpec(1, (LayerSpec(1),), cost="binary_cross_entropy"), "/network/cost"),
        ("sine", NetworkSpec(1, (LayerSpec(1, "identity"),), cost="output"), "/network/cost"),
    ],
)
def test_what_does_not_fit_is_refused_where_it_does_not(name: str, spec: NetworkSpec, field: str) -> None:
    with pytest.raises(SpecificationError) as refused:
        prepare(loaded(name), spec, np.random.default_rng(0))
    assert refused.value.field == field
