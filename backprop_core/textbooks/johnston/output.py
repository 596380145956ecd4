"""Johnston's first helper gradient, step 1 of §5: the row δC/δa^L passes through the Jacobian of the last σ.

Softmax has a full Jacobian; where the two factors have lost their digits the short form stands alone.
"""

from dataclasses import dataclass

from backprop_core.memory import Quantity
from backprop_core.textbooks.johnston import furniture
from backprop_core.textbooks.johnston.equations import slips
from backprop_core.textbooks.johnston.notation import (
    a,
    bracket,
    by,
    low,
    slopes,
    target,
    up,
    vector,
    z,
)
from backprop_core.textbooks.johnston.results import inner_jacobian, lying
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.pieces import Line, Piece, Symbol
from backprop_core.textbooks.remarks import saturation
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.short_form import long_form_holds, target_factor
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import shape


def tell_output_error(view: View, l: int) -> Telling:
    """δ^L = [δC/δa^L] · [δa^L/δz^L], its (5); the short form where the factors have lost their digits."""
    words = _words(view, l)
    return Telling(
        name=f"Backpropagation step 1: helper gradient δ^{l + 1}",
        label=rf"\vec\delta{up(l)}",
        label_text=f"δ{superscript(l + 1)}",
        tag=words.tag,
        place=words.place,
        shapes=words.shapes,
        sentence=words.sentence,
        lines=words.lines,
        quantity=Quantity("error", l),
        orientation="row",
        result=lying(view, "error", l),
        intermediate=inner_jacobian(view, l),
        note=words.note,
        errata=slips("output", "rows", "sections"),
        derivation=_output_derivation(view, l),
        remarks=saturation(view, l),
        matrices=furniture.output_error(view, l, long=bool(words.tag)),
    )


@dataclass(frozen=True, slots=True)
class _Words:
    tag: str
    place: str
    shapes: str
    sentence: str
    lines: tuple[Line, ...]
    note: str


def _words(view: View, l: int) -> _Words:
    n, short = view.spec.sizes[l], (_short_form(view, l),) if view.spec.fused else ()
    if short and not long_form_holds(view, l):
        return _Words(
            "",
            "§5 item 3",
            f"{shape(1, n)} = ({shape(n)} − {shape(n)})^t",
            "With this cost the slopes cancel: the row is how far each output is from its label.",
            (Line(short[0].symbols, short[0].numbers),),
            "An output is so near 0 or 1 that the two factors of (5), taken apart, lose their digits.",
        )
    shapes = f"{shape(1, n)} = {shape(1, n)} · {shape(n, n)}"
    if view.spec.activation(l) == "softmax":
        return _Words(
            "(5)",
            "§5 item 3; (5)",
            shapes,
            "Softmax mixes its outputs, so the row passes through a Jacobian with all its entries.",
            (*_softmax_lines(view, l), *short),
            "The diagonal in (5) holds for a σ of one component; the chain on its left holds for softmax as well.",
        )
    return _Words(
        "(5)",
        "§5 item 3; (5)",
        shapes,
        "The row passes through a diagonal Jacobian: each output is scaled by its own slope only.",
        (*_diagonal_lines(view, l), *short),
        "First the Jacobian is filled, then the row goes through it.",
    )


def _factors(view: View, l: int) -> tuple[Symbol, Symbol, Symbol]:
    n = view.spec.sizes[l]
    slope = "activation_jacobian" if view.spec.activation(l) == "softmax" else "activation_slope"
    return (
        vector(view, "error", l),
        Symbol(bracket("C", a(l)), f"activation_gradient:{l}", shape(1, n)),
        Symbol(bracket(a(l), z(l)), f"{slope}:{l}", shape(n, n)),
    )


def _diagonal_lines(view: View, l: int) -> list[Line]:
    delta, gradient, inner = _factors(view, l)
    plain = Symbol(by("C", a(l)), gradient.ref, gradient.shape)
    numbers = (
        rf"\vec\delta{up(l)}=",
        view.row("activation_gradient", l),
        view.diagonal("activation_slope", l),
        "=",
        view.row("error", l, result=True),
    )
    symbols = (delta, "=", gradient, r"\cdot", inner, "=", plain, r"\cdot", slopes(view, l))
    jacobian = Line(
        (inner, "=", slopes(view, l)),
        (rf"{inner.tex}=", view.diagonal("activation_slope", l)),
        "First the Jacobian",
        "§4.1; (8)",
    )
    return [Line(symbols, numbers, place="(5)"), jacobian]


def _softmax_lines(view: View, l: int) -> list[Line]:
    delta, gradient, inner = _factors(view, l)
    numbers = (
        rf"\vec\delta{up(l)}=",
        view.row("activation_gradient", l),
        view.matrix("activation_jacobian", l),
        "=",
        view.row("error", l, result=True),
    )
    jacobian = Line(
        (rf"{inner.tex}=\mathrm{{diag}}\{{a_j{up(l)}\}}-{a(l)}\otimes({a(l)})^t",),
        (rf"{inner.tex}=", view.matrix("activation_jacobian", l)),
        "The Jacobian of softmax",
    )
    return [Line((delta, "=", gradient, r"\cdot", inner), numbers, place="(5)"), jacobian]


def _short_form(view: View, l: int) -> Line:
    in_symbols, in_numbers = target_factor(view, l, r"\Big(\sum_k\lambda_k\Big)")
    symbols: tuple[Piece, ...] = (
        vector(view, "error", l),
        r"=\Big(",
        *in_symbols,
        vector(view, "activation", l),
        "-",
        target(view),
        r"\Big)^t",
    )
    numbers = (
        rf"\vec\delta{up(l)}=\left(",
        *in_numbers,
        view.column("activation", l),
        "-",
        view.column("target", l),
        r"\right)^t=",
        view.row("error", l, result=True),
    )
    return Line(symbols, numbers, "For this cost and activation")


def _output_derivation(view: View, l: int) -> tuple[Line, ...]:
    delta, n = rf"\vec\delta{up(l)}", view.spec.sizes[l]
    chain = rf"{bracket('C', a(l))}\cdot{bracket(a(l), z(l))}"
    lines = (
        Line((rf"{delta}={by(rf'C{low(l)}', z(l))}",), title="What a helper gradient is", place="§4"),
        Line((rf"{delta}=\delta(C\circ\sigma({z(l)}))/\delta{z(l)}=\delta(C({a(l)}))/\delta{z(l)}",), place="§4.1"),
        Line((rf"{delta}={chain}",), title="The chain rule", place="§4.1"),
    )
    if view.spec.activation(l) == "softmax":
        return lines
    diagonal = rf"{bracket(a(l), z(l))}=\mathrm{{diag}}\{{\sigma'(z_j{up(l)})\}}_{{j=1}}^{{{n}}}"
    return (*lines, Line((diagonal,), title="Each output depends on its own z alone", place="§4.1; (8)"))
