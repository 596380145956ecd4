"""Catching AI's backward pass: ∂J/∂Z of the output, then ∂J/∂A and ∂J/∂Z one layer back, for all examples at once.

Column j of every matrix belongs to example j; the 1/m is inside since ∂J/∂A^(L).
"""

import numpy as np

from backprop_core.memory import Quantity
from backprop_core.textbooks.catching_ai import furniture
from backprop_core.textbooks.catching_ai.equations import displayed, errata
from backprop_core.textbooks.catching_ai.forward import BATCH, off
from backprop_core.textbooks.catching_ai.notation import (
    cells,
    column,
    entry,
    name_of,
    of_j,
    one,
    scale,
    target_tex,
    up,
    whole,
)
from backprop_core.textbooks.catching_ai.ways import coming_back, meeting_derivation
from backprop_core.textbooks.neurons_told import returning
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.pieces import EDGE, Line, Matrix, Number, Piece, Symbol, kept
from backprop_core.textbooks.remarks import saturation
from backprop_core.textbooks.results import side_by_side
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.short_form import long_form_holds
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import NOT_IN_TEXT, columns_read, meeting
from backprop_core.textbooks.words import ACTIVATION_NAMES, shape


def tell_output_error(view: View, l: int) -> Telling:
    """∂J/∂Z^(L) = ∂J/∂A^(L) ⊙ f'(Z^(L)); example by example with softmax; short where the factors lost digits."""
    n, m, softmax = view.spec.sizes[l], view.m, view.spec.activation(l) == "softmax"
    long = not view.spec.fused or long_form_holds(view, l, whole_batch=True)
    lines = [*(_softmax_lines(view, l) if softmax else [_elementwise(view, l)])] if long else []
    lines += [_short_form(view, l, titled=long)] if view.spec.fused else []
    by = scale(view, "error")
    return Telling(
        name=f"∂J/∂Z^({l})",
        label=name_of(view, "error", l),
        label_text=f"∂J/∂Z⁽{superscript(l)}⁾",
        place="∂J/∂W^(L) forms; ∂A^(L)/∂Z^(L)" if not softmax else "Gradients of the output layer",
        shapes=f"{shape(n, m)} − {shape(n, m)}"
        if not long
        else f"{shape(n, n)} · {shape(n)}, column by column"
        if softmax
        else f"{shape(n, m)} ⊙ {shape(n, m)}",
        sentence=_sentence(view, l, long=long),
        lines=tuple(lines),
        quantity=Quantity("error", l),
        orientation=BATCH,
        scale=by,
        result=side_by_side(view, "error", l, by),
        intermediate=_beside(view, l),
        note=_about_output(view, long=long, softmax=softmax),
        derivation=displayed("∂J/∂Z^(l) matrix")
        if softmax
        else displayed("∂J/∂Z^(l) matrix", *(("∂A^(L)/∂Z^(L)",) if view.spec.activation(l) == "sigmoid" else ())),
        remarks=saturation(view, l),
        matrices=furniture.output_error(view, l, long=long),
    )


def _sentence(view: View, l: int, *, long: bool) -> str:
    if not long:
        return "With this cost the slopes cancel: what is left is how far each output is from its target."
    if view.spec.activation(l) == "softmax":
        return "Through softmax every output of an example feels all its preactivations, so each column adds them up."
    name = "logistic" if view.spec.activation(l) == "sigmoid" else ACTIVATION_NAMES[view.spec.activation(l)]
    return f"Each example’s cost gradient is scaled by the slope of the {name} at its own preactivation."


def _about_output(view: View, *, long: bool, softmax: bool) -> str:
    if not long:
        return "An output is so near 0 or 1 that its slope and the rate of the cost, taken apart, lose their digits."
    if softmax:
        return "The text’s f works cell by cell; softmax does not, and ⊙ gives way to a Jacobian for each example."
    toggle = "Also a row times the diagonal Jacobian of all examples." if view.spec.sizes[-1] == 1 else ""
    return f"{toggle} Both forms are the same numbers.".strip() if view.spec.fused else toggle


def _beside(view: View, l: int) -> dict[str, object]:
    """What stands beside the result: slopes, the Jacobian of one output over a short batch, the short form."""
    found: dict[str, object] = {}
    if view.has("activation_jacobian", l):
        return {"activation_jacobian": view.array("activation_jacobian", l)}
    slopes = side_by_side(view, "activation_slope", l)
    found["activation_slope"] = slopes
    if len(slopes) == 1 and view.m <= EDGE:
        found["jacobian_a_z"] = np.diag(slopes[0])
    if view.spec.fused:
        difference = view.trace.memory["activation", l] - view.trace.memory["target", l]
        found["fused_form"] = np.ascontiguousarray(difference.T * scale(view, "error"))
    return found


