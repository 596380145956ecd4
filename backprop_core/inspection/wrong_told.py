"""A wrong turn told: the steps of a text that it changes, moves and spoils, its equation, its numbers beside the right.

The numbers are those of ``laboratory.wrong_turn``; here they get the places and symbols they have in the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np

from backprop_core.activations import Array
from backprop_core.inspection.telling import NAMES, Teller
from backprop_core.inspection.wrong_equations import written
from backprop_core.inspection.wrong_writing import Writer, Written
from backprop_core.laboratory.wrong_turn import Both, Turned, WrongTurn, compare_both, run_both
from backprop_core.memory import Quantity
from backprop_core.references import PER_EXAMPLE, Reference
from backprop_core.steps import outline
from backprop_core.textbooks.scenes import Scene
from backprop_core.trace import Trace


@dataclass(frozen=True, slots=True)
class SpoiledStep:
    """A step of the timeline that the mistake touches.

    A number that it shows is ``wrong``, its equation ``changed``; ``ghost``: it is taken earlier, and this is the place
    it left; ``moved`` are the steps that are taken just before this one and should not be, in their order.
    """

    step: int
    wrong: bool
    changed: bool
    ghost: bool
    moved: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Differing:
    """One number twice, as large as the text has it; ``off_by`` is their difference over the right one."""

    ref: str
    tex: str
    name: str
    right: float | None
    wrong: float | None
    off_by: float | None


@dataclass(frozen=True, slots=True)
class ReadInstead:
    """A number that the wrong program reads in the place of ``ref``; at one step, or at all of them."""

    ref: str
    value: float | None
    step: int | None


@dataclass(frozen=True, slots=True)
class PrintedByMistake:
    """A number in print that the mistake gives in all its digits and the right program does not, ``after`` updates."""

    author: str
    words: str
    digits: str
    note: str
    after: int


@dataclass(frozen=True, slots=True)
class TextOfMistake:
    """A mistake in the words of a text. ``first_step`` is where the first wrong number appears, none where no step is.

    ``right`` and ``wrong`` are the equation of ``first`` for the number ``of``; ``numbers`` those that differ.
    """

    title: str
    words: str
    source: str
    caught: bool
    of: str
    first_step: int | None
    right: Written
    wrong: Written
    steps: tuple[SpoiledStep, ...]
    numbers: tuple[Differing, ...]
    instead: tuple[ReadInstead, ...]
    cost_tex: str


@dataclass(frozen=True, slots=True)
class WrongTurnTold(WrongTurn):
    """What a mistake does, and how a text says it; ``printed`` is a published number that it explains."""

    told: TextOfMistake
    printed: PrintedByMistake | None = None


def tell_wrong_turn(
    trace: Trace,
    mistake: str,
    *,
    example: int = 0,
    updates: int = 30,
    textbook: str = "nielsen",
    granularity: str = "equation",
) -> WrongTurnTold:
    """``turn_wrong`` in the words of ``textbook``, with the steps of ``granularity``; raises what it raises."""
    both = run_both(trace, mistake)
    found = compare_both(both, example, updates)
    told = _Told(both, found, textbook, granularity, example).text()
    return WrongTurnTold(**{one.name: getattr(found, one.name) for one in fields(WrongTurn)}, told=told)


class _Told:
    """One mistake, one text, one row of the batch."""

    def __init__(self, both: Both, found: WrongTurn, textbook: str, granularity: str, example: int) -> None:
        self.both, self.found, self.example = both, found, example
        right, wrong = both.traces()
        self.right, self.wrong = (Teller(trace, textbook, example) for trace in (right, wrong))
        coarse = granularity if granularity in ("pass", "layer") else "equation"
        self.steps: list[list[Scene]] = outline(right, coarse, textbook)

    def text(self) -> TextOfMistake:
        mistake, one = self.both.mistake, self.number()
        before = self.both.before
        writers = (
            Writer(self.right),
            Writer(self.wrong, mistake.name, lambda ref: float(before[ref.quantity][ref.index])),
        )
        right, wrong = written(mistake.name, *writers, one)
        steps = tuple(self._spoiled())
        return TextOfMistake(
            title=mistake.title,
            words=mistake.words,
            source=mistake.source,
            caught=mistake.caught,
            of=self._whose(one),
            first_step=next((step.step for step in steps if step.wrong), None),
            right=right,
            wrong=wrong,
            steps=steps,
            numbers=tuple(self._numbers()),
            instead=tuple(self._instead()),
            cost_tex=self.right.symbol(Reference("cost", self.right.trace.spec.depth)).tex,
        )

    def number(self) -> Reference:
        """The number whose equation is shown: the first that differs, of what the first wrong equation writes."""
        changed = [one for one in self.found.equations if one.changed]
        # Where every error is 0, say, a mistake changes an equation and no number.
        first = next((one for one in changed if one.wrong), changed[0])
        if self.both.mistake.name == "targets_shuffled":
            return Reference("target", first.layer, (self._other_target(first.layer),))
        shown = next(self._shown([one.quantity for one in changed if one.wrong]), None)
        if shown is not None:
            return shown
        name, layer = first.quantity.split(":")[0], first.layer
        shape = self.both.wrong.memory[Quantity(name, layer)].shape[1 if name in PER_EXAMPLE else 0 :]
        return Reference(name, layer, (0,) * len(shape))

    def _shown(self, quantities: list[str]) -> Iterator[Reference]:
        """Numbers of these that come out wrong in the stepped example, where their equation is told to its end."""
        refs = {pair.ref for pair in self.found.pairs}
        for quantity in quantities:
            for pair in self.found.pairs:
                name, _, place = pair.ref.partition(":")
                # What comes back to a neuron is told on to its error, in which a slope of 0 takes it away.
                whole = self.both.mistake.first != "backpropagated_error" or f"error:{place}" in refs
                if pair.ref.startswith(f"{quantity}:") and whole:
                    layer, *index = map(int, place.split(":"))
                    yield Reference(name, layer, tuple(index))

    def _other_target(self, l: int) -> int:
        apart = self.both.right.memory["target", l][self.example] != self.both.wrong.memory["target", l][self.example]
        return int(np.argmax(apart))

    def _whose(self, one: Reference) -> str:
        if one.name.startswith(("weight", "updated_weight", "bias")):
            return f"one number of {self.right.layer(one.layer)}"
        return self.right.neuron(one.layer, one.index[0])

    def _step_of(self, quantity: str) -> int | None:
        """The step that writes a quantity."""
        for index, scenes in enumerate(self.steps):
            if any(str(one) == quantity for scene in scenes for one in scene.writes):
                return index
        return None

    def _touched(self) -> dict[int, list[Turned]]:
        found: dict[int, list[Turned]] = {}
        for one in self.found.equations:
            step = self._step_of(one.quantity)
            if step is not None:
                found.setdefault(step, []).append(one)
        return found

    def _spoiled(self) -> Iterator[SpoiledStep]:
        moved: dict[int | None, set[int]] = {}
        for one in self.found.equations:
            step = self._step_of(one.quantity) if one.moved else None
            if step is not None:
                moved.setdefault(self._reader_of(one), set()).add(step)
        for step, equations in sorted(self._touched().items()):
            spoiled = SpoiledStep(
                step,
                any(one.wrong for one in equations) and self._shows(step),
                any(one.changed for one in equations),
                any(one.moved and "update" in one.kind for one in equations),
                tuple(sorted(moved.get(step, ()))),
            )
            if spoiled.wrong or spoiled.changed or spoiled.ghost or spoiled.moved:
                yield spoiled

    def _shows(self, step: int) -> bool:
        """Whether a result of the step differs: a text may tell one example’s gradient where the mean is wrong."""
        tell = self.right.lens.tell
        results = ((tell(one, self.right.view).result, tell(one, self.wrong.view).result) for one in self.steps[step])
        return any(not np.array_equal(np.asarray(a), np.asarray(b), equal_nan=True) for a, b in results)

    def _reader_of(self, moved: Turned) -> int | None:
        """The step at which the wrong program reads what it has made too early."""
        for one in self.both.wrong.equations:
            if moved.quantity in map(str, one.reads):
                return self._step_of(str(one.writes))
        return None

    def _numbers(self) -> Iterator[Differing]:
        for pair in self.found.pairs:
            one = self._named(pair.ref)
            # What no step of the text writes, such as δ of the input, is not spoken of.
            if one is None or self._step_of(str(one.quantity)) is None:
                continue
            scale = self.right.scale(one.name)
            right, wrong = (None if value is None else value * scale for value in (pair.right, pair.wrong))
            yield Differing(pair.ref, self.right.symbol(one).tex, NAMES[one.name], right, wrong, _off(right, wrong))

    def _named(self, ref: str) -> Reference | None:
        name, *rest = ref.split(":")
        if name not in NAMES:
            return None
        layer, index = (int(rest[0]), tuple(map(int, rest[1:]))) if rest else (self.right.trace.spec.depth, ())
        return Reference(name, layer, index)

    def _instead(self) -> Iterator[ReadInstead]:
        memory, spec = self.both.wrong.memory, self.right.trace.spec
        last = spec.depth
        if self.both.mistake.name == "stale_weights":
            for one in self.both.wrong.equations:
                for reader in spec.readers(one.layer) if one.kind == "backpropagated_error" and one.layer else ():
                    read = memory["updated_weights", reader.layer][:, reader.columns]
                    step = self._step_of(str(one.writes))
                    yield from _all(read, f"weights:{reader.layer}", step, reader.first)
        if self.both.mistake.name == "targets_shuffled":
            yield from _all(memory["target", last][self.example], f"target:{last}", None)


MOST_READ = 1024
"""Numbers read instead that are listed; a stage shows no more."""


def _all(array: Array, ref: str, step: int | None, first: int = 0) -> Iterator[ReadInstead]:
    """Every number of ``array``, whose columns begin at ``first`` of what ``ref`` names."""
    for *rows, at in list(np.ndindex(array.shape))[:MOST_READ]:
        value = float(array[(*rows, at)])
        name = ":".join(map(str, (ref, *rows, first + at)))
        yield ReadInstead(name, value if np.isfinite(value) else None, step)


def _off(right: float | None, wrong: float | None) -> float | None:
    return None if right is None or wrong is None or right == 0.0 else (wrong - right) / abs(right)
