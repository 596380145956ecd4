"""Sun's gradients by the weights: an edge's gradient is the value at its lower end times the gradient at its upper end.

The one by α is promised by the text and never printed; those by biases are of no text that has none.
"""

from backprop_core.memory import Quantity
from backprop_core.textbooks.neurons_told import one_weight
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.pieces import Line, Symbol
from backprop_core.textbooks.remarks import silent_inputs
from backprop_core.textbooks.results import upright
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.sun import furniture
from backprop_core.textbooks.sun.equations import ERRATA
from backprop_core.textbooks.sun.notation import (
    entry,
    flat,
    fraction,
    gradient,
    gradient_of,
    reads_out,
    u,
    vector,
    w,
    words,
    z,
)
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import laid, noted
from backprop_core.textbooks.words import shape

_OF_ONE = "Of this example alone, not of the mean over the batch."


def tell_weight_gradient(view: View, l: int) -> Telling:
    """∂ŷ/∂W^{[l]} = ∂ŷ/∂u^l (z^{l-1})⊤, the last line of the procedure; for the read-out ∂ŷ/∂α = z^T."""
    return _by_alpha(view, l) if reads_out(view) and l == view.spec.depth else _by_weights(view, l)


def _by_weights(view: View, l: int) -> Telling:
    n, k, of, name = view.spec.sizes[l], view.spec.input_size(l), words(view), gradient_of(view, "weight")
    below, is_usual = vector(view, *view.below(l)), view.reads_before(l)
    left = Symbol(flat(view, w(view, l)), f"{name}:{l}", shape(n, k))
    lying = Symbol(laid(below.tex, r"\top"), below.ref, shape(1, k))
    symbols = (left, "=", gradient(view, "error", l), lying)
    numbers = (
        view.column("error", l),
        view.row(*view.below(l)),
        "=",
        view.matrix(name, l, result=True),
    )
    ends = l == 1 and not view.trace.program_updates
    return Telling(
        name=f"∂{of}/∂W^[{l}]",
        label=left.tex,
        label_text=f"∂{of}/∂W[{l}]",
        place="Claim 1; procedure, last line",
        shapes=f"{shape(n, k)} = {shape(n)} · {shape(1, k)}",
        sentence="An edge’s gradient: value at its lower end times gradient at its upper end.",
        lines=(
            Line(symbols, numbers, place="Claim 1, ∂ŷ/∂W"),
            one_weight(view, l, entry, name, "Claim 1, ∂ŷ/∂W[i,j]"),
        ),
        quantity=Quantity(name, l),
        orientation="matrix",
        result=upright(view, name, l),
        note=noted(
            is_usual=view.enters_alone(l),
            note=_OF_ONE if view.m > 1 else "The text ends here: it makes no update." if ends else "",
        ),
        errata=(ERRATA["claim"],) if l == view.spec.depth - 1 or view.spec.depth == 1 else (),
        derivation=()
        if not is_usual
        else (
            Line((rf"\partial {u(l)}_i/\partial {w(view, l)}[i,j]={z(l - 1)}_j",), title="Only u_i reads row i of W"),
            Line(
                (rf"\left({fraction(view, w(view, l))}\right)[i,j]={fraction(view, f'{w(view, l)}[i,j]')}",),
                title="A gradient by a matrix has the shape of the matrix",
                place="§1.1",
            ),
        ),
        remarks=silent_inputs(view, l, f"z{superscript(l - 1)}" if is_usual else "z"),
        matrices=furniture.weight_gradient(view, name, l),
    )


def _by_alpha(view: View, L: int) -> Telling:
    k, name = view.spec.input_size(L), gradient_of(view, "weight")
    left = Symbol(r"\partial\hat y/\partial \alpha", f"{name}:{L}", shape(k))
    return Telling(
        name="∂ŷ/∂α",
        label=left.tex,
        label_text="∂ŷ/∂α",
        place="§1 goal; no formula printed",
        shapes=shape(k),
        sentence="By the same linearity the gradient with respect to α is the last layer’s value.",
        lines=(
            Line(
                (left, "=", vector(view, *view.below(L))),
                (f"{left.tex}=", view.transposed(name, L, result=True)),
                place="§1 goal",
            ),
            one_weight(view, L, entry, name),
        ),
        quantity=Quantity(name, L),
        orientation="transposed matrix",
        result=upright(view, name, L).T,
        note="Not printed: the text promises it and gives no formula. A column here, a row of W[L] in the API."
        + (f" {_OF_ONE}" if view.m > 1 else ""),
        errata=(ERRATA["alpha"],),
        derivation=()
        if not view.reads_before(L)
        else (Line((rf"\hat y=\sum_j\alpha_j\,{z(L - 1)}_j",), title="Linear in α as well: the goal includes α"),),
        remarks=silent_inputs(view, L, f"z{superscript(L - 1)}" if view.reads_before(L) else "z"),
        matrices=furniture.by_alpha(view, name, L),
    )


def tell_bias_gradient(view: View, l: int) -> Telling:
    """∂ŷ/∂b^{[l]} = ∂ŷ/∂u^l, for networks with biases; the text has none."""
    of, name = words(view), gradient_of(view, "bias")
    n, letter = shape(view.spec.sizes[l]), f"b^{{[{l}]}}"
    left = Symbol(flat(view, letter), f"{name}:{l}", n)
    return Telling(
        name=f"∂{of}/∂b^[{l}]",
        label=left.tex,
        label_text=f"∂{of}/∂b⁽{superscript(l)}⁾",
        place="",
        shapes=n,
        sentence="A bias enters u with coefficient one, so its gradient is that of u.",
        lines=(Line((left, "=", gradient(view, "error", l)), (f"{left.tex}=", view.column(name, l, result=True))),),
        quantity=Quantity(name, l),
        orientation="column",
        result=upright(view, name, l),
        in_text=False,
        note="The text has no biases." + (f" {_OF_ONE}" if view.m > 1 else ""),
        matrices=furniture.bias_gradient(view, name, l),
    )
