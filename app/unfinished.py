"""Why nothing can be asked of an update, or of an expression, that stopped at a number which is not finite.

The refusal names that number, the step that writes it, and what would let it go on.
"""

from app.problems import Problem, refusal
from app.schemas import TraceRequest
from backprop_core import GraphTrace, Trace, divergence, graph_divergence, narrate


def check_finished(trace: Trace, request: TraceRequest, pointer: str) -> None:
    """Raise ``Problem`` (422) at ``pointer`` for a trace in which a number is not finite."""
    lens, example = request.textbook, request.example
    stop = divergence(trace, textbook=lens, example=example)
    if stop is None:
        return
    (step,) = narrate(trace, textbook=lens, example=example, first=stop.step, count=1)
    ref = f"{stop.quantity}:{stop.layer}"
    # A text without updates never tells the one that overflowed.
    place = f"in step {stop.step}, “{step.name}”" if ref in step.writes else "in the update"
    precision = trace.memory.dtype.name
    other = " compute in float64, or" if precision == "float32" else ""
    raise _refusal(
        pointer,
        f"{stop.quantity} of layer {stop.layer} is not finite in {precision} ({place}):{other}"
        " take smaller weights, inputs or learning rate",
    )


def check_graph_finished(trace: GraphTrace, pointer: str) -> None:
    """Raise ``Problem`` (422) at ``pointer`` for an expression in which a number is not finite."""
    stop = graph_divergence(trace)
    if stop is None:
        return
    what, node = stop.quantity.replace("_", " "), trace.graph.nodes[stop.layer].symbol
    raise _refusal(
        pointer,
        f"the {what} of {node} is not finite (step {stop.step}):"
        " take values for which every part of the expression is a finite number",
    )


def _refusal(pointer: str, words: str) -> Problem:
    return refusal("invalid-value", f"{pointer}: {words}.", pointer)
