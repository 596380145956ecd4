"""Why a number learns slowly: nothing much enters, or a neuron is saturated or off, said with the numbers.

The remarks on neurons are those of the steps; what enters is judged for one weight.
"""

import numpy as np

from backprop_core.inspection.telling import Teller, is_known
from backprop_core.references import Reference
from backprop_core.textbooks.numbers import plain
from backprop_core.textbooks.remarks import saturation
from backprop_core.textbooks.scenes import Remark

SMALL = 0.1
"""An activation up to which what enters counts as nearly nothing."""


def reasons(teller: Teller, one: Reference, kind: str) -> tuple[Remark, ...]:
    """Why this weight, bias or neuron learns slowly in the stepped example; nothing for what learns well."""
    if kind not in ("weight", "bias", "neuron") or not is_known(teller.trace, Reference("error", one.layer)):
        return ()
    l, j = one.layer, one.index[0]
    found = [remark for remark in saturation(teller.view, l) if remark.ref == f"activation:{l}:{j}"]
    last = teller.trace.spec.depth
    if l < last:
        outputs = saturation(teller.view, last)
        found += [_all_saturated(teller, outputs)] if len(outputs) == teller.trace.spec.sizes[last] else []
    if kind == "weight":
        found += _little_enters(teller, l, j, one.index[1])
    elif kind == "neuron":
        least = int(np.argmin(np.abs(teller.view.array(*teller.view.below(l)))))
        found += _little_enters(teller, l, j, least)
    return tuple(found)


def _all_saturated(teller: Teller, outputs: tuple[Remark, ...]) -> Remark:
    last = teller.trace.spec.depth
    slope = float(np.max(teller.view.array("activation_slope", last)))
    which = "the output neuron is" if len(outputs) == 1 else "all output neurons are"
    return Remark(
        "saturated_output",
        f"activation_slope:{last}:0",
        f"Learns slowly because {which} saturated: σ′ ≤ {plain(slope)}.",
    )


def _little_enters(teller: Teller, l: int, j: int, k: int) -> list[Remark]:
    a, delta = float(teller.view.array(*teller.view.below(l))[k]), float(teller.view.array("error", l)[j])
    if not abs(a) <= SMALL or not np.isfinite(delta):
        return []
    # A text whose δ is already divided by the number of examples gets that number back, as in its product.
    scale = teller.scale("error")
    m = "" if scale == 1.0 else f"{plain(1.0 / scale)} · "
    source, sent = teller.view.sender(l, k)
    ref, whose = f"activation:{source}:{sent}", f"The weight from {teller.neuron(source, sent)}"
    if a == 0:
        return [Remark("zero_input", ref, f"{whose} learns nothing from this example: aᵢₙ = 0.")]
    said = f"{'m · ' if m else ''}aᵢₙ · δₒᵤₜ = {m}{plain(a)} · {_bracketed(scale * delta)} = {plain(a * delta)}"
    return [Remark("small_input", ref, f"{whose} learns slowly because aᵢₙ is near 0: {said}.")]


def _bracketed(value: float) -> str:
    return f"({plain(value)})" if value < 0 else plain(value)
