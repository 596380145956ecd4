"""Expressions to begin with: an author's, with the digits that author printed, and some of ours, one data file each.

Nothing of ours is stored beside the author's numbers; whether they agree is found by computing the graph.
"""

import json
from functools import cache
from importlib.resources import files

from backprop_core.examples.catalogue import Example, Printed
from backprop_core.examples.comparison import Comparison
from backprop_core.graph.parser import read_expression
from backprop_core.graph.trace import trace_graph

_HOME = files("backprop_core.graph").joinpath("data")


@cache
def graph_examples() -> tuple[Example, ...]:
    """Every example in the order of a menu; its request is a ready body for ``POST /graphs``.

    A printed number's ref is value or gradient and the symbol of a node.
    """
    found = []
    for entry in _HOME.iterdir():
        content = json.loads(entry.read_text(encoding="utf-8"))
        place, printed = content.pop("place"), tuple(Printed(**one) for one in content.pop("printed"))
        found.append((place, Example(id=entry.name.removesuffix(".json"), printed=printed, **content)))
    return tuple(example for _, example in sorted(found, key=lambda one: one[0]))


def compare_graph(example: Example) -> list[Comparison]:
    """Compute ``example`` and lay its printed numbers beside ours; a ref of the result has the number of the node."""
    graph = read_expression(example.request["expression"])
    trace = trace_graph(graph, example.request["values"])
    nodes = {node.symbol: node.id for node in graph.nodes}
    found = []
    for printed in example.printed:
        quantity, symbol = printed.ref.split(":")
        k = nodes[symbol]
        computed = printed.scale * trace.number(quantity, k)
        agrees = abs(computed - printed.value) <= printed.within * printed.unit
        found.append(
            Comparison(
                f"{quantity}:{k}",
                printed.value,
                printed.digits,
                printed.scale,
                computed,
                agrees,
                printed.note,
                printed.words,
            )
        )
    return found
