"""``POST /derivations``: the steps of an update as a document to keep, in the format the reader asks for.

The body is that of a trace; the Accept header chooses between text, a table, Markdown and LaTeX.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.answers import negotiate
from app.description import takes, writes
from app.limits import Limits
from app.schemas import TraceRequest
from app.service import service
from app.updates import make_derivation
from backprop_core import WRITERS

router = APIRouter(tags=["derivations"])


@router.post(
    "/derivations",
    summary="The steps of an update as a document: text, table, Markdown or LaTeX",
    openapi_extra=takes("TraceRequest"),
    responses=writes({one.media_type: one.words for one in WRITERS.values()}),
)
async def derivation(request: Request) -> Response:
    """Every step with its sentence, equations, numbers and notes, in the words of a textbook.

    `window` takes a part of the steps; `steps` is of no account. The LaTeX document needs nothing but amsmath.
    """
    writer = WRITERS[negotiate(request.headers.get("accept"), tuple(WRITERS))]

    def work(wanted: TraceRequest, limits: Limits) -> tuple[bytes, str]:
        return writer.write(make_derivation(wanted, limits)).encode(), f"backscope-{wanted.textbook}.{writer.ending}"

    content, name = await service(request).answer(request, TraceRequest, work)
    headers = {"content-disposition": f'inline; filename="{name}"'}
    return Response(content, media_type=f"{writer.media_type}; charset=utf-8", headers=headers)
