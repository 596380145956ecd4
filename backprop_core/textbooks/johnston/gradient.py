"""Johnston's derivatives by W and b, step 3 and the step after it in §5, and the update that the text leaves open.

The derivative by W has the shape of the transpose of W; an update turns it back.
"""

from backprop_core.memory import UPDATED, Quantity
from backprop_core.textbooks import neurons_told
from backprop_core.textbooks.johnston import furniture, tensor
from backprop_core.textbooks.johnston.equations import slips
from backprop_core.textbooks.johnston.notation import (
    MEAN,
    bracket,
    component,
    derivative,
    entry,
    gradient_of,
    up,
    vector,
    weights,
    z,
)
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.pieces import Line, Number, Piece, Symbol
from backprop_core.textbooks.remarks import silent_inputs
from backprop_core.textbooks.results import upright
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import NOT_IN_TEXT
from backprop_core.textbooks.words import plural, shape

SPELT_OUT = (2, 3)
"""Sizes of a batch whose gradients are written one by one under the update."""


def tell_weight_gradient(view: View, l: int) -> Telling:
    """[δC_1/δW^l] = a^{l-1} ⊗ δ^l, its (13), of the stepped example."""
    n, k, name, below = view.spec.sizes[l], view.spec.input_size(l), gradient_of(view, "weight"), view.below(l)
    numbers = (
        view.column(*below),
        r"\otimes",
        view.row("error", l),
        "=",
        view.transposed(name, l, result=True),
    )
    symbols = (derivative(view, name, l), "=", vector(view, *below), r"\otimes", vector(view, "error", l))
    return Telling(
        name=f"Backpropagation step 3: derivative by W^{l + 1}",
        label=rf"\delta W{up(l)}",
        label_text=f"δC₁/δW{superscript(l + 1)}",
        tag="(13)",
        place="§5 item 5; (10), (12), (13)",
        shapes=f"{shape(k, n)} = {shape(k)} ⊗ {shape(1, n)}",
        sentence="Column of activations times row of helper gradients; entry (i, j) belongs to weight w_ji.",
        lines=(Line(symbols, numbers, place="(13)"), neurons_told.one_weight(view, l, entry, name, "(12)")),
        quantity=Quantity(name, l),
        orientation="transposed matrix",
        result=view.array(name, l).T,
        note=f"The shape of the transpose of W{superscript(l + 1)} (§3.4)."
        + (" Of this example’s cost, not of the average." if view.m > 1 else "")
        + ("" if view.enters_alone(l) else f" {NOT_IN_TEXT}"),
        errata=slips("composed", "shape", "index", "sections"),
        derivation=_weight_derivation(view, l),
        remarks=silent_inputs(view, l),
        matrices=tensor.arrangements(view, l),
    )


def _weight_derivation(view: View, l: int) -> tuple[Line, ...]:
    w, n = f"W{up(l)}", view.spec.sizes[l]
    by_z, inner, enters = bracket("C_1", z(l)), bracket(z(l), w), component(view, l)
    chain = r"\circ".join(rf"\phi_{{{j + 1}}}" for j in range(l, 0, -1))
    own = f"C_{{{l + 1}}}"
    joined = "; x is what enters, the activations one below the other" if enters == "x_i" else ""
    whole = rf"\left[\frac{{\delta({own}\circ{chain})}}{{\delta({chain}({z(0)}))}}\right]"
    # Where layers skip or join, z^l is no composition of the φ below it alone.
    composed = (Line((rf"{by_z}={whole}={bracket(own, z(l))}",), place="before (11)"),) if view.spec.is_chain else ()
    return (
        Line((rf"{bracket('C_1', w)}={by_z}\cdot{inner}",), title="The chain rule", place="(10)"),
        *composed,
        Line((rf"{by_z}={bracket(own, z(l))}=\vec\delta{up(l)}",), title="The helper gradient again", place="(11)"),
        Line((rf"{inner}_{{(k,i,j)}}=I_{{j=k}}\cdot {enters}",), title=f"A 3-tensor{joined}", place="§4.3"),
        Line(
            (
                (
                    rf"{bracket('C_1', w)}_{{(i,j)}}=\sum_{{k=1}}^{{{n}}}\delta_k{up(l)}\cdot I_{{j=k}}\cdot "
                    rf"{enters}=\delta_j{up(l)}\cdot {enters}"
                ),
            ),
            title="Contracted",
            place="(12)",
        ),
        Line(
            (r"\left[\frac{\delta f}{\delta W}\right]_{ji}=\frac{\delta f}{\delta w_{ij}}",),
            title="Why it stands as the transpose",
            place="§3.4",
        ),
    )


