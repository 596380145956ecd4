"""Catching AI's steps as furniture: batches with one column an example, and the products that add over them.

The first arrangement of a step is the step; the others are the ways the text looks at it.
"""

from collections.abc import Callable

from backprop_core.activations import Array
from backprop_core.textbooks.catching_ai.notation import (
    bold,
    name_of,
    of_j,
    one,
    scale,
    target_tex,
    turned,
    turned_weights,
    up,
    whole,
)
from backprop_core.textbooks.furniture import Arrangement, Factor
from backprop_core.textbooks.pieces import EDGE
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import block_factor, drawn_back

Row = tuple[str | Factor, ...]

_WORDS = {
    "weighted_input": "preactivations, one column an example",
    "activation": "activations, one column an example",
    "activation_slope": "slopes, one column an example",
    "activation_gradient": "one column an example",
    "error": "one column an example",
    "target": "wanted, one column an example",
    "joined_activation": "activations, one below the other",
    "weights": "weights, one row a unit",
    "biases": "biases, the same for every example",
    "weight_gradient": "in the shape of W",
    "bias_gradient": "in the shape of B",
}


def _batch(view: View, name: str, l: int, *, result: bool = False) -> Factor:
    """What every example has, one column an example."""
    return view.factor(whole(view, name, l).tex, name, l, "batch", _WORDS[name], scale=scale(view, name), result=result)


def _column(view: View, name: str, l: int, x: int, *, result: bool = False) -> Factor:
    """Column ``x`` of it."""
    letter = r"\vec z" if name == "error" else r"\vec a"
    tex = of_j(f"{letter}{up(l)}_{{{x + 1}}}")
    return view.factor(tex, name, l, "column", f"example {x + 1}", scale=scale(view, name), result=result, example=x)


def _weights(view: View, name: str, l: int, *, result: bool = False) -> Factor:
    return view.factor(name_of(view, name, l), name, l, "matrix", _WORDS[name], result=result)


def _biases(view: View, name: str, l: int, *, result: bool = False) -> Factor:
    return view.factor(name_of(view, name, l), name, l, "column", _WORDS[name], result=result)


def input_alone(view: View, name: str) -> tuple[Arrangement, ...]:
    """X, and the targets beside it."""
    row: Row = (view.factor(r"\mathbf X", name, 0, "batch", "one column an example", result=True),)
    if view.spec.has_target:
        row = (*row, r",\quad", _batch(view, "target", view.spec.depth))
    return (Arrangement(row),)


def weighted_input(view: View, l: int) -> tuple[Arrangement, ...]:
    """Z = W A + B."""
    row: Row = (
        _batch(view, "weighted_input", l, result=True),
        "=",
        _weights(view, "weights", l),
        _batch(view, *view.below(l)),
    )
    if view.spec.bias:
        row = (*row, "+", _biases(view, "biases", l))
    row = (*row, *(piece for other in view.spec.adds(l) for piece in ("+", _batch(view, "activation", other))))
    return (Arrangement(row, place="Z^(l) by rows"),)


def activation(view: View, l: int) -> tuple[Arrangement, ...]:
    """A = f(Z)."""
    f = r"\operatorname{softmax}" if view.spec.activation(l) == "softmax" else "f"
    row: Row = (
        _batch(view, "activation", l, result=True),
        rf"={f}\Big(",
        _batch(view, "weighted_input", l),
        r"\Big)",
    )
    return (Arrangement(row, place="a = f(z)" if l else ""),)


def _difference(view: View, l: int, factor: str) -> Row:
    return (rf"={factor}\Big(", _batch(view, "activation", l), "-", _batch(view, "target", l), r"\Big)")


def cost_gradient(view: View, l: int, quotients: tuple[Array, ...]) -> tuple[Arrangement, ...]:
    """∂J/∂A of the output: from the difference, or from quotients where the batch is small enough to write them."""
    row: Row = (_batch(view, "activation_gradient", l, result=True),)
    if view.spec.cost in ("quadratic", "squared_error"):
        factor = one(view.m, two=view.spec.cost == "squared_error")
        return (Arrangement((*row, *_difference(view, l, factor))),)
    if not quotients or max(quotients[0].shape) > EDGE:
        return (Arrangement(row),)
    a, y = bold("A", l), target_tex(view)
    cards = [_computed(rf"\frac{{{y}}}{{{a}}}", quotients[0])]
    cards += [_computed(rf"\frac{{1-{y}}}{{1-{a}}}", part) for part in quotients[1:]]
    rest: Row = ("-", cards[1]) if len(cards) > 1 else ()
    return (Arrangement((*row, rf"=-{one(view.m)}\Big(", cards[0], *rest, r"\Big)"), place="∂J/∂A^(L)"),)


def _computed(tex: str, array: Array) -> Factor:
    cells = tuple(tuple(float(value) for value in line) for line in array)
    return Factor(tex, "", "cells", len(cells), len(cells[0]), "cell by cell", cells=cells)


def _by_slope(view: View, l: int) -> Row:
    slopes = _batch(view, "activation_slope", l)
    return (
        _batch(view, "error", l, result=True),
        "=",
        _batch(view, "activation_gradient", l),
        r"\odot",
        slopes,
    )


