"""How the numbers of a graph are written: names as TeX by an own printer, derivatives, and formulas with either.

A name holds letters, digits and _ only; here alone it becomes TeX, so nothing else of a text ever does.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from backprop_core.graph.operations import OPERATIONS
from backprop_core.graph.structure import Edge, Node
from backprop_core.graph.trace import GraphTrace
from backprop_core.textbooks.numbers import plain, tex
from backprop_core.textbooks.pieces import Number, Piece, Symbol

GREEK = frozenset(
    {
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "pi",
        "rho",
        "sigma",
        "tau",
        "phi",
        "chi",
        "psi",
        "omega",
    }
)
_WRITTEN_OUT = re.compile(r"([a-z])([0-9]+)_([0-9]+)(?:_([0-9]+))?")
_INDEXED = re.compile(r"([A-Za-z]+)_?([0-9]*)")
_PLACE = re.compile(r"([@~])(\d|v)")


def name_tex(name: str) -> str:
    r"""``name`` as TeX: w0 is w_{0}, w1_23 is w^{(1)}_{23}, eta is \eta, hidden_size is \mathit{hidden\_size}."""
    written_out = _WRITTEN_OUT.fullmatch(name)
    if written_out is not None:
        letter, layer, *numbers = written_out.groups()
        # In braces, so that a power of it has no second superscript.
        return rf"{{{letter}^{{({layer})}}_{{{','.join(filter(None, numbers))}}}}}"
    found = _INDEXED.fullmatch(name)
    if found is None:
        escaped = name.replace("_", r"\_")
        return rf"\mathit{{{escaped}}}"
    word, digits = found.groups()
    base = word if len(word) == 1 else rf"\{word}" if word in GREEK else rf"\mathit{{{word}}}"
    if digits:
        return rf"{base}_{{{digits}}}"
    # A letter that follows a command would become a part of its name.
    return f"{base} " if word in GREEK else base


def node_tex(node: Node) -> str:
    """What a node is called, as TeX; a constant without a name is the number it is."""
    return tex(node.number) if node.number is not None and not node.symbol else name_tex(node.symbol)


class Writer:
    """Symbols, numbers and formulas of one trace."""

    def __init__(self, trace: GraphTrace) -> None:
        self.trace, self.graph = trace, trace.graph

    def text(self, k: int) -> str:
        """A node in plain text: its symbol, or the number it is."""
        node = self.graph.nodes[k]
        return node.symbol or plain(self.trace.number("value", k))

    def symbol(self, k: int, marker: str = "@") -> list[Piece]:
        """A node in an equation with symbols; a constant without a name stands there as the number it is."""
        node = self.graph.nodes[k]
        return [Symbol(name_tex(node.symbol), f"value:{k}")] if node.symbol else self.number(k, marker)

    def number(self, k: int, marker: str = "@") -> list[Piece]:
        """Its value; with the marker ~ in parentheses wherever it could be misread without."""
        value = self.trace.number("value", k)
        written = tex(value)
        is_long = marker == "~" and "\\" in written and not written.startswith("-")
        one = Number(value, f"value:{k}", paren=marker == "~")
        return ["(", one, ")"] if is_long else [one]

    def formula(self, node: Node, template: str, *, numbers: bool) -> list[Piece]:
        """A formula of the table of operations with the operands of ``node`` put in."""
        write = self.number if numbers else self.symbol
        pieces: list[Piece] = []
        start = 0
        for place in _PLACE.finditer(template):
            pieces.append(template[start : place.start()])
            marker, which = place.groups()
            pieces += write(node.id if which == "v" else node.operands[int(which)], marker)
            start = place.end()
        pieces.append(template[start:])
        return [piece for piece in pieces if piece != ""]

    def operation(self, node: Node, *, numbers: bool) -> list[Piece]:
        """What ``node`` makes of its operands: q · z."""
        rule = OPERATIONS[node.operation]
        places = ",".join(f"@{place}" for place in range(len(node.operands)))
        if not rule.many:
            return self.formula(node, rule.tex, numbers=numbers)
        write = self.number if numbers else self.symbol
        rows = [[",", *write(k)] for k in node.operands]
        return [rf"{rule.tex}(", *[piece for row in rows for piece in row][1:], ")"] if places else []

    def local_formula(self, edge: Edge, *, numbers: bool) -> list[Piece]:
        """What the local derivative over ``edge`` is: ∂f/∂q = z."""
        node = self.graph.nodes[edge.target]
        template = OPERATIONS[node.operation].slope_tex(self.trace.operands(node), edge.place)
        return self.formula(node, template, numbers=numbers)

    def gradient(self, k: int) -> Symbol:
        """∂f/∂u."""
        return Symbol(self._fraction(self.graph.output.id, k), f"gradient:{k}")

    def gradient_text(self, k: int) -> str:
        """The same in plain text."""
        return f"∂{self.text(self.graph.output.id)}/∂{self.text(k)}"

    def gradient_label(self, k: int) -> str:
        """The same in one line of TeX."""
        of, by = (name_tex(self.graph.nodes[one].symbol) for one in (self.graph.output.id, k))
        return rf"\partial {of}/\partial {by}"

    def local(self, edge: Edge) -> Symbol:
        """∂v/∂u; with the number of the place where v uses u more than once."""
        fraction, place = self._fraction(edge.target, edge.source), self._place(edge)
        return Symbol(rf"\left({fraction}\right)_{{{place}}}" if place else fraction, f"local_gradient:{edge.id}")

    def local_text(self, edge: Edge) -> str:
        """The same in plain text."""
        return f"∂{self.text(edge.target)}/∂{self.text(edge.source)}{self.place_text(edge)}"

    def place_text(self, edge: Edge) -> str:
        """Which of several places is meant, where an operation uses a node more than once."""
        place = self._place(edge)
        return f" at place {place}" if place else ""

    def link_text(self, name: str, k: int) -> str:
        """What a link to a number says."""
        if name in ("value", "gradient"):
            return self.text(k) if name == "value" else self.gradient_text(k)
        edge = self.graph.edges[k]
        local = self.local_text(edge)
        return local if name == "local_gradient" else f"{self.gradient_text(edge.target)} · {local}"

    def _place(self, edge: Edge) -> int | None:
        return self._places.get(edge.id)

    @cached_property
    def _places(self) -> dict[int, int]:
        """Edge → which place it is, where its target uses its source more than once."""
        same: dict[tuple[int, int], list[int]] = {}
        for edge in self.graph.flowing:
            same.setdefault((edge.source, edge.target), []).append(edge.id)
        return {edge: at + 1 for edges in same.values() if len(edges) > 1 for at, edge in enumerate(edges)}

    def _fraction(self, of: int, by: int) -> str:
        top, bottom = (name_tex(self.graph.nodes[k].symbol) for k in (of, by))
        return rf"\frac{{\partial {top}}}{{\partial {bottom}}}"


def joined(statements: Iterator[list[Piece]]) -> tuple[Piece, ...]:
    """Equations side by side."""
    pieces: list[Piece] = []
    for statement in statements:
        pieces += [r",\quad ", *statement] if pieces else statement
    return tuple(pieces)
