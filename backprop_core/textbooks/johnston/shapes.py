"""Johnston's Jacobians and shapes as panels: where each Jacobian is, checked by a nudge, and why nothing is transposed.

A column of a Jacobian is what a small change of one number does to everything after it.
"""

from collections.abc import Callable

import numpy as np

from backprop_core.activations import ACTIVATIONS, Array
from backprop_core.laboratory.nudge import nudge
from backprop_core.memory import Quantity
from backprop_core.textbooks.furniture import Arrangement
from backprop_core.textbooks.johnston import furniture
from backprop_core.textbooks.johnston.notation import a, arrived, bracket, columns, slopes, up, vector, z
from backprop_core.textbooks.johnston.results import one_jacobian
from backprop_core.textbooks.johnston.tensor import identity
from backprop_core.textbooks.nielsen import notation as nielsen
from backprop_core.textbooks.panels import PANELS, Panel, Table
from backprop_core.textbooks.pieces import Line, Number, Piece, to_tex
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import block, meeting, ways_back
from backprop_core.textbooks.words import shape
from backprop_core.wiring import Reader

NUDGE = 1e-5
ROWS = 8


def jacobian_panel(scene: Scene, view: View) -> Panel:
    """The Jacobian inside this step, and one column of it by a nudge."""
    told = {"output_error": _of_sigma, "bias_gradient": _of_biases}.get(scene.kind, _of_layer)
    return told(view, scene.layer)


def _of_layer(view: View, l: int) -> Panel:
    """[δz^{l+1}/δz^l], (7); of every layer that reads this one, over that way alone."""
    above = sorted({*(one.layer for one in view.spec.readers(l)), *view.spec.adders(l)})
    # A nudge reaches the nearest over no other; those further on are reached over it as well.
    near = above[0]
    ways = f"{meeting(view, l, 1)} Each way has a Jacobian of its own." if len(above) > 1 else meeting(view, l, 1)
    text = (
        (
            f"Row k of W{up(near)} belongs to neuron k above, column j to neuron j below; the slope of neuron j scales"
            " its whole column. Entry (k, j) says what a change of z_j below does to z_k above."
        ),
        *([ways] if ways else []),
        "Slip: (7) prints b^l for b^{l+1}, and calls the map φ_l where (1) calls it φ_{l+1}.",
    )
    whole, sloped = furniture.layer_jacobian(view, l, near), view.has("activation_slope", l)
    arrangement = () if whole is None or not sloped else (Arrangement((whole,), "As one matrix", "(7)"),)
    table = _nudged(view, l, one_jacobian(view, l, near), f"z of layer {near + 1}", near)
    lines = tuple(_way(view, l, r) for r in above)
    return Panel("jacobian", PANELS["jacobian"], text, lines, table, arrangement)


def _way(view: View, l: int, r: int) -> Line:
    """The Jacobian of one way: the weights that read the layer, the identity where it is added, times the slopes."""
    symbols, numbers, added = list[Piece](), list[Piece](), r in view.spec.adders(l)
    for one in view.spec.readers(l):
        if one.layer == r:
            symbols, numbers = [columns(view, one)], [block(view, one)]
    if added:
        plus: list[Piece] = ["+"] if symbols else []
        symbols, numbers = [*symbols, *plus, "I"], [*numbers, *plus, identity(view.spec.sizes[l])]
    if view.has("activation_slope", l):
        if len(symbols) > 1:
            symbols, numbers = [r"\Big(", *symbols, r"\Big)"], [r"\left(", *numbers, r"\right)"]
        symbols, numbers = [*symbols, r"\cdot", slopes(view, l)], [*numbers, view.diagonal("activation_slope", l)]
    return Line((rf"{bracket(z(r), z(l))}=", *symbols), tuple(numbers), "The Jacobian of one layer", "(7)")


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
    return Panel("jacobian", PANELS["jacobian"], text, (line,), _nudged(view, l, array, "a"))


def _nudged(view: View, l: int, jacobian: Array, what: str, above: int | None = None) -> tuple[Table, ...]:
    """Column j of the Jacobian beside central differences; nothing where every neuron stands on a kink.

    What is looked at is z of the layer ``above``, or a of this one.
    """
    away = _smooth(view, l)
    if not away:
        return ()
    j, seen = away[0], Quantity("activation", l) if above is None else Quantity("weighted_input", above)
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
    found, sloped = list[tuple[str, str, str]](), view.has("activation_slope", l)
    for r in (one.layer for one in view.spec.readers(l)):
        k = view.spec.sizes[r]
        found.append((f"helper gradient of layer {r + 1}", "a row (§3.2)", shape(1, k)))
        found.append((f"z of layer {r + 1} by a of layer {l + 1}: W", "a Jacobian (§3.3)", shape(k, n)))
    for r in view.spec.adders(l):
        found.append((f"helper gradient of layer {r + 1}, to which this one is added", "a row (§3.2)", shape(1, n)))
    found += [(f"a of layer {l + 1} by its z: diag", "a Jacobian (§3.3)", shape(n, n))] if sloped else []
    found.append((f"helper gradient of layer {l + 1}", "a row (§3.2)", shape(1, n)))
    ways = meeting(view, l, 1)
    text = (*_RULE, *([ways] if ways else []), _TURNED)
    return Panel("shapes", PANELS["shapes"], text, _turned(view, l), (Table(_HEAD, tuple(found)),))


_HEAD = ("factor", "kind", "shape")
_RULE = ("Neighbours must meet in the same number; what is left are the outer two.",)
_TURNED = (
    "Nielsen’s errors are columns. Transposing both sides reverses the order and turns W over, and a diagonal times a"
    " column is the product element by element: the same numbers, standing."
)


def _turned(view: View, l: int) -> tuple[Line, ...]:
    if not view.has("activation_slope", l):
        return ()
    lying, slope = arrived(view, l), slopes(view, l).tex
    turned_over = _ways(
        view, l, lambda one: rf"({columns(view, one).tex})^t\cdot({_delta(one.layer)})^t", lambda r: rf"({_delta(r)})^t"
    )
    in_nielsen = _ways(
        view,
        l,
        lambda one: rf"{nielsen.transposed_weights(view, one).tex}\delta{nielsen.up(one.layer)}",
        lambda r: rf"\delta{nielsen.up(r)}",
    )
    standing = ways_back(
        view,
        l,
        lambda one: (block(view, one, turned=True), view.column("error", one.layer)),
        lambda other: (view.column("error", other),),
    )
    together = standing
    if "+" in standing:
        lying, turned_over, together = f"({lying})", rf"\Big({turned_over}\Big)", [r"\left(", *standing, r"\right)"]
    turned = Line(
        (rf"({lying}\cdot{slope})^t={slope}\cdot{turned_over}",),
        (view.diagonal("activation_slope", l), *together, "=", view.column("error", l)),
        "Both sides transposed",
    )
    bp2 = Line(
        (rf"\delta{nielsen.up(l)}=({in_nielsen})\odot\sigma'(z{nielsen.up(l)})",),
        (r"\left(", *standing, r"\right)\odot", view.column("activation_slope", l), "=", view.column("error", l)),
        "The same step in Nielsen",
        "BP2",
    )
    return (turned, bp2)


def _delta(l: int) -> str:
    return rf"\vec\delta{up(l)}"


def _ways(view: View, l: int, weighted: Callable[[Reader], str], added: Callable[[int], str]) -> str:
    return to_tex(ways_back(view, l, lambda one: (weighted(one),), lambda other: (added(other),)))