def output_error(view: View, l: int, *, long: bool) -> tuple[Arrangement, ...]:
    """∂J/∂A ⊙ f', as a row times the diagonal Jacobian of all examples, and in short form."""
    summed = view.spec.activation(l) == "softmax"
    short: list[Arrangement] = []
    if view.spec.fused and not summed:
        row: Row = (_batch(view, "error", l, result=True), *_difference(view, l, one(view.m)))
        short = [Arrangement(row, "In short" if long else "")]
    if summed:
        return (_through_softmax(view, l),) if long else (Arrangement((_batch(view, "error", l, result=True),)),)
    if not long:
        return tuple(short)
    found = [Arrangement(_by_slope(view, l)), *_as_jacobian(view, l), *short]
    return tuple(found)


def _as_jacobian(view: View, l: int) -> list[Arrangement]:
    """One output: 1×m times m×m, whose diagonal holds one slope an example."""
    if view.spec.sizes[l] != 1 or view.m > EDGE:
        return []
    slopes = view.trace.memory["activation_slope", l][:, 0]
    cells = tuple(tuple(float(slopes[x]) if x == j else None for j in range(view.m)) for x in range(view.m))
    tex = rf"\frac{{\partial{bold('A', l)}}}{{\partial{bold('Z', l)}}}"
    diagonal = Factor(tex, "", "cells", view.m, view.m, "one slope an example", cells=cells)
    row: Row = (_batch(view, "error", l, result=True), "=", _batch(view, "activation_gradient", l), diagonal)
    return [Arrangement(row, "As a Jacobian", "∂A^(L)/∂Z^(L)")]


def _through_softmax(view: View, l: int) -> Arrangement:
    x = view.example
    a, z = (rf"\vec {letter}{up(l)}_{{{x + 1}}}" for letter in "az")
    tex = rf"\left(\frac{{\partial{a}}}{{\partial{z}}}\right)^T"
    arrived = _column(view, "activation_gradient", l, x)
    jacobian = view.factor(tex, "activation_jacobian", l, "transposed", "Jacobian of softmax", example=x)
    return Arrangement((_column(view, "error", l, x, result=True), "=", jacobian, arrived), note="One column of ∂J/∂Z.")


def backpropagated_error(view: View, l: int) -> tuple[Arrangement, ...]:
    """∂J/∂A^(l) = W^(l+1)T ∂J/∂Z^(l+1); for the stepped example alone; and with the index the text prefers."""
    left: Row = (_batch(view, "activation_gradient", l, result=True), "=")
    step = Arrangement((*left, *_over_the_ways(view, l, lambda at: _batch(view, "error", at))), place="∂J/∂A^(l)")
    x = view.example
    one_column = _column(view, "activation_gradient", l, x, result=True)
    alone = Arrangement(
        (one_column, "=", *_over_the_ways(view, l, lambda at: _column(view, "error", at, x))),
        f"Example {x + 1} alone",
        "∂J/∂z_j column",
        note="Entry i is column i of W, turned over, times the column of ∂J/∂Z.",
    )
    return (step, alone) if view.m > 1 else (step,)


def _over_the_ways(view: View, l: int, errors: Callable[[int], Factor]) -> Row:
    return drawn_back(
        view,
        l,
        lambda one: (
            block_factor(view, one, turned_weights(view, one).tex, "weights, turned over", turned=True),
            errors(one.layer),
        ),
        lambda other: (errors(other),),
    )


def error(view: View, l: int) -> tuple[Arrangement, ...]:
    """∂J/∂Z = ∂J/∂A ⊙ f'(Z)."""
    return (Arrangement(_by_slope(view, l), place="∂J/∂Z^(l)"),)


def weight_gradient(view: View, l: int) -> tuple[Arrangement, ...]:
    """∂J/∂W = ∂J/∂Z A^T; and with ∂J/∂Z taken apart, brackets where they belong."""
    result = _weights(view, "weight_gradient", l, result=True)
    below = view.below(l)
    lying = view.factor(turned(view, *below).tex, *below, "batch_transposed", "one row an example")
    place = "∂J/∂W^(L)" if l == view.spec.depth else "∂J/∂W^(l)"
    found = [Arrangement((result, "=", _batch(view, "error", l), lying), place=place)]
    if view.has("activation_slope", l) and not (l == view.spec.depth and view.spec.fused):
        found.append(Arrangement((result, r"=\Big(", *_by_slope(view, l)[2:], r"\Big)", lying), "Expanded", place))
    return tuple(found)


def bias_gradient(view: View, l: int) -> tuple[Arrangement, ...]:
    """∂J/∂B = Σ_j of the columns; of a long batch the step is left to its equation."""
    result = _biases(view, "bias_gradient", l, result=True)
    if view.m > EDGE:
        return (Arrangement((result, rf"=\sum_{{j=1}}^{{{view.m}}}\Big(", _batch(view, "error", l), r"\Big)_j")),)
    row: list[str | Factor] = [result, "="]
    for x in range(view.m):
        row += (["+"] if x else []) + [_column(view, "error", l, x)]
    place = "∂J/∂B^(L)" if l == view.spec.depth else "∂J/∂B^(l)"
    return (Arrangement(tuple(row), place=place, note="Column by column."),)


def update(view: View, parameter: str, gradient: str, updated: str, l: int) -> tuple[Arrangement, ...]:
    """New = old − γ · gradient."""
    drawn = _weights if parameter == "weights" else _biases
    new = view.factor(
        rf"{name_of(view, parameter, l)}_{{new}}",
        updated,
        l,
        "matrix" if parameter == "weights" else "column",
        "new",
        result=True,
    )
    row: Row = (new, "=", drawn(view, parameter, l), r"-\gamma\cdot", drawn(view, gradient, l))
    return (Arrangement(row, place=f"{parameter[0]}_new"),)
