"""The author's digits beside ours: every printed number looked up in a trace that the engine makes for it.

Agreement means within half a unit of the last printed digit, unless the number's note says why it is one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from backprop_core.examples.catalogue import Example, Printed
from backprop_core.initializations import initialise
from backprop_core.memory import Memory
from backprop_core.network import LayerSpec, NetworkSpec, Parameters
from backprop_core.textbooks.view import View
from backprop_core.trace import Trace, trace_update
from backprop_core.training import Updates

# Digits beyond this say more about an author's processor than about the numbers.
_FINEST = 1e-12


@dataclass(frozen=True, slots=True)
class Comparison:
    """A printed number (``printed``, as ``digits``) beside ours times ``scale`` (``computed``).

    ``words`` is what the author calls it; ``note`` gives the reason where the two differ, and what a
    reader has to know where they do not. ``after`` updates of the network ``ref`` is read, for row
    ``example`` of the batch.
    """

    ref: str
    printed: float
    digits: str
    scale: float
    computed: float
    agrees: bool
    note: str
    words: str
    example: int = 0
    after: int = 0


def compare(example: Example) -> list[Comparison]:
    """Run ``example`` and lay its printed numbers beside ours, in the author's order.

    Some authors print what thousands of updates led to, so this can take half a second: keep the result.
    """
    moments = sorted({printed.after for printed in example.printed})
    traces = dict(zip(moments, traces_after(example.request, moments), strict=True))
    return [_compared(printed, traces[printed.after]) for printed in example.printed]


def specification(request: dict[str, Any]) -> NetworkSpec:
    """The network of a request as the engine's own."""
    network = request["network"]
    return NetworkSpec(**network | {"layers": tuple(LayerSpec(**layer) for layer in network["layers"])})


def first_parameters(request: dict[str, Any]) -> Parameters:
    """The parameters of a request: as they are given, or drawn from their seed."""
    spec = specification(request)
    if "parameters" in request:
        return Parameters.of(spec, **request["parameters"])
    drawn = request["initialization"]
    return initialise(spec, np.random.default_rng(drawn["seed"]), drawn["scheme"])


def traces_after(request: dict[str, Any], moments: Iterable[int]) -> Iterator[Trace]:
    """The trace of the next update after each of ``moments``, rising numbers of updates already made."""
    spec = specification(request)
    parameters = first_parameters(request)
    batch, learning_rate = request["batch"], request.get("learning_rate")
    freeze_biases = request.get("freeze_biases", False)
    memory = Memory(spec, len(batch["inputs"])).load_parameters(parameters).load_batch(**batch)
    if learning_rate is not None:
        memory.load_learning_rate(learning_rate)
    updates = Updates(memory, freeze_biases=freeze_biases)
    made = 0
    for moment in moments:
        updates.run(moment - made)
        made = moment
        yield trace_update(
            spec, updates.memory.parameters(), **batch, learning_rate=learning_rate, freeze_biases=freeze_biases
        )


def _compared(printed: Printed, trace: Trace) -> Comparison:
    computed = printed.scale * MEASURES[printed.measure](printed, trace)
    tolerance = max(printed.within * printed.unit, _FINEST * abs(printed.value))
    return Comparison(
        ref=printed.ref,
        printed=printed.value,
        digits=printed.digits,
        scale=printed.scale,
        computed=computed,
        agrees=abs(computed - printed.value) <= tolerance,
        note=printed.note,
        words=printed.words,
        example=printed.example,
        after=printed.after,
    )


def _itself(printed: Printed, trace: Trace) -> float:
    """The number that the ref names."""
    name, *rest = printed.ref.split(":")
    if name == "cost":
        return trace.cost
    if name == "costs":
        return float(trace.costs[printed.example])
    layer, *index = map(int, rest)
    return float(View(trace, printed.example).array(name, layer)[tuple(index)])


def _half_square(printed: Printed, trace: Trace) -> float:
    """½(y − a)², one output's part of the quadratic cost, from ∂C/∂a = a − y."""
    return _itself(printed, trace) ** 2 / 2


def _mean_absolute_difference(printed: Printed, trace: Trace) -> float:
    """The mean of |y − a| over the batch."""
    last = trace.spec.depth
    return float(np.abs(trace.memory["target", last] - trace.memory["activation", last]).mean())


def _regularized(printed: Printed, trace: Trace) -> float:
    """The number with ½λΣw² added, the biases left out."""
    layers = range(1, trace.spec.depth + 1)
    squares = sum(float(np.square(trace.memory["weights", l]).sum()) for l in layers)
    return _itself(printed, trace) + printed.regularization * squares / 2


MEASURES: dict[str, Callable[[Printed, Trace], float]] = {
    "": _itself,
    "half_square": _half_square,
    "mean_absolute_difference": _mean_absolute_difference,
    "regularized": _regularized,
}
"""Name → what an author made of our number before printing it."""
