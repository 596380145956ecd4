"""Frames: one moment of a session as its viewers see it, numbers always and pictures as each of them wants.

Made in the lane while the session is held; what several viewers are told alike is encoded once.
"""

from bisect import bisect_left
from dataclasses import asdict
from typing import Any

import numpy as np

from app.answers import encode
from app.sessions.album import Album
from app.sessions.documents import told
from app.sessions.live import Live
from app.sessions.wants import Wants
from backprop_core import Run

Frame = dict[str, Any]
MOST_COSTS = 10_000
"""Costs in one frame; what is more comes with the next one."""
MOST_SAMPLES = 2_000
"""Samples kept of one session; beyond, every other one of the older half goes."""


def head_of(live: Live, rate: float) -> Frame:
    """What every frame says."""
    run, state = live.run, live.state
    return {
        "revision": state.revision,
        "status": state.status,
        "reason": state.reason,
        "update": run.position,
        "reached": run.reached,
        "epoch": run.epoch,
        "row": run.row,
        "learning_rate": run.learning_rate,
        "speed": rate if live.is_running else 0.0,
        "time_left": _time_left(run, rate) if live.is_running else None,
        "viewers": live.viewers,
        "diverged": None if live.diverged is None else told(live.diverged, live.run.spec.depth),
    }


def _time_left(run: Run, rate: float) -> float | None:
    epochs = run.training.stop.epochs
    if epochs is None or rate <= 0.0:
        return None
    return max(0, run.first_update(epochs) - run.position) / rate


def costs_after(run: Run, sent: int) -> Frame:
    """The costs from update ``sent`` on, as many as one frame takes; null for one gone through before a restart."""
    costs = run.costs[sent : sent + MOST_COSTS]
    return {"from": sent, "values": np.ascontiguousarray(costs)}


def take_sample(live: Live) -> Frame | None:
    """Measure the present moment and keep that; None where it was done before."""
    run = live.run
    at = bisect_left(live.samples, run.position, key=lambda one: one["update"])
    if at < len(live.samples) and live.samples[at]["update"] == run.position:
        return None
    place = {"update": run.position, "epoch": run.epoch, "learning_rate": run.learning_rate}
    sample = place | asdict(run.measure())
    live.samples.insert(at, sample)
    if len(live.samples) > MOST_SAMPLES:
        del live.samples[1 : MOST_SAMPLES // 2 : 2]
    return sample


class Moment:
    """A session as it is now, for any number of viewers."""

    def __init__(self, live: Live, rate: float, album: Album) -> None:
        self.live = live
        self._album = album
        self._head = encode(head_of(live, rate))[1:-1]
        self._pages: dict[Wants, bytes] = {}
        self._told: dict[tuple[Wants, int, tuple[int, ...]], tuple[bytes, int]] = {}

    def told(self, wants: Wants, sent: int, samples: list[dict[str, Any]]) -> tuple[bytes, int]:
        """All of a frame but its number, for a viewer that has the costs before ``sent``; which it then has."""
        key = wants, sent, tuple(one["update"] for one in samples)
        if key not in self._told:
            if wants not in self._pages:
                self._pages[wants] = self._album.page(wants)
            costs = costs_after(self.live.run, sent)
            news = encode({"costs": costs, "samples": samples})[1:-1]
            self._told[key] = b",".join((self._head, news, self._pages[wants])), sent + len(costs["values"])
        return self._told[key]


def frame(number: int, told: bytes) -> bytes:
    """A whole message."""
    return b'{"frame":%d,%s}' % (number, told)
