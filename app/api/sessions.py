"""``/sessions``: networks that learn; made, read, moved either way, changed, started, paused and deleted.

A route reads the request and leaves the rest to one call; what is asked of a session is in session_questions.py.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.answers import negotiate
from app.service import service
from app.sessions.bodies import MoveRequest, Nothing, PatchRequest, StartRequest, StepsRequest
from app.sessions.creating import create
from app.sessions.creating import delete as forget
from app.sessions.describing import creates, drives, reads
from app.sessions.driving import answer, drive
from app.sessions.moves import change, move, pause, start
from app.sessions.stepping import step

router = APIRouter(tags=["sessions"])


@router.post("/sessions", summary="A new session: a network, its data and how it learns", **creates())
async def new(request: Request) -> Response:
    """Makes the session and answers its document. `id` lets change it, `watch` only look: share that one."""
    negotiate(request.headers.get("accept"))
    return await create(request)


@router.get("/sessions/{id}", summary="Where a session stands", **reads("SessionAnswer"))
async def get(request: Request, id: str) -> Response:  # noqa: A002 - the address is part of the contract
    """The document of the session; its revision is the ETag."""
    negotiate(request.headers.get("accept"))
    async with service(request).sessions.settled(id) as opened:
        return answer(opened, 200)


@router.patch("/sessions/{id}", summary="Change what comes after here", **drives("PatchRequest"))
async def patch(request: Request, id: str) -> Response:  # noqa: A002 - as above
    """Other hyper-parameters, another cost or other values of single parameters, from the next update on.

    Updates that were known after here are forgotten.
    """
    negotiate(request.headers.get("accept"))
    limits = service(request).limits
    return await drive(request, id, PatchRequest, lambda live, wanted: change(live, wanted, limits))


@router.delete("/sessions/{id}", summary="Forget a session", **drives(None, "Deleted"))
async def delete(request: Request, id: str) -> Response:  # noqa: A002 - as above
    """Nothing of it is kept."""
    negotiate(request.headers.get("accept"))
    return await forget(request, id)


@router.post("/sessions/{id}/updates", summary="Move along the run, forward or back", **drives("MoveRequest"))
async def updates(request: Request, id: str) -> Response:  # noqa: A002 - as above
    """Makes updates, or takes them back exactly: by a count, to an update, or by epochs.

    Moving back keeps what was reached, so moving forward again repeats the same numbers. Training is paused.
    """
    negotiate(request.headers.get("accept"))
    limits = service(request).limits
    return await drive(request, id, MoveRequest, lambda live, wanted: move(live, wanted, limits))


@router.post("/sessions/{id}/training", summary="Start training", **drives("StartRequest", status=202))
async def training(request: Request, id: str) -> Response:  # noqa: A002 - as above
    """Trains until it is paused, a stop rule holds, a number stops being finite, or nobody watches any more."""
    negotiate(request.headers.get("accept"))
    here = service(request)
    begun = await drive(request, id, StartRequest, lambda live, wanted: start(live, wanted, here.limits), status=202)
    here.sessions.on_start((await here.sessions.open(id)).live)
    return begun


@router.delete("/sessions/{id}/training", summary="Pause training", **drives(None))
async def pausing(request: Request, id: str) -> Response:  # noqa: A002 - as above
    """Answers where it stands then."""
    negotiate(request.headers.get("accept"))
    return await drive(request, id, Nothing, pause)


@router.post(
    "/sessions/{id}/steps", summary="Move the step cursor, forward or back", **drives("StepsRequest", "StepsAnswer")
)
async def steps(request: Request, id: str) -> Response:  # noqa: A002 - as above
    """Goes through the steps of the next update, and over updates too; `passed` has the steps gone through.

    Passing the last step of an update makes it, going back before the first takes the one before back.
    """
    negotiate(request.headers.get("accept"))
    limits = service(request).limits
    return await drive(request, id, StepsRequest, lambda live, wanted: step(live, wanted, limits))
