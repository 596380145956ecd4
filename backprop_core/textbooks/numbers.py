"""Numbers as a reader sees them: four significant digits, powers of ten where digits would hide the size.

The browser formats by the same rule, so a number reads alike in an answer, on the stage and in an equation.
"""

import math
from decimal import ROUND_HALF_UP, Decimal

DIGITS = 4
SMALLEST = Decimal("1e-4")
LARGEST = Decimal("1e4")

_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def superscript(number: int) -> str:
    """``number`` in Unicode superscripts: 12 → ¹²."""
    return str(number).translate(_SUPERSCRIPTS)


def significant(value: float, digits: int = DIGITS) -> tuple[str, int | None]:
    """``value`` rounded to ``digits`` as a mantissa without trailing zeros and its power of ten, if it needs one.

    Ties go away from zero, on the exact binary value, as JavaScript's toPrecision does.
    """
    exact = Decimal(value)
    if exact == 0:
        return "0", None
    rounded = exact.quantize(Decimal((0, (1,), exact.adjusted() - digits + 1)), ROUND_HALF_UP)
    if SMALLEST <= abs(rounded) < LARGEST:
        return _plain_digits(rounded), None
    exponent = rounded.adjusted()
    return _plain_digits(rounded.scaleb(-exponent)), exponent


def _plain_digits(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def tex(value: float, digits: int = DIGITS) -> str:
    r"""``value`` as TeX: 3.625\times10^{-5}."""
    if not math.isfinite(value):
        return r"\text{NaN}" if math.isnan(value) else (r"\infty" if value > 0 else r"-\infty")
    mantissa, exponent = significant(value, digits)
    return mantissa if exponent is None else rf"{mantissa}\times10^{{{exponent}}}"


def plain(value: float, digits: int = DIGITS) -> str:
    """``value`` as plain text with a true minus sign: −3.625·10⁻⁵."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("∞" if value > 0 else "−∞")
    mantissa, exponent = significant(value, digits)
    text = mantissa.replace("-", "−")
    return text if exponent is None else f"{text}·10{superscript(exponent)}"
