"""Which column is learned and from which others: the last one from all numbers, unless somebody says.

Columns of words are no inputs: left to itself the reading leaves them out and says so; asked for them, it refuses.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from backprop_core.datasets.columns import Cells
from backprop_core.datasets.places import Place, TableError, UnknownColumn, excerpt


@dataclass(frozen=True, slots=True)
class Chosen:
    """The indices of the target and of the inputs, from 0, and what was left out in words."""

    target: int
    inputs: tuple[int, ...]
    notes: tuple[str, ...] = ()


def choose(
    columns: Sequence[Cells], names: Sequence[str], *, target: str | None, inputs: Sequence[str] | None, line: int
) -> Chosen:
    """Target and inputs of the table whose first row is in ``line``.

    Raises ``UnknownColumn`` for what is no column, ``TableError`` where words are asked for as an input.
    """
    there = [index for index, cells in enumerate(columns) if cells.kind != "empty"]
    if not there:
        raise TableError([Place(line, 1, "Every cell is empty")])
    learned = there[-1] if target is None else _found("target", target, names)
    if learned not in there:
        raise UnknownColumn("target", f"The column {excerpt(names[learned])} is empty and cannot be learned")
    if inputs is not None:
        return Chosen(learned, _asked(columns, names, inputs, learned, line))
    kinds = {kind: [i for i in range(len(columns)) if columns[i].kind == kind and i != learned] for kind in _LEFT_OUT}
    found = tuple(index for index in there if columns[index].kind == "number" and index != learned)
    if not found:
        other = next((index for index in there if index != learned), learned)
        words = "There is no column of numbers to learn from" + (": words are no inputs" if other != learned else "")
        raise TableError([Place(line, other + 1, words)])
    notes = [
        words.format(names=", ".join(excerpt(names[index]) for index in kinds[kind][:5]))
        for kind, words in _LEFT_OUT.items()
        if kinds[kind]
    ]
    return Chosen(learned, found, tuple(notes))


_LEFT_OUT = {
    "text": "Left out, for an input takes numbers: {names}. Turn words into columns of 0 and 1 to learn from them.",
    "empty": "Left out, for there is nothing in it: {names}.",
}


def _asked(
    columns: Sequence[Cells], names: Sequence[str], inputs: Sequence[str], target: int, line: int
) -> tuple[int, ...]:
    found = tuple(dict.fromkeys(_found("inputs", one, names) for one in inputs))
    if not found:
        raise UnknownColumn("inputs", "Name one column at least to learn from")
    if target in found:
        raise UnknownColumn("inputs", f"The column {excerpt(names[target])} is what is learned, so it is no input")
    for index in found:
        kind = columns[index].kind
        if kind == "text":
            words = f"{names[index]} has words, and an input takes numbers: leave it out, or learn it as the target"
            raise TableError([Place(line, index + 1, words)])
        if kind == "empty":
            raise TableError([Place(line, index + 1, f"{names[index]} is empty: leave it out")])
    return tuple(sorted(found))


def _found(option: str, wanted: str, names: Sequence[str]) -> int:
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 10:
        number = int(wanted)
        if 1 <= number <= len(names):
            return number - 1
        raise UnknownColumn(option, f"There is no column {number}: the table has {len(names)}")
    if wanted not in names:
        raise UnknownColumn(option, f"There is no column {excerpt(wanted)}. Name one of the first line, or its number")
    return list(names).index(wanted)
