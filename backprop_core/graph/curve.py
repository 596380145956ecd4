"""The curve of a gradient check for a graph: one central difference at every step h from 1e-1 to 1e-12.

Its points are judged as those of a network are; of a graph the layer of a crossing is the node with the corner.
"""

from dataclasses import dataclass, replace

import numpy as np

from backprop_core.backprop import quiet
from backprop_core.graph.forward import Forward, Outcome
from backprop_core.graph.named import varying_node
from backprop_core.graph.trace import GraphTrace
from backprop_core.laboratory.curve import STEP_SIZES, CurvePoint, bottom, judged
from backprop_core.laboratory.curve_told import tell
from backprop_core.laboratory.difference import Sides
from backprop_core.laboratory.gradient_check import TOLERANCE

_DTYPE = np.dtype(np.float64)


@dataclass(frozen=True, slots=True)
class GraphCurve:
    """A gradient of f and its central differences; ``output`` is f, ``pushed`` the number moved, at ``value``.

    ``best`` is the point at the bottom of the V; none where every step crosses a corner or vanishes, and then nothing
    has ``passed``.
    """

    ref: str
    pushed: str
    name: str
    value: float
    backpropagated: float
    output: float
    precision: str
    epsilon: float
    tolerance: float
    points: tuple[CurvePoint, ...]
    best: int | None
    passed: bool
    forward_passes: int
    sentences: tuple[str, ...]


def graph_curve(trace: GraphTrace, name: str) -> GraphCurve:
    """Check the gradient of the node called ``name`` at every step of ``STEP_SIZES``.

    Raises ``SpecificationError`` for a name there is not, a number that does not vary and a trace that is not finite.
    """
    node = varying_node(trace, name)
    exact, x = trace.number("gradient", node.id), np.float64(trace.number("value", node.id))
    forward = Forward(trace)
    with quiet():
        here = forward.at(node.id, x)
        sides = [_sides(forward, node.id, here, step_size) for step_size in STEP_SIZES]
        points, best, passed = judged(sides, exact, here.size, _DTYPE)
    symbol = trace.graph.output.symbol
    rounded = symbol if here.size == abs(here.output) else "(the largest number on the way)"
    told = bottom(points, best, passed=passed, precision=_DTYPE.name)
    return GraphCurve(
        ref=f"gradient:{node.id}",
        pushed=f"value:{node.id}",
        name=node.symbol,
        value=float(x),
        backpropagated=exact,
        output=float(here.output),
        precision=_DTYPE.name,
        epsilon=float(np.finfo(_DTYPE).eps),
        tolerance=TOLERANCE[_DTYPE.name],
        points=points,
        best=best,
        passed=passed,
        forward_passes=2 * len(points),
        sentences=tell(told and replace(told, of=symbol, rounded=rounded)),
    )


def _sides(forward: Forward, node: int, here: Outcome, step_size: float) -> Sides:
    above, below = (forward.at(node, here.at + move) for move in (step_size, -step_size))
    crossed = {k: np.ones((1, 1), dtype=bool) for k in here.crossed(above, below)}
    return Sides((), step_size, float(above.output), float(below.output), float(above.at - below.at), crossed)
