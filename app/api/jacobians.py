"""``POST /jacobians``: how every number of one layer changes with every number of another.

The body is that of a trace with the names of the two arrays beside it.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app import budget
from app.answers import JSON, encode, negotiate
from app.description import gives, takes
from app.limits import Limits
from app.schemas import JacobianRequest
from app.service import service
from app.unfinished import check_finished
from app.updates import asked, make_trace
from backprop_core import jacobian, jacobian_shape

router = APIRouter(tags=["inspections"])


@router.post(
    "/jacobians",
    summary="The derivative of one layer by another",
    openapi_extra=takes("JacobianRequest", of="activation:2", by="weighted_input:1"),
    responses=gives("Jacobian", body=True, computes=True),
)
async def jacobians(request: Request) -> Response:
    """A row for every number of the one, a column for every number of the other; by weights, a matrix in every row."""
    negotiate(request.headers.get("accept"))
    return Response(await service(request).answer(request, JacobianRequest, document), media_type=JSON)


def document(wanted: JacobianRequest, limits: Limits) -> bytes:
    """The answer to a request for a Jacobian, encoded."""
    wanted = wanted.model_copy(update={"steps": False})
    trace = make_trace(wanted, limits)
    check_finished(trace, wanted, "/of")
    with asked():
        budget.check_jacobian(wanted, jacobian_shape(trace.spec, wanted.of, wanted.by), limits)
        return encode(jacobian(trace, wanted.of, wanted.by, wanted.example))
