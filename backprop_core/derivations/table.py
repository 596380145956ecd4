"""A derivation as CSV: one row a value, with the step it belongs to, at full precision.

A cell that a spreadsheet would take for a formula is marked as text, so that opening the file runs nothing.
"""

import csv
import io
from collections.abc import Iterator
from typing import Any

import numpy as np

from backprop_core.derivations.document import Derivation, Passage

HEAD = ("step", "phase", "kind", "layer", "name", "place", "quantity", "row", "column", "value")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(derivation: Derivation) -> str:
    """The table, lines ending as RFC 4180 has them; row and column count from 1, as the text lays its result out."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    for passage in derivation.passages:
        writer.writerows(_rows(passage))
    return out.getvalue()


def _rows(passage: Passage) -> Iterator[tuple[str, ...]]:
    # A step of an expression names each of its numbers.
    named = passage.result if isinstance(passage.result, dict) else {passage.quantity: passage.result}
    for quantity, result in named.items():
        words = (passage.phase, passage.kind, str(passage.layer), passage.name, passage.place, quantity)
        before = (str(passage.number), *map(text_cell, words))
        for row, column, value in _values(result):
            yield (*before, row, column, _number(value))


def text_cell(text: str) -> str:
    """``text``, with an apostrophe before what a spreadsheet would compute."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _values(result: Any) -> Iterator[tuple[str, str, float | None]]:
    if result is None or np.ndim(result) == 0:
        yield "", "", result
        return
    for row, line in enumerate(np.asarray(result, dtype=float).tolist(), 1):
        for column, value in enumerate(line if isinstance(line, list) else [line], 1):
            yield str(row), str(column), value


def _number(value: float | None) -> str:
    return "" if value is None else repr(float(value))
