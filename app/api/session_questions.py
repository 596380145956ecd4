"""``/sessions/{id}/…``: what can be asked about a session without changing it.

Whoever may watch may ask. The next update is told like any other; it is not made.
"""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import Response

from app.answers import JSON, answer, encode, negotiate
from app.api import gradient_checks
from app.api import jacobians as jacobian_of
from app.limits import Limits
from app.ranges import Between
from app.schemas import GradientCheckRequest, InspectionRequest, JacobianRequest, NudgeRequest, PathsRequest
from app.service import service
from app.sessions import looking
from app.sessions.asking import TraceQuery, ask, request_of, told, trace_of
from app.sessions.bodies import CheckQuestion, JacobianQuestion, NudgeQuestion, NumberQuestion, PathsQuestion
from app.sessions.describing import asks, reads
from app.updates import make_inspection, make_nudge, make_paths

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


class HistoryQuery(BaseModel):
    """In how many points the costs are wanted."""

    model_config = ConfigDict(extra="forbid")

    points: Annotated[int, Between(2, Limits().history_points)] = 1000


@router.get("/sessions/{id}/history", summary="The costs so far", **reads("SessionHistory", invalid=True))
async def history(request: Request, id: str, query: Annotated[HistoryQuery, Query()]) -> Response:  # noqa: A002 - as above
    """The cost of every known update, thinned so that its extremes stay; measures taken on the way; the changes."""
    negotiate(request.headers.get("accept"))
    async with service(request).sessions.held(id) as opened:
        live = opened.live
        found = await live.compute(lambda: looking.history(live, query.points))
    return answer(found)


@router.get("/sessions/{id}/data", summary="What a session learns from", **reads("SessionExamples"))
async def data(request: Request, id: str) -> Response:  # noqa: A002 - as above
    """The examples as they are and as they are fed; of many, the first."""
    negotiate(request.headers.get("accept"))
    here = service(request)
    opened = await here.sessions.open(id)
    return Response(await here.lane.run(lambda: encode(looking.data(opened.live, here.limits))), media_type=JSON)


@router.post(
    "/sessions/{id}/gradient-check",
    summary="The gradients of the next update against central differences",
    **asks("CheckQuestion", "GradientCheckAnswer", step_size=1e-5),
)
async def gradient_check(request: Request, id: str) -> Response:  # noqa: A002 - as above
    """As `POST /gradient-checks` says it of any update."""
    negotiate(request.headers.get("accept"))
    found = await ask(request, id, CheckQuestion, GradientCheckRequest, gradient_checks.document)
    return Response(found, media_type=JSON)


@router.post(
    "/sessions/{id}/inspections",
    summary="Everything about one number of the next update",
    **asks("NumberQuestion", "Inspection", ref="weights:1:0:0"),
)
async def inspection(request: Request, id: str) -> Response:  # noqa: A002 - as above
    """As `POST /inspections` tells it of any update."""
    negotiate(request.headers.get("accept"))
    found = await ask(request, id, NumberQuestion, InspectionRequest, lambda *of: encode(make_inspection(*of)))
    return Response(found, media_type=JSON)


@router.post(
    "/sessions/{id}/paths",
    summary="The strongest paths from one number of the next update to the cost",
    **asks("PathsQuestion", "PathSum", ref="weights:1:0:0"),
)
async def paths(request: Request, id: str) -> Response:  # noqa: A002 - as above
    """As `POST /paths` finds them in any update."""
    negotiate(request.headers.get("accept"))
    found = await ask(request, id, PathsQuestion, PathsRequest, lambda *of: encode(make_paths(*of)))
    return Response(found, media_type=JSON)


@router.post(
    "/sessions/{id}/jacobians",
    summary="The derivative of one layer by another, in the next update",
    **asks("JacobianQuestion", "Jacobian", of="activation:2", by="weighted_input:1"),
)
async def jacobians(request: Request, id: str) -> Response:  # noqa: A002 - as above
    """As `POST /jacobians` computes it for any update."""
    negotiate(request.headers.get("accept"))
    found = await ask(request, id, JacobianQuestion, JacobianRequest, jacobian_of.document)
    return Response(found, media_type=JSON)


@router.post(
    "/sessions/{id}/nudges",
    summary="Push one number of the next update and see what happens to the cost",
    **asks("NudgeQuestion", "Nudged", ref="weights:1:0:0", change=0.1),
)
async def nudge(request: Request, id: str) -> Response:  # noqa: A002 - as above
    """As `POST /nudges` tells it of any update."""
    negotiate(request.headers.get("accept"))
    found = await ask(request, id, NudgeQuestion, NudgeRequest, lambda *of: encode(make_nudge(*of)))
    return Response(found, media_type=JSON)
