"""Fine steps: one equation told neuron by neuron or term by term, counted beforehand and told as they are asked for.

A fine step is its equation step with the words, numbers and references of one part in their place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from backprop_core.step import PartOfStep, Step
from backprop_core.textbooks.parts.plan import FINE, Place, Run, parts_of, plan
from backprop_core.textbooks.parts.scope import PartTold, Scope
from backprop_core.textbooks.parts.told import Parts
from backprop_core.textbooks.pieces import Line, Matrix, Number, to_tex
from backprop_core.textbooks.scenes import Scene, Telling, Textbook
from backprop_core.textbooks.view import PER_EXAMPLE, View


@dataclass(frozen=True, slots=True)
class Plan:
    """How one equation step falls into parts: their number, and the runs they come in."""

    count: int
    runs: tuple[Run, ...]


def runs_of(scene: Scene, view: View, lens: Textbook, granularity: str) -> tuple[Run, ...]:
    """How ``scene`` falls into parts; no word is told and no product made for it."""
    return plan(scene, view, granularity, whole_batch=lens.parts.whole_batch)


def count_of(scene: Scene, view: View, lens: Textbook, granularity: str) -> int:
    """How many parts ``scene`` has; where its result stops being finite it ends with the part that shows it."""
    runs = runs_of(scene, view, lens, granularity)
    stop = view.trace.not_finite
    if stop is None or stop.writes not in scene.writes:
        return parts_of(runs)
    return _until_not_finite(runs, view, str(stop.writes))


def _until_not_finite(runs: Sequence[Run], view: View, ref: str) -> int:
    before = 0
    for run in runs:
        at = 0
        for beat in run.beats:
            at += beat.count
            if ref in beat.writes and (unit := _first_not_finite(view, run, ref)) is not None:
                return before + unit * run.each + at
        before += run.count
    return before


def _first_not_finite(view: View, run: Run, ref: str) -> int | None:
    name, _, layer = ref.partition(":")
    array = view.array(name, int(layer)) if name in PER_EXAMPLE or name != "cost" else view.trace.costs
    bad = ~np.isfinite(np.atleast_1d(array))
    found = np.flatnonzero(bad if run.columns or bad.ndim == 1 else bad.any(axis=1))
    return int(found[0]) if found.size else None


@dataclass(frozen=True, slots=True)
class Fine:
    """The fine steps of one equation step; ``whole`` and ``telling`` are that step and what its text says of it."""

    whole: Step
    parts: Parts
    first: int
    count: int

    @classmethod
    def of(
        cls, whole: Step, telling: Telling, scene: Scene, view: View, lens: Textbook, granularity: str, first: int
    ) -> "Fine":
        """The fine steps of ``scene``, the first of which is step ``first`` of the whole trace."""
        scope = Scope(view, lens, scene, telling, granularity)
        runs = runs_of(scene, view, lens, granularity)
        return cls(whole, Parts(scope, runs), first, count_of(scene, view, lens, granularity))

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> Step:
        if not 0 <= index < self.count:
            raise IndexError("no such part")
        place, told, whole = self.parts.place(index), self.parts[index], self.whole
        line = told.lines[0]
        return replace(
            whole,
            index=self.first + index,
            symbols=to_tex(line.symbols),
            numbers=to_tex(line.numbers),
            shapes="",
            sentence=told.sentence,
            note="",
            errata=(),
            operands=_operands(told.lines),
            result=told.value,
            result_ref=place.writes[-1] if place.writes else "",
            intermediate={},
            lines=told.lines,
            terms=None,
            branches=(),
            reads=(),
            used_by=(),
            writes=place.writes,
            derivation=(),
            remarks=(),
            matrices=(),
            panels=(),
            part=_part(whole.index, index, self.count, place, told),
        )


def _part(of: int, index: int, count: int, place: Place, told: PartTold) -> PartOfStep:
    return PartOfStep(
        of=of,
        index=index,
        count=count,
        kind=place.beat.kind,
        label=told.label,
        row=place.row,
        column=place.column,
        at=place.at,
        among=place.beat.count,
        running=told.running,
    )


def _operands(lines: Sequence[Line]) -> tuple[str, ...]:
    """What the lines are written with, in reading order."""
    numbers = (piece for line in lines for piece in line.numbers if isinstance(piece, Number | Matrix))
    return tuple(dict.fromkeys(piece.ref for piece in numbers if piece.ref and not piece.result))


__all__ = ["FINE", "Fine", "Plan", "count_of", "runs_of"]
