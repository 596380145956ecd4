"""How an expression grows when it is put into itself, and what its gradient then costs by each way.

The formula doubles at every fork when it is written out; the graph, where a name is one node however often it is used,
only adds the same nodes again.
"""

from dataclasses import dataclass, replace

from backprop_core.graph.operations import OPERATIONS
from backprop_core.graph.structure import INPUT, Graph, Node, with_symbols


@dataclass(frozen=True, slots=True)
class GraphCounts:
    """Operations of a graph, each sign and each function one.

    ``written`` are those of f as one formula without names, ``forward`` those of its graph. ``backward`` are those of
    the one pass that finds every gradient: ``slopes`` worked out (those that are 1, −1 or another number of the graph
    are not), ``products`` of the chain rule and ``additions`` where paths meet.
    """

    nodes: int
    edges: int
    written: int
    forward: int
    slopes: int
    products: int
    additions: int

    @property
    def backward(self) -> int:
        """All of the backward pass."""
        return self.slopes + self.products + self.additions


def count_graph(graph: Graph) -> GraphCounts:
    """Count the operations of ``graph`` and of its backward pass."""
    written: list[int] = []
    for node in graph.nodes:
        written.append(_own(node) + sum(written[k] for k in node.operands))
    slopes = sum(_is_worked_out(graph.nodes[edge.target].operation) for edge in graph.flowing)
    uses = [len(graph.uses(k)) for k in graph.varying]
    return GraphCounts(
        nodes=len(graph.nodes),
        edges=len(graph.flowing),
        written=written[-1],
        forward=sum(_own(node) for node in graph.nodes),
        slopes=slopes,
        products=len(graph.flowing),
        additions=sum(max(0, count - 1) for count in uses),
    )


def _own(node: Node) -> int:
    """A maximum of three is two operations; a second name is none."""
    if not node.operands or node.operation == "identity":
        return 0
    return max(1, len(node.operands) - 1)


_GIVEN = frozenset({"add", "subtract", "multiply", "negate", "identity", "exp", "relu", "abs", "max", "min"})
"""Operations whose slopes are 1, −1, 0 or a number that the forward pass has left."""


def _is_worked_out(operation: str) -> bool:
    assert operation in OPERATIONS
    return operation not in _GIVEN


def nest(graph: Graph, times: int, through: str) -> Graph:
    """f(f(…)): ``graph`` put ``times`` times into its own input ``through``; its other inputs stay the same ones.

    Raises ``ValueError`` where it has no such input.
    """
    entry = next((node.id for node in graph.inputs if node.name == through), None)
    if entry is None:
        raise ValueError(f"the expression has no input {through}")
    nodes, last = list(graph.nodes), graph.output.id
    taken = {node.name for node in nodes}
    for turn in range(2, times + 1):
        place: dict[int, int] = {}
        for node in graph.nodes:
            if node.id == entry:
                place[node.id] = last
            elif node.operation == INPUT:
                place[node.id] = node.id
            else:
                place[node.id] = len(nodes)
                name = _name(node.name, turn, taken)
                nodes.append(replace(node, id=len(nodes), operands=tuple(place[k] for k in node.operands), name=name))
        last = place[graph.output.id]
    return with_symbols(nodes)


def _name(name: str, turn: int, taken: set[str]) -> str:
    """A name for the copy of a named node that none has yet; none for one that has none."""
    while name and name in taken:
        name = f"{name}_{turn}"
    taken.update({name} if name else ())
    return name