def _elementwise(view: View, l: int) -> Line:
    slopes: tuple[Piece, ...] = (r"\odot ", whole(view, "activation_slope", l))
    if view.spec.activation(l) == "sigmoid":
        a = whole(view, "activation", l)
        slopes = (r"\odot\left(", a, r"\odot(1-", a, r")\right)")
    symbols = (whole(view, "error", l), "=", whole(view, "activation_gradient", l), *slopes)
    return Line(symbols, _slope_numbers(view, l))


def _slope_numbers(view: View, l: int) -> tuple[Piece, ...]:
    return (
        cells(view, "activation_gradient", l),
        r"\odot",
        cells(view, "activation_slope", l),
        "=",
        cells(view, "error", l, result=True),
    )


def _softmax_lines(view: View, l: int) -> list[Line]:
    """The Jacobian of the stepped example, the column it gives, and the whole matrix."""
    n, x = view.spec.sizes[l], view.example
    a, z = rf"\vec a{up(l)}_{{{x + 1}}}", rf"\vec z{up(l)}_{{{x + 1}}}"
    jacobian = rf"\frac{{\partial{a}}}{{\partial{z}}}"
    symbols = (
        Symbol(of_j(z), f"error:{l}", shape(n)),
        "=",
        Symbol(rf"\left({jacobian}\right)^T", f"activation_jacobian:{l}", shape(n, n)),
        Symbol(of_j(a), f"activation_gradient:{l}", shape(n)),
    )
    numbers = (
        view.transposed("activation_jacobian", l),
        column(view, "activation_gradient", l, x),
        "=",
        column(view, "error", l, x),
    )
    every = (whole(view, "error", l),), (cells(view, "error", l, result=True),)
    inside = (rf"{jacobian}=\operatorname{{diag}}({a})-{a}{a}{{}}^T",)
    return [
        Line(symbols, numbers, f"Column {x + 1}, with the Jacobian of example {x + 1}"),
        Line(inside, (), "The Jacobian of softmax"),
        *(() if view.spec.fused else (Line(*every, "All columns"),)),
    ]


def _short_form(view: View, l: int, *, titled: bool) -> Line:
    """(A − Y)/m; in front of a softmax whose targets miss 1 in sum stands that sum, example by example."""
    totals = view.trace.memory["target_sum", l][:, 0]
    summed = view.spec.activation(l) == "softmax" and bool(np.any(np.abs(totals - 1.0) > 1e-12))
    factor: tuple[Piece, ...] = (r"\odot ", Symbol(r"\vec s", "", shape(1, view.m))) if summed else ()
    row = Matrix((tuple(None if x is None else Number(float(totals[x])) for x in kept(view.m)),))
    y = Symbol(target_tex(view), f"target:{l}", shape(view.spec.sizes[l], view.m))
    symbols = (whole(view, "error", l), r"=\frac1m\left(", whole(view, "activation", l), *factor, "-", y, r"\right)")
    numbers = (
        rf"{one(view.m)}\left(",
        cells(view, "activation", l),
        *((r"\odot", row) if summed else ()),
        "-",
        cells(view, "target", l),
        r"\right)=",
        cells(view, "error", l, result=True),
    )
    title = "For this cost and activation" if titled else ""
    return Line(symbols, numbers, f"{title}; s adds up each example’s targets" if summed else title)


