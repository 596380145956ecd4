"""What an answer says of a number that is not finite: none, since JSON knows neither NaN nor ∞.

Where it stopped being finite is told by the trace; here it only must not travel.
"""

from math import isfinite
from typing import SupportsFloat


def finite(value: SupportsFloat) -> float | None:
    """``value`` as a number of Python; none where it is NaN or infinite."""
    number = float(value)
    return number if isfinite(number) else None
