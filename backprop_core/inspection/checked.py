"""A gradient's curve with the symbols that a text has for what is checked: the number, C, and the derivative."""

from dataclasses import dataclass, fields, replace

from backprop_core.inspection.pushed import cost_symbol, number_symbol, slope_symbol
from backprop_core.inspection.telling import Teller, as_letters
from backprop_core.laboratory.curve import GradientCurve, bottom, gradient_curve
from backprop_core.laboratory.curve_told import tell
from backprop_core.references import Reference
from backprop_core.trace import Trace


@dataclass(frozen=True, slots=True)
class CurveSymbols:
    """TeX of the number that is pushed, of C, and of C's derivative by the number, each as the text has it."""

    pushed: str
    cost: str
    derivative: str


@dataclass(frozen=True, slots=True)
class GradientCurveTold(GradientCurve):
    """The curve, and how a text writes what it is about."""

    symbols: CurveSymbols


def tell_curve(trace: Trace, ref: str, textbook: str = "nielsen", example: int = 0) -> GradientCurveTold:
    """``gradient_curve`` with the symbols of ``textbook``; raises as it does, and ``KeyError`` for no textbook."""
    found = gradient_curve(trace, ref, example)
    teller = Teller(trace, textbook, example)
    pushed, slope = Reference.read(found.pushed, trace), Reference.read(found.ref, trace)
    cost = cost_symbol(teller, found.of_mean, slope)
    symbols = CurveSymbols(number_symbol(teller, pushed), cost, slope_symbol(teller, pushed, slope, cost))
    told = bottom(found.points, found.best, passed=found.passed, precision=found.precision)
    letter = as_letters(cost)
    is_cost = told is not None and told.rounding <= 1.001 * found.epsilon * abs(found.cost)
    rounded = letter if is_cost else f"(the numbers on the way, as {letter} feels them)"
    sentences = tell(told and replace(told, of=letter, rounded=rounded))
    kept = {one.name: getattr(found, one.name) for one in fields(GradientCurve)}
    return GradientCurveTold(**kept | {"sentences": sentences}, symbols=symbols)
