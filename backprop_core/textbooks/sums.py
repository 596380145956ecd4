"""Sums: one neuron written out term by term, the largest products first where there are too many to show.

Every lens writes its weighted input and its backpropagated error with these.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from backprop_core.textbooks.pieces import Number, Piece, Symbol

SHOWN = 6
LARGEST = 3


def products(factors: list[tuple[Number, Number]]) -> list[Piece]:
    """Σ of products with numbers: every one, or the three largest by size and what the smaller ones add up to."""
    return products_of([left.value * right.value for left, right in factors], factors.__getitem__)


def products_of(values: Sequence[float], factors: Callable[[int], tuple[Number, Number]]) -> list[Piece]:
    """The same where only the products are at hand: ``factors`` makes those that are shown."""
    order = _shown(values)
    pieces: list[Piece] = []
    for position, k in enumerate(order):
        left, right = factors(k)
        pieces += ["+"] if position else []
        pieces += [replace(left, paren=True), r"\cdot", replace(right, paren=True)]
    return [*pieces, *_smaller(values, order)]


def symbols(factors: list[tuple[Symbol, Symbol]]) -> list[Piece]:
    """The same in symbols: every product, or the first, dots and the last."""
    return symbols_of(len(factors), factors.__getitem__)


def symbols_of(count: int, factors: Callable[[int], Sequence[Symbol]]) -> list[Piece]:
    """The same for ``count`` terms, of which ``factors`` makes those that are shown."""
    places: list[int | None] = [*range(count)] if count <= SHOWN else [0, None, count - 1]
    pieces: list[Piece] = []
    for position, k in enumerate(places):
        pieces += ["+"] if position else []
        pieces += [r"\cdots"] if k is None else [*factors(k)]
    return pieces


def addends(values: list[Number]) -> list[Piece]:
    """Σ of numbers that are there: every one, or the three largest by size and what the smaller ones add up to."""
    return addends_of([one.value for one in values], values.__getitem__)


def addends_of(values: Sequence[float], number: Callable[[int], Number]) -> list[Piece]:
    """The same where only the values are at hand: ``number`` makes those that are shown."""
    order = _shown(values)
    pieces: list[Piece] = []
    for position, k in enumerate(order):
        pieces += ["+"] if position else []
        pieces.append(replace(number(k), paren=True))
    return [*pieces, *_smaller(values, order)]


def _shown(values: Sequence[float]) -> list[int]:
    every = range(len(values))
    return [*every] if len(values) <= SHOWN else sorted(sorted(every, key=lambda k: -abs(values[k]))[:LARGEST])


def _smaller(values: Sequence[float], order: list[int]) -> list[Piece]:
    rest = [value for k, value in enumerate(values) if k not in order]
    few = rf"}}_{{{len(rest)}\text{{ smaller}}}}"
    return ["+", r"\underbrace{", Number(sum(rest), paren=True), few] if rest else []
