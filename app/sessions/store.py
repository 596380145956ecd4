"""What a store of sessions does, in seven calls, and the ways in which it can fail.

Stores keep bytes and know nothing of what they mean. The number of operations of a session is its revision,
and appending to any other revision than the present one is refused: that is all the locking there is.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was answered to a request with an Idempotency-Key: ``digest`` is of the request, ``answer`` its answer."""

    name: str
    digest: bytes
    answer: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """A session as it is kept: its state at ``revision``, the operations since, and a checkpoint of its run.

    ``key`` is a hash of the name that drives it, so that whoever reads the store may not drive; ``watch`` is the name
    that lets watch.
    """

    key: str
    watch: str
    recipe: bytes
    state: bytes
    revision: int = 0
    checkpoint: bytes | None = None
    operations: tuple[bytes, ...] = ()


class Store(Protocol):
    """Calls may block; one thread at a time makes them."""

    def create(self, session: Stored, receipt: Receipt | None = None) -> None:
        """Keep a new session. Raises ``SessionExists``, ``StorageFull``."""

    def load(self, key: str, watch: str) -> Stored:
        """The session with that key, or that name to watch by. Raises ``SessionMissing``, ``StorageUnreadable``."""

    def append(self, key: str, expected: int, operation: bytes, receipt: Receipt | None = None) -> None:
        """Add an operation to a session of ``expected`` operations, together with a receipt.

        Raises ``StaleRevision``, ``SessionMissing``, ``StorageFull``.
        """

    def checkpoint(self, key: str, revision: int, state: bytes, checkpoint: bytes | None) -> None:
        """Keep the state at ``revision``, then drop the operations until there; None leaves the checkpoint as it is.

        Raises ``SessionMissing``, ``StorageFull``.
        """

    def receipt(self, key: str, name: str) -> Receipt | None:
        """The receipt of that name, if it is still kept."""

    def delete(self, key: str) -> None:
        """Forget a session. Raises ``SessionMissing``."""

    def expire(self, seconds: float, spared: Collection[str] = ()) -> int:
        """Forget the sessions that nothing was written to for ``seconds``, but those ``spared``; how many they were."""

    def close(self) -> None:
        """Let go of files."""


class StoreError(Exception):
    """A store cannot do what it was asked; the message says why."""


class SessionMissing(StoreError):
    """There is no such session."""


class SessionExists(StoreError):
    """There is such a session already."""


class StaleRevision(StoreError):
    """Something else was appended first: ``present`` is the revision now."""

    def __init__(self, present: int) -> None:
        super().__init__(f"the session is at revision {present}")
        self.present = present


class StorageFull(StoreError):
    """There is no room to write; reading goes on."""


class StorageUnreadable(StoreError):
    """What is kept of this session, or the file it is kept in, is damaged."""


RECEIPTS = 100
"""Receipts kept of one session: the newest."""
