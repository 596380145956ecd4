"""The request envelopes: what surrounds a network in a body.

The network itself is the engine's own dataclass, which pydantic reads as it stands. Nothing is converted:
text is not a number, true is not 1, and a field that is not known is refused. An array is read up to its
first error: a body of nothing but errors must not cost more than a good one.
"""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.limits import Limits
from app.ranges import Between
from backprop_core import (
    COSTS,
    INITIALIZATIONS,
    MISTAKES,
    PANELS,
    TEXTBOOKS,
    NetworkSpec,
    OptimizerSpec,
    OptimizerState,
)

_LIMITS = Limits()


class Strict(BaseModel):
    """A body, or a part of one, without conversions and without unknown fields."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


def _one_of(names: tuple[str, ...]) -> tuple[AfterValidator, WithJsonSchema]:
    def check(name: str) -> str:
        if name not in names:
            raise PydanticCustomError("choice", "takes one of", {"expected": ", ".join(names)})
        return name

    return AfterValidator(check), WithJsonSchema({"type": "string", "enum": list(names)})


_KNOWN_SCHEME, _SCHEME_SCHEMA = _one_of(tuple(INITIALIZATIONS))
_KNOWN_TEXTBOOK, _TEXTBOOK_SCHEMA = _one_of(tuple(TEXTBOOKS))
_KNOWN_COST, _COST_SCHEMA = _one_of(tuple(name for name, cost in COSTS.items() if cost.has_target))
_KNOWN_MISTAKE, _MISTAKE_SCHEMA = _one_of(tuple(MISTAKES))
_KNOWN_PANEL, _PANEL_SCHEMA = _one_of(tuple(PANELS))


class FirstErrorOnly:
    """Every array within the type, the engine's own included, is read up to its first error."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> Any:
        """The schema of the type, changed in its place: the description of the API knows the engine's types by name."""
        schema = handler(source)
        _fail_fast(handler.resolve_ref_schema(schema))
        return schema


def _fail_fast(schema: Any) -> None:
    if isinstance(schema, dict):
        if schema.get("type") in ("list", "tuple"):
            schema["fail_fast"] = True
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            _fail_fast(part)


CostName = Annotated[str, _KNOWN_COST, _COST_SCHEMA]
TextbookName = Annotated[str, _KNOWN_TEXTBOOK, _TEXTBOOK_SCHEMA]
Vector = list[float]
Matrix = list[Vector]
Examples = Annotated[Matrix, FirstErrorOnly(), Field(min_length=1)]
Seed = Annotated[int, Between(0, _LIMITS.seed)]
Count = Annotated[int, Between(0, _LIMITS.seed)]


class GivenParameters(Strict):
    """Weights and biases as nested lists; ``weights[l-1]`` is the matrix of layer l, one row a neuron."""

    weights: Annotated[list[Matrix], FirstErrorOnly()]
    biases: Annotated[Matrix, FirstErrorOnly()] | None = None


class InitializationRequest(Strict):
    """How to draw parameters that are not given, and from which seed."""

    scheme: Annotated[str, _KNOWN_SCHEME, _SCHEME_SCHEMA] = "xavier_normal"
    seed: Seed = 1


class Batch(Strict):
    """Examples, one a row, and what each should give; no targets for the cost ``output``."""

    inputs: Examples
    targets: Examples | None = None


class Window(Strict):
    """Which of the steps are told: ``count`` of them from ``first`` on."""

    first: Count = 0
    count: Annotated[int, Between(1, _LIMITS.seed)] = 200


class GivenLayerState(Strict):
    """What an optimizer remembers of one layer, in the shapes of its weights and biases."""

    weight_velocity: Annotated[Matrix, FirstErrorOnly()] | None = None
    bias_velocity: Annotated[Vector, FirstErrorOnly()] | None = None
    weight_moment: Annotated[Matrix, FirstErrorOnly()] | None = None
    bias_moment: Annotated[Vector, FirstErrorOnly()] | None = None
    weight_square: Annotated[Matrix, FirstErrorOnly()] | None = None
    bias_square: Annotated[Vector, FirstErrorOnly()] | None = None


class GivenState(Strict):
    """What an optimizer remembers after ``updates`` updates; ``layers[l-1]`` is of layer l."""

    updates: Count = 0
    layers: Annotated[list[GivenLayerState], FirstErrorOnly()]

    def read(self) -> OptimizerState:
        """The same as the engine has it; shapes are judged where the state is loaded."""
        return OptimizerState(self.updates, tuple(one.model_dump(exclude_none=True) for one in self.layers))


def _named(value: object) -> object:
    """A rule by its name alone has its usual numbers."""
    return {"name": value} if isinstance(value, str) else value


GivenOptimizer = Annotated[OptimizerSpec, BeforeValidator(_named, json_schema_input_type=OptimizerSpec | str)]


