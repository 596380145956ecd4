"""``POST /operation-counts``: what a gradient costs by backpropagation and by finite differences.

The body is that of a trace; only its network counts.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.answers import JSON, encode, negotiate
from app.counting import knowing_document
from app.description import gives, takes
from app.limits import Limits
from app.schemas import TraceRequest
from app.service import service

router = APIRouter(tags=["three ways"])


@router.post(
    "/operation-counts",
    summary="What a gradient costs, counted and measured",
    openapi_extra=takes("TraceRequest"),
    responses=gives("KnowingAnswer", body=True, computes=True),
)
async def operation_counts(request: Request) -> Response:
    """Operations of every equation for one example, of a numerical gradient, and how both grow with width and depth.

    Counts are exact; seconds are those of this server, measured once for a network.
    """
    negotiate(request.headers.get("accept"))
    return Response(await service(request).answer(request, TraceRequest, _document), media_type=JSON)


def _document(wanted: TraceRequest, limits: Limits) -> bytes:
    return encode(knowing_document(wanted, limits))
