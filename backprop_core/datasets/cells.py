"""From text to rows of cells: which character separates them, quotes, and line ends of every kind.

Lines are counted first and read one after the other, so a table too large is refused before anything is made of it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from backprop_core.datasets.places import Place, TableError, TableLimits, TableTooLarge

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
"""Name → the character between two cells."""

NOWHERE: Mapping[int, int] = MappingProxyType({})
LOOKED_AT, LOOKED_INTO = 50, 10_000
_PREFERRED = ("tab", "semicolon", "pipe", "comma")
_END = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_OPENING = re.compile(r' *"')
_QUOTED = re.compile(r' *"([^"]*(?:""[^"]*)*)"(?!") *')
_IN_QUOTES = re.compile(r'"[^"]*"')
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Row(NamedTuple):
    """The cells of one row and the line it begins in; ``later`` has the lines of cells that begin further down."""

    line: int
    cells: list[str]
    later: Mapping[int, int] = NOWHERE

    def line_of(self, column: int) -> int:
        """The line in which the cell of ``column`` (from 0) begins."""
        return self.later.get(column, self.line)


def decoded(data: bytes | str, limits: TableLimits) -> str:
    """The text of ``data`` without its byte-order mark.

    Raises ``TableTooLarge`` for too many bytes (of a text: characters), ``TableError`` where it is not text in UTF-8.
    """
    if len(data) > limits.bytes:
        before = data[: limits.bytes]
        text = before.decode(errors="ignore") if isinstance(before, bytes) else before
        place = _at_end_of(text, f"The table is larger than {limits.bytes} bytes")
        raise TableTooLarge(place, "bytes", limits.bytes)
    if isinstance(data, bytes) and data.startswith(_UTF16):
        raise TableError([Place(1, 1, "The file is UTF-16: save it as UTF-8")])
    try:
        text = data.decode() if isinstance(data, bytes) else data
        text.encode()
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        words = "A character is not UTF-8: save the file as UTF-8"
        raise TableError([_at_end_of(before.decode(), words)]) from None
    except UnicodeEncodeError as error:
        words = "Half of a surrogate pair is no character"
        raise TableError([_at_end_of(error.object[: error.start], words)]) from None
    found = _CONTROL.search(text)
    if found is not None:
        raise TableError([_at_end_of(text[: found.start()], "A control character is no text: is this a CSV file?")])
    return text.removeprefix("\ufeff")


def detected_separator(text: str) -> str:
    """The name of the separator that cuts the first lines into the same number of cells; comma where none does."""
    sample = [_IN_QUOTES.sub("", line[:LOOKED_INTO]) for _, line in zip(range(LOOKED_AT), lines(text), strict=False)]
    found: dict[str, tuple[float, int]] = {}
    for name in _PREFERRED:
        counts = [line.count(SEPARATORS[name]) for line in sample if line.strip(" ")]
        cut = Counter(count for count in counts if count)
        if cut:
            (number, lines_alike), *_ = cut.most_common(1)
            found[name] = (lines_alike / len(counts), number)
    # A decimal comma can cut as evenly as the semicolon beside it, so the comma comes last among equals.
    return max(found, key=lambda name: found[name][0]) if found else "comma"


def lines(text: str) -> Iterator[str]:
    """The lines of ``text``, ended by CRLF, CR or LF, one after the other."""
    start = 0
    for end in _END.finditer(text):
        yield text[start : end.start()]
        start = end.end()
    if start < len(text):
        yield text[start:]


def rows(text: str, separator: str, limits: TableLimits) -> Iterator[Row]:
    """The rows of ``text`` that are not blank; ``separator`` is the character.

    Raises ``TableTooLarge`` where a limit is met and ``TableError`` where quotes do not fit together.
    """
    if _ends(text) + (not text.endswith(("\r", "\n"))) > limits.lines:
        place = Place(limits.lines + 1, 1, f"There are more than {limits.lines} lines")
        raise TableTooLarge(place, "lines", limits.lines)
    numbered = enumerate(lines(text), 1)
    cells = 0
    for number, line in numbered:
        if not line.strip(" "):
            continue
        if '"' in line:
            row = _quoted_row(line, number, numbered, separator, limits)
        else:
            row = Row(number, line.split(separator, limits.columns))
        if len(row.cells) > limits.columns:
            words = f"There are more than {limits.columns} columns"
            raise TableTooLarge(
                Place(row.line_of(limits.columns), limits.columns + 1, words), "columns", limits.columns
            )
        for column, cell in enumerate(row.cells):
            if len(cell) > limits.cell_characters:
                raise _too_long(row.line_of(column), column, limits)
        cells += len(row.cells)
        if cells > limits.cells:
            words = f"There are more than {limits.cells} cells"
            raise TableTooLarge(Place(number, 1, words), "cells", limits.cells)
        yield row


def _quoted_row(line: str, number: int, more: Iterator[tuple[int, str]], separator: str, limits: TableLimits) -> Row:
    """A row with quotes in it; a cell in quotes may go on in the lines that ``more`` gives."""
    later: dict[int, int] = {}
    row, at = Row(number, [], later), 0
    while len(row.cells) <= limits.columns:
        if number != row.line:
            later[len(row.cells)] = number
        if _OPENING.match(line, at) is None:
            end = line.find(separator, at)
            row.cells.append(line[at:] if end < 0 else line[at:end])
        else:
            line, number, match = _closed(line, at, number, more, len(row.cells), limits)
            row.cells.append(match[1].replace('""', '"'))
            end = match.end() if match.end() < len(line) else -1
            if end >= 0 and line[end] != separator:
                words = "There is text after the closing quote: a quote inside quotes is doubled"
                raise TableError([Place(number, len(row.cells), words)])
        if end < 0:
            break
        at = end + 1
    return row


def _closed(
    line: str, at: int, number: int, more: Iterator[tuple[int, str]], column: int, limits: TableLimits
) -> tuple[str, int, re.Match[str]]:
    """The cell in quotes at ``at``, and the line that it ends in with what was read of it before."""
    begun, longest = number, 2 * limits.cell_characters + 100  # every character of it may be a doubled quote
    while (match := _QUOTED.match(line, at, at + longest)) is None:
        if len(line) - at > longest:
            raise _too_long(begun, column, limits)
        number, following = next(more, (0, ""))
        if number == 0:
            raise TableError([Place(begun, column + 1, "A quote is opened here and never closed")])
        line, at = line[at:] + "\n" + following, 0
    return line, number, match


def _too_long(line: int, column: int, limits: TableLimits) -> TableTooLarge:
    words = f"A cell has more than {limits.cell_characters} characters: is a quote never closed?"
    return TableTooLarge(Place(line, column + 1, words), "cell_characters", limits.cell_characters)


def _at_end_of(before: str, words: str) -> Place:
    """The place that follows the text ``before``."""
    last = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :]
    return Place(_ends(before) + 1, last.count(SEPARATORS[detected_separator(before)]) + 1, words)


def _ends(text: str) -> int:
    """How many lines end in ``text``."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")
