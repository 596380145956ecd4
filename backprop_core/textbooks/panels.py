"""Panels: what a reader may open at a step to ask further, in the words of the text.

A step names its panels; the contents are told when somebody opens one.
"""

from collections.abc import Collection
from dataclasses import dataclass

from backprop_core.textbooks.furniture import Arrangement
from backprop_core.textbooks.pieces import Line, Number

PANELS = {
    "notation": "How this text writes it",
    "derive": "Where this comes from",
    "shapes": "Why the shapes fit",
    "sigma": "The curve",
    "why_sum": "Why a sum",
    "demon": "What δ means: the demon",
    "slow": "Why it learns slowly",
    "paths": "All paths to the cost",
    "touch": "What it touches",
    "jacobian": "As a Jacobian",
    "tensor": "The derivative by W, slice by slice",
    "phi": "The chain of φ",
    "taylor": "From a first-order change",
    "mini_batch": "The mini-batch opened",
    "gradient_check": "Is it right?",
    "count": "What it costs",
    "graph": "Any graph",
    "notes": "Notes",
}
"""Kind → title, in the order they are offered."""


def in_order(kinds: Collection[str], activation: str) -> tuple[str, ...]:
    """``kinds`` in the order of the table; softmax acts on a whole layer and has no curve of one variable."""
    return tuple(kind for kind in PANELS if kind in kinds and not (kind == "sigma" and activation == "softmax"))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words and numbers under a head; numbers carry their references."""

    head: tuple[str, ...]
    rows: tuple[tuple[str | Number, ...], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel told: sentences, equations with their places, tables, matrices, in this order."""

    kind: str
    title: str
    text: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    matrices: tuple[Arrangement, ...] = ()
