"""Sun's steps as furniture: columns and square matrices, with W by its columns and the induction step in one line.

The first arrangement of a step is the step; the others are the ways the text looks at it.
"""

from backprop_core.textbooks.furniture import Arrangement, Factor
from backprop_core.textbooks.pieces import kept
from backprop_core.textbooks.sun.notation import (
    activated,
    by_u,
    flat,
    fraction,
    reads_out,
    turned_weights,
    u,
    vector,
    w,
    z,
)
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import block_factor, drawn_back, laid
from backprop_core.textbooks.words import index
from backprop_core.wiring import Reader

Row = tuple[str | Factor, ...]


def _u(view: View, l: int, *, result: bool = False) -> Factor:
    return view.factor(u(l), "weighted_input", l, "column", f"arrives at layer {l}", result=result)


def _z(view: View, l: int, *, result: bool = False) -> Factor:
    return view.factor(z(l), "activation", l, "column", f"values of layer {l}", result=result)


def _by(view: View, name: str, l: int, *, result: bool = False) -> Factor:
    """∂ŷ/∂u^l or ∂ŷ/∂z^l, standing."""
    by = by_u(view, l) if name == "error" else z(l)
    return view.factor(fraction(view, by), name, l, "column", f"gradient, layer {l}", result=result)


def _slope(view: View, l: int) -> Factor:
    return view.factor(rf"\sigma'({u(l)})", "activation_slope", l, "column", "slopes")


def _below(view: View, l: int, words: str = "") -> Factor:
    name, at = view.below(l)
    said = words or (f"values of layer {at}" if name == "activation" else "values, one below the other")
    return view.factor(vector(view, name, at).tex, name, at, "column", said)


def _turned(view: View, one: Reader) -> Factor:
    alpha = reads_out(view) and one.layer == view.spec.depth
    tex = turned_weights(view, one).tex
    return block_factor(view, one, tex, "read-out" if alpha else "weights, turned over", turned=True)


def input_alone(view: View, symbol: str, name: str) -> tuple[Arrangement, ...]:
    """x."""
    return (Arrangement((view.factor(symbol, name, 0, "column", "the input", result=True),), place="(1)"),)


def weighted_input(view: View, l: int) -> tuple[Arrangement, ...]:
    """u^l = W z^{l-1}, and the same as a sum of columns of W."""
    tail: Row = ()
    if view.spec.bias:
        tail = ("+", view.factor(f"b^{{[{l}]}}", "biases", l, "column", "biases"))
    tail = (*tail, *(piece for other in view.spec.adds(l) for piece in ("+", _z(view, other))))
    left: Row = (_u(view, l, result=True), "=")
    step = (*left, view.factor(w(view, l), "weights", l, "matrix", "weights"), _below(view, l), *tail)
    columns = (*left, *_columns(view, l), *tail)
    return Arrangement(step, place="(2)"), Arrangement(columns, "By columns", "u as a sum of columns")


def _columns(view: View, l: int) -> Row:
    array, below = view.array("weights", l), view.spec.input_size(l)
    row: list[str | Factor] = []
    for position, k in enumerate(kept(below)):
        row += ["+"] if position else []
        if k is None:
            row.append(r"\cdots")
            continue
        source, sent = view.sender(l, k)
        value = Factor(f"{z(source)}{index(sent)}", f"activation:{source}:{sent}", "number", 1, 1)
        cells = tuple((float(weight),) for weight in array[:, k])
        row += [value, r"\cdot", Factor(f"{w(view, l)}[:,{k + 1}]", "", "cells", len(cells), 1, cells=cells)]
    return tuple(row)


def activation(view: View, l: int) -> tuple[Arrangement, ...]:
    """z^l = σ(u^l)."""
    return (Arrangement((_z(view, l, result=True), r"=\sigma\Big(", _u(view, l), r"\Big)"), place="(2)"),)


def read_out(view: View, L: int) -> tuple[Arrangement, ...]:
    """ŷ = α⊤ z^T."""
    row: Row = (
        view.factor(r"\hat y", "activation", L, "column", "output", result=True),
        "=",
        view.factor(r"\alpha^\top", "weights", L, "matrix", "read-out, lying"),
        _below(view, L),
    )
    if view.spec.bias:
        row = (*row, "+", view.factor(f"b^{{[{L}]}}", "biases", L, "column", "bias"))
    row = (*row, *(piece for other in view.spec.adds(L) for piece in ("+", _z(view, other))))
    return (Arrangement(row, place="(3)"),)


def base_case(view: View, name: str, l: int) -> tuple[Arrangement, ...]:
    """∂ŷ/∂z^T = α, with σ' of the input where that is activated and nothing lies between."""
    row: Row = (_by(view, name, l, result=True), "=", _turned(view, view.spec.readers(l)[0]))
    if l == 0 and activated(view):
        row = (*row, r"\circ", _slope(view, 0))
    return (Arrangement(row, place="Base case"),)


