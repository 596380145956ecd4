"""How Catching AI writes a step taken apart: a unit is a row over all examples, wherever the text shows the batch.

Everything else of a part is told alike in every text, in the parts_* modules above.
"""

from backprop_core.textbooks.catching_ai.notation import bold, of_j, up
from backprop_core.textbooks.parts.style import PartStyle
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import derivative, index


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
        "all_activations_turned": rf"\mathbf A^{{({l})T}}",
        "activation_gradient": of_j(a),
        "error": of_j(z),
        "one_error": of_j(f" z{up(l)}_{{{j + 1},j}}"),
        "all_errors": of_j(bold("Z", l)),
    }[name]


def _arrived(view: View, l: int, j: int) -> str:
    x, above = view.example + 1, up(l + 1)
    return rf"\sum_p w{above}_{{p,{j + 1}}}{derivative('J', f'z{above}_{{p,{x}}}')}"


PARTS = PartStyle(
    arrived=_arrived,
    row=_row,
    lying=lambda view, l: rf"\mathbf A{up(l)}",
    sigma="f",
    whole_batch=True,
    rate=r"\gamma",
    error="gradient",
)
