"""The gradient of an expression by three ways side by side: numerical and automatic here, symbolic as SymPy answers.

A small network is written out as an expression and then is one. The counts are of operations, each sign and each
function one, so that the three can be compared.
"""

from dataclasses import dataclass
from typing import Any

from app.derivative_answers import Refusal, SymbolicCost
from app.graphs import expression_trace
from app.limits import Limits
from app.problems import LimitMet, Problem, refusal
from app.schemas import DerivativesRequest, GraphDerivativesRequest
from app.symbolic import Symbolic, TooLong, question
from app.updates import asked, make_trace
from backprop_core import (
    ExpressionTooLarge,
    Graph,
    GraphCounts,
    GraphLimits,
    GraphTrace,
    check_graph,
    count_graph,
    nest,
    node_tex,
    operation_counts,
    read_expression,
    trace_graph,
    write_out,
)

Number = float | None
AGREE = 1e-10
"""Relative difference up to which two ways that are both exact count as equal."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A graph with its numbers, the inputs to differentiate by, and the graphs it grew from by nesting."""

    expression: str
    trace: GraphTrace
    by: list[int]
    step_size: float
    grown: list[Graph]
    through: str

    @property
    def counts(self) -> GraphCounts:
        """Operations of the graph."""
        return count_graph(self.trace.graph)


def of_expression(wanted: GraphDerivativesRequest, limits: Limits) -> Asked:
    """The expression asked for; raises ``Problem`` (422) where it cannot be used, or not be nested so often."""
    trace = expression_trace(wanted, limits, wanted.default_value)
    graph = trace.graph
    names = [node.name for node in graph.inputs]
    through = wanted.through if wanted.through is not None else "x" if "x" in names else names[0] if names else ""
    if wanted.nesting > 1 and through not in names:
        raise refusal("invalid-value", "/through: takes the name of an input of the expression.", "/through")
    grown = [graph, *(nest(graph, times, through) for times in range(2, wanted.nesting + 1))]
    if len(grown[-1].nodes) > limits.graph_nodes:
        detail = f"Nested so often the expression has {len(grown[-1].nodes)} nodes, over the limit graph_nodes."
        met = LimitMet(name="graph_nodes", value=limits.graph_nodes, given=len(grown[-1].nodes))
        raise Problem("expression-too-large", detail, [{"pointer": "/nesting", "detail": detail}], limit=met)
    if wanted.nesting > 1:
        trace = trace_graph(grown[-1], {node.name: trace.number("value", node.id) for node in graph.inputs})
    by = [node.id for node in trace.graph.inputs]
    return Asked(wanted.expression, trace, by, wanted.step_size, grown, through)


def of_network(wanted: DerivativesRequest, limits: Limits) -> Asked:
    """The network asked for, written out for one example; raises ``Problem`` (422) where it is too large for that."""
    # An expression is computed in float64, whatever the network is.
    found = make_trace(wanted.model_copy(update={"steps": False, "precision": "float64"}), limits)
    # Each weight is multiplied once, so that writing out what is far too large need not be tried.
    if operation_counts(found.spec, 1).edges > limits.graph_nodes:
        raise _too_large(limits)
    memory, last = found.memory, found.spec.depth
    targets = memory["target", last][wanted.example].tolist() if found.spec.has_target else None
    with asked():
        inputs = memory["weighted_input", 0][wanted.example].tolist()
        written = write_out(found.spec, memory.parameters(), inputs, targets)
    room = GraphLimits(characters=len(written.expression), nodes=limits.graph_nodes)
    try:
        graph = read_expression(written.expression, room)
    except ExpressionTooLarge:
        raise _too_large(limits) from None
    read = {node.name for node in graph.inputs}
    trace = trace_graph(graph, {name: value for name, value in written.values.items() if name in read})
    by = [node.id for node in graph.inputs if node.name in written.parameters]
    return Asked(written.expression, trace, by, wanted.step_size, [], "")


def _too_large(limits: Limits) -> Problem:
    most = limits.graph_nodes
    detail = f"Written out this network is more than {most} numbers and operations, the limit graph_nodes."
    met = LimitMet(name="graph_nodes", value=most)
    return Problem("network-too-large", detail, [{"pointer": "/network", "detail": detail}], limit=met)


