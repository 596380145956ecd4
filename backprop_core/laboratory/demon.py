"""The demon: it pushes one number of an update; what the derivative promised stands beside what really happens to C.

Halving the push shrinks the gap to a quarter, until round-off is all that is left of it: that is what a derivative is.
"""

from dataclasses import dataclass

import numpy as np

from backprop_core.activations import Array
from backprop_core.costs import COSTS
from backprop_core.finite import finite
from backprop_core.laboratory.chain import Link, is_chain, links
from backprop_core.laboratory.difference import signs
from backprop_core.laboratory.nudge import Nudger
from backprop_core.laboratory.push import ROUNDINGS, Push, compared
from backprop_core.memory import Quantity
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
LISTED_KINKS = 20
"""Corners of the first push that are listed; all of them are counted."""


@dataclass(frozen=True, slots=True)
class Corner:
    """A weighted input that the first push carries across the corner of its activation, or off it."""

    ref: str
    example: int


@dataclass(frozen=True, slots=True)
class Moved:
    """One array of the stepped example before and after the first push; what is not finite is none."""

    quantity: str
    layer: int
    before: tuple[float | None, ...]
    after: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Nudged:
    """What the demon did. C is the mean cost for a parameter, and C_x of the stepped example for any other number.

    ``after`` and ``cost_after`` are the number and C after the first push; ``example_cost_after`` is C_x of the
    stepped example. ``downhill`` is a push as long as the first, the way that lowers C; none where C leans no way.
    ``chain`` is there for a network of single neurons.
    """

    ref: str
    value: float
    after: float | None
    derivative: float
    derivative_ref: str
    of_mean: bool
    cost: float
    cost_after: float | None
    example_cost_after: float | None
    pushes: tuple[Push, ...]
    downhill: Push | None
    kinks: tuple[Corner, ...]
    moved: tuple[Moved, ...]
    chain: tuple[Link, ...]


def push(trace: Trace, ref: str, change: float, example: int = 0, halvings: int = 5) -> Nudged:
    """Add ``change`` to the number ``ref``, then half of it, and so on ``halvings`` times, each to the trace as it is.

    Raises ``UnknownReference`` for a number there is not and ``SpecificationError`` for one that cannot be pushed, such
    as a result of the backward pass. Source: nielsen, the demon before (29).
    """
    one = Reference.read(ref, trace)
    if one.name not in DERIVATIVES:
        raise SpecificationError("/ref", "push a weight, a bias, an input, or the z or a of a neuron")
    if one.name == "activation" and one.layer == trace.spec.depth and COSTS[trace.spec.cost].from_weighted_input:
        z = Reference("weighted_input", one.layer, one.index)
        raise SpecificationError("/ref", f"this cost is computed from z of the output, not from a: push {z}")
    if trace.not_finite is not None:
        raise SpecificationError("/ref", "a number of this update is not finite: nothing can be predicted from it")
    demon = _Demon(trace, one, example)
    pushes = [demon.push(change)]
    first, kinks, moved = demon.after, demon.corners(), demon.moved()
    cost_after, example_cost_after = demon.costs()
    for n in range(1, halvings + 1):
        pushes.append(demon.push(change / 2**n, pushes[-1]))
    way = -abs(change) if demon.derivative > 0.0 else abs(change)
    downhill = pushes[0] if way == change else demon.push(way)
    return Nudged(
        ref=str(one),
        value=one.value(trace.memory, example),
        after=finite(first),
        derivative=demon.derivative,
        derivative_ref=str(demon.slope),
        of_mean=demon.of_mean,
        cost=demon.cost,
        cost_after=cost_after,
        example_cost_after=example_cost_after,
        pushes=tuple(pushes),
        downhill=downhill if demon.derivative != 0.0 else None,
        kinks=kinks,
        moved=moved,
        chain=_chain(trace, one, change, example),
    )


class _Demon:
    """One number of a trace with its derivative, and the memory in which it is pushed."""

    def __init__(self, trace: Trace, one: Reference, example: int) -> None:
        self.example, self.of_mean = example, not one.is_per_example
        self.slope = Reference(DERIVATIVES[one.name], one.layer, one.index)
        self.derivative = self.slope.value(trace.memory, example)
        self._nudger = Nudger(trace, one.quantity, one.place(example), forward=True)
        self.memory = self._nudger.memory
        self.cost = self._cost()
        self.after = float("nan")
        self._rounding = float(np.finfo(trace.memory.dtype).eps)
        self._signs = signs(self.memory)
        names = [Quantity(name, l) for l in range(trace.spec.depth + 1) for name in ("weighted_input", "activation")]
        self._before = {one: self.memory[one][example].copy() for one in names if one in self.memory}

    def push(self, change: float, larger: Push | None = None) -> Push:
        """Push by ``change``; ``larger`` is the push before it, whose gap is compared."""
        self.after = self._nudger.push(change)
        cost = self._cost()
        predicted = self.derivative * change
        double = float(np.finfo(float).eps)
        noise = ROUNDINGS * (double * max(abs(cost), abs(self.cost)) + self._rounding * abs(predicted))
        crossed = sum(int(np.count_nonzero(places)) for places in self._crossed().values())
        return compared(change, predicted, cost - self.cost, noise=noise, kinks=crossed, larger=larger)

    def _cost(self) -> float:
        L = self.memory.spec.depth
        return float(self.memory["cost", L]) if self.of_mean else float(self.memory["costs", L][self.example])

    def costs(self) -> tuple[float | None, ...]:
        """C, and C_x of the stepped example, after the last push."""
        return finite(self._cost()), finite(self.memory["costs", self.memory.spec.depth][self.example])

    def _crossed(self) -> dict[int, Array]:
        return {
            l: before != after
            for (l, before), after in zip(self._signs.items(), signs(self.memory).values(), strict=True)
        }

    def corners(self) -> tuple[Corner, ...]:
        """The first corners that the last push crossed."""
        places = ((l, x, j) for l, crossed in self._crossed().items() for x, j in np.argwhere(crossed)[:LISTED_KINKS])
        return tuple(Corner(f"weighted_input:{l}:{j}", int(x)) for l, x, j in places)[:LISTED_KINKS]

    def moved(self) -> tuple[Moved, ...]:
        """z and a of every layer in which the last push changed something."""
        rows = [(one, before, self.memory[one][self.example]) for one, before in self._before.items()]
        return tuple(
            Moved(*one, tuple(map(finite, old)), tuple(map(finite, new)))
            for one, old, new in rows
            if (old != new).any()
        )


def _chain(trace: Trace, one: Reference, change: float, example: int) -> tuple[Link, ...]:
    if not is_chain(trace.spec):
        return ()
    before, after = (Nudger(trace, one.quantity, one.place(example), asides=True) for _ in range(2))
    after.push(change)
    return links(before.memory, after.memory, example, one)
