"""The parser: a text to a graph, with Python's precedence and associativity; it evaluates nothing.

Nodes are made as their operands are complete, so they stand in evaluation order. A text that cannot be read raises
``ExpressionError`` and nothing else.
"""

import math
from dataclasses import replace

from backprop_core.graph.operations import FUNCTIONS, OPERATIONS
from backprop_core.graph.places import ExpressionError, ExpressionTooLarge, GraphLimits
from backprop_core.graph.slips import misplaced, no_function, nothing_there
from backprop_core.graph.structure import CONSTANT, INPUT, Graph, Node, with_symbols
from backprop_core.graph.tokens import Token, tokenize

SIGNS = {"+": (1, "add"), "-": (1, "subtract"), "*": (2, "multiply"), "/": (2, "divide"), "**": (4, "power")}
"""How strongly each sign binds its two sides, and what it does."""

UNARY = 3
"""A sign before its operand binds weaker than a power after it, and stronger than all else: −x**2 is −(x**2)."""

_UNNAMED = (
    "only the last line may do without a name: write a name and = before it, or put what goes over several lines in ( )"
)


def read_expression(text: str, limits: GraphLimits | None = None) -> Graph:
    """The graph of ``text``: assignments separated by line breaks or semicolons, the last one is the output.

    Raises ``ExpressionError`` with line, column and a caret where the text is no expression, and
    ``ExpressionTooLarge`` with the name of the limit where it goes over one.
    """
    return _Parser(text, limits or GraphLimits()).graph()


class _Parser:
    def __init__(self, text: str, limits: GraphLimits) -> None:
        self._text, self._limits = text, limits
        self._tokens = list(tokenize(text, limits))
        self._at = self._depth = 0
        self._nodes: list[Node] = []
        self._names: dict[str, int] = {}

    def graph(self) -> Graph:
        self._skip_ends()
        if self._next.kind == "stop":
            raise self._error(self._next, "there is nothing to compute: write an expression, such as (x + y) * z")
        while self._next.kind != "stop":
            unnamed = self._statement()
            if self._next.kind not in ("end", "stop"):
                raise self._misplaced()
            self._skip_ends()
            if unnamed is not None and self._next.kind != "stop":
                raise self._error(unnamed, _UNNAMED)
        return with_symbols(self._nodes)

    def _statement(self) -> Token | None:
        """Reads one; returns its first token where it gives no name."""
        start = self._next
        if start.kind == "name" and self._tokens[self._at + 1].text == "=":
            self._at += 2
            node = self._expression()
            self._check_new(start)
            self._result(node, start)
            return None
        self._result(self._expression(), None)
        return start

    def _check_new(self, name: Token) -> None:
        if name.text in FUNCTIONS:
            raise self._error(name, f"{name.text} is a function: choose another name")
        if name.text in self._names:
            is_input = self._nodes[self._names[name.text]].operation == INPUT
            had = "was read as an input before" if is_input else "has a value already"
            raise self._error(name, f"this name {had}: choose another one")

    def _result(self, node: int, name: Token | None) -> None:
        """A second name for a node makes a node of its own, and so does an output that is there already."""
        if self._nodes[node].name:
            node = self._add(name or self._next, "identity", (node,))
        if name is not None:
            self._nodes[node] = replace(self._nodes[node], name=name.text)
            self._names[name.text] = node

    def _expression(self, least: int = 1) -> int:
        """Reads operands and the signs between them, as long as these bind at least as strongly as ``least``."""
        self._depth += 1
        if self._depth > self._limits.depth:
            words = "too many things inside one another"
            raise ExpressionTooLarge(self._text, self._next.start, "depth", self._limits.depth, words)
        left = self._operand()
        while (found := SIGNS.get(self._next.text)) and found[0] >= least:
            sign = self._take()
            # Powers are read from the right: a**b**c is a**(b**c).
            right = self._expression(found[0] if sign.text == "**" else found[0] + 1)
            left = self._add(sign, found[1], (left, right))
        self._depth -= 1
        return left

    def _operand(self) -> int:
        token = self._take()
        if token.text == "-":
            return self._negative(token, self._expression(UNARY))
        if token.text == "+":
            return self._expression(UNARY)
        if token.kind == "number":
            return self._constant(token)
        if token.kind == "name":
            return self._name(token)
        if token.text == "(":
            inside = self._expression()
            self._close(token)
            return inside
        text = "" if token.kind in ("end", "stop") else token.text
        raise self._error(token, nothing_there(text, self._tokens[self._tokens.index(token) - 1].text))

    def _negative(self, sign: Token, operand: int) -> int:
        node = self._nodes[operand]
        if node.number is not None and not node.name:
            self._nodes[operand] = replace(node, number=-node.number)  # −2 is a number, as a reader sees it
            return operand
        return self._add(sign, "negate", (operand,))

    def _constant(self, token: Token) -> int:
        number = float(token.text)
        if math.isinf(number):
            raise self._error(token, "this number is too large: the largest is about 1.8e308")
        return self._add(token, CONSTANT, (), number=number)

    def _name(self, token: Token) -> int:
        if self._next.text == "(":
            return self._call(token)
        if token.text in FUNCTIONS:
            raise self._error(token, f"{token.text} is a function: write {token.text}(…)")
        if token.text not in self._names:
            self._names[token.text] = self._add(token, INPUT, (), name=token.text)
        return self._names[token.text]

    def _call(self, name: Token) -> int:
        if name.text not in FUNCTIONS:
            raise self._error(name, no_function(name.text, FUNCTIONS))
        opening = self._take()
        arguments = [self._expression()]
        while self._next.text == ",":
            self._take()
            arguments.append(self._expression())
        self._close(opening)
        if len(arguments) > self._limits.nodes:
            raise self._too_many(name)
        if OPERATIONS[name.text].many != (len(arguments) > 1):
            wanted = "two numbers or more" if OPERATIONS[name.text].many else "one number"
            raise self._error(name, f"{name.text} takes {wanted}")
        return self._add(name, name.text, tuple(arguments))

    def _add(
        self, at: Token, operation: str, operands: tuple[int, ...], name: str = "", number: float | None = None
    ) -> int:
        if len(self._nodes) >= self._limits.nodes:
            raise self._too_many(at)
        self._nodes.append(Node(len(self._nodes), operation, operands, name, number=number))
        return len(self._nodes) - 1

    def _too_many(self, at: Token) -> ExpressionTooLarge:
        return ExpressionTooLarge(self._text, at.start, "nodes", self._limits.nodes, "too many numbers and operations")

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        if token.kind != "stop":
            self._at += 1
        return token

    def _skip_ends(self) -> None:
        while self._next.kind == "end":
            self._take()

    def _close(self, opening: Token) -> None:
        if self._next.kind in ("end", "stop"):
            raise self._error(opening, "this ( is never closed")
        if self._next.text != ")":
            raise self._misplaced()
        self._take()

    def _misplaced(self) -> ExpressionError:
        """The next word, which no sign joins to what is before it."""
        token, before = self._next, self._tokens[self._at - 1]
        touches = before.start + len(before.text) == token.start
        return self._error(token, misplaced(token.text, before.text, touches=touches))

    def _error(self, token: Token, words: str) -> ExpressionError:
        return ExpressionError(self._text, token.start, words)
