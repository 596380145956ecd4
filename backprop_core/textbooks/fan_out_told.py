"""Fan-out told: what comes back to one neuron over each of its edges, the sum of it, and the sum without each edge.

A change of one value reaches the cost over every edge that leaves it, so derivatives add; every lens says so its way.
"""

import numpy as np

from backprop_core.textbooks.neurons_told import Entry, returning
from backprop_core.textbooks.panels import Table
from backprop_core.textbooks.pieces import Line, Number
from backprop_core.textbooks.view import View

EDGES = 12
"""Edges of a neuron that stand in a table, the ones that carry most."""


def busiest(view: View, l: int) -> int:
    """The neuron of layer ``l`` to which most comes back."""
    return int(np.argmax(np.abs(view.array("activation_gradient", l))))


def over_the_edges(
    view: View, l: int, j: int, entry: Entry, head: tuple[str, str], place: str = "", unit: str = "neuron"
) -> tuple[Line, Table]:
    """The sum for neuron ``j`` of layer ``l`` and its edges in a table; ``head`` names weight and gradient above."""
    arrived = float(view.array("activation_gradient", l)[j])
    edges = view.edges_back(l, j)
    products = [float(view.array("weights", r)[k, at]) * float(view.array("error", r)[k]) for r, k, at in edges]
    shown = sorted(range(len(products)), key=lambda at: -abs(products[at]))[:EDGES]
    rows: list[tuple[str | Number, ...]] = [
        (
            f"to {unit} {edges[at][1] + 1}",
            view.number("weights", *edges[at]),
            view.number("error", *edges[at][:2]),
            Number(products[at]),
            Number(arrived - products[at]),
        )
        for at in sorted(shown)
    ]
    symbols, numbers = returning(view, l, j, entry)
    total = view.number("activation_gradient", l, j, result=True)
    left = entry(view, "activation_gradient", l, j)
    line = Line((left, "=", *symbols), (*numbers, "=", total), "The sum over the edges", place)
    return line, Table(("edge", *head, "product", "the sum without it"), tuple(rows))
