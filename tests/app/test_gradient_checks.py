"""POST /gradient-checks: a right gradient passes, both ways are counted, and odd numbers are answered, not raised."""

from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from app.gradient_answers import CheckAnswer, GradientCheckAnswer, KinkAnswer
from backprop_core.laboratory.gradient_check import Kink, ParameterCheck

CHECKS = "/api/v1/gradient-checks"


def test_mazur_passes(client: TestClient, mazur: Any) -> None:
    answer = client.post(CHECKS, json=mazur)
    found = answer.json()
    TypeAdapter(GradientCheckAnswer).validate_json(answer.content)
    assert found["passed"] is True
    assert found["largest_relative_error"] < 1e-6
    assert found["step_size"] == 1e-5
    assert found["parameters"] == 12
    assert found["passes"]["central_differences"] == {"forward": 24, "backward": 0}
    assert found["passes"]["backpropagation"] == {"forward": 1, "backward": 1}
    one = found["checks"][0]
    assert (one["parameter"], one["layer"]) == ("weights", 1)
    np.testing.assert_allclose(one["backpropagated"][0][0], 0.0004385677344743465, rtol=1e-12)
    np.testing.assert_allclose(one["numerical"], one["backpropagated"], atol=1e-9)


def test_its_parts_are_those_of_the_engine() -> None:
    assert set(CheckAnswer.__annotations__) == set(ParameterCheck.__dataclass_fields__)
    assert set(KinkAnswer.__annotations__) == set(Kink.__dataclass_fields__)


def test_a_kink_is_named_and_not_held_against_the_gradient(client: TestClient) -> None:
    body = {
        "network": {"inputs": 1, "layers": [{"size": 1, "activation": "relu"}]},
        "parameters": {"weights": [[[0.0]]], "biases": [[0.0]]},
        "batch": {"inputs": [[1.0]], "targets": [[1.0]]},
    }
    found = client.post(CHECKS, json=body).json()
    assert found["passed"] is True
    assert found["kinks"][0] == {
        "parameter": "weights",
        "layer": 1,
        "index": [0, 0],
        "kink_layer": 1,
        "neuron": 0,
        "example": 0,
    }


@pytest.mark.parametrize("step_size", [1e-12, 1e-3, 1])
def test_the_step_is_chosen(client: TestClient, mazur: Any, step_size: float) -> None:
    assert client.post(CHECKS, json=mazur | {"step_size": step_size}).json()["step_size"] == step_size


@pytest.mark.parametrize("step_size", [0, -1e-5, 1e-13, 1.1, "1e-5", True, None])
def test_a_step_that_makes_no_difference_is_refused(client: TestClient, mazur: Any, step_size: Any) -> None:
    answer = client.post(CHECKS, json=mazur | {"step_size": step_size})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/step_size"


def test_a_parameter_beside_which_the_step_vanishes(client: TestClient, mazur: Any) -> None:
    mazur["parameters"]["weights"][0][0][0] = 1e30
    answer = client.post(CHECKS, json=mazur)
    assert answer.status_code == 200, answer.text
    assert answer.json()["checks"][0]["numerical"][0][0] is None
    assert (answer.json()["passed"], answer.json()["largest_relative_error"]) == (False, None)


def test_numbers_that_overflow_are_an_answer(client: TestClient, mazur: Any) -> None:
    mazur["network"]["layers"] = [{"size": 2, "activation": "identity"}] * 2
    mazur["parameters"]["weights"] = [[[1e5, 1e5]] * 2] * 2
    mazur["batch"]["inputs"] = [[1e300, 1e300]]
    answer = client.post(CHECKS, json=mazur)
    assert answer.status_code == 200, answer.text
    assert answer.json()["passed"] is False


@pytest.mark.parametrize("cost", ["output"])
def test_a_network_without_a_target(client: TestClient, cost: str) -> None:
    body = {
        "network": {"inputs": 2, "layers": [{"size": 1, "activation": "identity"}], "cost": cost},
        "batch": {"inputs": [[1, 2]]},
    }
    assert client.post(CHECKS, json=body).json()["passed"] is True


def test_of_many_kinks_the_first_are_listed_and_all_are_counted(client: TestClient) -> None:
    body = {
        "network": {"inputs": 1, "layers": [{"size": 100, "activation": "relu"}]},
        "batch": {"inputs": [[0.0]] * 30, "targets": [[1.0] * 100] * 30},
    }
    answer = client.post(CHECKS, json=body | {"step_size": 1e-3})
    TypeAdapter(GradientCheckAnswer).validate_json(answer.content)
    assert (len(answer.json()["kinks"]), answer.json()["kinks_total"]) == (1_000, 3_000)
    assert len(answer.content) < 250_000


@pytest.mark.parametrize("size", [256, 300])
def test_a_right_gradient_near_zero_passes_at_the_standard_step(client: TestClient, size: int) -> None:
    body = {
        "network": {"inputs": 1, "layers": [{"size": size, "activation": "gelu"}]},
        "batch": {"inputs": [[0.1]], "targets": [[1 / size] * size]},
        "initialization": {"seed": 1},
    }
    assert client.post(CHECKS, json=body).json()["passed"] is True
