"""The messages of one WebSocket, held to their size and rate.

A socket that goes over either is closed with the code that says which (1009 too big, 1008 too many), and
the route behind it sees a disconnect.
"""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from app.limits import Limits

TOO_BIG, TOO_MANY = 1009, 1008


class Messages:
    """``receive`` and ``send`` of one connection; a bucket of one second's messages refills steadily."""

    def __init__(
        self,
        receive: Callable[[], Awaitable[dict[str, Any]]],
        send: Callable[[dict[str, Any]], Awaitable[None]],
        limits: Limits,
    ) -> None:
        self._receive, self._send = receive, send
        self._largest, self._rate = limits.websocket_message_bytes, float(limits.websocket_messages)
        self._left, self._seen = self._rate, time.monotonic()
        self._closed = False

    async def receive(self) -> dict[str, Any]:
        """The next message, or a disconnect once a limit is broken."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        code = self._broken(message)
        if code is None:
            return message
        await self.send({"type": "websocket.close", "code": code})
        self._closed = True
        return {"type": "websocket.disconnect", "code": code}

    async def send(self, message: dict[str, Any]) -> None:
        """Send, unless the connection was closed from here."""
        if not self._closed:
            await self._send(message)

    def _broken(self, message: dict[str, Any]) -> int | None:
        text = message.get("text")
        size = len(text.encode()) if text is not None else len(message.get("bytes") or b"")
        if size > self._largest:
            return TOO_BIG
        now = time.monotonic()
        self._left = min(self._rate, self._left + (now - self._seen) * self._rate)
        self._seen = now
        self._left -= 1.0
        return TOO_MANY if self._left < 0.0 else None
