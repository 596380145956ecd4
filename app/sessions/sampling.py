"""Sampling: a session that trains is measured on its way, often at first and then ever more seldom, within a budget.

So a run that is over in a moment has a curve as well, and a long one keeps its speed.
"""

import time
from typing import Any

from app.sessions.frames import take_sample
from app.sessions.live import Live
from backprop_core import Advanced

APART = 0.07
"""Updates between two samples over all updates since the start: a fourteenth of what a curve shows."""
SECONDS = 0.1
"""Time between two samples, once they would lie farther apart than that."""
FIRST_SECONDS, SHARE = 0.05, 0.01
"""Measuring may take so long at first, which nobody notices, and then a hundredth of the time."""


class Sampler:
    """Trains ``live`` and measures it on the way, in the lane."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._start = live.run.position
        self._next = self._start + 1
        self._at = time.monotonic()
        self._earned = self._spent = self._last = 0.0
        self.new: list[dict[str, Any]] = []

    def earn(self, seconds: float) -> None:
        """So much time has passed that is this session's own."""
        self._earned += seconds

    def train(self, count: int) -> tuple[Advanced, int, float]:
        """Train for ``count`` updates or until training ends: how that was, updates made, seconds without measuring."""
        run, spent = self._live.run, 0.0
        begin, end = run.position, run.position + count
        while True:
            start = time.perf_counter()
            to = min(end, self._next) if self._next > run.position else end
            advanced = run.advance(to - run.position)
            spent += time.perf_counter() - start
            if advanced.stopped is not None or run.position >= end:
                self._measure()
                return advanced, run.position - begin, spent
            self._measure()

    def _measure(self) -> None:
        """Take a sample where one is due and can be paid for."""
        now, position = time.monotonic(), self._live.run.position
        if position < self._next and now < self._at + SECONDS:
            return
        self._next = position + max(1, int(APART * (position - self._start)))
        if self._spent + self._last > FIRST_SECONDS + SHARE * self._earned:
            return
        begin = time.thread_time()  # on a busy machine the clock would count others' work
        sample = take_sample(self._live)
        self._at, self._last = now, time.thread_time() - begin
        self._spent += self._last
        if sample is not None:
            self.new.append(sample)
