"""Reading a table of one's own: CSV in, Examples out, or every place that is wrong by line and column.

What is not said is found out: separator, decimal sign, names on top, classes or values to learn. What was
found out or left out is told in notes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from backprop_core.datasets.cells import SEPARATORS, Row, decoded, detected_separator, rows
from backprop_core.datasets.choosing import Chosen, choose
from backprop_core.datasets.columns import (
    Cells,
    class_names,
    detected_decimal,
    has_names,
    may_be_classes,
    names_of,
    read_column,
)
from backprop_core.datasets.making import Table, examples_of
from backprop_core.datasets.places import Place, TableError, TableLimits
from backprop_core.datasets.table import Examples

HEAD, CLASSES_TOLD = 100, 20


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How a table is to be read; what is None is found out.

    ``separator`` and ``decimal`` are names of SEPARATORS and DECIMALS; ``target`` and ``inputs`` are names of columns
    or their numbers from 1; ``classes`` says whether the target is a class or a value.
    """

    separator: str | None = None
    decimal: str | None = None
    header: bool | None = None
    target: str | None = None
    inputs: tuple[str, ...] | None = None
    classes: bool | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column as it was read; ``low`` and ``high`` of numbers, ``classes`` where it may be a target of classes."""

    number: int
    name: str
    kind: str
    role: str
    missing: int
    low: float | None
    high: float | None
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A table as read; ``target`` is the number of a column, from 1, ``cells`` are its texts, names left out."""

    examples: Examples
    columns: tuple[Column, ...]
    separator: str
    decimal: str
    header: bool
    target: int
    notes: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]


def read_table(data: bytes | str, options: ReadingOptions | None = None, limits: TableLimits | None = None) -> Reading:
    """Read CSV.

    Raises ``TableError`` with the places that are wrong, ``TableTooLarge`` with the limit that was met, and
    ``UnknownColumn`` for a target or an input that is no column of the table.
    """
    options, limits = options or ReadingOptions(), limits or TableLimits()
    text = decoded(data, limits)
    separator = options.separator or detected_separator(text)
    table = list(rows(text, SEPARATORS[separator], limits))
    _check_shape(table, limits)
    texts = [row.cells for row in table]
    decimal = options.decimal or detected_decimal(texts[: HEAD + 1], separator)
    header = has_names(texts[0], texts[1 : HEAD + 1], decimal) if options.header is None else options.header
    body = table[1:] if header else table
    if not body:
        raise TableError([Place(table[0].line, 1, "There are names of columns and no rows under them")])
    columns = [read_column(column, decimal) for column in zip(*(row.cells for row in body), strict=True)]
    names = names_of(texts[0] if header else None, len(columns))
    chosen = choose(columns, names, target=options.target, inputs=options.inputs, line=body[0].line)
    classes = may_be_classes(columns[chosen.target]) if options.classes is None else options.classes
    examples, left_out = examples_of(Table(body, columns, names, decimal, limits), chosen, classes=classes)
    notes = (*_found_out(options, separator, decimal, header=header), *chosen.notes, *left_out)
    described = tuple(_described(index, cells, names[index], chosen) for index, cells in enumerate(columns))
    cells = tuple(zip(*(column.texts for column in columns), strict=True))
    return Reading(examples, described, separator, decimal, header, chosen.target + 1, notes, cells)


def _check_shape(table: Sequence[Row], limits: TableLimits) -> None:
    if not table:
        raise TableError([Place(1, 1, "The table is empty: a row is an example, a column an input or the answer")])
    first = table[0]
    width = len(first.cells)
    if width == 1:
        words = "There is one column only: columns are separated by commas, semicolons, tabs or |"
        raise TableError([Place(first.line, 1, words)])
    places = []
    for row in table:
        given = len(row.cells)
        if given != width:
            column = min(given, width)
            words = f"This row has {given} cells, and line {first.line} has {width}"
            places.append(Place(row.line_of(column), column + 1, words))
            if len(places) == limits.errors:
                break
    if places:
        raise TableError(places)


def _described(index: int, cells: Cells, name: str, chosen: Chosen) -> Column:
    there = [number for number in cells.numbers if number is not None] if cells.kind == "number" else []
    role = "target" if index == chosen.target else "input" if index in chosen.inputs else "unused"
    whole = [row for row, gone in enumerate(cells.missing) if not gone]
    classes = class_names(cells, whole) if may_be_classes(cells) else ()
    return Column(
        index + 1,
        name,
        cells.kind,
        role,
        sum(cells.missing),
        min(there, default=None),
        max(there, default=None),
        classes[:CLASSES_TOLD],
    )


def _found_out(options: ReadingOptions, separator: str, decimal: str, *, header: bool) -> list[str]:
    notes = []
    if options.decimal is None and decimal == "comma":
        notes.append("Numbers are read with a decimal comma: 1,5 is one and a half.")
    if options.header is None:
        notes.append(
            "The first line is read as the names of the columns." if header else "The first line is an example."
        )
    return notes
