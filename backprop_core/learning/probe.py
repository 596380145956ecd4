"""Probes: passes over fixed examples beside a run, each in a memory of its own that is made once and kept.

They read the parameters they are given and touch nothing else.
"""

from collections.abc import Iterable
from typing import Self

import numpy as np

from backprop_core.activations import Array
from backprop_core.backprop import Program, compile
from backprop_core.datasets import Part
from backprop_core.memory import Memory, Quantity
from backprop_core.network import NetworkSpec, Parameters


class Probe:
    """One program over fixed examples: what ``wanted`` depend on, nothing more."""

    def __init__(self, memory: Memory, wanted: Iterable[Quantity]) -> None:
        self._program: Program = compile(memory, update=False, asides=False).only(wanted)
        self._seen: Parameters | None = None

    @classmethod
    def forward(cls, spec: NetworkSpec, inputs: Array) -> Self:
        """The activations for ``inputs`` (m, n_0)."""
        memory = Memory(spec, len(inputs)).load_inputs(inputs)
        return cls(memory, [Quantity("activation", spec.depth)])

    @classmethod
    def answering(cls, spec: NetworkSpec, part: Part) -> Self:
        """Cost and outputs for the examples of ``part``."""
        wanted = [Quantity("cost", spec.depth), Quantity("activation", spec.depth)]
        return cls(Memory(spec, part.count).load_batch(part.inputs, part.targets), wanted)

    @classmethod
    def backward(cls, spec: NetworkSpec, part: Part) -> Self:
        """Everything up to the gradients for the examples of ``part``; the error of the input is left out."""
        memory = Memory(spec, part.count).load_batch(part.inputs, part.targets)
        return cls(memory, [quantity for quantity in memory if quantity.name in _GRADIENTS and quantity.layer])

    def look(self, parameters: Parameters) -> Memory:
        """The memory with everything wanted as ``parameters`` make it, until the next look."""
        memory = self._program.memory
        if self._seen is None or not _are_same(self._seen, parameters):  # several pictures are of one moment
            memory.load_parameters(parameters)
            self._program.run()
            self._seen = parameters
        return memory


def _are_same(one: Parameters, other: Parameters) -> bool:
    pairs = zip((*one.weights, *one.biases), (*other.weights, *other.biases), strict=True)
    return all(np.array_equal(a, b) for a, b in pairs)


_GRADIENTS = ("weight_gradient", "bias_gradient", "activation_slope")
