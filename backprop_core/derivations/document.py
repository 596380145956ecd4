"""The document of a derivation: what network it is, and each step with its sentence, equations and notes.

Formulas are TeX as the lens writes it; sentences are plain words in which ^x and _x raise and lower.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from backprop_core.costs import COSTS
from backprop_core.network import NetworkSpec
from backprop_core.optimizer_spec import OptimizerSpec
from backprop_core.step import Step
from backprop_core.steps import narrate
from backprop_core.textbooks import TEXTBOOKS
from backprop_core.textbooks.motion_words import moved_by
from backprop_core.textbooks.pieces import Line, to_tex
from backprop_core.textbooks.words import ACTIVATION_NAMES, plural
from backprop_core.trace import Trace

PHASES = {
    "forward": "Forward",
    "cost": "Cost",
    "backward": "Backward",
    "gradient": "Gradients",
    "update": "Update",
}
"""Phase → the heading over its steps."""


@dataclass(frozen=True, slots=True)
class Equation:
    """One line: what it is about, its place in the text, its TeX in symbols and with numbers; each may be empty."""

    title: str
    place: str
    symbols: str
    numbers: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One step of the document. ``remarks`` are its notes, errata and what its numbers show, a sentence each."""

    number: int
    phase: str
    kind: str
    layer: int
    name: str
    place: str
    sentence: str
    shapes: str
    equations: tuple[Equation, ...]
    derivation: tuple[Equation, ...]
    remarks: tuple[str, ...]
    label: str
    quantity: str
    result: Any


ROUNDED = "Numbers are rounded to four significant digits; they were computed in full precision."


@dataclass(frozen=True, slots=True)
class Derivation:
    """Title, source of the words, the network or expression in sentences, and the passages.

    ``code`` are the lines of an expression, to be shown as they are.
    """

    title: str
    source: str
    about: tuple[str, ...]
    passages: tuple[Passage, ...]
    code: tuple[str, ...] = ()

    def phases(self) -> Iterable[tuple[str, list[Passage]]]:
        """The passages under the heading of their phase, in order; a phase may come again."""
        for phase, passages in groupby(self.passages, lambda passage: passage.phase):
            yield PHASES[phase], list(passages)


def derive(
    trace: Trace,
    textbook: str = "nielsen",
    granularity: str = "equation",
    example: int = 0,
    *,
    first: int = 0,
    count: int | None = None,
) -> Derivation:
    """The derivation of ``trace`` in the words of ``textbook``; the arguments and errors are those of ``narrate``."""
    lens = TEXTBOOKS[textbook]
    steps = narrate(trace, granularity, textbook, example, first=first, count=count)
    return Derivation(
        title=f"Backpropagation in a {'-'.join(map(str, trace.spec.sizes))} network, in the words of {lens.author}",
        source=f"{lens.author}, {lens.title}.",
        about=_about(trace, example),
        passages=tuple(passage_of(step) for step in steps),
    )


def _about(trace: Trace, example: int) -> tuple[str, ...]:
    spec, m = trace.spec, trace.batch_size
    rate = trace.learning_rate
    sentences = [
        f"{plural(spec.inputs, 'input')}; {_layers(spec)}; {'biases' if spec.bias else 'no biases'}.",
        f"Cost: {COSTS[spec.cost].words}.",
        "No update: there is no learning rate." if rate is None else f"Learning rate: {rate:g}.",
    ]
    if trace.program_updates and trace.memory.optimizer != OptimizerSpec():
        sentences.append(moved_by(trace.memory.optimizer))
    if trace.freeze_biases:
        sentences.append("The biases are left out of the update.")
    if m > 1:
        sentences.append(f"A batch of {m} examples; the steps speak of number {example + 1}.")
    sentences.append(ROUNDED)
    return tuple(sentences)


def _layers(spec: NetworkSpec) -> str:
    layers = [f"{plural(layer.size, 'neuron')} with {ACTIVATION_NAMES[layer.activation]}" for layer in spec.layers]
    return ", then ".join(layers)


def passage_of(step: Step) -> Passage:
    """What a document says of one step."""
    errata = [f"Erratum, {one.place}: printed {one.printed}; holds {one.holds}." for one in step.errata]
    return Passage(
        number=step.index + 1,
        phase=step.phase,
        kind=step.kind,
        layer=step.layer,
        name=step.name,
        place=step.place,
        sentence=step.sentence,
        shapes=step.shapes,
        equations=tuple(_equation(line) for line in step.lines),
        derivation=tuple(_equation(line) for line in step.derivation),
        remarks=tuple(text for text in (step.note, *errata, *(remark.text for remark in step.remarks)) if text),
        label=step.label,
        quantity=step.result_ref,
        result=step.result,
    )


def _equation(line: Line) -> Equation:
    return Equation(line.title, line.place, to_tex(line.symbols), to_tex(line.numbers))
