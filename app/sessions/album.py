"""An album: the pictures of one session, each kept until there is time for a newer one.

While it trains pictures take their share of the time and no more, so a costly one is of a moment a little earlier
than the frame, and says of which. At rest every picture is of the very moment.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from app.answers import encode
from app.sessions.live import Live
from app.sessions.wants import Wants
from backprop_core import Run, pictures

SHARE = 0.02
"""How much of the time may go into pictures of sessions that train, all of them together."""
UNUSED_SECONDS = 2.0
SMALL_INPUTS = 64
"""Inputs up to which a mistake carries its own; wider ones are read from the data."""
AFTER = "+after"
"""Marks a part that shows the next update as well."""
Key = tuple[str, int]
"""A part of a frame and how large it is, or which one."""


@dataclass(slots=True)
class Picture:
    """One part as JSON, empty where there is nothing to show: of which update, made when, and how long that took."""

    body: bytes
    moment: tuple[int, int]
    seconds: float
    made: float
    used: float


class Album:
    """The pictures of ``live``; it is asked in the lane, while the session is held. ``share`` is of the time."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self.share = SHARE
        self._kept: dict[Key, Picture] = {}

    def page(self, wants: Wants) -> bytes:
        """Everything that is wanted, as the inside of a JSON object."""
        live, now = self._live, time.monotonic()
        keys = keys_of(live, wants)
        found = {key: self._picture(key, now) for key in keys}
        for key in [key for key, one in self._kept.items() if now - one.used > UNUSED_SECONDS]:
            del self._kept[key]
        shown = {key[0]: one for key, one in found.items() if one.body}
        parts = [b'"%s":%s' % (_name(name).encode(), one.body) for name, one in shown.items()]
        parts.append(b'"parts":' + encode({_name(name): one.moment[0] for name, one in shown.items()}))
        return b",".join(parts)

    def _picture(self, key: Key, now: float) -> Picture:
        found = self._kept.get(key)
        if found is None or self._is_due(found, now):
            moment, begin = self._moment, time.perf_counter()
            value = PARTS[key[0]](self._live.run, key[1])
            body = b"" if value is None else encode(value)
            found = self._kept[key] = Picture(body, moment, time.perf_counter() - begin, now, now)
        found.used = now
        return found

    def _is_due(self, one: Picture, now: float) -> bool:
        update, touched = self._moment
        if not self._live.is_running or one.moment[1] != touched:
            return one.moment != (update, touched)
        return now - one.made >= len(self._kept) * one.seconds / self.share

    @property
    def _moment(self) -> tuple[int, int]:
        return self._live.run.position, self._live.state.touched


def keys_of(live: Live, wants: Wants) -> Iterable[Key]:
    """The parts of a frame, as they are wanted and as the session has them."""
    paused = not live.is_running
    after = AFTER if paused and wants.after and live.diverged is None else ""
    for name, size in wants:
        if name == "tile" and size is not None:
            yield name, size
        elif name != "after" and size:
            yield name + (after if name in ("boundary", "curve") else ""), int(size)
    if paused:
        yield "next_rows", 0


def _name(part: str) -> str:
    return part.removesuffix(AFTER)


def _boundary(run: Run, size: int) -> dict[str, Any] | None:
    found = pictures.boundary(run, size)
    if found is None:
        return None
    train, test = pictures.wrong(run)
    return {one.name: getattr(found, one.name) for one in fields(found)} | {"wrong": {"train": train, "test": test}}


def _boundary_and_after(run: Run, size: int) -> dict[str, Any] | None:
    found, changed = _boundary(run, size), pictures.boundary(run, size, after=True)
    if found is None or changed is None:
        return found
    return found | {"after": {"values": changed.values, "classes": changed.classes}}


def _curve(run: Run, points: int) -> dict[str, Any] | None:
    line = pictures.curve(run, points)
    return None if line is None else {"x": line[0], "y": line[1]}


def _curve_and_after(run: Run, points: int) -> dict[str, Any] | None:
    found, changed = _curve(run, points), pictures.curve(run, points, after=True)
    return found if found is None or changed is None else found | {"after": changed[1]}


def _mistakes(run: Run, count: int) -> list[dict[str, Any]]:
    with_inputs = run.spec.inputs <= SMALL_INPUTS
    return [
        {"row": one.row, "class": one.of, "answer": one.answer, **({"inputs": one.inputs} if with_inputs else {})}
        for one in pictures.mistakes(run, count)
    ]


def _tile(run: Run, neuron: int) -> dict[str, Any] | None:
    return {"neuron": neuron, "values": pictures.tile(run, neuron)} if neuron < run.spec.sizes[1] else None


def _maps(run: Run, size: int) -> Any:
    return pictures.maps(run, size) if run.spec.inputs == 2 else None


PARTS: Mapping[str, Callable[[Run, int], Any]] = {
    "layers": lambda run, _: pictures.neurons(run),
    "edges": pictures.strongest_edges,
    "boundary": _boundary,
    "boundary" + AFTER: _boundary_and_after,
    "curve": _curve,
    "curve" + AFTER: _curve_and_after,
    "maps": _maps,
    "histograms": pictures.histograms,
    "confusion": lambda run, _: pictures.confusion(run),
    "mistakes": _mistakes,
    "tile": _tile,
    "next_rows": lambda run, _: run.rows(),
}
