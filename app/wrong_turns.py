"""From a request to an update with a classic mistake: beside the right one, judged by detectives, or as an exercise.

The engine makes the mistakes; here they only get what the body says, and its refusals their fields.
"""

from typing import Any

from app import budget
from app.limits import Limits
from app.problems import refusal
from app.schemas import ExerciseRequest, MistakeCheckRequest, MistakeRequest, TraceRequest
from app.unfinished import check_finished
from app.updates import asked, make_trace, trace_document
from backprop_core import (
    MISTAKES,
    Exercise,
    Trace,
    WrongCheck,
    WrongTurnTold,
    check_wrong,
    draw_exercise,
    explain,
    has_room,
    run_both,
    tell_wrong_turn,
)

DRAWN = 40
"""Updates for which the search of an exercise is budgeted: every mistake is made, and told twice."""


def make_wrong_turn(request: MistakeRequest, limits: Limits) -> WrongTurnTold:
    """An update with a mistake beside the right one; raises ``Problem`` as ``make_trace`` does, and for no room."""
    budget.check_again(request, 2 * (request.updates + 2), "/updates", limits)
    trace = _plain(request, limits)
    with asked():
        return explain(
            tell_wrong_turn(
                trace,
                request.mistake,
                example=request.example,
                updates=request.updates,
                textbook=request.textbook,
                granularity=request.granularity,
            )
        )


def make_wrong_check(request: MistakeCheckRequest, limits: Limits) -> WrongCheck:
    """What the detectives say of a wrong program; raises ``Problem`` as ``make_wrong_turn`` does.

    They judge in double precision: what a small step does to the cost drowns in the round-off of single precision.
    """
    if (request.mistake is None) == (request.seed is None):
        raise refusal("invalid-value", "Send either a mistake or the seed of an exercise.", "/mistake")
    budget.check_gradient_check(request, limits)
    trace = _plain(request, limits)
    with asked():
        name = request.mistake or _drawn(trace, request, request.seed or 0, limits).mistake
        return check_wrong(run_both(trace, name, precision="float64"))


def mistake_rooms(request: TraceRequest, limits: Limits) -> list[dict[str, Any]]:
    """Every classic mistake, and whether this update has room for it; raises ``Problem`` as ``make_trace`` does."""
    trace = _plain(request, limits)
    with asked():
        return [
            {
                **{name: getattr(one, name) for name in ("name", "title", "words", "needs", "update", "caught")},
                "has_room": has_room(trace, one.name),
            }
            for one in MISTAKES.values()
        ]


def exercise_document(request: ExerciseRequest, limits: Limits) -> dict[str, Any]:
    """The exercise of a seed, and the verdict on the step pointed at; raises ``Problem`` for a step there is not."""
    trace = _plain(request, limits)
    check_finished(trace, request, "/batch")
    with asked():
        exercise = _drawn(trace, request, request.seed, limits)
    if request.guess is not None and request.guess >= len(exercise.names):
        raise refusal("invalid-value", f"/guess: there are {len(exercise.names)} steps, numbered from 0.", "/guess")
    document = trace_document(exercise.trace, request, limits)
    letters = document["lens"]["stage"]
    # “a − y” beside a number that is not that would be false, and tell of one mistake.
    if letters["activation_gradient"] == "a − y":
        letters |= {"activation_gradient": "∂C/∂a"}
    return {
        "trace": document,
        "hints": exercise.hints,
        "verdict": None if request.guess is None else exercise.verdict(request.guess),
    }


def _drawn(trace: Trace, request: TraceRequest, seed: int, limits: Limits) -> Exercise:
    budget.check_again(request, DRAWN, "/network", limits)
    return draw_exercise(trace, seed, request.textbook, request.example)


def _plain(request: TraceRequest, limits: Limits) -> Trace:
    """The right trace; raises ``Problem`` for a rule of update that the mistakes are not written for."""
    trace = make_trace(request.model_copy(update={"steps": False}), limits)
    if request.optimizer.name != "gradient_descent" or request.optimizer.l1 or request.optimizer.l2:
        words = "Classic mistakes are made in plain gradient descent: leave the optimizer out."
        raise refusal("invalid-value", words, "/optimizer")
    return trace
