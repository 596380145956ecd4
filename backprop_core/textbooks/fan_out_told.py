"""Fan-out told: what comes back to one neuron over each of its edges, the sum of it, and the sum without each edge.

A change of one value reaches the cost over every edge that leaves it, so derivatives add; every lens says so its way.
"""

from collections.abc import Callable

import numpy as np

from backprop_core.textbooks.neurons_told import Entry, returning
from backprop_core.textbooks.panels import Table
from backprop_core.textbooks.pieces import Line, Number
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import layers

EDGES = 12
"""Edges of a neuron that stand in a table, the ones that carry most."""


def busiest(view: View, l: int) -> int:
    """The neuron of layer ``l`` to which most comes back."""
    return int(np.argmax(np.abs(view.array("activation_gradient", l))))


def feeds(view: View, l: int, offset: int, what: Callable[[int], str]) -> str:
    """“feeds 3 neurons of layer 2 and is added to layer 4”; ``what`` says how many of them."""
    readers = [f"{what(view.spec.sizes[one.layer])} of layer {one.layer + offset}" for one in view.spec.readers(l)]
    adders = view.spec.adders(l)
    said = [f"feeds {' and '.join(readers)}"] if readers else []
    said += [f"is added to {layers(adders, offset)}"] if adders else []
    return " and ".join(said)


def over_the_edges(
    view: View,
    l: int,
    j: int,
    entry: Entry,
    head: Callable[[int | None], tuple[str, str]],
    place: str = "",
    unit: str = "neuron",
    offset: int = 1,
) -> tuple[Line, Table]:
    """The sum for neuron ``j`` of layer ``l`` and its edges in a table.

    ``head`` names weight and gradient above, given the layer there, none where there are several.
    """
    arrived = float(view.array("activation_gradient", l)[j])
    edges, adders = view.edges_back(l, j), view.spec.adders(l)
    above = sorted({*(r for r, _, _ in edges), *adders})
    products = [float(view.array("weights", r)[k, at]) * float(view.array("error", r)[k]) for r, k, at in edges]
    shown = sorted(range(len(products)), key=lambda at: -abs(products[at]))[:EDGES]
    rows: list[tuple[str | Number, ...]] = [
        (
            f"to {unit} {edges[at][1] + 1}" + (f" of layer {edges[at][0] + offset}" if len(above) > 1 else ""),
            view.number("weights", *edges[at]),
            view.number("error", *edges[at][:2]),
            Number(products[at]),
            Number(arrived - products[at]),
        )
        for at in sorted(shown)
    ]
    for other in adders:
        delta = view.number("error", other, j)
        row = (f"added to {unit} {j + 1} of layer {other + offset}", "no weight", delta, delta)
        rows.append((*row, Number(arrived - delta.value)))
    symbols, numbers = returning(view, l, j, entry)
    total = view.number("activation_gradient", l, j, result=True)
    left = entry(view, "activation_gradient", l, j)
    line = Line((left, "=", *symbols), (*numbers, "=", total), "The sum over the edges", place)
    names = head(above[0] if len(above) == 1 else None)
    return line, Table(("edge", *names, "product", "the sum without it"), tuple(rows))
