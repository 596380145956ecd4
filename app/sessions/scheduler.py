"""The scheduler: one for a process, it gives the next turn to the session that had the least time so far.

A turn is a few milliseconds of updates in the lane; whoever wants to look, change or pause comes between two turns.
"""

import asyncio
import logging
import time
from contextlib import suppress
from dataclasses import dataclass
from weakref import WeakValueDictionary

from app.limits import Limits
from app.sessions.feed import Feed
from app.sessions.live import Live
from app.sessions.registry import Sessions
from app.sessions.sampling import Sampler
from app.sessions.store import StoreError
from backprop_core import Advanced

ALONE, SHARED = 0.02, 0.005
"""Seconds of a turn, of a session that trains alone and of one among others."""
KEPT_SECONDS = 1.0
"""How often progress is kept that nobody is shown."""
SAVED_SECONDS = 0.25
"""For how long updates that a speed allows and that could not be made are made up for."""
IDLE_SECONDS = 0.004
"""How long the scheduler sleeps where every session waits for its next update."""
log = logging.getLogger("backscope.training")


@dataclass(slots=True)
class Pace:
    """How one session trains: since when, how many updates by now, how fast, when its progress was kept last.

    ``rate`` are the updates a second with all waiting, ``used`` is the processor time it had beside the others;
    ``credit`` are the updates that its speed allows, as of ``paid``.
    """

    live: Live
    sampler: Sampler
    started: float
    kept: float
    paid: float
    used: float = 0.0
    made: int = 0
    credit: float = 0.0
    seen: float = 0.0
    rate: float = 0.0


class Scheduler:
    """Trains the sessions that were started, and has a feed for each one that is watched."""

    def __init__(self, sessions: Sessions, limits: Limits) -> None:
        self._limits = limits
        sessions.on_start = self.start
        self._paces: dict[str, Pace] = {}
        self._feeds: WeakValueDictionary[str, Feed] = WeakValueDictionary()  # whoever is served by one holds it
        self._wake = asyncio.Event()
        self._closing = False
        self._task: asyncio.Task[None] | None = None

    def start(self, live: Live) -> None:
        """Let ``live`` have its turns, as long as it is running."""
        now = time.monotonic()
        used = min((pace.used for pace in self._paces.values()), default=0.0)
        self._paces[live.key] = Pace(live, Sampler(live), now, now, now, used, seen=now)
        self._wake.set()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    def feed(self, live: Live) -> Feed:
        """The feed of ``live``."""
        found = self._feeds.get(live.key)
        if found is None or found.live is not live or found.closed.is_set():
            found = self._feeds[live.key] = Feed(live)
        if self._closing:
            found.closed.set()
        return found

    async def close(self) -> None:
        """No more turns: pause whatever trains, and let every viewer go. The turn that is being made ends first."""
        self._closing = True
        self._wake.set()
        if self._task is not None:
            await asyncio.wait([self._task])
        for pace in tuple(self._paces.values()):
            async with pace.live.lock:
                with suppress(StoreError):
                    if pace.live.is_running:
                        await pace.live.settle("paused", "the server was stopped meanwhile")
            self._stop(pace)
        for feed in tuple(self._feeds.values()):
            feed.closed.set()

    async def _run(self) -> None:
        while not self._closing:
            if not self._paces:
                self._wake.clear()
                await self._wake.wait()
            await asyncio.sleep(0.0 if await self._next_turn() else IDLE_SECONDS)

    async def _next_turn(self) -> bool:
        """A turn of the session that had the least time, or of the next one that can use it; whether there was one."""
        waiting: list[Pace] = []
        for pace in sorted(self._paces.values(), key=lambda one: one.used):
            if await self._safely(pace):
                for one in waiting:  # time that was not wanted is not saved up
                    one.used = max(one.used, pace.used)
                return True
            waiting.append(pace)
        return False

    async def _safely(self, pace: Pace) -> bool:
        try:
            return await self._turn(pace)
        except StoreError:
            log.warning("training stops: what was done cannot be kept")
        except Exception:
            log.exception("training stops")
            pace.live.give_up()
        self._stop(pace)
        return True

    async def _turn(self, pace: Pace) -> bool:
        """A turn of one session; whether it made an update."""
        live = pace.live
        if live.lock.locked() and len(self._paces) > 1:  # whoever holds it for long shall not hold up the others
            return False
        async with live.lock:
            if not live.is_running:
                self._stop(pace)
                return True
            count = self._allowed(pace)
            if count == 0:
                return False
            advanced = await self._train(pace, count)
            reason = advanced.reason
            status = advanced.stopped
            if status is None:
                reason = self._reason_to_pause(pace)
                status = None if reason is None else "paused"
            if status is not None:
                await live.settle(status, reason)
                self._stop(pace)
            elif time.monotonic() - pace.kept > KEPT_SECONDS:
                await live.flush()
                pace.kept = time.monotonic()
        live.tell()
        return True

    async def _train(self, pace: Pace, count: int) -> Advanced:
        now, crowd = time.monotonic(), len(self._paces)
        pace.sampler.earn((now - pace.seen) / crowd)
        (advanced, made, spent), used = await pace.live.compute(lambda: _timed(pace.sampler, count))
        pace.made += made
        pace.used += used
        pace.live.note(made, spent)
        elapsed, pace.seen = now - pace.seen, now
        if elapsed > 0.0:
            pace.rate += min(1.0, elapsed) * (made / elapsed - pace.rate) if pace.rate else made / elapsed
        feed = self._feeds.get(pace.live.key)
        if feed is not None:
            feed.rate, feed.crowd = pace.rate, crowd
            for sample in pace.sampler.new:
                feed.note(sample)
        pace.sampler.new.clear()
        return advanced

    def _allowed(self, pace: Pace) -> int:
        """Updates of this turn: as many as its time is enough for, and no more than its speed allows."""
        turn = ALONE if len(self._paces) == 1 else SHARED
        count = max(1, int(turn / max(pace.live.seconds, 1e-7)))
        count = min(count, self._limits.session_updates - pace.live.run.position)
        speed = pace.live.state.speed
        if speed is None:
            return count
        now = time.monotonic()
        pace.credit = min(pace.credit + speed * (now - pace.paid), max(1.0, speed * SAVED_SECONDS))
        pace.paid = now
        count = min(count, int(pace.credit))
        pace.credit -= count
        return count

    def _reason_to_pause(self, pace: Pace) -> str | None:
        live, now, limits = pace.live, time.monotonic(), self._limits
        if live.viewers == 0 and now - max(live.used, pace.started) > limits.unwatched_seconds:
            return "nobody was watching"
        if now - pace.started > limits.training_seconds:
            return f"one start trains for {limits.training_seconds} seconds: start again to go on"
        if live.run.position >= limits.session_updates:
            return f"a session makes {limits.session_updates} updates at most"
        if pace.made >= limits.training_updates:
            return f"one start makes {limits.training_updates} updates: start again to go on"
        return None

    def _stop(self, pace: Pace) -> None:
        if self._paces.get(pace.live.key) is pace:
            del self._paces[pace.live.key]
        pace.live.tell()


def _timed(sampler: Sampler, count: int) -> tuple[tuple[Advanced, int, float], float]:
    # Processor time: a turn that the machine interrupts for something else is not a longer one.
    begin = time.thread_time()
    return sampler.train(count), time.thread_time() - begin
