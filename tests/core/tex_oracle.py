"""A reader of displayed equations: it computes what stands on the screen, from the numbers in its pieces.

It knows how mathematics is written and nothing of the engine; every part of a chain of equals must agree.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import erfc

import numpy as np

from backprop_core.textbooks.pieces import Matrix, Number, Piece, Symbol

TOKEN = re.compile(r"\\\\|\\[a-zA-Z]+|\\[,!]|\d+\.?\d*|[^\s]")
FUNCTIONS = {"\\ln", "\\log", "\\tanh", "\\Phi", "\\varphi", "\\sigma", "f", "\\operatorname", "\\max"}
LARGEST_POWER = 700.0
UNKNOWN = "?"
TRANSPOSED = ("t", "\\top")
ENDS = ("+", "-", "=", ")", "]", "}", "\\rangle", "\\\\", "\\end", ",", "&")
"""What a product ends before."""
SPACES = {"\\,", "\\!", "\\Big", "\\left", "\\right"}

Value = np.ndarray | float
Token = str | Value


class NotWrittenOutError(Exception):
    """The pieces hold an elided row or column, or a power that only a shifted form can compute."""


def tokens(pieces: Sequence[Piece], lookup: Callable[[Symbol], Token]) -> list[Token]:
    """Literal TeX split into tokens, numbers and matrices as values."""
    found: list[Token] = []
    for piece in pieces:
        if isinstance(piece, str):
            found += [token for token in TOKEN.findall(piece) if token not in SPACES]
        elif isinstance(piece, Number):
            found.append(float(piece.value))
        elif isinstance(piece, Matrix):
            rows = [[cell.value if cell else None for cell in row] for row in piece.matrix]
            if any(value is None for row in rows for value in row):
                raise NotWrittenOutError
            found.append(np.array(rows, dtype=float))
        else:
            found.append(lookup(piece))
    return found


@dataclass
class Reader:
    """Recursive descent over one side of an equation."""

    tokens: list[Token]
    sigma: Callable[[Value], Value]
    position: int = 0
    inside_norm: bool = False

    def peek(self) -> Token | None:
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def is_next(self, *wanted: str) -> bool:
        token = self.peek()
        return isinstance(token, str) and token in wanted

    def take(self) -> Token:
        token = self.peek()
        assert token is not None, "the equation ends too early"
        self.position += 1
        return token

    def expect(self, wanted: str) -> None:
        token = self.take()
        assert token == wanted, f"expected {wanted}, found {token}"

    def expression(self) -> Value:
        if self.is_next("-"):
            self.take()
            value = -self.term()
        else:
            value = self.term()
        while self.is_next("+", "-"):
            sign = self.take()
            term = self.term()
            value = value + term if sign == "+" else value - term
        return value

    def term(self) -> Value:
        value = self.factor()
        closing = ("\\Vert",) if self.inside_norm else ()
        while self.peek() is not None and not self.is_next(*ENDS, *closing):
            if self.is_next("\\odot", "\\circ", "\\oslash"):
                divides = self.take() == "\\oslash"
                value = value / self.factor() if divides else value * self.factor()
            elif self.is_next("\\otimes"):
                self.take()
                value = column_times_row(value, self.factor())
            else:
                if self.is_next("\\cdot"):
                    self.take()
                right = self.factor()
                both = isinstance(value, np.ndarray) and isinstance(right, np.ndarray)
                value = value @ right if both else value * right  # type: ignore[operator]
        return value

    def factor(self) -> Value:
        value = self.atom()
        if self.is_next("^"):
            self.take()
            if self.is_next(*TRANSPOSED):
                self.take()
                return np.transpose(value)
            value = value ** self.group()
        return value

    def group(self) -> Value:
        """What stands in braces, or the single digit that TeX takes in their place."""
        if self.is_next("{"):
            self.take()
            value = self.expression()
            self.expect("}")
            return value
        return float(self.take())

    def bracketed(self, close: str) -> Value:
        value = self.expression()
        self.expect(close)
        return value

    def atom(self) -> Value:
        item = self.take()
        if not isinstance(item, str):
            return item
        closing = {"(": ")", "[": "]", "{": "}"}
        if item in closing:
            return self.bracketed(closing[item])
        forms: dict[str, Callable[[], Value]] = {
            "\\frac": self.fraction,
            "\\tfrac": self.fraction,
            "\\begin": self.written_matrix,
            "\\underbrace": self.brace_below,
            "e": self.power_of_e,
            "\\Vert": self.norm,
            "\\sqrt": lambda: np.sqrt(self.group()),
            "\\surd": lambda: np.sqrt(self.atom()),
            "\\langle": self.inner_product,
            "I": lambda: 1.0,
        }
        if item in forms:
            return forms[item]()
        if item in FUNCTIONS:
            return self.function(item)
        return float(item)

    def brace_below(self) -> Value:
        value = self.group()
        self.expect("_")
        self.skip_group()
        return value

    def power_of_e(self) -> Value:
        self.expect("^")
        exponent = self.group()
        if np.max(np.abs(exponent)) > LARGEST_POWER:
            raise NotWrittenOutError
        return np.exp(exponent)

    def words(self) -> list[Token]:
        """The letters in braces."""
        self.expect("{")
        letters = []
        while not self.is_next("}"):
            letters.append(self.take())
        self.take()
        return letters

    def skip_group(self) -> None:
        if self.take() == "{":
            while not self.is_next("}"):
                self.skip_group()
            self.take()

    def fraction(self) -> Value:
        if isinstance(self.peek(), str) and re.fullmatch(r"\d\d", str(self.peek())):
            digits = str(self.take())  # \tfrac12
            return int(digits[0]) / int(digits[1])
        top = self.group()
        return top / self.group()

    def written_matrix(self) -> Value:
        """A matrix of expressions, row by row."""
        self.skip_group()
        rows = [[self.expression()]]
        while self.is_next("\\\\", "&"):
            rows += [[]] if self.take() == "\\\\" else []
            rows[-1].append(self.expression())
        self.expect("\\end")
        self.skip_group()
        return np.array([[float(cell) for cell in row] for row in rows])

    def norm(self) -> Value:
        """The length between two ‖."""
        self.inside_norm = True
        inside = self.expression()
        self.inside_norm = False
        self.expect("\\Vert")
        return float(np.linalg.norm(inside))

    def inner_product(self) -> Value:
        """⟨column, column⟩."""
        left = self.expression()
        self.expect(",")
        right = self.bracketed("\\rangle")
        assert np.shape(left)[1] == np.shape(right)[1] == 1, "⟨ ⟩ wants two columns"
        return float((np.asarray(left).T @ np.asarray(right)).item())

    def function(self, name: str) -> Value:
        if name == "\\operatorname":
            name = "".join(map(str, self.words()))
            name = name if name == "sign" else "\\sigma"
        if name == "f":
            name = "\\sigma"
        if name in ("\\ln", "\\log") and not self.is_next("("):
            return np.log(self.factor())
        self.expect("(")
        value = self.expression()
        if name == "\\max":
            self.expect(",")
            value = np.maximum(value, self.expression())
        self.expect(")")
        if name == "\\varphi":
            return float(np.exp(-(float(value) ** 2) / 2) / np.sqrt(2 * np.pi))
        if name == "\\Phi":
            return 0.5 * erfc(-float(value) / 2**0.5)
        if name == "\\sigma":
            return self.sigma(value)
        plain: dict[str, Callable[[Value], Value]] = {
            "\\ln": np.log,
            "\\log": np.log,
            "\\tanh": np.tanh,
            "sign": np.sign,
            "\\max": lambda x: x,
        }
        return plain[name](value)


def column_times_row(left: Value, right: Value) -> Value:
    """The outer product; both must lie as they are written."""
    assert np.shape(left)[1] == 1, "⊗ wants a column on its left"
    assert np.shape(right)[0] == 1, "⊗ wants a row on its right"
    product: Value = np.asarray(left) @ np.asarray(right)
    return product


def statements(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Equations that stand side by side, with a comma between them."""
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        if isinstance(piece, str) and piece.startswith(r",\quad"):
            parts.append([piece.removeprefix(r",\quad")])
        else:
            parts[-1].append(piece)
    return parts


def sides(
    pieces: Sequence[Piece],
    sigma: Callable[[Value], Value],
    lookup: Callable[[Symbol], Token] = lambda symbol: UNKNOWN,
    letters: Mapping[str, float] | None = None,
) -> list[Value]:
    """The value of every side of ``left = middle = right`` that has numbers in it; ``letters`` stand for numbers."""
    known = letters or {}
    found = tokens(pieces, lookup)
    return sides_of([known.get(token, token) if isinstance(token, str) else token for token in found], sigma)


def sides_of(found: Sequence[Token], sigma: Callable[[Value], Value]) -> list[Value]:
    """The same for tokens."""
    parts: list[list[Token]] = [[]]
    for item in found:
        if isinstance(item, str) and item == "=":
            parts.append([])
        else:
            parts[-1].append(item)
    values = []
    for part in parts:
        if any(not isinstance(token, str) for token in part) or part in (["1"], ["[", "0", "]"]):
            reader = Reader(part, sigma)
            values.append(reader.expression())
            assert reader.peek() is None, f"left over: {part[reader.position :]}"
    return values
