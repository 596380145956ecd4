"""``POST /panels``: what can be asked further at a step, such as where its equation comes from or why it is slow.

The body is that of a trace with the step and the panel beside it; steps only name their panels.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.answers import JSON, encode, negotiate
from app.description import gives, takes
from app.limits import Limits
from app.schemas import PanelRequest
from app.service import service
from app.updates import make_panel

router = APIRouter(tags=["panels"])


@router.post(
    "/panels",
    summary="One panel of one step, in the words of a textbook",
    openapi_extra=takes("PanelRequest", step=7, panel="notation"),
    responses=gives("Panel", body=True, computes=True),
)
async def panel(request: Request) -> Response:
    """Sentences, equations, tables and matrices of one panel.

    A step of `POST /traces` names its `panels`; `step` is its index at granularity equation.
    """
    negotiate(request.headers.get("accept"))
    return Response(await service(request).answer(request, PanelRequest, _document), media_type=JSON)


def _document(wanted: PanelRequest, limits: Limits) -> bytes:
    return encode(make_panel(wanted, limits))
