"""Sun's questions: σ' at 0, why a sum over the edges upward, what both passes cost, and any graph in place of layers.

A kink is shown from both sides and under both settings; a central difference across it is neither of the two slopes.
"""

from dataclasses import replace

import numpy as np

from backprop_core.activations import ACTIVATIONS
from backprop_core.laboratory.nudge import cost_at, nudged_cost
from backprop_core.memory import Quantity
from backprop_core.textbooks import curves_told, fan_out_told
from backprop_core.textbooks.numbers import plain, superscript
from backprop_core.textbooks.panels import PANELS, Panel, Table
from backprop_core.textbooks.pieces import Line, Matrix, Number, kept
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.sun.equations import ERRATA
from backprop_core.textbooks.sun.keys import standing
from backprop_core.textbooks.sun.notation import by_u, entry, flat, gradient_of, w, words
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import entering
from backprop_core.textbooks.words import ACTIVATION_NAMES, plural
from backprop_core.trace import trace_update

H = 1e-4
"""The step by which a kink is looked at from either side."""


def sigma(scene: Scene, view: View) -> Panel:
    """The curve; for a ReLU with a unit on its kink what the setting of σ'(0) decides, and the slopes of both sides."""
    l, kind = scene.layer, view.spec.activation(scene.layer)
    lines = curves_told.formulas(view, l, "u", "§1.1" if kind == "relu" else "")
    units = [int(j) for j in np.flatnonzero(view.array("weighted_input", l) == 0)]
    tables = [curves_told.layer_table(view, l, ("u", "z = σ(u)", "σ′(u)"), "unit", f"Layer {l}")]
    if not ACTIVATIONS[kind].kink:
        said = f"This layer’s activation is the {ACTIVATION_NAMES[kind]}, which has a derivative everywhere."
        return Panel("sigma", PANELS["sigma"], (said,), lines, tuple(tables))
    text = [
        (
            "At 0 there is no derivative. The text takes σ′(0) = 1, most libraries 0; this network takes"
            f" {plain(view.spec.relu_slope_at_zero if kind == 'relu' else 0.01)}."
        )
    ]
    slip = ERRATA["kink"]
    text.append(f"Slip in {slip.place}: {slip.printed}. What holds: {slip.holds}.")
    if not units:
        return Panel("sigma", PANELS["sigma"], (*text, "No unit of this layer stands at 0 here."), lines, tuple(tables))
    tables.append(_from_both_sides(view, l, units[0]))
    if kind == "relu":
        lines += _under(view, l, 1.0) + _under(view, l, 0.0)
    text.append("A central difference across the kink is neither: it is named, and not called a failure.")
    return Panel("sigma", PANELS["sigma"], tuple(text), lines, tuple(tables))


def _from_both_sides(view: View, l: int, j: int) -> Table:
    """The slopes of the output, or the cost, in u of unit ``j``: to the right, to the left, and across."""
    quantity, index = Quantity("weighted_input", l), (view.example, j)
    here = cost_at(view.trace, view.example)
    right, left = (nudged_cost(view.trace, quantity, index, side * H, view.example) for side in (1.0, -1.0))
    rows: tuple[tuple[str | Number, ...], ...] = (
        ("to the right", Number((right - here) / H)),
        ("to the left", Number((here - left) / H)),
        ("central difference", Number((right - left) / (2 * H))),
    )
    return Table(("slope", f"of {words(view)}"), rows, f"u{superscript(l)} of unit {j + 1} moved away from 0")


def _under(view: View, l: int, choice: float) -> tuple[Line, ...]:
    """The gradients of this step and of the input as they would be with σ'(0) set to ``choice``."""
    memory = view.trace.memory
    spec = replace(view.spec, relu_slope_at_zero=choice)
    targets = memory["target", spec.depth] if spec.has_target else None
    other = View(trace_update(spec, memory.parameters(), memory["weighted_input", 0], targets), view.example)
    matrix = other.matrix(gradient_of(view, "weight"), l)
    bare = Matrix(tuple(tuple(cell and Number(cell.value) for cell in row) for row in matrix.matrix))
    title = f"With σ′(0) = {plain(choice)}"
    found = [Line((flat(view, w(view, l)),), (bare,), title)]
    for layer in (l, 0):
        vector = other.array("error", layer)
        if None not in kept(len(vector)):
            found.append(Line((flat(view, by_u(view, layer)),), (standing(vector.tolist()),), title))
    return tuple(found)


def why_sum(scene: Scene, view: View) -> Panel:
    """All edges that lead up from one unit, with weight times gradient over each."""
    l = scene.layer
    j, of = fan_out_told.busiest(view, l), words(view)
    text = (
        (
            f"Unit {j + 1} of layer {l} {fan_out_told.feeds(view, l, 0, lambda n: plural(n, 'value') + ' u')}; what it"
            f" does to {of} it does over all of these edges, and derivatives over several ways add up."
        ),
    )

    def above(layer: int | None) -> tuple[str, str]:
        return ("W", f"∂{of}/∂u") if layer is None else (f"W[{layer}]", f"∂{of}/∂u{superscript(layer)}")

    place = "Induction, ∂ŷ/∂z_i as an inner product"
    line, table = fan_out_told.over_the_edges(view, l, j, entry, above, place, "unit", 0)
    return Panel("why_sum", PANELS["why_sum"], text, (line,), (table,))


def graph(scene: Scene, view: View) -> Panel:
    """Question 2: other widths change nothing but shapes, and a graph with two ways up is the same rule of sums."""
    x, w1, w2, w3 = 2.0, 1.5, -1.0, 0.5
    u = w1 * x
    z, slope = max(0.0, u), 1.0 if u > 0 else 0.0
    y = w2 * z + w3 * x
    via, direct = w2 * slope * w1, w3
    rows: tuple[tuple[str | Number, ...], ...] = (
        ("y", Number(y), Number(1.0), "the output"),
        ("z", Number(z), Number(w2), "one way up: w2"),
        ("u", Number(u), Number(w2 * slope), "∂y/∂z · σ′(u)"),
        ("x", Number(x), Number(via + direct), "two ways up, added"),
        ("w1", Number(w1), Number(w2 * slope * x), "∂y/∂u · x"),
        ("w2", Number(w2), Number(z), "z"),
        ("w3", Number(w3), Number(x), "x"),
    )
    sizes = " − ".join(map(str, view.spec.sizes))
    own = next((said for l in range(1, view.spec.depth + 1) if (said := entering(view, l, 0))), "")
    text = (
        f"Question 2. Other widths: nothing changes but the shapes; this network is {sizes}.",
        *([f"It is such a graph already: {own[0].lower()}{own[1:]}"] if own else []),
        (
            "Any directed graph without cycles: a node’s gradient is the sum over its edges upward of local derivative"
            " times gradient above, taken in reverse order. Here x reaches y through z and directly."
        ),
    )
    chain = r"\frac{\partial y}{\partial x}=w_2\,\sigma'(u)\,w_1+w_3"
    line = Line((chain,), (Number(via), "+", Number(direct), "=", Number(via + direct, result=True)), "Two ways up")
    table = Table(("node", "value", "∂y/∂node", "how"), rows, "u = w1 · x;  z = relu(u);  y = w2 · z + w3 · x")
    return Panel("graph", PANELS["graph"], text, (line,), (table,))
