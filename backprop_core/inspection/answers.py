"""What an inspection answers: frozen records, which are the schema of the API.

Values are those the text shows, so of a text that scales they are ``scale`` times the engine's.
"""

from dataclasses import dataclass

from backprop_core.laboratory.influence import Touched
from backprop_core.textbooks.pieces import Line
from backprop_core.textbooks.scenes import Remark


@dataclass(frozen=True, slots=True)
class Shown:
    """One number: its symbol, its name in words, its value and the step that writes it, none where it was given.

    ``value`` is none where it is not finite; ``step`` counts at granularity equation.
    """

    ref: str
    tex: str
    words: str
    value: float | None
    scale: float = 1.0
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """Numbers on one side of a link: of many those largest by size, and how many there are in all."""

    numbers: tuple[Shown, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PathShown:
    """One path: the neurons after its start, its factors as an equation from the cost back, and their product."""

    words: str
    neurons: tuple[tuple[int, int], ...]
    line: Line
    product: float


@dataclass(frozen=True, slots=True)
class PathSum:
    """A derivative of C_x as the sum over all paths from ``start`` to the cost.

    ``number`` is written out, for it may have more digits than a reader of JSON keeps. The products of ``strongest``
    and ``remainder``, all others together, add up to ``sum``; ``gradient`` is it as backpropagation found it.
    """

    start: str
    gradient: Shown
    number: str
    strongest: tuple[PathShown, ...]
    remainder: float
    sum: float


@dataclass(frozen=True, slots=True)
class Curve:
    """Where a neuron stands on its activation: z, a = σ(z) and the slope σ′(z)."""

    activation: str
    z: float
    a: float
    slope: float


@dataclass(frozen=True, slots=True)
class OfExample:
    """One example of the batch: its cost, and its own gradient where the number is a parameter, else its value."""

    example: int
    stepped: bool
    cost: float | None
    value: float | None


@dataclass(frozen=True, slots=True)
class Examples:
    """The batch opened at one number: what every example has, and their mean, where there is one."""

    ref: str
    words: str
    rows: tuple[OfExample, ...]
    mean: Shown | None


@dataclass(frozen=True, slots=True)
class Inspection:
    """Everything about one number. ``facts`` are the numbers of the neuron or edge it belongs to, itself among them.

    ``product`` is its derivative as the product of its factors, ``paths`` the same as a sum; ``reasons`` say why it
    learns slowly or not at all; ``sources`` and ``targets`` are where it comes from and where it goes; ``cone`` is all
    that changes with it and ``touches`` says so.
    """

    ref: str
    kind: str
    name: str
    place: str
    shown: Shown
    facts: tuple[Shown, ...]
    product: Line | None
    paths: PathSum | None
    reasons: tuple[Remark, ...]
    curve: Curve | None
    sources: Linked
    targets: Linked
    cone: tuple[Touched, ...]
    touches: str
    examples: Examples | None
