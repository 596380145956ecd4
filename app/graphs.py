"""An expression as the service answers it: its graph, its steps, and what is wrong with it in plain words.

The engine finds what is wrong; here it becomes a problem document with line, column and a caret.
"""

from typing import Any, NotRequired

from typing_extensions import TypedDict

from app.complaints import Complaint, pointer
from app.limits import Limits
from app.problems import LimitMet, Problem, refusal
from app.schemas import ExpressionRequest, GraphCurveRequest, GraphDerivationRequest, GraphNudgeRequest, GraphRequest
from app.unfinished import check_graph_finished
from backprop_core import (
    OPERATIONS,
    Corner,
    Derivation,
    Divergence,
    ExpressionError,
    ExpressionTooLarge,
    Graph,
    GraphCurve,
    GraphLimits,
    GraphNudged,
    GraphTrace,
    SpecificationError,
    Step,
    check_graph,
    derive_graph,
    graph_curve,
    graph_divergence,
    graph_steps,
    node_tex,
    nudge_graph,
    read_expression,
    trace_graph,
)

Number = float | None


class NodeAnswer(TypedDict):
    """One node; ``name`` is empty where the expression gives none, ``symbol`` and ``tex`` are what the steps call it.

    ``sign`` is what stands in it, empty for what is given. ``gradient`` is null where nothing varies.
    """

    id: int
    name: str
    symbol: str
    tex: str
    operation: str
    sign: str
    operands: list[int]
    value: Number
    gradient: Number


class EdgeAnswer(TypedDict):
    """From the node ``source`` up to ``target``, which has it at ``place`` among its operands.

    ``contribution`` is the gradient of ``target`` times ``local_gradient``; both are null where no gradient flows.
    """

    id: int
    source: int
    target: int
    place: int
    local_gradient: Number
    contribution: Number


class VariableCheckAnswer(TypedDict):
    """Both gradients of one input; ``kinks`` are the nodes whose corner lies within the step."""

    name: str
    node: int
    backpropagated: Number
    numerical: Number
    absolute_error: Number
    relative_error: Number
    kinks: list[int]


class GraphCheckAnswer(TypedDict):
    """What the check found; inputs whose step crosses a corner are not counted as failures."""

    step_size: float
    tolerance: float
    checks: list[VariableCheckAnswer]
    largest_relative_error: Number
    passed: bool
    forward_passes: int


class GraphAnswer(TypedDict):
    """An expression as a graph, its nodes in evaluation order, the output last; of a step ``layer`` is the node."""

    expression: str
    values: dict[str, float]
    textbook: str
    granularity: str
    output: int
    value: Number
    nodes: list[NodeAnswer]
    edges: list[EdgeAnswer]
    kinks: list[Corner]
    steps: NotRequired[list[Step]]
    diverged: NotRequired[Divergence]
    check: NotRequired[GraphCheckAnswer]


def graph_document(wanted: GraphRequest, limits: Limits) -> dict[str, Any]:
    """The answer to ``POST /graphs``; raises ``Problem`` (422) where the expression or its values cannot be used."""
    trace = expression_trace(wanted, limits, wanted.default_value)
    graph = trace.graph
    document: dict[str, Any] = {
        "expression": wanted.expression,
        "values": {node.name: trace.number("value", node.id) for node in graph.inputs},
        "textbook": wanted.textbook,
        "granularity": wanted.granularity,
        "output": graph.output.id,
        "value": trace.known("value", graph.output.id),
        "nodes": _nodes(trace),
        "edges": _edges(trace),
        "kinks": trace.corners,
    }
    if wanted.steps:
        document["steps"] = graph_steps(trace, wanted.textbook, wanted.granularity)
    diverged = graph_divergence(trace, wanted.granularity)
    if diverged is not None:
        document["diverged"] = diverged
    if wanted.step_size is not None:
        document["check"] = check_graph(trace, wanted.step_size)
    return document


