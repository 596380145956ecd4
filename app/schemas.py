"""The request envelopes: what surrounds a network in a body.

The network itself is the engine's own dataclass, which pydantic reads as it stands. Nothing is converted:
text is not a number, true is not 1, and a field that is not known is refused.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.limits import Limits
from backprop_core import INITIALIZATIONS, TEXTBOOKS, NetworkSpec

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

Vector = list[float]
Matrix = list[Vector]
Seed = Annotated[int, Field(ge=0, le=_LIMITS.seed)]
Count = Annotated[int, Field(ge=0, le=_LIMITS.seed)]


class GivenParameters(Strict):
    """Weights and biases as nested lists; ``weights[l-1]`` is the matrix of layer l, one row a neuron."""

    weights: list[Matrix]
    biases: list[Vector] | None = None


class InitializationRequest(Strict):
    """How to draw parameters that are not given, and from which seed."""

    scheme: Annotated[str, _KNOWN_SCHEME, _SCHEME_SCHEMA] = "xavier_normal"
    seed: Seed = 1


class Batch(Strict):
    """Examples, one a row, and what each should give; no targets for the cost ``output``."""

    inputs: Annotated[list[Vector], Field(min_length=1)]
    targets: Annotated[list[Vector], Field(min_length=1)] | None = None


class TraceRequest(Strict):
    """One update of one network on one batch, and how it is to be told."""

    network: NetworkSpec
    parameters: GivenParameters | None = None
    initialization: InitializationRequest | None = None
    batch: Batch
    learning_rate: Annotated[float, Field(ge=0)] | None = None
    freeze_biases: bool = False
    optimizer: Literal["gradient_descent"] = "gradient_descent"
    precision: Literal["float64", "float32"] = "float64"
    example: Count = 0
    textbook: Annotated[str, _KNOWN_TEXTBOOK, _TEXTBOOK_SCHEMA] = "nielsen"
    granularity: Literal["pass", "layer", "equation"] = "equation"
    steps: bool = True


class GradientCheckRequest(TraceRequest):
    """The same body, and the step of the central difference."""

    step_size: Annotated[float, Field(ge=1e-10, le=1)] = 1e-5
