"""The HTTP protocol of the server with a deadline and a size for the headers.

uvicorn waits for ever for the rest of half a request, and reads headers of any length; two small limits
make both cheap to refuse, since the guard can only judge a request that has arrived.
"""

import asyncio
from typing import Any, ClassVar

from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.limits import Limits

try:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as _Fastest
except ImportError:  # the slim uvicorn: pure Python, the same behaviour
    _Fastest = H11Protocol  # type: ignore[misc, assignment]

# The guard answers with a problem document up to here; beyond, the connection is cut short.
ROOM = 4
_CLOSING = b"HTTP/1.1 %d %s\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


def protocol(limits: Limits) -> type[asyncio.Protocol]:
    """The protocol class for ``limits``: uvicorn makes one instance a connection."""
    return type("Patient", (Patient,), {"limits": limits})


class Patient(_Fastest):
    """uvicorn's protocol, patient up to a point."""

    limits: ClassVar[Limits] = Limits()

    def __init__(self, config: Config, *args: Any, **kwargs: Any) -> None:
        super().__init__(config, *args, **kwargs)
        self._deadline: asyncio.TimerHandle | None = None
        self._waiting_bytes = 0
        self._upgraded = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start the clock of the first request."""
        super().connection_made(transport)  # type: ignore[arg-type]
        self._arm()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._disarm()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Pass the bytes on; count them while no request is complete."""
        super().data_received(data)
        if not self._between_requests():
            self._disarm()
            return
        self._arm()
        self._waiting_bytes += len(data)
        if self._waiting_bytes > ROOM * self.limits.header_bytes:
            self._close(431, b"Request Header Fields Too Large")

    def handle_websocket_upgrade(self, *event: Any) -> None:
        """Leave the connection to the WebSocket's own protocol."""
        self._upgraded = True
        super().handle_websocket_upgrade(*event)

    def _between_requests(self) -> bool:
        cycle: Any = self.cycle
        return not self._upgraded and (cycle is None or cycle.response_complete)

    def _arm(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.limits.header_seconds, self._too_late)

    def _disarm(self) -> None:
        self._waiting_bytes = 0
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_late(self) -> None:
        self._deadline = None
        if self._between_requests():
            self._close(408, b"Request Timeout")

    def _close(self, status: int, phrase: bytes) -> None:
        if self.transport.is_closing():
            return
        if self._waiting_bytes:  # a browser that connected in advance and asked nothing gets no answer
            self.transport.write(_CLOSING % (status, phrase))
        self.transport.close()
