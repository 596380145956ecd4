"""The registry of sessions: the live ones by their names, made, loaded and laid to rest as they are needed.

A name to drive is 128 bits by chance and kept nowhere, only its hash; a name to watch is another one.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from app.lane import Lane
from app.limits import Limits
from app.problems import Problem
from app.sessions.bodies import SessionRequest
from app.sessions.desk import Desk
from app.sessions.live import Live
from app.sessions.making import loaded, made
from app.sessions.names import drawn, key_of
from app.sessions.state import State, folded, seal
from app.sessions.store import (
    Receipt,
    SessionMissing,
    StaleRevision,
    StorageFull,
    StorageUnreadable,
    Store,
    Stored,
    StoreError,
)
from backprop_core import Run

SWEEP_SECONDS = 30.0
Receipts = Callable[[Live], Receipt]


@dataclass(frozen=True, slots=True)
class Opened:
    """A live session and what the name it was asked by may do: “drive” or “watch”."""

    live: Live
    may: str
    name: str

    def check_drive(self) -> None:
        """Raise ``Problem`` (403) for a name that only lets watch."""
        if self.may != "drive":
            raise Problem("watch-only", "This name only lets watch. Ask whoever shared it for the name that drives.")


class Sessions:
    """Every session of one application. ``on_start`` is called with a session whose training was started."""

    def __init__(self, store: Store, limits: Limits, lane: Lane) -> None:
        self.limits, self.lane = limits, lane
        self.desk = Desk(store)
        self.on_start: Callable[[Live], None] = lambda live: None
        self._live: dict[str, Live] = {}
        self._watched: dict[str, Live] = {}
        self._loading: dict[str, asyncio.Task[Live]] = {}

    @property
    def live(self) -> tuple[Live, ...]:
        """Those in memory."""
        return tuple(self._live.values())

    async def create(self, wanted: SessionRequest, name: str | None = None, receipt: Receipts | None = None) -> Opened:
        """A new session, under a drawn name unless one is given. Raises ``Problem``, ``SessionExists``."""
        await self._make_room()
        recipe, run = await self.lane.run(lambda: made(wanted, self.limits))
        name = name or drawn()
        live = self._live_of(key_of(name), drawn(), recipe, run, State())
        session = Stored(live.key, live.watch, seal(recipe), live.state.encoded())
        with telling():
            await self.desk.create(session, None if receipt is None else receipt(live))
        self._hold(live)
        return Opened(live, "drive", name)

    async def open(self, name: str) -> Opened:
        """The session of that name, from memory or from the store. Raises ``Problem`` (404, 410, 429)."""
        key = key_of(name)
        live, may = self._live.get(key), "drive"
        if live is None:
            live, may = self._watched.get(name), "watch"
        if live is None or live.gone:
            live = await self._load(key, name)
            may = "drive" if live.key == key else "watch"
        live.used = time.monotonic()
        return Opened(live, may, name)

    @asynccontextmanager
    async def held(self, name: str) -> AsyncIterator[Opened]:
        """The session of that name while nobody else uses it; what the store cannot do becomes a ``Problem``."""
        while True:
            found = await self.open(name)
            async with found.live.lock:
                if not found.live.gone:
                    with telling():
                        yield found
                    return

    @asynccontextmanager
    async def settled(self, name: str) -> AsyncIterator[Opened]:
        """The same for reading: all that is told of it is kept. Where it cannot be, what was kept last is told."""
        while True:
            async with self.held(name) as found:
                try:
                    await found.live.flush()
                except StoreError:
                    continue
                yield found
                return

    async def delete(self, live: Live) -> None:
        """Forget a session; its lock is held."""
        with telling():
            await self.desk.delete(live.key)
        live.give_up()
        self._let_go(live)

    async def sweep(self) -> None:
        """Lay to rest what was not used for long, and forget what was not used for very long."""
        now = time.monotonic()
        for live in self.live:
            if now - live.used > self.limits.idle_seconds:
                await self._rest(live)
        with suppress(StoreError):
            await self.desk.expire(self.limits.expiry_seconds, frozenset(self._live))

    async def keep_sweeping(self) -> None:
        """Sweep now and then, until cancelled."""
        while True:
            await self.sweep()
            await asyncio.sleep(SWEEP_SECONDS)

    async def close(self) -> None:
        """Keep everything and let go of it; training that still runs is paused."""
        for live in self.live:
            async with live.lock:
                with suppress(StoreError):
                    if live.is_running:
                        await live.settle("paused", "the server was stopped meanwhile")
                    await live.flush()
                    await live.fold()
            live.give_up()
            self._let_go(live)
        self.desk.close()

    async def _rest(self, live: Live) -> bool:
        if live.viewers or live.is_running or live.lock.locked():
            return False
        async with live.lock:
            with suppress(StoreError):
                await live.flush()
                await live.fold()
            live.give_up()
            self._let_go(live)
        return True

    async def _make_room(self) -> None:
        for live in self.live:
            if live.gone:
                self._let_go(live)
        for live in sorted(self.live, key=lambda one: one.used):
            if len(self._live) < self.limits.live_sessions:
                return
            await self._rest(live)
        if len(self._live) >= self.limits.live_sessions:
            most = self.limits.live_sessions
            detail = f"All {most} sessions this server holds (limit live_sessions) are in use. Try again in a minute."
            limit = {"name": "live_sessions", "value": most}
            raise Problem("too-many-sessions", detail, limit=limit, headers={"Retry-After": "60"})  # type: ignore[arg-type]

    async def _load(self, key: str, watch: str) -> Live:
        task = self._loading.get(watch)
        if task is None:
            task = self._loading[watch] = asyncio.create_task(self._loaded(key, watch))
            task.add_done_callback(lambda _: self._loading.pop(watch, None))
        return await asyncio.shield(task)

    async def _loaded(self, key: str, watch: str) -> Live:
        with telling():
            session = await self.desk.load(key, watch)
            present = self._live.get(session.key)
            if present is not None and not present.gone:
                return present
            await self._make_room()
            state = folded(session)
            recipe, run = await self.lane.run(lambda: loaded(session, state, self.limits))
        present = self._live.get(session.key)
        if present is not None and not present.gone:  # by its other name, meanwhile
            return present
        live = self._live_of(session.key, session.watch, recipe, run, state)
        live.folded = session.revision
        self._hold(live)
        return live

    def _live_of(self, key: str, watch: str, recipe: bytes, run: Run, state: State) -> Live:
        return Live(key, watch, recipe, run, state, self.desk, self.lane)

    def _hold(self, live: Live) -> None:
        self._live[live.key] = self._watched[live.watch] = live

    def _let_go(self, live: Live) -> None:
        if self._live.get(live.key) is live:
            del self._live[live.key]
            del self._watched[live.watch]


class telling:  # noqa: N801 - read as a word where it is used
    """Within it, what a store cannot do becomes a problem document."""

    def __enter__(self) -> None:
        """Nothing yet."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Tell."""
        if isinstance(error, StaleRevision):  # another process uses the same store
            raise stale(error.present) from None
        if isinstance(error, SessionMissing):
            raise no_session() from None
        if isinstance(error, StorageUnreadable):
            raise Problem(
                "session-unreadable",
                "What was kept of this session is damaged and cannot be read. Others are not affected.",
            ) from None
        if isinstance(error, StorageFull):
            raise Problem(
                "storage-full",
                "The disk is full, so nothing was changed. Make room, then ask again; reading goes on.",
            ) from None


def stale(present: int) -> Problem:
    """The problem of a revision that is not the present one."""
    return Problem(
        "stale-revision",
        f"The session has moved on in another window: it is at revision {present}. Read it again, then decide.",
        headers={"ETag": f'"{present}"'},
        revision=present,
    )


def no_session() -> Problem:
    """The same for a name that never was and for one whose session has expired."""
    return Problem("not-found", "There is no session of that name. It may have expired, or have been deleted.")
