"""One WebSocket of a session: what its viewer says is read, what it is to see is sent, and silence ends it.

A page that is hidden says that frames arrive and shows none, so it is sent none; one that does not even read is let go.
"""

import asyncio
import time
from typing import Any

import orjson
from pydantic import ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.limits import Limits
from app.sessions.feed import Feed, Viewer
from app.sessions.wants import Wants

NOT_UNDERSTOOD, AGAIN_LATER, RESTARTS = 1008, 1013, 1012
LARGEST = 2**53


class Misunderstood(Exception):
    """A message that says nothing known."""


class Socket:
    """Serves one accepted ``socket`` from ``feed``."""

    def __init__(self, socket: WebSocket, feed: Feed, limits: Limits) -> None:
        self._socket, self._feed, self._limits = socket, feed, limits
        self._viewer: Viewer | None = None
        self._joined = asyncio.Event()

    async def serve(self) -> None:
        """Until either side ends it."""
        tasks = [asyncio.create_task(work()) for work in (self._listen, self._send, self._watch, self._end)]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if self._viewer is not None:
                self._feed.leave(self._viewer)

    async def _listen(self) -> None:
        try:
            while True:
                self._hear(await self._socket.receive_text())
        except WebSocketDisconnect:
            return
        except (Misunderstood, ValidationError, ValueError, KeyError):  # the last where bytes were sent
            words = 'say {"want": {…}, "after": n}, {"ack": frame} or {"got": frame}'
            await self._close(NOT_UNDERSTOOD, words)

    def _hear(self, text: str) -> None:
        said = orjson.loads(text)
        if not isinstance(said, dict):
            raise Misunderstood
        if set(said) <= {"want", "after"} and "want" in said:
            self._want(Wants.read(said["want"]), _whole(said.get("after", 0)))
        elif set(said) == {"ack"} and self._viewer is not None:
            self._viewer.show(_whole(said["ack"]))
        elif set(said) == {"got"} and self._viewer is not None:
            self._viewer.receive(_whole(said["got"]))
        else:
            raise Misunderstood

    def _want(self, wants: Wants, after: int) -> None:
        if self._viewer is not None:
            self._viewer.want(wants)
            return
        self._viewer = self._feed.join(wants, after)
        self._joined.set()

    async def _send(self) -> None:
        await self._joined.wait()
        assert self._viewer is not None
        while True:
            message, _ = await self._viewer.slot.get()
            try:
                async with asyncio.timeout(self._limits.unread_seconds):
                    await self._socket.send_text(message.decode())
            except (TimeoutError, WebSocketDisconnect, RuntimeError):
                return

    async def _watch(self) -> None:
        """End with a viewer that does not read, or never says what it wants to see."""
        try:
            async with asyncio.timeout(self._limits.unread_seconds):
                await self._joined.wait()
        except TimeoutError:
            await self._close(AGAIN_LATER, "nothing was asked for")
            return
        assert self._viewer is not None
        while True:
            await asyncio.sleep(self._limits.unread_seconds / 10)
            if self._viewer.is_silent and time.monotonic() - self._viewer.asked > 0.8 * self._limits.unread_seconds:
                await self._close(AGAIN_LATER, "frames were not read")
                return

    async def _end(self) -> None:
        await self._feed.closed.wait()
        await self._close(RESTARTS, "the session was laid to rest: connect again")

    async def _close(self, code: int, words: str) -> None:
        try:
            async with asyncio.timeout(1.0):
                await self._socket.close(code, words)
        except (TimeoutError, RuntimeError):
            return


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST:
        raise Misunderstood
    return value
