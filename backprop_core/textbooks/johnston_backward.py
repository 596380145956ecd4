"""Johnston's cost and helper gradients, steps 1 and 2 of §5: rows that pass through Jacobians, down to the sample.

Each function tells one kind of scene; equation numbers are the text's own.
"""

from dataclasses import dataclass

import numpy as np

from backprop_core.activations import Array
from backprop_core.memory import Quantity
from backprop_core.textbooks import johnston_furniture as furniture
from backprop_core.textbooks import neurons_told
from backprop_core.textbooks.johnston_equations import slips
from backprop_core.textbooks.johnston_notation import (
    a,
    bracket,
    by,
    entry,
    slopes,
    target,
    up,
    vector,
    weights,
    z,
)
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.pieces import Line, Piece, Symbol
from backprop_core.textbooks.remarks import saturation
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.short_form import long_form_holds, target_factor
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import shape

SQUARE_SENT = 4096
"""Numbers of a Jacobian that is sent along as an intermediate result."""


def lying(view: View, name: str, l: int) -> Array:
    """A vector of the stepped example as a row, (1, n)."""
    return view.array(name, l).reshape(1, -1)


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
        intermediate=_inner_jacobian(view, l),
        note=words.note,
        errata=slips("output", "rows", "sections"),
        derivation=_output_derivation(view, l),
        remarks=saturation(view, l),
        matrices=furniture.output_error(view, l, long=bool(words.tag)),
        panels=("jacobian", "shapes", "notation"),
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
        Line((rf"{delta}={by(rf'C{_low(l)}', z(l))}",), title="What a helper gradient is", place="§4"),
        Line((rf"{delta}=\delta(C\circ\sigma({z(l)}))/\delta{z(l)}=\delta(C({a(l)}))/\delta{z(l)}",), place="§4.1"),
        Line((rf"{delta}={chain}",), title="The chain rule", place="§4.1"),
    )
    if view.spec.activation(l) == "softmax":
        return lines
    diagonal = rf"{bracket(a(l), z(l))}=\mathrm{{diag}}\{{\sigma'(z_j{up(l)})\}}_{{j=1}}^{{{n}}}"
    return (*lines, Line((diagonal,), title="Each output depends on its own z alone", place="§4.1; (8)"))


def _low(l: int) -> str:
    return f"_{l + 1}" if l + 1 < 10 else f"_{{{l + 1}}}"


def _inner_jacobian(view: View, l: int) -> dict[str, Array]:
    n = view.spec.sizes[l]
    if n * n > SQUARE_SENT:
        return {}
    if view.spec.activation(l) == "softmax":
        return {"jacobian_a_z": view.array("activation_jacobian", l)}
    return {"jacobian_a_z": np.diag(view.array("activation_slope", l))} if view.has("activation_slope", l) else {}


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
        lines=(_error_line(view, l), *_beats(view, l), neurons_told.one_error(view, l, entry)),
        quantity=Quantity("error", l),
        orientation="row",
        result=lying(view, "error", l),
        intermediate=_error_intermediate(view, l),
        note=_error_note(l, sloped=sloped),
        errata=slips("jacobian", "domain", "sections"),
        derivation=_error_derivation(view, l),
        remarks=saturation(view, l),
        matrices=furniture.error(view, l),
        panels=("jacobian", "shapes", "notation"),
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


def _error_intermediate(view: View, l: int) -> dict[str, Array]:
    found = {"backpropagated_error": lying(view, "activation_gradient", l), **_inner_jacobian(view, l)}
    jacobian = furniture.one_jacobian(view, l)
    return found | {"jacobian_z_next_z": jacobian} if jacobian.size <= SQUARE_SENT else found


def _error_note(l: int, *, sloped: bool) -> str:
    if not sloped:
        return "This sample is not activated, so a^1 is z^1 and the last factor of (9) is the identity."
    if l == 0:
        return "Only this text goes down to l = 1; no parameter needs it."
    return "Left to right, (δW) diag, and right to left, δ (W diag), give the same row."


def _error_derivation(view: View, l: int) -> tuple[Line, ...]:
    near, far = rf"\vec\delta{up(l)}", rf"\vec\delta{up(l + 1)}"
    c, next_c, step = f"C{_low(l)}", f"C{_low(l + 1)}", bracket(z(l + 1), z(l))
    phi = rf"\phi{_low(l + 1)}"
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
