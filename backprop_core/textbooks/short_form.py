"""The short form of the output error, a − y, and whether the long form still holds beside it.

Cross-entropy is computed in the short form; near 0 and 1 the factors of the long form lose their digits, and every
lens then shows the short form alone.
"""

import numpy as np

from backprop_core.textbooks.pieces import Number, Piece
from backprop_core.textbooks.view import View


def long_form_holds(view: View, l: int, *, whole_batch: bool = False) -> bool:
    """Whether ∂C/∂a times the slope, or the Jacobian of softmax, recombines to δ of the output layer ``l``.

    Of the stepped example; with ``whole_batch`` of every one.
    """
    rows = slice(None) if whole_batch else slice(view.example, view.example + 1)
    memory = view.trace.memory
    g, delta = memory["activation_gradient", l][rows], memory["error", l][rows]
    if not np.isfinite(g).all():
        return False
    with np.errstate(all="ignore"):
        if view.spec.activation(l) == "softmax":
            long = np.einsum("xk,xkj->xj", g, memory["activation_jacobian", l][rows])
        else:
            long = g * memory["activation_slope", l][rows]
    return bool(np.allclose(long, delta, rtol=view.tolerance, atol=view.tolerance * 1e-3))


def target_factor(view: View, l: int, symbol: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The Σ y in front of a, as ``symbol`` and with its number; nothing unless softmax’s targets miss 1 in sum."""
    total = float(view.trace.memory["target_sum", l][view.example, 0])
    if view.spec.activation(l) != "softmax" or abs(total - 1.0) <= 1e-12:
        return (), ()
    return (symbol,), (Number(total, paren=True), r"\cdot ")
