"""How Sun's text writes a step taken apart: inner products with columns, rows and entries in square brackets.

Everything else of a part is told alike in every text, in the parts_* modules above.
"""

from backprop_core.textbooks.parts.style import PartStyle
from backprop_core.textbooks.sun import notation
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import index


def _arrived(view: View, l: int, j: int) -> str:
    column = rf"{notation.w(view, l + 1)}[:,{j + 1}]"
    return rf"\Big\langle{notation.fraction(view, notation.by_u(view, l + 1))},{column}\Big\rangle"


def _row(view: View, name: str, l: int, j: int) -> str:
    row = f"{notation.w(view, l)}[{j + 1},:]"
    if name == "weights":
        return row
    if name == "activation_jacobian":
        return rf"\frac{{\partial {notation.z(l)}{index(j)}}}{{\partial {notation.u(l)}}}"
    return notation.flat(view, row)


def _head(view: View, name: str, l: int, j: int) -> str:
    by = notation.by_u(view, l) if name == "error" else notation.z(l)
    return notation.flat(view, by if by == notation.what(view) else by + index(j))


PARTS = PartStyle(
    arrived=_arrived,
    row=_row,
    lying=lambda view, l: rf"({notation.z(l)})^\top",
    head=_head,
    error="gradient",
)
