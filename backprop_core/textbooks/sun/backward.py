"""Sun's backward pass: the base case at the read-out, then two steps a layer, ∂ŷ/∂u and after it ∂ŷ/∂z one lower.

The claim of the text is that nothing else is needed: the gradients by the weights follow from these.
"""

from collections.abc import Sequence

import numpy as np

from backprop_core.activations import ACTIVATIONS
from backprop_core.memory import Quantity
from backprop_core.textbooks.neurons_told import TERM_BY_TERM, returning
from backprop_core.textbooks.numbers import plain, superscript
from backprop_core.textbooks.pieces import Line, Piece, Symbol
from backprop_core.textbooks.remarks import saturation
from backprop_core.textbooks.results import upright
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.sun import furniture
from backprop_core.textbooks.sun.equations import ERRATA, PROCEDURE
from backprop_core.textbooks.sun.notation import (
    activated,
    by_u,
    entry,
    flat,
    fraction,
    gradient,
    slope,
    turned_weights,
    w,
    words,
    z,
)
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import NOT_IN_TEXT, columns_back, columns_read, meeting
from backprop_core.textbooks.words import shape

KINK_MOST = 3
"""Units on the kink that are named one by one."""


def tell_base_case(view: View, l: int) -> Telling:
    """∂ŷ/∂z^T = α: the cost gradient and the error of the read-out are both 1, so α itself arrives below."""
    L, damped = view.spec.depth, l == 0 and activated(view)
    name = "error" if l == 0 else "activation_gradient"
    below = gradient(view, name, l, standing=False)
    alpha, one = turned_weights(view, view.spec.readers(l)[0]), gradient(view, "error", L)
    factors: tuple[Piece, ...] = (alpha, r"\circ", slope(view, 0)) if damped else (alpha,)
    result = view.column(name, l, result=True)
    slopes: tuple[Piece, ...] = (r"\circ", view.column("activation_slope", 0)) if damped else ()
    turned = view.transposed("weights", L)
    head: tuple[Piece, ...] = (turned, *slopes, "=") if damped else (f"{below.tex}=",)
    whole = Line(
        (below, "=", alpha, r"\cdot ", one, *factors[1:]),
        (turned, r"\cdot ", view.number("error", L, 0), *slopes, "=", result),
        "As one step of the induction, with ∂ŷ/∂ŷ = 1",
    )
    return Telling(
        name=f"Base case: ∂ŷ/∂{_below(view, l)}",
        label=below.tex,
        label_text=f"∂ŷ/∂{'x' if damped else 'z' + superscript(l)}",
        tag="Base case",
        place="Base case",
        shapes=shape(view.spec.sizes[l]) + (f" ∘ {shape(view.spec.sizes[l])}" if damped else ""),
        sentence="ŷ is linear in the last layer, so its gradient there is α itself.",
        lines=(Line((below, "=", *factors), (*head, result), place="Base case"), whole),
        quantity=Quantity(name, l),
        orientation="column",
        result=upright(view, name, l),
        in_text=not damped,
        note="∂ŷ/∂ŷ = 1 stands silently in front of everything from here on.",
        derivation=_base_case(L - 1),
        matrices=furniture.base_case(view, name, l),
    )


def _below(view: View, l: int) -> str:
    return "x" if l == 0 and activated(view) else f"z^{l}"


def _base_case(T: int) -> tuple[Line, ...]:
    top = z(T)
    return (
        Line((rf"\hat y=\sum_{{j=1}}^K\alpha_j\,{top}_j",), place="base case sum"),
        Line((rf"\frac{{\partial\hat y}}{{\partial {top}_i}}=\alpha_i",), place="base case sum"),
        Line((PROCEDURE,), title="The whole backward procedure", place="procedure, four lines"),
    )


def tell_error(view: View, l: int) -> Telling:
    """∂ŷ/∂u^l = ∂ŷ/∂z^l ∘ σ'(u^l), the first half of the induction step."""
    n, of = shape(view.spec.sizes[l]), words(view)
    kink = ACTIVATIONS[view.spec.activation(l)].kink
    symbols = (gradient(view, "error", l, standing=False), "=", gradient(view, "activation_gradient", l), r"\circ")
    numbers = (
        view.column("activation_gradient", l),
        r"\circ",
        view.column("activation_slope", l),
        "=",
        view.column("error", l, result=True),
    )
    return Telling(
        name=f"∂{of}/∂u^{l}",
        label=flat(view, by_u(view, l)),
        label_text=f"∂{of}/∂u{superscript(l)}",
        place="Induction step, first half; Claim 1",
        shapes=f"{n} ∘ {n}",
        sentence="A unit that was stopped sends nothing back; an open one passes its gradient on."
        if view.spec.activation(l) == "relu"
        else "Each unit passes its gradient on, times the slope of its own activation.",
        lines=(
            Line((*symbols, slope(view, l)), numbers, place="Claim 1, ∂ŷ/∂u; Induction, ∂ŷ/∂u"),
            _one_unit(view, l),
        ),
        quantity=Quantity("error", l),
        orientation="column",
        result=upright(view, "error", l),
        intermediate={"activation_slope": upright(view, "activation_slope", l)},
        note=_on_the_kink(view, l) or f"This is δ of the other texts{', with ŷ in place of the cost' * (of == 'ŷ')}.",
        errata=(ERRATA["kink"],) if kink and _kinks(view, l) else (),
        remarks=saturation(view, l, "u"),
        matrices=furniture.error(view, l),
    )


