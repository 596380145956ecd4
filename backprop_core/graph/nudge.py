"""One number of a graph is pushed: what its gradient promised beside what the output really does.

Halving the push shrinks the gap to a quarter, until round-off is all that is left of it: that is what a derivative is.
"""

from dataclasses import dataclass
from math import isfinite

import numpy as np

from backprop_core.backprop import quiet
from backprop_core.finite import finite
from backprop_core.graph.forward import Forward, Outcome
from backprop_core.graph.named import varying_node
from backprop_core.graph.trace import GraphTrace
from backprop_core.graph.words import said_push
from backprop_core.laboratory.push import ROUNDINGS, Push, compared
from backprop_core.network import SpecificationError


@dataclass(frozen=True, slots=True)
class MovedNode:
    """A node whose value the first push changed; what is not finite is none."""

    node: int
    before: float
    after: float | None


@dataclass(frozen=True, slots=True)
class GraphNudged:
    """What pushing the node called ``name`` did; ``output`` is f. ``after`` and ``output_after`` are of the first push.

    ``kinks`` are the nodes whose corner it crosses or leaves: there the prediction need not hold. What is not finite is
    none.
    """

    name: str
    ref: str
    value: float
    after: float
    derivative: float
    derivative_ref: str
    output: float
    output_after: float | None
    pushes: tuple[Push, ...]
    kinks: tuple[int, ...]
    moved: tuple[MovedNode, ...]
    sentence: str


def nudge_graph(trace: GraphTrace, name: str, change: float, halvings: int = 5) -> GraphNudged:
    """Add ``change`` to the node called ``name``, then half of it, and so on ``halvings`` times, each to the trace.

    Whatever is computed from the node is computed again, nothing else. Raises ``SpecificationError`` for a name there
    is not, a number that does not vary, a trace that is not finite, and a push beyond the largest number.
    """
    node = varying_node(trace, name)
    value, derivative = trace.number("value", node.id), trace.number("gradient", node.id)
    forward = Forward(trace)
    with quiet():
        here = forward.at(node.id, value)
        outcomes = [forward.at(node.id, value + change / 2**n) for n in range(halvings + 1)]
        if not isfinite(outcomes[0].at):
            raise SpecificationError("/change", "pushed so far the number is beyond the largest, about 1.8e308")
        felt = _felt(trace)
        pushes: list[Push] = []
        for n, outcome in enumerate(outcomes):
            pushes.append(
                compared(
                    change / 2**n,
                    float(derivative) * (change / 2**n),
                    float(outcome.output - here.output),
                    noise=ROUNDINGS * float(np.finfo(float).eps) * max(felt, here.size, outcome.size),
                    kinks=len(here.crossed(outcome)),
                    larger=pushes[-1] if pushes else None,
                )
            )
    first = outcomes[0]
    return GraphNudged(
        name=node.symbol,
        ref=f"value:{node.id}",
        value=value,
        after=float(first.at),
        derivative=derivative,
        derivative_ref=f"gradient:{node.id}",
        output=float(here.output),
        output_after=finite(first.output),
        pushes=tuple(pushes),
        kinks=tuple(here.crossed(first)),
        moved=_moved(here, first),
        sentence=said_push(node.symbol, (value, float(first.at)), derivative, trace.graph.output.symbol, pushes[0]),
    )


def _felt(trace: GraphTrace) -> float:
    """How much of the output a rounding of every node by its whole value would make."""
    nodes = [(trace.known("gradient", node.id), trace.known("value", node.id)) for node in trace.graph.nodes]
    return sum(abs(gradient * value) for gradient, value in nodes if gradient is not None and value is not None)


def _moved(here: Outcome, after: Outcome) -> tuple[MovedNode, ...]:
    pairs = enumerate(zip(here.values, after.values, strict=True))
    return tuple(MovedNode(k, float(old), finite(new)) for k, (old, new) in pairs if old != new)
