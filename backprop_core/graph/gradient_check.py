"""The gradient of a graph beside central differences: the same forward equations, run on both sides of each input.

An input whose step crosses a corner, or starts on one, has no derivative to compare; it is named, not failed.
"""

from dataclasses import dataclass

import numpy as np

from backprop_core.backprop import quiet
from backprop_core.graph.forward import Forward
from backprop_core.graph.structure import Node
from backprop_core.graph.trace import GraphTrace

TOLERANCE = 1e-7
_SMALLEST = 1e-12
"""Of the size of an input: a smaller step would be lost in it."""


@dataclass(frozen=True, slots=True)
class VariableCheck:
    """Both gradients of one input; ``kinks`` are the nodes whose corner lies within the step."""

    name: str
    node: int
    backpropagated: float
    numerical: float
    absolute_error: float
    relative_error: float
    kinks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GraphCheck:
    """All inputs; ``passed`` where the largest relative error of those without kinks is within ``tolerance``."""

    step_size: float
    tolerance: float
    checks: tuple[VariableCheck, ...]
    largest_relative_error: float
    passed: bool
    forward_passes: int


def check_graph(trace: GraphTrace, step_size: float = 1e-5) -> GraphCheck:
    """Check every gradient of ``trace`` against (f(x + h) − f(x − h)) / 2h.

    The relative error is of the larger of the two, but not less than what round-off and the step itself can make of a
    difference. What is not finite has not passed.
    """
    forward = Forward(trace)
    with quiet():
        checks = tuple(_checked(forward, trace, node, step_size) for node in trace.graph.inputs)
    # NumPy's maximum, unlike Python's, keeps a NaN.
    largest = float(np.max([0.0, *(one.relative_error for one in checks if not one.kinks)]))
    return GraphCheck(step_size, TOLERANCE, checks, largest, bool(largest <= TOLERANCE), 2 * len(checks))


def _checked(forward: Forward, trace: GraphTrace, node: Node, step_size: float) -> VariableCheck:
    exact, x = trace.number("gradient", node.id), np.float64(trace.number("value", node.id))
    h = max(np.float64(step_size), _SMALLEST * abs(x))
    here, above, below = (forward.at(node.id, x + move) for move in (0.0, h, -h))
    numerical = (above.output - below.output) / (above.at - below.at)
    absolute = abs(exact - numerical)
    noise = 4.0 * float(np.finfo(float).eps) * max(here.size, 1e-3) / h
    kinks = tuple(here.crossed(above, below))
    # Across a corner the second difference is no curvature, and would excuse any error.
    bend = 0.0 if kinks else abs(above.output - here.output + below.output - here.output) / h**2
    floor = (noise + min(10.0 * h**2, 1e-6) * max(abs(exact), bend)) / TOLERANCE
    relative = absolute / float(np.max([abs(exact), abs(numerical), floor]))
    return VariableCheck(node.name, node.id, exact, numerical, absolute, relative, kinks)
