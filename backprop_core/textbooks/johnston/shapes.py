"""Johnston's Jacobians and shapes as panels: where each Jacobian is, checked by a nudge, and why nothing is transposed.

A column of a Jacobian is what a small change of one number does to everything after it.
"""

import numpy as np

from backprop_core.activations import ACTIVATIONS, Array
from backprop_core.laboratory.nudge import nudge
from backprop_core.memory import Quantity
from backprop_core.textbooks.furniture import Arrangement
from backprop_core.textbooks.johnston import furniture
from backprop_core.textbooks.johnston.notation import a, bracket, slopes, up, vector, weights, z
from backprop_core.textbooks.johnston.results import one_jacobian
from backprop_core.textbooks.nielsen import notation as nielsen
from backprop_core.textbooks.panels import PANELS, Panel, Table
from backprop_core.textbooks.pieces import Line, Number
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import shape

NUDGE = 1e-5
ROWS = 8


def jacobian_panel(scene: Scene, view: View) -> Panel:
    """The Jacobian inside this step, and one column of it by a nudge."""
    told = {"output_error": _of_sigma, "bias_gradient": _of_biases}.get(scene.kind, _of_layer)
    return told(view, scene.layer)


def _of_layer(view: View, l: int) -> Panel:
    """[δz^{l+1}/δz^l], (7)."""
    name, sloped = bracket(z(l + 1), z(l)), view.has("activation_slope", l)
    text = (
        (
            f"Row k of W{up(l + 1)} belongs to neuron k above, column j to neuron j below; the slope of neuron j scales"
            " its whole column. Entry (k, j) says what a change of z_j below does to z_k above."
        ),
        "Slip: (7) prints b^l for b^{l+1}, and calls the map φ_l where (1) calls it φ_{l+1}.",
    )
    lines = [
        Line(
            (rf"{name}=", weights(view, l + 1), *((r"\cdot", slopes(view, l)) if sloped else ())),
            (view.matrix("weights", l + 1), *((view.diagonal("activation_slope", l),) if sloped else ())),
            "The Jacobian of one layer",
            "(7)",
        )
    ]
    whole = furniture.layer_jacobian(view, l)
    arrangement = () if whole is None or not sloped else (Arrangement((whole,), "As one matrix", "(7)"),)
    table = _nudged(view, l, one_jacobian(view, l), f"z of layer {l + 2}", after=True)
    return Panel("jacobian", PANELS["jacobian"], text, tuple(lines), table, arrangement)


def _of_sigma(view: View, l: int) -> Panel:
    """[δa^l/δz^l], (8), or the full one of softmax."""
    name = bracket(a(l), z(l))
    if view.spec.activation(l) == "softmax":
        text: tuple[str, ...] = ("Softmax mixes the components: its Jacobian is full, and symmetric.",)
        line = Line(
            (rf"{name}=\mathrm{{diag}}\{{a_j\}}-{a(l)}\otimes({a(l)})^t",), (view.matrix("activation_jacobian", l),)
        )
        array = view.array("activation_jacobian", l)
    else:
        text = ("Each a depends on its own z alone, so everything beside the diagonal is 0 by structure.",)
        line = Line((rf"{name}=", slopes(view, l)), (view.diagonal("activation_slope", l),), place="§4.1; (8)")
        array = np.diag(view.array("activation_slope", l))
    return Panel("jacobian", PANELS["jacobian"], text, (line,), _nudged(view, l, array, "a", after=False))


def _nudged(view: View, l: int, jacobian: Array, what: str, *, after: bool) -> tuple[Table, ...]:
    """Column j of the Jacobian beside central differences; nothing where every neuron stands on a kink."""
    away = _smooth(view, l)
    if not away:
        return ()
    j, seen = away[0], Quantity("weighted_input", l + 1) if after else Quantity("activation", l)
    place = (view.example, j)
    up, down = (nudge(view.trace, Quantity("weighted_input", l), place, side * NUDGE) for side in (1.0, -1.0))
    found = (up[seen][view.example] - down[seen][view.example]) / (2 * NUDGE)
    rows = tuple(
        (f"row {k + 1}", Number(float(jacobian[k, j])), Number(float(found[k]))) for k in range(min(len(found), ROWS))
    )
    head = ("", f"column {j + 1}", f"change of {what} per change of z")
    return (Table(head, rows, f"z of neuron {j + 1} in layer {l + 1} moved by ±0.00001"),)


