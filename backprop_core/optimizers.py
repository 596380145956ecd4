"""Optimizers: how parameters move against their gradient, as update equations like any other.

``motion`` is the algorithm box of one array of parameters: what is added to its gradient, what is remembered, the step.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from backprop_core.activations import Array
from backprop_core.equations import Equation
from backprop_core.memory import STATE_OF, UPDATED, Memory, Quantity, input_of
from backprop_core.optimizer_states import REMEMBER, Calls, gradient_of, regularization


def corrections(memory: Memory) -> list[Equation]:
    """t, 1 − β₁ᵗ and 1 − β₂ᵗ, where the rule counts updates: means that began at 0 are too small at first.

    Source: Kingma and Ba, Adam, algorithm 1.
    """
    if not memory.optimizer.counts:
        return []
    L, one = memory.spec.depth, memory.scalar(1.0)
    made, t = memory["updates_made", L], memory["update_number", L]
    count = (partial(np.add, made, one, t),)
    made_at, t_at = Quantity("updates_made", L), Quantity("update_number", L)
    equations = [Equation("update_number", L, (made_at,), t_at, count)]
    for name, beta in (("moment", memory.optimizer.first_decay), ("square", memory.optimizer.second_decay)):
        out = memory[f"{name}_correction", L]
        calls = (partial(np.power, memory.scalar(beta), t, out), partial(np.subtract, one, out, out))
        equations.append(Equation(f"{name}_correction", L, (t_at,), Quantity(f"{name}_correction", L), calls))
    return equations


def motion(memory: Memory, parameter: str, l: int) -> list[Equation]:
    """The equations that move ``parameter`` “weights” or “biases” of layer ``l``, in order."""
    optimizer = memory.optimizer
    equations = []
    if parameter == "weights" and optimizer.regularizes:
        equations.append(regularization(memory, l))
    equations += [REMEMBER[state](memory, parameter, l) for state in optimizer.states]
    return [*equations, OPTIMIZERS[optimizer.name].update(memory, parameter, l)]


def gradient_descent(memory: Memory, parameter: str, l: int) -> Equation:
    """θ → θ − η ∂C/∂θ (nielsen, mini-batch item 3).

    The weights are moved as the text writes it, W → W − Σ_x (η/m δ) aᵀ: η/m goes into δ, which is small, and training
    needs neither ∂C/∂W nor a second pass over it.
    """
    if parameter == "weights" and not memory.optimizer.regularizes:
        return _weights_by_errors(memory, l)
    gradient = gradient_of(memory, parameter, l)
    g, eta = memory[gradient], memory["learning_rate", memory.spec.depth]
    return _update(memory, parameter, l, (gradient,), lambda new: (partial(np.multiply, g, eta, new),))


def _weights_by_errors(memory: Memory, l: int) -> Equation:
    old, new = memory["weights", l], memory["updated_weights", l]
    x = input_of(memory.spec, l)
    delta, a, eta = memory["error", l], memory[x], memory["learning_rate", memory.spec.depth]
    rate, share = np.empty_like(eta), np.empty_like(delta)
    calls = (
        partial(np.multiply, eta, memory.scalar(1.0 / memory.batch_size), rate),
        partial(np.multiply, delta, rate, share),
        partial(share.T.dot, a, new),
        partial(np.subtract, old, new, new),
    )
    reads = (("weights", l), ("error", l), x, ("learning_rate", memory.spec.depth))
    read = tuple(Quantity(*pair) for pair in reads)
    return Equation("weight_update", l, read, Quantity("updated_weights", l), calls, old.size * memory.batch_size)


def _momentum(memory: Memory, parameter: str, l: int) -> Equation:
    """θ → θ − ηv′ (Polyak)."""
    velocity, eta = _new(parameter, "velocity", l), memory["learning_rate", memory.spec.depth]
    v = memory[velocity]
    return _update(memory, parameter, l, (velocity,), lambda new: (partial(np.multiply, v, eta, new),))


def _nesterov(memory: Memory, parameter: str, l: int) -> Equation:
    """θ → θ − η(g + μv′) (Nesterov, as Sutskever and others write it)."""
    velocity, gradient = _new(parameter, "velocity", l), gradient_of(memory, parameter, l)
    v, g, eta = memory[velocity], memory[gradient], memory["learning_rate", memory.spec.depth]
    mu = memory.scalar(memory.optimizer.momentum)

    def calls(new: Array) -> Calls:
        return (
            partial(np.multiply, v, mu, new),
            partial(np.add, new, g, new),
            partial(np.multiply, new, eta, new),
        )

    return _update(memory, parameter, l, (gradient, velocity), calls)


def _rmsprop(memory: Memory, parameter: str, l: int) -> Equation:
    """θ → θ − ηg/(√s′ + ε) (Tieleman and Hinton)."""
    square, gradient = _new(parameter, "square", l), gradient_of(memory, parameter, l)
    s, g, eta = memory[square], memory[gradient], memory["learning_rate", memory.spec.depth]
    epsilon = memory.scalar(memory.optimizer.epsilon)

    def calls(new: Array) -> Calls:
        return (
            partial(np.sqrt, s, new),
            partial(np.add, new, epsilon, new),
            partial(np.divide, g, new, new),
            partial(np.multiply, new, eta, new),
        )

    return _update(memory, parameter, l, (gradient, square), calls)


def _adam(memory: Memory, parameter: str, l: int) -> Equation:
    """θ → θ − η m̂/(√ŝ + ε) with m̂ = m′/(1 − β₁ᵗ), ŝ = s′/(1 − β₂ᵗ) (Kingma and Ba)."""
    reads = _adam_reads(memory, parameter, l)
    return _update(memory, parameter, l, reads, lambda new: _adam_step(memory, parameter, l, new))


def _adamw(memory: Memory, parameter: str, l: int) -> Equation:
    """W → W − ηλW − η m̂/(√ŝ + ε) (Loshchilov and Hutter); biases do not decay and move as under adam."""
    if parameter == "biases":
        return _adam(memory, parameter, l)
    w, eta = memory["weights", l], memory["learning_rate", memory.spec.depth]
    decay, lost = memory.scalar(memory.optimizer.weight_decay), np.empty_like(w)
    share = np.empty_like(eta)

    def calls(new: Array) -> Calls:
        return (
            *_adam_step(memory, parameter, l, new),
            partial(np.multiply, eta, decay, share),
            partial(np.multiply, w, share, lost),
            partial(np.add, new, lost, new),
        )

    return _update(memory, parameter, l, _adam_reads(memory, parameter, l), calls)


def _adam_reads(memory: Memory, parameter: str, l: int) -> tuple[Quantity, ...]:
    L = memory.spec.depth
    states = (_new(parameter, "moment", l), _new(parameter, "square", l))
    return (*states, Quantity("moment_correction", L), Quantity("square_correction", L))


def _adam_step(memory: Memory, parameter: str, l: int, new: Array) -> Calls:
    L = memory.spec.depth
    m, s = memory[_new(parameter, "moment", l)], memory[_new(parameter, "square", l)]
    eta, epsilon = memory["learning_rate", L], memory.scalar(memory.optimizer.epsilon)
    rate = np.empty_like(eta)
    return (
        partial(np.divide, s, memory["square_correction", L], new),
        partial(np.sqrt, new, new),
        partial(np.add, new, epsilon, new),
        partial(np.divide, m, new, new),
        partial(np.divide, eta, memory["moment_correction", L], rate),
        partial(np.multiply, new, rate, new),
    )


def _new(parameter: str, state: str, l: int) -> Quantity:
    return Quantity(f"updated_{STATE_OF[parameter]}_{state}", l)


def _update(
    memory: Memory, parameter: str, l: int, reads: tuple[Quantity, ...], calls: Callable[[Array], Calls]
) -> Equation:
    """θ → θ − what ``calls`` leave in the array that they are given."""
    old, new = Quantity(parameter, l), Quantity(UPDATED[parameter], l)
    step: Calls = (*calls(memory[new]), partial(np.subtract, memory[old], memory[new], memory[new]))
    read = (old, *reads, Quantity("learning_rate", memory.spec.depth))
    return Equation(f"{STATE_OF[parameter]}_update", l, read, new, step, memory[old].size)


@dataclass(frozen=True, slots=True)
class Optimizer:
    """A rule of motion: ``update(memory, parameter, l)`` makes the update equation of one array of parameters.

    ``numbers`` are those of an ``OptimizerSpec`` that the rule takes; l1 and l2 every rule takes.
    """

    name: str
    words: str
    tex: str
    update: Callable[[Memory, str, int], Equation]
    numbers: tuple[str, ...] = ()


_STEP = r"\theta\to\theta-\eta"
_HAT = r"\frac{\hat m}{\sqrt{\hat s}+\varepsilon}"
_TABLE = (
    Optimizer(
        "gradient_descent",
        "each parameter moves against its gradient, by the learning rate",
        rf"{_STEP}\frac{{\partial C}}{{\partial\theta}}",
        gradient_descent,
    ),
    Optimizer(
        "momentum",
        "gradients add up to a velocity that fades, and the parameters move with it",
        rf"v\to\mu v+g,\quad {_STEP} v",
        _momentum,
        ("momentum",),
    ),
    Optimizer(
        "nesterov",
        "momentum that looks ahead: the gradient is added to where the velocity will lead",
        rf"v\to\mu v+g,\quad {_STEP}(g+\mu v)",
        _nesterov,
        ("momentum",),
    ),
    Optimizer(
        "rmsprop",
        "each gradient is divided by its own usual size",
        rf"s\to\rho s+(1-\rho)g^2,\quad {_STEP}\frac{{g}}{{\sqrt{{s}}+\varepsilon}}",
        _rmsprop,
        ("square_decay", "epsilon"),
    ),
    Optimizer(
        "adam",
        "a mean of gradients, divided by their usual size, both corrected for having begun at 0",
        rf"{_STEP}{_HAT}",
        _adam,
        ("first_decay", "second_decay", "epsilon"),
    ),
    Optimizer(
        "adamw",
        "adam whose weights also shrink by a share of themselves",
        rf"{_STEP}\lambda\theta-\eta{_HAT}",
        _adamw,
        ("first_decay", "second_decay", "epsilon", "weight_decay"),
    ),
)

OPTIMIZERS: dict[str, Optimizer] = {optimizer.name: optimizer for optimizer in _TABLE}
"""Name → Optimizer, in the order a menu shows them."""
