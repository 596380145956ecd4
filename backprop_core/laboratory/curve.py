"""The curve of a gradient check: one central difference at every step h from 1e-1 to 1e-12, and how far each is off.

Everything runs in the precision of the trace. The error is a V: a wide step is wrong by about h², a narrow one by
round-off, which dividing by it makes large.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite
from typing import Any

import numpy as np

from backprop_core.backprop import Program, compile
from backprop_core.finite import finite
from backprop_core.laboratory.curve_told import Bottom, tell
from backprop_core.laboratory.demon import DERIVATIVES
from backprop_core.laboratory.difference import Sides, differences
from backprop_core.laboratory.gradient_check import TOLERANCE, felt, noise
from backprop_core.memory import Memory, Quantity
from backprop_core.network import SpecificationError
from backprop_core.references import Reference
from backprop_core.trace import Trace

STEP_SIZES = tuple(float(f"{10.0 ** (-n / 4):.1e}") for n in range(4, 49))
"""Four a decade, in two digits, so that the step that is read is the step that was made."""
PUSHED = {derivative: pushed for pushed, derivative in DERIVATIVES.items()} | {
    "example_weight_gradient": "weights",
    "example_bias_gradient": "biases",
}
"""A derivative, and the number that is pushed to check it."""
NEIGHBOURS = 2
"""Points on either side that the best one must be good with, half a decade: one error near 0 alone is luck."""
LISTED_KINKS = 20
_WIDE = 0.03


@dataclass(frozen=True, slots=True)
class Crossing:
    """A neuron whose weighted input reaches the corner of its activation between the two places."""

    layer: int
    neuron: int
    example: int


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One central difference: ``numerical`` = ``difference`` / ``width``, where ``difference`` = ``above`` − ``below``.

    ``width`` is how far the two places are apart as stored, 2h but for rounding; where it is 0, the step vanishes
    beside the number. ``truncation`` and ``round_off`` are about what either makes of the error at this step. Of the
    ``crossings`` of kinks, ``crosses`` lists the first. ``verdict`` is agree, truncation or round_off where that
    explains why not, kink, vanished or differ. What is not finite is none.
    """

    step_size: float
    above: float | None
    below: float | None
    difference: float | None
    width: float
    numerical: float | None
    absolute_error: float | None
    relative_error: float | None
    truncation: float | None
    round_off: float
    verdict: str
    crosses: tuple[Crossing, ...]
    crossings: int


@dataclass(frozen=True, slots=True)
class GradientCurve:
    """A derivative and its central differences. C is the mean cost where ``of_mean``, else C_x of the stepped example.

    ``pushed`` is the number that is moved, ``value`` where it stands. ``best`` is the point at the bottom of the V;
    none where every step crosses a kink or vanishes, and then nothing has ``passed``.
    """

    ref: str
    pushed: str
    value: float
    backpropagated: float
    of_mean: bool
    cost: float
    precision: str
    epsilon: float
    tolerance: float
    points: tuple[CurvePoint, ...]
    best: int | None
    passed: bool
    forward_passes: int
    sentences: tuple[str, ...]


def gradient_curve(trace: Trace, ref: str, example: int = 0) -> GradientCurve:
    """Check the derivative ``ref``, or that by the number ``ref``, at every step of ``STEP_SIZES``.

    Raises ``UnknownReference`` for a number there is not and ``SpecificationError`` for one that is no derivative of C.
    """
    if trace.not_finite is not None:
        raise SpecificationError("/ref", "a number of this update is not finite: there is nothing to compare")
    asked = Reference.read(ref, trace)
    slope = Reference(DERIVATIVES.get(asked.name, asked.name), asked.layer, asked.index)
    if slope.name not in PUSHED:
        words = "check a derivative, ∂C/∂w, ∂C/∂b, δ or ∂C/∂a, or name the weight, bias, z or a that it is taken by"
        raise SpecificationError("/ref", words)
    pushed = Reference(PUSHED[slope.name], slope.layer, slope.index)
    program = _again(trace)
    if not program.only([Quantity("cost", trace.spec.depth)]).after(pushed.quantity).equations:
        raise SpecificationError("/ref", "this cost is computed from z, not from a, so pushing a does nothing: check δ")
    exact, of_mean = slope.value(program.memory, example), not slope.is_per_example
    row, L = None if of_mean else example, trace.spec.depth
    cost = float(program.memory["cost", L] if of_mean else program.memory["costs", L][example])
    wanted = [(pushed.place(example), step_size) for step_size in STEP_SIZES]
    sides = list(differences(program, pushed.quantity, wanted, row))
    dtype = trace.memory.dtype
    points, best, passed = judged(sides, exact, max(abs(cost), felt(program.memory, row)), dtype)
    return GradientCurve(
        ref=str(slope),
        pushed=str(pushed),
        value=pushed.value(trace.memory, example),
        backpropagated=exact,
        of_mean=of_mean,
        cost=cost,
        precision=dtype.name,
        epsilon=float(np.finfo(dtype).eps),
        tolerance=TOLERANCE[dtype.name],
        points=points,
        best=best,
        passed=passed,
        forward_passes=2 * len(points),
        sentences=tell(bottom(points, best, passed=passed, precision=dtype.name)),
    )