def tell_backpropagated_error(view: View, l: int) -> Telling:
    """∂J/∂A^(l) = W^(l+1)T ∂J/∂Z^(l+1), column by column."""
    n, m, is_usual = view.spec.sizes[l], view.m, view.next_reads(l)
    back, with_numbers, sizes = coming_back(view, l)
    symbols = (whole(view, "activation_gradient", l), "=", *back)
    numbers = (
        *with_numbers,
        "=",
        cells(view, "activation_gradient", l, result=True),
    )
    first = ("start",) if l == view.spec.depth - 1 else ()
    above = superscript(l + 1)
    return Telling(
        name=f"∂J/∂A^({l})",
        label=name_of(view, "activation_gradient", l),
        label_text=f"∂J/∂A⁽{superscript(l)}⁾",
        place="Compacting, ∂J/∂A^(l)",
        shapes=f"{shape(n, m)} = {sizes}",
        sentence="Column by column, the next layer’s gradients come back through the transposed weights."
        if is_usual
        else f"{meeting(view, l, 0, 'gradient')} All of this happens column by column.",
        lines=(Line(symbols, numbers, place="∂J/∂A^(l)"), _one_cell(view, l)),
        quantity=Quantity("activation_gradient", l),
        orientation=BATCH,
        scale=scale(view, "activation_gradient"),
        result=side_by_side(view, "activation_gradient", l, scale(view, "activation_gradient")),
        note=f"Cell by cell: column i of W⁽{above}⁾ times column j of ∂J/∂Z⁽{above}⁾."
        if is_usual
        else f"{NOT_IN_TEXT} {columns_read(view, l, 0)}".strip(),
        errata=errata("lengths", "column", "above", "spelled", *first, "index"),
        derivation=meeting_derivation(view, l)
        if not is_usual
        else displayed(
            "∂J/∂a_{i,j} chain",
            "∂J/∂z_j column",
            "∂z_j/∂a row",
            "∂z_{p,j}/∂a_{i,j}",
            "∂z_j/∂a = w’s",
            "∂J/∂a_{i,j} solved",
            "∂J/∂A^(l) matrix",
            "∂J/∂A^(l) as W^T·∂J/∂Z spelled out",
            "∂J/∂A^(l−1)",
        ),
        matrices=furniture.backpropagated_error(view, l),
    )


def _scaled(view: View, name: str, l: int, *index: int, paren: bool = False, result: bool = False) -> Number:
    plain, by = view.number(name, l, *index, paren=paren, result=result), scale(view, name)
    return Number(plain.value * by, plain.ref, paren, result, None, by)


def _one_cell(view: View, l: int) -> Line:
    """∂J/∂a of unit 1 for the stepped example, over all its edges onward."""

    def number(name: str, layer: int, *index: int, paren: bool = False) -> Number:
        return _scaled(view, name, layer, *index, paren=paren)

    symbols, numbers = returning(view, l, 0, entry, number)
    head = entry(view, "activation_gradient", l, 0)
    return Line(
        (head, "=", *symbols),
        (*numbers, "=", _scaled(view, "activation_gradient", l, 0, result=True)),
        f"Unit 1, example {view.example + 1}, term by term",
        "∂J/∂a_{i,j} solved",
    )


def tell_error(view: View, l: int) -> Telling:
    """∂J/∂Z^(l) = ∂J/∂A^(l) ⊙ f'(Z^(l)), cell by cell."""
    n = shape(view.spec.sizes[l], view.m)
    symbols = (
        whole(view, "error", l),
        "=",
        whole(view, "activation_gradient", l),
        r"\odot ",
        whole(view, "activation_slope", l),
    )
    relu, by = view.spec.activation(l) == "relu", scale(view, "error")
    zero = f"Off, f′ = 0, at {off(view, l)} (unit, example)." if relu and off(view, l) else ""
    return Telling(
        name=f"∂J/∂Z^({l})",
        label=name_of(view, "error", l),
        label_text=f"∂J/∂Z⁽{superscript(l)}⁾",
        place="Compacting, ∂J/∂Z^(l)",
        shapes=f"{n} ⊙ {n}",
        sentence="Cells whose unit was off become zero; the others pass unchanged."
        if relu
        else "Each cell is scaled by the slope of its own preactivation.",
        lines=(Line(symbols, _slope_numbers(view, l), place="∂J/∂Z^(l)"), _one_slope(view, l)),
        quantity=Quantity("error", l),
        orientation=BATCH,
        scale=by,
        result=side_by_side(view, "error", l, by),
        intermediate={"activation_slope": side_by_side(view, "activation_slope", l)},
        note="Nothing further back is needed: ∂J/∂A⁽⁰⁾ is not computed in this text." if l == 1 else zero,
        errata=errata("swapped"),
        derivation=displayed(
            "∂J/∂z_i row", "∂J/∂Z^(l) matrix", "∂J/∂z_{i,j} chain", "∂a/∂z = f′", "∂J/∂z_{i,j} with f′"
        ),
        remarks=saturation(view, l),
        matrices=furniture.error(view, l),
    )


def _one_slope(view: View, l: int) -> Line:
    symbols = (
        entry(view, "error", l, 0),
        "=",
        entry(view, "activation_gradient", l, 0),
        r"\,",
        entry(view, "activation_slope", l, 0),
    )
    numbers = (
        _scaled(view, "activation_gradient", l, 0, paren=True),
        r"\cdot ",
        view.number("activation_slope", l, 0, paren=True),
        "=",
        _scaled(view, "error", l, 0, result=True),
    )
    return Line(symbols, numbers, f"Unit 1, example {view.example + 1}", "∂J/∂z_{i,j} with f′")
