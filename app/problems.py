"""Problem documents (RFC 9457): every refusal of the service, one shape and one table.

A problem says in plain words what was wrong, where (a JSON pointer) and which limit it met; it
repeats no value that was sent, and never shows a stack trace or a path.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NotRequired

import orjson
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import TypedDict

from app.complaints import Complaint, complaints
from app.presence import Gone
from app.sessions.names import masked

MEDIA_TYPE = "application/problem+json"
GONE = 499
"""The status that nobody receives."""
log = logging.getLogger("backscope")


class LimitMet(TypedDict):
    """The limit a request went over: its name and value as in /api/v1/limits, and what was asked for."""

    name: str
    value: int
    given: NotRequired[int]


class ProblemDocument(TypedDict):
    """A problem as it is sent (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[list[Complaint]]
    limit: NotRequired[LimitMet]
    revision: NotRequired[int]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its slug is stable, its title never changes with the occasion."""

    slug: str
    status: int
    title: str


KINDS = {
    kind.slug: kind
    for kind in (
        Kind("malformed-request", 400, "The request breaks the rules of HTTP"),
        Kind("unknown-host", 400, "This server does not answer to that name"),
        Kind("malformed-json", 400, "The body is not JSON"),
        Kind("cross-origin", 403, "Another site may not ask this"),
        Kind("watch-only", 403, "This name lets watch, not change"),
        Kind("not-found", 404, "Nothing is here"),
        Kind("method-not-allowed", 405, "This address does not take that method"),
        Kind("not-acceptable", 406, "No format asked for can be sent"),
        Kind("body-too-slow", 408, "The body took too long to arrive"),
        Kind("session-unreadable", 410, "What was kept of this session is damaged"),
        Kind("stale-revision", 412, "The session has moved on"),
        Kind("body-too-large", 413, "The body is too large"),
        Kind("unsupported-media-type", 415, "The body is not marked as what this address takes"),
        Kind("unsupported-encoding", 415, "The body is compressed"),
        Kind("invalid-value", 422, "A value cannot be used"),
        Kind("missing-field", 422, "A field is missing"),
        Kind("unknown-field", 422, "A field is not known"),
        Kind("invalid-network", 422, "The network does not fit together"),
        Kind("shape-mismatch", 422, "Numbers do not fit the network"),
        Kind("network-too-large", 422, "The network is too large for this server"),
        Kind("batch-too-large", 422, "The batch is too large for this server"),
        Kind("unreadable-table", 422, "The table cannot be read"),
        Kind("table-too-large", 422, "The table is too large for this server"),
        Kind("data-too-large", 422, "The data are too large for this server"),
        Kind("unreadable-expression", 422, "The expression cannot be read"),
        Kind("expression-too-large", 422, "The expression is too large for this server"),
        Kind("answer-too-large", 422, "The answer would be too large"),
        Kind("work-too-large", 422, "The computation would take too long"),
        Kind("key-reused", 422, "This key belongs to another request"),
        Kind("revision-missing", 428, "The request does not say which revision it is about"),
        Kind("too-many-sessions", 429, "Too many sessions are in use"),
        Kind("too-many-viewers", 429, "Too many watch this session"),
        Kind("header-too-large", 431, "The headers are too large"),
        Kind("unexpected", 500, "Something went wrong on our side"),
        Kind("not-installed", 501, "An optional part is not installed"),
        Kind("too-busy", 503, "The server is busy"),
        Kind("storage-full", 507, "There is no room to keep this"),
    )
}


class Problem(Exception):
    """Raised anywhere to answer with a problem document."""

    def __init__(
        self,
        slug: str,
        detail: str,
        errors: Sequence[Complaint] = (),
        limit: LimitMet | None = None,
        headers: Mapping[str, str] | None = None,
        revision: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind = KINDS[slug]
        self.detail = detail
        self.errors = list(errors)
        self.limit = limit
        self.headers = dict(headers or {})
        self.revision = revision

    def document(self) -> ProblemDocument:
        """The problem as it is sent."""
        document = ProblemDocument(
            type=self.kind.slug, title=self.kind.title, status=self.kind.status, detail=self.detail
        )
        if self.errors:
            document["errors"] = self.errors
        if self.limit is not None:
            document["limit"] = self.limit
        if self.revision is not None:
            document["revision"] = self.revision
        return document

    def response(self) -> Response:
        """The answer that carries it."""
        headers = {"Cache-Control": "no-store", **self.headers}
        return Response(orjson.dumps(self.document()), self.kind.status, headers, MEDIA_TYPE)


def refusal(slug: str, detail: str, pointer: str) -> Problem:
    """A problem with one place."""
    return Problem(slug, detail, [{"pointer": pointer, "detail": detail}])


def from_validation(errors: Sequence[Any], most: int) -> Problem:
    """The problem for what pydantic complains of; the first complaint decides its kind."""
    found, slug = complaints(errors, most)
    detail = found[0]["detail"]
    if len(errors) > 1:
        number = f"At least {len(found)}" if len(errors) > len(found) else f"{len(found)}"
        detail = f"{number} values need a look; the first: {detail}"
    return Problem(slug, detail, found)


def install(app: FastAPI, most: int) -> None:
    """Make every error of ``app`` a problem document that lists at most ``most`` places."""

    async def on_problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, Problem)
        return error.response()

    async def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return _from_http(error).response()

    async def on_validation(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError | ValidationError)
        return from_validation(error.errors(), most).response()

    async def on_gone(request: Request, error: Exception) -> Response:
        return Response(status_code=GONE)

    async def on_error(request: Request, error: Exception) -> Response:
        # The path is repr'd: a line break in it must not start a line of its own in the log. The server logs the rest.
        log.error("unexpected error at %s %r", request.method, masked(request.scope["path"]))
        return Problem(
            "unexpected", "This is a fault of the server, not of your request. Its log has the reason."
        ).response()

    app.add_exception_handler(Problem, on_problem)
    app.add_exception_handler(Gone, on_gone)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_validation)
    app.add_exception_handler(Exception, on_error)


def _from_http(error: HTTPException) -> Problem:
    if error.status_code == 404:
        return Problem("not-found", "There is nothing at this address. The API is described at /docs.")
    if error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "")
        return Problem("method-not-allowed", f"This address takes {allowed or 'other methods'}.", headers=error.headers)
    return Problem("malformed-request", "The request could not be understood.")
