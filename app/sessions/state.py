"""The state of a session as the fold of its operations: where it stands, what was changed, what it is doing.

An operation names the fields it sets, so replaying a log needs no engine. Training's own progress is an operation
like any other, but it makes no revision stale: nobody decided it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

import orjson

from app.answers import encode
from app.sessions.store import StorageUnreadable, Stored

ADVANCE, CHANGE = "advance", "change"
DIGEST = 16
Operation = dict[str, Any]
"""``kind``, and the fields of the state it sets; a change has ``change`` instead."""


@dataclass(frozen=True, slots=True)
class State:
    """Everything about a session but its recipe and the parameters, which follow from this and the recipe.

    ``touched`` is the revision of the last operation that somebody decided; ``kept`` the position of the stored
    checkpoint as long as it lies on the way here; ``step`` the cursor in the next update.
    """

    revision: int = 0
    touched: int = 0
    position: int = 0
    reached: int = 0
    changes: tuple[Mapping[str, Any], ...] = ()
    status: str = "paused"
    reason: str | None = None
    speed: float | None = None
    step: Mapping[str, Any] | None = None
    kept: int | None = None

    def after(self, operation: Operation) -> Self:
        """The state after one more operation."""
        one = dict(operation)
        kind, change = one.pop("kind"), one.pop("change", None)
        found = replace(self, **one, revision=self.revision + 1)
        if kind != ADVANCE:
            found = replace(found, touched=found.revision)
        if change is not None:
            before = tuple(earlier for earlier in self.changes if earlier["at"] <= change["at"])
            found = replace(found, changes=(*before, change), reached=change["at"])
        if found.kept is not None and found.position < found.kept:
            found = replace(found, kept=None)
        return found

    def after_checkpoint(self, position: int) -> Self:
        """The state with a checkpoint kept of ``position``."""
        return replace(self, kept=position)

    def is_fresh(self, revision: int) -> bool:
        """Whether nothing was decided since ``revision``."""
        return self.touched <= revision <= self.revision

    def encoded(self) -> bytes:
        """As it is stored."""
        return seal(encode(asdict(self)))


def seal(body: bytes) -> bytes:
    """``body`` behind a checksum of it."""
    return hashlib.sha256(body).digest()[:DIGEST] + body


def opened(sealed: bytes) -> bytes:
    """What was sealed; raises ``StorageUnreadable`` where it has changed since."""
    body = sealed[DIGEST:]
    if len(sealed) < DIGEST or hashlib.sha256(body).digest()[:DIGEST] != sealed[:DIGEST]:
        raise StorageUnreadable("what was kept of this session is damaged")
    return body


def folded(session: Stored) -> State:
    """The present state of a stored session, at rest. Raises ``StorageUnreadable``."""
    try:
        value = orjson.loads(opened(session.state))
        known = {one.name for one in fields(State)}
        state = State(**{name: value[name] for name in known} | {"changes": tuple(value["changes"])})
        for operation in session.operations:
            state = state.after(orjson.loads(opened(operation)))
    except (KeyError, TypeError, ValueError) as error:
        raise StorageUnreadable("what was kept of this session cannot be read") from error
    if state.revision != session.revision + len(session.operations):
        raise StorageUnreadable("operations of this session are missing")
    if state.status == "running":
        return replace(state, status="paused", reason="the server was stopped meanwhile")
    return state
