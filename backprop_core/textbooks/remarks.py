"""Remarks: what the numbers of a step show beyond the step itself, said where it happens with its cause.

Saturated and dead neurons, and weights that learn nothing from an example because nothing entered them.
"""

import numpy as np

from backprop_core.activations import ACTIVATIONS
from backprop_core.textbooks.numbers import plain
from backprop_core.textbooks.scenes import Remark
from backprop_core.textbooks.view import PER_EXAMPLE, View
from backprop_core.textbooks.words import plural

FLAT = 0.05
"""A slope under this share of the steepest counts as saturated."""


def saturation(view: View, l: int, letter: str = "z") -> tuple[Remark, ...]:
    """Saturated and stopped neurons of layer ``l`` for the stepped example; the input has no weights to slow.

    ``letter`` is what the text calls a weighted input.
    """
    if l == 0 or not view.has("activation_slope", l):
        return ()
    activation, slopes = ACTIVATIONS[view.spec.activation(l)], view.array("activation_slope", l)
    if activation.kink:
        return tuple(_stopped(view, l, int(j), letter) for j in np.flatnonzero(slopes == 0))
    if not activation.saturates:
        return ()
    cancels = l == view.spec.depth and view.spec.fused
    return tuple(
        Remark(
            "saturated", f"activation:{l}:{j}", _saturated_text(float(slopes[j]), activation.steepest, int(j), cancels)
        )
        for j in np.flatnonzero(slopes < FLAT * activation.steepest)
    )


def _saturated_text(slope: float, steepest: float, j: int, cancels: bool) -> str:
    said = f"σ′ = {plain(slope)}: neuron {j + 1} is saturated"
    if cancels:
        return f"{said}, but with this cost σ′ cancels and its error is a − y all the same."
    if slope == 0:
        return f"{said} beyond what this precision can tell from flat, and does not learn from this example."
    return f"{said}, so its weights move {plain(steepest / slope, 2)} times slower than at z = 0."


def _stopped(view: View, l: int, j: int, letter: str) -> Remark:
    if view.m > 1 and not view.trace.memory["activation_slope", l][:, j].any():
        whole = f"{letter} ≤ 0 for all {plural(view.m, 'example')}"
        return Remark(
            "dead", f"activation:{l}:{j}", f"{whole}: neuron {j + 1} passes nothing on and learns nothing here."
        )
    return Remark("stopped", f"activation:{l}:{j}", f"{letter} ≤ 0: neuron {j + 1} is off for this example.")


def broken_off(view: View) -> tuple[Remark, ...]:
    """Why a trace ends: which examples hold the number that is not finite."""
    equation = view.trace.not_finite
    if equation is None:
        return ()
    name, l = equation.writes
    array = view.trace.memory["costs" if name == "cost" else name, l]
    words = name.replace("_", " ")
    if name not in PER_EXAMPLE and name != "cost":
        where = "the batch"
    else:
        rows = [x + 1 for x in range(view.m) if not np.isfinite(array[x]).all()]
        where = f"example {', '.join(map(str, rows))}" if rows else "the mean over the batch"
    return (
        Remark("not_finite", str(equation.writes), f"The {words} is no longer finite in {where}: the trace ends here."),
    )


def silent_inputs(view: View, l: int, entering: str = "aᵢₙ") -> tuple[Remark, ...]:
    """Columns of the weight gradient of layer ``l`` that are 0 because nothing entered; ``entering`` is its name."""
    below = view.below(l)
    return tuple(
        Remark(
            "zero_input",
            view.reference(*below, int(k)),
            f"{entering} = 0: the weights out of neuron {k + 1} learn nothing from this example.",
        )
        for k in np.flatnonzero(view.array(*below) == 0)
    )
