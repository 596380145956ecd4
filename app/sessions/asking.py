"""What can be asked about the next update of a session: the same questions, with the same answers, as of any update.

The session becomes the body of a stateless request, so nothing is told here that a trace would not tell.
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

import numpy as np
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request

from app.answers import encode
from app.decoding import decode
from app.limits import Limits
from app.presence import while_there
from app.ranges import Between
from app.schemas import Batch, GivenParameters, Strict, TextbookName, TraceRequest, Window
from app.service import service
from app.sessions.live import Live
from app.sessions.registry import Opened
from app.updates import make_trace, trace_document
from backprop_core import OptimizerState

Asked = TypeVar("Asked", bound=TraceRequest)
T = TypeVar("T")


class TraceQuery(BaseModel):
    """How the next update is to be told; ``first`` and ``count`` make a window of its steps.

    An ``example`` beyond the mini-batch is its last: the last mini-batch of an epoch may be smaller than the others.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    textbook: TextbookName = "nielsen"
    granularity: Literal["pass", "layer", "equation", "neuron", "term"] = "equation"
    example: Annotated[int, Between(0, 2**53 - 1)] = 0
    steps: bool = True
    first: Annotated[int, Between(0, 2**53 - 1)] | None = None
    count: Annotated[int, Between(1, 2**53 - 1)] | None = None


def next_update(live: Live) -> dict[str, Any]:
    """The body of a request for the next update of a session, but for how it is told; arrays as they are."""
    run, (inputs, targets) = live.run, live.run.batch()
    used = run.parameters()
    found = {
        "network": run.spec,
        "parameters": {"weights": list(used.weights)} | ({"biases": list(used.biases)} if run.spec.bias else {}),
        "batch": {"inputs": inputs, "targets": targets},
        "learning_rate": run.learning_rate,
        "freeze_biases": run.training.freeze_biases,
        "optimizer": run.training.optimizer,
        "precision": run.recipe.precision,
    }
    state = run.optimizer_state()
    return found if state is None else found | {"optimizer_state": state}


class _Remembered:
    """A state that is there already, in the place of one that is sent."""

    def __init__(self, state: OptimizerState) -> None:
        self._state = state

    def read(self) -> OptimizerState:
        """The state."""
        return self._state


def asked_of(shape: type[Asked], body: dict[str, Any], **how: Any) -> Asked:
    """``body`` as a request of that shape, as if it had come from outside; what it holds was checked before."""
    parts: dict[str, Any] = {
        "parameters": GivenParameters.model_construct(**{"biases": None} | body["parameters"]),
        "batch": Batch.model_construct(**body["batch"]),
    }
    if "optimizer_state" in body:
        parts["optimizer_state"] = _Remembered(body["optimizer_state"])
    return shape.model_construct(**body | parts | how)


def where(opened: Opened) -> dict[str, Any]:
    """What a trace says of the session it belongs to."""
    live = opened.live
    return {
        "update": live.run.position,
        "epoch": live.run.epoch,
        "rows": np.asarray(live.run.rows()),
        "may": opened.may,
        "revision": live.revision,
    }


async def told(request: Request, name: str, work: Callable[[dict[str, Any], dict[str, Any], Limits], T]) -> T:
    """``work`` on the next update of a session, on where it stands, and on the limits, in the lane."""
    here = service(request)
    async with here.sessions.settled(name) as opened:
        body, session = next_update(opened.live), where(opened)
    return await while_there(request, here.lane.run(lambda: work(body, session, here.limits)))


def trace_of(query: TraceQuery) -> Callable[[dict[str, Any], dict[str, Any], Limits], bytes]:
    """The work that answers a trace of the next update."""
    how = query.model_dump(exclude={"first", "count"})
    window = None
    if query.first is not None or query.count is not None:
        window = Window.model_construct(first=query.first or 0, count=query.count or 200)

    def work(body: dict[str, Any], session: dict[str, Any], limits: Limits) -> bytes:
        example = min(query.example, len(session["rows"]) - 1)
        wanted = asked_of(TraceRequest, body, window=window, **how | {"example": example})
        return encode(trace_document(make_trace(wanted, limits), wanted, limits) | {"session": session})

    return work


async def ask(
    request: Request, name: str, question: type[Strict], shape: type[Asked], work: Callable[[Asked, Limits], bytes]
) -> bytes:
    """``work`` on the next update as a ``shape``, with what the body of ``request`` asks about it."""
    here = service(request)
    await here.sessions.open(name)
    body = await request.body()
    asked = await here.lane.run(lambda: decode(body or b"{}", question, here.limits))
    return await told(request, name, lambda found, _, limits: work(asked_of(shape, found, **dict(asked)), limits))


def request_of(body: dict[str, Any], session: dict[str, Any], limits: Limits) -> bytes:
    """The body of ``POST /traces`` that gives the same trace."""
    return encode(body)
