"""The catalogue: what a network may be made of, the textbooks, the published examples and the limits.

Every entry is an engine's table or one of the service's own, sent as it stands.
"""

from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import Response

from app import tables
from app.answers import answer, negotiate
from app.description import gives
from app.problems import LimitMet, Problem
from app.ranges import Between
from app.service import service
from backprop_core import ACTIVATIONS, curve

router = APIRouter(tags=["catalogue"])
FAR = 1e4


class CurveQuery(BaseModel):
    """Which part of an activation's curve, in how many points."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    low: Annotated[float, Between(-FAR, FAR)] = -8.0
    high: Annotated[float, Between(-FAR, FAR)] = 8.0
    points: Annotated[int, Between(2)] = 161
    relu_slope_at_zero: Annotated[float, Between(0, 1)] = 0.0


@router.get("/activations", summary="Activation functions", responses=gives("ActivationList"))
async def activations(request: Request) -> Response:
    """Name, words, formula and slope of every activation."""
    return _table(request, tables.activations())


@router.get(
    "/activations/{name}/curve",
    summary="One activation as a curve",
    responses=gives("Curve", missing=True, invalid=True),
)
async def activation_curve(request: Request, name: str, query: Annotated[CurveQuery, Query()]) -> Response:
    """The function and its slope at evenly spaced points. Softmax acts on a whole layer and has no curve."""
    limit = service(request).limits.curve_points
    if query.points > limit:
        detail = f"points takes at most {limit}, the limit curve_points of this server."
        met = LimitMet(name="curve_points", value=limit)
        raise Problem("answer-too-large", detail, [{"parameter": "points", "detail": detail}], limit=met)
    if query.low >= query.high:
        detail = "low takes a number below high."
        raise Problem("invalid-value", detail, [{"parameter": "low", "detail": detail}])
    if name not in ACTIVATIONS or ACTIVATIONS[name].slope is None:
        raise Problem("not-found", "There is no curve of that name. /api/v1/activations lists the activations.")
    z = np.linspace(query.low, query.high, query.points)
    value, slope = curve(name, z, query.relu_slope_at_zero)
    return _table(request, {"name": name, "z": z, "value": value, "slope": slope})


@router.get("/costs", summary="Costs", responses=gives("CostList"))
async def costs(request: Request) -> Response:
    """Name, words, formula and gradient of every cost, and which output layer it needs."""
    return _table(request, tables.costs())


@router.get("/optimizers", summary="Optimizers", responses=gives("OptimizerList"))
async def optimizers(request: Request) -> Response:
    """How parameters can move against their gradient."""
    return _table(request, tables.optimizers())


@router.get("/initializations", summary="Initializations", responses=gives("InitializationList"))
async def initializations(request: Request) -> Response:
    """How first parameters can be drawn."""
    return _table(request, tables.initializations())


@router.get("/datasets", summary="Data sets", responses=gives("DatasetList"))
async def datasets(request: Request) -> Response:
    """What a network can learn from: generated sets and small published ones, each with its source and licence."""
    return _table(request, tables.datasets())


@router.get("/presets", summary="Recipes worth watching", responses=gives("PresetList"))
async def presets(request: Request) -> Response:
    """Tasks and lessons: what to watch for, and a ready body for `POST /sessions`. Twins differ in one thing."""
    return _table(request, tables.presets())


@router.get("/textbooks", summary="Textbooks", responses=gives("TextbookList"))
async def textbooks(request: Request) -> Response:
    """The texts whose words and symbols the steps can be told in."""
    return _table(request, tables.textbooks())


@router.get("/examples", summary="Published examples", responses=gives("ExampleList"))
async def examples(request: Request) -> Response:
    """The worked examples that can be loaded, each with its source."""
    return _table(request, tables.examples())


@router.get("/examples/{id}", summary="One published example", responses=gives("Example", missing=True, computes=True))
async def example(request: Request, id: str) -> Response:  # noqa: A002 - the address is part of the contract
    """A ready body for `POST /traces`, and every number its author printed, beside ours."""
    found = await service(request).lane.run(lambda: tables.example(id))
    if found is None:
        raise Problem("not-found", "There is no example of that name. /api/v1/examples lists them.")
    return _table(request, found)


@router.get("/limits", summary="Limits of this server", responses=gives("LimitList"))
async def limits(request: Request) -> Response:
    """Every limit with its value; a refusal names the one it met."""
    return _table(request, service(request).limits.listed())


def _table(request: Request, value: Any) -> Response:
    negotiate(request.headers.get("accept"))
    return answer(value)
