"""What a refusal says: both bounds of a number, what overflowed in which step, and what to do about it."""

import copy
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from tests.app.asked_bodies import QUESTIONS, STOPPED
from tests.app.conftest import MAZUR

BASE = "/api/v1"
BOUNDS = [
    ("gradient-checks", {"step_size": 2}, "/step_size takes a number from 1e-12 to 1."),
    ("gradient-checks", {"step_size": 0}, "/step_size takes a number from 1e-12 to 1."),
    ("gradient-checks", {"step_size": "1"}, "/step_size takes a number from 1e-12 to 1."),
    ("nudges", {"ref": "cost", "halvings": 21}, "/halvings takes a whole number from 0 to 20."),
    ("nudges", {"ref": "cost", "halvings": 1.5}, "/halvings takes a whole number from 0 to 20."),
    ("mistakes", {"mistake": "ascent", "updates": -1}, "/updates takes a whole number from 0 to 1000."),
    ("traces", {"learning_rate": -1}, "/learning_rate takes a number from 0 on."),
    ("traces", {"window": {"count": 0}}, "/window/count takes a whole number from 1 to 9007199254740991."),
]


def post(client: TestClient, path: str, body: dict[str, Any]) -> Any:
    answer = client.post(f"{BASE}/{path}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(client: TestClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(f"{BASE}/{path}", json=body)
    assert answer.status_code == 422, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(("path", "more", "words"), BOUNDS, ids=[f"{path} {more}" for path, more, _ in BOUNDS])
def test_a_number_outside_is_told_both_bounds(client: TestClient, path: str, more: dict[str, Any], words: str) -> None:
    assert refused(client, path, MAZUR | more)["detail"] == words


def test_a_query_is_told_both_bounds_too(client: TestClient) -> None:
    answer = client.get(f"{BASE}/activations/relu/curve?relu_slope_at_zero=2")
    assert answer.json()["detail"] == "relu_slope_at_zero takes a number from 0 to 1."


WHOLE = ("nudges", "gradient-curves", "jacobians", "comparisons", "paths", "mistakes/exercises")


@pytest.mark.parametrize("path", WHOLE)
def test_what_asks_of_a_whole_update_is_told_where_it_stopped(client: TestClient, path: str) -> None:
    costs = {"costs": ["quadratic", "squared_error"]} if path == "comparisons" else {}
    body = STOPPED | {"seed": 1} if path.endswith("exercises") else STOPPED | QUESTIONS[path] | costs
    detail = refused(client, path, body)["detail"]
    assert "weighted_input of layer 1 is not finite in float64 (in step 1, “" in detail
    assert detail.endswith("take smaller weights, inputs or learning rate.")


def test_in_single_precision_double_is_the_way_out(client: TestClient) -> None:
    body = copy.deepcopy(STOPPED) | {"precision": "float32"} | QUESTIONS["nudges"]
    body["parameters"]["weights"][0] = [[3e38, 3e38], [1.0, 1.0]]
    detail = refused(client, "nudges", body)["detail"]
    assert "is not finite in float32 (in step 1, “" in detail
    assert detail.endswith("”): compute in float64, or take smaller weights, inputs or learning rate.")


GIVEN = [
    ("/parameters/weights/0/1/0", lambda body: body["parameters"]["weights"][0][1].__setitem__(0, 1e39)),
    ("/parameters/biases/1/0", lambda body: body["parameters"]["biases"][1].__setitem__(0, -1e39)),
    ("/batch/inputs/0/1", lambda body: body["batch"]["inputs"][0].__setitem__(1, 1e39)),
    ("/batch/targets/0/0", lambda body: body["batch"]["targets"][0].__setitem__(0, 1e39)),
    ("/learning_rate", lambda body: body.__setitem__("learning_rate", 1e39)),
]


@pytest.mark.parametrize(("place", "change"), GIVEN, ids=[place for place, _ in GIVEN])
def test_a_number_beyond_float32_is_refused_where_it_stands(
    client: TestClient, mazur: dict[str, Any], place: str, change: Any
) -> None:
    change(mazur)
    assert client.post(f"{BASE}/traces", json=mazur).status_code == 200
    problem = refused(client, "traces", mazur | {"precision": "float32"})
    assert (problem["type"], problem["errors"][0]["pointer"]) == ("invalid-value", place)
    assert problem["detail"] == (f"{place}: float32 ends at ±3.4e+38: make this number smaller, or compute in float64.")


def test_a_check_refuses_what_a_trace_does(client: TestClient, mazur: dict[str, Any]) -> None:
    mazur["parameters"]["weights"][0][1][0] = 1e39
    problem = refused(client, "gradient-checks", mazur | {"precision": "float32"})
    assert problem["errors"][0]["pointer"] == GIVEN[0][0]


def test_a_session_takes_no_number_beyond_its_precision(client: TestClient) -> None:
    """Neither at first nor by hand later: nothing could be asked of it any more."""
    network = {"inputs": 2, "layers": [{"size": 1}]}
    recipe = {"network": network, "data": {"name": "moons", "count": 20}, "precision": "float32"}
    huge = recipe | {"parameters": {"weights": [[[0.5, 1e39]]]}}
    problem = refused(client, "sessions", huge)
    assert (problem["type"], problem["errors"][0]["pointer"]) == ("invalid-value", "/parameters/weights/0/0/1")
    made = client.post(f"{BASE}/sessions", json=recipe).json()
    address, edit = f"{BASE}/sessions/{made['id']}", {"ref": "weights:1:0:0", "value": -1e39}
    answer = client.patch(address, json={"parameters": [edit]}, headers={"if-match": '"0"'})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/parameters/0/value")
    assert "float32 ends at ±3.4e+38" in answer.json()["detail"]
    assert client.get(f"{address}/trace").status_code == 200


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_mistakes_are_made_in_the_precision_of_the_trace(client: TestClient, mazur: dict[str, Any], seed: int) -> None:
    single = mazur | {"precision": "float32"}
    right = {one["ref"]: one for one in post(client, "mistakes", single | {"mistake": "stale_weights"})["pairs"]}
    layers = post(client, "traces", single)["layers"]
    assert [np.float32(right[f"error:1:{j}"]["right"]) for j in (0, 1)] == [*map(np.float32, layers[1]["error"][0])]
    told = post(client, "mistakes/exercises", single | {"seed": seed})["trace"]
    assert told["precision"] == "float32"
    assert told["layers"][0]["weighted_input"] == layers[0]["weighted_input"]


def test_the_detectives_judge_in_double_precision(client: TestClient, mazur: dict[str, Any]) -> None:
    tolerance = post(client, "gradient-checks", mazur)["tolerance"]
    for mistake, is_uphill in (("ascent", True), ("slope_forgotten", False)):
        found = post(client, "mistakes/checks", mazur | {"precision": "float32", "mistake": mistake})
        assert (found["tolerance"], found["passed"], found["step"]["passed"]) == (tolerance, is_uphill, not is_uphill)


def test_an_expression_that_stops_is_told_where(client: TestClient) -> None:
    body = {"expression": "a = exp(x); f = a * a", "values": {"x": 500}, "name": "x"}
    detail = refused(client, "graphs/nudges", body)["detail"]
    assert detail == (
        "/values: the value of f is not finite (step 2):"
        " take values for which every part of the expression is a finite number."
    )


def test_more_updates_than_may_be_made_are_told_as_such(client: TestClient) -> None:
    network = {"inputs": 2, "layers": [{"size": 64}, {"size": 2}]}
    batch = {"inputs": [[0.1, 0.2]] * 500, "targets": [[0.0, 1.0]] * 500}
    body = {"network": network, "batch": batch, "learning_rate": 0.1} | {
        "costs": ["quadratic", "squared_error"],
        "updates": 1000,
        "steps": False,
    }
    problem = refused(client, "comparisons", body)
    assert problem["errors"][0]["pointer"] == "/updates"
    assert problem["detail"].endswith("Ask for fewer updates.")


def test_layers_of_unequal_size_are_told_both(client: TestClient) -> None:
    network = {"inputs": 1, "layers": [{"size": 2}, {"size": 2, "adds": [0]}]}
    body = {"network": network, "batch": {"inputs": [[1]], "targets": [[1, 0]]}}
    assert refused(client, "traces", body)["detail"] == (
        "/network/layers/1/adds/0: layer 0 has 1 neuron and layer 2, which adds it, 2 neurons:"
        " give both the same size, or name it in sources, where sizes may differ."
    )