def bottom(points: Sequence[CurvePoint], best: int | None, *, passed: bool, precision: str) -> Bottom | None:
    """What is told of a curve; none where there is nothing to compare."""
    if best is None:
        return None
    one = points[best]
    return Bottom(
        one.step_size,
        one.absolute_error or 0.0,
        one.round_off * one.step_size,
        precision,
        passed,
        one.truncation is not None,
        sum(point.crossings > 0 for point in points),
    )


def _again(trace: Trace) -> Program:
    """The trace's update once more, in its own precision, in a memory that may be written."""
    memory = Memory(trace.spec, trace.batch_size, trace.memory.dtype.name)
    memory.load_parameters(trace.memory.parameters())
    targets = trace.memory["target", trace.spec.depth] if trace.spec.has_target else None
    memory.load_batch(trace.memory["weighted_input", 0], targets)
    return compile(memory, update=False).run()


def judged(
    sides: Sequence[Sides], exact: float, size: float, dtype: np.dtype[Any]
) -> tuple[tuple[CurvePoint, ...], int | None, bool]:
    """The points of ``sides``, which of them is best, and whether it agrees with ``exact``.

    ``size`` is that of the numbers whose rounding is felt.
    """
    errors = [abs(one.slope - exact) if not one.crossings else inf for one in sides]
    best = _bottom(errors)
    tolerance, epsilon = TOLERANCE[dtype.name], float(np.finfo(dtype).eps)
    shares = [_relative(one.slope, exact) for one in sides]
    limits = [noise(dtype, size, one.step_size) for one in sides]
    passed = best is not None and (shares[best] <= tolerance or errors[best] <= limits[best])
    bend = _bend(sides, errors, epsilon * abs(size))

    def verdict(n: int) -> str:
        if sides[n].crossings:
            return "kink"
        if not isfinite(errors[n]):
            return "vanished"
        if shares[n] <= tolerance:
            return "agree"
        if best is None or not passed:
            return "differ"
        return "round_off" if errors[n] <= limits[n] or n > best else "truncation"

    points = tuple(
        CurvePoint(
            one.step_size,
            finite(one.above),
            finite(one.below),
            finite(one.above - one.below),
            one.width,
            finite(one.slope),
            finite(abs(one.slope - exact)),
            finite(shares[n]),
            None if bend is None else bend * one.step_size**2,
            epsilon * abs(size) / one.step_size,
            verdict(n),
            tuple(Crossing(*place) for place in one.kinks()[:LISTED_KINKS]),
            one.crossings,
        )
        for n, one in enumerate(sides)
    )
    return points, best, passed


def _bottom(errors: Sequence[float]) -> int | None:
    """Where the largest error among neighbours is least, of several such the one least itself.

    Kinks and what is not finite are passed over.
    """

    def around(n: int) -> float:
        return max(one for one in errors[max(0, n - NEIGHBOURS) : n + NEIGHBOURS + 1] if isfinite(one))

    known = [n for n, error in enumerate(errors) if isfinite(error)]
    return min(known, key=lambda n: (around(n), errors[n])) if known else None


def _bend(sides: Sequence[Sides], errors: Sequence[float], rounding: float) -> float | None:
    """C‴/6 as the first steps show it; none where they show no more than round-off."""
    shown = [(one.step_size, error) for one, error in zip(sides, errors, strict=True) if isfinite(error)]
    # The widest step has a part of h⁴ too, so it is asked last; in float32 nothing else may be seen.
    for step_size, error in [*[one for one in shown if one[0] < _WIDE][:1], *shown[:1]]:
        if error > 10.0 * rounding / step_size:
            return error / step_size**2
    return None


def _relative(numerical: float, exact: float) -> float:
    larger = max(abs(numerical), abs(exact))
    return abs(numerical - exact) / larger if larger else abs(numerical - exact)
