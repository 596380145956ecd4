"""One part's surroundings, handed to every teller of parts: the numbers, the lens, the step and the whole of it.

Its symbols and numbers are those of the lens, so that a teller is written once for every text.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from backprop_core.activations import Array
from backprop_core.textbooks.parts.style import PartStyle
from backprop_core.textbooks.pieces import Line, Matrix, Number, Piece, Symbol, kept
from backprop_core.textbooks.scenes import Scene, Telling, Textbook
from backprop_core.textbooks.view import PER_EXAMPLE, View


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything a teller of parts needs: the numbers, the lens, the step and how its text tells the whole of it."""

    view: View
    lens: Textbook
    scene: Scene
    whole: Telling
    granularity: str

    @property
    def style(self) -> PartStyle:
        """What the text writes in its own way."""
        return self.lens.parts

    def entry(self, view: View, name: str, l: int, *index: int) -> Symbol:
        """The symbol of one number."""
        return self.lens.entry(view, name, l, *index)

    def symbol(self, name: str, l: int, *index: int) -> Symbol:
        """The symbol of one number of the stepped example."""
        return self.lens.entry(self.view, name, l, *index)

    def head(self, name: str, l: int, j: int) -> Symbol:
        """A gradient left of an equals sign."""
        plain = self.symbol(name, l, j)
        return replace(plain, tex=self.style.head(self.view, name, l, j)) if self.style.head else plain

    def scale(self, name: str) -> float:
        """What the text multiplies the quantity with."""
        return self.lens.scale(self.view, name)

    def array(self, name: str, l: int) -> Array:
        """The quantity for the stepped example, in the scale of the text."""
        scale = self.scale(name)
        array = self.view.array(name, l)
        return array if scale == 1.0 else array * scale

    def number(
        self, name: str, l: int, *index: int, paren: bool = False, result: bool = False, example: int | None = None
    ) -> Number:
        """One entry, in the scale of the text."""
        view = self.view if example is None else View(self.view.trace, example)
        plain, scale = view.number(name, l, *index, paren=paren, result=result), self.scale(name)
        return replace(plain, value=plain.value * scale, scale=scale, example=example)

    def row(self, name: str, l: int, j: int, *, result: bool = False) -> Matrix:
        """Row ``j`` of a matrix, lying."""
        values = self.view.array(name, l)[j]
        cells = [None if k is None else Number(float(values[k]), f"{name}:{l}:{j}:{k}") for k in kept(len(values))]
        return Matrix((tuple(cells),), f"{name}:{l}:{j}", result)

    def over_batch(self, name: str, l: int, j: int, *, upright: bool = False, result: bool = False) -> Matrix:
        """One neuron's numbers over all examples, lying or ``upright``."""
        scale = self.scale(name)
        values = self.view.trace.memory[PER_EXAMPLE.get(name, name), l][:, j] * scale
        cells = [
            None if x is None else Number(float(values[x]), f"{name}:{l}:{j}", example=x, scale=scale)
            for x in kept(len(values))
        ]
        rows = tuple((cell,) for cell in cells) if upright else (tuple(cells),)
        return Matrix(rows, f"{name}:{l}", result)

    @property
    def by_rows(self) -> bool:
        """Whether a neuron is told over all examples at once."""
        return self.style.whole_batch and self.granularity == "neuron"

    def neuron(self, l: int, j: int) -> str:
        """“neuron 2 of layer 3”, as the text counts."""
        return f"neuron {j + 1} of layer {l + self.lens.offset}"


@dataclass(frozen=True, slots=True)
class PartTold:
    """What is said of one part; ``running`` is the sum so far, where the part is added to one."""

    label: str
    lines: tuple[Line, ...]
    sentence: str
    value: Any
    running: float | None = None


def headed(head: Symbol, right: list[Piece] | tuple[Piece, ...]) -> tuple[Piece, ...]:
    """``head`` = ``right``."""
    return (head, "=", *right)


def passing(value: float, *, paren: bool = False, result: bool = False) -> Number:
    """A number on its way, which no array of the trace holds."""
    return Number(float(value), "", paren, result)


def dot(left: Array, right: Array) -> float:
    """Σ of products, as a number."""
    return float(np.dot(left, right))
