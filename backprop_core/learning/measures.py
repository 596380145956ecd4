"""Measures: how far a run has come, read off in one forward and one backward pass over the examples.

They never touch the run. Of more than 2000 examples the first 2000 are measured; they are shuffled already.
"""

from dataclasses import dataclass

import numpy as np

from backprop_core.activations import ACTIVATIONS, Array
from backprop_core.backprop import Program, compile
from backprop_core.datasets import Part, answers
from backprop_core.memory import Memory, Quantity
from backprop_core.network import NetworkSpec, Parameters

MEASURED = 2000
"""Examples of a part that are measured at most."""
BACKWARD = 256
"""Examples of the training part that the backward measures are taken on at most."""
FLAT = 0.05
"""A slope under this share of the steepest counts as saturated, as in the remarks on a step."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Costs and accuracies on both parts, None where there is nothing to measure; the rest layer by layer, 1 to L.

    ``gradient_norm`` is |∂C/∂W, ∂C/∂b| of the mean cost, ``mean_error`` and ``mean_activation`` the means of |δ| and
    |a|; ``saturated`` is the share of activations on a flat part of σ, ``dead`` the share of ReLU neurons that pass
    on nothing of any example. These are taken on ``rows`` examples of the training part.
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
    rows: int


class Gauge:
    """Measures networks of one ``spec`` on two parts, in memories of its own that are made once."""

    def __init__(self, spec: NetworkSpec, train: Part, test: Part) -> None:
        self.spec = spec
        self._parts = [(part, self._forward(part)) for part in (_first(train, MEASURED), _first(test, MEASURED))]
        self._few = _first(train, BACKWARD)
        self._backward = compile(_loaded(spec, self._few), update=False, asides=False)

    def _forward(self, part: Part) -> Program | None:
        if not part.count:
            return None
        last = self.spec.depth
        wanted = [Quantity("cost", last), Quantity("activation", last)]
        return compile(_loaded(self.spec, part), update=False, asides=False).only(wanted)

    def part(self, parameters: Parameters, which: int) -> tuple[float | None, float | None]:
        """Cost and accuracy on the training (0) or the test part (1)."""
        part, program = self._parts[which]
        if program is None:
            return None, None
        program.memory.load_parameters(parameters)
        program.run()
        last = self.spec.depth
        cost = float(program.memory["cost", last])
        if part.classes is None:
            return cost, None
        right = answers(program.memory["activation", last], part) == part.classes
        return cost, float(np.mean(right))

    def measure(self, parameters: Parameters) -> Measures:
        """Everything."""
        train_cost, train_accuracy = self.part(parameters, 0)
        test_cost, test_accuracy = self.part(parameters, 1)
        assert train_cost is not None
        memory = self._backward.memory
        memory.load_parameters(parameters)
        self._backward.run()
        layers = range(1, self.spec.depth + 1)
        return Measures(
            train_cost,
            test_cost,
            train_accuracy,
            test_accuracy,
            tuple(_norm(memory, l) for l in layers),
            tuple(float(np.abs(memory["error", l]).mean()) for l in layers),
            tuple(float(np.abs(memory["activation", l]).mean()) for l in layers),
            tuple(self._saturated(l) for l in layers),
            tuple(self._dead(l) for l in layers),
            self._few.count,
        )

    def _saturated(self, l: int) -> float:
        one, memory = ACTIVATIONS[self.spec.activation(l)], self._backward.memory
        if not one.saturates:
            return 0.0
        if ("activation_slope", l) in memory and not (l == self.spec.depth and self.spec.fused):
            slope = memory["activation_slope", l]
            return float(np.mean(slope < FLAT * one.steepest))
        return 0.0

    def _dead(self, l: int) -> float:
        if self.spec.activation(l) != "relu":
            return 0.0
        return float(np.mean(~self._backward.memory["activation", l].any(axis=0)))


def _norm(memory: Memory, l: int) -> float:
    arrays = [memory[name, l] for name in ("weight_gradient", "bias_gradient") if (name, l) in memory]
    return float(np.sqrt(sum(float(np.vdot(array, array)) for array in arrays)))


def _first(part: Part, count: int) -> Part:
    classes = None if part.classes is None else part.classes[:count]
    return Part(part.inputs[:count], part.targets[:count], classes)


def _loaded(spec: NetworkSpec, part: Part) -> Memory:
    return Memory(spec, part.count).load_batch(part.inputs, part.targets)


__all__ = ["Array", "Gauge", "Measures"]
