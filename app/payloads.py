"""The shapes of the answers, for the description of the API and for the tests that hold answers to it.

Steps are the engine's own dataclasses; what stands here is only how the service puts them together.
"""

from typing import Annotated, Any, NotRequired, Required

from pydantic import Field
from typing_extensions import TypedDict

from app.counting import KnowingAnswer
from app.derivative_answers import DerivativesAnswer
from app.entries import (
    ActivationEntry,
    CostEntry,
    Curve,
    DatasetEntry,
    Example,
    ExampleEntry,
    ExamplesAnswer,
    InitializationEntry,
    LimitEntry,
    MistakeEntry,
    MistakeRoom,
    OptimizerEntry,
    PresetEntry,
    ReadingAnswer,
    TextbookEntry,
)
from app.gradient_answers import GradientCheckAnswer
from app.graphs import GraphAnswer
from app.problems import ProblemDocument
from backprop_core import (
    Compared,
    Divergence,
    GradientCurveTold,
    GraphCurve,
    GraphNudged,
    Inspection,
    NetworkSpec,
    NudgeTold,
    OptimizerSpec,
    Panel,
    PathSum,
    Plan,
    SideTold,
    Step,
    Verdict,
    WrongCheck,
    WrongTurnTold,
)

Number = float | None
Vector = list[Number]
Matrix = list[Vector]
Tensor = list[Matrix]


class ParametersAnswer(TypedDict):
    """Weights and biases as used; ``weights[l-1]`` belongs to layer l."""

    weights: list[Matrix]
    biases: NotRequired[list[Vector]]


class InitializationAnswer(TypedDict):
    """What drew the parameters where none were given: the same scheme and seed give the same numbers again."""

    scheme: str
    seed: int


class JacobianAnswer(TypedDict):
    """The derivative ``of`` one array ``by`` another: a row for every number of it, in it one for every other."""

    of: str
    by: str
    shape: list[int]
    values: Matrix | Tensor


class BatchAnswer(TypedDict):
    """The batch as used, one row an example."""

    inputs: Matrix
    targets: NotRequired[Matrix]


class LayerStateAnswer(TypedDict, total=False):
    """What an optimizer remembers of one layer."""

    weight_velocity: Matrix
    bias_velocity: Vector
    weight_moment: Matrix
    bias_moment: Vector
    weight_square: Matrix
    bias_square: Vector


class StateAnswer(TypedDict):
    """What an optimizer remembers after ``updates`` updates; ``layers[l-1]`` is of layer l."""

    updates: int
    layers: list[LayerStateAnswer]


class LayerAnswer(TypedDict, total=False):
    """Every quantity of one layer; null for what was not reached, absent for what the layer does not have."""

    layer: Required[int]
    weighted_input: Matrix | None
    activation: Matrix | None
    activation_slope: Matrix | None
    activation_jacobian: Tensor | None
    activation_gradient: Matrix | None
    error: Matrix | None
    target: Matrix | None
    weights: Matrix | None
    biases: Vector | None
    weight_gradient: Matrix | None
    bias_gradient: Vector | None
    example_weight_gradient: Tensor | None
    example_bias_gradient: Matrix | None
    updated_weights: Matrix | None
    updated_biases: Vector | None
    regularized_weight_gradient: Matrix | None
    weight_velocity: Matrix | None
    bias_velocity: Vector | None
    weight_moment: Matrix | None
    bias_moment: Vector | None
    weight_square: Matrix | None
    bias_square: Vector | None
    updated_weight_velocity: Matrix | None
    updated_bias_velocity: Vector | None
    updated_weight_moment: Matrix | None
    updated_bias_moment: Vector | None
    updated_weight_square: Matrix | None
    updated_bias_square: Vector | None


class PartsAnswer(TypedDict):
    """How each equation step falls into parts: one plan a step, at both granularities finer than it."""

    neuron: list[Plan]
    term: list[Plan]


class LensAnswer(TypedDict):
    """Whose words the steps use, what that text adds to a layer's number, and how it writes single numbers.

    ``stage`` has a pattern a quantity, with ``{l}`` for the layer, ``{i}`` for the neuron and ``{x}`` for the example.
    """

    author: str
    offset: int
    stage: dict[str, str]


class TraceAnswer(TypedDict):
    """One update, whole."""

    network: NetworkSpec
    parameters: ParametersAnswer
    initialization: NotRequired[InitializationAnswer]
    batch: BatchAnswer
    learning_rate: float | None
    freeze_biases: bool
    optimizer: OptimizerSpec
    optimizer_state: NotRequired[StateAnswer]
    precision: str
    example: int
    textbook: str
    lens: LensAnswer
    granularity: str
    cost: float | None
    costs: Vector
    layers: list[LayerAnswer]
    step_count: NotRequired[int]
    parts: NotRequired[PartsAnswer]
    steps: NotRequired[list[Step]]
    diverged: NotRequired[Divergence]


class ExerciseAnswer(TypedDict):
    """An exercise: the trace as the wrong program gives it, hints, and what is said of the step pointed at."""

    trace: TraceAnswer
    hints: list[str]
    verdict: Verdict | None


class ComparisonAnswer(TypedDict):
    """One update under two costs: ``traces`` and what ``sides`` tell of them, in the order of the costs asked for."""

    output: int
    sentence: str
    numbers: list[Compared]
    sides: list[SideTold]
    traces: list[TraceAnswer]


class Health(TypedDict):
    """The server is there."""

    status: str
    name: str
    version: Annotated[str, Field(examples=["0.1.0"])]


SHAPES: dict[str, Any] = {
    "TraceAnswer": TraceAnswer,
    "GradientCheckAnswer": GradientCheckAnswer,
    "GradientCurve": GradientCurveTold,
    "Panel": Panel,
    "Inspection": Inspection,
    "PathSum": PathSum,
    "Jacobian": JacobianAnswer,
    "Nudged": NudgeTold,
    "MistakeList": list[MistakeEntry],
    "WrongTurn": WrongTurnTold,
    "WrongCheck": WrongCheck,
    "MistakeRooms": list[MistakeRoom],
    "ExerciseAnswer": ExerciseAnswer,
    "Comparison": ComparisonAnswer,
    "GraphAnswer": GraphAnswer,
    "GraphNudged": GraphNudged,
    "GraphCurve": GraphCurve,
    "DerivativesAnswer": DerivativesAnswer,
    "KnowingAnswer": KnowingAnswer,
    "GraphExampleList": list[Example],
    "ActivationList": list[ActivationEntry],
    "Curve": Curve,
    "CostList": list[CostEntry],
    "OptimizerList": list[OptimizerEntry],
    "InitializationList": list[InitializationEntry],
    "DatasetList": list[DatasetEntry],
    "DatasetExamples": ExamplesAnswer,
    "Reading": ReadingAnswer,
    "PresetList": list[PresetEntry],
    "TextbookList": list[TextbookEntry],
    "ExampleList": list[ExampleEntry],
    "Example": Example,
    "LimitList": list[LimitEntry],
    "Health": Health,
    "Step": Step,
    "Problem": ProblemDocument,
}
"""Name in the description → shape."""
