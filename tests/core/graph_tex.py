"""A reader of the displayed equations of a graph: what stands there, computed from the numbers that stand there.

It adds roots, sines, powers of any number and the maximum of several to the reader of a network's equations.
"""

import numpy as np

from backprop_core import GraphTrace
from backprop_core.textbooks.pieces import Line, Piece, Symbol
from tests.core.tex_oracle import Reader, Token, Value, statements, tokens

UNARY = {"\\sin": np.sin, "\\cos": np.cos}
CHOOSING = {"\\max": max, "\\min": min}


class GraphReader(Reader):
    """Recursive descent over one side of an equation of a graph."""

    def factor(self) -> Value:
        value = self.atom()
        if self.is_next("^"):
            self.take()
            value = np.float64(value) ** self.group()
        return value

    def atom(self) -> Value:
        item = self.peek()
        if not isinstance(item, str) or item not in {"\\sqrt", *UNARY, *CHOOSING}:
            return super().atom()
        self.take()
        if item == "\\sqrt":
            return np.sqrt(self.group())
        self.expect("(")
        values = [self.expression()]
        while self.is_next(","):
            self.take()
            values.append(self.expression())
        self.expect(")")
        return UNARY[item](values[0]) if item in UNARY else CHOOSING[item](values)


def recombined(line: Line, trace: GraphTrace) -> tuple[list[list[float]], list[list[float]]]:
    """The sides of each equation of a line, computed: of the line with numbers, and of the line with symbols."""
    return _sides(line.numbers, trace), _sides(line.symbols, trace)


def _sides(pieces: tuple[Piece, ...], trace: GraphTrace) -> list[list[float]]:
    def lookup(symbol: Symbol) -> Token:
        name, k = symbol.ref.split(":")
        return np.float64(trace.number(name, int(k)))

    found = []
    for statement in statements(pieces):
        parts: list[list[Token]] = [[]]
        for item in tokens(statement, lookup):
            if isinstance(item, str) and item == "=":
                parts.append([])
            else:
                parts[-1].append({"|": "\\Vert"}.get(item, item) if isinstance(item, str) else np.float64(item))
        if "\\cdots" not in {token for part in parts for token in part if isinstance(token, str)}:
            found.append([_value(part) for part in parts])
    return found


def _value(part: list[Token]) -> float:
    reader = GraphReader(part, lambda z: 1 / (1 + np.exp(-z)))
    with np.errstate(all="ignore"):
        value = float(reader.expression())
    assert reader.peek() is None, f"left over: {part[reader.position :]}"
    return value
