"""What an optimizer remembers of its gradients, and what l1 and l2 add to them, as equations like any other.

Each is written once for weights and biases; optimizers.py moves the parameters by them.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from backprop_core.activations import Array, Call
from backprop_core.equations import Equation
from backprop_core.memory import STATE_OF, Memory, Quantity

_GRADIENTS = {"weights": "weight_gradient", "biases": "bias_gradient"}
Calls = tuple[Call, ...]


def gradient_of(memory: Memory, parameter: str, l: int) -> Quantity:
    """The gradient that a rule works with: ∂C/∂θ, for weights with what l1 and l2 add to it."""
    if parameter == "weights" and memory.optimizer.regularizes:
        return Quantity("regularized_weight_gradient", l)
    return Quantity(_GRADIENTS[parameter], l)


def regularization(memory: Memory, l: int) -> Equation:
    """g = ∂C/∂W + λ₂ W + λ₁ sign W: the gradient of C + λ₂/2 ΣW² + λ₁ Σ|W|."""
    w, gradient, g = memory["weights", l], memory["weight_gradient", l], memory["regularized_weight_gradient", l]
    l1, l2 = memory.optimizer.l1, memory.optimizer.l2
    calls: list[Call] = [partial(np.multiply, w, memory.scalar(l2), g), partial(np.add, g, gradient, g)]
    if l1 > 0.0:
        signs = np.empty_like(w)
        calls += [
            partial(np.sign, w, signs),
            partial(np.multiply, signs, memory.scalar(l1), signs),
            partial(np.add, g, signs, g),
        ]
    reads = (Quantity("weights", l), Quantity("weight_gradient", l))
    return Equation("weight_regularization", l, reads, Quantity("regularized_weight_gradient", l), tuple(calls), w.size)


def _remember(
    memory: Memory, parameter: str, l: int, state: str, calls: Callable[[Array, Array, Array], Calls]
) -> Equation:
    name = f"{STATE_OF[parameter]}_{state}"
    old, new, gradient = Quantity(name, l), Quantity(f"updated_{name}", l), gradient_of(memory, parameter, l)
    made = calls(memory[old], memory[gradient], memory[new])
    return Equation(name, l, (old, gradient), new, made, 2 * memory[old].size)


def _velocity(memory: Memory, parameter: str, l: int) -> Equation:
    """v′ = μv + g."""
    mu = memory.scalar(memory.optimizer.momentum)

    def calls(v: Array, g: Array, new: Array) -> Calls:
        return partial(np.multiply, v, mu, new), partial(np.add, new, g, new)

    return _remember(memory, parameter, l, "velocity", calls)


def _moment(memory: Memory, parameter: str, l: int) -> Equation:
    """m′ = β₁m + (1 − β₁)g."""
    beta = memory.optimizer.first_decay
    return _remember(memory, parameter, l, "moment", lambda m, g, new: _mean(memory, beta, m, g, new))


def _square(memory: Memory, parameter: str, l: int) -> Equation:
    """s′ = βs + (1 − β)g²."""
    beta = memory.optimizer.second_decay if memory.optimizer.counts else memory.optimizer.square_decay

    def calls(s: Array, g: Array, new: Array) -> Calls:
        squared = np.empty_like(g)
        return partial(np.multiply, g, g, squared), *_mean(memory, beta, s, squared, new)

    return _remember(memory, parameter, l, "square", calls)


def _mean(memory: Memory, beta: float, old: Array, value: Array, new: Array) -> Calls:
    """new = β old + (1 − β) value, a mean that forgets."""
    share = np.empty_like(value)
    return (
        partial(np.multiply, value, memory.scalar(1.0 - beta), share),
        partial(np.multiply, old, memory.scalar(beta), new),
        partial(np.add, new, share, new),
    )


REMEMBER = {"velocity": _velocity, "moment": _moment, "square": _square}
"""Name of a state → the equation that makes the new one from the old one and the gradient."""
