"""The derivation of an expression as a document: the expression as it was typed, and every step of its graph.

The writers are those of networks; here the same document is made from the steps of a graph.
"""

from dataclasses import replace

from backprop_core.derivations.document import ROUNDED, Derivation, Passage, passage_of
from backprop_core.graph.telling import graph_steps
from backprop_core.graph.tokens import statements
from backprop_core.graph.trace import GraphTrace
from backprop_core.step import Step
from backprop_core.textbooks import TEXTBOOKS
from backprop_core.textbooks.words import plural


def derive_graph(
    trace: GraphTrace,
    expression: str,
    textbook: str = "nielsen",
    granularity: str = "node",
    *,
    first: int = 0,
    count: int | None = None,
) -> Derivation:
    """The derivation of ``trace``, which was read from ``expression``; textbook and granularity are as for its steps.

    Of the steps those from ``first`` on are told, at most ``count``.
    """
    lens, nodes = TEXTBOOKS[textbook], trace.graph.nodes
    steps = graph_steps(trace, textbook, granularity)[first : None if count is None else first + count]
    operations = plural(sum(1 for node in nodes if node.operands), "operation")
    inputs, f = plural(len(trace.graph.inputs), "input"), trace.graph.output.symbol
    return Derivation(
        title=f"Backpropagation in a graph of {plural(len(nodes), 'node')}, in the words of {lens.author}",
        source=f"{lens.author}, {lens.title}.",
        about=(f"{inputs}, {operations}; {f} is differentiated.", ROUNDED),
        passages=tuple(_passage(step) for step in steps),
        code=tuple(statements(expression)),
    )


def _passage(step: Step) -> Passage:
    """With every number that the step makes known, the local derivatives too."""
    return replace(passage_of(step), result=step.intermediate | step.result)
