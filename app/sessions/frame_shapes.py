"""The shape of a frame, for the description of the API and for the tests that hold frames to it."""

from typing import Any, NotRequired

from typing_extensions import TypedDict

Numbers = list[float]
Levels = list[int]


Costs = TypedDict("Costs", {"from": int, "values": list[float | None]})
"""The costs of updates from ``from`` on; null for one gone through before a restart."""


class Sample(TypedDict):
    """Measures before ``update``; layer by layer, 1 to L, where they are lists."""

    update: int
    epoch: int
    learning_rate: float
    train_cost: float | None
    test_cost: float | None
    train_accuracy: float | None
    test_accuracy: float | None
    gradient_norm: list[float | None]
    mean_error: list[float | None]
    mean_activation: list[float | None]
    saturated: Numbers
    dead: Numbers
    train_rows: int
    test_rows: int
    layer_rows: int


class NeuronsShown(TypedDict):
    """The neurons of one layer, one by one."""

    layer: int
    mean_activation: list[float | None]
    mean_error: list[float | None]
    saturated: Numbers
    dead: list[bool]
    biases: list[float | None]


class EdgesShown(TypedDict):
    """Weights of one layer from neurons ``columns`` to neurons ``rows``."""

    layer: int
    rows: Levels
    columns: Levels
    weights: list[float | None]


class Changed(TypedDict):
    """The same places after the next update."""

    values: Levels
    classes: Levels | None


class Wrong(TypedDict):
    """Rows taken for another class."""

    train: Levels
    test: Levels


class BoundaryShown(TypedDict):
    """The answer over the plane as levels from −100 to 100, the first row at the top."""

    size: int
    low: Numbers
    high: Numbers
    values: Levels
    classes: Levels | None
    wrong: Wrong
    after: NotRequired[Changed]


class CurveShown(TypedDict):
    """The outputs along the one input, (points, outputs)."""

    x: Numbers
    y: list[list[float | None]]
    after: NotRequired[list[list[float | None]]]


class MapShown(TypedDict):
    """One neuron over the plane, as levels."""

    layer: int
    neuron: int
    values: Levels


class HistogramShown(TypedDict):
    """Activations of one layer, counted."""

    layer: int
    low: float
    high: float
    counts: Levels


class ConfusionShown(TypedDict):
    """Test examples by class and by answer."""

    classes: list[str]
    counts: list[Levels]


class TileShown(TypedDict):
    """Weights into one neuron of layer 1, as levels."""

    neuron: int
    values: Levels


class FrameAnswer(TypedDict):
    """One moment of a session; the parts at the end as they were wanted, ``parts`` says before which update each is."""

    frame: int
    revision: int
    status: str
    reason: str | None
    update: int
    reached: int
    epoch: int
    row: int
    learning_rate: float
    speed: float
    time_left: float | None
    viewers: int
    diverged: dict[str, Any] | None
    costs: Costs
    samples: list[Sample]
    parts: dict[str, int]
    layers: NotRequired[list[NeuronsShown]]
    edges: NotRequired[list[EdgesShown]]
    boundary: NotRequired[BoundaryShown]
    curve: NotRequired[CurveShown]
    maps: NotRequired[list[MapShown]]
    histograms: NotRequired[list[HistogramShown]]
    confusion: NotRequired[ConfusionShown | None]
    mistakes: NotRequired[list[dict[str, Any]]]
    tile: NotRequired[TileShown]
    next_rows: NotRequired[Levels]