def document(found: Asked) -> dict[str, Any]:
    """The numerical and the automatic way; of the symbolic one nothing is known yet."""
    trace, counts = found.trace, found.counts
    graph = trace.graph
    checks = {one.node: one for one in check_graph(trace, found.step_size).checks}
    passes = 2 * len(found.by)
    return {
        "expression": found.expression,
        "values": {node.name: trace.number("value", node.id) for node in graph.inputs},
        "step_size": found.step_size,
        "nesting": max(1, len(found.grown)),
        "through": found.through,
        "output": node_tex(graph.output),
        "value": trace.known("value", graph.output.id),
        "nodes": counts.nodes,
        "edges": counts.edges,
        "written": counts.written,
        "corners": trace.corners,
        "variables": [_variable(trace, k, checks[k]) for k in found.by],
        "automatic": {
            "forward_passes": 1,
            "backward_passes": 1,
            "forward": counts.forward,
            "slopes": counts.slopes,
            "products": counts.products,
            "additions": counts.additions,
            "operations": counts.forward + counts.backward,
        },
        # A difference and a quotient for each, beside the passes.
        "numerical": {
            "forward_passes": passes,
            "backward_passes": 0,
            "operations": passes * counts.forward + passes,
        },
        "symbolic": None,
        "refused": None,
        "growth": [_growth(times, count_graph(graph)) for times, graph in enumerate(found.grown, 1)],
    }


def _variable(trace: GraphTrace, k: int, check: Any) -> dict[str, Any]:
    node = trace.graph.nodes[k]
    return {
        "name": node.name,
        "tex": node_tex(node),
        "value": trace.number("value", k),
        "automatic": trace.known("gradient", k),
        "numerical": check.numerical,
        "numerical_error": check.absolute_error,
        "relative_error": check.relative_error,
        "kinks": check.kinks,
        "symbolic": None,
        "symbolic_difference": None,
        "agrees": None,
        "formula": None,
    }


def _growth(times: int, counts: GraphCounts) -> dict[str, Any]:
    return {
        "times": times,
        "nodes": counts.nodes,
        "written": counts.written,
        "automatic": counts.forward + counts.backward,
        "derivatives": None,
        "shared": None,
    }


async def with_symbolic(told: dict[str, Any], found: Asked, symbolic: Symbolic, limits: Limits) -> dict[str, Any]:
    """The same with the formulas, or with why there are none; raises ``Problem`` where SymPy is not installed."""
    if found.trace.not_finite is not None:
        return told | {"refused": Refusal(reason="not_finite", detail="A number of this expression is not finite.")}
    most, operations = limits.symbolic_operations, told["written"]
    if operations > most:
        detail = f"Written out the formula has {operations} operations, over {most}, the limit symbolic_operations."
        return told | {"refused": Refusal(reason="operations", detail=detail)}
    ends = [graph.output.id for graph in found.grown[:-1]]
    try:
        answer = await symbolic.ask(question(found.trace, found.by, ends))
    except TooLong:
        work = f"{limits.symbolic_seconds} seconds of work, the limit symbolic_seconds, and half a gigabyte"
        detail = f"SymPy came to no end with this formula within what it has: {work}. A shorter one will do."
        return told | {"refused": Refusal(reason="time", detail=detail)}
    rows = zip(told["variables"], answer["derivatives"], strict=True)
    grown = zip(told["growth"], answer["growth"], strict=bool(told["growth"]))
    return told | {
        "variables": [_judged(variable, one, bool(told["corners"])) for variable, one in rows],
        "symbolic": SymbolicCost(formula=answer["formula"], derivatives=answer["operations"], shared=answer["shared"]),
        "growth": [row | one for row, one in grown],
    }


def _judged(variable: dict[str, Any], one: dict[str, Any], is_cornered: bool) -> dict[str, Any]:
    exact, value = variable["automatic"], one["value"]
    known = exact is not None and value is not None
    difference = abs(exact - value) if known else None
    agrees = difference <= AGREE * max(abs(exact), abs(value), 1e-3) if difference is not None else None
    return variable | {
        "symbolic": value,
        "symbolic_difference": difference,
        "agrees": None if is_cornered else agrees,
        "formula": one["formula"],
    }
