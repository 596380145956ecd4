"""A live session: the run of its recipe with its state, kept in step with the store.

Whoever uses one holds its lock. The run goes first and the operation follows; where that cannot be kept, the
live session is given up, and the store's older truth takes its place.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar

from app.answers import encode
from app.lane import Lane
from app.sessions.desk import Desk
from app.sessions.state import ADVANCE, Operation, State, seal
from app.sessions.store import Receipt, StoreError
from backprop_core import Diverged, Run

T = TypeVar("T")
OPERATIONS = 64
"""Operations after which the log is folded."""
REPLAYED_SECONDS = 0.1
"""Time of the updates after a checkpoint that is worth another one, if that is small."""
BYTES_A_SECOND = 5e6
"""How many bytes of checkpoints are written at most for a second of updates."""
SMOOTHING = 0.3


class Live:
    """One session in memory.

    ``samples`` are measures taken at moments, in order; ``listeners`` are called after every operation that was
    kept; ``viewers`` counts the streams that are open; ``used`` is when somebody last asked for it.
    """

    def __init__(self, key: str, watch: str, recipe: bytes, run: Run, state: State, desk: Desk, lane: Lane) -> None:
        self.key, self.watch, self.recipe = key, watch, recipe
        self.run, self.state = run, state
        self.lock = asyncio.Lock()
        self.samples: list[dict[str, Any]] = []
        self.listeners: set[Callable[[], None]] = set()
        self.viewers = 0
        self.used = time.monotonic()
        self.gone = False
        self.data_document: bytes | None = None
        self.folded = state.revision
        self._slower, self._size = 1.0, 0
        self._desk, self._lane = desk, lane

    @property
    def revision(self) -> int:
        """How many operations were kept."""
        return self.state.revision

    @property
    def status(self) -> str:
        """“paused”, “running”, “finished” or “diverged”."""
        return self.state.status

    @property
    def is_running(self) -> bool:
        """Whether training was started and has not ended."""
        return self.state.status == "running" and not self.gone

    @property
    def diverged(self) -> Diverged | None:
        """The update that cannot be made, where the run stands before it."""
        found = self.run.diverged
        return found if found is not None and found.update == self.run.position else None

    @property
    def seconds(self) -> float:
        """About how long an update takes: as counted, corrected by what was measured."""
        return self.run.predicted_seconds * self._slower

    def note(self, updates: int, seconds: float) -> None:
        """So many updates took so long."""
        if updates:
            self._slower += SMOOTHING * (seconds / updates / self.run.predicted_seconds - self._slower)

    async def compute(self, work: Callable[[], T]) -> T:
        """The result of ``work`` from the lane: begun work, never refused."""
        return await self._lane.resume(work)

    async def append(self, operation: Operation, receipt: Callable[[], Receipt] | None = None) -> None:
        """Keep ``operation``; what it does to the run has been done. ``receipt`` is made in the state after it.

        Raises ``StoreError``; then nothing was kept and this session is given up.
        """
        before, self.state = self.state, self.state.after(operation)
        try:
            made = None if receipt is None else receipt()
            await self._desk.append(self.key, before.revision, seal(encode(operation)), made)
        except BaseException:
            self.give_up()
            raise
        if operation["kind"] == "change":
            self.samples = [one for one in self.samples if one["update"] <= self.run.position]
        if self._is_fold_due():
            await self.fold()
        self.tell()

    async def flush(self) -> None:
        """Keep how far training has come."""
        if self._has_come_on():
            await self.append(self._advance())

    def flushing(self) -> asyncio.Future[None] | None:
        """Begin to keep how far training has come; awaited, it is kept. Training may go on meanwhile.

        What is appended later lies behind it in the store. Awaiting raises ``StoreError`` as ``append`` does.
        """
        if not self._has_come_on():
            return None
        before, self.state = self.state, self.state.after(self._advance())
        asked = self._desk.appending(self.key, before.revision, seal(encode(self._advance())))
        asked.add_done_callback(lambda done: self.give_up() if done.cancelled() or done.exception() else None)
        return asked

    async def settle(self, status: str, reason: str | None = None) -> None:
        """Keep how far training has come, and that it is now “paused”, “finished” or “diverged”."""
        await self.flush()
        if (self.state.status, self.state.reason) != (status, reason):
            await self.append({"kind": "status", "status": status, "reason": reason, "speed": None})

    async def fold(self) -> None:
        """Let the store keep the state and, where the way to it is long, the run, instead of the operations so far.

        Where it cannot, the operations stay, and nothing is lost.
        """
        blob, state = None, self.state
        if self._is_far():
            blob = seal(await self.compute(self.run.checkpoint))
            state = state.after_checkpoint(self.run.position)
            self._size = len(blob)
        self.folded = state.revision
        try:
            await self._desk.checkpoint(self.key, state.revision, state.encoded(), blob)
        except StoreError:
            return
        self.state = state

    def tell(self) -> None:
        """Call the listeners."""
        for listener in tuple(self.listeners):
            listener()

    def give_up(self) -> None:
        """The store is right and this is not: whoever asks next loads it anew."""
        self.gone = True
        self.tell()

    def _has_come_on(self) -> bool:
        return self.run.position != self.state.position or self.run.reached != self.state.reached

    def _advance(self) -> Operation:
        return {"kind": ADVANCE, "position": self.run.position, "reached": self.run.reached}

    def _is_far(self) -> bool:
        """Whether the way from the checkpoint to here is long, for what another one costs."""
        updates = self.run.position - (self.state.kept or 0)
        return updates * self.seconds > REPLAYED_SECONDS + self._size / BYTES_A_SECOND

    def _is_fold_due(self) -> bool:
        return self.revision - self.folded >= OPERATIONS or self._is_far()
