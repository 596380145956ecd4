"""Two costs compared: the same network, parameters and batch under either, number beside number and told by a text.

That is how one sees why cross-entropy: the slope of a saturated output stands in one error and not in the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import isfinite

from backprop_core.costs import COSTS
from backprop_core.inspection.cancelled import error_told
from backprop_core.inspection.telling import Teller, is_known
from backprop_core.laboratory.course import Course, course
from backprop_core.network import NetworkSpec, SpecificationError
from backprop_core.references import Reference
from backprop_core.textbooks.numbers import plain
from backprop_core.textbooks.pieces import Line
from backprop_core.trace import Trace, trace_update

INPUTS = 6
"""Weights of the output neuron that are compared."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One number under either cost; ``times`` is how many times as large the second is, in size.

    Of a parameter after the update ``before`` is what it was, the same under both, and ``times`` compares how far it
    moved. None stands for a number that is not finite, and for a quotient by 0.
    """

    ref: str
    tex: str
    first: float | None
    second: float | None
    times: float | None
    before: float | None = None


@dataclass(frozen=True, slots=True)
class SideTold:
    """The update under one cost: the error of the output factor by factor, what it shows, and how learning goes on."""

    cost: str
    words: str
    lines: tuple[Line, ...]
    sentence: str
    course: Course


@dataclass(frozen=True, slots=True)
class TwoCosts:
    """One update under two costs, looked at from output neuron ``output``."""

    output: int
    sides: tuple[SideTold, SideTold]
    numbers: tuple[Compared, ...]
    sentence: str


def under_costs(trace: Trace, costs: Sequence[str]) -> tuple[Trace, Trace]:
    """The update of ``trace`` under either of two costs; whichever is its own is not computed again.

    Raises ``SpecificationError`` pointing into ``/costs`` for a cost that the network does not fit.
    """
    if not trace.spec.has_target:
        raise SpecificationError(
            "/network/cost", f"the cost {trace.spec.cost} has no targets, and other costs need them"
        )
    for at, name in enumerate(costs):
        if name not in COSTS or not COSTS[name].has_target:
            known = ", ".join(one.name for one in COSTS.values() if one.has_target)
            raise SpecificationError(f"/costs/{at}", f"choose one of: {known}")
    if len(set(costs)) != 2 or len(costs) != 2:
        raise SpecificationError("/costs", "name two different costs")
    first, second = (_under(trace, name, at) for at, name in enumerate(costs))
    return first, second


def _under(trace: Trace, cost: str, at: int) -> Trace:
    if trace.spec.cost == cost:
        return trace
    try:
        spec: NetworkSpec = replace(trace.spec, cost=cost)
    except SpecificationError as error:
        raise SpecificationError(f"/costs/{at}", str(error)) from None
    memory = trace.memory
    return trace_update(
        spec,
        memory.parameters(),
        memory["weighted_input", 0],
        memory["target", trace.spec.depth],
        learning_rate=trace.learning_rate,
        freeze_biases=trace.freeze_biases,
        dtype=memory.dtype.name,
        optimizer=memory.optimizer,
        optimizer_state=memory.state(),
    )


def compare_costs(
    traces: tuple[Trace, Trace], textbook: str = "nielsen", example: int = 0, output: int = 0, updates: int = 300
) -> TwoCosts:
    """Two traces of ``under_costs`` beside one another, each going on for ``updates`` updates.

    Raises ``SpecificationError`` for an output there is not, or a trace with a number that is not finite.
    """
    n = traces[0].spec.sizes[-1]
    if output >= n:
        raise SpecificationError("/output", f"the output layer has {n} neurons, numbered from 0")
    if any(trace.not_finite is not None for trace in traces):
        raise SpecificationError("/costs", "a number of this update is not finite: there is nothing to compare")
    first, second = (Teller(trace, textbook, example) for trace in traces)
    sides = tuple(_side(teller, output, updates) for teller in (first, second))
    return TwoCosts(
        output, (sides[0], sides[1]), tuple(_numbers(first, second, output)), _sentence(first, second, output)
    )


def _side(teller: Teller, j: int, updates: int) -> SideTold:
    spec = teller.trace.spec
    words = COSTS[spec.cost].words
    told = _cancels(teller) if spec.fused else _stays(teller, j)
    return SideTold(spec.cost, words, error_told(teller, j), told, course(teller.trace, updates, teller.example))


def _stays(teller: Teller, j: int) -> str:
    spec, last = teller.trace.spec, teller.trace.spec.depth
    if spec.activation(last) == "softmax":
        return (
            "Each term keeps an entry of the Jacobian of softmax. Where one class has nearly all of the share, every"
            " entry is near 0, and so is the error, however wrong the answer."
        )
    slope = plain(teller.raw(Reference("activation_slope", last, (j,))))
    return (
        f"The slope {slope} stays a factor of the error: the flatter the neuron, the slower it learns, however wrong."
    )


def _cancels(teller: Teller) -> str:
    if teller.trace.spec.activation(teller.trace.spec.depth) == "softmax":
        return (
            "The share below the fraction of the cost meets the same share in the Jacobian and cancels: the error"
            " is the difference alone. The more wrong, the faster it learns."
        )
    return "The slope has cancelled: the error is the difference alone. The more wrong, the faster it learns."


def _numbers(first: Teller, second: Teller, j: int) -> Iterator[Compared]:
    """δ, the gradients of the neuron's parameters, and the parameters after the update."""
    last, width = first.trace.spec.depth, first.trace.spec.input_size(first.trace.spec.depth)
    yield _compared(first, second, Reference("error", last, (j,)))
    places = [("weight", (j, k)) for k in range(min(width, INPUTS))] + [("bias", (j,))]
    for of, index in places:
        name = f"{of}_gradient"
        if is_known_in(first, name):
            yield _compared(first, second, Reference(name, last, index))
    for of, index in places:
        old = "weights" if of == "weight" else "biases"
        if is_known_in(first, f"updated_{old}"):
            yield _compared(first, second, Reference(f"updated_{old}", last, index), Reference(old, last, index))


def is_known_in(teller: Teller, name: str) -> bool:
    """Whether the output layer has the quantity."""
    return is_known(teller.trace, Reference(name, teller.trace.spec.depth))


def _compared(first: Teller, second: Teller, one: Reference, before: Reference | None = None) -> Compared:
    values = [teller.number(one).value for teller in (first, second)]
    old = first.raw(before) if before else None
    sizes = [abs(value - (old or 0.0)) for value in values]
    times = sizes[1] / sizes[0] if sizes[0] > 0.0 else float("inf")
    known = [value if isfinite(value) else None for value in values]
    tex = first.symbol(one).tex
    return Compared(str(one), tex, known[0], known[1], times if isfinite(times) else None, old)


def _sentence(first: Teller, second: Teller, j: int) -> str:
    """How the two errors compare, and what that is the reciprocal of where it is one."""
    spec, last = first.trace.spec, first.trace.spec.depth
    small, large = (abs(teller.raw(Reference("error", last, (j,)))) for teller in (first, second))
    if large == 0.0:
        return "The output is right to the last digit: there is nothing to learn."
    if small == 0.0:
        return f"The error is {plain(large)} in size, where it has vanished altogether under the other cost."
    told = f"The error is {plain(large / small)} times as large."
    if (spec.cost, second.trace.spec.cost) != ("quadratic", "binary_cross_entropy"):
        return told
    slope = plain(first.raw(Reference("activation_slope", last, (j,))))
    return f"{told} That is 1 over the slope, 1/{slope}: nothing else differs."
