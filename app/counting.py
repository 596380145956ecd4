"""What knowing a gradient costs: counted from the program, and measured here and now beside.

The counts are exact and the same everywhere; the seconds are those of this machine while it answered, medians of a few
runs, found once for a network and kept as long as the process runs.
"""

import time
from collections.abc import Sequence
from functools import lru_cache
from statistics import median
from typing import Any

import numpy as np
from typing_extensions import TypedDict

from app.budget import check_network
from app.limits import Limits
from app.schemas import TraceRequest
from backprop_core import (
    FORWARD_KINDS,
    Count,
    EquationCount,
    KnowingCost,
    Memory,
    NetworkSpec,
    compile,
    count_knowing,
    initialise,
    operation_counts,
    resized,
)

WIDTHS = (2, 4, 8, 16, 32, 64, 128)
DEPTHS = tuple(range(1, 9))
RUNS = 5
LEAST_SECONDS = 2e-4
"""A run shorter than this is repeated within one measurement, since the clock and the first call would tell in it."""
MEASURED_PASSES = 400
"""A numerical gradient with more passes is worked out from one of them and said to be so."""


class CountAnswer(TypedDict):
    """Operations of one pass; ``operations`` are all of them, ``seconds`` what it took here."""

    multiplications: int
    additions: int
    functions: int
    operations: int
    seconds: float | None


class GrowingAnswer(TypedDict):
    """One network of a series: multiplications and seconds of each way to its gradient.

    ``backward_seconds`` are of the backward pass alone; ``estimated`` tells that ``numerical_seconds`` were worked out
    from the time of one forward pass.
    """

    depth: int
    width: int
    parameters: int
    edges: int
    neurons: int
    forward: int
    backward: int
    numerical: int
    forward_seconds: float
    backward_seconds: float
    numerical_seconds: float
    estimated: bool


class KnowingAnswer(TypedDict):
    """The cost of a gradient for one example: counted, and how it grows with width and with depth.

    ``backward_to_forward`` and ``numerical_to_backpropagation`` (a forward and a backward pass) are ratios of
    multiplications.
    """

    parameters: int
    edges: int
    neurons: int
    forward: CountAnswer
    backward: CountAnswer
    update: CountAnswer
    numerical: CountAnswer
    estimated: bool
    backward_to_forward: float
    numerical_to_backpropagation: float
    equations: list[EquationCount]
    by_width: list[GrowingAnswer]
    by_depth: list[GrowingAnswer]


def knowing_document(wanted: TraceRequest, limits: Limits) -> dict[str, Any]:
    """The answer to ``POST /operation-counts``; raises ``Problem`` (422) for a network beyond the limits."""
    check_network(wanted.network, limits)
    return _document(wanted.network, limits)


@lru_cache(maxsize=32)
def _document(spec: NetworkSpec, limits: Limits) -> dict[str, Any]:
    found, seconds = count_knowing(spec), _seconds(spec)
    # With one layer there is nothing inside to be made wider.
    depth, width = max(2, spec.depth), max(spec.sizes[1:-1], default=4)
    return {
        "parameters": found.parameters,
        "edges": found.edges,
        "neurons": found.neurons,
        "forward": _count(found.forward, seconds[0]),
        "backward": _count(found.backward, seconds[1]),
        "update": _count(found.update, None),
        "numerical": _count(found.numerical, seconds[2]),
        "estimated": seconds[3],
        "backward_to_forward": found.backward.multiplications / found.forward.multiplications,
        "numerical_to_backpropagation": found.numerical.multiplications
        / (found.forward.multiplications + found.backward.multiplications),
        "equations": found.equations,
        "by_width": _series(spec, [(depth, one) for one in WIDTHS], limits),
        "by_depth": _series(spec, [(one, width) for one in DEPTHS], limits),
    }


def _count(count: Count, seconds: float | None) -> CountAnswer:
    return {
        "multiplications": count.multiplications,
        "additions": count.additions,
        "functions": count.functions,
        "operations": count.operations,
        "seconds": seconds,
    }


def _series(spec: NetworkSpec, sizes: Sequence[tuple[int, int]], limits: Limits) -> list[GrowingAnswer]:
    """The networks of these depths and widths that the server takes at all."""
    found = []
    for depth, width in sizes:
        grown = resized(spec, depth, width)
        if operation_counts(grown, 1).parameters <= limits.parameters:
            found.append(_growing(depth, width, count_knowing(grown), _seconds(grown)))
    return found


def _growing(depth: int, width: int, found: KnowingCost, seconds: tuple[float, float, float, bool]) -> GrowingAnswer:
    return {
        "depth": depth,
        "width": width,
        "parameters": found.parameters,
        "edges": found.edges,
        "neurons": found.neurons,
        "forward": found.forward.multiplications,
        "backward": found.backward.multiplications,
        "numerical": found.numerical.multiplications,
        "forward_seconds": seconds[0],
        "backward_seconds": seconds[1],
        "numerical_seconds": seconds[2],
        "estimated": seconds[3],
    }


@lru_cache(maxsize=256)
def _seconds(spec: NetworkSpec) -> tuple[float, float, float, bool]:
    """Seconds of a forward pass, a backward pass and a numerical gradient; the last is whether that was estimated."""
    memory = Memory(spec, 1).load_parameters(initialise(spec, np.random.default_rng(1)))
    memory.load_inputs(np.full((1, spec.inputs), 0.5))
    program = compile(memory, update=False, asides=False)
    equations = [one for one in program.equations if not one.aside]
    forward = [call for one in equations if one.kind in FORWARD_KINDS for call in one.calls]
    backward = [call for one in equations if one.kind not in FORWARD_KINDS for call in one.calls]
    both = [_measured(calls) for calls in (forward, backward)]
    passes = 2 * operation_counts(spec, 1).parameters
    if passes > MEASURED_PASSES:
        return both[0], both[1], passes * both[0], True
    return both[0], both[1], _measured(forward, passes), False


def _measured(calls: Sequence[Any], times: int = 1) -> float:
    """Seconds of ``times`` runs of ``calls``: the median of a few measurements."""
    repeats, taken = 1, _run(calls, times)
    if taken < LEAST_SECONDS:
        repeats = int(LEAST_SECONDS / max(taken, 1e-7)) + 1
    return median(_run(calls, times * repeats) / repeats for _ in range(RUNS))


def _run(calls: Sequence[Any], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        for call in calls:
            call()
    return time.perf_counter() - start
