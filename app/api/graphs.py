"""``POST /graphs``: any expression as a graph, differentiated node by node; ``GET /graphs/examples`` has some.

The expression is read by the engine's own parser and never evaluated as code.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app import tables
from app.answers import JSON, answer, encode, negotiate
from app.description import gives, takes_graph
from app.graphs import graph_document
from app.limits import Limits
from app.schemas import GraphRequest
from app.service import service

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


def _document(wanted: GraphRequest, limits: Limits) -> bytes:
    return encode(graph_document(wanted, limits))
