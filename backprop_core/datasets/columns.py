"""From cells to columns: which cells are numbers, which are missing, which are classes, whether names stand on top.

A number has a decimal point or, where the whole table does so, a decimal comma; nothing else is guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from backprop_core.datasets.places import clean, excerpt

DECIMALS = {"point": ".", "comma": ","}
"""Name → the character before the fraction."""

LARGEST = 1e100
"""Beyond it the square of a number, which scaling takes, is not finite."""

FEW = 10
"""So many different whole numbers at most are read as classes when nobody says."""

LONGEST_CLASS = 100
_MISSING = frozenset({"", "na", "n/a", "nan", "null", "?"})
_NUMBER = {
    "point": re.compile(r"[+\-−]?(?:\d+\.?\d*|\.\d+)(?:[eE][+\-−]?\d+)?", re.ASCII),
    "comma": re.compile(r"[+\-−]?(?:\d+,?\d*|,\d+)(?:[eE][+\-−]?\d+)?", re.ASCII),
}
_FRACTION = {"point": re.compile(r"[+\-−]?\d*\.\d+", re.ASCII), "comma": re.compile(r"[+\-−]?\d*,\d+", re.ASCII)}
_THOUSANDS = re.compile(r"[+\-−]?\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3})+(?:[.,]\d+)?", re.ASCII)
_INFINITE = frozenset({"inf", "infinity", "∞"})


@dataclass(frozen=True)
class Cells:
    """One column as read: its texts, and of each the number it is, or None; ``missing`` says which hold nothing."""

    texts: tuple[str, ...]
    numbers: tuple[float | None, ...]
    missing: tuple[bool, ...]

    @property
    def kind(self) -> str:
        """“number” where at least half of what is there is numbers, else “text”, or “empty”."""
        there = len(self.missing) - sum(self.missing)
        if there == 0:
            return "empty"
        # The half decides between a slip in a column of numbers and a column of words.
        return "number" if 2 * (len(self.numbers) - self.numbers.count(None)) >= there else "text"

    @cached_property
    def is_whole(self) -> bool:
        """True where everything that is there is a whole number."""
        return all(
            gone or (number is not None and number.is_integer())
            for number, gone in zip(self.numbers, self.missing, strict=True)
        )


def read_column(texts: Sequence[str], decimal: str) -> Cells:
    """The column of ``texts``, whose numbers have the ``decimal`` named."""
    stripped = tuple(text.strip() for text in texts)
    missing = tuple(text.lower() in _MISSING or not (text.isprintable() or clean(text)) for text in stripped)
    numbers = tuple(None if gone else number_of(text, decimal) for text, gone in zip(stripped, missing, strict=True))
    return Cells(stripped, numbers, missing)


def number_of(text: str, decimal: str) -> float | None:
    """The number that ``text`` is, or None; one too large to be squared is none."""
    if _NUMBER[decimal].fullmatch(text) is None:
        return None
    value = float(text.replace(",", ".").replace("−", "-"))
    return value if abs(value) <= LARGEST else None


def detected_decimal(rows: Sequence[Sequence[str]], separator: str) -> str:
    """The decimal that more cells have; a table separated by commas has points."""
    if separator == "comma":
        return "point"
    found = {
        name: sum(pattern.fullmatch(cell.strip()) is not None for row in rows for cell in row)
        for name, pattern in _FRACTION.items()
    }
    return "comma" if found["comma"] > found["point"] else "point"


def has_names(first: Sequence[str], below: Sequence[Sequence[str]], decimal: str) -> bool:
    """Whether the first row names the columns: a word stands over numbers alone."""
    for column, text in enumerate(first):
        cells = read_column([row[column] for row in below], decimal)
        name = read_column([text], decimal)
        is_word = name.kind == "text" and _THOUSANDS.fullmatch(name.texts[0]) is None
        if is_word and cells.kind == "number":
            return True
    return False


def names_of(first: Sequence[str] | None, count: int) -> tuple[str, ...]:
    """A name for each of ``count`` columns, every one different."""
    found: list[str] = []
    for index in range(count):
        name = clean(first[index]) if first is not None else ""
        name = name or f"column {index + 1}"
        alike = 2
        unique = name
        while unique in found:
            unique, alike = f"{name} ({alike})", alike + 1
        found.append(unique)
    return tuple(found)


def class_names(cells: Cells, rows: Sequence[int]) -> tuple[str, ...]:
    """The different texts in ``rows`` in the order they appear; whole numbers in the order of numbers."""
    if cells.is_whole:
        return tuple(map(_whole, sorted({cells.numbers[row] or 0.0 for row in rows})))
    return tuple(dict.fromkeys(class_of(cells, row) for row in rows))


def may_be_classes(cells: Cells) -> bool:
    """Whether a column is read as classes when nobody says: words, or a few whole numbers that come again."""
    if cells.kind == "text":
        return True
    if cells.kind == "empty" or not cells.is_whole:
        return False
    different = len({number for number in cells.numbers if number is not None})
    return different <= FEW and 2 * different <= len(cells.missing) - sum(cells.missing)


def class_of(cells: Cells, row: int) -> str:
    """The name of the class in ``row``."""
    number = cells.numbers[row]
    return _whole(number) if number is not None and cells.is_whole else clean(cells.texts[row], LONGEST_CLASS + 1)


def _whole(number: float) -> str:
    return f"{number + 0.0:.0f}" if abs(number) < 1e15 else repr(number)


def why_no_number(text: str, decimal: str) -> str:
    """What to do about a cell that should be a number and is none."""
    shown = excerpt(text)
    bare = text.lstrip("+-−").lower()
    if bare in _INFINITE or number_is_large(text, decimal):
        return f"{shown} is too large: numbers go up to 10^100"
    if text.startswith("="):
        return f"{shown} is a formula: put its result in its place"
    if _THOUSANDS.fullmatch(text) is not None:
        return f"{shown} looks like thousands set apart: write the number without, or choose the other decimal sign"
    other = "comma" if decimal == "point" else "point"
    if _NUMBER[other].fullmatch(text) is not None:
        return f"{shown} has a decimal {other}, and the numbers of this table have a decimal {decimal}"
    return f"{shown} is no number"


def number_is_large(text: str, decimal: str) -> bool:
    """Whether ``text`` is written as a number and is too large a one."""
    return _NUMBER[decimal].fullmatch(text) is not None and number_of(text, decimal) is None
