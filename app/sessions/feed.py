"""A feed: the viewers of one session, served together with its newest moment, each as fast as it shows what it gets.

A viewer has at most two frames that it has not shown; what happens meanwhile is in the next one, every cost included.
"""

import asyncio
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from app.problems import LimitMet, Problem
from app.sessions.album import SHARE, Album
from app.sessions.frames import MOST_SAMPLES, Moment, frame, take_sample
from app.sessions.live import Live
from app.sessions.store import StoreError
from app.sessions.wants import Wants

WINDOW = 2
"""Frames sent and not shown yet."""
FRAME_SECONDS = 1 / 30
CROWD = 8
"""Sessions that may train at once before each is shown less often."""
log = logging.getLogger("backscope.stream")


class Viewer:
    """One viewer: what it wants, which costs it has, which of its frames it has shown.

    ``slot`` holds what is to be sent to it: pairs of a message and the number of costs known with it.
    """

    def __init__(self, wants: Wants, after: int, live: Live, feed: "Feed") -> None:
        self.wants, self.sent = wants, max(0, min(after, live.run.reached))
        self.slot: asyncio.Queue[tuple[bytes, int]] = asyncio.Queue()
        self.frame, self.shown, self.received = 0, 0, 0
        self.asked = time.monotonic()
        self._feed = feed
        self._changes = live.state.changes
        self._seen: tuple[Any, ...] | None = None
        self._samples = {one["update"]: one for one in live.samples if one["update"] > self.sent}

    @property
    def is_ready(self) -> bool:
        """Whether it may be sent another frame."""
        return self.frame - self.shown < WINDOW

    @property
    def is_silent(self) -> bool:
        """Whether something was sent that did not arrive."""
        return self.received < self.frame

    def want(self, wants: Wants) -> None:
        """Other parts from the next frame on."""
        self.wants = wants
        self._feed.stir()

    def show(self, frame: int) -> None:
        """It has shown ``frame``, and so everything before."""
        self.shown = max(self.shown, min(frame, self.frame))
        self.receive(frame)
        self._feed.stir()

    def receive(self, frame: int) -> None:
        """``frame`` arrived, whether or not it is shown: a hidden page shows nothing."""
        self.received = max(self.received, min(frame, self.frame))
        self.asked = time.monotonic()

    def is_behind(self, live: Live) -> bool:
        """Whether there is anything that its last frame did not say."""
        return self._seen != self._moment(live) or self.sent < live.run.reached

    def note(self, sample: dict[str, Any]) -> None:
        """One more sample for its next frame."""
        self._samples[sample["update"]] = sample
        if len(self._samples) > MOST_SAMPLES:
            self._samples = dict(islice(self._samples.items(), 0, None, 2))

    def shoot(self, moment: Moment) -> tuple[bytes, int]:
        """Its next frame; the session is held."""
        self._forget(moment.live)
        if not self.is_silent:
            self.asked = time.monotonic()
        self.frame += 1
        told, self.sent = moment.told(self.wants, self.sent, list(self._samples.values()))
        self._samples, self._seen = {}, self._moment(moment.live)
        return frame(self.frame, told), self.sent

    def _forget(self, live: Live) -> None:
        """After a change the costs behind it are other ones."""
        changes = live.state.changes
        for place, change in enumerate(changes):
            if place >= len(self._changes) or change is not self._changes[place]:
                self.sent = min(self.sent, int(change["at"]))
                self._samples = {at: one for at, one in self._samples.items() if at <= change["at"]}
                break
        self.sent, self._changes = min(self.sent, live.run.reached), changes

    def _moment(self, live: Live) -> tuple[Any, ...]:
        return live.revision, live.run.position, live.status, live.viewers, self.wants


class Feed:
    """Serves the viewers of ``live`` from one task, which ends with the last of them.

    ``rate`` are its updates a second, ``crowd`` is how many sessions train at the same time.
    """

    def __init__(self, live: Live) -> None:
        self.live = live
        self.viewers: set[Viewer] = set()
        self.closed = asyncio.Event()
        self._seats = 0
        self.rate, self.crowd = 0.0, 1
        self._stirred = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._last = 0.0
        self._album = Album(live)

    def stir(self) -> None:
        """Something may have happened."""
        self._stirred.set()

    def admit(self, most: int) -> None:
        """Raise ``Problem`` where ``most`` are connected already."""
        if self._seats >= most:
            words = f"{most} streams of this session are open, which is as many as this server allows: try again later."
            limit: LimitMet = {"name": "session_viewers", "value": most}
            raise Problem("too-many-viewers", words, limit=limit, headers={"Retry-After": "10"})

    @contextmanager
    def seat(self) -> Iterator[None]:
        """Be connected."""
        self._seats += 1
        try:
            yield
        finally:
            self._seats -= 1

    def join(self, wants: Wants, after: int) -> Viewer:
        """One more viewer, which has the costs before update ``after``."""
        viewer = Viewer(wants, after, self.live, self)
        self.viewers.add(viewer)
        self.live.viewers += 1
        if self._task is None or self._task.done():
            self.live.listeners.add(self.stir)
            self._task = asyncio.create_task(self._serve())
        self.stir()
        return viewer

    def leave(self, viewer: Viewer) -> None:
        """One less; a session that nobody looks at was used until now."""
        if viewer in self.viewers:
            self.viewers.remove(viewer)
            self.live.viewers -= 1
            self.live.used = time.monotonic()
            self.stir()

    async def _serve(self) -> None:
        try:
            while self.viewers and not self.live.gone:
                await self._stirred.wait()
                self._stirred.clear()
                pause = FRAME_SECONDS * max(1.0, self.crowd / CROWD)
                await asyncio.sleep(max(0.0, self._last + pause - time.monotonic()))
                ready = [one for one in self.viewers if one.is_ready and one.is_behind(self.live)]
                if ready:
                    await self._shoot(ready)
        except Exception:
            log.exception("a session cannot be shown")
            self.closed.set()
        finally:
            self.live.listeners.discard(self.stir)
            if self.live.gone:
                self.closed.set()

    async def _shoot(self, ready: list[Viewer]) -> None:
        self._last = time.monotonic()
        async with self.live.lock:
            if self.live.gone:
                return
            kept = self.live.flushing()
            shots = await self.live.compute(lambda: self._frames(ready))
        if kept is not None:  # what a viewer is shown shall not be lost
            try:
                await kept
            except StoreError:
                return
        for viewer, shot in shots:
            viewer.slot.put_nowait(shot)
        if any(one.is_ready and one.is_behind(self.live) for one in self.viewers):
            self.stir()

    def note(self, sample: dict[str, Any]) -> None:
        """A sample that every viewer is to get."""
        for viewer in tuple(self.viewers):
            viewer.note(sample)

    def _frames(self, ready: list[Viewer]) -> list[tuple[Viewer, tuple[bytes, int]]]:
        """In the lane: at rest a sample of where it stands, and a frame for everyone."""
        sample = None if self.live.is_running else take_sample(self.live)
        if sample is not None:
            self.note(sample)
        self._album.share = SHARE / self.crowd
        moment = Moment(self.live, self.rate, self._album)
        return [(viewer, viewer.shoot(moment)) for viewer in ready]
