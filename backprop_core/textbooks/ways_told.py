"""Ways told: what every lens says where layers skip or join, and how it writes a sum over the ways that meet.

A lens hands over how it writes one way; none of the four texts has such networks, and each of these steps says so.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from backprop_core.textbooks.furniture import Factor
from backprop_core.textbooks.pieces import Matrix, Number, Piece, kept
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import shape
from backprop_core.wiring import Reader

P = TypeVar("P")
Drawn = Sequence[str | Factor]

JOINED = r"\begin{bmatrix}"
NOT_IN_TEXT = "Not in the text, where each layer reads the one before it and nothing else."


def stacked(letters: Iterable[str]) -> str:
    """Vectors one below the other."""
    return JOINED + r"\\".join(letters) + r"\end{bmatrix}"


def laid(tex: str, turned: str = "T") -> str:
    """A column laid down; what is joined stands in brackets of its own and gets no others."""
    return f"{tex}^{turned}" if tex.startswith(JOINED) else f"({tex})^{turned}"


def ways_back(
    view: View, l: int, weighted: Callable[[Reader], Sequence[Piece]], added: Callable[[int], Sequence[Piece]]
) -> list[Piece]:
    """What comes back to layer ``l``: one term a layer that reads it, one for each that it is added to, and pluses."""
    return _added_up(view, l, weighted, added, "+")


def columns_back(
    view: View,
    l: int,
    turned: Callable[[Reader], Piece],
    error: Callable[[int], Piece],
    value: Callable[[int], Piece],
    examples: int = 1,
) -> tuple[list[Piece], list[Piece], str]:
    """Of columns: Wᵀ times the error of each layer that reads this one, and the error of each that it is added to.

    In symbols, as ``turned`` and ``error`` write them, with numbers, an error's as ``value``, and the shapes; of
    ``examples`` columns at once.
    """
    symbols = ways_back(view, l, lambda one: (turned(one), error(one.layer)), lambda other: (error(other),))
    numbers = ways_back(
        view, l, lambda one: (block(view, one, turned=True), value(one.layer)), lambda other: (value(other),)
    )
    n, sizes = view.spec.sizes[l], view.spec.sizes
    found = [f"{shape(n, sizes[one.layer])} · {shape(sizes[one.layer], examples)}" for one in view.spec.readers(l)]
    return symbols, numbers, " + ".join([*found, *(shape(n, examples) for _ in view.spec.adders(l))])


def drawn_back(
    view: View, l: int, weighted: Callable[[Reader], Drawn], added: Callable[[int], Drawn]
) -> tuple[str | Factor, ...]:
    """The same as matrices at their shapes."""
    return tuple(_added_up(view, l, weighted, added, "+"))


def _added_up(
    view: View, l: int, weighted: Callable[[Reader], Sequence[P]], added: Callable[[int], Sequence[P]], plus: P
) -> list[P]:
    pieces: list[P] = []
    for way in (*map(weighted, view.spec.readers(l)), *map(added, view.spec.adders(l))):
        pieces += [*([plus] if pieces else []), *way]
    return pieces


EACH_LAYER = "The chain rule over every layer that it goes straight to"
ALONE = "With all else that comes to that layer held still"


@dataclass(frozen=True, slots=True)
class Onward:
    """A layer that another goes straight to: by which weights, if by any, and whether it has it added as well."""

    layer: int
    reader: Reader | None
    adds: bool

    def title(self, rows: str, columns: str) -> str:
        """What is said of its derivative, whose entries are named by two letters."""
        return f"{ALONE}; 1 stands where {rows} = {columns}, and else 0" if self.adds else ALONE

    def derivative(self, weight: Callable[[Reader], str], one: str) -> str:
        """∂z of the layer by a: its weight, ``one`` where a is added, or the sum of both."""
        return "+".join([*([weight(self.reader)] if self.reader else []), *([one] if self.adds else [])])


def onward(view: View, l: int) -> list[Onward]:
    """Every layer that layer ``l`` goes straight to, each once."""
    readers, adders = {one.layer: one for one in view.spec.readers(l)}, view.spec.adders(l)
    return [Onward(m, readers.get(m), m in adders) for m in sorted({*readers, *adders})]


def is_whole(view: View, one: Reader) -> bool:
    """Whether the layer reads nothing beside."""
    return one.size == view.spec.input_size(one.layer)


def block(view: View, one: Reader, *, turned: bool = False) -> Matrix:
    """The columns of W with which ``one`` reads a layer, or those columns as rows where it is ``turned``."""
    w = view.array("weights", one.layer)
    cells = [
        tuple(
            None
            if j is None or k is None
            else Number(float(w[j, one.first + k]), f"weights:{one.layer}:{j}:{one.first + k}")
            for k in kept(one.size)
        )
        for j in kept(len(w))
    ]
    return Matrix(tuple(zip(*cells, strict=True)) if turned else tuple(cells), f"weights:{one.layer}")


def column_read(view: View, one: Reader, j: int) -> Matrix:
    """The column of W with which ``one`` reads neuron ``j`` of a layer, lying."""
    k = one.first + j
    column = view.array("weights", one.layer)[:, k]
    cells = [None if r is None else Number(float(column[r]), f"weights:{one.layer}:{r}:{k}") for r in kept(len(column))]
    return Matrix((tuple(cells),))


def block_factor(view: View, one: Reader, tex: str, words: str, *, turned: bool = False) -> Factor:
    """The same as a factor drawn at its shape; the whole matrix where the layer reads nothing beside."""
    if is_whole(view, one):
        return view.factor(tex, "weights", one.layer, "transposed" if turned else "matrix", words)
    w = view.array("weights", one.layer)[:, one.columns]
    w = w.T if turned else w
    cells = tuple(tuple(float(value) for value in row) for row in w)
    return Factor(tex, "", "cells", len(w), w.shape[1], words, cells=cells)


def entering(view: View, l: int, offset: int) -> str:
    """What is said of the weighted input of layer ``l``; nothing in a chain."""
    if view.reads_before(l):
        return ""
    sources, adds = view.spec.sources(l), view.spec.adds(l)
    said = []
    if len(sources) > 1:
        said.append(f"Layer {l + offset} reads {layers(sources, offset)}: their activations stand one below the other.")
    elif sources != (l - 1,):
        said.append(f"Layer {l + offset} reads {layers(sources, offset)}, past what lies between.")
    if adds:
        said.append(f"The activation of {layers(adds, offset)} is added as it is, without weights: a residual edge.")
    return " ".join(said)


def meeting(view: View, l: int, offset: int, error: str = "error") -> str:
    """What is said where errors come back to layer ``l``; nothing in a chain."""
    if view.next_reads(l):
        return ""
    readers, adders = [one.layer for one in view.spec.readers(l)], view.spec.adders(l)
    said = [f"read by {layers(readers, offset)}"] if readers else []
    said += [f"added to {layers(adders, offset)}"] if adders else []
    which = f"Layer {l + offset} is {' and '.join(said)}."
    if len(readers) + len(adders) == 1:
        return f"{which} Its {error} comes back over that way."
    return f"{which} The paths meet here, so their {error}s add up."


def columns_read(view: View, l: int, offset: int) -> str:
    """Which part of W an error comes back with, where a layer reads others beside."""
    partly = [one for one in view.spec.readers(l) if not is_whole(view, one)]
    if not partly:
        return ""
    which = " and ".join(f"{_columns(one)} of the weights into layer {one.layer + offset}" for one in partly)
    return f"Only the weights that read it take part: {which}."


def _columns(one: Reader) -> str:
    last = one.first + one.size
    return f"column {last}" if one.size == 1 else f"columns {one.first + 1} to {last}"


def layers(found: Sequence[int], offset: int) -> str:
    """“layer 2”, “layers 2 and 3”."""
    numbers = [str(one + offset) for one in found]
    if len(numbers) == 1:
        return f"layer {numbers[0]}"
    return f"layers {', '.join(numbers[:-1])} and {numbers[-1]}"


def noted(*, is_usual: bool, note: str = "") -> str:
    """``note``, and before it that the text has no such step, where layers are connected otherwise than in a chain."""
    return note if is_usual else f"{NOT_IN_TEXT} {note}".strip()
