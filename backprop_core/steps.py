"""A Step is one thing shown: an equation of the program, told in the words of a textbook, with its numbers.

``narrate`` turns a trace into its steps one at a time; how finely is a property of the narration alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from backprop_core.backprop import quiet
from backprop_core.memory import Quantity
from backprop_core.textbooks import TEXTBOOKS
from backprop_core.textbooks.pieces import Line, to_tex
from backprop_core.textbooks.remarks import broken_off
from backprop_core.textbooks.scenes import Erratum, Remark, Scene, Textbook
from backprop_core.textbooks.view import View
from backprop_core.trace import Trace

GRANULARITIES = ("pass", "layer", "equation")

PASSES = {
    "forward": ("Forward pass", "The example runs through every layer, to the output."),
    "cost": ("Cost", ""),
    "backward": ("Backward pass", "The error runs back through every layer and leaves each parameter its gradient."),
    "update": ("Update", "Every parameter that may move takes one step against its gradient."),
}
"""Phase → name and sentence of a whole pass; a pass of one step keeps that step's sentence."""


@dataclass(frozen=True, slots=True)
class Link:
    """A quantity that a step reads, or a later reading of what it writes, with the step where that happens."""

    ref: str
    text: str
    step: int | None


@dataclass(frozen=True, slots=True)
class Terms:
    """Products that travel along the edges into ``layer``: rows are receiving neurons, columns sending ones."""

    kind: str
    layer: int
    values: Any


@dataclass(frozen=True, slots=True)
class Step:
    """One thing shown. ``result`` is of the stepped example, in the orientation and scaling of the text."""

    index: int
    phase: str
    kind: str
    layer: int
    covers: tuple[tuple[str, int], ...]
    group: str
    group_short: str
    name: str
    label: str
    tag: str
    label_text: str
    place: str
    in_text: bool
    symbols: str
    numbers: str
    shapes: str
    sentence: str
    note: str
    errata: tuple[Erratum, ...]
    orientation: str
    scale: float
    quantity: str
    operands: tuple[str, ...]
    result: Any
    result_ref: str
    intermediate: dict[str, Any]
    lines: tuple[Line, ...]
    terms: Terms | None
    reads: tuple[Link, ...]
    used_by: tuple[Link, ...]
    writes: tuple[str, ...]
    derivation: tuple[Line, ...] = ()
    remarks: tuple[Remark, ...] = ()
    members: tuple[int, ...] = field(default=())


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
            joined = _joined(index, members, where)
            is_whole = granularity == "pass" and not (trace.not_finite is not None and index == len(groups) - 1)
            yield _as_pass(joined) if is_whole else joined


def outline(trace: Trace, granularity: str = "equation", textbook: str = "nielsen") -> list[list[Scene]]:
    """Which scenes make up which step, known before any step is told."""
    scenes = TEXTBOOKS[textbook].script(trace)
    if trace.not_finite is not None:
        stop = trace.not_finite.writes
        end = next(index for index, scene in enumerate(scenes) if stop in scene.writes)
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
        reads=_reads(scene, lens, where),
        used_by=_used_by(scene, lens, where),
        writes=tuple(_reference(quantity, view) for quantity in scene.writes),
        derivation=told.derivation,
        remarks=told.remarks,
    )


def _reference(quantity: Quantity, view: View) -> str:
    return view.cost_ref if quantity.name == "cost" else str(quantity)


def _reads(scene: Scene, lens: Textbook, where: dict[Scene, int]) -> tuple[Link, ...]:
    writers = {quantity: step for other, step in where.items() for quantity in other.writes}
    return tuple(
        Link(str(quantity), lens.symbol_text(quantity), writers.get(quantity))
        for quantity in scene.reads
        if quantity not in scene.writes
    )


def _used_by(scene: Scene, lens: Textbook, where: dict[Scene, int]) -> tuple[Link, ...]:
    written = set(scene.writes)
    return tuple(
        Link(str(other.result), lens.symbol_text(other.result), step)
        for other, step in where.items()
        if other is not scene and written & set(other.reads)
    )


def _terms(scene: Scene, view: View) -> Terms | None:
    carriers = {
        "weighted_input": ("weighted_activation", 0),
        "error": ("weighted_error", 1),
        "input_error": ("weighted_error", 1),
    }
    if scene.kind not in carriers:
        return None
    kind, offset = carriers[scene.kind]
    l = scene.layer + offset
    weights = view.array("weights", l)
    if kind == "weighted_activation":
        return Terms(kind, l, weights * view.array("activation", l - 1))
    return Terms(kind, l, weights * view.array("error", l)[:, None])


def _joined(index: int, members: Sequence[Step], where: dict[Scene, int]) -> Step:
    """Several equation steps as one: what they cover, write and say, in order; the last one gives the result."""
    last = members[-1]
    inside = {ref for member in members for ref in member.writes}
    return replace(
        last,
        index=index,
        covers=tuple(pair for member in members for pair in member.covers),
        phase=members[0].phase,
        name=_joined_name([member.name for member in members]),
        place="; ".join(dict.fromkeys(member.place for member in members)),
        sentence=" ".join(dict.fromkeys(member.sentence for member in members)),
        symbols=r"\\ ".join(member.symbols for member in members),
        numbers=r"\\ ".join(member.numbers for member in members),
        shapes="; ".join(member.shapes for member in members),
        note=" ".join(dict.fromkeys(member.note for member in members if member.note)),
        errata=tuple(dict.fromkeys(one for member in members for one in member.errata)),
        operands=tuple(dict.fromkeys(ref for member in members for ref in member.operands)),
        lines=tuple(replace(member.lines[0], title=member.name if len(members) > 1 else "") for member in members),
        intermediate={name: value for member in members for name, value in member.intermediate.items()},
        terms=next((member.terms for member in reversed(members) if member.terms), None),
        reads=_outside([link for member in members for link in member.reads if link.ref not in inside]),
        used_by=_outside([link for member in members for link in member.used_by if link.step != index]),
        writes=tuple(dict.fromkeys(ref for member in members for ref in member.writes)),
        derivation=(),
        remarks=tuple(dict.fromkeys(one for member in members for one in member.remarks)),
        members=tuple(
            range(
                sum(1 for step in where.values() if step < index),
                sum(1 for step in where.values() if step <= index),
            )
        ),
    )


def _joined_name(names: Sequence[str]) -> str:
    """The names one after the other; what they all begin with, up to a colon, is said once."""
    heads = {name.partition(": ")[0] for name in names}
    if len(heads) == 1 and all(": " in name for name in names):
        return f"{heads.pop()}: {' · '.join(name.partition(': ')[2] for name in names)}"
    return " · ".join(names)


def _as_pass(step: Step) -> Step:
    """A whole pass under its own name, its places those of the groups it runs through."""
    name, sentence = PASSES[step.phase]
    return replace(
        step, name=name, group=name, group_short=name.split()[0], sentence=sentence or step.sentence, place=""
    )


def _outside(links: Sequence[Link]) -> tuple[Link, ...]:
    return tuple(dict.fromkeys(links))


__all__ = ["GRANULARITIES", "Divergence", "Link", "Step", "Terms", "divergence", "narrate", "outline"]
