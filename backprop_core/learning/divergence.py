"""Divergence: whether numbers have stopped being finite, found cheaply, and then in which equation, found exactly.

The cheap question is one product an array; only where it raises a suspicion are updates looked at one by one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from backprop_core.activations import Array
from backprop_core.backprop import Program


@dataclass(frozen=True, slots=True)
class Diverged:
    """The update in which a number stopped being finite, and which quantity of which layer; ``value`` is ±∞ or NaN."""

    update: int
    layer: int
    quantity: str
    value: float


def is_calm(arrays: Iterable[Array]) -> bool:
    """Whether all is finite, and so far from overflowing that nothing computed on the way was not."""
    with np.errstate(all="ignore"):
        # A sum of squares overflows at the root of the largest number: long before z or a does.
        return all(np.isfinite(np.vdot(array, array)) for array in arrays)


def diverged(program: Program, update: int) -> Diverged | None:
    """Where in ``program``, the whole of ``update``, a number stops being finite, if one does."""
    equation = program.run().first_not_finite()
    if equation is None:
        return None
    name, layer = equation.writes
    array = program.memory[name, layer]
    return Diverged(update, layer, name, float(array[~np.isfinite(array)].flat[0]))