def _one_unit(view: View, l: int) -> Line:
    numbers = (
        view.number("activation_gradient", l, 0, paren=True),
        r"\cdot ",
        view.number("activation_slope", l, 0, paren=True),
        "=",
        view.number("error", l, 0, result=True),
    )
    left, arrived = entry(view, "error", l, 0), entry(view, "activation_gradient", l, 0)
    symbols = (left, "=", arrived, r"\,", entry(view, "activation_slope", l, 0))
    return Line(symbols, numbers, "Unit 1", "Claim 1, ∂ŷ/∂u_i")


def _kinks(view: View, l: int) -> list[int]:
    return [int(j) for j in np.flatnonzero(view.array("weighted_input", l) == 0)]


def _on_the_kink(view: View, l: int) -> str:
    """What σ'(0) was taken to be at the units whose u is exactly 0, and what the other side would have given."""
    activation = ACTIVATIONS[view.spec.activation(l)]
    if not activation.kink or not _kinks(view, l):
        return ""
    said = []
    for j in _kinks(view, l)[:KINK_MOST]:
        here = float(view.array("activation_slope", l)[j])
        symbol = f"σ′(u{superscript(l)} of unit {j + 1}) = σ′(0) = {plain(here)}"
        if view.spec.activation(l) == "relu" and here == 1:
            said.append(f"{symbol}; with 0, as in most libraries, this entry and its row of ∂W would be 0.")
        else:
            said.append(f"{symbol}: a choice, since there is no derivative at 0.")
    return " ".join(said)


def tell_backpropagated_error(view: View, l: int) -> Telling:
    """∂ŷ/∂z^l = (W^{[l+1]})⊤ ∂ŷ/∂u^{l+1}, the second half of the induction step; down to the input."""
    n, of, is_usual = view.spec.sizes[l], words(view), view.next_reads(l)
    damped = l == 0 and activated(view)
    name = "error" if l == 0 else "activation_gradient"
    below = gradient(view, name, l, standing=False)
    back, arrived, shapes = _coming_back(view, l)
    symbols: tuple[Piece, ...] = (below, "=", *back)
    numbers: tuple[Piece, ...] = tuple(arrived)
    if damped:
        symbols = (below, r"=\Big(", *symbols[2:], r"\Big)\circ", slope(view, 0))
        numbers = (r"\left(", *numbers, r"\right)\circ", view.column("activation_slope", 0))
    return Telling(
        name=f"∂{of}/∂{_below(view, l)}",
        label=below.tex,
        label_text=f"∂{of}/∂{'x' if damped else 'z' + superscript(l)}",
        place="Induction step, second half",
        shapes=f"{shape(n)} = {shapes}" if not damped else f"{shape(n)} = ({shapes}) ∘ {shape(n)}",
        sentence=f"{meeting(view, l, 0, 'gradient')} ".lstrip()
        + "Each value below collects, over all its edges upward, weight times gradient"
        + ("; then the slope of the input’s activation." if damped else "."),
        lines=(
            Line(
                symbols,
                (*numbers, "=", view.column(name, l, result=True)),
                place="Induction, ∂ŷ/∂z^{t−1}",
            ),
            *_one_value(view, l, name),
        ),
        quantity=Quantity(name, l),
        orientation="column",
        result=upright(view, name, l),
        in_text=not damped,
        intermediate={
            "backpropagated_error": upright(view, "activation_gradient", l),
            "activation_slope": upright(view, "activation_slope", 0),
        }
        if damped
        else {},
        note=_about_z(view, l) if is_usual else f"{NOT_IN_TEXT} {columns_read(view, l, 0)}".strip(),
        errata=(ERRATA["last"],) if l == 0 and is_usual else (),
        matrices=furniture.backpropagated_error(view, name, l),
    )


def _coming_back(view: View, l: int) -> tuple[list[Piece], list[Piece], str]:
    """(W)⊤ ∂ŷ/∂u of every layer that reads this one, and ∂ŷ/∂u of those it is added to: symbols, numbers, shapes."""
    return columns_back(
        view,
        l,
        lambda one: turned_weights(view, one),
        lambda other: gradient(view, "error", other),
        lambda other: view.column("error", other),
    )


def _about_z(view: View, l: int) -> str:
    of, up = words(view), superscript(l + 1)
    if l == 0 and activated(view):
        return "The text feeds its input in unchanged, so its procedure ends at z⁰; one more slope leads to x."
    if l == 0:
        return f"∂{of}/∂z⁰ = ∂{of}/∂x: printed by the procedure at t = 1, though the prose stops at t = 1."
    return f"Entry i is the inner product ⟨∂{of}/∂u{up}, column i of W[{l + 1}]⟩."


def _one_value(view: View, l: int, name: str) -> Sequence[Line]:
    """Unit 1 as an inner product with a column of W, and written out over its edges upward."""
    if l == 0 and activated(view):
        return ()
    head, result = entry(view, name, l, 0), view.number(name, l, 0, result=True)
    symbols, products = returning(view, l, 0, entry)
    term_by_term = Line((head, "=", *symbols), (*products, "=", result), TERM_BY_TERM)
    if not view.next_reads(l):
        return (term_by_term,)
    width = range(view.spec.sizes[l + 1])
    column = Symbol(rf"{w(view, l + 1)}[:,1]", f"weights:{l + 1}", shape(len(width)))
    above = Symbol(fraction(view, by_u(view, l + 1)), f"error:{l + 1}", shape(len(width)))
    inner = Line(
        (head, r"=\Big\langle ", above, ",", column, r"\Big\rangle"),
        (
            r"\left\langle ",
            view.column("error", l + 1),
            ",",
            _first_column(view, l + 1),
            r"\right\rangle=",
            result,
        ),
        "Unit 1, with a column of W",
        "Induction, ∂ŷ/∂z_i as an inner product",
    )
    return inner, term_by_term


def _first_column(view: View, l: int) -> Piece:
    whole = view.matrix("weights", l)
    return type(whole)(tuple(row[:1] for row in whole.matrix), whole.ref)
