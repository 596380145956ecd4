"""The catalogue: every table in its described shape, every published example ready to be sent."""

from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from app.limits import Limits
from app.payloads import SHAPES
from backprop_core import ACTIVATIONS, PRESETS, Run, example_ids

TABLES = {
    "activations": "ActivationList",
    "costs": "CostList",
    "optimizers": "OptimizerList",
    "initializations": "InitializationList",
    "datasets": "DatasetList",
    "mistakes": "MistakeList",
    "presets": "PresetList",
    "textbooks": "TextbookList",
    "examples": "ExampleList",
    "limits": "LimitList",
    "examples/mazur": "Example",
    "activations/relu/curve": "Curve",
}


@pytest.mark.parametrize("path", TABLES)
def test_a_table_has_its_described_shape(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200
    assert answer.json()
    TypeAdapter(SHAPES[TABLES[path]]).validate_json(answer.content)


@pytest.mark.parametrize("path", [*TABLES, "../../healthz"])
def test_a_table_comes_as_json_alone(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/v1/{path}", headers={"accept": "text/csv"})
    assert (answer.status_code, answer.json()["type"]) == (406, "not-acceptable")


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_a_ready_session(client: TestClient, name: str) -> None:
    (preset,) = (one for one in client.get("/api/v1/presets").json() if one["name"] == name)
    answer = client.post("/api/v1/sessions", json=preset["recipe"])
    assert answer.status_code == 201, answer.text
    assert answer.json()["recipe"]["network"] == preset["recipe"]["network"]
    assert answer.json()["training"]["stop"]["epochs"] == PRESETS[name].recipe.training.stop.epochs
    ours = Run(PRESETS[name].recipe)
    trace = client.get(f"{answer.headers['location']}/trace", params={"steps": "false"}).json()
    assert trace["cost"] == ours.trace().cost


def test_health_names_the_server(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "name": "backscope", "version": "0.1.0"}


def test_every_limit_is_listed(client: TestClient) -> None:
    listed = {entry["name"]: entry["value"] for entry in client.get("/api/v1/limits").json()}
    assert listed == {name: getattr(Limits(), name) for name in Limits.__dataclass_fields__}


@pytest.mark.parametrize("name", example_ids())
def test_an_example_is_a_ready_request(client: TestClient, name: str) -> None:
    example = client.get(f"/api/v1/examples/{name}").json()
    answer = client.post("/api/v1/traces", json=example["request"] | {"steps": True})
    assert answer.status_code == 200, answer.text
    assert answer.json()["steps"]
    assert example["id"] == name
    assert all(one["agrees"] or one["note"] for one in example["printed"])


@pytest.mark.parametrize("name", ["nope", "MAZUR", "mazur.json", "..%2fmazur", "%00", "mazur%0d%0a"])
def test_an_unknown_example_is_not_found(client: TestClient, name: str) -> None:
    answer = client.get(f"/api/v1/examples/{name}")
    assert (answer.status_code, answer.json()["type"]) == (404, "not-found")


@pytest.mark.parametrize("name", [name for name, one in ACTIVATIONS.items() if one.slope is not None])
def test_a_slope_is_that_of_its_curve(client: TestClient, name: str) -> None:
    curve = client.get(f"/api/v1/activations/{name}/curve?low=0.5&high=3.5&points=1501").json()
    found: Any = np.gradient(curve["value"], curve["z"])
    np.testing.assert_allclose(found[1:-1], curve["slope"][1:-1], atol=1e-4)


def test_the_slope_of_relu_at_zero_is_asked_for(client: TestClient) -> None:
    asked = "/api/v1/activations/relu/curve?low=-1&high=1&points=3"
    assert client.get(asked).json()["slope"] == [0.0, 0.0, 1.0]
    assert client.get(f"{asked}&relu_slope_at_zero=1").json()["slope"] == [0.0, 1.0, 1.0]


@pytest.mark.parametrize(
    "query",
    [
        "points=1",
        "points=0",
        "points=-3",
        "points=2.5",
        "points=many",
        "points=99999999999999999999",
        "low=nan",
        "low=-inf",
        "high=1e400",
        "high=10001",
        "low=8&high=8",
        "low=2&high=1",
        "relu_slope_at_zero=2",
        "colour=red",
        "low=",
        "points=%00",
    ],
)
def test_a_bad_question_for_a_curve_is_refused(client: TestClient, query: str) -> None:
    answer = client.get(f"/api/v1/activations/tanh/curve?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] in ("points", "low", "high", "relu_slope_at_zero", "colour")


@pytest.mark.parametrize(("over", "status"), [(0, 200), (1, 422)])
def test_the_points_of_a_curve_are_limited(client: TestClient, over: int, status: int) -> None:
    points = Limits().curve_points + over
    assert client.get(f"/api/v1/activations/tanh/curve?points={points}").status_code == status


@pytest.mark.parametrize("name", ["softmax", "nope", "tanh%20", "%3Cscript%3E"])
def test_what_has_no_curve_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/api/v1/activations/{name}/curve").status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1", "/api/v2/limits", "/api/v1/limits/", "/api//v1/limits"])
def test_other_addresses_are_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).json()["type"] == "not-found"


def test_a_method_too_many_is_told_which_there_are(client: TestClient) -> None:
    answer = client.post("/api/v1/limits")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert "GET" in answer.json()["detail"]
