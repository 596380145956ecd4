"""The budget: what a request would cost, in whole numbers of Python, before anything is made for it.

Every refusal names the limit it met, so a person can ask for less or run a server with more.
"""

from math import prod

from app.limits import Limits
from app.problems import LimitMet, Problem
from app.schemas import ComparisonRequest, JacobianRequest, PanelRequest, TraceRequest
from backprop_core import STEP_SIZES, NetworkSpec, OperationCounts, operation_counts


def check_network(spec: NetworkSpec, limits: Limits) -> None:
    """Raise ``Problem`` (422 network-too-large) for a network beyond the limits."""
    if spec.depth > limits.layers:
        raise over(limits, "network-too-large", "layers", spec.depth, "/network/layers")
    for index, size in enumerate(spec.sizes):
        if size > limits.width:
            place = "/network/inputs" if index == 0 else f"/network/layers/{index - 1}/size"
            raise over(limits, "network-too-large", "width", size, place)
    parameters = operation_counts(spec, 1).parameters
    if parameters > limits.parameters:
        raise over(limits, "network-too-large", "parameters", parameters, "/network")


def check_trace(request: TraceRequest, limits: Limits, pointer: str = "/steps") -> None:
    """Raise ``Problem`` (422) for an update that is too much to compute or to answer with."""
    counts = _counts(request, limits)
    # An activation is computed once and so is its slope.
    products = counts.forward_products + counts.backward_products + 2 * counts.activation_work
    if products > limits.multiplications:
        raise over(limits, "work-too-large", "multiplications", products, "/batch/inputs")
    if counts.trace_numbers > limits.trace_numbers:
        raise over(limits, "answer-too-large", "trace_numbers", counts.trace_numbers, "/batch/inputs")
    if request.steps and counts.trace_numbers > limits.narrated_numbers:
        raise over(limits, "answer-too-large", "narrated_numbers", counts.trace_numbers, pointer)


def check_derivation(request: TraceRequest, limits: Limits) -> None:
    """Raise ``Problem`` (422) for an update too large to be told, which a derivation is whatever ``steps`` says."""
    check_trace(request.model_copy(update={"steps": True}), limits, "/batch")


def check_told(steps: int, request: TraceRequest, limits: Limits) -> None:
    """Raise ``Problem`` (422) for more steps than one answer tells; a stream is not asked."""
    if steps > limits.told_steps:
        raise over(limits, "answer-too-large", "told_steps", steps, "/window" if request.window else "/granularity")


def check_gradient_check(request: TraceRequest, limits: Limits) -> None:
    """Raise ``Problem`` (422) for a check with too many forward passes."""
    counts = _counts(request, limits)
    if counts.parameters > limits.check_parameters:
        raise over(limits, "work-too-large", "check_parameters", counts.parameters, "/network")
    products = 2 * counts.parameters * (counts.forward_products + counts.activation_work)
    if products > limits.check_multiplications:
        raise over(limits, "work-too-large", "check_multiplications", products, "/batch/inputs")


def check_curve(request: TraceRequest, limits: Limits) -> None:
    """Raise ``Problem`` (422) for an update whose forward pass is too much to be made twice for every step h."""
    check_trace(request, limits)
    counts = _counts(request, limits)
    products = 2 * len(STEP_SIZES) * (counts.forward_products + counts.activation_work)
    if products > limits.check_multiplications:
        raise over(limits, "work-too-large", "check_multiplications", products, "/batch/inputs")


def check_panel(request: PanelRequest, limits: Limits) -> None:
    """Raise ``Problem`` (422) for a panel whose trace, or whose further passes, are too much."""
    check_trace(request, limits)
    if request.panel == "gradient_check":
        check_gradient_check(request, limits)


def check_again(request: TraceRequest, times: int, pointer: str, limits: Limits) -> None:
    """Raise ``Problem`` (422) for an update that is too much to be computed ``times`` over."""
    check_trace(request, limits)
    counts = _counts(request, limits)
    products = times * (counts.forward_products + counts.backward_products + 2 * counts.activation_work)
    if products > limits.multiplications:
        raise over(limits, "work-too-large", "multiplications", products, pointer)


def check_comparison(request: ComparisonRequest, limits: Limits) -> None:
    """Raise ``Problem`` (422) for two updates that are too much to be told, or to be made again and again."""
    check_again(request, 2 * (request.updates + 2), "/updates", limits)
    numbers = 2 * _counts(request, limits).trace_numbers
    if request.steps and numbers > limits.narrated_numbers:
        raise over(limits, "answer-too-large", "narrated_numbers", numbers, "/steps")


def check_jacobian(request: JacobianRequest, shape: tuple[int, ...], limits: Limits) -> None:
    """Raise ``Problem`` (422) for a Jacobian of ``shape`` that is too much to carry forward, or to answer."""
    check_trace(request, limits)
    products = _counts(request, limits).edges * shape[1]
    if products > limits.multiplications:
        raise over(limits, "work-too-large", "multiplications", products, "/by")
    if prod(shape) > limits.narrated_numbers:
        raise over(limits, "answer-too-large", "narrated_numbers", prod(shape), "/of")


def check_paths(request: TraceRequest, count: int, limits: Limits) -> None:
    """Raise ``Problem`` (422) for a number whose trace, or whose search for ``count`` paths, is too much."""
    check_trace(request, limits)
    if count > limits.told_paths:
        raise over(limits, "answer-too-large", "told_paths", count, "/count")
    products = _counts(request, limits).edges * count
    if products > limits.path_products:
        raise over(limits, "work-too-large", "path_products", products, "/count")


def _counts(request: TraceRequest, limits: Limits) -> OperationCounts:
    check_network(request.network, limits)
    batch = len(request.batch.inputs)
    if batch > limits.batch:
        raise over(limits, "batch-too-large", "batch", batch, "/batch/inputs")
    return operation_counts(request.network, batch, request.optimizer)


_HINTS = {
    "/updates": " Ask for fewer updates.",
    "/halvings": " Ask for fewer halvings.",
    "/steps": " Ask with “steps”: false, or for a smaller batch.",
    "/of": " Ask of a layer of fewer neurons, or by one with fewer numbers.",
    "/batch": " Ask for a smaller batch, or of a smaller network.",
    "told_steps": " Ask for a “window” of them, or for a stream: application/x-ndjson.",
}


def over(limits: Limits, slug: str, name: str, given: int, pointer: str) -> Problem:
    """The problem of ``given`` at ``pointer`` being more than the limit ``name``."""
    most: int = getattr(limits, name)
    words = next(one["words"] for one in limits.listed() if one["name"] == name)
    hint = _HINTS.get(name) or _HINTS.get(pointer, "")
    limit = LimitMet(name=name, value=most)
    if given <= limits.seed:  # a longer number could not be read by every JSON reader, nor by a person
        limit["given"] = given
    asked = f"{given}" if "given" in limit else "A number of more than 15 digits"
    detail = f"{asked} is over {most}, the limit {name} of this server ({words}).{hint}"
    return Problem(slug, detail, [{"pointer": pointer, "detail": detail}], limit=limit)
