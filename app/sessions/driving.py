"""A request that changes a session, from its headers to its answer: once, in order, and only if nothing came between.

If-Match says which revision it is about, Idempotency-Key that it may be a repetition of one already answered.
"""

import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import orjson
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from app.answers import JSON, encode
from app.decoding import decode
from app.problems import Problem
from app.service import service
from app.sessions.documents import document, progress_of
from app.sessions.live import Live
from app.sessions.registry import Opened, Sessions, stale
from app.sessions.state import Operation
from app.sessions.store import Receipt

Body = TypeVar("Body", bound=BaseModel)
LONGEST_RECEIPT = 64 * 1024
"""Bytes beside the document that are kept for a repetition."""
_REVISION = re.compile(r'"(\d{1,15})"')
_KEY = re.compile(r"[\x21-\x7e]{8,128}")


@dataclass(frozen=True, slots=True)
class Done:
    """What a change did: the operation to keep, and what the answer tells beside the document."""

    operation: Operation
    more: dict[str, Any] = field(default_factory=dict)


async def drive(
    request: Request,
    name: str,
    shape: type[Body],
    change: Callable[[Live, Body], Awaitable[Done]],
    status: int = 200,
) -> Response:
    """Read the request as a ``shape``, make the ``change``, keep it, and answer the document after it."""
    here = service(request)
    opened = await here.sessions.open(name)
    opened.check_drive()
    expected, key = expected_of(request), key_of_request(request)
    body = await request.body()
    wanted = await here.lane.run(lambda: decode(body or b"{}", shape, here.limits))
    digest = digest_of(request, body)
    async with here.sessions.held(name) as opened:
        live = opened.live
        earlier = await earlier_answer(here.sessions, live, key, digest)
        if earlier is not None:
            return answer(opened, status, **earlier)
        check_fresh(live, expected)
        try:
            await live.flush()
            done = await change(live, wanted)
            more = encode(done.more)
            await live.append(done.operation, _receipt(live, key, digest, more))
        except Problem:
            if live.run.position != live.state.position:  # it was found out on the way
                live.give_up()
            raise
        except BaseException:
            live.give_up()
            raise
        return answer(opened, status, more=more)


def check_fresh(live: Live, expected: int) -> None:
    """Raise ``Problem`` (412) where somebody has changed the session since revision ``expected``."""
    if not live.state.is_fresh(expected):
        raise stale(live.revision)


def expected_of(request: Request) -> int:
    """The revision a request says it is about. Raises ``Problem`` (428, 400) where it says none."""
    given = request.headers.get("if-match")
    if given is None:
        raise Problem("revision-missing", 'Send If-Match with the revision you know, in quotes, such as "3".')
    found = _REVISION.fullmatch(given.strip())
    if found is None:
        raise Problem("malformed-request", 'If-Match takes one revision in quotes, such as "3".')
    return int(found[1])


def key_of_request(request: Request) -> str | None:
    """The Idempotency-Key of a request, if it has one. Raises ``Problem`` (400) for one that is none."""
    given = request.headers.get("idempotency-key")
    if given is not None and _KEY.fullmatch(given) is None:
        raise Problem("malformed-request", "Idempotency-Key takes 8 to 128 visible characters, new for every change.")
    return given


def digest_of(request: Request, body: bytes) -> bytes:
    """What a repetition of ``request`` has in common with it."""
    asked = f"{request.method} {request.scope['path']} {request.headers.get('if-match')}\n".encode()
    return hashlib.sha256(asked + body).digest()


async def earlier_answer(sessions: Sessions, live: Live, key: str | None, digest: bytes) -> dict[str, Any] | None:
    """The parts of the answer that was given to the same request before. Raises ``Problem`` (422) for another one."""
    found = None if key is None else await sessions.desk.receipt(live.key, key)
    if found is None:
        return None
    if found.digest != digest:
        raise Problem("key-reused", "This Idempotency-Key came with another request before: send a new one.")
    progress, more = orjson.loads(found.answer)
    return {"progress": progress.encode(), "more": more.encode()}


def _receipt(live: Live, key: str | None, digest: bytes, more: bytes) -> Callable[[], Receipt] | None:
    return None if key is None else lambda: receipt_of(live, key, digest, more)


def receipt_of(live: Live, key: str, digest: bytes, more: bytes = b"{}") -> Receipt:
    """The receipt of an answer that tells the present state; beside it stands what is not too long."""
    more = more if len(more) <= LONGEST_RECEIPT else b"{}"
    return Receipt(key, digest, orjson.dumps([encode(progress_of(live)).decode(), more.decode()]))


def answer(opened: Opened, status: int, progress: bytes | None = None, more: bytes = b"{}") -> Response:
    """The document and what stands beside it, with its revision as ETag."""
    found = document(opened, progress)
    headers = {"ETag": f'"{found["revision"]}"'}
    if status == 201:
        headers["Location"] = f"/api/v1/sessions/{opened.name}"
    return Response(encode(found | orjson.loads(more)), status, headers, JSON)