def derivation(wanted: GraphDerivationRequest, limits: Limits) -> Derivation:
    """The document of ``POST /graphs/derivations``; raises ``Problem`` as above."""
    trace = expression_trace(wanted, limits, wanted.default_value)
    first, count = (0, None) if wanted.window is None else (wanted.window.first, wanted.window.count)
    return derive_graph(trace, wanted.expression, wanted.textbook, wanted.granularity, first=first, count=count)


def nudge_document(wanted: GraphNudgeRequest, limits: Limits) -> GraphNudged:
    """The answer to ``POST /graphs/nudges``; raises ``Problem`` as above, and for what cannot be pushed."""
    trace = expression_trace(wanted, limits)
    check_graph_finished(trace, "/values")
    try:
        return nudge_graph(trace, wanted.name, wanted.change, wanted.halvings)
    except SpecificationError as error:
        raise refusal("invalid-value", f"{error.field}: {error}.", error.field) from None


def curve_document(wanted: GraphCurveRequest, limits: Limits) -> GraphCurve:
    """The answer to ``POST /graphs/gradient-curves``; raises ``Problem`` as above, and for what has no gradient."""
    trace = expression_trace(wanted, limits)
    check_graph_finished(trace, "/values")
    try:
        return graph_curve(trace, wanted.name)
    except SpecificationError as error:
        raise refusal("invalid-value", f"{error.field}: {error}.", error.field) from None


def expression_trace(wanted: ExpressionRequest, limits: Limits, default: float | None = None) -> GraphTrace:
    """The expression read and computed; raises ``Problem`` (422) where it or its values cannot be used.

    With a ``default`` only the expression decides which values there are.
    """
    graph = _read(wanted.expression, limits)
    values = wanted.values
    if default is not None:
        values = {node.name: values.get(node.name, default) for node in graph.inputs}
    try:
        return trace_graph(graph, values)
    except SpecificationError as error:
        name = error.field.removeprefix("/values/")
        slug = "unknown-field" if name in wanted.values else "missing-field"
        place = pointer("values", name)
        raise refusal(slug, f"{place}: {error}.", place) from None


def _read(text: str, limits: Limits) -> Graph:
    names = ("characters", "name_characters", "depth", "nodes")
    try:
        return read_expression(text, GraphLimits(**{name: getattr(limits, f"graph_{name}") for name in names}))
    except ExpressionTooLarge as error:
        name = f"graph_{error.name}"
        detail = f"{_told(error)} That is the limit {name} of this server."
        met = LimitMet(name=name, value=error.value)
        raise Problem("expression-too-large", detail, [_complaint(error)], limit=met) from None
    except ExpressionError as error:
        raise Problem("unreadable-expression", _told(error), [_complaint(error)]) from None


def _told(error: ExpressionError) -> str:
    return f"Line {error.line}, column {error.column}: {error.words}."


def _complaint(error: ExpressionError) -> Complaint:
    return {
        "pointer": "/expression",
        "line": error.line,
        "column": error.column,
        "detail": _told(error),
        "excerpt": error.excerpt,
    }


def _nodes(trace: GraphTrace) -> list[NodeAnswer]:
    return [
        {
            "id": node.id,
            "name": node.name,
            "symbol": node.symbol,
            "tex": node_tex(node),
            "operation": node.operation,
            "sign": OPERATIONS[node.operation].sign if node.operands else "",
            "operands": list(node.operands),
            "value": trace.known("value", node.id),
            "gradient": trace.known("gradient", node.id),
        }
        for node in trace.graph.nodes
    ]


def _edges(trace: GraphTrace) -> list[EdgeAnswer]:
    return [
        {
            "id": edge.id,
            "source": edge.source,
            "target": edge.target,
            "place": edge.place,
            "local_gradient": trace.known("local_gradient", edge.id),
            "contribution": trace.contribution(edge),
        }
        for edge in trace.graph.edges
    ]
