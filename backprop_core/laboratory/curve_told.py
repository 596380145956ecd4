"""The curve of a gradient check in words: whether the two agree, and why the error is a V.

Numbers are rounded to two digits here; the curve itself holds them whole.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bottom:
    """What is told of a curve: the ``step_size`` and ``error`` of its best point, and how its two branches come about.

    ``rounding`` is ε times what is rounded. ``bends`` says whether truncation shows anywhere, ``kinks`` how many steps
    crossed one. ``of`` is what is differentiated, ``rounded`` the number whose rounding is felt.
    """

    step_size: float
    error: float
    rounding: float
    precision: str
    passed: bool
    bends: bool
    kinks: int
    of: str = "C"
    rounded: str = "C"


def tell(bottom: Bottom | None) -> tuple[str, ...]:
    """The sentences of a curve, the verdict first; none is the bottom of a curve without a point to compare."""
    if bottom is None:
        return ("No step can be compared: each one crosses a kink, where no derivative exists, or vanishes.",)
    return (_verdict(bottom), *_kinks(bottom), _truncation(bottom), _round_off(bottom), _between(bottom))


def _verdict(bottom: Bottom) -> str:
    both, at = "The backpropagated derivative and the central difference", f"at h = {_two(bottom.step_size)}"
    if not bottom.error:
        return f"{both} agree: {at} in every digit."
    agree, there = ("agree", at) if bottom.passed else ("do not agree", f"even {at}, at the bottom of the curve,")
    return f"{both} {agree}: {there} they differ by {_two(bottom.error)}."


def _kinks(bottom: Bottom) -> tuple[str, ...]:
    if not bottom.kinks:
        return ()
    steps = "1 step crosses" if bottom.kinks == 1 else f"{bottom.kinks} steps cross"
    return (f"{steps} a kink, where no derivative exists: named, and not counted.",)


def _truncation(bottom: Bottom) -> str:
    if not bottom.bends:
        return (
            f"To the right there is next to no truncation: within these steps {bottom.of} is no more than a parabola in"
            " this number, and for a parabola the central difference is exact."
        )
    return (
        f"To the right, truncation: {bottom.of} bends within ±h, and the error grows with h². A step ten times as wide"
        " is wrong by a hundred times as much."
    )


def _round_off(bottom: Bottom) -> str:
    if not bottom.rounding:
        return f"{bottom.rounded} is 0 here, so rounding it costs nothing."
    return (
        f"To the left, round-off: {bottom.of} on both sides agrees in nearly all its digits, and what rounding leaves"
        f" of the difference, about ε·{bottom.rounded} = {_two(bottom.rounding)} in {bottom.precision}, is divided by"
        " h. A step ten times as narrow is wrong by ten times as much."
    )


def _between(bottom: Bottom) -> str:
    return (
        f"The curve is lowest around h = {_two(bottom.step_size)}, judged by the worst error within half a decade: a"
        " single step elsewhere may lie lower by luck. A smaller h is not a better one."
    )


def _two(value: float) -> str:
    """Two digits, in powers of ten where a reader would count zeros."""
    mantissa, _, exponent = f"{value:.1e}".partition("e")
    if value == 0.0 or -3 <= int(exponent) < 3:
        return f"{value:.2g}"
    power = str(int(exponent)).translate(str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"))
    return f"{mantissa.removesuffix('.0')}·10{power}"
