"""Nielsen's keys as panels: the notation with its four equations, the shapes of a step, and notes.

The product ⊙ is shown with four small numbers first, as the text has it, and then with those of the step.
"""

import numpy as np

from backprop_core.network import LayerSpec, NetworkSpec, Parameters
from backprop_core.textbooks.nielsen.equations import EQUATIONS, ERRATA
from backprop_core.textbooks.nielsen.notation import SYMBOLS, entry, slope, transposed_weights, up, vector
from backprop_core.textbooks.panels import PANELS, Panel, Table
from backprop_core.textbooks.pieces import Line, Matrix, Number, Piece, Symbol, to_tex
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.short_form import long_form_holds
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import entering, laid, meeting, ways_back
from backprop_core.textbooks.words import shape
from backprop_core.trace import trace_update

BOXES = (
    (
        "The algorithm box, algorithm items 1–5: input, feedforward, output error, backpropagate the error, output."
        " They are the groups of the timeline."
    ),
    (
        "The box around it, mini-batch items 1–3: every example goes through the first five; only the descent at"
        " the end adds the examples up."
    ),
)
"""Where the two algorithm boxes of the text are met."""


def notation(scene: Scene, view: View) -> Panel:
    """The key of the lens; at a step with weights their index order, at a step with ⊙ that product."""
    lines = [Line((symbol,), (), words) for symbol, words in SYMBOLS]
    text: tuple[str, ...] = BOXES if scene.kind == "input" else ()
    if scene.phase in ("backward", "gradient"):
        text = ("The four equations, summary BP1–BP4: error at the output, error one layer back, biases, weights.",)
        lines += [Line((tex,), (), "The four equations", name) for name, tex, _ in EQUATIONS if name.startswith("(BP")]
    if scene.kind in ("output_error", "error") and view.spec.activation(scene.layer) != "softmax":
        # Where an output of cross-entropy is saturated, ∇C is infinite beside a slope of 0, and no product holds.
        here = (_this_product(view, scene.layer),) if long_form_holds(view, scene.layer) else ()
        lines += [_four_numbers(), *here]
    if scene.kind == "weighted_input":
        k = min(1, view.spec.input_size(scene.layer) - 1)
        weight = view.number("weights", scene.layer, 0, k)
        lines.append(Line((entry(view, "weights", scene.layer, 0, k),), (weight,), "The index order"))
        source, sent = view.sender(scene.layer, k)
        of = "" if view.reads_before(scene.layer) else f" of layer {source + 1}"
        text = (f"This weight leads to neuron 1 from neuron {sent + 1}{of}: the receiver is named first.",)
    return Panel("notation", PANELS["notation"], text, tuple(lines))


def _upright(*values: float) -> Matrix:
    return Matrix(tuple((Number(value),) for value in values))


def _four_numbers() -> Line:
    numbers: tuple[Piece, ...] = (_upright(1, 2), r"\odot", _upright(3, 4), "=", _upright(3, 8))
    return Line((r"s\odot t",), numbers, "The product element by element", "(34)")


def _this_product(view: View, l: int) -> Line:
    left = Symbol(r"\nabla_aC_x", f"activation_gradient:{l}", shape(view.spec.sizes[l]))
    if l < view.spec.depth:
        back = ways_back(
            view,
            l,
            lambda one: (transposed_weights(view, one).tex, vector(view, "error", one.layer).tex),
            lambda other: (vector(view, "error", other).tex,),
        )
        left = Symbol(f"({to_tex(back)})", left.ref, left.shape)
    numbers = (
        view.column("activation_gradient", l),
        r"\odot",
        view.column("activation_slope", l),
        "=",
        view.column("error", l, result=True),
    )
    return Line((left, r"\odot", *slope(view, l)), numbers, "The same with the numbers of this step", "(34)")


_WHY = {
    "weighted_input": "w has a row for every neuron that receives and a column for every one that sends, so w·a fits.",
    "error": "The error has one entry for every receiver; only wᵀ has as many columns, and gives one entry a sender.",
    "weight_gradient": "A column times a row is a matrix: one entry for every pair of receiver and sender, as in w.",
}


def shapes(scene: Scene, view: View) -> Panel:
    """Every factor of the step with its shape, and why they fit."""
    l, told = scene.layer, {"weighted_input": _forth, "error": _back, "weight_gradient": _across}[scene.kind]
    said = {"weighted_input": entering, "error": meeting}.get(scene.kind)
    ways = said(view, l, 1) if said else ""
    lines = tuple(Line((tex,), (), shape(rows, columns)) for tex, rows, columns in told(view, l))
    return Panel("shapes", PANELS["shapes"], (_WHY[scene.kind], *([ways] if ways else [])), lines)


Shaped = tuple[str, int, int]
"""A factor: its TeX, its rows and its columns."""


def _forth(view: View, l: int) -> list[Shaped]:
    n, before = view.spec.sizes[l], view.spec.input_size(l)
    added = [(vector(view, "activation", other).tex, n, 1) for other in view.spec.adds(l)]
    below = vector(view, *view.below(l)).tex
    return [(f"w{up(l)}", n, before), (below, before, 1), *added, (f"z{up(l)}", n, 1)]


def _back(view: View, l: int) -> list[Shaped]:
    n, found = view.spec.sizes[l], list[Shaped]()
    for one in view.spec.readers(l):
        after = view.spec.sizes[one.layer]
        found += [(transposed_weights(view, one).tex, n, after), (rf"\delta{up(one.layer)}", after, 1)]
    found += [(rf"\delta{up(other)}", n, 1) for other in view.spec.adders(l)]
    return [*found, (rf"\delta{up(l)}", n, 1)]


def _across(view: View, l: int) -> list[Shaped]:
    n, before = view.spec.sizes[l], view.spec.input_size(l)
    delta, lying = rf"\delta{up(l)}", laid(vector(view, *view.below(l)).tex)
    return [(delta, n, 1), (lying, 1, before), (delta + lying, n, before)]


def notes(scene: Scene, view: View) -> Panel:
    """For which costs and activations the four equations hold, and where they do not: softmax, with numbers."""
    slip = ERRATA["output_error"]
    text = (
        (
            "The four equations hold for any cost that is a mean over examples and a function of the outputs, and for"
            " any activation that acts on each neuron alone."
        ),
        f"Slip in the {slip.place}: it says {slip.printed}. What holds: {slip.holds}.",
    )
    right, wrong = _softmax_both_ways()
    rows: list[tuple[str | Number, ...]] = [
        (name, *(Number(float(value)) for value in values)) for name, values in (right, wrong)
    ]
    table = Table(("softmax at z = (1, 0, −1), y = (0, 1, 0)", "δ₁", "δ₂", "δ₃"), tuple(rows), "Quadratic cost")
    return Panel("notes", PANELS["notes"], text, (), (table,))


def _softmax_both_ways() -> tuple[tuple[str, np.ndarray], tuple[str, np.ndarray]]:
    spec = NetworkSpec(3, (LayerSpec(3, "softmax"),), bias=False)
    trace = trace_update(spec, Parameters.of(spec, [np.eye(3).tolist()]), [[1.0, 0.0, -1.0]], [[0.0, 1.0, 0.0]])
    a, gradient = trace.memory["activation", 1][0], trace.memory["activation_gradient", 1][0]
    return ("by (36), right", trace.memory["error", 1][0]), ("by BP1 with a(1 − a)", gradient * a * (1 - a))
