"""The ways back to a layer in Catching AI's notation: W turned over times ∂J/∂Z of every layer that reads it, added up.

In a chain there is one; the text knows no other networks.
"""

from backprop_core.textbooks.catching_ai.notation import cells, turned_weights, whole
from backprop_core.textbooks.pieces import Piece
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import columns_back


def coming_back(view: View, l: int) -> tuple[list[Piece], list[Piece], str]:
    """W^T ∂J/∂Z of every layer that reads this one, and ∂J/∂Z of those it is added to: symbols, numbers, shapes."""
    return columns_back(
        view,
        l,
        lambda one: turned_weights(view, one),
        lambda other: whole(view, "error", other),
        lambda other: cells(view, "error", other),
        view.m,
    )