def _smooth(view: View, l: int) -> list[int]:
    """Neurons that a nudge does not carry over a kink."""
    z_here, kinked = view.array("weighted_input", l), ACTIVATIONS[view.spec.activation(l)].kink
    return [j for j, value in enumerate(z_here) if not kinked or abs(float(value)) > 2 * NUDGE]


def _of_biases(view: View, l: int) -> Panel:
    """The identity, §4.4."""
    n, b = view.spec.sizes[l], rf"\vec b{up(l)}"
    text = (
        (
            f"z moves exactly as b does, component by component: the Jacobian is the identity, {shape(n, n)}."
            " The row goes through it unchanged, so nothing is left to compute."
        ),
    )
    lines = (
        Line((rf"{bracket(z(l), b)}=\frac{{\delta {b}}}{{\delta {b}}}=I",), title="The Jacobian", place="§4.4"),
        Line((rf"{bracket('C_1', b)}=", vector(view, "error", l), r"\cdot I"), title="Row times I", place="(15)"),
    )
    return Panel("jacobian", PANELS["jacobian"], text, lines, (), furniture.bias_gradient(view, l))


def shapes_panel(scene: Scene, view: View) -> Panel:
    """Every factor of the step with its shape; further back, Nielsen's BP2 as the transpose of both sides."""
    l, n = scene.layer, view.spec.sizes[scene.layer]
    if scene.kind == "output_error":
        rows = (
            ("derivative of a number by the output", "a row (§3.2)", shape(1, n)),
            ("derivative of the output by z", "a Jacobian (§3.3)", shape(n, n)),
            ("helper gradient", "a row (§3.2)", shape(1, n)),
        )
        return Panel("shapes", PANELS["shapes"], _RULE, (), (Table(_HEAD, rows),))
    k, sloped = view.spec.sizes[l + 1], view.has("activation_slope", l)
    rows = (
        (f"helper gradient of layer {l + 2}", "a row (§3.2)", shape(1, k)),
        (f"z of layer {l + 2} by a of layer {l + 1}: W", "a Jacobian (§3.3)", shape(k, n)),
        *(((f"a of layer {l + 1} by its z: diag", "a Jacobian (§3.3)", shape(n, n)),) if sloped else ()),
        (f"helper gradient of layer {l + 1}", "a row (§3.2)", shape(1, n)),
    )
    return Panel("shapes", PANELS["shapes"], (*_RULE, _TURNED), _turned(view, l), (Table(_HEAD, rows),))


_HEAD = ("factor", "kind", "shape")
_RULE = ("Neighbours must meet in the same number; what is left are the outer two.",)
_TURNED = (
    "Nielsen’s errors are columns. Transposing both sides reverses the order and turns W over, and a diagonal times a"
    " column is the product element by element: the same numbers, standing."
)


def _turned(view: View, l: int) -> tuple[Line, ...]:
    if not view.has("activation_slope", l):
        return ()
    delta, w = vector(view, "error", l + 1), weights(view, l + 1)
    flipped = rf"({delta.tex}\cdot {w.tex}\cdot{slopes(view, l).tex})^t"
    turned = Line(
        (rf"{flipped}={slopes(view, l).tex}\cdot({w.tex})^t\cdot({delta.tex})^t",),
        (
            view.diagonal("activation_slope", l),
            view.transposed("weights", l + 1),
            view.column("error", l + 1),
            "=",
            view.column("error", l),
        ),
        "Both sides transposed",
    )
    up_l, up_next = nielsen.up(l), nielsen.up(l + 1)
    bp2 = Line(
        (rf"\delta{up_l}=((w{up_next})^T\delta{up_next})\odot\sigma'(z{up_l})",),
        (
            r"\left(",
            view.transposed("weights", l + 1),
            view.column("error", l + 1),
            r"\right)\odot",
            view.column("activation_slope", l),
            "=",
            view.column("error", l),
        ),
        "The same step in Nielsen",
        "BP2",
    )
    return (turned, bp2)
