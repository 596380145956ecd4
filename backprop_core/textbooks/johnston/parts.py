"""How Johnston's text writes a step taken apart: rows, and a derivative by W whose columns belong to neurons.

Everything else of a part is told alike in every text, in the parts_* modules above.
"""

from backprop_core.textbooks.johnston import notation
from backprop_core.textbooks.johnston.notation import up
from backprop_core.textbooks.parts.style import PartStyle
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import index


def _row(view: View, name: str, l: int, j: int) -> str:
    if name == "weights":
        return rf"w{up(l)}_{{{j + 1}\cdot}}"
    if name == "activation_jacobian":
        return notation.bracket(f"a{up(l)}{index(j)}", notation.z(l))
    return rf"{notation.derivative(view, name, l).tex}_{{(\cdot,{j + 1})}}"


PARTS = PartStyle(
    arrived=lambda view, l, j: notation.entry(view, "activation_gradient", l, j).tex,
    row=_row,
    lying=lambda view, name, l: notation.vector(view, name, l).tex,
    turned=True,
    arrow=r"\leftarrow ",
)
