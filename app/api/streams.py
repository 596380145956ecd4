"""A session live: frames over a WebSocket, acknowledged as they are shown; the same as events; one frame alone.

Who only has the name to watch sees all of it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from app.answers import EVENTS, JSON, negotiate
from app.problems import Problem
from app.ranges import Between
from app.service import Service, service
from app.sessions.album import Album
from app.sessions.describing import reads
from app.sessions.feed import Feed, Viewer
from app.sessions.frames import Moment, take_sample
from app.sessions.frames import frame as numbered
from app.sessions.live import Live
from app.sessions.socket import AGAIN_LATER, Socket
from app.sessions.wants import Wants

router = APIRouter(tags=["sessions"])
EVENT_SECONDS = 0.1
SILENCE = 15.0
"""Seconds after which an empty event says that the connection stands."""


class FrameQuery(Wants):
    """What is wanted, and the number of costs that are known already."""

    known: Annotated[int, Between(0)] = 0

    @property
    def wants(self) -> Wants:
        """What is wanted alone."""
        return Wants(**self.model_dump(exclude={"known"}))


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
    feed = found.scheduler.feed(opened.live)
    try:
        feed.admit(found.limits.session_viewers)
    except Problem as problem:
        await socket.close(AGAIN_LATER, problem.detail[:100])
        return
    with feed.seat():
        await Socket(socket, feed, found.limits).serve()


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
    told, _ = Moment(live, 0.0, Album(live)).told(query.wants, min(query.known, live.run.reached), samples)
    return numbered(0, told)


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
    feed = found.scheduler.feed(opened.live)
    feed.admit(found.limits.session_viewers)
    return Events(feed, _told(feed, query.wants, known), found.limits.unread_seconds)


class Events(StreamingResponse):
    """A stream of events that ends with a client that does not read it for ``patience`` seconds."""

    def __init__(self, feed: Feed, events: AsyncIterator[bytes], patience: float) -> None:
        super().__init__(events, media_type=EVENTS, headers={"Cache-Control": "no-store"})
        self._feed, self._patience = feed, patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and be one of those who are connected meanwhile."""
        with self._feed.seat():
            await super().__call__(scope, receive, send)

    async def stream_response(self, send: Send) -> None:
        """Send what comes."""

        async def timely(message: Message) -> None:
            async with asyncio.timeout(self._patience):
                await send(message)

        with suppress(TimeoutError):
            await super().stream_response(timely)


async def _told(feed: Feed, wants: Wants, known: int) -> AsyncIterator[bytes]:
    viewer, taken = feed.join(wants, known), 0
    try:
        yield b"retry: 1000\n\n"
        while not feed.closed.is_set():
            event = await _event(feed, viewer)
            yield event or b": still here\n\n"
            taken += bool(event)
            await asyncio.sleep(EVENT_SECONDS)
            viewer.show(taken)
    finally:
        feed.leave(viewer)


async def _event(feed: Feed, viewer: Viewer) -> bytes:
    closed = asyncio.ensure_future(feed.closed.wait())
    coming = asyncio.ensure_future(viewer.slot.get())
    try:
        await asyncio.wait({closed, coming}, timeout=SILENCE, return_when=asyncio.FIRST_COMPLETED)
        if not coming.done():
            return b""
        message, sent = coming.result()
        return b"id: %d\ndata: %s\n\n" % (sent, message)
    finally:
        closed.cancel()
        coming.cancel()
