"""The steps of a graph before they are told: which equations each shows, what it reads and what it writes.

At granularity node a step backward is a node handing its gradient to all of its operands, and a sum over several uses
is a step of its own; at term it is one edge, and what comes back over it is added as it arrives.
"""

from dataclasses import dataclass

from backprop_core.equations import Equation
from backprop_core.graph.structure import INPUT, Edge
from backprop_core.graph.trace import GraphTrace
from backprop_core.memory import Quantity

PHASES = {
    "input": "forward",
    "operation": "forward",
    "output_gradient": "backward",
    "chain_rule": "backward",
    "gradient_sum": "backward",
}
"""Kind → phase."""

GRAPH_GRANULARITIES = ("pass", "node", "term")


@dataclass(frozen=True, slots=True)
class GraphScene:
    """One step: its kind, its node, the quantities it reads and those it makes known, its results last.

    ``edges`` are those that the chain rule is told for.
    """

    kind: str
    node: int
    reads: tuple[Quantity, ...]
    inner: tuple[Quantity, ...]
    results: tuple[Quantity, ...]
    edges: tuple[Edge, ...] = ()


def script(trace: GraphTrace, *, by_term: bool = False) -> list[GraphScene]:
    """Every step in order; one in which a number stops being finite is the last."""
    stop = trace.not_finite
    equations = trace.equations[: trace.equations.index(stop) + 1 if stop else None]
    grouped: dict[tuple[str, int], list[Equation]] = {}
    for equation in equations:
        grouped.setdefault(_key(trace, equation, by_term=by_term), []).append(equation)
    return [_inputs(trace), *(_scene(trace, group) for group in grouped.values())]


def passes(scenes: list[GraphScene]) -> list[list[GraphScene]]:
    """The scenes forward, and those backward where there are any."""
    both = ([one for one in scenes if PHASES[one.kind] == phase] for phase in ("forward", "backward"))
    return [members for members in both if members]


def _key(trace: GraphTrace, equation: Equation, *, by_term: bool) -> tuple[str, int]:
    """What keeps equations in one step."""
    graph = trace.graph
    if equation.kind == "gradient_sum" and by_term:
        return "chain_rule", graph.uses(equation.layer)[-1].id  # the last to arrive completes the sum
    edge = _edge(trace, equation)
    if edge is None:
        return equation.kind, equation.layer
    return "chain_rule", edge.id if by_term else edge.target


def _edge(trace: GraphTrace, equation: Equation) -> Edge | None:
    """The edge that an equation of the chain rule is about."""
    name = {"local_gradient": equation.writes, "chain_rule": equation.reads[-1] if equation.reads else None}
    quantity = name.get(equation.kind)
    return trace.graph.edges[quantity.layer] if quantity else None


def _scene(trace: GraphTrace, equations: list[Equation]) -> GraphScene:
    first = equations[0]
    edges = dict.fromkeys(edge for one in equations if (edge := _edge(trace, one)))
    inner = [one.writes for one in equations if one.kind == "local_gradient"]
    results = [one.writes for one in equations if one.kind != "local_gradient"]
    reads = dict.fromkeys(quantity for one in equations for quantity in one.reads)
    outside = tuple(quantity for quantity in reads if quantity not in inner and quantity not in results)
    kind, node = (first.kind, first.layer) if not edges else ("chain_rule", next(iter(edges)).target)
    return GraphScene(kind, node, outside, tuple(inner), tuple(results), tuple(edges))


def _inputs(trace: GraphTrace) -> GraphScene:
    """What is given: the inputs and the constants with names, or, where there are none, the numbers there are."""
    nodes = trace.graph.nodes
    named = [node.id for node in nodes if not node.operands and node.name]
    given = named or [node.id for node in nodes if not node.operands]
    first = next((k for k in given if nodes[k].operation == INPUT), given[0])
    return GraphScene("input", first, (), (), tuple(Quantity("value", k) for k in given))
