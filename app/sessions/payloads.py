"""The shapes of what is answered about a session, for the description of the API and the page's types."""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from app.payloads import TraceAnswer
from app.sessions.bodies import MoveRequest, PatchRequest, SessionRequest, StartRequest
from backprop_core import Change, NetworkSpec, Training

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


REQUESTS: dict[str, Any] = {
    "SessionRequest": SessionRequest,
    "PatchRequest": PatchRequest,
    "MoveRequest": MoveRequest,
    "StartRequest": StartRequest,
}
"""Name in the description → body."""
SHAPES: dict[str, Any] = {"SessionAnswer": SessionAnswer, "Deleted": Deleted, "SessionTrace": SessionTrace}
"""Name in the description → shape."""
