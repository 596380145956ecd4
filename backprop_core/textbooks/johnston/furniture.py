"""Johnston's steps as furniture: rows, Jacobians and columns at their shapes, with the brace that makes one Jacobian.

The first arrangement of a step is the step; the others are the views that its text opens: (7), the 3-tensor, (15).
"""

from backprop_core.activations import Array
from backprop_core.textbooks.furniture import Arrangement, Brace, Factor
from backprop_core.textbooks.johnston.notation import (
    LAMBDA,
    a,
    columns,
    derivative,
    flat,
    gradient_of,
    slopes,
    up,
    vector,
    z,
)
from backprop_core.textbooks.johnston.results import one_jacobian
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import block_factor, drawn_back

LARGEST = 1024
"""Numbers of a matrix that is computed for show alone; a larger one stays with its factors."""

Cells = tuple[tuple[float | None, ...], ...]


def cells(array: Array, structural: Array | None = None) -> Cells:
    """An array as cells; where ``structural`` is true stands an empty one, a zero by structure."""
    return tuple(
        tuple(None if structural is not None and structural[i, j] else float(value) for j, value in enumerate(row))
        for i, row in enumerate(array)
    )


def sample(view: View) -> tuple[Arrangement, ...]:
    """z^1, and the label beside it."""
    row: tuple[str | Factor, ...] = (view.factor(z(0), "weighted_input", 0, "column", "the sample", result=True),)
    if view.spec.has_target:
        row = (*row, r",\quad", view.factor(LAMBDA, "target", view.spec.depth, "column", "its label"))
    return (Arrangement(row),)


def weighted_input(view: View, l: int) -> tuple[Arrangement, ...]:
    """z^l = W^l · a^{l-1} + b^l."""
    row: tuple[str | Factor, ...] = (
        view.factor(z(l), "weighted_input", l, "column", f"weighted input, layer {l + 1}", result=True),
        "=",
        view.factor(f"W{up(l)}", "weights", l, "matrix", "weights", under=flat(z(l), vector(view, *view.below(l)).tex)),
        r"\cdot",
        entering(view, l, f"activation, layer {view.spec.sources(l)[0] + 1}"),
    )
    if view.spec.bias:
        row = (*row, "+", view.factor(rf"\vec b{up(l)}", "biases", l, "column", "from the “1” node"))
    for other in view.spec.adds(l):
        row = (*row, "+", view.factor(a(other), "activation", other, "column", f"activation, layer {other + 1}"))
    return (Arrangement(row, place="(1)"),)


def entering(view: View, l: int, words: str) -> Factor:
    """The column that W^l is multiplied with: a^{l-1}, or activations that are joined."""
    below = view.below(l)
    said = words if below.name == "activation" else "activations, one below the other"
    return view.factor(vector(view, *below).tex, *below, "column", said)


def activation(view: View, l: int) -> tuple[Arrangement, ...]:
    """a^l = σ(z^l)."""
    row = (
        view.factor(a(l), "activation", l, "column", f"activation, layer {l + 1}", result=True),
        r"=\sigma\Big(",
        view.factor(z(l), "weighted_input", l, "column", f"weighted input, layer {l + 1}"),
        r"\Big)",
    )
    return (Arrangement(row, place="§2.2"),)


def cost_gradient(view: View, l: int) -> tuple[Arrangement, ...]:
    """δC/δa^L, a row; written out for the costs that are squares."""
    row: tuple[str | Factor, ...] = (
        view.factor(flat("C", a(l)), "activation_gradient", l, "row", "derivative of a number: a row", result=True),
    )
    if view.spec.cost in ("quadratic", "squared_error"):
        row = (*row, r"=2\cdot\Big(" if view.spec.cost == "squared_error" else r"=\Big(", *_difference(view, l))
    return (Arrangement(row, place="§4.1"),)


def _difference(view: View, l: int) -> tuple[str | Factor, ...]:
    return (
        view.factor(a(l), "activation", l, "column", "output"),
        "-",
        view.factor(LAMBDA, "target", l, "column", "label"),
        r"\Big)^t",
    )


def _row(view: View, l: int, *, result: bool = False) -> Factor:
    return view.factor(rf"\vec\delta{up(l)}", "error", l, "row", f"error, layer {l + 1}", result=result)


