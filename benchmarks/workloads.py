"""The six workloads, W1 to W6: a network, a fixed mini-batch and a learning rate, from a toy to a billion products.

Every contestant gets the same numbers, drawn once from a seeded generator.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backprop_core import LayerSpec, Memory, NetworkSpec, Parameters, initialise

Array = NDArray[Any]
SEED = 20240607


@dataclass(frozen=True)
class Workload:
    """A network and the size of its mini-batch, with the numbers that everybody starts from."""

    name: str
    spec: NetworkSpec
    batch_size: int
    learning_rate: float = 0.01

    @property
    def words(self) -> str:
        """Sizes of the layers, examples in the mini-batch, activation of the hidden layers."""
        sizes = "-".join(str(size) for size in self.spec.sizes)
        return f"{self.name} {sizes} · {self.batch_size} · {self.spec.activation(1)}"

    @cached_property
    def parameters(self) -> Parameters:
        """The first weights and biases."""
        return initialise(self.spec, np.random.default_rng(SEED))

    @cached_property
    def inputs(self) -> Array:
        """(m, n_0), standard normal."""
        return np.random.default_rng(SEED + 1).normal(size=(self.batch_size, self.spec.inputs))

    @cached_property
    def classes(self) -> Array:
        """The true class of every example, (m,)."""
        return np.random.default_rng(SEED + 2).integers(0, self.spec.sizes[-1], self.batch_size)

    @cached_property
    def targets(self) -> Array:
        """(m, n_L): one-hot, or for a single output any number between 0 and 1."""
        if self.spec.sizes[-1] == 1:
            return np.random.default_rng(SEED + 2).uniform(size=(self.batch_size, 1))
        return np.eye(self.spec.sizes[-1])[self.classes]

    def memory(self) -> Memory:
        """A memory with everything loaded."""
        memory = Memory(self.spec, self.batch_size)
        memory.load_parameters(self.parameters).load_batch(self.inputs, self.targets)
        return memory.load_learning_rate(self.learning_rate)

    def for_scikit_learn(self) -> "Workload":
        """The nearest network that scikit-learn has: an identity output with the quadratic cost, or softmax."""
        *hidden, last = self.spec.layers
        softmax = last.size > 2
        last = LayerSpec(last.size, "softmax" if softmax else "identity")
        spec = replace(self.spec, layers=(*hidden, last), cost="cross_entropy" if softmax else "quadratic")
        return replace(self, spec=spec)


def _network(sizes: tuple[int, ...], activation: str, output: str = "") -> NetworkSpec:
    layers = (*(LayerSpec(size, activation) for size in sizes[1:-1]), LayerSpec(sizes[-1], output or activation))
    return NetworkSpec(sizes[0], layers, "cross_entropy" if output == "softmax" else "quadratic")


WORKLOADS = (
    Workload("W1", _network((2, 2, 2), "sigmoid"), 1),
    Workload("W2", _network((2, 4, 2, 1), "tanh"), 10),
    Workload("W3", _network((64, 32, 10), "sigmoid", "softmax"), 32),
    Workload("W4", _network((784, 30, 10), "sigmoid"), 10),
    Workload("W5", _network((784, 128, 64, 10), "relu", "softmax"), 128),
    Workload("W6", _network((1024, 1024, 1024, 10), "relu", "softmax"), 256),
)
"""W3, W5 and W6 end in softmax with cross-entropy, the others in the quadratic cost."""
