"""``/mistakes``: the classic ones by name, an update with one of them beside the right update, detectives, an exercise.

The body is that of a trace with the name of the mistake, or the seed of an exercise, beside it.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.answers import JSON, answer, encode, negotiate
from app.description import gives, takes
from app.limits import Limits
from app.schemas import ExerciseRequest, MistakeCheckRequest, MistakeRequest, TraceRequest
from app.service import service
from app.wrong_turns import exercise_document, make_wrong_check, make_wrong_turn, mistake_rooms
from backprop_core import MISTAKES

router = APIRouter(tags=["inspections"])


@router.get("/mistakes", summary="Classic mistakes", responses=gives("MistakeList"))
async def mistakes(request: Request) -> Response:
    """What each does, what it needs to be made, which equation is wrong first, and who made it in print."""
    negotiate(request.headers.get("accept"))
    names = ("name", "title", "words", "first", "needs", "source", "update", "caught")
    return answer([{name: getattr(one, name) for name in names} for one in MISTAKES.values()])


@router.post(
    "/mistakes",
    summary="An update with a classic mistake beside the right one",
    openapi_extra=takes("MistakeRequest", mistake="stale_weights", updates=10),
    responses=gives("WrongTurn", body=True, computes=True),
)
async def mistake(request: Request) -> Response:
    """Which equations are changed, moved and wrong, which numbers differ, and the costs of further updates of both."""
    negotiate(request.headers.get("accept"))
    return Response(await service(request).answer(request, MistakeRequest, _mistake), media_type=JSON)


@router.post(
    "/mistakes/rooms",
    summary="Which classic mistakes this update has room for",
    openapi_extra=takes("TraceRequest"),
    responses=gives("MistakeRooms", body=True, computes=True),
)
async def rooms(request: Request) -> Response:
    """Every classic mistake with what it needs, and whether this network, batch and learning rate have it."""
    negotiate(request.headers.get("accept"))
    return Response(await service(request).answer(request, TraceRequest, _rooms), media_type=JSON)


@router.post(
    "/mistakes/checks",
    summary="What finds a classic mistake",
    openapi_extra=takes("MistakeCheckRequest", mistake="slope_forgotten"),
    responses=gives("WrongCheck", body=True, computes=True),
)
async def check(request: Request) -> Response:
    """The gradient check of the wrong program, and what one small step of it does to the cost."""
    negotiate(request.headers.get("accept"))
    return Response(await service(request).answer(request, MistakeCheckRequest, _check), media_type=JSON)


@router.post(
    "/mistakes/exercises",
    summary="Something is wrong in this network: find the step",
    openapi_extra=takes("ExerciseRequest", seed=7),
    responses=gives("ExerciseAnswer", body=True, computes=True),
)
async def exercise(request: Request) -> Response:
    """The steps with the numbers of a wrong program, hints, and the verdict on the step pointed at."""
    negotiate(request.headers.get("accept"))
    return Response(await service(request).answer(request, ExerciseRequest, _exercise), media_type=JSON)


def _mistake(wanted: MistakeRequest, limits: Limits) -> bytes:
    return encode(make_wrong_turn(wanted, limits))


def _rooms(wanted: TraceRequest, limits: Limits) -> bytes:
    return encode(mistake_rooms(wanted, limits))


def _check(wanted: MistakeCheckRequest, limits: Limits) -> bytes:
    return encode(make_wrong_check(wanted, limits))


def _exercise(wanted: ExerciseRequest, limits: Limits) -> bytes:
    return encode(exercise_document(wanted, limits))
