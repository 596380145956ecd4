"""How Catching AI writes a step taken apart: a unit is a row over all examples, wherever the text shows the batch.

Everything else of a part is told alike in every text, in the parts_* modules above.
"""

from backprop_core.textbooks.catching_ai.notation import bold, entry, name_of, of_j, turned, up
from backprop_core.textbooks.parts.style import PartStyle
from backprop_core.textbooks.pieces import Piece, to_tex
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import ways_back
from backprop_core.textbooks.words import derivative, index
from backprop_core.wiring import Reader


def _row(view: View, name: str, l: int, j: int) -> str:
    """Row j of a matrix of this text; a name with “turned” or “all” is what stands beside it in a product."""
    a, w, z = (rf"\vec {one}{up(l)}{index(j)}" for one in "awz")
    if name == "activation_jacobian":
        return derivative(f"a{up(l)}_{{{j + 1},{view.example + 1}}}", rf"\vec z{up(l)}_{{{view.example + 1}}}")
    return {
        "weights": w,
        "weights_turned": rf"\vec w^{{({l})T}}_{{\cdot,{j + 1}}}",
        "weight_gradient": of_j(w),
        "weighted_input": z,
        "activation": a,
        "activation_turned": rf"\vec a^{{({l})T}}{index(j)}",
        "all_activations_turned": turned(view, *view.below(l)).tex if l else "",
        "activation_gradient": of_j(a),
        "error": of_j(z),
        "one_error": of_j(f" z{up(l)}_{{{j + 1},j}}"),
        "all_errors": of_j(bold("Z", l)),
    }[name]


def _arrived(view: View, l: int, j: int) -> str:
    def weighted(one: Reader) -> list[Piece]:
        x, above = view.example + 1, up(one.layer)
        return [rf"\sum_p w{above}_{{p,{one.first + j + 1}}}{derivative('J', f'z{above}_{{p,{x}}}')}"]

    back = to_tex(ways_back(view, l, weighted, lambda other: [entry(view, "error", other, j)]))
    return back if view.next_reads(l) else rf"\Big({back}\Big)"


PARTS = PartStyle(
    arrived=_arrived,
    row=_row,
    lying=name_of,
    sigma="f",
    whole_batch=True,
    rate=r"\gamma",
    error="gradient",
)
