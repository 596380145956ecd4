"""Recipes: all that a run is a function of, network, first parameters, data, training; and the changes made to it.

Frozen dataclasses, checked when they are made: the API reads them as they stand and a file can hold them.
"""

import hashlib
import json
import math
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from typing import ClassVar

from backprop_core.activations import Array
from backprop_core.datasets import DATASETS, SCALINGS, Examples
from backprop_core.initializations import INITIALIZATIONS
from backprop_core.network import NetworkSpec, Parameters, SpecificationError
from backprop_core.optimizer_spec import OptimizerSpec

PRECISIONS = ("float64", "float32")
SCHEDULES = ("constant", "step", "exponential", "cosine")
STRICT: dict[str, object] = {"extra": "forbid", "strict": True}
LARGEST_SHARE = 0.9


def _check(holds: bool, pointer: str, message: str) -> None:
    if not holds:
        raise SpecificationError(pointer, message)


def _is_number(value: float, low: float = 0.0) -> bool:
    return math.isfinite(value) and value >= low


@dataclass(frozen=True, slots=True)
class InitializationRecipe:
    """How the first parameters are drawn, and from which seed."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT

    scheme: str = "xavier_normal"
    seed: int = 1

    def __post_init__(self) -> None:
        _check(self.scheme in INITIALIZATIONS, "/scheme", f"choose one of: {', '.join(INITIALIZATIONS)}")
        _check(self.seed >= 0, "/seed", "a seed is 0 or more")


@dataclass(frozen=True, slots=True)
class DataRecipe:
    """A data set by its name, or ``examples`` of one's own; how they are split and scaled.

    ``count``, ``noise`` and ``classes`` left out are the data set's own; ``seed`` draws the examples, splits them
    and shuffles every epoch.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT

    name: str | None = None
    count: int | None = None
    noise: float | None = None
    classes: int | None = None
    seed: int = 1
    test_share: float = 0.2
    scaling: str = "standard"
    examples: Examples | None = None

    def __post_init__(self) -> None:
        _check((self.name is None) != (self.examples is None), "/name", "give the name of a data set, or examples")
        _check(self.seed >= 0, "/seed", "a seed is 0 or more")
        _check(0.0 <= self.test_share <= LARGEST_SHARE, "/test_share", f"takes 0 to {LARGEST_SHARE}")
        _check(self.scaling in SCALINGS, "/scaling", f"choose one of: {', '.join(SCALINGS)}")
        if self.examples is not None:
            given = (self.count, self.noise, self.classes)
            _check(given == (None, None, None), "/count", "count, noise and classes are for data sets with a name")
            _check(self.examples.count > 0, "/examples/inputs", "there must be one example at least")
            return
        _check(self.name in DATASETS, "/name", f"choose one of: {', '.join(DATASETS)}")
        self._check_of_set()

    def _check_of_set(self) -> None:
        one = DATASETS[self.name or ""]
        if self.count is not None:
            _check(self.count >= 2, "/count", "takes 2 examples or more")
            most = one.largest
            _check(most is None or self.count <= most, "/count", f"{one.name} has {most} examples")
        if self.noise is not None:
            _check(_is_number(self.noise), "/noise", "takes a number, 0 or more")
            _check(one.takes_noise or self.noise == 0.0, "/noise", f"{one.name} takes no noise")
        if self.classes is not None and self.classes != one.classes:
            _check(one.takes_classes, "/classes", f"{one.name} has {one.classes} classes")
            _check(2 <= self.classes <= 10, "/classes", "takes 2 to 10 classes")


