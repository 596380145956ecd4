"""Preparing: examples split into train and test, scaled, and their answers encoded as the cost of a network needs.

Scaling is learned from the training examples alone, so that nothing of the test set leaks.
"""

from dataclasses import dataclass

import numpy as np

from backprop_core.activations import Array
from backprop_core.datasets.table import Examples
from backprop_core.network import NetworkSpec, SpecificationError

SCALINGS = ("none", "standard", "unit")
"""none; standard: mean 0 and standard deviation 1; unit: from 0 to 1, by the training examples."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the examples: inputs (m, n_0), targets (m, n_L), and classes (m,) where there are classes."""

    inputs: Array
    targets: Array
    classes: Array | None

    @property
    def count(self) -> int:
        """m."""
        return len(self.inputs)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a network trains on and is tested by; input = (raw − ``shift``) / ``scale``, with the raw inputs kept."""

    train: Part
    test: Part
    raw_train: Array
    raw_test: Array
    shift: Array
    scale: Array
    encoding: str
    input_names: tuple[str, ...]
    class_names: tuple[str, ...]

    @property
    def is_regression(self) -> bool:
        """True where values are learned rather than classes."""
        return self.train.classes is None


def prepare(
    examples: Examples,
    spec: NetworkSpec,
    rng: np.random.Generator,
    *,
    test_share: float = 0.2,
    scaling: str = "standard",
) -> Prepared:
    """Split ``examples`` by chance, scale the inputs, encode the answers for the output and cost of ``spec``.

    Raises ``SpecificationError`` where the network's inputs or outputs do not fit the data.
    """
    if examples.inputs.shape[1] != spec.inputs:
        raise SpecificationError("/network/inputs", f"the data has {examples.inputs.shape[1]} inputs")
    targets, words = encode(examples, spec)
    order = rng.permutation(examples.count)
    held_back = min(round(examples.count * test_share), examples.count - 1)
    test, train = order[:held_back], order[held_back:]
    shift, scale = _scaling(examples.inputs[train], scaling)
    inputs = (examples.inputs - shift) / scale

    def part(rows: Array) -> Part:
        classes = None if examples.classes is None else examples.classes[rows]
        return Part(np.ascontiguousarray(inputs[rows]), np.ascontiguousarray(targets[rows]), classes)

    names = (examples.input_names, examples.class_names)
    raw = (examples.inputs[train], examples.inputs[test])
    return Prepared(part(train), part(test), *raw, shift, scale, words, *names)


def encode(examples: Examples, spec: NetworkSpec) -> tuple[Array, str]:
    """Targets (m, n_L) for the cost of ``spec``, and in words how they were made.

    Raises ``SpecificationError`` where the outputs or the cost of the network do not fit the data.
    """
    outputs, output = spec.sizes[-1], spec.activation(spec.depth)
    if not spec.has_target:
        raise SpecificationError("/network/cost", "the cost “output” learns from no data")
    if examples.classes is None:
        assert examples.values is not None
        if examples.values.shape[1] != outputs:
            raise SpecificationError("/network/layers", f"the data has {examples.values.shape[1]} values to learn")
        if spec.cost in ("cross_entropy", "binary_cross_entropy"):
            raise SpecificationError("/network/cost", "values are learned with the cost quadratic or squared_error")
        return examples.values, "the values themselves"
    number = max(len(examples.class_names), 2)
    low = -1.0 if output == "tanh" else 0.0
    if outputs == 1:
        if number != 2:
            raise SpecificationError("/network/layers", f"{number} classes need {number} outputs")
        target = np.where(examples.classes[:, None] == 1, 1.0, low)
        return target, f"{low:.0f} for {examples.class_names[0]}, 1 for {examples.class_names[1]}".replace("-", "−")
    if outputs != number:
        raise SpecificationError("/network/layers", f"{number} classes need {number} outputs")
    one_hot = np.where(np.eye(number, dtype=bool)[examples.classes], 1.0, low)
    return one_hot, f"1 for the output of the class, {low:.0f} for the others".replace("-", "−")


def answers(outputs: Array, part: Part) -> Array:
    """The class that each row of ``outputs`` (m, n_L) speaks for, (m,)."""
    if outputs.shape[1] > 1:
        return np.asarray(np.argmax(outputs, axis=1))
    middle = (part.targets.max(initial=1.0) + part.targets.min(initial=0.0)) / 2.0
    return np.asarray(outputs[:, 0] > middle, dtype=int)


def _scaling(train: Array, scaling: str) -> tuple[Array, Array]:
    if scaling not in SCALINGS:
        raise SpecificationError("/data/scaling", f"takes one of {', '.join(SCALINGS)}")
    width = train.shape[1]
    if scaling == "none":
        return np.zeros(width), np.ones(width)
    if scaling == "unit":
        shift, scale = train.min(axis=0), train.max(axis=0) - train.min(axis=0)
    else:
        shift, scale = train.mean(axis=0), train.std(axis=0)
    # A column that never changes carries nothing, and dividing by its width would carry NaN.
    return shift, np.where(scale > 0.0, scale, 1.0)
