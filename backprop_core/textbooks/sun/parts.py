"""How Sun's text writes a step taken apart: inner products with columns, rows and entries in square brackets.

Everything else of a part is told alike in every text, in the parts_* modules above.
"""

from backprop_core.textbooks.parts.style import PartStyle
from backprop_core.textbooks.pieces import Piece, to_tex
from backprop_core.textbooks.sun import notation
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import laid, ways_back
from backprop_core.textbooks.words import index
from backprop_core.wiring import Reader


def _arrived(view: View, l: int, j: int) -> str:
    def weighted(one: Reader) -> list[Piece]:
        column = rf"{notation.w(view, one.layer)}[:,{one.first + j + 1}]"
        return [rf"\Big\langle{notation.fraction(view, notation.by_u(view, one.layer))},{column}\Big\rangle"]

    back = to_tex(ways_back(view, l, weighted, lambda other: [notation.entry(view, "error", other, j)]))
    return back if view.next_reads(l) else rf"\Big({back}\Big)"


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
    lying=lambda view, name, l: laid(notation.vector(view, name, l).tex, r"\top"),
    head=_head,
    error="gradient",
)
