"""The lane for computation: a few threads for everything that takes processor time.

The event loop only moves bytes, so a heavy request delays no other one; more requests than may wait are
told to come back.
"""

import os
from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread
import numpy as np

from app.problems import Problem

T = TypeVar("T")


class Lane:
    """One core is left for the loop; ``waiting`` requests may queue behind the others."""

    def __init__(self, waiting: int) -> None:
        self._threads = anyio.CapacityLimiter(max(1, (os.cpu_count() or 2) - 1))
        self._waiting, self._most = 0, waiting

    async def run(self, work: Callable[[], T]) -> T:
        """The result of ``work``; raises ``Problem`` (503) where too many wait already."""
        if self._waiting >= self._most:
            raise Problem(
                "too-busy", "Too many computations wait. Try again in a second.", headers={"Retry-After": "1"}
            )
        self._waiting += 1
        try:
            return await self.resume(work)
        finally:
            self._waiting -= 1

    async def resume(self, work: Callable[[], T]) -> T:
        """The result of the next part of work that has begun: it waits its turn, and is never refused."""
        return await anyio.to_thread.run_sync(_quietly, work, limiter=self._threads)


def _quietly(work: Callable[[], T]) -> T:
    # A number that overflows is an answer here, found and named by the engine; NumPy need not warn of it.
    with np.errstate(all="ignore"):
        return work()
