"""A graph with all of its numbers: values forward, gradients backward, and where a number stopped being finite.

Nothing in it is ever written again; steps, answers and checks read from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from backprop_core.backprop import quiet
from backprop_core.equations import Equation
from backprop_core.graph.memory import GraphMemory
from backprop_core.graph.operations import OPERATIONS
from backprop_core.graph.program import compile_graph
from backprop_core.graph.structure import Edge, Graph, Node
from backprop_core.memory import Quantity


@dataclass(frozen=True, slots=True)
class Corner:
    """A node at a corner of its function, where no derivative exists; ``sentence`` says which one was taken."""

    node: int
    operation: str
    sentence: str


@dataclass(frozen=True)
class GraphTrace:
    """A graph with all of its numbers; it is never written again."""

    graph: Graph
    memory: GraphMemory
    equations: tuple[Equation, ...]

    @cached_property
    def not_finite(self) -> Equation | None:
        """The equation at which a number stopped being finite."""
        return next((one for one in self.equations if not np.isfinite(self.memory[one.writes])), None)

    @cached_property
    def written(self) -> frozenset[Quantity]:
        """What was written, up to the number that is not finite."""
        stop = self.equations.index(self.not_finite) + 1 if self.not_finite is not None else None
        return frozenset(one.writes for one in self.equations[:stop])

    def known(self, name: str, k: int) -> float | None:
        """One number, or ``None`` where there is none: not reached, or nothing is differentiated by it."""
        given = name == "value" and not self.graph.nodes[k].operands
        # Nothing leads from here to the output, which is an answer: the gradient is 0.
        apart = name == "gradient" and k in self.graph.varying - self.graph.leading and self.not_finite is None
        return self.number(name, k) if given or apart or Quantity(name, k) in self.written else None

    def contribution(self, edge: Edge) -> float | None:
        """The gradient that comes back over ``edge``, ``None`` where none does."""
        if self.graph.uses(edge.source) == (edge,):
            return self.known("gradient", edge.source)
        return self.known("contribution", edge.id)

    def number(self, name: str, k: int) -> float:
        """One number as it stands."""
        return float(self.memory[name, k])

    def operands(self, node: Node) -> list[np.float64]:
        """The values that a node is made of."""
        # Each of many operands asks for all of them, so they are read once.
        if node.id not in self._operands:
            self._operands[node.id] = [np.float64(self.number("value", k)) for k in node.operands]
        return self._operands[node.id]

    @cached_property
    def _operands(self) -> dict[int, list[np.float64]]:
        return {}

    @cached_property
    def corners(self) -> tuple[Corner, ...]:
        """Every corner that the numbers stand on, among the nodes a gradient comes back through."""
        found = []
        for node in self.graph.nodes:
            rule = OPERATIONS.get(node.operation)
            if rule is None or rule.side is None or not self.graph.into(node.id):
                continue
            if self.known("value", node.id) is not None and rule.side(self.operands(node)) is None:
                found.append(Corner(node.id, node.operation, _CORNERS[node.operation]))
        return tuple(found)


_TIE = "Here {} has a tie, where it has no derivative: those that are equal share it, as in PyTorch."
_CORNERS = {
    "relu": "ReLU has a corner at 0, where it has no derivative: 0 is taken, as in PyTorch.",
    "abs": "The absolute value has a corner at 0, where it has no derivative: 0 is taken, as in PyTorch.",
    "max": _TIE.format("max"),
    "min": _TIE.format("min"),
}


def trace_graph(graph: Graph, values: Mapping[str, float]) -> GraphTrace:
    """Compute ``graph`` for the given ``values`` of its inputs, and every gradient of its output.

    A number that stops being finite is an answer: ``not_finite`` tells where. Raises ``SpecificationError`` where the
    values are not those of the inputs.
    """
    memory = GraphMemory(graph).load(graph, values)
    trace = GraphTrace(graph, memory, compile_graph(graph, memory))
    with quiet():
        for equation in trace.equations:
            equation.run()
    memory.freeze()
    return trace
