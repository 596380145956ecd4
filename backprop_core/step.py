"""A Step is one thing shown: an equation of the program, told in the words of a textbook, with its numbers.

The engine's own record of it is the schema of the API: what stands here is what is sent.
"""

from dataclasses import dataclass
from typing import Any

from backprop_core.textbooks.furniture import Arrangement
from backprop_core.textbooks.pieces import Line
from backprop_core.textbooks.scenes import Erratum, Remark


@dataclass(frozen=True, slots=True)
class Link:
    """A quantity that a step reads, or a later reading of what it writes, with the step where that happens."""

    ref: str
    text: str
    step: int | None


@dataclass(frozen=True, slots=True)
class Terms:
    """Products that travel along the edges into ``layer``: rows are receiving neurons, columns sending ones.

    The first column belongs to neuron 0 of layer ``source`` and is column ``first`` of W; where ``layer`` reads several
    layers, going forward, columns of the next of them follow. What is added without weights (``added_activation``,
    ``added_error``) has one row, a number a neuron.
    """

    kind: str
    layer: int
    values: Any
    source: int = 0
    first: int = 0


@dataclass(frozen=True, slots=True)
class PartOfStep:
    """Where a step finer than an equation stands: part ``index`` of ``count`` of the equation step ``of``.

    ``kind`` is what it does (product, bias, sum, slope, entry, share, value, difference, update, or a whole neuron),
    ``row`` and ``column`` the entry it is about, ``at`` and ``among`` its place among like ones of that entry, and
    ``running`` the sum so far, where it is added to one.
    """

    of: int
    index: int
    count: int
    kind: str
    label: str
    row: int
    column: int | None
    at: int
    among: int
    running: float | None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing shown. ``result`` is of the stepped example, in the orientation and scaling of the text."""

    index: int
    phase: str
    kind: str
    layer: int
    covers: tuple[tuple[str, int], ...]
    group: str
    group_short: str
    name: str
    label: str
    tag: str
    label_text: str
    place: str
    in_text: bool
    symbols: str
    numbers: str
    shapes: str
    sentence: str
    note: str
    errata: tuple[Erratum, ...]
    orientation: str
    scale: float
    quantity: str
    operands: tuple[str, ...]
    result: Any
    result_ref: str
    intermediate: dict[str, Any]
    lines: tuple[Line, ...]
    terms: Terms | None
    reads: tuple[Link, ...]
    used_by: tuple[Link, ...]
    writes: tuple[str, ...]
    derivation: tuple[Line, ...] = ()
    remarks: tuple[Remark, ...] = ()
    members: tuple[int, ...] = ()
    matrices: tuple[Arrangement, ...] = ()
    panels: tuple[str, ...] = ()
    branches: tuple[Terms, ...] = ()
    """What else travels in the same step where layers skip or join; ``terms`` may then be missing."""
    part: PartOfStep | None = None
