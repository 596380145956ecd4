"""The exercise “something is wrong in this network: find the step”: a mistake drawn by a seed, told as if right.

The steps are those of the right program with the numbers of the wrong one, so that one of them does not hold.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from backprop_core.equations import Equation
from backprop_core.laboratory.mistakes import MISTAKES
from backprop_core.laboratory.wrong_turn import Both, has_room, run_both
from backprop_core.network import SpecificationError
from backprop_core.step import Step
from backprop_core.steps import narrate
from backprop_core.trace import Trace

UNSEEN = ("targets_shuffled",)
"""Mistakes that no number of a step gives away."""
_PASSES = {
    "forward": "the forward pass",
    "cost": "the cost",
    "backward": "the errors that run backward",
    "gradient": "the gradients",
    "update": "the update of the parameters",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a step that was pointed at; ``mistake`` and ``title`` only of the one that is wrong first."""

    found: bool
    words: str
    mistake: str
    title: str


@dataclass(frozen=True)
class Exercise:
    """The wrong ``trace``, ``first_step`` where it goes wrong, and hints, each saying more than the one before."""

    mistake: str
    trace: Trace
    first_step: int
    hints: tuple[str, ...]
    spoiled: frozenset[int]
    names: tuple[str, ...]

    def verdict(self, step: int) -> Verdict:
        """Whether ``step`` is the one, and why; raises ``IndexError`` for a step there is not."""
        name = self.names[step]
        one = MISTAKES[self.mistake]
        if step == self.first_step:
            return Verdict(True, f"Here it goes wrong. {one.words}", one.name, one.title)
        if step in self.spoiled:
            words = f"“{name}” is wrong, but it was made rightly out of a number that was wrong before. Go back."
            return Verdict(False, words, "", "")
        later = step < self.first_step
        words = (
            f"“{name}” holds: what it reads gives what it writes. The mistake is {'later' if later else 'elsewhere'}."
        )
        return Verdict(False, words, "", "")


def draw_exercise(trace: Trace, seed: int, textbook: str, example: int) -> Exercise:
    """The exercise of ``seed`` in the update of ``trace``; raises ``SpecificationError`` where no mistake has room."""
    names = [name for name, one in MISTAKES.items() if one.update == 1 and name not in UNSEEN]
    for place in np.random.default_rng(seed).permutation(len(names)):
        if has_room(trace, names[place]):
            found = _exercise(run_both(trace, names[place]), textbook, example)
            if found is not None:
                return found
    raise SpecificationError("/network", "no classic mistake shows in this network; take one with a hidden layer")


def _exercise(both: Both, textbook: str, example: int) -> Exercise | None:
    """None where the first step told differently is not one whose own equation is the wrong one."""
    right, wrong = both.traces()
    if right.not_finite is not None or wrong.not_finite is not None:
        return None
    pairs = list(zip(*(narrate(one, textbook=textbook, example=example) for one in (right, wrong)), strict=True))
    spoiled = [one.index for one, other in pairs if _differ(one, other)]
    changed = {str(equation.writes) for equation in _other(both)}
    if not spoiled or not changed.intersection(pairs[spoiled[0]][0].writes):
        return None
    first = pairs[spoiled[0]][0]
    return Exercise(both.mistake.name, wrong, spoiled[0], tuple(_hints(first, both)), frozenset(spoiled), _names(pairs))


def _other(both: Both) -> Iterator[Equation]:
    own = {equation.writes: equation for equation in both.begun.equations}
    return (equation for equation in both.wrong.equations if own[equation.writes] is not equation)


def _names(pairs: list[tuple[Step, Step]]) -> tuple[str, ...]:
    return tuple(one.name for one, _ in pairs)


def _differ(one: Step, other: Step) -> bool:
    return not np.allclose(np.asarray(one.result), np.asarray(other.result), rtol=1e-9, atol=0.0, equal_nan=True)


def _hints(first: Step, both: Both) -> Iterator[str]:
    yield f"It is in {_PASSES[first.phase]}."
    yield f"Look at “{first.group}”."
    yield f"Multiply out “{first.name}” with the numbers that stand in it."
    yield both.mistake.words
