"""``POST /derivations``: the steps of an update as a document to keep, in the format the reader asks for.

The body is that of a trace; the Accept header chooses between text, a table, Markdown and LaTeX.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.description import takes, writes
from app.schemas import TraceRequest
from app.updates import make_derivation
from app.writing import FORMATS, write_down

router = APIRouter(tags=["derivations"])


@router.post(
    "/derivations",
    summary="The steps of an update as a document: text, table, Markdown or LaTeX",
    openapi_extra=takes("TraceRequest"),
    responses=writes(FORMATS),
)
async def derivation(request: Request) -> Response:
    """Every step with its sentence, equations, numbers and notes, in the words of a textbook.

    `window` takes a part of the steps; `steps` is of no account. The LaTeX document needs nothing but amsmath.
    """
    return await write_down(request, TraceRequest, make_derivation, "backscope")
