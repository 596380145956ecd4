"""A session live: frames over a WebSocket, acknowledged as they are shown; the same as events; one frame alone.

Who only has the name to watch sees all of it.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.websockets import WebSocket

from app.answers import EVENTS, JSON, negotiate
from app.problems import Problem
from app.service import Service, service
from app.sessions.describing import reads
from app.sessions.feed import Feed, Viewer
from app.sessions.frames import costs_after, head_of, joined, parts_of, take_sample
from app.sessions.live import Live
from app.sessions.socket import Socket
from app.sessions.wants import Wants

router = APIRouter(tags=["sessions"])
EVENT_SECONDS = 0.1
SILENCE = 15.0
"""Seconds after which an empty event says that the connection stands."""


class FrameQuery(Wants):
    """What is wanted, and the number of costs that are known already."""

    known: Annotated[int, Field(ge=0)] = 0


@router.websocket("/sessions/{id}/stream")
async def stream(socket: WebSocket, id: str) -> None:  # noqa: A002 - the address is part of the contract
    """Frames, each the newest moment with every cost since the one before.

    Send `{"want": {…}, "after": n}` first and whenever the view changes, `{"ack": frame}` when a frame was drawn and
    `{"got": frame}` when one came that is not drawn.
    """
    found: Service = socket.app.state.service
    await socket.accept()
    try:
        opened = await found.sessions.open(id)
    except Problem as problem:
        # A browser hides the answer to a handshake, so the reason comes as the reason of a close.
        await socket.close(4000 + problem.kind.status, problem.detail[:100])
        return
    await Socket(socket, found.scheduler.feed(opened.live), found.limits).serve()


@router.get("/sessions/{id}/frame", summary="One frame of a session", **reads("Frame", computes=True))
async def frame(request: Request, id: str, query: Annotated[FrameQuery, Query()]) -> Response:  # noqa: A002 - as above
    """The present moment as the stream would send it; costs from update `known` on."""
    negotiate(request.headers.get("accept"))
    async with service(request).sessions.held(id) as opened:
        live = opened.live
        await live.flush()
        body = await live.compute(lambda: _alone(live, query))
        return Response(body, headers={"ETag": f'"{live.revision}"'}, media_type=JSON)


def _alone(live: Live, query: FrameQuery) -> bytes:
    if not live.is_running:
        take_sample(live)
    samples = [one for one in live.samples if one["update"] >= query.known]
    costs = costs_after(live.run, min(query.known, live.run.reached))
    return joined({"frame": 0, **head_of(live, 0.0), "costs": costs, "samples": samples}, parts_of(live, query))


@router.get("/sessions/{id}/events", summary="The stream as events", **reads("Frame", computes=True))
async def events(request: Request, id: str, query: Annotated[FrameQuery, Query()]) -> StreamingResponse:  # noqa: A002 - as above
    """Frames as server-sent events, ten a second at most. The id of an event is the number of costs known with it.

    A client that reconnects sends it as `Last-Event-ID` and misses no cost.
    """
    negotiate(request.headers.get("accept"), (EVENTS,))
    found = service(request)
    opened = await found.sessions.open(id)
    last = request.headers.get("last-event-id", "")
    known = int(last) if last.isascii() and last.isdecimal() and len(last) < 16 else query.known
    wants = Wants(**query.model_dump(exclude={"known"}))
    feed = found.scheduler.feed(opened.live)
    return StreamingResponse(_told(feed, wants, known), media_type=EVENTS, headers={"Cache-Control": "no-store"})


async def _told(feed: Feed, wants: Wants, known: int) -> AsyncIterator[bytes]:
    viewer = feed.join(wants, known)
    try:
        yield b"retry: 1000\n\n"
        while not feed.closed.is_set():
            yield await _event(feed, viewer)
            await asyncio.sleep(EVENT_SECONDS)
    finally:
        feed.leave(viewer)


async def _event(feed: Feed, viewer: Viewer) -> bytes:
    closed = asyncio.ensure_future(feed.closed.wait())
    coming = asyncio.ensure_future(viewer.slot.get())
    try:
        await asyncio.wait({closed, coming}, timeout=SILENCE, return_when=asyncio.FIRST_COMPLETED)
        if not coming.done():
            return b": still here\n\n"
        message, sent = coming.result()
        viewer.show(viewer.frame)
        return b"id: %d\ndata: %s\n\n" % (sent, message)
    finally:
        closed.cancel()
        coming.cancel()
