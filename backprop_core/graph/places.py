"""Where in an expression something is wrong: line and column counted from 1, and a caret under the place.

What is shown of the text is one line of it, cut to a window and made printable; it is to be set as text, never as TeX.
"""

from dataclasses import dataclass

WINDOW = 60
"""Characters of a line that stand above the caret."""


@dataclass(frozen=True, slots=True)
class GraphLimits:
    """The most an expression may have: characters, characters of a name, things inside one another, nodes."""

    characters: int = 2_000
    name_characters: int = 40
    depth: int = 64
    nodes: int = 256


class ExpressionError(ValueError):
    """A text that is no expression; ``words`` say what to do, ``excerpt`` shows the place with a caret under it."""

    def __init__(self, text: str, position: int, words: str) -> None:
        before = text[:position]
        self.line = before.count("\n") + 1
        self.column = position - (before.rfind("\n") + 1) + 1
        self.words = words
        self.excerpt = _excerpt(text.split("\n")[self.line - 1], self.column - 1)
        super().__init__(f"line {self.line}, column {self.column}: {words}\n{self.excerpt}")


class ExpressionTooLarge(ExpressionError):
    """An expression over one of the ``GraphLimits``: the name of its field and its value."""

    def __init__(self, text: str, position: int, name: str, value: int, words: str) -> None:
        super().__init__(text, position, f"{words}, at most {value}")
        self.name, self.value = name, value


def _excerpt(line: str, column: int) -> str:
    start = max(0, min(column - WINDOW // 2, len(line) - WINDOW))
    shown = "".join(one if one.isprintable() else " " if one.isspace() else "·" for one in line[start : start + WINDOW])
    return f"{shown}\n{' ' * (column - start)}^"
