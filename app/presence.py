"""Whoever asks may go away before the answer is there: then nobody needs it, and what was still to be done is dropped.

Work that waits for its turn is never begun, a process is ended; a thread that has begun runs to the end of its work.
"""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

import anyio
from starlette.requests import Request

T = TypeVar("T")


class Gone(Exception):
    """The client went away while its answer was made; there is nobody to answer."""


async def while_there(request: Request, work: Awaitable[T]) -> T:
    """What ``work`` gives; raises ``Gone`` where the client, whose body has been read, does not wait for it."""
    scope = anyio.CancelScope()

    async def watch() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        # A scope spares the threads that work in it: a task that is cancelled would leave them to themselves.
        scope.cancel()

    watcher = asyncio.create_task(watch())
    try:
        with scope:
            return await work
    finally:
        watcher.cancel()
    raise Gone
