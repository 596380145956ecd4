"""The words of an expression: numbers, names and signs as Python writes them, each with its place.

A line break ends a statement, as a semicolon does, but not inside parentheses; what follows # is for the reader.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from backprop_core.graph.places import ExpressionError, ExpressionTooLarge, GraphLimits
from backprop_core.graph.slips import PAIRS, meaningless

WORD = re.compile(
    r"(?P<space>[ \t\r\u00a0\u2009\u202f]+|\#[^\n]*)"
    r"|(?P<end>[\n;])"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>\*\*|[-+*/(),=−×·÷])"
)

SPELLED = {"−": "-", "×": "*", "·": "*", "÷": "/"}
"""Signs as a page shows them, so that what is copied from one can be read."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its kind is number, name, sign, end (of a statement) or stop (of the text)."""

    kind: str
    text: str
    start: int


def tokenize(text: str, limits: GraphLimits) -> Iterator[Token]:
    """The words of ``text``, a stop last. Raises ``ExpressionError`` at the first character that begins none."""
    if len(text) > limits.characters:
        raise ExpressionTooLarge(text, limits.characters, "characters", limits.characters, "too many characters")
    position = inside = 0
    while position < len(text):
        found = WORD.match(text, position)
        pair = PAIRS.get(text[position : position + 2])
        if found is None or pair:
            raise ExpressionError(text, position, pair or meaningless(text[position]))
        kind, word = str(found.lastgroup), found.group()
        if kind == "name" and len(word) > limits.name_characters:
            name, most = "name_characters", limits.name_characters
            raise ExpressionTooLarge(text, position, name, most, "too many characters in a name")
        inside += (word == "(") - (word == ")")
        if kind != "space" and not (word == "\n" and inside):
            yield Token(kind, SPELLED.get(word, word), position)
        position = found.end()
    yield Token("stop", "", position)


def statements(text: str) -> Iterator[str]:
    """The statements of a text that can be read, each in one line and without remarks."""
    line, end = "", 0
    for token in tokenize(text, GraphLimits(characters=len(text), name_characters=len(text))):
        if token.kind in ("end", "stop"):
            if line:
                yield line
            line = ""
        else:
            line += (" " if line and token.start > end else "") + token.text
        end = token.start + len(token.text)
