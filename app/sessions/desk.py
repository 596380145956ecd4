"""The desk in front of a store: its calls, made one after the other in a thread of their own.

A disk may take its time; the event loop never waits for it.
"""

import asyncio
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from app.sessions.store import Receipt, Store, Stored

T = TypeVar("T")


class Desk:
    """The calls of ``Store``, awaited; each raises what the store raises."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._thread = ThreadPoolExecutor(1, "store")

    async def create(self, session: Stored, receipt: Receipt | None) -> None:
        """Keep a new session."""
        await self._ask(lambda: self.store.create(session, receipt))

    async def load(self, key: str, watch: str) -> Stored:
        """The session with that key, or that name to watch by."""
        return await self._ask(lambda: self.store.load(key, watch))

    async def append(self, key: str, expected: int, operation: bytes, receipt: Receipt | None) -> None:
        """Add an operation."""
        await self.appending(key, expected, operation, receipt)

    def appending(
        self, key: str, expected: int, operation: bytes, receipt: Receipt | None = None
    ) -> asyncio.Future[None]:
        """The same, asked for now and before whatever is asked later, awaited when it matters."""
        return self._ask(lambda: self.store.append(key, expected, operation, receipt))

    async def checkpoint(self, key: str, revision: int, state: bytes, checkpoint: bytes | None) -> None:
        """Fold the log."""
        await self._ask(lambda: self.store.checkpoint(key, revision, state, checkpoint))

    async def receipt(self, key: str, name: str) -> Receipt | None:
        """The receipt of that name."""
        return await self._ask(lambda: self.store.receipt(key, name))

    async def delete(self, key: str) -> None:
        """Forget a session."""
        await self._ask(lambda: self.store.delete(key))

    async def expire(self, seconds: float, spared: Collection[str]) -> int:
        """Forget old sessions."""
        return await self._ask(lambda: self.store.expire(seconds, spared))

    def close(self) -> None:
        """Finish what was asked, then let go of files."""
        self._thread.shutdown(wait=True)
        self.store.close()

    def _ask(self, call: Callable[[], T]) -> asyncio.Future[T]:
        return asyncio.get_running_loop().run_in_executor(self._thread, call)
