"""The OpenAPI description: what each route takes and gives, every status it can answer with included.

Routes name their shapes; the schemas come from the request models, the payloads and the engine's own
dataclasses, so nothing is written down twice.
"""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from app import __version__
from app.limits import Limits
from app.payloads import SHAPES
from app.problems import KINDS, MEDIA_TYPE
from app.schemas import (
    ComparisonRequest,
    DerivativesRequest,
    ExerciseRequest,
    GradientCheckRequest,
    GradientCurveRequest,
    GraphCurveRequest,
    GraphDerivationRequest,
    GraphDerivativesRequest,
    GraphNudgeRequest,
    GraphRequest,
    InspectionRequest,
    JacobianRequest,
    MistakeCheckRequest,
    MistakeRequest,
    NudgeRequest,
    PanelRequest,
    PathsRequest,
    TraceRequest,
)
from app.sessions import payloads as sessions
from backprop_core import ACTIVATIONS, COSTS, graph_examples, load_example

Responses = dict[int | str, dict[str, Any]]
Schema = dict[str, Any]

REQUESTS: dict[str, Any] = {
    "TraceRequest": TraceRequest,
    "GradientCheckRequest": GradientCheckRequest,
    "GradientCurveRequest": GradientCurveRequest,
    "PanelRequest": PanelRequest,
    "InspectionRequest": InspectionRequest,
    "PathsRequest": PathsRequest,
    "JacobianRequest": JacobianRequest,
    "NudgeRequest": NudgeRequest,
    "MistakeRequest": MistakeRequest,
    "MistakeCheckRequest": MistakeCheckRequest,
    "ExerciseRequest": ExerciseRequest,
    "ComparisonRequest": ComparisonRequest,
    "DerivativesRequest": DerivativesRequest,
    "GraphDerivativesRequest": GraphDerivativesRequest,
    "GraphRequest": GraphRequest,
    "GraphDerivationRequest": GraphDerivationRequest,
    "GraphNudgeRequest": GraphNudgeRequest,
    "GraphCurveRequest": GraphCurveRequest,
    **sessions.REQUESTS,
}
ANY_REQUEST = (400, 406, 431, 500)
WITH_BODY = (403, 408, 413, 415, 422)
ABOUT = """Step through a real neural network, forward and backward, with every number.

Arrays are nested lists, a batch is one row an example, and layer 0 is the input. Unknown fields, NaN and
infinity are refused; every refusal is a problem document (RFC 9457) whose `type` is one of a fixed list."""


def takes(name: str, **more: Any) -> Schema:
    """The request body of an operation, by the name of its shape; ``more`` stands in its example beside a trace's."""
    content = {"schema": ref(name), "example": dict(load_example("mazur").request) | more}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}


def takes_graph(shape: str, **more: Any) -> Schema:
    """The request body of an operation on an expression; ``more`` stands in its example beside an expression's."""
    content = {"schema": ref(shape), "example": dict(graph_examples()[0].request) | more}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}


def takes_table(example: str) -> Schema:
    """The request body of an operation that reads a table."""
    words = "A table (CSV), in UTF-8: a row is an example, a column an input or the answer."
    schema = {"type": "string", "description": words}
    return {"requestBody": {"required": True, "content": {"text/csv": {"schema": schema, "example": example}}}}


def gives(
    name: str,
    *streams: str,
    body: bool = False,
    computes: bool = False,
    missing: bool = False,
    invalid: bool = False,
    optional: bool = False,
) -> Responses:
    """The answers of an operation: its shape, the media types of its streams, and every problem it can meet."""
    statuses = [*ANY_REQUEST]
    statuses += WITH_BODY if body else ()
    statuses += [status for status, can in ((501, optional), (503, computes), (404, missing), (422, invalid)) if can]
    content: Schema = {"application/json": {"schema": ref(name)}}
    for media_type in streams:
        content[media_type] = {"schema": {"type": "string", "description": "Steps, one after the other."}}
    return answers(content, statuses, body=body)


def writes(formats: dict[str, str]) -> Responses:
    """The answers of an operation that computes a document: its media types and what each is called."""
    content: Schema = {name: {"schema": {"type": "string", "description": words}} for name, words in formats.items()}
    return answers(content, [*ANY_REQUEST, *WITH_BODY, 503], body=True)


def answers(content: Schema, statuses: list[int], *, body: bool, status: int = 200) -> Responses:
    """The answers of an operation that has ``content`` where all is well, and otherwise one of ``statuses``."""
    found: Responses = {status: {"description": "The answer.", "content": content}}
    for wrong in sorted(set(statuses)):
        kinds = [kind for kind in KINDS.values() if kind.status == wrong and (body or kind.slug != "malformed-json")]
        words = " ".join(f"`{kind.slug}`: {kind.title}." for kind in kinds)
        found[wrong] = {"description": words, "content": {MEDIA_TYPE: {"schema": ref("Problem")}}}
    return found


def describe(app: FastAPI, limits: Limits) -> Schema:
    """The whole description of ``app``."""
    found = get_openapi(
        title="Backscope",
        version=__version__,
        summary="Backpropagation, step by step, as a service.",
        description=ABOUT,
        routes=app.routes,
    )
    for path in found["paths"].values():
        for operation in path.values():
            known = operation["responses"]
            # FastAPI adds its own shape of a validation error; ours is a problem document.
            if "HTTPValidationError" in str(known.get("422")):
                del known["422"]
    found["components"] = {"schemas": _schemas(limits)}
    return found


def _schemas(limits: Limits) -> Schema:
    wanted: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = [
        *((name, "validation", TypeAdapter(shape)) for name, shape in REQUESTS.items()),
        *((name, "serialization", TypeAdapter(shape)) for name, shape in (SHAPES | sessions.SHAPES).items()),
    ]
    found, shared = TypeAdapter.json_schemas(wanted, ref_template="#/components/schemas/{model}")
    schemas: Schema = dict(shared.get("$defs", {}))
    for (name, _), schema in found.items():
        if schema != ref(name):
            schemas[name] = schema
    _narrow(schemas, limits)
    return dict(sorted(schemas.items()))


def _narrow(schemas: Schema, limits: Limits) -> None:
    """Say in the schema what the engine checks in code: names and sizes."""
    elementwise = [name for name, one in ACTIVATIONS.items() if not one.output_only]
    layer, network = schemas["LayerSpec"]["properties"], schemas["NetworkSpec"]["properties"]
    layer["activation"]["enum"] = list(ACTIVATIONS)
    layer["size"] |= {"minimum": 1, "maximum": limits.width}
    network["inputs"] |= {"minimum": 1, "maximum": limits.width}
    network["layers"] |= {"minItems": 1, "maxItems": limits.layers}
    network["input_activation"]["enum"] = elementwise
    network["cost"]["enum"] = list(COSTS)
    network["relu_slope_at_zero"] |= {"minimum": 0, "maximum": 1}
    schemas["Batch"]["properties"]["inputs"]["maxItems"] = limits.batch
    # JSON has no NaN and no ∞: where a step tells a number that is not finite, null stands in its place.
    number = schemas["Number"]["properties"]["value"]
    number["anyOf"] = [{"type": number.pop("type")}, {"type": "null"}]


def ref(name: str) -> Schema:
    """A schema by its name."""
    return {"$ref": f"#/components/schemas/{name}"}
