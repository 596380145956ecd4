"""``POST /comparisons``: one update under two costs, beside one another.

The body is that of a trace; the cost of its network gives way to the two that are named beside it.
"""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.answers import JSON, encode, negotiate
from app.description import gives, takes
from app.limits import Limits
from app.schemas import ComparisonRequest
from app.service import service
from app.updates import make_comparison, trace_document

router = APIRouter(tags=["inspections"])


@router.post(
    "/comparisons",
    summary="One update under two costs",
    openapi_extra=takes("ComparisonRequest", costs=["quadratic", "binary_cross_entropy"], updates=10),
    responses=gives("Comparison", body=True, computes=True),
)
async def compare(request: Request) -> Response:
    """Both traces, the error of an output factor by factor under either cost, and what each does to learning."""
    negotiate(request.headers.get("accept"))
    return Response(await service(request).answer(request, ComparisonRequest, _comparison), media_type=JSON)


def _comparison(wanted: ComparisonRequest, limits: Limits) -> bytes:
    traces, found = make_comparison(wanted, limits)
    documents = [trace_document(trace, wanted, limits) for trace in traces]
    answer: dict[str, Any] = {"output": found.output, "sentence": found.sentence, "numbers": found.numbers}
    return encode(answer | {"sides": found.sides, "traces": documents})
