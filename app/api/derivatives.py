"""``POST /derivatives`` and ``POST /graphs/derivatives``: the same gradient found in three ways.

The numerical and the automatic way run in the lane, the symbolic one in a process of its own.
"""

from collections.abc import Callable
from typing import TypeVar

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.answers import JSON, encode, negotiate
from app.derivatives import Asked, document, of_expression, of_network, with_symbolic
from app.description import gives, takes, takes_graph
from app.limits import Limits
from app.presence import while_there
from app.schemas import DerivativesRequest, GraphDerivativesRequest
from app.service import service

router = APIRouter(tags=["three ways"])
Wanted = TypeVar("Wanted", DerivativesRequest, GraphDerivativesRequest)


@router.post(
    "/derivatives",
    summary="The gradient of a small network in three ways",
    openapi_extra=takes("DerivativesRequest", step_size=1e-5),
    responses=gives("DerivativesAnswer", body=True, computes=True, optional=True),
)
async def of_a_network(request: Request) -> Response:
    """The network is written out as an expression, for one example; every weight and bias is differentiated by."""
    return await _answer(request, DerivativesRequest, of_network)


@router.post(
    "/graphs/derivatives",
    summary="The gradient of an expression in three ways",
    openapi_extra=takes_graph("GraphDerivativesRequest", nesting=1),
    responses=gives("DerivativesAnswer", body=True, computes=True, optional=True),
)
async def of_a_graph(request: Request) -> Response:
    """Symbolic (SymPy, an optional extra), numerical and automatic, with what each costs in operations.

    With `nesting` the expression is put into itself again and again, and `growth` counts what becomes of each way.
    """
    return await _answer(request, GraphDerivativesRequest, of_expression)


async def _answer(request: Request, shape: type[Wanted], find: Callable[[Wanted, Limits], Asked]) -> Response:
    negotiate(request.headers.get("accept"))
    here = service(request)

    def work(wanted: Wanted, limits: Limits) -> tuple[dict[str, object], Asked, bool]:
        found = find(wanted, limits)
        return document(found), found, wanted.symbolic

    told, found, symbolic = await here.answer(request, shape, work)
    if symbolic:
        told = await while_there(request, with_symbolic(told, found, here.symbolic, here.limits))
    return Response(encode(told), media_type=JSON)
