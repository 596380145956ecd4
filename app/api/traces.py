"""``POST /traces``: one update, whole, or its steps one by one as they are told.

The Accept header chooses between one JSON document, lines of JSON and events; the steps are the same.
"""

import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app.answers import EVENTS, JSON, NDJSON, encode, negotiate
from app.description import gives, takes
from app.lane import Lane
from app.limits import Limits
from app.problems import refusal
from app.schemas import TraceRequest
from app.service import service
from app.updates import make_steps, make_trace, trace_document
from backprop_core import Step, divergence

router = APIRouter(tags=["traces"])
SLICE_SECONDS = 0.005


@router.post(
    "/traces",
    summary="One update of a network, with every number of it and every step told",
    openapi_extra=takes("TraceRequest"),
    responses=gives("TraceAnswer", NDJSON, EVENTS, body=True, computes=True),
)
async def trace(request: Request) -> Response:
    """One update of one network on one batch.

    JSON carries everything; `application/x-ndjson` and `text/event-stream` carry the steps alone, each as
    soon as it is told. A number that stops being finite ends the trace and is named in `diverged`.
    """
    kind = negotiate(request.headers.get("accept"), (JSON, NDJSON, EVENTS))
    here = service(request)
    if kind == JSON:
        document = await here.answer(request, TraceRequest, _document)
        return Response(document, media_type=JSON)
    frame = _line if kind == NDJSON else _event
    told = await here.answer(request, TraceRequest, lambda wanted, limits: _Telling(wanted, limits, frame))
    return StreamingResponse(told.chunks(here.lane), media_type=kind)


def _document(wanted: TraceRequest, limits: Limits) -> bytes:
    return encode(trace_document(make_trace(wanted, limits), wanted, limits))


class _Telling:
    """A trace being told: computed when it is made, narrated as the reader takes it."""

    def __init__(self, wanted: TraceRequest, limits: Limits, frame: Callable[[Step], bytes]) -> None:
        if not wanted.steps:
            raise refusal("invalid-value", "A stream carries the steps: leave steps out, or ask for JSON.", "/steps")
        self._trace = make_trace(wanted, limits)
        self._wanted, self._frame = wanted, frame
        self._steps: Iterator[Step] = make_steps(self._trace, wanted)
        self._told = 0
        self._first = self._slice()

    def _slice(self) -> tuple[bytes, bool]:
        """What can be told in one slice of time, and whether that was the end."""
        lines, stop = [], time.monotonic() + SLICE_SECONDS
        for step in self._steps:
            lines.append(self._frame(step))
            self._told += 1
            if time.monotonic() > stop:
                return b"".join(lines), False
        if self._frame is _event:
            lines.append(_named("end", self._end()))
        return b"".join(lines), True

    def _end(self) -> dict[str, Any]:
        diverged = divergence(self._trace, self._wanted.granularity, self._wanted.textbook, self._wanted.example)
        return {"steps": self._told} | ({"diverged": diverged} if diverged is not None else {})

    async def chunks(self, lane: Lane) -> AsyncIterator[bytes]:
        """The stream; the first slice is ready, so that whatever could go wrong has been answered before."""
        chunk, done = self._first
        yield chunk
        while not done:
            chunk, done = await lane.resume(self._slice)
            yield chunk


def _line(step: Step) -> bytes:
    return encode(step) + b"\n"


def _event(step: Step) -> bytes:
    return b"id: %d\n" % step.index + _named("step", step)


def _named(name: str, value: Any) -> bytes:
    return b"event: " + name.encode("ascii") + b"\ndata: " + encode(value) + b"\n\n"
