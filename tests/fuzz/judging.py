"""What a fuzzer asks of the parser of expressions: any text is read or refused by its own error, and by nothing else.

What is read is computed and told as well, so that a fuzzer reaches the narration too.
"""

from backprop_core.graph import ExpressionError, graph_divergence, graph_steps, read_expression, trace_graph
from backprop_core.graph.places import WINDOW
from backprop_core.graph.scenes import GRAPH_GRANULARITIES

VALUES = (0.5, -2.0, 0.0, 3.0)


def judge(text: str, *, told: bool = True) -> bool:
    """Whether ``text`` is an expression; whatever is wrong about the answer is raised, or let out by the engine."""
    try:
        graph = read_expression(text)
    except ExpressionError as error:
        _judge_refusal(text, error)
        return False
    assert [node.id for node in graph.nodes] == list(range(len(graph.nodes)))
    assert all(operand < node.id for node in graph.nodes for operand in node.operands)
    symbols = [node.symbol for node in graph.nodes if node.symbol]
    assert len(set(symbols)) == len(symbols)
    if told:
        trace = trace_graph(graph, {node.name: VALUES[k % len(VALUES)] for k, node in enumerate(graph.inputs)})
        granularity = GRAPH_GRANULARITIES[len(text) % len(GRAPH_GRANULARITIES)]
        steps = graph_steps(trace, granularity=granularity)
        diverged = graph_divergence(trace, granularity)
        assert (diverged is None) == (trace.not_finite is None)
        assert all(step.sentence.endswith(".") for step in steps)
    return True


def _judge_refusal(text: str, refusal: ExpressionError) -> None:
    """The place is in the text, and what is shown of it is printable and has its caret."""
    lines = text.split("\n")
    assert 1 <= refusal.line <= len(lines)
    assert 1 <= refusal.column <= len(lines[refusal.line - 1]) + 1
    shown, caret = refusal.excerpt.split("\n")
    assert len(shown) <= WINDOW
    assert shown.isprintable()
    assert caret == " " * (len(caret) - 1) + "^"
