"""Optimizers: how parameters move against their gradient, as update equations like any other.

Gradient descent is here; an optimizer with a memory of its own adds its quantities and its equations.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from backprop_core.activations import Call
from backprop_core.equations import Equation
from backprop_core.memory import UPDATED, Memory, Quantity

_KINDS = {"weights": "weight_update", "biases": "bias_update"}


def gradient_descent(memory: Memory, parameter: str, l: int) -> Equation:
    """θ → θ − η ∂C/∂θ for ``parameter`` “weights” or “biases” of layer ``l`` (nielsen, mini-batch item 3).

    The weights are moved as the text writes it, W → W − Σ_x (η/m δ) aᵀ: η/m goes into δ, which is small, and training
    needs neither ∂C/∂W nor a second pass over it.
    """
    return (_weights if parameter == "weights" else _biases)(memory, l)


def _weights(memory: Memory, l: int) -> Equation:
    old, new = memory["weights", l], memory["updated_weights", l]
    delta, a, eta = memory["error", l], memory["activation", l - 1], memory["learning_rate", memory.spec.depth]
    rate, share = np.empty_like(eta), np.empty_like(delta)
    calls = (
        partial(np.multiply, eta, memory.scalar(1.0 / memory.batch_size), rate),
        partial(np.multiply, delta, rate, share),
        partial(share.T.dot, a, new),
        partial(np.subtract, old, new, new),
    )
    reads = (("weights", l), ("error", l), ("activation", l - 1), ("learning_rate", memory.spec.depth))
    return _update("weights", l, reads, calls, old.size * memory.batch_size)


def _biases(memory: Memory, l: int) -> Equation:
    old, new = memory["biases", l], memory["updated_biases", l]
    gradient, eta = memory["bias_gradient", l], memory["learning_rate", memory.spec.depth]
    calls = (partial(np.multiply, gradient, eta, new), partial(np.subtract, old, new, new))
    reads = (("biases", l), ("bias_gradient", l), ("learning_rate", memory.spec.depth))
    return _update("biases", l, reads, calls, old.size)


def _update(
    parameter: str, l: int, reads: tuple[tuple[str, int], ...], calls: tuple[Call, ...], products: int
) -> Equation:
    read = tuple(Quantity(*pair) for pair in reads)
    return Equation(_KINDS[parameter], l, read, Quantity(UPDATED[parameter], l), calls, products)


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
