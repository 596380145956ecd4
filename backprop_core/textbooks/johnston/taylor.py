"""Johnston's §3 as a panel: what shape a derivative must have, from what a small change of its argument does.

A first-order change is predicted by the derivative of the step and found anew through the network.
"""

import numpy as np

from backprop_core.activations import Array
from backprop_core.costs import COSTS
from backprop_core.laboratory.nudge import cost_at, cost_with, nudged_cost
from backprop_core.memory import Quantity
from backprop_core.network import Parameters
from backprop_core.textbooks.johnston.notation import by, derivative, gradient_of, up
from backprop_core.textbooks.johnston.tensor import slice_of
from backprop_core.textbooks.panels import PANELS, Panel, Table
from backprop_core.textbooks.pieces import Line, Matrix, Number, Piece, Symbol, kept
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import shape

CHANGES = ((0, 0, 0.01), (0, 2, -0.02), (1, 1, 0.03), (1, 3, 0.01))
"""Row, column, change: the entries of ΔW, as far as W has them."""
STEP = 0.01

_KINDS = (
    ("§3.1", r"\vec f(z+\Delta z)\approx\vec f(z)+\left[\delta\vec f/\delta z\right]\cdot\Delta z", "A column"),
    ("§3.2", r"f(\vec z+\Delta\vec z)\approx f(\vec z)+\left[\delta f/\delta\vec z\right]\cdot\Delta\vec z", "A row"),
    (
        "§3.3",
        r"\vec f(\vec z+\Delta\vec z)\approx\vec f(\vec z)+\left[\delta\vec f/\delta\vec z\right]\cdot\Delta\vec z",
        "A matrix, the Jacobian",
    ),
    (
        "§3.4",
        r"f(W+\Delta W)\approx f(W)+\left[\frac{\delta f}{\delta W}\right]\cdot\Delta W",
        "A matrix in the shape of the transpose",
    ),
    (
        "§3.5",
        r"\vec f(W+\Delta W)\approx\vec f(W)+\left[\frac{\delta\vec f}{\delta W}\right]\cdot\Delta W",
        "A 3-tensor",
    ),
)
_ASKED = (
    (
        "A small change of the argument must give a small change of the value, of the same kind as the value."
        " That alone says what shape the derivative has and how it is multiplied."
    ),
)


def taylor_panel(scene: Scene, view: View) -> Panel:
    """The five kinds of derivative, and this step's own with numbers."""
    kinds = tuple(Line((tex,), title=title, place=place) for place, tex, title in _KINDS)
    told = _by_column if scene.kind == "cost_gradient" else _by_matrix
    text, lines, tables = told(view, scene.layer)
    return Panel("taylor", PANELS["taylor"], (*_ASKED, *text), (*kinds, *lines), tables)


_Told = tuple[tuple[str, ...], tuple[Line, ...], tuple[Table, ...]]


def _column(values: Array) -> Matrix:
    return Matrix(tuple((None if j is None else Number(float(values[j])),) for j in kept(len(values))))


def _by_column(view: View, l: int) -> _Told:
    """§3.2 at the output: only a row times a column is a number."""
    n = view.spec.sizes[l]
    moved = np.eye(n)[0] * STEP
    gradient = view.array("activation_gradient", l)
    predicted = float(gradient @ moved)
    text = (f"C takes a column of {n} and gives a number. Only {shape(1, n)} times {shape(n)} is a number: a row.",)
    if not np.isfinite(gradient).all():
        return (*text, "Here an output is saturated and the row is not finite: it predicts nothing."), (), ()
    left = Symbol(by("C", rf"\vec a{up(l)}"), f"activation_gradient:{l}", shape(1, n))
    numbers = (view.row("activation_gradient", l), r"\cdot ", _column(moved), "=", Number(predicted))
    line = Line((left, rf"\cdot\Delta\vec a{up(l)}"), numbers, "The first output moved by 0.01", "§3.2")
    if COSTS[view.spec.cost].from_weighted_input:
        return text, (line,), ()
    output, x = Quantity("activation", l), view.example
    change = nudged_cost(view.trace, output, (x, 0), STEP, x) - cost_at(view.trace, x)
    return text, (line,), (_compared(predicted, change),)


