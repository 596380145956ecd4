"""How Nielsen's text writes a step taken apart: columns, and one row of a matrix with a dot.

Everything else of a part is told alike in every text, in the parts_* modules above.
"""

from backprop_core.textbooks.nielsen.notation import up
from backprop_core.textbooks.parts.style import PartStyle
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import derivative


def _arrived(view: View, l: int, j: int) -> str:
    above = up(l + 1)
    subscript = f"k{j + 1}" if j < 9 else f"k,{j + 1}"
    return rf"\sum_k\delta{above}_kw{above}_{{{subscript}}}"


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
    lying=lambda view, l: f"(a{up(l)})^T",
    arrow=r"\rightarrow ",
)
