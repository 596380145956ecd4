"""Remarks: what the numbers of a step show beyond the step itself, said where it happens with its cause.

Saturated and dead neurons, and weights that learn nothing from an example because nothing entered them.
"""

import numpy as np

from backprop_core.textbooks.numbers import plain
from backprop_core.textbooks.scenes import Remark
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import STEEPEST, plural

FLAT = 0.05
"""A slope under this share of the steepest counts as saturated."""


def saturation(view: View, l: int) -> tuple[Remark, ...]:
    """Saturated and stopped neurons of layer ``l`` for the stepped example."""
    if not view.has("activation_slope", l):
        return ()
    kind, slopes = view.spec.activation(l), view.array("activation_slope", l)
    if kind == "relu":
        return tuple(_stopped(view, l, int(j)) for j in np.flatnonzero(slopes == 0))
    if kind not in STEEPEST:
        return ()
    return tuple(
        Remark("saturated", f"activation:{l}:{j}", _saturated_text(float(slopes[j]), STEEPEST[kind], int(j)))
        for j in np.flatnonzero(slopes < FLAT * STEEPEST[kind])
    )


def _saturated_text(slope: float, steepest: float, j: int) -> str:
    if slope == 0:
        return f"σ′ = 0 in double precision: neuron {j + 1} is saturated and does not learn at all."
    times = steepest / slope
    slower = f"its weights move {plain(times, 2)} times slower than at z = 0"
    return f"σ′ = {plain(slope)}: neuron {j + 1} is saturated, so {slower}."


def _stopped(view: View, l: int, j: int) -> Remark:
    if view.m > 1 and not view.trace.memory["activation_slope", l][:, j].any():
        whole = f"z ≤ 0 for all {plural(view.m, 'example')}"
        return Remark(
            "dead", f"activation:{l}:{j}", f"{whole}: neuron {j + 1} passes nothing on and learns nothing here."
        )
    return Remark("stopped", f"activation:{l}:{j}", f"z ≤ 0: neuron {j + 1} is off for this example.")


def silent_inputs(view: View, l: int) -> tuple[Remark, ...]:
    """Columns of the weight gradient of layer ``l`` that are 0 because nothing entered."""
    a = view.array("activation", l - 1)
    return tuple(
        Remark(
            "zero_input",
            f"activation:{l - 1}:{k}",
            f"aᵢₙ = 0: the weights out of neuron {k + 1} learn nothing from this example.",
        )
        for k in np.flatnonzero(a == 0)
    )
