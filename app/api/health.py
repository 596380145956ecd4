"""``GET /healthz``: whether the server is there, for whatever started it.

It touches nothing else, so it answers while everything else is busy.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app import __version__
from app.answers import answer, negotiate
from app.description import gives

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Whether the server is there", responses=gives("Health"))
async def health(request: Request) -> Response:
    """The name and version of the server."""
    negotiate(request.headers.get("accept"))
    return answer({"status": "ok", "name": "backscope", "version": __version__})
