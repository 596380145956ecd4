"""Optimizers: how parameters move against their gradient, as update equations like any other.

Gradient descent is here; an optimizer with a memory of its own adds its quantities and its equations.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from backprop_core.activations import Array, Call
from backprop_core.equations import Equation
from backprop_core.memory import UPDATED, Memory, Quantity

BLOCK = 1 << 15
"""Numbers handled at a time, so that a large update stays in the cache from its product to its difference."""

_GRADIENTS = {"weights": "weight_gradient", "biases": "bias_gradient"}
_KINDS = {"weights": "weight_update", "biases": "bias_update"}


def gradient_descent(memory: Memory, parameter: str, l: int) -> Equation:
    """θ → θ − η ∂C/∂θ for ``parameter`` “weights” or “biases” of layer ``l`` (nielsen, mini-batch item 3)."""
    old, new = memory[parameter, l], memory[UPDATED[parameter], l]
    gradient, eta = memory[_GRADIENTS[parameter], l], memory["learning_rate", memory.spec.depth]
    reads = (
        Quantity(parameter, l),
        Quantity(_GRADIENTS[parameter], l),
        Quantity("learning_rate", memory.spec.depth),
    )
    calls: list[Call] = []
    for start in range(0, old.size, BLOCK):
        w, g, out = (_block(array, start) for array in (old, gradient, new))
        calls += [partial(np.multiply, g, eta, out), partial(np.subtract, w, out, out)]
    return Equation(_KINDS[parameter], l, reads, Quantity(UPDATED[parameter], l), tuple(calls), old.size)


def _block(array: Array, start: int) -> Array:
    return array.reshape(-1)[start : start + BLOCK]


@dataclass(frozen=True, slots=True)
class Optimizer:
    """A rule of motion: ``update(memory, parameter, l)`` makes the update equation of one array of parameters."""

    name: str
    words: str
    tex: str
    update: Callable[[Memory, str, int], Equation]


_TABLE = (
    Optimizer(
        "gradient_descent",
        "each parameter moves against its gradient, by the learning rate",
        r"\theta\to\theta-\eta\frac{\partial C}{\partial\theta}",
        gradient_descent,
    ),
)

OPTIMIZERS: dict[str, Optimizer] = {optimizer.name: optimizer for optimizer in _TABLE}
"""Name → Optimizer, in the order a menu shows them."""
