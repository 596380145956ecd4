"""The shapes of an answer about three ways to a derivative, as the description of the API gives them.

A number is null where it is not finite, or where the way that makes it has none.
"""

from typing_extensions import TypedDict

from backprop_core import Corner

Number = float | None


class FormulaAnswer(TypedDict):
    """A formula; ``cut`` where dots stand for a part of it. ``shared`` counts what stands in it more than once once."""

    tex: str
    cut: bool
    operations: int
    shared: int


class DerivativeAnswer(TypedDict):
    """∂f/∂x by each way, for one input; null for what is not known, ``kinks`` are nodes with a corner within h.

    ``agrees`` is null where the symbolic way has no number, or the numbers stand on a corner.
    """

    name: str
    tex: str
    value: float
    automatic: Number
    numerical: Number
    numerical_error: Number
    relative_error: Number
    kinks: list[int]
    symbolic: Number
    symbolic_difference: Number
    agrees: bool | None
    formula: FormulaAnswer | None


class AutomaticCost(TypedDict):
    """One pass forward and one backward give every derivative at once."""

    forward_passes: int
    backward_passes: int
    forward: int
    slopes: int
    products: int
    additions: int
    operations: int


class NumericalCost(TypedDict):
    """Two passes forward for each derivative."""

    forward_passes: int
    backward_passes: int
    operations: int


class SymbolicCost(TypedDict):
    """Operations of all derivatives as SymPy derived them, and where each different part is computed only once."""

    formula: FormulaAnswer
    derivatives: int
    shared: int


class Refusal(TypedDict):
    """Why the symbolic way has nothing to show: ``reason`` is operations, time or not_finite."""

    reason: str
    detail: str


class GrowthAnswer(TypedDict):
    """f put into itself ``times`` times: operations of f written out, of all derivatives, and of the automatic way."""

    times: int
    nodes: int
    written: int
    automatic: int
    derivatives: int | None
    shared: int | None


class DerivativesAnswer(TypedDict):
    """An expression, nested ``nesting`` times, and its derivatives; ``symbolic`` is null where it was refused."""

    expression: str
    values: dict[str, float]
    step_size: float
    nesting: int
    through: str
    output: str
    value: Number
    nodes: int
    edges: int
    written: int
    corners: list[Corner]
    variables: list[DerivativeAnswer]
    automatic: AutomaticCost
    numerical: NumericalCost
    symbolic: SymbolicCost | None
    refused: Refusal | None
    growth: list[GrowthAnswer]
