"""Gradient check: every backpropagated derivative beside the slope found by moving that one number.

The central difference (C(θ + h) − C(θ − h)) / 2h asks the forward pass alone, so it judges the backward pass.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from backprop_core.activations import Array
from backprop_core.backprop import Program, compile
from backprop_core.costs import COSTS
from backprop_core.laboratory.difference import Place, differences
from backprop_core.memory import Memory, Quantity
from backprop_core.network import NetworkSpec, Parameters

TOLERANCE = {"float64": 1e-6, "float32": 1e-3}
"""Relative error up to which the two count as equal, for gradients computed in either precision."""
_GRADIENTS = {"weights": "weight_gradient", "biases": "bias_gradient"}


@dataclass(frozen=True, slots=True)
class ParameterCheck:
    """Both gradients of one array of parameters and how far they are apart, each in its shape."""

    parameter: str
    layer: int
    backpropagated: Array
    numerical: Array
    absolute_error: Array
    relative_error: Array


@dataclass(frozen=True, slots=True)
class Kink:
    """A parameter whose step carries a weighted input of a ReLU across 0, where no derivative exists."""

    parameter: str
    layer: int
    index: tuple[int, ...]
    kink_layer: int
    neuron: int
    example: int


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """What the check found. ``passed`` leaves out the parameters that are named in ``kinks``.

    Of the ``kinks_total`` that there are, ``kinks`` lists the first.
    ``compared`` counts those that were not left out: where it is 0, nothing failed and nothing was shown.
    """

    step_size: float
    tolerance: float
    checks: tuple[ParameterCheck, ...]
    kinks: tuple[Kink, ...]
    kinks_total: int
    largest_relative_error: float
    passed: bool
    parameters: int
    compared: int
    forward_passes: int


def check_gradient(
    spec: NetworkSpec,
    parameters: Parameters,
    inputs: Sequence[object] | Array,
    targets: Sequence[object] | Array | None = None,
    step_size: float = 1e-5,
    dtype: str = "float64",
    listed_kinks: int | None = None,
) -> GradientCheck:
    """Compare ∂C/∂W and ∂C/∂b of every parameter with central differences of the mean cost, step ``step_size``.

    The gradients are computed in ``dtype``, the differences always in float64: they are the judge. The
    relative error is |backpropagated − numerical| over the larger of the two, or, where both are smaller,
    over what round-off of either computation, or the step itself, could pass for. A large step makes the
    difference wrong by about its square, a tiny one by round-off: 1e-5 lies between. At most ``listed_kinks``
    kinks are listed, all of them if it is None.
    """
    memories = {}
    for one in (dtype, "float64"):
        with np.errstate(over="ignore"):
            memory = Memory(spec, len(inputs), one).load_parameters(parameters).load_batch(inputs, targets)
        memories[one] = memory.check_given()
    programs = {one: compile(memory, update=False, asides=False).run() for one, memory in memories.items()}
    return check_program(programs[dtype], step_size, judge=programs["float64"], listed_kinks=listed_kinks)


def check_program(
    program: Program, step_size: float = 1e-5, *, judge: Program | None = None, listed_kinks: int | None = None
) -> GradientCheck:
    """The same for a program that has been run: its gradients as they stand, against the forward pass of ``judge``."""
    memory = program.memory
    judging = judge or program
    here = float(judging.memory["cost", memory.spec.depth])
    rounded = max(abs(here), felt(judging.memory))
    tolerance = TOLERANCE[memory.dtype.name]
    checks: list[ParameterCheck] = []
    kinks: list[Kink] = []
    largest, compared, kinks_total = 0.0, 0, 0
    for name, l in [q for q in memory if q.name in _GRADIENTS]:
        exact = memory[_GRADIENTS[name], l].astype(float)
        numerical, bend = np.empty_like(exact), np.zeros_like(exact)
        smooth = np.ones(exact.shape, dtype=bool)
        for sides in differences(judging, Quantity(name, l), _every(exact, step_size)):
            index, count = sides.place, sides.crossings
            curvature = (sides.above - here + sides.below - here) / step_size**2
            numerical[index], smooth[index] = sides.slope, not count
            bend[index] = abs(curvature) if np.isfinite(curvature) and not count else 0.0
            if count and (listed_kinks is None or len(kinks) < listed_kinks):
                kinks += [Kink(name, l, index, *place) for place in sides.kinks()]
            kinks_total += count
        absolute = np.abs(exact - numerical)
        own = 8.0 * float(np.finfo(memory.dtype).eps) * float(np.max(np.abs(exact)))
        truncation = _truncation(step_size) * float(max(np.max(np.abs(exact)), np.max(bend)))
        floor = (noise(judging.memory.dtype, rounded, step_size) + own + truncation) / tolerance
        relative = absolute / np.maximum(np.maximum(np.abs(exact), np.abs(numerical)), floor)
        # NumPy's maximum, unlike Python's, keeps a NaN: what is not finite has not passed.
        largest = float(np.maximum(largest, np.max(relative, where=smooth, initial=0.0)))
        compared += int(smooth.sum())
        checks.append(ParameterCheck(name, l, exact, numerical, absolute, relative))
    size = sum(check.numerical.size for check in checks)
    return GradientCheck(
        step_size=step_size,
        tolerance=tolerance,
        checks=tuple(checks),
        kinks=tuple(kinks[:listed_kinks]),
        kinks_total=kinks_total,
        largest_relative_error=largest,
        passed=bool(largest <= tolerance),
        parameters=size,
        compared=compared,
        forward_passes=2 * size,
    )


def noise(dtype: np.dtype[Any], size: float, step_size: float) -> float:
    """What round-off alone can make of a central difference, where numbers of ``size`` are rounded."""
    return 4.0 * float(np.finfo(dtype).eps) * max(abs(size), 1e-3) / step_size


def felt(memory: Memory, row: int | None = None) -> float:
    """By how much the mean C, or that of ``row``, would change if every number on the way did by its whole size.

    The layer that has most of it counts. A number is rounded by ε of its size, and C feels it by its derivative: beside
    a target the cost itself is far smaller than what rounding the outputs makes of it.
    """
    rows = slice(None) if row is None else slice(row, row + 1)
    last, most = memory.spec.depth, 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for l in range(last + 1):
            for number, derivative in (("weighted_input", "error"), ("activation", "activation_gradient")):
                if number == "activation" and l == last and COSTS[memory.spec.cost].from_weighted_input:
                    continue  # not on the way: this cost is computed from z, and its ∂C/∂a may be beyond all bounds
                size = float(np.abs(memory[number, l][rows] * memory[derivative, l][rows]).sum(axis=1).mean())
                most = max(most, size if isfinite(size) else 0.0)
    return most


def _truncation(step_size: float) -> float:
    """What the step itself can make of a central difference, as a share of the largest C′ and C″ of its array.

    The difference is wrong by h²·C‴/6, and C‴ does not vanish where C′ happens to be near 0, as it is for every
    parameter when the outputs are near their targets: measured against its own size, such a gradient would
    look wrong although it is right. C‴/6 stays below ten times the largest C′ or C″ of the array. More than 1e-6 is
    not forgiven: the error of a large step is to be seen.
    """
    return min(10.0 * step_size**2, 1e-6)


def _every(array: Array, step_size: float) -> Iterator[tuple[Place, float]]:
    return ((index, step_size) for index in np.ndindex(array.shape))
