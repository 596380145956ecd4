"""Sums: one neuron written out term by term, the largest products first where there are too many to show.

Every lens writes its weighted input and its backpropagated error with these.
"""

from dataclasses import replace

from backprop_core.textbooks.pieces import Number, Piece, Symbol

SHOWN = 6
LARGEST = 3


def products(factors: list[tuple[Number, Number]]) -> list[Piece]:
    """Σ of products with numbers: every one, or the three largest by size and what the smaller ones add up to."""
    order = list(range(len(factors)))
    if len(factors) > SHOWN:
        order.sort(key=lambda k: -abs(factors[k][0].value * factors[k][1].value))
        order = sorted(order[:LARGEST])
    pieces: list[Piece] = []
    for position, k in enumerate(order):
        left, right = factors[k]
        pieces += ["+"] if position else []
        pieces += [replace(left, paren=True), r"\cdot", replace(right, paren=True)]
    rest = [left.value * right.value for k, (left, right) in enumerate(factors) if k not in order]
    return [*pieces, *_smaller(rest)]


def symbols(factors: list[tuple[Symbol, Symbol]]) -> list[Piece]:
    """The same in symbols: every product, or the first, dots and the last."""
    pairs: list[tuple[Symbol, Symbol] | None] = [*factors]
    if len(factors) > SHOWN:
        pairs = [factors[0], None, factors[-1]]
    pieces: list[Piece] = []
    for position, pair in enumerate(pairs):
        pieces += ["+"] if position else []
        pieces += [r"\cdots"] if pair is None else [*pair]
    return pieces


def addends(values: list[Number]) -> list[Piece]:
    """Σ of numbers that are there: every one, or the three largest by size and what the smaller ones add up to."""
    order = list(range(len(values)))
    if len(values) > SHOWN:
        order = sorted(sorted(order, key=lambda k: -abs(values[k].value))[:LARGEST])
    pieces: list[Piece] = []
    for position, k in enumerate(order):
        pieces += ["+"] if position else []
        pieces.append(replace(values[k], paren=True))
    rest = [one.value for k, one in enumerate(values) if k not in order]
    return [*pieces, *_smaller(rest)]


def _smaller(rest: list[float]) -> list[Piece]:
    few = rf"}}_{{{len(rest)}\text{{ smaller}}}}"
    return ["+", r"\underbrace{", Number(sum(rest), paren=True), few] if rest else []
