"""``/mistakes``: the classic ones by name, and an update with one of them beside the right update.

The body is that of a trace with the name of the mistake beside it.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.answers import JSON, answer, encode, negotiate
from app.description import gives, takes
from app.limits import Limits
from app.schemas import MistakeRequest
from app.service import service
from app.updates import make_wrong_turn
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


def _mistake(wanted: MistakeRequest, limits: Limits) -> bytes:
    return encode(make_wrong_turn(wanted, limits))
