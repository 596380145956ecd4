"""POST /operation-counts: the engine's counts in the shape that is described, and seconds that are measured once."""

from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from app.counting import DEPTHS, WIDTHS, KnowingAnswer

COUNTS = "/api/v1/operation-counts"


def test_mazurs_network(client: TestClient, mazur: dict[str, Any]) -> None:
    answer = client.post(COUNTS, json=mazur)
    assert answer.status_code == 200, answer.text
    TypeAdapter(KnowingAnswer).validate_json(answer.content)
    found = answer.json()
    assert (found["parameters"], found["edges"], found["neurons"]) == (12, 8, 4)
    assert found["backward_to_forward"] == 2.0
    for phase in ("forward", "backward", "update"):
        ones = [one["count"] for one in found["equations"] if one["phase"] == phase]
        for name in ("multiplications", "additions", "functions"):
            assert found[phase][name] == sum(one[name] for one in ones)
        assert found[phase]["operations"] == sum(found[phase][n] for n in ("multiplications", "additions", "functions"))
    assert found["numerical"]["multiplications"] == 2 * 12 * found["forward"]["multiplications"] + 12
    assert found["numerical_to_backpropagation"] == pytest.approx(204 / 24)


def test_the_series_rise_as_they_must(client: TestClient, mazur: dict[str, Any]) -> None:
    found = client.post(COUNTS, json=mazur).json()
    assert [row["width"] for row in found["by_width"]] == list(WIDTHS)
    assert [row["depth"] for row in found["by_depth"]] == list(DEPTHS)
    for row in [*found["by_width"], *found["by_depth"]]:
        assert row["forward"] == row["edges"]
        assert row["numerical"] == row["parameters"] * (2 * row["forward"] + 1)
        assert 0 < row["forward_seconds"] < 1
        assert 0 < row["backward_seconds"] < 1
        assert row["numerical_seconds"] > row["forward_seconds"]
    widest = found["by_width"][-1]
    assert widest["estimated"] is True
    assert widest["numerical_seconds"] == pytest.approx(2 * widest["parameters"] * widest["forward_seconds"])


def test_seconds_are_measured_once_for_a_network(client: TestClient, mazur: dict[str, Any]) -> None:
    first = client.post(COUNTS, json=mazur).content
    mazur["batch"]["inputs"] = [[0.5, 0.6]]
    assert client.post(COUNTS, json=mazur).content == first


def test_a_network_of_one_layer_and_one_of_many_inputs(client: TestClient) -> None:
    one = {"network": {"inputs": 1, "layers": [{"size": 1}]}, "batch": {"inputs": [[1]], "targets": [[0]]}}
    found = client.post(COUNTS, json=one).json()
    assert {row["depth"] for row in found["by_width"]} == {2}
    wide = {
        "network": {"inputs": 784, "layers": [{"size": 200}, {"size": 10}]},
        "batch": {"inputs": [[0.5] * 784], "targets": [[0.1] * 10]},
    }
    found = client.post(COUNTS, json=wide).json()
    # What this server would not take is not in the series either.
    assert all(row["parameters"] <= 200_000 for row in [*found["by_width"], *found["by_depth"]])
    assert len(found["by_depth"]) < len(DEPTHS)


def test_a_network_beyond_the_limits(client: TestClient) -> None:
    body = {"network": {"inputs": 1, "layers": [{"size": 2_000}]}, "batch": {"inputs": [[1]], "targets": [[0]]}}
    answer = client.post(COUNTS, json=body)
    assert (answer.status_code, answer.json()["limit"]["name"]) == (422, "width")