def _compared(predicted: float, change: float) -> Table:
    return Table(
        ("predicted change of C", "true change of C", "left over"),
        ((Number(predicted), Number(change), Number(change - predicted)),),
        "A first-order change",
    )


def delta_w(view: View, l: int) -> Array:
    """ΔW, in the shape of W: a few small changes."""
    change = np.zeros((view.spec.sizes[l], view.spec.input_size(l)))
    for j, k, value in CHANGES:
        if j < change.shape[0] and k < change.shape[1]:
            change[j, k] = value
    return change


def _by_matrix(view: View, l: int) -> _Told:
    """§3.4 and (3) for the cost, §3.5 for z^l, with one ΔW."""
    change, name = delta_w(view, l), gradient_of(view, "weight")
    n, k = change.shape
    true = cost_with(view.trace, _changed(view, l, change), view.example) - cost_at(view.trace, view.example)
    predicted = float(np.sum(view.array(name, l) * change))
    text = (
        _not_a_number(n, k),
        (
            f"So each entry is multiplied with the change of its own weight, and all are added (3); the derivative lies"
            f" as the transpose, {shape(k, n)}, as a row lies for a column."
        ),
    )
    lines = (
        Line((rf"\Delta W{up(l)}",), (_matrix(change),), "A small change of the weights"),
        Line(
            (r"\left[\frac{\delta f}{\delta W}\right]_{ji}=\frac{\delta f}{\delta w_{ij}}",),
            title="Which entry belongs to which weight",
            place="§3.4",
        ),
        _contraction(view, l, name, predicted),
        Line(
            (r"\left[\frac{\delta f_k}{\delta W}\right]_{ji}=\frac{\delta f_k}{\delta w_{ij}}",),
            title="One slice of the tensor",
            place="§3.5",
        ),
    )
    return text, lines, (_compared(predicted, true), _by_slices(view, l, change))


def _not_a_number(n: int, k: int) -> str:
    if k == 1:
        return f"With one neuron below, W is a column, and this is a row times a column, {shape(1, n)} · {shape(n)}."
    return f"A row times a {shape(n, k)} is a row of {k}, and not a number: the matrix product does not serve here."


def _matrix(array: Array) -> Matrix:
    return Matrix(
        tuple(
            tuple(None if j is None or k is None else Number(float(array[j, k])) for k in kept(array.shape[1]))
            for j in kept(array.shape[0])
        )
    )


def _contraction(view: View, l: int, name: str, predicted: float) -> Line:
    change, pieces = delta_w(view, l), list[Piece]()
    for j, k in np.argwhere(change):
        pieces += ["+"] if pieces else []
        entry = view.number(name, l, int(j), int(k), paren=True)
        pieces += [entry, r"\cdot", Number(float(change[j, k]), paren=True)]
    left = derivative(view, name, l)
    symbols = (left, rf"\cdot\Delta W{up(l)}=\sum_i\sum_j\frac{{\delta C_1}}{{\delta w_{{ij}}}}\Delta w_{{ij}}")
    return Line(symbols, (*pieces, "=", Number(predicted)), "Entry times change, all added", "(3)")


def _changed(view: View, l: int, change: Array) -> Parameters:
    old = view.trace.memory.parameters()
    weights = tuple(w + change if layer == l else w for layer, w in enumerate(old.weights, 1))
    return Parameters(weights, old.biases)


def _by_slices(view: View, l: int, change: Array) -> Table:
    entering = view.array(*view.below(l))
    moved = (view.array("weights", l) + change) @ entering - view.array("weights", l) @ entering
    rows = tuple(
        (f"slice {k + 1}", Number(float(np.sum(slice_of(view, l, k).T * change))), Number(float(moved[k])))
        for k in range(min(view.spec.sizes[l], 4))
    )
    title = f"z^{l + 1} is linear in W^{l + 1}: each slice gives its change exactly (§3.5)"
    return Table(("", "slice · ΔW", "true change of z"), rows, title)
