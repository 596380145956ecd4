"""Measures: how far a run has come, read off in a forward pass over the examples and a backward pass over some.

They never touch the run. What is left out of a large set is always the same: its examples are shuffled already.
"""

from dataclasses import dataclass

import numpy as np

from backprop_core.activations import ACTIVATIONS, Array
from backprop_core.backprop import quiet
from backprop_core.datasets import Part, answers
from backprop_core.learning.probe import Probe
from backprop_core.memory import Memory
from backprop_core.network import NetworkSpec, Parameters

MEASURED, NUMBERS = 2000, 1 << 20
"""Examples of a part that are measured at most, and numbers of their inputs."""
BACKWARD = 256
"""Examples of the training part that go backward at most."""
FLAT = 0.05
"""A slope under this share of the steepest counts as saturated, as in the remarks on a step."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Costs and accuracies on both parts, None where there is nothing to measure; the rest layer by layer, 1 to L.

    ``gradient_norm`` is the length of (∂C/∂W, ∂C/∂b) of the mean cost, ``mean_error`` and ``mean_activation`` are the
    means of |δ| of single examples and of |a|; ``saturated`` is the share of activations where σ is flat, and ``dead``
    the share of ReLU neurons that pass on nothing of any example. The parts are measured on ``train_rows`` and
    ``test_rows`` examples, the layers on the first ``layer_rows`` of the training part.
    """

    train_cost: float
    test_cost: float | None
    train_accuracy: float | None
    test_accuracy: float | None
    gradient_norm: tuple[float, ...]
    mean_error: tuple[float, ...]
    mean_activation: tuple[float, ...]
    saturated: tuple[float, ...]
    dead: tuple[float, ...]
    train_rows: int
    test_rows: int
    layer_rows: int


class Gauge:
    """Measures networks of one ``spec`` on two parts."""

    def __init__(self, spec: NetworkSpec, train: Part, test: Part) -> None:
        self.spec = spec
        most = min(MEASURED, max(BACKWARD, NUMBERS // spec.inputs))
        self.parts = (_first(train, most), _first(test, most))
        self._answering = [Probe.answering(spec, part) if part.count else None for part in self.parts]
        self._few = _first(train, BACKWARD)
        self._backward = Probe.backward(spec, self._few)

    def outputs(self, parameters: Parameters, which: int) -> Memory | None:
        """The memory with cost and outputs for the training (0) or test part (1); None where it has no examples."""
        probe = self._answering[which]
        return None if probe is None else probe.look(parameters)

    def part(self, parameters: Parameters, which: int) -> tuple[float | None, float | None]:
        """Cost and accuracy on the training (0) or the test part (1)."""
        memory, part = self.outputs(parameters, which), self.parts[which]
        if memory is None:
            return None, None
        last = self.spec.depth
        cost = float(memory["cost", last])
        if part.classes is None:
            return cost, None
        return cost, float(np.mean(answers(memory["activation", last], part) == part.classes))

    def layers(self, parameters: Parameters) -> Memory:
        """The memory with everything up to the gradients, of the examples that go backward."""
        return self._backward.look(parameters)

    @quiet()
    def measure(self, parameters: Parameters) -> Measures:
        """Everything."""
        train_cost, train_accuracy = self.part(parameters, 0)
        test_cost, test_accuracy = self.part(parameters, 1)
        assert train_cost is not None
        memory = self.layers(parameters)
        layers = range(1, self.spec.depth + 1)
        return Measures(
            train_cost=train_cost,
            test_cost=test_cost,
            train_accuracy=train_accuracy,
            test_accuracy=test_accuracy,
            gradient_norm=tuple(_norm(memory, l) for l in layers),
            mean_error=tuple(float(np.abs(memory["error", l]).mean()) for l in layers),
            mean_activation=tuple(float(np.abs(memory["activation", l]).mean()) for l in layers),
            saturated=tuple(float(flat(memory, l).mean()) for l in layers),
            dead=tuple(float(silent(memory, l).mean()) for l in layers),
            train_rows=self.parts[0].count,
            test_rows=self.parts[1].count,
            layer_rows=self._few.count,
        )


def _norm(memory: Memory, l: int) -> float:
    arrays = [memory[name, l] for name in ("weight_gradient", "bias_gradient") if (name, l) in memory]
    return float(np.sqrt(sum(float(np.vdot(array, array)) for array in arrays)))


def flat(memory: Memory, l: int) -> Array:
    """The share of examples for which σ is flat, neuron by neuron, (n_l,); softmax has no slope of its own."""
    one = ACTIVATIONS[memory.spec.activation(l)]
    if not one.saturates:
        return np.zeros(memory.spec.sizes[l])
    return np.asarray((memory["activation_slope", l] < FLAT * one.steepest).mean(axis=0))


def silent(memory: Memory, l: int) -> Array:
    """Which neurons are ReLUs that pass on nothing of any example, (n_l,)."""
    if memory.spec.activation(l) != "relu":
        return np.zeros(memory.spec.sizes[l], bool)
    return np.asarray(~(memory["weighted_input", l] > 0.0).any(axis=0))


def _first(part: Part, count: int) -> Part:
    classes = None if part.classes is None else part.classes[:count]
    return Part(part.inputs[:count], part.targets[:count], classes)
