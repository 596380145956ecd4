"""Frames: one moment of a session as its viewers see it, numbers always and pictures as each of them wants.

Made in the lane while the session is held, so that everything in a frame is of the same moment.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from app.answers import encode
from app.sessions.documents import told
from app.sessions.live import Live
from app.sessions.wants import Wants
from backprop_core import Run, pictures

Frame = dict[str, Any]
MOST_COSTS = 10_000
"""Costs in one frame; what is more comes with the next one."""
SMALL_INPUTS = 64
"""Inputs up to which a mistake carries its own; wider ones are read from the data."""


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
        "diverged": None if live.diverged is None else told(live.diverged),
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


def take_sample(live: Live) -> bool:
    """Measure the present moment, unless that was done before; whether it was done now."""
    run = live.run
    at = bisect_left(live.samples, run.position, key=lambda one: one["update"])
    if at < len(live.samples) and live.samples[at]["update"] == run.position:
        return False
    measures = asdict(run.measure())
    live.samples.insert(
        at, {"update": run.position, "epoch": run.epoch, "learning_rate": run.learning_rate, **measures}
    )
    return True


def parts_of(live: Live, wants: Wants) -> bytes:
    """The pictures that are wanted, as the inside of a JSON object."""
    run, paused = live.run, not live.is_running
    parts: Frame = {}
    if wants.layers:
        parts["layers"] = pictures.neurons(run)
    if wants.edges:
        parts["edges"] = pictures.strongest_edges(run, wants.edges)
    if wants.maps and run.spec.inputs == 2:
        parts["maps"] = pictures.maps(run, wants.maps)
    if wants.histograms:
        parts["histograms"] = pictures.histograms(run, wants.histograms)
    if wants.tile is not None and wants.tile < run.spec.sizes[1]:
        parts["tile"] = {"neuron": wants.tile, "values": pictures.tile(run, wants.tile)}
    parts |= _answers(run, wants, after=paused and wants.after and live.diverged is None)
    if paused:
        parts["next_rows"] = run.rows()
    return encode(parts)[1:-1]


def _answers(run: Run, wants: Wants, *, after: bool) -> Frame:
    """What the network answers: over the plane, along the line, or class against class."""
    parts: Frame = {}
    if wants.boundary:
        found = pictures.boundary(run, wants.boundary)
        if found is not None:
            parts["boundary"] = asdict(found) | {"wrong": _wrong(run)}
            changed = pictures.boundary(run, wants.boundary, after=True) if after else None
            if changed is not None:
                parts["boundary"]["after"] = {"values": changed.values, "classes": changed.classes}
    if wants.curve:
        line = pictures.curve(run, wants.curve)
        if line is not None:
            changed_line = pictures.curve(run, wants.curve, after=True) if after else None
            parts["curve"] = {"x": line[0], "y": line[1]} | ({"after": changed_line[1]} if changed_line else {})
    if wants.confusion:
        parts["confusion"] = pictures.confusion(run)
    if wants.mistakes:
        parts["mistakes"] = [_mistake(one) for one in pictures.mistakes(run, wants.mistakes)]
    return parts


def _wrong(run: Run) -> Mapping[str, Any]:
    train, test = pictures.wrong(run)
    return {"train": train, "test": test}


def _mistake(one: pictures.Mistake) -> Frame:
    inputs = {"inputs": one.inputs} if len(one.inputs) <= SMALL_INPUTS else {}
    return {"row": one.row, "class": one.of, "answer": one.answer, **inputs}


def joined(head: Frame, parts: bytes) -> bytes:
    """One message of both."""
    return encode(head)[:-1] + (b"," + parts if parts else b"") + b"}"
