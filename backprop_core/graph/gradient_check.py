"""The gradient of a graph beside central differences: the same forward equations, run on both sides of each input.

An input whose step crosses a corner, or starts on one, has no derivative to compare; it is named, not failed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from backprop_core.activations import Array
from backprop_core.backprop import quiet
from backprop_core.graph.memory import GraphMemory
from backprop_core.graph.operations import OPERATIONS
from backprop_core.graph.program import compile_graph
from backprop_core.graph.structure import Graph, Node
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
    graph = trace.graph
    forward = _Forward(graph, {node.name: trace.number("value", node.id) for node in graph.inputs})
    with quiet():
        checks = tuple(forward.checked(node, trace.number("gradient", node.id), step_size) for node in graph.inputs)
    # NumPy's maximum, unlike Python's, keeps a NaN.
    largest = float(np.max([0.0, *(one.relative_error for one in checks if not one.kinks)]))
    return GraphCheck(step_size, TOLERANCE, checks, largest, bool(largest <= TOLERANCE), 2 * len(checks))


class _Forward:
    """The forward equations of a graph, run again and again with one input moved."""

    def __init__(self, graph: Graph, values: Mapping[str, float]) -> None:
        self._graph, self._memory = graph, GraphMemory(graph).load(graph, values)
        self._equations = [one for one in compile_graph(graph, self._memory) if one.writes.name == "value"]
        self._cornered = [
            (node, rule.side) for node in graph.nodes if (rule := OPERATIONS.get(node.operation)) and rule.side
        ]

    def checked(self, node: Node, exact: float, step_size: float) -> VariableCheck:
        """The gradient of one input beside its central difference."""
        value = self._memory["value", node.id]
        x = np.float64(value)
        h = max(np.float64(step_size), _SMALLEST * abs(x))
        (here, size, sides), (up, _, above), (down, _, below) = (self._run(value, x + move) for move in (0.0, h, -h))
        value[...] = x
        numerical = (up - down) / ((x + h) - (x - h))
        absolute = abs(exact - numerical)
        noise = 4.0 * float(np.finfo(float).eps) * max(size, 1e-3) / h
        bend = abs(up - here + down - here) / h**2
        floor = (noise + min(10.0 * h**2, 1e-6) * max(abs(exact), bend)) / TOLERANCE
        relative = absolute / float(np.max([abs(exact), abs(numerical), floor]))
        kinks = tuple(k for k in sides if not sides[k] == above[k] == below[k])
        return VariableCheck(node.name, node.id, exact, numerical, absolute, relative, kinks)

    def _run(self, value: Array, x: np.float64) -> tuple[np.float64, np.float64, dict[int, int | None]]:
        """The output, the size of the largest number on the way, and on which piece each function with corners is."""
        value[...] = x
        for equation in self._equations:
            equation.run()
        numbers = [np.float64(self._memory["value", node.id]) for node in self._graph.nodes]
        sides = {node.id: side([np.float64(numbers[k]) for k in node.operands]) for node, side in self._cornered}
        return numbers[-1], max(map(abs, numbers)), sides
