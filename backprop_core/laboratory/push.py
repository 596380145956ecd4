"""A push of one number and what came of it: the change that its derivative promised beside the one that happened.

Halving a push shrinks the gap to a quarter, until round-off is all that is left of it: that is what a derivative is.
"""

from dataclasses import dataclass
from math import isfinite

ROUNDINGS = 64.0
"""Units in the last place that a result or a derivative may be off, each the sum of many numbers."""


@dataclass(frozen=True, slots=True)
class Push:
    """One push: ``predicted`` = derivative · ``change``, ``actual`` is the change of C, ``gap`` their difference.

    ``shrunk`` says how many times smaller the gap is than that of the push before. Where the gap is ``round_off`` it is
    no larger than the roundings of the numbers behind it, and says nothing. ``kinks`` counts the corners of activations
    that the push carries a weighted input across or off: there the prediction need not hold. What is not finite is
    none. For an expression C is its value.
    """

    change: float
    predicted: float | None
    actual: float | None
    gap: float | None
    shrunk: float | None
    round_off: bool
    kinks: int


def compared(
    change: float, predicted: float, actual: float, *, noise: float, kinks: int, larger: Push | None = None
) -> Push:
    """The push by ``change``; ``noise`` is what roundings can make of the gap, ``larger`` the push before it."""
    gap = actual - predicted
    is_noise = isfinite(gap) and abs(gap) <= noise
    shrunk = None
    if larger and larger.gap is not None and isfinite(gap) and not (is_noise or larger.round_off):
        shrunk = abs(larger.gap / gap)
    promised, happened, apart = (float(one) if isfinite(one) else None for one in (predicted, actual, gap))
    return Push(change, promised, happened, apart, shrunk, is_noise, kinks)
