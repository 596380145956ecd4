"""How Nielsen's text writes a step taken apart: columns, and one row of a matrix with a dot.

Everything else of a part is told alike in every text, in the parts_* modules above.
"""

from backprop_core.textbooks.nielsen.notation import entry, up, vector
from backprop_core.textbooks.parts.style import PartStyle
from backprop_core.textbooks.pieces import Piece, to_tex
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import laid, ways_back
from backprop_core.textbooks.words import derivative
from backprop_core.wiring import Reader


def _arrived(view: View, l: int, j: int) -> str:
    def weighted(one: Reader) -> list[Piece]:
        at, column = up(one.layer), one.first + j + 1
        subscript = f"k{column}" if column < 10 else f"k,{column}"
        return [rf"\sum_k\delta{at}_kw{at}_{{{subscript}}}"]

    back = to_tex(ways_back(view, l, weighted, lambda other: [entry(view, "error", other, j)]))
    return back if view.next_reads(l) else rf"\Big({back}\Big)"


def _row(view: View, name: str, l: int, j: int) -> str:
    w, at = f"w{up(l)}", rf"_{{{j + 1}\cdot}}"
    if name == "weights":
        return w + at
    if name == "activation_jacobian":
        return derivative(f"a{up(l)}_{{{j + 1}}}", f"z{up(l)}")
    return derivative("C" if name == "weight_gradient" else "C_x", w + at)


PARTS = PartStyle(
    arrived=_arrived,
    row=_row,
    lying=lambda view, name, l: laid(vector(view, name, l).tex),
    arrow=r"\rightarrow ",
)
