"""Nielsen on slow learning: a weight moves little where a_in is near 0, or where the neuron it feeds is saturated.

The numbers of the step say which of the two it is, and whether a large sum makes up for a flat slope.
"""

from collections.abc import Sequence

import numpy as np

from backprop_core.activations import ACTIVATIONS, Array
from backprop_core.textbooks.numbers import plain, superscript
from backprop_core.textbooks.panels import PANELS, Panel, Table
from backprop_core.textbooks.pieces import Line, Number
from backprop_core.textbooks.remarks import FLAT
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import derivative, plural

ROWS = 12
"""Neurons or weights of a table: those that learn least."""
FEW = 4
"""Neurons named one by one in a sentence."""


def slow(scene: Scene, view: View) -> Panel:
    """By neuron at an error, by weight at a gradient."""
    return _weights(view, scene.layer) if scene.kind == "weight_gradient" else _neurons(view, scene.layer)


def _neurons(view: View, l: int) -> Panel:
    """What arrives, the slope, and the error they make, neuron by neuron."""
    last = l == view.spec.depth
    text = [_row_bound(view, l), _outweighed(view, l)] if not last else [_row_bound(view, l)]
    if last and view.spec.fused:
        text = ["With this cost σ′ cancels from the output error, so a saturated output that is wrong still learns."]
    names = ["activation_gradient", *(["activation_slope"] if view.has("activation_slope", l) else []), "error"]
    words = {
        "activation_gradient": "∇ₐC" if last else _arriving(view, l),
        "activation_slope": "σ′(z)",
        "error": f"δ{superscript(l + 1)}",
    }
    order = np.argsort(np.abs(view.array("error", l)), kind="stable")[:ROWS]
    rows: list[tuple[str | Number, ...]] = [
        (f"neuron {j + 1}", *(view.number(name, l, j) for name in names)) for j in sorted(map(int, order))
    ]
    table = Table(("", *(words[name] for name in names)), tuple(rows), f"Layer {l + 1}")
    return Panel("slow", PANELS["slow"], tuple(text), (), (table,))


def _arriving(view: View, l: int) -> str:
    at = superscript(l + 2)
    return f"(w{at})ᵀδ{at}" if view.next_reads(l) else "what arrives"


def _flat(view: View, l: int) -> list[int]:
    activation = ACTIVATIONS[view.spec.activation(l)]
    if not activation.saturates or not view.has("activation_slope", l):
        return []
    slopes = view.array("activation_slope", l)
    return [int(j) for j in np.flatnonzero(slopes < FLAT * activation.steepest)]


def _row_bound(view: View, l: int) -> str:
    """The saturated neuron that is most in need of learning, and how small its row of gradients is."""
    flat = _flat(view, l)
    if not flat:
        return f"No neuron of layer {l + 1} is saturated in this example."
    wanted = view.array("activation_gradient", l)
    j = max(flat, key=lambda one: abs(float(wanted[one])))
    row = np.abs(view.array("error", l)[j] * view.array(*view.below(l)))
    return (
        f"Neuron {j + 1} is saturated: σ′ = {plain(float(view.array('activation_slope', l)[j]))}. What arrives is"
        f" {plain(float(wanted[j]))}, what is left of it δ = {plain(float(view.array('error', l)[j]))}; no gradient of"
        f" a weight into it is larger than {plain(float(row.max()))}."
    )


def _outweighed(view: View, l: int) -> str:
    """Whether somewhere a flatter slope goes with a larger error, because more arrives."""
    if not view.has("activation_slope", l):
        return "Softmax has no slope of a single neuron."
    slopes, errors, arrived = (view.array(name, l) for name in ("activation_slope", "error", "activation_gradient"))
    pair = _against_the_slope(slopes, errors)
    if pair is None:
        return "No larger sum outweighs a flatter slope here: the neurons with the flatter slopes have the smaller |δ|."
    flat, steep = pair
    return (
        f"A large sum outweighs a flat slope: σ′ of neuron {flat + 1} is {plain(float(slopes[flat]))}, below"
        f" {plain(float(slopes[steep]))} of neuron {steep + 1}, and yet its δ is {plain(float(errors[flat]))} against"
        f" {plain(float(errors[steep]))}, since {plain(float(arrived[flat]))} arrives there."
    )


def _against_the_slope(slopes: Array, errors: Array) -> tuple[int, int] | None:
    """Of the neuron with the largest error and a steeper one: the flatter first; nothing if it is the steepest."""
    flat = int(np.argmax(np.abs(errors)))
    steeper = [int(j) for j in np.flatnonzero(slopes > slopes[flat])]
    return (flat, min(steeper, key=lambda j: float(slopes[j]))) if steeper else None


def _weights(view: View, l: int) -> Panel:
    """a_in, δ_out and their product for the weights that learn least, and why they do."""
    a, errors = view.array(*view.below(l)), view.array("error", l)
    gradient = view.array("example_weight_gradient", l)
    order = np.argsort(np.abs(gradient), axis=None, kind="stable")[:ROWS]
    places = sorted(divmod(int(at), gradient.shape[1]) for at in order)
    rows: list[tuple[str | Number, ...]] = [
        (
            f"to {j + 1} from {_sender(view, l, k)}",
            view.number(*view.below(l), k),
            view.number("error", l, j),
            view.number("example_weight_gradient", l, j, k),
        )
        for j, k in places
    ]
    head = ("weight", "aᵢₙ", "δₒᵤₜ", f"∂Cₓ/∂w{superscript(l + 1)}")
    line = Line(
        (rf"{derivative('C_x', 'w')}=a_{{\text{{in}}}}\,\delta_{{\text{{out}}}}",),
        (),
        "Every single weight",
        "(51)",
    )
    text = [_silent(view, l), *([_still(errors)] if not np.all(errors) else []), _row_bound(view, l)]
    if not np.any(a == 0):
        text = text[1:]
    return Panel("slow", PANELS["slow"], tuple(text), (line,), (Table(head, tuple(rows), "Those that learn least"),))


def _silent(view: View, l: int) -> str:
    """The inputs that were 0, in this example and in the others."""
    below, sources = view.below(l), view.spec.sources(l)
    which = f"aᵢₙ = a{superscript(sources[0] + 1)}" if len(sources) == 1 else "aᵢₙ"
    names = [_sender(view, l, k) for k in range(view.spec.input_size(l))]
    said = f"{which} = 0 at {_named(view.array(*below), names)}: those gradients are exactly 0."
    others = [x for x in range(view.m) if x != view.example and not np.all(view.array(*below, x))]
    for x in others[:FEW]:
        said += f" In example {x + 1} it is {_named(view.array(*below, x), names)}."
    return said


def _sender(view: View, l: int, k: int) -> str:
    source, sent = view.sender(l, k)
    return f"{sent + 1}" + ("" if view.spec.sources(l) == (l - 1,) else f" of layer {source + 1}")


def _still(errors: Array) -> str:
    names = [f"{j + 1}" for j in range(len(errors))]
    return f"δₒᵤₜ = 0 at {_named(errors, names)}: nothing that leads there learns."


def _named(array: Array, names: Sequence[str]) -> str:
    zero = [name for name, value in zip(names, array, strict=True) if value == 0]
    return f"neuron {', '.join(zero)}" if len(zero) <= FEW else plural(len(zero), "neuron")
