"""Where in a table something is wrong, and how that is said: line and column counted from 1, never the raw text.

A column is a column of the table, as a spreadsheet counts it; a line is a line of the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_EXCERPT, LONGEST_NAME = 24, 40


@dataclass(frozen=True, slots=True)
class Place:
    """One place that is wrong, with a sentence that says what to do."""

    line: int
    column: int
    words: str


class TableError(ValueError):
    """A table that cannot be read, with every place found, the first one first."""

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__(places[0].words)
        self.places = tuple(places)


class TableTooLarge(TableError):
    """A table over one of the ``TableLimits``: the name of its field and its value."""

    def __init__(self, place: Place, name: str, value: int) -> None:
        super().__init__([place])
        self.name, self.value = name, value


class UnknownColumn(ValueError):
    """A column asked for that is not there, or cannot be what it is asked to be; ``option`` is target or inputs."""

    def __init__(self, option: str, words: str) -> None:
        super().__init__(words)
        self.option = option


@dataclass(frozen=True, slots=True)
class TableLimits:
    """The most a table may have: bytes, lines (blank ones counted), columns, cells, characters of a cell, classes.

    ``errors`` is how many places are told at once.
    """

    bytes: int = 2 * 1024 * 1024
    lines: int = 10_000
    columns: int = 256
    cells: int = 200_000
    cell_characters: int = 1_000
    classes: int = 50
    errors: int = 20


def clean(text: str, longest: int = LONGEST_NAME) -> str:
    """``text`` in one line of what can be printed, cut to ``longest`` characters."""
    # Cut first: what lies behind can be a megabyte.
    shown = " ".join("".join(one if one.isprintable() else " " for one in text[: 4 * longest]).split())
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def excerpt(text: str) -> str:
    """The beginning of a cell in quotes, to be recognised by."""
    return f"“{clean(text, LONGEST_EXCERPT)}”"
