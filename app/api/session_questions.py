"""``/sessions/{id}/…``: what can be asked about a session without changing it.

Whoever may watch may ask. The next update is told like any other; it is not made.
"""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from app.answers import JSON, negotiate
from app.sessions.asking import TraceQuery, request_of, told, trace_of
from app.sessions.describing import reads

router = APIRouter(tags=["sessions"])


@router.get("/sessions/{id}/trace", summary="The next update, told, not made", **reads("SessionTrace", computes=True))
async def trace(request: Request, id: str, query: Annotated[TraceQuery, Query()]) -> Response:  # noqa: A002 - the address is part of the contract
    """The trace of the next update with every step; `session` says which update it is, and of which rows."""
    negotiate(request.headers.get("accept"))
    return Response(await told(request, id, trace_of(query)), media_type=JSON)


@router.get("/sessions/{id}/request", summary="The next update as a request", **reads("TraceRequest", computes=True))
async def as_request(request: Request, id: str) -> Response:  # noqa: A002 - as above
    """A body for `POST /traces`: it gives the same trace, to the last bit, without the session."""
    negotiate(request.headers.get("accept"))
    return Response(await told(request, id, request_of), media_type=JSON)
