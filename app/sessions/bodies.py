"""The bodies that are sent to a session: recipes, changes, moves.

The engine's own dataclasses are the schema wherever they hold no arrays.
"""

from typing import Annotated, Literal

from pydantic import Field

from app.limits import Limits
from app.ranges import Between
from app.schemas import (
    Count,
    FirstErrorOnly,
    GivenOptimizer,
    GivenParameters,
    InitializationRequest,
    Matrix,
    Seed,
    Strict,
    TextbookName,
)
from backprop_core import Edit, NetworkSpec, Schedule, Stop, Training

LIMITS = Limits()
Names = Annotated[list[Annotated[str, Field(max_length=100)]], FirstErrorOnly(), Field(max_length=LIMITS.width)]


class OwnExamples(Strict):
    """Examples of one's own, one a row: classes by number, from 0, or values to be learned."""

    inputs: Annotated[Matrix, FirstErrorOnly(), Field(min_length=1)]
    input_names: Names = Field(default=[])
    classes: Annotated[list[Count], FirstErrorOnly()] | None = None
    class_names: Names = Field(default=[])
    values: Annotated[Matrix, FirstErrorOnly()] | None = None
    value_names: Names = Field(default=[])


class DataRequest(Strict):
    """A data set by its name or examples of one's own, and how they are split and scaled."""

    name: str | None = None
    count: Count | None = None
    noise: Annotated[float, Between(0, 1e6)] | None = None
    classes: Count | None = None
    seed: Seed = 1
    test_share: Annotated[float, Between(0, 0.9)] = 0.2
    scaling: str = "standard"
    examples: OwnExamples | None = None


class SessionRequest(Strict):
    """A network, its first parameters, the data and how it learns from them."""

    network: Annotated[NetworkSpec, FirstErrorOnly()]
    data: DataRequest
    training: Training = Training()
    initialization: InitializationRequest | None = None
    parameters: GivenParameters | None = None
    precision: str = "float64"


class TrainingPatch(Strict):
    """Hyper-parameters; those left out stay as they are."""

    learning_rate: float | None = None
    batch_size: int | None = None
    optimizer: GivenOptimizer | None = None
    schedule: Schedule | None = None
    stop: Stop | None = None
    freeze_biases: bool | None = None


class PatchRequest(Strict):
    """One change: of the training, of the cost, or of single parameters."""

    training: TrainingPatch | None = None
    cost: str | None = None
    parameters: Annotated[list[Edit], FirstErrorOnly(), Field(min_length=1)] | None = None


_FAR = 2**53 - 1
Far = Annotated[int, Between(-_FAR, _FAR)]


class MoveRequest(Strict):
    """How far: so many updates, to an update, or so many epochs; one of the three, negative is back."""

    count: Far | None = None
    to: Annotated[int, Between(0, _FAR)] | None = None
    epochs: Far | None = None


class StartRequest(Strict):
    """How fast to train: updates a second at most, null for as fast as can be."""

    speed: Annotated[float, Between(0, 1e9, open=True)] | None = None


class Nothing(Strict):
    """A body that says nothing."""


class StepsRequest(Strict):
    """So many steps on, or back where it is negative, counted at a granularity and told in the words of a textbook."""

    by: Literal["pass", "layer", "equation", "neuron", "term"] = "equation"
    count: Far = 1
    textbook: TextbookName = "nielsen"
    example: Count = 0


class UpdateQuestion(Strict):
    """A question about the next update, about one of its examples."""

    textbook: TextbookName = "nielsen"
    example: Count = 0


class CheckQuestion(UpdateQuestion):
    """The step of the central difference."""

    step_size: Annotated[float, Between(1e-12, 1)] = 1e-5


class NumberQuestion(UpdateQuestion):
    """The number asked about, by its reference."""

    ref: Annotated[str, Field(max_length=100, examples=["weights:1:0:0"])]


class JacobianQuestion(UpdateQuestion):
    """The array that is differentiated and the one by which."""

    of: Annotated[str, Field(max_length=100, examples=["activation:2"])]
    by: Annotated[str, Field(max_length=100, examples=["weighted_input:1"])]


class PathsQuestion(NumberQuestion):
    """The same, and how many of the strongest paths are told."""

    count: Annotated[int, Between(1, LIMITS.told_paths)] = 10


class NudgeQuestion(NumberQuestion):
    """The same, how far the number is pushed, and how often the push is halved."""

    change: float = 0.1
    halvings: Annotated[int, Between(0, LIMITS.halvings)] = 5
