"""``POST /inspections`` and ``POST /paths``: everything about one number, and its derivative as a sum over paths.

The body is that of a trace with the reference of the number beside it.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.answers import JSON, encode, negotiate
from app.description import gives, takes
from app.limits import Limits
from app.schemas import InspectionRequest, PathsRequest
from app.service import service
from app.updates import make_inspection, make_paths

router = APIRouter(tags=["inspections"])


@router.post(
    "/inspections",
    summary="Everything about one number, in the words of a textbook",
    openapi_extra=takes("InspectionRequest", ref="weights:1:0:0"),
    responses=gives("Inspection", body=True, computes=True),
)
async def inspection(request: Request) -> Response:
    """Its derivative as a product and as a sum over paths, why it learns slowly, where it comes from and goes."""
    negotiate(request.headers.get("accept"))
    return Response(await service(request).answer(request, InspectionRequest, _inspection), media_type=JSON)


@router.post(
    "/paths",
    summary="The strongest paths from one number to the cost",
    openapi_extra=takes("PathsRequest", ref="weights:1:0:0", count=10),
    responses=gives("PathSum", body=True, computes=True),
)
async def paths(request: Request) -> Response:
    """How many there are, the strongest with their factors, the remainder, and the sum, which is the gradient."""
    negotiate(request.headers.get("accept"))
    return Response(await service(request).answer(request, PathsRequest, _paths), media_type=JSON)


def _inspection(wanted: InspectionRequest, limits: Limits) -> bytes:
    return encode(make_inspection(wanted, limits))


def _paths(wanted: PathsRequest, limits: Limits) -> bytes:
    return encode(make_paths(wanted, limits))
