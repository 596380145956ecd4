"""The store that forgets with the process: for tests, and for servers that shall keep nothing.

Room can be limited, so that what happens where a disk is full can be tried here as well.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from app.sessions.store import (
    RECEIPTS,
    Receipt,
    SessionExists,
    SessionMissing,
    StaleRevision,
    StorageFull,
    Stored,
)


@dataclass(slots=True)
class _Kept:
    session: Stored
    used: float
    receipts: OrderedDict[str, Receipt] = field(default_factory=OrderedDict)

    @property
    def head(self) -> int:
        return self.session.revision + len(self.session.operations)

    @property
    def size(self) -> int:
        one = self.session
        parts = (one.recipe, one.state, one.checkpoint or b"", *one.operations)
        return sum(len(part) for part in parts) + sum(len(receipt.answer) for receipt in self.receipts.values())


class MemoryStore:
    """A dictionary; ``room`` is the number of bytes it may hold, None for any."""

    def __init__(self, clock: Callable[[], float] = time.time, room: int | None = None) -> None:
        self._kept: dict[str, _Kept] = {}
        self._watched: dict[str, str] = {}
        self._clock, self.room = clock, room

    def create(self, session: Stored, receipt: Receipt | None = None) -> None:
        """Keep a new session."""
        if session.key in self._kept or session.watch in self._watched:
            raise SessionExists("this session is there already")
        kept = _Kept(session, self._clock())
        self._check_room(kept.size + len(receipt.answer if receipt else b""))
        self._kept[session.key] = kept
        self._watched[session.watch] = session.key
        _note(kept, receipt)

    def load(self, key: str, watch: str) -> Stored:
        """The session with that key, or that name to watch by."""
        return self._of(key if key in self._kept else self._watched.get(watch, "")).session

    def append(self, key: str, expected: int, operation: bytes, receipt: Receipt | None = None) -> None:
        """Add an operation."""
        kept = self._of(key)
        if kept.head != expected:
            raise StaleRevision(kept.head)
        self._check_room(len(operation) + len(receipt.answer if receipt else b""))
        kept.session = replace(kept.session, operations=(*kept.session.operations, operation))
        kept.used = self._clock()
        _note(kept, receipt)

    def checkpoint(self, key: str, revision: int, state: bytes, checkpoint: bytes | None) -> None:
        """Keep the state at ``revision`` instead of the operations until there."""
        kept, one = self._of(key), self._of(key).session
        if not one.revision <= revision <= kept.head:
            return
        blob = one.checkpoint if checkpoint is None else checkpoint
        self._check_room(len(state) - len(one.state) + len(blob or b"") - len(one.checkpoint or b""))
        since = one.operations[revision - one.revision :]
        kept.session = replace(one, state=state, revision=revision, checkpoint=blob, operations=since)
        kept.used = self._clock()

    def receipt(self, key: str, name: str) -> Receipt | None:
        """The receipt of that name."""
        return self._of(key).receipts.get(name)

    def delete(self, key: str) -> None:
        """Forget a session."""
        del self._watched[self._of(key).session.watch]
        del self._kept[key]

    def expire(self, seconds: float, spared: Collection[str] = ()) -> int:
        """Forget the sessions not written to for so long."""
        before = self._clock() - seconds
        old = [key for key, kept in self._kept.items() if kept.used < before and key not in spared]
        for key in old:
            self.delete(key)
        return len(old)

    def close(self) -> None:
        """Nothing to let go of."""

    def _of(self, key: str) -> _Kept:
        try:
            return self._kept[key]
        except KeyError:
            raise SessionMissing("there is no such session") from None

    def _check_room(self, more: int) -> None:
        if self.room is not None and sum(kept.size for kept in self._kept.values()) + more > self.room:
            raise StorageFull("the memory set aside for sessions is full")


def _note(kept: _Kept, receipt: Receipt | None) -> None:
    if receipt is not None:
        kept.receipts[receipt.name] = receipt
        if len(kept.receipts) > RECEIPTS:
            kept.receipts.popitem(last=False)
