"""A derivation as an answer: the document that the Accept header asks for, under a name to keep it by."""

from collections.abc import Callable
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from app.answers import negotiate
from app.limits import Limits
from app.schemas import GraphDerivationRequest, TraceRequest
from app.service import service
from backprop_core import WRITERS, Derivation

Told = TypeVar("Told", TraceRequest, GraphDerivationRequest)

FORMATS = {one.media_type: one.words for one in WRITERS.values()}
"""Media type → what the format is called."""


async def write_down(
    request: Request, shape: type[Told], derive: Callable[[Told, Limits], Derivation], name: str
) -> Response:
    """What ``derive`` makes of the body; the file is called ``name`` with the textbook behind it."""
    writer = WRITERS[negotiate(request.headers.get("accept"), tuple(WRITERS))]

    def work(wanted: Told, limits: Limits) -> tuple[bytes, str]:
        return writer.write(derive(wanted, limits)).encode(), f"{name}-{wanted.textbook}.{writer.ending}"

    content, file = await service(request).answer(request, shape, work)
    headers = {"content-disposition": f'inline; filename="{file}"'}
    return Response(content, media_type=f"{writer.media_type}; charset=utf-8", headers=headers)
