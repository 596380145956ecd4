"""What every route needs of its application: the limits, the lane for computation and the sessions.

One object on the application's state, reached through one function, so that two applications in one
process share nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel
from starlette.requests import Request

from app.decoding import decode
from app.lane import Lane
from app.limits import Limits
from app.presence import while_there
from app.sessions.registry import Sessions
from app.sessions.scheduler import Scheduler
from app.symbolic import Symbolic

Body = TypeVar("Body", bound=BaseModel)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Service:
    """The limits of one application, its lane, its sessions and what trains them, and who asks SymPy."""

    limits: Limits
    lane: Lane
    sessions: Sessions
    scheduler: Scheduler
    symbolic: Symbolic

    async def answer(self, request: Request, shape: type[Body], work: Callable[[Body, Limits], T]) -> T:
        """``work`` on the body of ``request`` read as a ``shape``; both run in the lane, off the event loop."""
        body = await request.body()
        return await while_there(request, self.lane.run(lambda: work(decode(body, shape, self.limits), self.limits)))


def service(request: Request) -> Service:
    """The service of the application that ``request`` came to."""
    found: Service = request.app.state.service
    return found
