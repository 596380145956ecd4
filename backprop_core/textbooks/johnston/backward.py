"""Johnston's helper gradients further back, step 2 of §5: row · W · diag, layer by layer, down to the sample.

Equation numbers are the text's own.
"""

from backprop_core.memory import Quantity
from backprop_core.textbooks import neurons_told
from backprop_core.textbooks.johnston import furniture
from backprop_core.textbooks.johnston.equations import slips
from backprop_core.textbooks.johnston.notation import a, bracket, by, entry, low, slopes, up, vector, weights, z
from backprop_core.textbooks.johnston.results import inner_jacobian, layer_jacobian, lying
from backprop_core.textbooks.nielsen import notation as nielsen
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.pieces import Line, Piece, Symbol
from backprop_core.textbooks.remarks import saturation
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import shape


def tell_error(view: View, l: int) -> Telling:
    """δ^l = δ^{l+1} · W^{l+1} · diag{σ'(z^l)}, its (9); at the sample as well, without the slopes if it has none."""
    sloped = view.has("activation_slope", l)
    n, k = view.spec.sizes[l], view.spec.sizes[l + 1]
    return Telling(
        name=f"Backpropagation step 2: helper gradient δ^{l + 1}",
        label=rf"\vec\delta{up(l)}",
        label_text=f"δ{superscript(l + 1)}",
        tag="(9)",
        place="§5 item 4; (6), (7), (8), (9)",
        shapes=f"{shape(1, n)} = {shape(1, k)} · {shape(k, n)}" + (f" · {shape(n, n)}" if sloped else ""),
        sentence="One more turn of the same rule: how the cost depends on the raw input."
        if l == 0
        else f"The row of layer {l + 2} times the Jacobian of φ_{l + 2} gives the row of layer {l + 1}.",
        lines=(_error_line(view, l), *_beats(view, l), neurons_told.one_error(view, l, entry), *_in_nielsen(view, l)),
        quantity=Quantity("error", l),
        orientation="row",
        result=lying(view, "error", l),
        intermediate={
            "backpropagated_error": lying(view, "activation_gradient", l),
            **inner_jacobian(view, l),
            **layer_jacobian(view, l),
        },
        note=_error_note(l, sloped=sloped),
        errata=slips("jacobian", "domain", "sections"),
        derivation=_error_derivation(view, l),
        remarks=saturation(view, l),
        matrices=furniture.error(view, l),
    )


def _error_line(view: View, l: int) -> Line:
    symbols: tuple[Piece, ...] = (
        vector(view, "error", l),
        "=",
        vector(view, "error", l + 1),
        r"\cdot ",
        weights(view, l + 1),
    )
    numbers: tuple[Piece, ...] = (
        rf"\vec\delta{up(l)}=",
        view.row("error", l + 1),
        view.matrix("weights", l + 1),
    )
    if view.has("activation_slope", l):
        symbols = (*symbols, r"\cdot", slopes(view, l))
        numbers = (*numbers, view.diagonal("activation_slope", l))
    return Line(symbols, (*numbers, "=", view.row("error", l, result=True)), place="(9)")


def _beats(view: View, l: int) -> tuple[Line, ...]:
    """The row before it meets the slopes, and the Jacobian it meets."""
    if not view.has("activation_slope", l):
        return ()
    n = view.spec.sizes[l]
    arrived = Symbol(by("C", a(l)), f"activation_gradient:{l}", shape(1, n))
    inner = Symbol(bracket(a(l), z(l)), f"activation_slope:{l}", shape(n, n))
    return (
        Line(
            (arrived, "=", vector(view, "error", l + 1), r"\cdot ", weights(view, l + 1)),
            (
                rf"\vec\delta{up(l + 1)}\cdot W{up(l + 1)}=",
                view.row("error", l + 1),
                view.matrix("weights", l + 1),
                "=",
                view.row("activation_gradient", l),
            ),
            "From left to right, first the weights",
        ),
        Line(
            (inner, "=", slopes(view, l)),
            (rf"{inner.tex}=", view.diagonal("activation_slope", l)),
            "then the Jacobian of σ",
            "(8)",
        ),
    )


def _in_nielsen(view: View, l: int) -> tuple[Line, ...]:
    """BP2, for those who come from there."""
    if l == 0:
        return ()
    column, far = nielsen.vector(view, "error", l), nielsen.vector(view, "error", l + 1)
    turned = nielsen.transposed_weights(view, l + 1)
    return (
        Line((column, "=(", turned, far, r")\odot", *nielsen.slope(view, l)), (), "The same step in Nielsen", "BP2"),
    )


def _error_note(l: int, *, sloped: bool) -> str:
    if not sloped:
        return "This sample is not activated, so a^1 is z^1 and the last factor of (9) is the identity."
    if l == 0:
        return "Only this text goes down to l = 1; no parameter needs it."
    return (
        "Errors are rows here, so matrices stand on their right, and diag does what ⊙ does in Nielsen."
        " Left to right, (δW) diag, and right to left, δ (W diag), give the same row."
    )


def _error_derivation(view: View, l: int) -> tuple[Line, ...]:
    near, far = rf"\vec\delta{up(l)}", rf"\vec\delta{up(l + 1)}"
    c, next_c, step = f"C{low(l)}", f"C{low(l + 1)}", bracket(z(l + 1), z(l))
    phi = rf"\phi{low(l + 1)}"
    shift = rf"+\vec b{up(l + 1)}" if view.spec.bias else ""
    inner = rf"\left[\delta{a(l)}/\delta{z(l)}\right]"
    chain = rf"\left[\frac{{\delta {next_c}\circ{phi}({z(l)})}}{{\delta{phi}({z(l)})}}\right]"
    return (
        Line((rf"{near}={by(c, z(l))}",), title="What a helper gradient is", place="§4"),
        Line(
            (rf"{near}={bracket(c, z(l))}={chain}\cdot\left[\frac{{\delta{phi}({z(l)})}}{{\delta{z(l)}}}\right]",),
            place="(6)",
        ),
        Line((rf"={bracket(next_c, z(l + 1))}\cdot{step}={far}\cdot{step}",), place="(6)"),
        Line(
            (rf"{step}=\left[\delta(W{up(l + 1)}\cdot{a(l)}{shift})/\delta{z(l)}\right]=W{up(l + 1)}\cdot{inner}",),
            place="(7)",
        ),
        Line((rf"{inner}=\mathrm{{diag}}\{{\sigma'(z_j{up(l)})\}}_{{j=1}}^{{{view.spec.sizes[l]}}}",), place="(8)"),
    )
