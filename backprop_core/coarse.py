"""Coarse steps: several equations told as one, a layer or a whole pass at a time.

What they cover, write and say stands in order; the last one gives the result.
"""

from collections.abc import Sequence
from dataclasses import replace

from backprop_core.step import Link, Step
from backprop_core.textbooks.scenes import Scene

PASSES = {
    "forward": ("Forward pass", "The example runs through every layer, to the output."),
    "cost": ("Cost", ""),
    "backward": ("Backward pass", "The error runs back through every layer and leaves each parameter its gradient."),
    "update": ("Update", "Every parameter that may move takes one step against its gradient."),
}
"""Phase → name and sentence of a whole pass; a pass of one step keeps that step's sentence."""


def joined(index: int, members: Sequence[Step], where: dict[Scene, int]) -> Step:
    """Several equation steps as one: what they cover, write and say, in order; the last one gives the result."""
    last = members[-1]
    moving = next((member for member in reversed(members) if member.terms or member.branches), last)
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
        terms=moving.terms,
        branches=moving.branches,
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


def as_pass(step: Step) -> Step:
    """A whole pass under its own name, its places those of the groups it runs through."""
    name, sentence = PASSES[step.phase]
    return replace(
        step, name=name, group=name, group_short=name.split()[0], sentence=sentence or step.sentence, place=""
    )


def _outside(links: Sequence[Link]) -> tuple[Link, ...]:
    return tuple(dict.fromkeys(links))
