"""Narration: a trace told as Steps, one at a time, in the words of a textbook.

How finely it is told is a property of the narration alone; the engine knows nothing of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from backprop_core.backprop import quiet
from backprop_core.coarse import as_pass, joined
from backprop_core.memory import Quantity
from backprop_core.step import Link, Step, Terms
from backprop_core.textbooks import TEXTBOOKS
from backprop_core.textbooks.pieces import to_tex
from backprop_core.textbooks.remarks import broken_off
from backprop_core.textbooks.scenes import Scene, Textbook
from backprop_core.textbooks.view import View
from backprop_core.trace import Trace

GRANULARITIES = ("pass", "layer", "equation")


def narrate(trace: Trace, granularity: str = "equation", textbook: str = "nielsen", example: int = 0) -> Iterator[Step]:
    """The steps of ``trace`` in the words of ``textbook``, for row ``example`` of the batch, as they are asked for.

    ``granularity`` is “pass”, “layer” or “equation”. A trace in which a number stopped being finite ends
    with the step where it did. Raises ``KeyError`` for an unknown textbook and ``ValueError`` for an
    unknown granularity or an example outside the batch.
    """
    if granularity not in GRANULARITIES:
        raise ValueError(f"choose a granularity: {', '.join(GRANULARITIES)}")
    if not 0 <= example < trace.batch_size:
        raise ValueError(f"the batch has examples 0 to {trace.batch_size - 1}")
    lens = TEXTBOOKS[textbook]
    view = View(trace, example)
    groups = outline(trace, granularity, textbook)
    where = {scene: index for index, group in enumerate(groups) for scene in group}
    for index, group in enumerate(groups):
        with quiet():
            members = [_step(index, scene, view, lens, where) for scene in group]
            if index == len(groups) - 1:
                members[-1] = replace(members[-1], remarks=members[-1].remarks + broken_off(view))
        if granularity == "equation":
            yield members[0]
        else:
            whole = joined(index, members, where)
            is_whole = granularity == "pass" and not (trace.not_finite is not None and index == len(groups) - 1)
            yield as_pass(whole) if is_whole else whole


def outline(trace: Trace, granularity: str = "equation", textbook: str = "nielsen") -> list[list[Scene]]:
    """Which scenes make up which step, known before any step is told."""
    scenes = TEXTBOOKS[textbook].script(trace)
    if trace.not_finite is not None:
        stop = trace.not_finite.writes
        # A text without updates never tells the one that overflowed, and is told to its end.
        end = next((index for index, scene in enumerate(scenes) if stop in scene.writes), len(scenes))
        scenes = scenes[: end + 1]
    if granularity == "equation":
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


def divergence(trace: Trace, granularity: str = "equation", textbook: str = "nielsen") -> Divergence | None:
    """Where ``trace`` diverged, if it did: always in its last step."""
    if trace.not_finite is None:
        return None
    name, layer = trace.not_finite.writes
    return Divergence(len(outline(trace, granularity, textbook)) - 1, layer, name)


def _step(index: int, scene: Scene, view: View, lens: Textbook, where: dict[Scene, int]) -> Step:
    told = lens.tell(scene, view)
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
        result_ref=_reference(told.quantity, view),
        intermediate=told.intermediate,
        lines=told.lines,
        terms=_terms(scene, view),
        reads=_reads(scene, view, lens, where),
        used_by=_used_by(scene, view, lens, where),
        writes=tuple(_reference(quantity, view) for quantity in scene.writes),
        derivation=told.derivation,
        remarks=told.remarks,
        matrices=told.matrices,
        panels=told.panels,
    )


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


def _terms(scene: Scene, view: View) -> Terms | None:
    covered = dict(scene.covers)
    if "weighted_input" in covered:
        l = covered["weighted_input"]
        return Terms("weighted_activation", l, view.array("weights", l) * view.array("activation", l - 1))
    below = covered.get("backpropagated_error", covered.get("input_error"))
    if below is None:
        return None
    l = below + 1
    return Terms("weighted_error", l, view.array("weights", l) * view.array("error", l)[:, None])


__all__ = ["GRANULARITIES", "Divergence", "Link", "Step", "Terms", "divergence", "narrate", "outline"]
