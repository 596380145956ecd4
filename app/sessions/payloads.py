"""The shapes of what is answered about a session, for the description of the API and the page's types."""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from app.payloads import TraceAnswer
from app.sessions.bodies import (
    CheckQuestion,
    JacobianQuestion,
    MoveRequest,
    NudgeQuestion,
    NumberQuestion,
    PatchRequest,
    PathsQuestion,
    SessionRequest,
    StartRequest,
    StepsRequest,
)
from app.sessions.frame_shapes import FrameAnswer
from backprop_core import Change, NetworkSpec, Step, Training

Number = float | None


class SessionData(TypedDict):
    """What a session learns from; ``encoding`` says how the answers became targets."""

    name: str | None
    words: str
    source: str | None
    licence: str | None
    train: int
    test: int
    inputs: int
    outputs: int
    classes: int
    input_names: list[str]
    class_names: list[str]
    encoding: str
    picture: tuple[int, int] | None
    is_regression: bool


class SessionDiverged(TypedDict):
    """The update that cannot be made, and the number in it that stops being finite."""

    update: int
    layer: int
    quantity: str
    sentence: str


class SessionStep(TypedDict):
    """The cursor in the next update: ``index`` steps are passed, of ``count`` where they were counted."""

    by: str
    index: int
    count: int | None


class SessionAnswer(TypedDict):
    """A session: its recipe, and where it stands. A watcher's copy has no ``id``."""

    id: NotRequired[str]
    watch: str
    may: Literal["drive", "watch"]
    revision: int
    recipe: SessionRequest
    training: Training
    network: NetworkSpec
    changes: list[Change]
    status: Literal["paused", "running", "finished", "diverged"]
    reason: str | None
    speed: Number
    update: int
    reached: int
    epoch: int
    row: int
    updates_per_epoch: int
    diverged: SessionDiverged | None
    data: SessionData
    step: SessionStep


class Deleted(TypedDict):
    """The session is gone."""

    deleted: bool


class SessionPlace(TypedDict):
    """Where in its session a trace stands: the update it is of, and the rows of the training examples in its batch."""

    update: int
    epoch: int
    rows: list[int]
    may: Literal["drive", "watch"]
    revision: int


class SessionTrace(TraceAnswer):
    """The trace of the next update of a session."""

    session: SessionPlace


class PassedSteps(TypedDict):
    """Steps that were gone through, in that order, all of one update."""

    update: int
    steps: list[Step]


class StepsAnswer(SessionAnswer):
    """Where the session stands now, and what was passed on the way."""

    passed: list[PassedSteps]


class Costs(TypedDict):
    """Costs of some updates, thinned; null for what was not gone through since the server started."""

    updates: list[int]
    values: list[Number]


class Sample(TypedDict):
    """Measures taken before one update; what is a list has one number a layer, from layer 1 on."""

    update: int
    epoch: int
    train_cost: Number
    test_cost: Number
    train_accuracy: Number
    test_accuracy: Number
    gradient_norm: list[Number]
    mean_error: list[Number]
    mean_activation: list[Number]
    saturated: list[Number]
    dead: list[Number]
    learning_rate: float


class SessionHistory(TypedDict):
    """How a session has come here."""

    costs: Costs
    samples: list[Sample]
    changes: list[Change]


class ExamplesPart(TypedDict):
    """The first of ``count`` examples: as they are (``raw``), as they are fed, and what is to be learned."""

    count: int
    inputs: list[list[Number]]
    raw: list[list[Number]]
    classes: NotRequired[list[int]]
    values: NotRequired[list[list[Number]]]


class SessionExamples(TypedDict):
    """The data of a session: input = (raw − shift) / scale."""

    train: ExamplesPart
    test: ExamplesPart
    input_names: list[str]
    class_names: list[str]
    shift: list[Number]
    scale: list[Number]


REQUESTS: dict[str, Any] = {
    one.__name__: one
    for one in (
        SessionRequest,
        PatchRequest,
        MoveRequest,
        StartRequest,
        StepsRequest,
        CheckQuestion,
        JacobianQuestion,
        NumberQuestion,
        PathsQuestion,
        NudgeQuestion,
    )
}
"""Name in the description → body."""

SHAPES: dict[str, Any] = {
    "SessionAnswer": SessionAnswer,
    "Deleted": Deleted,
    "SessionTrace": SessionTrace,
    "StepsAnswer": StepsAnswer,
    "SessionHistory": SessionHistory,
    "SessionExamples": SessionExamples,
    "Frame": FrameAnswer,
}
"""Name in the description → shape."""
