"""Writing an equation with a mistake in it: spans of pieces, some marked as changed or left out.

A Writer speaks for one program, the right one or the wrong one, in the symbols of one text.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from backprop_core.inspection.telling import Teller
from backprop_core.references import Reference
from backprop_core.textbooks.pieces import Number, Piece, Symbol

CHANGED, LEFT_OUT = "changed", "left_out"


@dataclass(frozen=True, slots=True)
class Span:
    """Pieces of an equation; ``mark`` is “changed” for what does not belong there, “left_out” for what is missing."""

    pieces: tuple[Piece, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """An equation in symbols and with its numbers."""

    symbols: tuple[Span, ...]
    numbers: tuple[Span, ...]


Part = Piece | Span
Parts = tuple[Sequence[Part], Sequence[Part]]


@dataclass(frozen=True)
class Writer:
    """One program as a text writes it; ``mistake`` is empty for the right one.

    ``before`` gives a gradient as it was an update ago.
    """

    teller: Teller
    mistake: str = ""
    before: Callable[[Reference], float] = lambda _: 0.0

    def symbol(self, name: str, l: int, *index: int) -> Symbol:
        """The symbol of one number."""
        return self.teller.symbol(Reference(name, l, index))

    def number(self, name: str, l: int, *index: int, paren: bool = False, result: bool = False) -> Number:
        """The number itself, as large as the text has it."""
        return self.teller.number(Reference(name, l, index), paren=paren, result=result)

    def changed(self, wrong: Sequence[Piece], right: Sequence[Piece] = ()) -> list[Part]:
        """What the mistake wrote, and in the right equation what belongs there."""
        return [Span(tuple(wrong), CHANGED)] if self.mistake else [*right]

    def missing(self, *right: Piece) -> list[Part]:
        """What the mistake left out."""
        return [Span(right, LEFT_OUT)] if self.mistake else [*right]

    def share(self, name: str) -> list[Part]:
        """1/m, where the text has it in the quantity itself."""
        return [rf"\tfrac{{1}}{{{self.teller.view.m}}}"] if self.teller.scale(name) != 1.0 else []

    def result(self, name: str, l: int, *index: int) -> list[Part]:
        """The number that comes out."""
        return ["=", self.number(name, l, *index, result=True)]


def joined(parts: Parts) -> Written:
    """Both sides of an equation as spans."""
    symbols, numbers = (tuple(_spans(side)) for side in parts)
    return Written(symbols, numbers)


def _spans(parts: Iterable[Part]) -> Iterable[Span]:
    """Plain pieces gathered between the marked ones."""
    plain_ones: list[Piece] = []
    for part in parts:
        if isinstance(part, Span):
            if plain_ones:
                yield Span(tuple(plain_ones))
            plain_ones = []
            yield part
        else:
            plain_ones.append(part)
    if plain_ones:
        yield Span(tuple(plain_ones))
