"""POST /gradient-curves: the curve of the engine in the shape that is described, and what cannot be asked."""

from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from backprop_core import STEP_SIZES, GradientCurveTold

CURVES = "/api/v1/gradient-curves"


@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize(
    "ref", ["weight_gradient:2:0:1", "bias_gradient:1:0", "error:1:0", "error:0:1", "weights:1:1:0"]
)
def test_mazurs_derivatives(client: TestClient, mazur: Any, ref: str, precision: str) -> None:
    answer = client.post(CURVES, json=mazur | {"ref": ref, "precision": precision})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    TypeAdapter(GradientCurveTold).validate_json(answer.content)
    assert (found["passed"], found["precision"]) == (True, precision)
    assert [point["step_size"] for point in found["points"]] == list(STEP_SIZES)
    for point in found["points"]:
        if point["numerical"] is not None:
            assert point["numerical"] == (point["above"] - point["below"]) / point["width"]
            assert point["absolute_error"] == abs(point["numerical"] - found["backpropagated"])
    assert len(answer.content) < 30_000


def test_it_is_the_derivative_of_the_trace(client: TestClient, mazur: Any) -> None:
    trace = client.post("/api/v1/traces", json=mazur).json()
    found = client.post(CURVES, json=mazur | {"ref": "weight_gradient:2:0:1"}).json()
    assert found["backpropagated"] == trace["layers"][2]["weight_gradient"][0][1]
    assert (found["cost"], found["value"]) == (trace["cost"], trace["layers"][2]["weights"][0][1])


@pytest.mark.parametrize(
    "ref", ["cost", "target:2:0", "learning_rate", "updated_weights:1:0:0", "weights:9:0:0", "", "δ"]
)
def test_what_has_no_derivative_is_refused_at_its_place(client: TestClient, mazur: Any, ref: str) -> None:
    answer = client.post(CURVES, json=mazur | {"ref": ref})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/ref")


def test_numbers_that_overflow_are_a_refusal_not_an_error(client: TestClient, mazur: Any) -> None:
    mazur["network"]["layers"] = [{"size": 2, "activation": "identity"}] * 2
    mazur["parameters"]["weights"] = [[[1e5, 1e5]] * 2] * 2
    mazur["batch"]["inputs"] = [[1e300, 1e300]]
    answer = client.post(CURVES, json=mazur | {"ref": "bias_gradient:2:0"})
    assert (answer.status_code, answer.json()["type"]) == (422, "invalid-value")
    assert "not finite" in answer.json()["detail"]


def test_ninety_forward_passes_have_a_limit(client: TestClient) -> None:
    body = {
        "network": {"inputs": 1, "layers": [{"size": 512, "activation": "gelu"}]},
        "batch": {"inputs": [[0.1]] * 200, "targets": [[1 / 512] * 512] * 200},
        "ref": "weight_gradient:1:0:0",
    }
    answer = client.post(CURVES, json=body)
    assert (answer.status_code, answer.json()["limit"]["name"]) == (422, "check_multiplications")
