"""What a driver can do to a session: move along its run, change what comes after, start and pause.

A long way is gone in slices, so that one session delays no other. Moving ends training: one cannot lead and follow.
"""

import time
from functools import partial
from typing import Any

from app.limits import Limits
from app.problems import refusal
from app.sessions import budget
from app.sessions.bodies import MoveRequest, Nothing, PatchRequest, StartRequest
from app.sessions.driving import Done
from app.sessions.live import Live
from app.sessions.recipes import complaining, patched
from backprop_core import Run

SLICE_SECONDS = 0.005


def target_of(run: Run, wanted: MoveRequest) -> int:
    """The update to go to; before the first one is the first. Raises ``Problem`` (422) unless one way is given."""
    if [wanted.count, wanted.to, wanted.epochs].count(None) != 2:
        raise refusal("invalid-value", "Give count, to or epochs: one of the three.", "/count")
    if wanted.to is not None:
        return wanted.to
    if wanted.count is not None:
        return max(0, run.position + wanted.count)
    assert wanted.epochs is not None
    # Back by an epoch from within one is to its beginning, as in a book.
    whole = wanted.epochs + (1 if wanted.epochs < 0 and run.row else 0)
    return max(0, run.first_update(max(0, run.epoch + whole)))


async def move(live: Live, wanted: MoveRequest, limits: Limits) -> Done:
    """Go to an update, forward or back."""
    to = target_of(live.run, wanted)
    await go(live, to, limits)
    return Done(standing(live, "move"))


async def go(live: Live, to: int, limits: Limits) -> None:
    """Let the run of ``live`` go to an update in slices. Raises ``Problem`` (422) where it is too far."""
    run = live.run
    start = run.position if to >= run.position else run.nearest(to)
    budget.check_way(start, to, live.seconds, limits)
    if start != run.position:
        await live.compute(lambda: run.move(start))
    while run.position < to and live.diverged is None:
        before = run.position
        stop = min(to, before + max(1, int(SLICE_SECONDS / live.seconds)))
        seconds = await live.compute(partial(_timed, run, stop))
        live.note(run.position - before, seconds)


def _timed(run: Run, to: int) -> float:
    begin = time.perf_counter()
    run.move(to)
    return time.perf_counter() - begin


def standing(live: Live, kind: str, **more: Any) -> dict[str, Any]:
    """The operation that says where the run of ``live`` stands now, at rest."""
    diverged = live.diverged
    return {
        "kind": kind,
        "position": live.run.position,
        "reached": live.run.reached,
        "status": "paused" if diverged is None else "diverged",
        "reason": None if diverged is None else "a number stopped being finite",
        "speed": None,
        "step": None,
        **more,
    }


async def change(live: Live, wanted: PatchRequest, limits: Limits) -> Done:
    """Change the training, the cost or parameters from here on; what was known after here is forgotten."""
    run = live.run
    given = [one for one in (wanted.training, wanted.cost, wanted.parameters) if one is not None]
    if len(given) != 1:
        raise refusal("invalid-value", "Change training, cost or parameters: one at a time.", "")
    budget.check_changes(len(run.changes) + 1, limits)
    training = None if wanted.training is None else patched(run.training, wanted.training)
    if training is not None:
        budget.check_training(run.spec, training, run.prepared.train.count, limits)

    def work() -> dict[str, Any]:
        with complaining():
            found = run.change(training=training, cost=wanted.cost, parameters=wanted.parameters)
        return {"at": found.at} | wanted_of(found)

    made = await live.compute(work)
    resting = {} if live.is_running else {"status": "paused", "reason": None}
    return Done({"kind": "change", "change": made, "step": None, **resting})


def wanted_of(found: Any) -> dict[str, Any]:
    """The part of a change that is one, as it is kept and sent."""
    if found.training is not None:
        return {"training": found.training}
    if found.cost is not None:
        return {"cost": found.cost}
    return {"parameters": found.parameters}


async def start(live: Live, wanted: StartRequest, limits: Limits) -> Done:
    """Start training, or go on at another speed."""
    budget.check_start(live.run.position, limits)
    return Done({"kind": "status", "status": "running", "reason": None, "speed": wanted.speed, "step": None})


async def pause(live: Live, wanted: Nothing) -> Done:
    """Pause training; what has ended stays as it ended."""
    if not live.is_running:
        return Done({"kind": "status"})
    return Done({"kind": "status", "status": "paused", "reason": None, "speed": None})
