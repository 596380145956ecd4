"""Furniture: an equation as matrices at their shapes, each tied to the array whose cells it shows.

A factor names an array and how it lies; the page reads the cells from the trace, so 23 520 weights are not sent twice.
"""

from dataclasses import dataclass

FORMS = (
    "matrix",
    "transposed",
    "column",
    "row",
    "diagonal",
    "identity",
    "batch",
    "batch_transposed",
    "number",
    "cells",
)
"""How a factor lies.

matrix and transposed: an array with two axes, as it is stored or turned over. column, row, diagonal: a vector of the
stepped example (or the biases) standing, lying, or on a diagonal between structural zeros. identity: no array.
batch: one column an example, (m, n) shown as n × m; batch_transposed: one row an example. number: one number.
cells: numbers computed for this factor alone, which no array of the trace holds.
"""


@dataclass(frozen=True, slots=True)
class Factor:
    """One matrix of an equation: symbol above, shape and meaning below; a shown cell is ``scale`` × the array's."""

    tex: str
    ref: str
    form: str
    rows: int
    columns: int
    words: str = ""
    under: str = ""
    """TeX under its bracket, such as the name of the Jacobian it is."""
    scale: float = 1.0
    result: bool = False
    example: int | None = None
    """The row of the batch it belongs to, where that is not the stepped one."""
    cells: tuple[tuple[float | None, ...], ...] = ()
    """Row by row for the form “cells”; ``None`` is a structural zero."""


@dataclass(frozen=True, slots=True)
class Brace:
    """A brace under the factors ``first`` to ``last`` of a row (positions among its factors), with TeX below."""

    first: int
    last: int
    tex: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A row of factors and TeX operators between them; the first of a step is the step itself, others other views."""

    row: tuple[str | Factor, ...]
    title: str = ""
    place: str = ""
    braces: tuple[Brace, ...] = ()
    note: str = ""
