"""From the columns of a table to examples: rows that are whole, numbers as inputs, the target as classes or values.

What stands in the way is named by line and column; a row with an empty cell is left out, and that is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backprop_core.datasets.cells import Row
from backprop_core.datasets.choosing import Chosen
from backprop_core.datasets.columns import LONGEST_CLASS, Cells, class_names, class_of, why_no_number
from backprop_core.datasets.places import Place, TableError, TableLimits, TableTooLarge
from backprop_core.datasets.table import Examples


@dataclass(frozen=True, slots=True)
class Table:
    """The rows under the names, and the same as columns."""

    body: Sequence[Row]
    columns: Sequence[Cells]
    names: Sequence[str]
    decimal: str
    limits: TableLimits

    def place(self, row: int, column: int, words: str) -> Place:
        """The place of a cell, both counted from 0."""
        return Place(self.body[row].line_of(column), column + 1, words)


def examples_of(table: Table, chosen: Chosen, *, classes: bool) -> tuple[Examples, list[str]]:
    """The examples, and in words which rows were left out; raises ``TableError`` or ``TableTooLarge``."""
    used = (*chosen.inputs, chosen.target)
    _check_numbers(table, chosen.inputs if classes else used)
    missing = np.any([table.columns[index].missing for index in used], axis=0)
    kept, gone = np.flatnonzero(~missing).tolist(), np.flatnonzero(missing).tolist()
    if not kept:
        column = next(index for index in used if any(table.columns[index].missing))
        words = f"No row is whole: {table.names[column]} has nothing in it here"
        raise TableError([table.place(table.columns[column].missing.index(True), column, words)])
    inputs = np.array([[table.columns[index].numbers[row] for index in chosen.inputs] for row in kept], dtype=float)
    names, told = tuple(table.names[index] for index in chosen.inputs), _told(table, gone)
    target = table.columns[chosen.target]
    if not classes:
        values = np.array([[target.numbers[row]] for row in kept], dtype=float)
        return Examples(inputs, names, values=values, value_names=(table.names[chosen.target],)), told
    found = class_names(target, kept)
    of_row = [class_of(target, row) for row in kept]
    _check_classes(table, chosen.target, list(zip(kept, of_row, strict=True)), len(found))
    numbers = {name: number for number, name in enumerate(found)}
    return Examples(inputs, names, np.array([numbers[name] for name in of_row]), found), told


def _check_numbers(table: Table, used: Sequence[int]) -> None:
    wrong = sorted(
        (row, index)
        for index, cells in ((index, table.columns[index]) for index in used)
        for row, (number, gone) in enumerate(zip(cells.numbers, cells.missing, strict=True))
        if number is None and not gone
    )
    if wrong:
        raise TableError([_no_number(table, row, index) for row, index in wrong[: table.limits.errors]])


def _no_number(table: Table, row: int, index: int) -> Place:
    why = why_no_number(table.columns[index].texts[row], table.decimal)
    return table.place(row, index, f"{table.names[index]}: {why}")


def _check_classes(table: Table, target: int, rows: Sequence[tuple[int, str]], different: int) -> None:
    if different == 1:
        words = "Every row has the same class: there is nothing to tell apart"
        raise TableError([table.place(rows[0][0], target, words)])
    most, seen = table.limits.classes, set[str]()
    for row, name in rows:
        seen.add(name)
        if len(seen) > most:
            words = f"There are more than {most} classes: is this the column to learn?"
            raise TableTooLarge(table.place(row, target, words), "classes", most)
        if len(name) > LONGEST_CLASS:
            words = f"The name of a class has at most {LONGEST_CLASS} characters"
            raise TableError([table.place(row, target, words)])


def _told(table: Table, gone: Sequence[int]) -> list[str]:
    if not gone:
        return []
    lines = ", ".join(str(table.body[row].line) for row in gone[:5]) + (", …" if len(gone) > 5 else "")
    if len(gone) == 1:
        return [f"1 row is left out, with an empty cell: line {lines}."]
    return [f"{len(gone)} rows are left out, with an empty cell: lines {lines}."]
