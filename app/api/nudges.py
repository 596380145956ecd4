"""``POST /nudges``: one number pushed, what its derivative promised and what happened to C.

The body is that of a trace with the reference of the number and the push beside it.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.answers import JSON, encode, negotiate
from app.description import gives, takes
from app.limits import Limits
from app.schemas import NudgeRequest
from app.service import service
from app.updates import make_nudge

router = APIRouter(tags=["inspections"])


@router.post(
    "/nudges",
    summary="Push one number and see what happens to the cost",
    openapi_extra=takes("NudgeRequest", ref="weighted_input:1:0", change=0.1),
    responses=gives("Nudged", body=True, computes=True),
)
async def nudge(request: Request) -> Response:
    """The change promised by the derivative beside the real one, for the push and for its halves, and what it moved."""
    negotiate(request.headers.get("accept"))
    return Response(await service(request).answer(request, NudgeRequest, _nudge), media_type=JSON)


def _nudge(wanted: NudgeRequest, limits: Limits) -> bytes:
    return encode(make_nudge(wanted, limits))
