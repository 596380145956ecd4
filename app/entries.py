"""The shapes of the catalogue's entries: what a network may be made of, the texts, the examples and the limits.

Each is an engine's table as the service sends it; payloads.py has the shapes of what is computed.
"""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from app.sessions.bodies import SessionRequest

Vector = list[float | None]


class ActivationEntry(TypedDict):
    """One activation."""

    name: str
    words: str
    tex: str
    slope_tex: str
    saturates: bool
    output_only: bool
    has_curve: bool


class Curve(TypedDict):
    """An activation and its slope at points z."""

    name: str
    z: list[float]
    value: Vector
    slope: Vector


class CostEntry(TypedDict):
    """One cost."""

    name: str
    words: str
    tex: str
    gradient_tex: str
    needs: str | None
    fuses_with: str | None
    has_target: bool


class OptimizerNumberEntry(TypedDict):
    """One number of an optimizer: from ``low`` on, or above it where ``open``, to below ``high`` or without end."""

    name: str
    words: str
    tex: str
    default: float
    low: float
    high: float | None
    open: bool


class OptimizerEntry(TypedDict):
    """One optimizer, with the numbers it takes and what they are where none are given."""

    name: str
    words: str
    tex: str
    numbers: dict[str, float]
    parameters: list[OptimizerNumberEntry]


class MistakeEntry(TypedDict):
    """One classic mistake; ``first`` is the kind of the equation that is wrong first, in update ``update``."""

    name: str
    title: str
    words: str
    first: str
    needs: str
    source: str
    update: int
    caught: bool


class MistakeRoom(TypedDict):
    """One classic mistake, and whether an update has room for it."""

    name: str
    title: str
    words: str
    needs: str
    update: int
    caught: bool
    has_room: bool


class InitializationEntry(TypedDict):
    """One rule for first parameters."""

    name: str
    words: str
    tex: str
    random_biases: bool


class DatasetEntry(TypedDict):
    """One data set."""

    name: str
    words: str
    inputs: int
    classes: int
    count: int
    largest: int | None
    noise: float
    takes_classes: bool
    picture: tuple[int, int] | None
    source: str
    licence: str


class PresetEntry(TypedDict):
    """A recipe worth watching, what to watch for, and another one to compare it with."""

    name: str
    group: Literal["tasks", "lessons"]
    title: str
    words: str
    twin: str | None
    recipe: SessionRequest


class ExamplesAnswer(TypedDict):
    """Examples as a recipe takes them: inputs, and either classes with their names or values."""

    input_names: list[str]
    inputs: list[list[float]]
    classes: NotRequired[list[int]]
    class_names: NotRequired[list[str]]
    values: NotRequired[list[list[float]]]
    value_names: NotRequired[list[str]]


class ColumnEntry(TypedDict):
    """One column of a table; ``classes`` are told where it may be a target of classes."""

    number: int
    name: str
    kind: Literal["number", "text", "empty"]
    role: Literal["input", "target", "unused"]
    missing: int
    min: float | None
    max: float | None
    classes: list[str]


class ReadingAnswer(TypedDict):
    """A table as it was read; ``target`` is the number of a column, from 1, and ``cells`` come where asked for."""

    examples: ExamplesAnswer
    columns: list[ColumnEntry]
    separator: str
    decimal: str
    header: bool
    target: int
    notes: list[str]
    cells: NotRequired[list[list[str]]]


class TextbookEntry(TypedDict):
    """One textbook."""

    name: str
    title: str
    author: str
    source: str
    symbols: Any
    equations: Any
    errata: Any


class ExampleEntry(TypedDict):
    """One published example in the list."""

    id: str
    name: str
    title: str
    author: str
    source: str
    group: str
    textbook: str


class Printed(TypedDict):
    """A number as its author printed it beside ours.

    ``computed`` is ``scale`` times our number at ``ref``, for row ``example`` of the batch, after ``after``
    updates; ``digits`` is what the author printed and ``value`` that as a number.
    """

    ref: str
    value: float
    digits: str
    computed: float
    agrees: bool
    note: str
    words: str
    scale: float
    example: int
    after: int


class Example(ExampleEntry):
    """One published example whole; ``request`` is a ready body for ``POST /traces``."""

    licence: str
    settings: str
    request: dict[str, Any]
    printed: list[Printed]


class LimitEntry(TypedDict):
    """One limit."""

    name: str
    value: int
    unit: str
    words: str
