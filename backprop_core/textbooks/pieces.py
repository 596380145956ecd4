"""Pieces: an equation as a row of literal TeX, symbols and numbers, each tied to the quantity it stands for.

One row gives the TeX of an answer, the tagged TeX of the page and the operands that a test recombines.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backprop_core.textbooks.numbers import tex

EDGE = 8
"""Rows or columns of a matrix shown in full; of a larger one the first six and the last."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol with the quantity it names and its shape, such as “2×1”; ``ref`` is empty where it names none."""

    tex: str
    ref: str = ""
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """One number at full precision; ``paren`` puts a negative one in parentheses.

    ``value`` is ``scale`` times what ``ref`` names; ``example`` tells the row of the batch where a line shows several.
    """

    value: float
    ref: str = ""
    paren: bool = False
    result: bool = False
    example: int | None = None
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of numbers drawn in brackets; ``None`` stands for an elided row, column or crossing of both."""

    matrix: tuple[tuple[Number | None, ...], ...]
    ref: str = ""
    result: bool = False


Piece = str | Symbol | Number | Matrix


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the explanation: an equation in symbols and the same with numbers."""

    symbols: tuple[Piece, ...] = ()
    numbers: tuple[Piece, ...] = ()
    title: str = ""
    place: str = ""


def kept(count: int) -> list[int | None]:
    """Which rows or columns of ``count`` are shown; ``None`` marks the gap."""
    return list(range(count)) if count <= EDGE else [*range(EDGE - 2), None, count - 1]


def to_tex(pieces: Iterable[Piece]) -> str:
    """The pieces as one string of TeX, numbers at four significant digits."""
    return "".join(_piece_tex(piece) for piece in pieces)


def _piece_tex(piece: Piece) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Symbol):
        return piece.tex
    if isinstance(piece, Number):
        text = tex(piece.value)
        return f"({text})" if piece.paren and text.startswith("-") else text
    return r"\begin{bmatrix}" + r"\\".join(_row_tex(row, piece.matrix) for row in piece.matrix) + r"\end{bmatrix}"


def _row_tex(row: Sequence[Number | None], rows: Sequence[Sequence[Number | None]]) -> str:
    if all(cell is None for cell in row):
        gaps = [all(other[k] is None for other in rows) for k in range(len(row))]
        return "&".join(r"\ddots" if gap else r"\vdots" for gap in gaps)
    return "&".join(r"\cdots" if cell is None else _piece_tex(cell) for cell in row)
