"""From a request to a trace and its answer: the one call behind ``POST /traces`` and the first page.

The engine computes and narrates; here its objects are only put together and given the names of the API.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from app import budget
from app.answers import network_document
from app.limits import Limits
from app.problems import Problem, refusal
from app.schemas import (
    ComparisonRequest,
    GradientCheckRequest,
    InitializationRequest,
    InspectionRequest,
    NudgeRequest,
    PanelRequest,
    PathsRequest,
    TraceRequest,
)
from app.unfinished import check_finished
from backprop_core import (
    TEXTBOOKS,
    Derivation,
    GradientCheck,
    Inspection,
    Memory,
    NudgeTold,
    OptimizerState,
    OutOfRange,
    Panel,
    Parameters,
    PathSum,
    SpecificationError,
    Step,
    Trace,
    TwoCosts,
    UnknownReference,
    check_gradient,
    compare_costs,
    derive,
    divergence,
    initialise,
    inspect,
    narrate,
    open_panel,
    plans,
    step_count,
    strongest_paths,
    tell_push,
    trace_update,
    under_costs,
)


def make_trace(request: TraceRequest, limits: Limits) -> Trace:
    """The trace asked for; raises ``Problem`` before anything large is made."""
    budget.check_trace(request, limits)
    _check_example(request)
    parameters = make_parameters(request)
    with _told():
        return trace_update(
            request.network,
            parameters,
            request.batch.inputs,
            request.batch.targets,
            learning_rate=request.learning_rate,
            freeze_biases=request.freeze_biases,
            dtype=request.precision,
            optimizer=request.optimizer,
            optimizer_state=_state(request),
        )


def _state(request: TraceRequest) -> OptimizerState | None:
    return None if request.optimizer_state is None else request.optimizer_state.read()


def make_check(request: GradientCheckRequest, limits: Limits) -> GradientCheck:
    """The gradient check asked for; raises ``Problem`` as ``make_trace`` does."""
    budget.check_gradient_check(request, limits)
    _check_example(request)
    parameters = make_parameters(request)
    with _told():
        # A check asks nothing of what an optimizer remembers, but refuses what a trace would.
        Memory(request.network, 1, optimizer=request.optimizer).load_state(_state(request))
        return check_gradient(
            request.network,
            parameters,
            request.batch.inputs,
            request.batch.targets,
            step_size=request.step_size,
            dtype=request.precision,
            listed_kinks=limits.listed_kinks,
        )


def make_panel(request: PanelRequest, limits: Limits) -> Panel:
    """The panel asked for; raises ``Problem`` as ``make_trace`` does, and for a step or a panel there is not."""
    request = request.model_copy(update={"steps": False})  # one step is told, however many there are
    budget.check_panel(request, limits)
    trace = make_trace(request, limits)
    with asked():
        return open_panel(trace, request.step, request.panel, request.textbook, request.example)


INSPECTED_PATHS = 10
"""Paths for which the search of an inspection is budgeted."""


def make_inspection(request: InspectionRequest, limits: Limits) -> Inspection:
    """Everything about one number; raises ``Problem`` as ``make_trace`` does, and for a number there is not."""
    request = request.model_copy(update={"steps": False})
    budget.check_paths(request, INSPECTED_PATHS, limits)
    trace = make_trace(request, limits)
    with asked():
        return inspect(trace, request.ref, request.textbook, request.example)


def make_paths(request: PathsRequest, limits: Limits) -> PathSum:
    """The strongest paths of one number; raises ``Problem`` as ``make_inspection`` does."""
    request = request.model_copy(update={"steps": False})
    budget.check_paths(request, request.count, limits)
    trace = make_trace(request, limits)
    check_finished(trace, request, "/ref")
    with asked():
        return strongest_paths(trace, request.ref, request.textbook, request.example, request.count)


def make_nudge(request: NudgeRequest, limits: Limits) -> NudgeTold:
    """A number pushed; raises ``Problem`` as ``make_inspection`` does, and for a number that cannot be pushed."""
    request = request.model_copy(update={"steps": False})
    # The update as it is, the push, its halves and one the other way; of a chain, which is small, two more.
    budget.check_again(request, request.halvings + 5, "/halvings", limits)
    trace = make_trace(request, limits)
    check_finished(trace, request, "/ref")
    with asked():
        return tell_push(trace, request.ref, request.change, request.textbook, request.example, request.halvings)


def make_comparison(request: ComparisonRequest, limits: Limits) -> tuple[tuple[Trace, Trace], TwoCosts]:
    """An update under two costs; raises ``Problem`` as ``make_trace`` does, and for a cost that does not fit."""
    budget.check_comparison(request, limits)
    trace = make_trace(request, limits)
    with asked():
        traces = under_costs(trace, request.costs)
    for at, one in enumerate(traces):
        check_finished(one, request, f"/costs/{at}")
    with asked():
        return traces, compare_costs(traces, request.textbook, request.example, request.output, request.updates)


@contextmanager
def asked() -> Iterator[None]:
    """Tell what cannot be asked of a trace as a problem with the field that asked."""
    try:
        yield
    except SpecificationError as error:
        raise refusal("invalid-value", f"{error.field}: {error}.", error.field) from None
    except UnknownReference as error:
        raise refusal("invalid-value", f"/ref: {error}.", "/ref") from None


def make_parameters(request: TraceRequest) -> Parameters:
    """The parameters given, or drawn as the request says; raises ``Problem`` for both, or for wrong shapes."""
    if request.parameters is not None:
        if request.initialization is not None:
            raise refusal("invalid-value", "Send parameters or initialization, not both.", "/initialization")
        with _told("/parameters"):
            return Parameters.of(request.network, request.parameters.weights, request.parameters.biases)
    drawn = _initialization(request)
    return initialise(request.network, np.random.default_rng(drawn.seed), drawn.scheme)


def _initialization(request: TraceRequest) -> InitializationRequest:
    """How the parameters of a request without any are drawn."""
    return request.initialization or InitializationRequest()


def make_steps(trace: Trace, request: TraceRequest) -> Iterator[Step]:
    """The steps of ``trace`` as the request wants them told, one at a time."""
    first, count = _window(request)
    return narrate(trace, request.granularity, request.textbook, request.example, first=first, count=count)


def make_derivation(request: TraceRequest, limits: Limits) -> Derivation:
    """The steps asked for as a document; raises ``Problem`` as ``make_trace`` does, and for too many steps."""
    budget.check_derivation(request, limits)
    trace = make_trace(request, limits)
    budget.check_told(count_told(trace, request), request, limits)
    first, count = _window(request)
    return derive(trace, request.textbook, request.granularity, request.example, first=first, count=count)


def _window(request: TraceRequest) -> tuple[int, int | None]:
    return (0, None) if request.window is None else (request.window.first, request.window.count)


def count_told(trace: Trace, request: TraceRequest) -> int:
    """How many steps ``make_steps`` will tell, without telling one."""
    every = step_count(trace, request.granularity, request.textbook, request.example)
    window = request.window
    return every if window is None else max(0, min(window.count, every - window.first))


def trace_document(trace: Trace, request: TraceRequest, limits: Limits) -> dict[str, Any]:
    """The whole answer to a trace request, as arrays and dataclasses; raises ``Problem`` for too many steps."""
    used, known = trace.memory.parameters(), {quantity.name for quantity in trace.written}
    document: dict[str, Any] = {
        "network": network_document(trace.spec),
        "parameters": {"weights": used.weights} | ({"biases": used.biases} if trace.spec.bias else {}),
        "batch": _batch(trace),
        "learning_rate": trace.learning_rate,
        "freeze_biases": trace.freeze_biases,
        "optimizer": trace.memory.optimizer,
        "precision": request.precision,
        "example": request.example,
        "textbook": request.textbook,
        "lens": _lens(request.textbook, trace),
        "granularity": request.granularity,
        "cost": trace.cost if "cost" in known else None,
        "costs": trace.costs if "cost" in known else [None] * trace.batch_size,
        "layers": [{"layer": l, **arrays} for l, arrays in enumerate(trace.layers())],
    }
    if request.steps:
        document |= _told_steps(trace, request, limits)
    state = trace.memory.state()
    if state is not None:
        document["optimizer_state"] = state
    if request.parameters is None:
        document["initialization"] = _initialization(request).model_dump()
    diverged = divergence(trace, request.granularity, request.textbook, request.example)
    if diverged is not None:
        document["diverged"] = diverged
    return document


def _told_steps(trace: Trace, request: TraceRequest, limits: Limits) -> dict[str, Any]:
    budget.check_told(count_told(trace, request), request, limits)
    lens, example = request.textbook, request.example
    return {
        "step_count": step_count(trace, request.granularity, lens, example),
        "parts": {name: plans(trace, name, lens, example) for name in ("neuron", "term")},
        "steps": list(make_steps(trace, request)),
    }


def _lens(name: str, trace: Trace) -> dict[str, Any]:
    lens = TEXTBOOKS[name]
    return {"author": lens.author, "offset": lens.offset, "stage": lens.stage(trace.spec)}


def _batch(trace: Trace) -> dict[str, Any]:
    batch = {"inputs": trace.memory["weighted_input", 0]}
    if trace.spec.has_target:
        batch["targets"] = trace.memory["target", trace.spec.depth]
    return batch


def _check_example(request: TraceRequest) -> None:
    batch = len(request.batch.inputs)
    if request.example >= batch:
        raise refusal("invalid-value", f"The batch has {batch} examples, numbered from 0.", "/example")


@contextmanager
def _told(under: str = "") -> Iterator[None]:
    """Tell what the engine finds wrong as a problem; its pointer is relative to ``under``."""
    try:
        yield
    except SpecificationError as error:
        # What is about the whole request is named from its top already.
        place = error.field if isinstance(error, OutOfRange) else under + error.field
        is_missing = error.field == "/batch/targets" and "needs a target" in str(error)
        slug = "missing-field" if is_missing else "shape-mismatch"
        if isinstance(error, OutOfRange):
            slug = "invalid-value"
        detail = f"{place}: {error}."
        raise Problem(slug, detail, [{"pointer": place, "detail": detail}]) from None