def tell_bias_gradient(view: View, l: int) -> Telling:
    """[δC_1/δb^l] = δ^l · I, its (15), of the stepped example."""
    n, name = view.spec.sizes[l], gradient_of(view, "bias")
    row, left = view.row("error", l), derivative(view, name, l)
    inner = bracket(z(l), rf"\vec b{up(l)}")
    return Telling(
        name=f"Derivative by the biases b^{l + 1}",
        label=rf"\delta\vec b{up(l)}",
        label_text=f"δC₁/δb{superscript(l + 1)}",
        tag="(15)",
        place="§5 item 6; (14), (15)",
        shapes=f"{shape(1, n)} = {shape(1, n)} · {shape(n, n)}",
        sentence="The Jacobian of z by b is the identity, so the helper gradient is the answer.",
        lines=(
            Line(
                (left, "=", vector(view, "error", l), r"\cdot I=", vector(view, "error", l)),
                (row, tensor.identity(n), "=", view.row(name, l, result=True)),
                place="(15)",
            ),
        ),
        quantity=Quantity(name, l),
        orientation="row",
        result=view.array(name, l).reshape(1, -1),
        note="A loop of its own, after all weights; its item in §5 has no number where the others have 1 to 3.",
        derivation=(Line((rf"{left.tex}={bracket('C_1', z(l))}\cdot{inner}",), title="The chain rule", place="(14)"),)
        if not view.reads_before(l)
        else (
            Line((rf"{left.tex}={bracket('C_1', z(l))}\cdot{inner}",), title="The chain rule", place="(14)"),
            Line(
                (
                    (
                        rf"\frac{{\delta}}{{\delta\vec b{up(l)}}}(W{up(l)}\cdot\sigma({z(l - 1)})+\vec b{up(l)})"
                        rf"=\frac{{\delta\vec b{up(l)}}}{{\delta\vec b{up(l)}}}=I"
                    ),
                ),
                title="z moves as b does",
                place="§4.4",
            ),
        ),
        matrices=furniture.bias_gradient(view, l),
    )


def tell_weight_update(view: View, l: int) -> Telling:
    """W^l ← W^l − η [δC_1/δW^l]^t, beyond the text."""
    sizes = shape(view.spec.sizes[l], view.spec.input_size(l))
    kept = " The biases are frozen: only the weights move." if view.trace.freeze_biases and view.spec.bias else ""
    change = (derivative(view, "weight_gradient", l), "^t")
    sentence = f"The weights take a small step against the gradient, transposed back to their own shape.{kept}"
    place = "beyond the text (§1: gradient descent, no formula)"
    note = f"A {shape(view.spec.input_size(l), view.spec.sizes[l])} cannot be taken from a {sizes}: it is turned back."
    return _tell_update(view, l, "weights", weights(view, l), change, (sizes, sentence, place, note))


def tell_bias_update(view: View, l: int) -> Telling:
    """b^l ← b^l − η (δ^l)^t, beyond the text."""
    of_one: tuple[Piece, ...] = (r"\,(", vector(view, "error", l), ")^t")
    change = of_one if view.m == 1 else (derivative(view, "bias_gradient", l), "^t")
    words = (
        shape(view.spec.sizes[l]),
        "The biases follow the same rule; the row becomes a column again.",
        "beyond the text",
        "",
    )
    return _tell_update(view, l, "biases", vector(view, "biases", l), change, words)


def _tell_update(
    view: View, l: int, parameter: str, old: Symbol, change: tuple[Piece, ...], words: tuple[str, str, str, str]
) -> Telling:
    sizes, sentence, place, note = words
    letter, gradient = ("W", "weight_gradient") if parameter == "weights" else ("b", "bias_gradient")
    draw = view.matrix if parameter == "weights" else view.column
    rate = Number(float(view.trace.memory["learning_rate", view.spec.depth]), "learning_rate")
    numbers = (
        draw(parameter, l),
        "-",
        rate,
        r"\,",
        draw(gradient, l),
        "=",
        draw(UPDATED[parameter], l, result=True),
    )
    symbols = (
        old,
        r"\leftarrow " if parameter == "weights" else r"\leftarrow",
        old,
        "-",
        Symbol(r"\eta", "learning_rate"),
        *change,
    )
    return Telling(
        name=f"Update of {letter}^{l + 1}",
        label=old.tex,
        label_text=f"{letter}{superscript(l + 1)}",
        place=place,
        shapes=sizes,
        sentence=sentence,
        lines=(Line(symbols, numbers), *_average(view, gradient, l)),
        quantity=Quantity(UPDATED[parameter], l),
        orientation="matrix" if parameter == "weights" else "column",
        result=upright(view, UPDATED[parameter], l),
        in_text=False,
        note=note,
        matrices=furniture.update(view, parameter, l),
    )


def _average(view: View, gradient: str, l: int) -> tuple[Line, ...]:
    """With several examples: what 𝔼, the average of their costs, makes of the gradient."""
    if view.m == 1:
        return ()
    what = f"W{up(l)}" if gradient == "weight_gradient" else rf"\vec b{up(l)}"
    symbols = (rf"{bracket(MEAN, what)}=\frac1{{{view.m}}}\sum_i{bracket('C_1', what)}_i",)
    title = f"E is the average cost of the {plural(view.m, 'example')}"
    if view.m not in SPELT_OUT:
        return (Line(symbols, (), title, "§2"),)
    draw = view.matrix if gradient == "weight_gradient" else view.column
    numbers: list[Piece] = [rf"\tfrac{{1}}{{{view.m}}}\left("]
    for x in range(view.m):
        numbers += ["+"] if x else []
        numbers.append(draw(f"example_{gradient}", l, example=x))
    return (Line(symbols, (*numbers, r"\right)=", draw(gradient, l)), title, "§2"),)
