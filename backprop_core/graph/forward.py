"""The forward equations of a finished graph, run again with one of its numbers moved.

Checks, curves and nudges ask here what f really does; no gradient is looked at.
"""

from dataclasses import dataclass

import numpy as np

from backprop_core.backprop import quiet
from backprop_core.graph.memory import GraphMemory
from backprop_core.graph.operations import OPERATIONS
from backprop_core.graph.program import compile_graph
from backprop_core.graph.trace import GraphTrace


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: ``at`` is the number as it was stored, ``values`` those of all nodes.

    ``sides`` says of every function with corners on which piece it is, ``None`` on a corner.
    """

    at: np.float64
    values: tuple[np.float64, ...]
    sides: dict[int, int | None]

    @property
    def output(self) -> np.float64:
        """The value of f."""
        return self.values[-1]

    @property
    def size(self) -> float:
        """The largest number on the way, which rounds the most; NaN where there is one."""
        return float(np.max(np.abs(self.values)))

    def crossed(self, *others: "Outcome") -> list[int]:
        """The nodes that are on another piece of their function, or on a corner, in one of ``others``."""
        return [k for k, side in self.sides.items() if any(one.sides[k] != side for one in others)]


class Forward:
    """Every push starts from the trace as it is."""

    def __init__(self, trace: GraphTrace) -> None:
        self.graph = graph = trace.graph
        values = {node.name: trace.number("value", node.id) for node in graph.inputs}
        self._memory = GraphMemory(graph).load(graph, values)
        self._equations = [one for one in compile_graph(graph, self._memory) if one.writes.name == "value"]
        self._cornered = [
            (node, rule.side) for node in graph.nodes if (rule := OPERATIONS.get(node.operation)) and rule.side
        ]
        self._values = [self._memory["value", node.id] for node in graph.nodes]
        with quiet():
            for equation in self._equations:
                equation.run()

    def at(self, node: int, x: float) -> Outcome:
        """With ``node`` at the value ``x``, whatever it is made of."""
        following = self.graph.following(node)
        before = [float(value) for value in self._values]
        self._values[node][...] = x
        for equation in self._equations:
            if equation.layer in following:
                equation.run()
        numbers = tuple(np.float64(value) for value in self._values)
        sides = {one.id: side([numbers[k] for k in one.operands]) for one, side in self._cornered}
        for k in (node, *following):
            self._values[k][...] = before[k]
        return Outcome(numbers[node], numbers, sides)