def error(view: View, l: int) -> tuple[Arrangement, ...]:
    """∂ŷ/∂u^l = ∂ŷ/∂z^l ∘ σ'(u^l)."""
    row = (_by(view, "error", l, result=True), "=", _by(view, "activation_gradient", l), r"\circ", _slope(view, l))
    return (Arrangement(row, place="Induction, ∂ŷ/∂u"),)


def backpropagated_error(view: View, name: str, l: int) -> tuple[Arrangement, ...]:
    """(W)⊤ ∂ŷ/∂u; by inner products with the columns of W; and both halves of the induction step in one line."""
    left: Row = (_by(view, name, l, result=True), "=")
    place, damped = "Induction, ∂ŷ/∂z^{t−1}", l == 0 and activated(view)
    product = drawn_back(
        view,
        l,
        lambda one: (_turned(view, one), _by(view, "error", one.layer)),
        lambda other: (_by(view, "error", other),),
    )
    if damped:
        return (Arrangement((*left, r"\Big(", *product, r"\Big)\circ", _slope(view, 0)), place=place),)
    if not view.next_reads(l):
        return (Arrangement((*left, *product), place=place),)
    found = [Arrangement((*left, *product), place=place), _by_columns(view, name, l)]
    if view.has("activation_slope", l + 1) and not (view.spec.fused and l + 1 == view.spec.depth):
        halves = (_by(view, "activation_gradient", l + 1), r"\circ", _slope(view, l + 1))
        whole = (*left, _turned(view, view.spec.readers(l)[0]), r"\Big(", *halves, r"\Big)")
        found.append(Arrangement(whole, "In one line", place))
    return tuple(found)


def _by_columns(view: View, name: str, l: int) -> Arrangement:
    """The same lying: ∂ŷ/∂u meets each column of W as it stands."""
    lying = view.factor(
        rf"\Big({fraction(view, by_u(view, l + 1))}\Big)^\top", "error", l + 1, "row", "gradient above, lying"
    )
    whole = view.factor(w(view, l + 1), "weights", l + 1, "matrix", "weights, one column a unit below")
    below = by_u(view, 0) if name == "error" else z(l)
    result = view.factor(
        rf"\Big({fraction(view, below)}\Big)^\top", name, l, "row", "one inner product each", result=True
    )
    return Arrangement((result, "=", lying, whole), "By inner products", "Induction, ∂ŷ/∂z_i as an inner product")


def weight_gradient(view: View, name: str, l: int) -> tuple[Arrangement, ...]:
    """Column times row."""
    lying = view.factor(laid(vector(view, *view.below(l)).tex, r"\top"), *view.below(l), "row", "values below, lying")
    result = view.factor(flat(view, w(view, l)), name, l, "matrix", "in the shape of W", result=True)
    return (Arrangement((result, "=", _by(view, "error", l), lying), place="Claim 1, ∂ŷ/∂W"),)


def by_alpha(view: View, name: str, L: int) -> tuple[Arrangement, ...]:
    """∂ŷ/∂α = z^T, standing."""
    result = view.factor(r"\partial\hat y/\partial\alpha", name, L, "transposed", "gradient, standing", result=True)
    return (Arrangement((result, "=", _below(view, L)), place="§1 goal"),)


def bias_gradient(view: View, name: str, l: int) -> tuple[Arrangement, ...]:
    """∂ŷ/∂b = ∂ŷ/∂u."""
    result = view.factor(flat(view, f"b^{{[{l}]}}"), name, l, "column", "gradient of the biases", result=True)
    return (Arrangement((result, "=", _by(view, "error", l))),)


def cost_gradient(view: View, l: int) -> tuple[Arrangement, ...]:
    """∂C/∂z^L; written out for the costs that are squares."""
    row: Row = (_by(view, "activation_gradient", l, result=True),)
    if view.spec.cost in ("quadratic", "squared_error"):
        row = (*row, r"=2\Big(" if view.spec.cost == "squared_error" else r"=\Big(", *_difference(view, l), r"\Big)")
    return (Arrangement(row),)


def output_error(view: View, l: int, *, long: bool) -> tuple[Arrangement, ...]:
    """∂C/∂z ∘ σ', the Jacobian of softmax, or z − y."""
    left: Row = (_by(view, "error", l, result=True), "=")
    if not long:
        return (Arrangement((*left, *_difference(view, l))),)
    arrived = _by(view, "activation_gradient", l)
    if view.spec.activation(l) != "softmax":
        return (Arrangement((*left, arrived, r"\circ", _slope(view, l)), place="Induction, ∂ŷ/∂u"),)
    tex = rf"\Big(\partial {z(l)}/\partial {u(l)}\Big)^\top"
    jacobian = view.factor(tex, "activation_jacobian", l, "transposed", "Jacobian of softmax")
    return (Arrangement((*left, jacobian, arrived)),)


def _difference(view: View, l: int) -> Row:
    return _z(view, l), "-", view.factor("y", "target", l, "column", "wanted")
