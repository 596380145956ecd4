"""The steps of a graph before they are told: which equations each shows, what it reads and what it writes.

A step backward is a node handing its gradient to all of its operands; a sum over several uses is one of its own.
"""

from dataclasses import dataclass

from backprop_core.graph.structure import INPUT
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


@dataclass(frozen=True, slots=True)
class GraphScene:
    """One step: its kind, its node, the quantities it reads and those it makes known, its results last."""

    kind: str
    node: int
    reads: tuple[Quantity, ...]
    inner: tuple[Quantity, ...]
    results: tuple[Quantity, ...]


def script(trace: GraphTrace) -> list[GraphScene]:
    """Every step in order; one in which a number stops being finite is the last."""
    scenes = [_inputs(trace)]
    inner: list[Quantity] = []
    results: list[Quantity] = []
    reads: list[Quantity] = []
    equations = trace.equations
    for index, equation in enumerate(equations):
        node = trace.graph.edges[equation.layer].target if equation.kind == "local_gradient" else equation.layer
        kind = "chain_rule" if equation.kind == "local_gradient" else equation.kind
        reads += [quantity for quantity in dict.fromkeys(equation.reads) if quantity not in reads]
        (inner if equation.kind == "local_gradient" else results).append(equation.writes)
        stops = equation is trace.not_finite
        following = equations[index + 1] if index + 1 < len(equations) else None
        goes_on = (
            following is not None
            and kind == "chain_rule"
            and (
                (following.kind, following.layer) == ("chain_rule", node)
                if following.kind != "local_gradient"
                else trace.graph.edges[following.layer].target == node
            )
        )
        if stops or not goes_on:
            scenes.append(GraphScene(kind, node, tuple(reads), tuple(inner), tuple(results)))
            inner, results, reads = [], [], []
        if stops:
            break
    return scenes


def _inputs(trace: GraphTrace) -> GraphScene:
    """What is given: the inputs and the constants with names, or, where there are none, the numbers there are."""
    nodes = trace.graph.nodes
    named = [node.id for node in nodes if not node.operands and node.name]
    given = named or [node.id for node in nodes if not node.operands]
    first = next((k for k in given if nodes[k].operation == INPUT), given[0])
    return GraphScene("input", first, (), (), tuple(Quantity("value", k) for k in given))