class TraceRequest(Strict):
    """One update of one network on one batch, and how it is to be told."""

    network: Annotated[NetworkSpec, FirstErrorOnly()]
    parameters: GivenParameters | None = None
    initialization: InitializationRequest | None = None
    batch: Batch
    learning_rate: Annotated[float, Between(0)] | None = None
    freeze_biases: bool = False
    optimizer: GivenOptimizer = OptimizerSpec()
    optimizer_state: GivenState | None = None
    precision: Literal["float64", "float32"] = "float64"
    example: Count = 0
    textbook: TextbookName = "nielsen"
    granularity: Literal["pass", "layer", "equation", "neuron", "term"] = "equation"
    window: Window | None = None
    steps: bool = True


class ExpressionRequest(Strict):
    """An expression, and a value for each of its inputs."""

    expression: str
    values: dict[str, float] = {}


class GraphRequest(ExpressionRequest):
    """The same, and how it is to be told; with ``step_size`` it is checked too.

    With ``default_value`` an input without a value has this one, and values of other names are passed over.
    """

    default_value: float | None = None
    textbook: Annotated[str, _KNOWN_TEXTBOOK, _TEXTBOOK_SCHEMA] = "nielsen"
    granularity: Literal["pass", "node", "term"] = "node"
    steps: bool = True
    step_size: Annotated[float, Between(1e-12, 1)] | None = None


class GraphDerivationRequest(GraphRequest):
    """The same body; ``window`` takes a part of the steps."""

    window: Window | None = None


class GraphCurveRequest(ExpressionRequest):
    """The same, and the node whose gradient is checked, by what it is called."""

    name: Annotated[str, Field(max_length=100, examples=["x"])]


class GraphNudgeRequest(GraphCurveRequest):
    """The same, how far the node is pushed, and how often the push is halved."""

    change: float = 0.1
    halvings: Annotated[int, Between(0, _LIMITS.halvings)] = 5


class GraphDerivativesRequest(ExpressionRequest):
    """The same, the step of the numerical way, and how often f is put into its own input ``through``.

    Without ``symbolic`` only the numerical and the automatic way answer. ``default_value`` is as above.
    """

    default_value: float | None = None

    step_size: Annotated[float, Between(1e-12, 1)] = 1e-5
    nesting: Annotated[int, Between(1, _LIMITS.nesting)] = 1
    through: Annotated[str, Field(max_length=100)] | None = None
    symbolic: bool = True


class DerivativesRequest(TraceRequest):
    """A trace's body, the step of the numerical way, and whether the symbolic one answers too."""

    step_size: Annotated[float, Between(1e-12, 1)] = 1e-5
    symbolic: bool = True


class GradientCheckRequest(TraceRequest):
    """The same body, and the step of the central difference."""

    step_size: Annotated[float, Between(1e-12, 1)] = 1e-5


class PanelRequest(TraceRequest):
    """The same body, the step asked about, counted at granularity equation, and which of its panels to open."""

    step: Count
    panel: Annotated[str, _KNOWN_PANEL, _PANEL_SCHEMA]


class InspectionRequest(TraceRequest):
    """The same body and the number asked about, by its reference."""

    ref: Annotated[str, Field(max_length=100, examples=["weights:1:0:0"])]


class GradientCurveRequest(InspectionRequest):
    """The same; ``ref`` is a derivative, or the number that it is taken by."""

    ref: Annotated[str, Field(max_length=100, examples=["weight_gradient:1:0:0"])]


class NudgeRequest(InspectionRequest):
    """The same, how far the number is pushed, and how often the push is halved."""

    change: float = 0.1
    halvings: Annotated[int, Between(0, _LIMITS.halvings)] = 5


class MistakeRequest(TraceRequest):
    """The same body, the mistake made in it, and how many further updates of both are compared."""

    mistake: Annotated[str, _KNOWN_MISTAKE, _MISTAKE_SCHEMA]
    updates: Annotated[int, Between(0, _LIMITS.compared_updates)] = 30


class MistakeCheckRequest(TraceRequest):
    """The same body and a mistake, by its name or, within an exercise, by the exercise's seed."""

    mistake: Annotated[str, _KNOWN_MISTAKE, _MISTAKE_SCHEMA] | None = None
    seed: Seed | None = None


class ExerciseRequest(TraceRequest):
    """The same body, the seed the mistake is drawn by, and the step pointed at, counted by equations always."""

    seed: Seed
    guess: Count | None = None


class ComparisonRequest(TraceRequest):
    """The same body, the two costs compared, the output looked at, and how many updates of either are followed."""

    costs: Annotated[list[CostName], FirstErrorOnly(), Field(max_length=2)]
    output: Count = 0
    updates: Annotated[int, Between(0, _LIMITS.compared_updates)] = 300


class JacobianRequest(TraceRequest):
    """The same body, the array that is differentiated and the one by which."""

    of: Annotated[str, Field(max_length=100, examples=["activation:2"])]
    by: Annotated[str, Field(max_length=100, examples=["weighted_input:1"])]


class PathsRequest(InspectionRequest):
    """The same, and how many of the strongest paths are told."""

    count: Annotated[int, Between(1, _LIMITS.told_paths)] = 10
