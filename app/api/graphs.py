"""``POST /graphs``: any expression as a graph, differentiated node by node, written down, pushed, or checked.

The expression is read by the engine's own parser and never evaluated as code.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app import tables
from app.answers import JSON, answer, encode, negotiate
from app.description import gives, takes_graph, writes
from app.graphs import curve_document, derivation, graph_document, nudge_document
from app.limits import Limits
from app.schemas import GraphCurveRequest, GraphDerivationRequest, GraphNudgeRequest, GraphRequest
from app.service import service
from app.writing import FORMATS, write_down

router = APIRouter(tags=["graphs"])


@router.post(
    "/graphs",
    summary="An expression as a graph, its gradients node by node",
    openapi_extra=takes_graph("GraphRequest"),
    responses=gives("GraphAnswer", body=True, computes=True),
)
async def graph(request: Request) -> Response:
    """Values forward, then gradients backward: every node, every local derivative and every step told.

    Statements are separated by line breaks or semicolons; the last one is the output. A number that stops being finite
    ends the steps and is named in `diverged`.
    """
    negotiate(request.headers.get("accept"))
    return Response(await service(request).answer(request, GraphRequest, _document), media_type=JSON)


@router.get("/graphs/examples", summary="Expressions to begin with", responses=gives("GraphExampleList", computes=True))
async def examples(request: Request) -> Response:
    """Ready bodies for `POST /graphs`, each with its source and the numbers that its author printed beside ours."""
    negotiate(request.headers.get("accept"))
    return answer(await service(request).lane.run(tables.expressions))


@router.post(
    "/graphs/derivations",
    summary="The steps of an expression as a document: text, table, Markdown or LaTeX",
    openapi_extra=takes_graph("GraphDerivationRequest"),
    responses=writes(FORMATS),
)
async def derivations(request: Request) -> Response:
    """The expression, and every step with its sentence, equations, numbers and notes, in the words of a textbook.

    `window` takes a part of the steps; `steps` and `step_size` are of no account.
    """
    return await write_down(request, GraphDerivationRequest, derivation, "backscope-graph")


@router.post(
    "/graphs/nudges",
    summary="A number of an expression is pushed",
    openapi_extra=takes_graph("GraphNudgeRequest", name="x"),
    responses=gives("GraphNudged", body=True, computes=True),
)
async def nudge(request: Request) -> Response:
    """What its gradient promised, what the expression really does, and the gap between the two as the push is halved.

    `name` is an input, or what a node is called; what is computed from it changes with it.
    """
    negotiate(request.headers.get("accept"))
    return Response(await service(request).answer(request, GraphNudgeRequest, _nudge), media_type=JSON)


@router.post(
    "/graphs/gradient-curves",
    summary="How the check of one gradient of an expression depends on its step",
    openapi_extra=takes_graph("GraphCurveRequest", name="x"),
    responses=gives("GraphCurve", body=True, computes=True),
)
async def gradient_curve(request: Request) -> Response:
    """The value on both sides, the central difference and its error for every h, and why the errors form a V."""
    negotiate(request.headers.get("accept"))
    return Response(await service(request).answer(request, GraphCurveRequest, _curve), media_type=JSON)


def _nudge(wanted: GraphNudgeRequest, limits: Limits) -> bytes:
    return encode(nudge_document(wanted, limits))


def _curve(wanted: GraphCurveRequest, limits: Limits) -> bytes:
    return encode(curve_document(wanted, limits))


def _document(wanted: GraphRequest, limits: Limits) -> bytes:
    return encode(graph_document(wanted, limits))