def _inner(view: View, l: int) -> Factor:
    """[δa^l/δz^l]: a diagonal, or the full Jacobian of softmax."""
    name = flat(a(l), z(l))
    if view.spec.activation(l) == "softmax":
        return view.factor(name, "activation_jacobian", l, "matrix", "Jacobian of softmax", under=name)
    return view.factor(slopes(view, l).tex, "activation_slope", l, "diagonal", "slopes", under=name)


def output_error(view: View, l: int, *, long: bool) -> tuple[Arrangement, ...]:
    """(5), or (a − λ)^t where the long form has lost its digits."""
    if not long:
        return (Arrangement((_row(view, l, result=True), r"=\Big(", *_difference(view, l))),)
    gradient = view.factor(flat("C", a(l)), "activation_gradient", l, "row", "derivative by the output")
    return (Arrangement((_row(view, l, result=True), "=", gradient, r"\cdot", _inner(view, l)), place="(5)"),)


def error(view: View, l: int) -> tuple[Arrangement, ...]:
    """(9): row · W · diag with the brace of (7), and the same as one Jacobian; without a slope row · W alone."""
    if not view.next_reads(l):
        return (_over_the_ways(view, l),)
    weights = view.factor(f"W{up(l + 1)}", "weights", l + 1, "matrix", "weights", under=flat(z(l + 1), a(l)))
    left: tuple[str | Factor, ...] = (_row(view, l, result=True), "=", _row(view, l + 1), r"\cdot")
    if not view.has("activation_slope", l):
        return (Arrangement((*left, weights), place="(9)"),)
    brace = Brace(2, 3, flat(z(l + 1), z(l)), "the Jacobian of one layer, equation (7)")
    step = Arrangement((*left, weights, r"\cdot", _inner(view, l)), place="(9)", braces=(brace,))
    jacobian = layer_jacobian(view, l, l + 1)
    if jacobian is None:
        return (step,)
    return (step, Arrangement((*left, jacobian), "As one Jacobian", "(7)"))


def _over_the_ways(view: View, l: int) -> Arrangement:
    """A row times its W for every layer that reads this one, and the row of each that it is added to."""
    back = drawn_back(
        view,
        l,
        lambda one: (_row(view, one.layer), r"\cdot", block_factor(view, one, columns(view, one).tex, "weights")),
        lambda other: (_row(view, other),),
    )
    result = _row(view, l, result=True)
    if not view.has("activation_slope", l):
        return Arrangement((result, "=", *back), place="(9)")
    return Arrangement((result, r"=\Big(", *back, r"\Big)\cdot", _inner(view, l)), place="(9)")


def layer_jacobian(view: View, l: int, r: int) -> Factor | None:
    """[δz^r/δz^l] = W^r · diag, computed for show; nothing where it is too large."""
    jacobian = one_jacobian(view, l, r)
    if jacobian.size > LARGEST:
        return None
    n, k = jacobian.shape
    return Factor(flat(z(r), z(l)), "", "cells", n, k, "Jacobian of one layer", cells=cells(jacobian))


def bias_gradient(view: View, l: int) -> tuple[Arrangement, ...]:
    """(15): the row times the identity."""
    n, name = view.spec.sizes[l], gradient_of(view, "bias")
    symbol = derivative(view, name, l)
    identity = Factor("I", "", "identity", n, n, "identity", under=flat(z(l), rf"\vec b{up(l)}"))
    result = view.factor(symbol.tex, name, l, "row", "derivative by the biases", result=True)
    return (Arrangement((result, "=", _row(view, l), r"\cdot", identity), place="(15)"),)


def update(view: View, parameter: str, l: int) -> tuple[Arrangement, ...]:
    """Old minus η times the gradient, turned back to the shape of its parameter."""
    letter, form = (f"W{up(l)}", "matrix") if parameter == "weights" else (rf"\vec b{up(l)}", "column")
    gradient = "weight_gradient" if parameter == "weights" else "bias_gradient"
    row = (
        view.factor(letter, f"updated_{parameter}", l, form, "after", result=True),
        "=",
        view.factor(letter, parameter, l, form, "before"),
        r"-\eta\cdot",
        view.factor(f"{derivative(view, gradient, l).tex}^t", gradient, l, form, "turned back"),
    )
    return (Arrangement(row),)
