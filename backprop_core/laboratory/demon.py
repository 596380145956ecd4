"""The demon: it pushes one number of an update; what the derivative promised stands beside what really happens to C.

Halving the push shrinks the gap to a quarter, until round-off is all that is left of it: that is what a derivative is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

from backprop_core.backprop import quiet
from backprop_core.laboratory.nudge import cost_at, cost_with, nudge
from backprop_core.memory import Memory, Quantity
from backprop_core.network import SpecificationError
from backprop_core.references import Reference
from backprop_core.trace import Trace

DERIVATIVES = {
    "weights": "weight_gradient",
    "biases": "bias_gradient",
    "weighted_input": "error",
    "activation": "activation_gradient",
}
"""What may be pushed, and the quantity that is C's derivative by it."""


@dataclass(frozen=True, slots=True)
class Push:
    """One push: ``predicted`` = derivative · ``change``, ``actual`` is the change of C, ``gap`` their difference.

    What is not finite is none.
    """

    change: float
    predicted: float | None
    actual: float | None
    gap: float | None


@dataclass(frozen=True, slots=True)
class Moved:
    """One array of the stepped example before and after the first push; what is not finite is none."""

    quantity: str
    layer: int
    before: tuple[float | None, ...]
    after: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Nudged:
    """What the demon did. C is the mean cost for a parameter, and C_x of the stepped example for any other number."""

    ref: str
    value: float
    derivative: float
    derivative_ref: str
    of_mean: bool
    cost: float
    pushes: tuple[Push, ...]
    moved: tuple[Moved, ...]
    sentence: str


def push(trace: Trace, ref: str, change: float, example: int = 0, halvings: int = 5) -> Nudged:
    """Add ``change`` to the number ``ref``, then half of it, and so on ``halvings`` times, each to the trace as it is.

    Raises ``UnknownReference`` for a number there is not and ``SpecificationError`` for one that cannot be pushed, such
    as a result of the backward pass. Source: nielsen, the demon before (29).
    """
    one = Reference.read(ref, trace)
    if one.name not in DERIVATIVES:
        raise SpecificationError("/ref", "push a weight, a bias, an input, or the z or a of a neuron")
    if trace.not_finite is not None:
        raise SpecificationError("/ref", "a number of this update is not finite: nothing can be predicted from it")
    slope = Reference(DERIVATIVES[one.name], one.layer, one.index)
    derivative = slope.value(trace.memory, example)
    of_mean = not one.is_per_example
    with quiet():
        before = cost_with(trace, trace.memory.parameters()) if of_mean else cost_at(trace, example)
        memories = [nudge(trace, one.quantity, one.place(example), change / 2**n) for n in range(halvings + 1)]
        costs = [_cost(memory, None if of_mean else example) for memory in memories]
        pushes = tuple(_push(change / 2**n, derivative, after - before) for n, after in enumerate(costs))
    return Nudged(
        str(one),
        one.value(trace.memory, example),
        derivative,
        str(slope),
        of_mean,
        before,
        pushes,
        _moved(trace, memories[0], example),
        _sentence(pushes[0], derivative),
    )


def _push(change: float, derivative: float, actual: float) -> Push:
    predicted = derivative * change
    return Push(change, *_finite([predicted, actual, actual - predicted]))


def _finite(values: Iterable[float]) -> tuple[float | None, ...]:
    return tuple(float(value) if isfinite(value) else None for value in values)


def _cost(memory: Memory, example: int | None) -> float:
    L = memory.spec.depth
    return float(memory["cost", L]) if example is None else float(memory["costs", L][example])


def _moved(trace: Trace, after: Memory, example: int) -> tuple[Moved, ...]:
    """z and a of every layer in which the push changed something."""
    names = [Quantity(name, l) for l in range(trace.spec.depth + 1) for name in ("weighted_input", "activation")]
    rows = [(one, trace.memory[one][example].astype(float), after[one][example]) for one in names if one in after]
    return tuple(Moved(*one, _finite(old), _finite(new)) for one, old, new in rows if (old != new).any())


def _sentence(first: Push, derivative: float) -> str:
    """Which way the demon should push, and what it can gain."""
    if derivative == 0.0:
        return "Here C does not lean either way: a small push changes it by next to nothing."
    way = "down" if derivative > 0.0 else "up"
    right = (first.change < 0.0) == (derivative > 0.0)
    told = "This push goes that way." if right else "This push goes the other way."
    return (
        f"To lower C the demon should push this number {way}; {told} The larger the derivative, the more it can gain."
    )
