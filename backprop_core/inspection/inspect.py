"""``inspect``: one number asked about, and everything that a trace and a text have to say of it.

Each part of the answer has a function here; what takes more than that has a file beside this one.
"""

import numpy as np

from backprop_core.backprop import quiet
from backprop_core.finite import finite
from backprop_core.inspection.answers import Curve, Examples, Inspection, OfExample, PathSum
from backprop_core.inspection.reasons import reasons
from backprop_core.inspection.telling import Teller, facts, is_known, kind_of
from backprop_core.inspection.walk import path_sum, product, start_of
from backprop_core.laboratory.influence import Touched, influence
from backprop_core.laboratory.links import operands, readers
from backprop_core.laboratory.paths import starts
from backprop_core.network import SpecificationError
from backprop_core.references import Reference
from backprop_core.textbooks.pieces import Line
from backprop_core.textbooks.words import plural
from backprop_core.trace import Trace

PATHS = 5
"""Paths told with an inspection; ``strongest_paths`` tells any number of them."""


def inspect(trace: Trace, ref: str, textbook: str = "nielsen", example: int = 0) -> Inspection:
    """Everything about the number ``ref``, for row ``example`` of the batch, in the words of ``textbook``.

    Raises ``UnknownReference``, which says what references look like, ``KeyError`` for an unknown textbook and
    ``ValueError`` for an example outside the batch.
    """
    if not 0 <= example < trace.batch_size:
        raise ValueError(f"the batch has examples 0 to {trace.batch_size - 1}")
    one, teller = Reference.read(ref, trace), Teller(trace, textbook, example)
    kind = kind_of(one)
    with quiet():
        cone = tuple(part for part in influence(trace, one) if is_known(trace, Reference(part.quantity, part.layer)))
        return Inspection(
            ref=str(one),
            kind=kind,
            name=name_of(teller, one, kind),
            place=_place(teller, one, kind),
            shown=teller.shown(one),
            facts=tuple(teller.shown(each) for each in facts(teller, one)),
            product=_product(teller, one, kind),
            paths=_paths(teller, one),
            reasons=reasons(teller, one, kind),
            curve=_curve(teller, one, kind),
            sources=teller.linked(_there(trace, operands(trace, one))),
            targets=teller.linked(_there(trace, readers(trace, one))),
            cone=cone,
            touches=_touches(teller, cone),
            examples=_examples(teller, one, kind),
        )


def _there(trace: Trace, these: tuple[Reference, ...]) -> tuple[Reference, ...]:
    layers = trace.layers()
    return tuple(
        one
        for one in these
        if one.name in ("cost", "costs", "learning_rate") or layers[one.layer].get(one.name) is not None
    )


def name_of(teller: Teller, one: Reference, kind: str) -> str:
    """What the number belongs to, as a title: “Hidden neuron 1”."""
    l = one.layer
    if kind == "weight":
        return f"Weight to {teller.neuron(l, one.index[0])} from {teller.neuron(*teller.view.sender(l, one.index[1]))}"
    if kind == "bias":
        return f"Bias of {teller.neuron(l, one.index[0])}"
    if kind == "target":
        return f"Target of output {one.index[0] + 1}"
    if kind in ("cost", "learning_rate"):
        return {"cost": "Cost", "learning_rate": "Learning rate"}[kind]
    return teller.neuron(l, one.index[0]).capitalize()


def _place(teller: Teller, one: Reference, kind: str) -> str:
    if kind == "weight":
        return f"{teller.layer(teller.view.sender(one.layer, one.index[1])[0])} → {teller.layer(one.layer)}"
    return f"{teller.layer(one.layer)}, neuron {one.index[0] + 1}" if one.index else ""


def _product(teller: Teller, one: Reference, kind: str) -> Line | None:
    """A gradient as a_in · δ_out, an error as what arrives times the slope; nothing where δ is in short form."""
    trace, l, index = teller.trace, one.layer, one.index
    if kind == "weight":
        result = Reference("example_weight_gradient", l, index)
        source, sent = teller.view.sender(l, index[1])
        factors = [Reference("error", l, index[:1]), Reference("activation", source, (sent,))]
    elif kind == "bias":
        result, factors = Reference("example_bias_gradient", l, index), [Reference("error", l, index)]
    elif kind in ("neuron", "input"):
        result = Reference("error", l, index[:1])
        factors = [Reference(name, l, index[:1]) for name in ("activation_gradient", "activation_slope")]
        if l == trace.spec.depth and (trace.spec.fused or trace.spec.activation(l) == "softmax"):
            return None
    else:
        return None
    if not all(is_known(trace, each) and np.isfinite(teller.raw(each)) for each in (result, *factors)):
        return None
    return product(teller, factors, teller.scale(result.name), result)


def _paths(teller: Teller, one: Reference) -> PathSum | None:
    start = start_of(one)
    if not starts(start):
        return None
    try:
        return path_sum(teller, start, PATHS)
    except SpecificationError:  # a number of the trace is not finite: the paths have no sum
        return None


def _curve(teller: Teller, one: Reference, kind: str) -> Curve | None:
    trace, l = teller.trace, one.layer
    if kind not in ("neuron", "input") or not is_known(trace, Reference("activation_slope", l, one.index[:1])):
        return None
    names = ("weighted_input", "activation", "activation_slope")
    z, a, slope = (teller.raw(Reference(name, l, one.index[:1])) for name in names)
    return Curve(trace.spec.activation(l), z, a, slope) if np.isfinite([z, a, slope]).all() else None


def _touches(teller: Teller, cone: tuple[Touched, ...]) -> str:
    """How much of the computation changes with the number, and how much does not, in one sentence."""
    if not cone:
        return "Nothing is computed from this number."
    said = []
    for name, words in (("activation", "activation"), ("error", "error"), ("weight_gradient", "weight gradient")):
        size = sum(part.size for part in cone if part.quantity == name)
        count = sum(part.count for part in cone if part.quantity == name)
        if count:
            said.append(f"{count} of {plural(size, words)}" if count < size else plural(size, words))
    last = teller.trace.spec.depth
    if any((part.quantity, part.layer) == ("cost", last) for part in cone):
        said.append("the cost")
    listed = said or ["the updated parameters"]
    last_word = f" and {listed[-1]}" if len(listed) > 1 else listed[0]
    return f"If only this number changes, so do {', '.join(listed[:-1])}{last_word}; every other number stays as it is."


def _examples(teller: Teller, one: Reference, kind: str) -> Examples | None:
    """The batch opened: each example's gradient and their mean; of another number its value in every example."""
    trace = teller.trace
    if trace.batch_size == 1 or kind == "learning_rate":
        return None
    each, mean = one, None
    if kind in ("weight", "bias"):
        each = Reference(f"example_{kind}_gradient", one.layer, one.index)
        mean = Reference(f"{kind}_gradient", one.layer, one.index)
    elif kind == "cost":
        each, mean = Reference("costs", one.layer), Reference("cost", one.layer)
    if not is_known(trace, each):
        return None
    scale, shown = teller.scale(each.name), teller.shown(each)
    told = [finite(each.value(trace.memory, x) * scale) for x in range(trace.batch_size)]
    costs = [finite(float(cost)) for cost in trace.costs] if is_known(trace, Reference("cost", 0)) else []
    rows = tuple(OfExample(x, x == teller.example, costs[x] if costs else None, value) for x, value in enumerate(told))
    return Examples(str(each), shown.words, rows, teller.shown(mean) if mean else None)
