"""A graph: the nodes of an expression in the order they are evaluated, and the edges that gradients flow along.

A name is one node however often it is used; two equal formulas that were written twice are two nodes, as written.
"""

from dataclasses import dataclass
from functools import cached_property

INPUT, CONSTANT = "input", "constant"

LETTERS = "qrstuvphkmgdno"
"""Letters for what has no name of its own, in this order; then q with a number."""


@dataclass(frozen=True, slots=True)
class Node:
    """One number of an expression: an input, a constant, or an operation on earlier nodes.

    ``name`` is the variable's or the assigned one, empty where there is none; ``symbol`` is what it is called all the
    same. ``number`` is the value of a constant.
    """

    id: int
    operation: str
    operands: tuple[int, ...] = ()
    name: str = ""
    symbol: str = ""
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """From an operand up to the operation that uses it, at ``place`` among its operands."""

    id: int
    source: int
    target: int
    place: int


@dataclass(frozen=True)
class Graph:
    """The nodes in evaluation order, the output last."""

    nodes: tuple[Node, ...]

    @property
    def output(self) -> Node:
        """What is differentiated."""
        return self.nodes[-1]

    @cached_property
    def inputs(self) -> tuple[Node, ...]:
        """The variables, in the order they are first read."""
        return tuple(node for node in self.nodes if node.operation == INPUT)

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Every use of a node, by the operation that uses it."""
        uses = [(source, node.id, k) for node in self.nodes for k, source in enumerate(node.operands)]
        return tuple(Edge(id, *use) for id, use in enumerate(uses))

    @cached_property
    def varying(self) -> frozenset[int]:
        """Nodes that depend on an input: the others are numbers, and nothing is differentiated by them."""
        found: set[int] = set()
        for node in self.nodes:
            if node.operation == INPUT or found.intersection(node.operands):
                found.add(node.id)
        return frozenset(found)

    @cached_property
    def leading(self) -> frozenset[int]:
        """Nodes that the output depends on, itself included."""
        found = {self.output.id}
        for node in reversed(self.nodes):
            if node.id in found:
                found.update(node.operands)
        return frozenset(found)

    @cached_property
    def flowing(self) -> tuple[Edge, ...]:
        """Edges that carry a gradient back."""
        return tuple(edge for edge in self.edges if edge.source in self.varying and edge.target in self.leading)

    def following(self, node: int) -> frozenset[int]:
        """Nodes that are computed from ``node``, itself left out."""
        found = {node}
        for one in self.nodes[node + 1 :]:
            if found.intersection(one.operands):
                found.add(one.id)
        return frozenset(found - {node})

    def into(self, node: int) -> tuple[Edge, ...]:
        """The edges that carry the gradient of ``node`` back to its operands."""
        return self._sorted[0].get(node, ())

    def uses(self, node: int) -> tuple[Edge, ...]:
        """The edges over which gradients come back to ``node``, in the order in which they do."""
        return self._sorted[1].get(node, ())

    @cached_property
    def _sorted(self) -> tuple[dict[int, tuple[Edge, ...]], dict[int, tuple[Edge, ...]]]:
        into: dict[int, tuple[Edge, ...]] = {}
        uses: dict[int, tuple[Edge, ...]] = {}
        for edge in self.flowing:
            into[edge.target] = (*into.get(edge.target, ()), edge)
        for edge in sorted(self.flowing, key=lambda one: (-one.target, one.place)):
            uses[edge.source] = (*uses.get(edge.source, ()), edge)
        return into, uses


def with_symbols(nodes: list[Node]) -> Graph:
    """The graph of ``nodes``, each with something to call it by that no other has."""
    taken = {node.name for node in nodes}
    letters = iter([letter for letter in LETTERS if letter not in taken])
    numbers = iter(name for number in range(1, 2 * len(nodes) + 2) if (name := f"q{number}") not in taken)
    called: list[Node] = []
    for node in nodes:
        symbol = node.name
        is_output = node.id == len(nodes) - 1
        if not symbol and (node.operation != CONSTANT or is_output):
            symbol = "f" if is_output and "f" not in taken else next(letters, "") or next(numbers)
        called.append(Node(node.id, node.operation, node.operands, node.name, symbol, node.number))
    return Graph(tuple(called))
