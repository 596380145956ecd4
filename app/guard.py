"""The one gate: every request and every WebSocket passes it before any route sees it.

It admits by Host, Origin, size, time and content type, and puts the security headers on every answer,
its own refusals and the server's faults included. It decides by the raw scope alone.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

from app import headers
from app.headers import Scope
from app.messages import Messages
from app.problems import Problem
from app.settings import Settings

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGI = Callable[[Scope, Receive, Send], Awaitable[None]]

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
FOREIGN_SITES = (b"cross-site", b"same-site")
DRAIN_SECONDS = 1.0


class BodyLimit(NamedTuple):
    """One of the service's limits on bodies, under the name it has there."""

    name: str
    value: int


class Disconnected(Exception):
    """The client went away while its body was read; there is nobody to answer."""


class Guard:
    """ASGI application around ``app``.

    ``large`` names the limit of paths with one of their own, ``kinds`` the content type of those that take no JSON.
    """

    def __init__(
        self, app: ASGI, settings: Settings, large: Mapping[str, str], kinds: Mapping[str, str] | None = None
    ) -> None:
        self.app = app
        self.hosts = settings.hosts
        self.limits = settings.limits
        self.large = dict(large)
        self.kinds = dict(kinds or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Admit, refuse, or pass the server's own life-cycle events through."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        nonce = secrets.token_urlsafe(16)
        scope["state"] = {**scope.get("state", {}), "nonce": nonce}
        send = _securing(send, nonce)
        try:
            self._check_origin(scope, unsafe=scope["method"] not in SAFE_METHODS)
            body = await self._body(scope, receive)
        except Disconnected:
            return
        except Problem as problem:
            await _refuse(problem, scope, receive, send)
            return
        await self.app(scope, _replaying(body, receive), send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"] = {**scope.get("state", {}), "nonce": ""}
        try:
            self._check_origin(scope, unsafe=True)
        except Problem as problem:
            await _refuse_websocket(problem, scope, receive, _securing(send, ""))
            return
        messages = Messages(receive, send, self.limits)
        await self.app(scope, messages.receive, messages.send)

    def _check_origin(self, scope: Scope, *, unsafe: bool) -> None:
        limit = self.limits.header_bytes
        if headers.size(scope) > limit:
            raise Problem(
                "header-too-large",
                f"Address and headers take more than {limit} bytes, the limit header_bytes of this server.",
                limit={"name": "header_bytes", "value": limit},
            )
        hosts = headers.values(scope, b"host")
        host = headers.authority(hosts[0]) if len(hosts) == 1 else None
        if host is None or host.name not in self.hosts:
            raise Problem(
                "unknown-host",
                "This server answers to localhost and to names allowed at its start."
                " Start it with --allow-host NAME to allow another.",
            )
        if not unsafe:
            return
        foreign = any(site in FOREIGN_SITES for site in headers.values(scope, b"sec-fetch-site"))
        if foreign or not all(headers.same_origin(origin, host) for origin in headers.values(scope, b"origin")):
            raise Problem("cross-origin", "Only pages of this server itself may send this request.")

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        lengths = headers.values(scope, b"content-length")
        chunked = bool(headers.values(scope, b"transfer-encoding"))
        if scope["method"] in SAFE_METHODS and not lengths and not chunked:
            return b""
        if any(value.strip().lower() != b"identity" for value in headers.values(scope, b"content-encoding")):
            raise Problem("unsupported-encoding", "Send the body as it is, without Content-Encoding.")
        limit, wanted = self._body_limit(scope["path"]), self.kinds.get(scope["path"], "application/json")
        if lengths:
            self._check_length(lengths, limit)
        if chunked or any(int(value) for value in lengths):
            _check_type(scope, wanted)
        body = await _read(receive, limit, self.limits.body_seconds)
        if body:
            _check_type(scope, wanted)
        return body

    def _body_limit(self, path: str) -> BodyLimit:
        name = self.large.get(path, "body_bytes")
        return BodyLimit(name, getattr(self.limits, name))

    def _check_length(self, lengths: list[bytes], limit: BodyLimit) -> None:
        if len(set(lengths)) != 1 or not lengths[0].isdigit() or len(lengths[0]) > 18:
            raise Problem("malformed-request", "Content-Length takes one whole number.")
        if int(lengths[0]) > limit.value:
            raise _too_large(limit)


def _too_large(limit: BodyLimit) -> Problem:
    return Problem(
        "body-too-large",
        f"The body is larger than {limit.value} bytes, the most this address takes (limit {limit.name}).",
        limit={"name": limit.name, "value": limit.value},
    )


def _check_type(scope: Scope, wanted: str) -> None:
    kinds = headers.values(scope, b"content-type")
    kind, _, parameters = (kinds[0] if len(kinds) == 1 else b"").lower().partition(b";")
    charset = parameters.replace(b" ", b"").replace(b'"', b"")
    if kind.strip() != wanted.encode() or charset not in (b"", b"charset=utf-8"):
        raise Problem("unsupported-media-type", f"Send the body as Content-Type: {wanted}, in UTF-8.")


async def _read(receive: Receive, limit: BodyLimit, seconds: float) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Disconnected
                body += message.get("body", b"")
                if len(body) > limit.value:
                    raise _too_large(limit)
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        raise Problem(
            "body-too-slow",
            f"The body did not arrive within {seconds} seconds, the limit body_seconds of this server.",
            limit={"name": "body_seconds", "value": int(seconds)},
        ) from None


def _replaying(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _securing(send: Send, nonce: str) -> Send:
    async def secured(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            message = {**message, "headers": headers.secured(message.get("headers", []), nonce)}
        await send(message)

    return secured


async def _refuse(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer at once, then read on for a moment: a client that is still sending would lose the answer to a reset."""
    sending = bool(headers.values(scope, b"transfer-encoding") or headers.values(scope, b"content-length"))
    if sending:  # nothing may follow a body that was not read
        problem.headers["Connection"] = "close"
    response = problem.response()
    body = b"" if scope["method"] == "HEAD" else bytes(response.body)
    await send({"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers})
    await send({"type": "http.response.body", "body": body, "more_body": True})
    if sending and problem.kind.slug == "body-too-large":
        await _drain(receive)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _drain(receive: Receive) -> None:
    try:
        async with asyncio.timeout(DRAIN_SECONDS):
            while (await receive()).get("more_body", False):
                pass
    except TimeoutError:
        pass


async def _refuse_websocket(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": 1008})
        return
    response = problem.response()
    await send(
        {"type": "websocket.http.response.start", "status": response.status_code, "headers": response.raw_headers}
    )
    await send({"type": "websocket.http.response.body", "body": bytes(response.body)})
