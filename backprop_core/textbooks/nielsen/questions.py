"""Nielsen's questions: the demon that shifts a weighted input, why an error is a sum, and the curve of σ.

Each is answered for the neuron of the layer where it shows most, with the numbers of the step.
"""

import numpy as np

from backprop_core.laboratory.nudge import cost_at, nudged_cost
from backprop_core.memory import Quantity
from backprop_core.textbooks import curves_told, fan_out_told
from backprop_core.textbooks.nielsen.notation import entry, up
from backprop_core.textbooks.numbers import plain, superscript
from backprop_core.textbooks.panels import PANELS, Panel, Table
from backprop_core.textbooks.pieces import Line, Number
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import ACTIVATION_NAMES, derivative, plural

SHIFTS = (1.0, -1.0, 0.1, -0.1, 0.01, -0.01, 0.001, -0.001)
"""Δz of the demon: the smaller, the better δ predicts."""


def demon(scene: Scene, view: View) -> Panel:
    """δ Δz against the true change of C_x, for the neuron with the largest error."""
    l = scene.layer
    errors = view.array("error", l)
    j = int(np.argmax(np.abs(errors)))
    delta, here = float(errors[j]), cost_at(view.trace, view.example)
    rows: list[tuple[str | Number, ...]] = []
    for shift in SHIFTS:
        there = nudged_cost(view.trace, Quantity("weighted_input", l), (view.example, j), shift, view.example)
        predicted = Number(delta * shift, f"error:{l}:{j}", scale=shift)
        rows.append((plain(shift), predicted, Number(there - here)))
    name = f"z{superscript(l + 1)} of neuron {j + 1}"
    text = (
        (
            f"A demon sits at this neuron and adds a little Δz to its weighted input. The cost changes by about δΔz:"
            f" here δ = {plain(delta)}, the largest of this layer."
        ),
        (
            "A large δ is a chance to lower the cost, by a Δz of the opposite sign; a δ near 0 leaves the demon nothing"
            " to do. The smaller Δz, the better the prediction."
        ),
    )
    at = f"{up(l)}_j"
    lines = (
        Line((rf"\delta{at}={derivative('C_x', f'z{at}')}",), title="What δ is", place="(35)"),
        Line((rf"\Delta C_x\approx\delta{at}\,\Delta z{at}",), title="What the demon gets"),
    )
    table = Table(("Δz", "predicted δΔz", "true ΔCₓ"), tuple(rows), f"Moving {name}")
    return Panel("demon", PANELS["demon"], text, lines, (table,))


def why_sum(scene: Scene, view: View) -> Panel:
    """All edges out of one neuron with what comes back over each, and the sum without it."""
    l = scene.layer
    j = fan_out_told.busiest(view, l)
    text = (
        (
            f"Neuron {j + 1} of layer {l + 1} {fan_out_told.feeds(view, l, 1, lambda n: plural(n, 'neuron'))}. A"
            " change of its activation reaches the cost through every one of them, and the effects add up."
        ),
    )
    line, table = fan_out_told.over_the_edges(view, l, j, entry, _above, "(42)")
    return Panel("why_sum", PANELS["why_sum"], text, (line,), (table,))


def _above(l: int | None) -> tuple[str, str]:
    """Weight and error of the layer above, or of several."""
    at = "" if l is None else superscript(l + 1)
    return f"w{at}", f"δ{at}"


_FORTY = (
    r"\sigma'(z)=\frac{d}{dz}\frac{1}{1+e^{-z}}",
    r"\sigma'(z)=\frac{e^{-z}}{(1+e^{-z})^2}",
    r"\sigma'(z)=\frac{1}{1+e^{-z}}\cdot\frac{e^{-z}}{1+e^{-z}}",
    r"\sigma'(z)=\sigma(z)\,(1-\sigma(z))",
    r"\sigma'=a\,(1-a)",
)


def sigma(scene: Scene, view: View) -> Panel:
    """The curve and its slope, for the sigmoid why that is a(1 − a), and where each neuron stands on it."""
    l, kind = scene.layer, view.spec.activation(scene.layer)
    lines = curves_told.formulas(view, l, "z", "(3)" if kind == "sigmoid" else "")
    text = (f"This layer’s activation is the {ACTIVATION_NAMES[kind]}.",)
    if kind == "sigmoid":
        lines += tuple(Line((tex,), (), "Why a(1 − a)" if not at else "", "(40)") for at, tex in enumerate(_FORTY))
        text = (
            (
                "The slope is greatest at z = 0, where it is ¼, and falls to nothing on both sides: there the neuron is"
                " saturated."
            ),
        )
    table = curves_told.layer_table(view, l, ("z", "a = σ(z)", "σ′(z)"), title=f"Layer {l + 1}")
    return Panel("sigma", PANELS["sigma"], text, lines, (table,))
