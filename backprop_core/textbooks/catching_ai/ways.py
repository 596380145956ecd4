"""The ways back to a layer in Catching AI's notation: W turned over times ∂J/∂Z of every layer that reads it, added up.

In a chain there is one; the text knows no other networks.
"""

from backprop_core.textbooks.catching_ai.notation import cells, turned_weights, whole
from backprop_core.textbooks.pieces import Piece
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import block, ways_back
from backprop_core.textbooks.words import shape


def coming_back(view: View, l: int) -> tuple[list[Piece], list[Piece], str]:
    """W^T ∂J/∂Z of every layer that reads this one, and ∂J/∂Z of those it is added to: symbols, numbers, shapes."""
    symbols = ways_back(
        view,
        l,
        lambda one: (turned_weights(view, one), whole(view, "error", one.layer)),
        lambda other: (whole(view, "error", other),),
    )
    numbers = ways_back(
        view,
        l,
        lambda one: (block(view, one, turned=True), cells(view, "error", one.layer)),
        lambda other: (cells(view, "error", other),),
    )
    n, sizes, m = view.spec.sizes[l], view.spec.sizes, view.m
    found = [f"{shape(n, sizes[one.layer])} · {shape(sizes[one.layer], m)}" for one in view.spec.readers(l)]
    return symbols, numbers, " + ".join([*found, *(shape(n, m) for _ in view.spec.adders(l))])