@dataclass(frozen=True, slots=True)
class Schedule:
    """How η changes from epoch to epoch; ``epochs`` and ``factor`` of “step”, ``factor`` of “exponential”, …

    “constant”: η; “step”: η · factor^⌊epoch / epochs⌋; “exponential”: η · factor^epoch;
    “cosine”: from η at epoch 0 along half a cosine to ``end`` · η at epoch ``epochs``, and there it stays.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT

    name: str = "constant"
    factor: float = 0.5
    epochs: int = 10
    end: float = 0.0

    def __post_init__(self) -> None:
        _check(self.name in SCHEDULES, "/name", f"choose one of: {', '.join(SCHEDULES)}")
        _check(_is_number(self.factor) and self.factor <= 1.0, "/factor", "takes a number from 0 to 1")
        _check(self.epochs >= 1, "/epochs", "takes 1 epoch or more")
        _check(_is_number(self.end) and self.end <= 1.0, "/end", "takes a share of η, from 0 to 1")

    def rate(self, learning_rate: float, epoch: int) -> float:
        """η in ``epoch``, counted from 0."""
        if self.name == "step":
            return learning_rate * self.factor ** (epoch // self.epochs)
        if self.name == "exponential":
            return learning_rate * self.factor**epoch
        if self.name == "cosine":
            share = 0.5 * (1.0 + math.cos(math.pi * min(epoch / self.epochs, 1.0)))
            return learning_rate * (self.end + (1.0 - self.end) * share)
        return learning_rate


@dataclass(frozen=True, slots=True)
class Stop:
    """When training is finished; rules left out never end it.

    ``epochs`` done, a cost on the training examples under ``cost_below``, a share ``accuracy`` of the test
    examples right, or ``patience`` epochs without a better cost on the test examples. Looked at after whole epochs.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT

    epochs: int | None = None
    cost_below: float | None = None
    accuracy: float | None = None
    patience: int | None = None

    def __post_init__(self) -> None:
        _check(self.epochs is None or self.epochs >= 1, "/epochs", "takes 1 epoch or more")
        _check(self.cost_below is None or math.isfinite(self.cost_below), "/cost_below", "takes a finite number")
        _check(self.accuracy is None or 0.0 <= self.accuracy <= 1.0, "/accuracy", "takes a share from 0 to 1")
        _check(self.patience is None or self.patience >= 1, "/patience", "takes 1 epoch or more")

    @property
    def needs_measuring(self) -> bool:
        """Whether more than counting is needed to know."""
        return (self.cost_below, self.accuracy, self.patience) != (None, None, None)


@dataclass(frozen=True, slots=True)
class Training:
    """How the parameters move: η and its schedule, the batch (None is all examples), the optimizer, when to stop."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT

    learning_rate: float = 0.1
    batch_size: int | None = 10
    optimizer: OptimizerSpec = field(default_factory=OptimizerSpec)
    schedule: Schedule = field(default_factory=Schedule)
    stop: Stop = field(default_factory=Stop)
    freeze_biases: bool = False

    def __post_init__(self) -> None:
        _check(_is_number(self.learning_rate), "/learning_rate", "takes a number, 0 or more")
        _check(self.batch_size is None or self.batch_size >= 1, "/batch_size", "takes 1 example or more")

    def rate(self, epoch: int) -> float:
        """η in ``epoch``, counted from 0."""
        return self.schedule.rate(self.learning_rate, epoch)


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that a run is a function of, together with its changes."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT

    network: NetworkSpec
    data: DataRecipe
    training: Training = field(default_factory=Training)
    initialization: InitializationRecipe | None = None
    parameters: Parameters | None = None
    precision: str = "float64"

    def __post_init__(self) -> None:
        _check(self.precision in PRECISIONS, "/precision", f"choose one of: {', '.join(PRECISIONS)}")
        both = self.initialization is not None and self.parameters is not None
        _check(not both, "/initialization", "give parameters or initialization, not both")

    def document(self) -> dict[str, object]:
        """The same in mappings, lists and arrays, as a file holds it or a request sends it; what was left out is."""
        found = _document(self)
        assert isinstance(found, dict)
        return found

    def digest(self) -> str:
        """All of it, arrays included, in one word."""
        return hashlib.sha256(json.dumps(asdict(self), default=_digest).encode()).hexdigest()


def _document(value: object) -> object:
    if isinstance(value, tuple):
        return [_document(one) for one in value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    said = ((one, getattr(value, one.name)) for one in fields(value))
    return {one.name: _document(held) for one, held in said if held is not None or one.default is not None}


def _digest(array: Array) -> str:
    return f"{array.dtype.str}{array.shape}{hashlib.sha256(array.tobytes()).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Edit:
    """One weight or bias set by hand: ``ref`` such as weights:1:0:0 or biases:2:1."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT

    ref: str
    value: float


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed before update ``at``: the whole training, the cost, or single parameters; one of the three."""

    __pydantic_config__: ClassVar[dict[str, object]] = STRICT

    at: int
    training: Training | None = None
    cost: str | None = None
    parameters: tuple[Edit, ...] | None = None

    def __post_init__(self) -> None:
        _check(self.at >= 0, "/at", "an update is counted from 0")
        given = [one for one in (self.training, self.cost, self.parameters) if one is not None]
        _check(len(given) == 1, "", "change the training, the cost or parameters, one at a time")
