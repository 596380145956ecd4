"""POST /comparisons: Nielsen's saturated neuron under both costs, and the example of the guide."""

from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from app.payloads import SHAPES
from backprop_core import TEXTBOOKS, load_example
from tests.app.conftest import MAZUR

BOTH = ["quadratic", "binary_cross_entropy"]
NEURON = load_example("nielsen-neuron-saturated").request


@pytest.mark.parametrize("lens", TEXTBOOKS)
def test_the_saturated_neuron(client: TestClient, lens: str) -> None:
    answer = client.post("/api/v1/comparisons", json=NEURON | {"costs": BOTH, "textbook": lens})
    assert answer.status_code == 200, answer.text
    TypeAdapter(SHAPES["Comparison"]).validate_json(answer.content)
    told = answer.json()
    assert [side["cost"] for side in told["sides"]] == BOTH
    assert [trace["network"]["cost"] for trace in told["traces"]] == BOTH
    assert f"{told['numbers'][0]['times']:.4g}" == "56.62"
    quadratic, entropy = (side["course"] for side in told["sides"])
    assert len(quadratic["costs"]) == len(entropy["outputs"]) == 301
    assert f"{quadratic['outputs'][300][0]:.2f}" == "0.20"


def test_its_traces_are_those_of_two_requests(client: TestClient) -> None:
    told = client.post("/api/v1/comparisons", json=MAZUR | {"costs": BOTH, "updates": 1}).json()
    for cost, trace in zip(BOTH, told["traces"], strict=True):
        network = MAZUR["network"] | {"cost": cost}
        assert client.post("/api/v1/traces", json=MAZUR | {"network": network}).json() == trace


def test_without_a_learning_rate_nothing_is_followed(client: TestClient) -> None:
    body = {name: value for name, value in MAZUR.items() if name != "learning_rate"}
    told = client.post("/api/v1/comparisons", json=body | {"costs": BOTH}).json()
    assert [side["course"] for side in told["sides"]] == [{"costs": [], "outputs": []}] * 2
    assert not any(one["ref"].startswith("updated") for one in told["numbers"])


def test_without_steps(client: TestClient) -> None:
    told: dict[str, Any] = client.post("/api/v1/comparisons", json=MAZUR | {"costs": BOTH, "steps": False}).json()
    assert all("steps" not in trace for trace in told["traces"])
    assert told["sides"][0]["lines"]
