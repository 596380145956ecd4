"""``POST /gradient-checks``: every backpropagated derivative beside its central difference.

The body is that of a trace, so a doubtful trace can be sent here as it is.
"""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.answers import JSON, encode, negotiate
from app.description import gives, takes
from app.limits import Limits
from app.schemas import GradientCheckRequest
from app.service import service
from app.updates import make_check

router = APIRouter(tags=["gradient checks"])


@router.post(
    "/gradient-checks",
    summary="Backpropagated gradients against central differences",
    openapi_extra=takes("GradientCheckRequest"),
    responses=gives("GradientCheckAnswer", body=True, computes=True),
)
async def gradient_check(request: Request) -> Response:
    """Both gradients of every parameter, how far they are apart, and what each way costs in passes."""
    negotiate(request.headers.get("accept"))
    return Response(await service(request).answer(request, GradientCheckRequest, document), media_type=JSON)


def document(wanted: GradientCheckRequest, limits: Limits) -> bytes:
    """The answer to a request for a check, encoded."""
    found = make_check(wanted, limits)
    told: dict[str, Any] = {
        "step_size": found.step_size,
        "tolerance": found.tolerance,
        "largest_relative_error": found.largest_relative_error,
        "compared": found.compared,
        "passed": found.passed,
        "parameters": found.parameters,
        "passes": {
            "backpropagation": {"forward": 1, "backward": 1},
            "central_differences": {"forward": found.forward_passes, "backward": 0},
        },
        "checks": found.checks,
        "kinks": found.kinks,
        "kinks_total": found.kinks_total,
    }
    return encode(told)
