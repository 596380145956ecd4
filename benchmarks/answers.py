"""What telling costs: a whole trace over the training program, and an answer of the API from numbers to bytes.

Both are processor time, measured in turns like everything else here.
"""

import json
from collections.abc import Callable
from functools import partial

import numpy as np

from app.answers import encode
from app.limits import Limits
from app.schemas import TraceRequest
from app.updates import make_steps, make_trace, trace_document
from backprop_core import Program, compile, load_example, operation_counts
from backprop_core.backprop import quiet
from benchmarks.measuring import Contestant, race
from benchmarks.requests import request_of
from benchmarks.tables import number, table
from benchmarks.workloads import WORKLOADS, Workload

LARGEST_TRACE = 20_000_000
"""Numbers. The gradients of single examples outgrow every trace that would be shown."""


def _repeat(program: Program) -> Contestant:
    calls = program.calls

    def run(count: int) -> None:
        with quiet():
            for _ in range(count):
                for call in calls:
                    call()

    return Contestant(run)


def _shares(workload: Workload, rounds: int) -> list[str]:
    plain = compile(workload.memory(), asides=False)
    contestants = {"training": _repeat(plain.for_training()), "all": _repeat(plain)}
    fits = operation_counts(workload.spec, workload.batch_size).trace_numbers <= LARGEST_TRACE
    if fits:
        contestants["trace"] = _repeat(compile(workload.memory()))
    found = race(contestants, rounds)
    trace = f"{found.ratio('trace', 'training'):.2f}" if fits else "–"
    return [workload.words, number(found.time("training")), f"{found.ratio('all', 'training'):.2f}", trace]


def report_traces(names: set[str], rounds: int) -> None:
    """Print how much longer a program takes that writes more than training reads."""
    print("\nA trace over the training program (ratios of processor time)\n")
    head = ("", "training, µs", "with cost and ∂C/∂a₀", "with each example's ∂C/∂w")
    print(table(head, [_shares(workload, rounds) for workload in WORKLOADS if workload.name in names]))


def _answer(title: str, body: dict[str, object], rounds: int) -> list[str]:
    request = TraceRequest.model_validate_json(json.dumps(body))
    limits = Limits()
    trace = make_trace(request, limits)
    document = trace_document(trace, request, Limits())
    encoded = encode(document)
    plain = json.loads(encoded)

    def times(call: Callable[[], object], count: int) -> None:
        for _ in range(count):
            call()

    calls: dict[str, Callable[[], object]] = {
        "compute": partial(make_trace, request, limits),
        "narrate": lambda: list(make_steps(trace, request)),
        "encode": partial(encode, document),
        "json": partial(json.dumps, plain),
    }
    found = race({name: Contestant(partial(times, call)) for name, call in calls.items()}, rounds)
    columns = [number(found.time(name) / 1000.0) for name in ("compute", "narrate", "encode")]
    steps = len(document["steps"])
    return [title, str(steps), *columns, f"{len(encoded) / 1000:,.0f}", f"{found.ratio('json', 'encode'):.0f}"]


def report_answers(rounds: int) -> None:
    """Print what one ``POST /traces`` costs the server, part by part."""
    rng = np.random.default_rng(3)
    requests = {
        "Mazur 2-2-2": dict(load_example("mazur").request),
        "8-16-8-2": request_of(rng, (8, 16, 8, 2), 1),
        "20-20-20-10, 4 examples": request_of(rng, (20, 20, 20, 10), 4),
    }
    print("\nAn answer of POST /traces (milliseconds of processor time)\n")
    head = ("", "steps", "compute", "narrate", "encode", "kB", "json.dumps / encode")
    print(table(head, [_answer(title, body, rounds) for title, body in requests.items()]))
