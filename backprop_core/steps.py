"""Narration: a trace told as Steps, one at a time, in the words of a textbook.

How finely it is told is a property of the narration alone; the engine knows nothing of it.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from backprop_core.backprop import quiet
from backprop_core.coarse import as_pass, joined
from backprop_core.fine import FINE, Fine, Plan, count_of, runs_of
from backprop_core.memory import Quantity
from backprop_core.step import Link, Step, Terms
from backprop_core.textbooks import TEXTBOOKS
from backprop_core.textbooks.pieces import to_tex
from backprop_core.textbooks.remarks import broken_off
from backprop_core.textbooks.scenes import Scene, Telling, Textbook
from backprop_core.textbooks.view import View
from backprop_core.trace import Trace
from backprop_core.travel import travelling

GRANULARITIES = ("pass", "layer", "equation", *FINE)


def narrate(
    trace: Trace,
    granularity: str = "equation",
    textbook: str = "nielsen",
    example: int = 0,
    *,
    first: int = 0,
    count: int | None = None,
) -> Iterator[Step]:
    """The steps of ``trace`` in the words of ``textbook``, for row ``example`` of the batch, as they are asked for.

    ``granularity`` is “pass”, “layer”, “equation”, “neuron” or “term”; ``first`` and ``count`` cut a window out, and
    nothing outside it is told. A trace in which a number stopped being finite ends with the step where it did. Raises
    ``KeyError`` for an unknown textbook and ``ValueError`` for an unknown granularity or an example outside the batch.
    """
    if granularity not in GRANULARITIES:
        raise ValueError(f"choose a granularity: {', '.join(GRANULARITIES)}")
    if not 0 <= example < trace.batch_size:
        raise ValueError(f"the batch has examples 0 to {trace.batch_size - 1}")
    lens = TEXTBOOKS[textbook]
    view = View(trace, example)
    groups = outline(trace, granularity, textbook)
    where = {scene: index for index, group in enumerate(groups) for scene in group}
    window = range(first, sys.maxsize if count is None else first + count)
    if granularity in FINE:
        yield from _fine(view, lens, where, granularity, window)
        return
    for index, group in enumerate(groups):
        if index not in window:
            continue
        with quiet():
            members = [_step(index, scene, lens.tell(scene, view), view, lens, where) for scene in group]
            if index == len(groups) - 1:
                members[-1] = replace(members[-1], remarks=members[-1].remarks + broken_off(view))
        if granularity == "equation":
            yield members[0]
        else:
            whole = joined(index, members, where)
            is_whole = granularity == "pass" and not (trace.not_finite is not None and index == len(groups) - 1)
            yield as_pass(whole) if is_whole else whole


def _fine(view: View, lens: Textbook, where: dict[Scene, int], granularity: str, window: range) -> Iterator[Step]:
    """The fine steps within ``window``; an equation with none of them in it is not told."""
    start = 0
    for index, scene in enumerate(where):
        end = start + count_of(scene, view, lens, granularity)
        inside = range(max(start, window.start), min(end, window.stop))
        if inside:
            with quiet():
                told = lens.tell(scene, view)
                whole = _step(index, scene, told, view, lens, where)
                parts = Fine.of(whole, told, scene, view, lens, granularity, start)
            for at in inside:
                with quiet():
                    step = parts[at - start]
                is_end = at == end - 1 and index == len(where) - 1
                yield replace(step, remarks=broken_off(view)) if is_end else step
        start = end


def plans(trace: Trace, granularity: str, textbook: str = "nielsen", example: int = 0) -> list[Plan]:
    """How each equation step falls into parts at “neuron” or “term”: counted, with nothing told."""
    view, lens = View(trace, example), TEXTBOOKS[textbook]
    scenes = (group[0] for group in outline(trace, "equation", textbook))
    with quiet():
        return [
            Plan(count_of(scene, view, lens, granularity), runs_of(scene, view, lens, granularity)) for scene in scenes
        ]


def step_count(trace: Trace, granularity: str = "equation", textbook: str = "nielsen", example: int = 0) -> int:
    """How many steps ``narrate`` would tell."""
    if granularity in FINE:
        return sum(plan.count for plan in plans(trace, granularity, textbook, example))
    return len(outline(trace, granularity, textbook))


def outline(trace: Trace, granularity: str = "equation", textbook: str = "nielsen") -> list[list[Scene]]:
    """Which scenes make up which step, known before any step is told."""
    scenes = TEXTBOOKS[textbook].script(trace)
    if trace.not_finite is not None:
        stop = trace.not_finite.writes
        # A text without updates never tells the one that overflowed, and is told to its end.
        end = next((index for index, scene in enumerate(scenes) if stop in scene.writes), len(scenes))
        scenes = scenes[: end + 1]
    if granularity == "equation" or granularity in FINE:
        return [[scene] for scene in scenes]
    by_layer = granularity == "layer"

    def key(scene: Scene) -> tuple[str, int]:
        part = "backward" if scene.phase == "gradient" and not by_layer else scene.phase
        return part, scene.layer if by_layer else 0

    return [list(group) for _, group in groupby(scenes, key)]


@dataclass(frozen=True, slots=True)
class Divergence:
    """The step, layer and quantity at which a number first was not finite."""

    step: int
    layer: int
    quantity: str


def divergence(
    trace: Trace, granularity: str = "equation", textbook: str = "nielsen", example: int = 0
) -> Divergence | None:
    """Where ``trace`` diverged, if it did: always in its last step."""
    if trace.not_finite is None:
        return None
    name, layer = trace.not_finite.writes
    return Divergence(step_count(trace, granularity, textbook, example) - 1, layer, name)


def _step(index: int, scene: Scene, told: Telling, view: View, lens: Textbook, where: dict[Scene, int]) -> Step:
    terms, branches = travelling(scene, view, told.scale)
    return Step(
        index=index,
        phase=scene.phase,
        kind=scene.kind,
        layer=scene.layer,
        covers=scene.covers,
        group=scene.group,
        group_short=scene.group_short,
        name=told.name,
        label=told.label,
        tag=told.tag,
        label_text=told.label_text,
        place=told.place,
        in_text=told.in_text,
        symbols=to_tex(told.lines[0].symbols),
        numbers=to_tex(told.lines[0].numbers),
        shapes=told.shapes,
        sentence=told.sentence,
        note=told.note,
        errata=told.errata,
        orientation=told.orientation,
        scale=told.scale,
        quantity=told.quantity.name,
        operands=scene.operands,
        result=told.result,
        result_ref=told.result_ref or _reference(told.quantity, view),
        intermediate=told.intermediate,
        lines=told.lines,
        terms=terms,
        reads=_reads(scene, view, lens, where),
        used_by=_used_by(scene, view, lens, where),
        writes=_written(scene, told, view),
        derivation=told.derivation,
        remarks=told.remarks,
        matrices=told.matrices,
        panels=told.panels,
        branches=branches,
    )


def _written(scene: Scene, told: Telling, view: View) -> tuple[str, ...]:
    """What becomes known, with the result under its own name where the text has another one than the scene."""
    own = (told.result_ref,) if told.result_ref else ()
    return tuple(dict.fromkeys((*(_reference(quantity, view) for quantity in scene.writes), *own)))


def _reference(quantity: Quantity, view: View) -> str:
    return view.cost_ref if quantity.name == "cost" else str(quantity)


def _reads(scene: Scene, view: View, lens: Textbook, where: dict[Scene, int]) -> tuple[Link, ...]:
    writers = {quantity: step for other, step in where.items() for quantity in other.writes}
    return tuple(
        Link(str(quantity), lens.symbol_text(quantity, view), writers.get(quantity))
        for quantity in scene.reads
        if quantity not in scene.writes
    )


def _used_by(scene: Scene, view: View, lens: Textbook, where: dict[Scene, int]) -> tuple[Link, ...]:
    written = set(scene.writes)
    return tuple(
        Link(str(other.result), lens.symbol_text(other.result, view), step)
        for other, step in where.items()
        if other is not scene and written & set(other.reads)
    )


__all__ = [
    "GRANULARITIES",
    "Divergence",
    "Link",
    "Plan",
    "Step",
    "Terms",
    "divergence",
    "narrate",
    "outline",
    "plans",
    "step_count",
]
