"""A request for a new session, and one to forget a session.

A repeated request for a new session meets the one it made: its name follows from the key, which nobody else knows.
"""

import base64
import hashlib

from starlette.requests import Request
from starlette.responses import Response

from app.answers import answer as plain
from app.decoding import decode
from app.service import service
from app.sessions.bodies import SessionRequest
from app.sessions.driving import answer, check_fresh, digest_of, earlier_answer, expected_of, key_of_request, receipt_of
from app.sessions.store import SessionExists


async def create(request: Request) -> Response:
    """Make the session asked for, and answer its document."""
    here = service(request)
    key, body = key_of_request(request), await request.body()
    wanted = await here.lane.run(lambda: decode(body, SessionRequest, here.limits))
    if key is None:
        return answer(await here.sessions.create(wanted), 201)
    digest = digest_of(request, body)
    name = (
        base64.urlsafe_b64encode(hashlib.sha256(b"session" + key.encode() + digest).digest()[:16]).decode().rstrip("=")
    )
    try:
        made = await here.sessions.create(wanted, name, lambda live: receipt_of(live, key, digest))
        return answer(made, 201)
    except SessionExists:
        async with here.sessions.held(name) as opened:
            earlier = await earlier_answer(here.sessions, opened.live, key, digest)
            return answer(opened, 201, **(earlier or {}))


async def delete(request: Request, name: str) -> Response:
    """Forget the session of that name."""
    sessions = service(request).sessions
    (await sessions.open(name)).check_drive()
    expected = expected_of(request)
    async with sessions.held(name) as opened:
        check_fresh(opened.live, expected)
        await sessions.delete(opened.live)
    return plain({"deleted": True})
