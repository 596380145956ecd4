"""``POST /gradient-curves``: one derivative beside its central difference at every step h from 1e-1 to 1e-12.

The body is that of a trace with the reference of the derivative; all of it runs in the trace's ``precision``.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app import budget
from app.answers import JSON, encode, negotiate
from app.description import gives, takes
from app.limits import Limits
from app.schemas import GradientCurveRequest
from app.service import service
from app.unfinished import check_finished
from app.updates import asked, make_trace
from backprop_core import tell_curve

router = APIRouter(tags=["gradient checks"])


@router.post(
    "/gradient-curves",
    summary="How one gradient check depends on its step",
    openapi_extra=takes("GradientCurveRequest", ref="weight_gradient:1:0:0"),
    responses=gives("GradientCurve", body=True, computes=True),
)
async def gradient_curve(request: Request) -> Response:
    """C on both sides, the central difference and its error for every h, and why the errors form a V."""
    negotiate(request.headers.get("accept"))
    return Response(await service(request).answer(request, GradientCurveRequest, _curve), media_type=JSON)


def _curve(wanted: GradientCurveRequest, limits: Limits) -> bytes:
    request = wanted.model_copy(update={"steps": False})
    budget.check_curve(request, limits)
    trace = make_trace(request, limits)
    check_finished(trace, request, "/ref")
    with asked():
        return encode(tell_curve(trace, request.ref, request.textbook, request.example))
