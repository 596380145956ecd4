"""POST /jacobians and its twin of a session: a derivative of one layer by another, within what the server allows."""

from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

PATH = "/api/v1/jacobians"


def test_mazurs_output_by_its_hidden_layer(client: TestClient, mazur: Any) -> None:
    answer = client.post(PATH, json=mazur | {"of": "activation:2", "by": "activation:1"}).json()
    w, a = np.array(mazur["parameters"]["weights"][1]), np.array([0.751365069552, 0.772928465321])
    np.testing.assert_allclose(answer["values"], (a * (1 - a))[:, None] * w, rtol=1e-11)
    assert (answer["of"], answer["by"], answer["shape"]) == ("activation:2", "activation:1", [2, 2])
    slices = client.post(PATH, json=mazur | {"of": "weighted_input:1", "by": "weights:1"}).json()
    assert slices["shape"] == [2, 2, 2]
    assert slices["values"] == [[[0.05, 0.1], [0, 0]], [[0, 0], [0.05, 0.1]]]


@pytest.mark.parametrize(("of", "by", "limit"), [("activation:1", "weights:1", "narrated_numbers")])
def test_one_that_is_too_large_is_refused_before_it_is_made(client: TestClient, of: str, by: str, limit: str) -> None:
    network = {"inputs": 700, "layers": [{"size": 30}, {"size": 1}]}
    batch = {"inputs": [[0.0] * 700], "targets": [[0.0]]}
    answer = client.post(PATH, json={"network": network, "batch": batch, "of": of, "by": by})
    assert (answer.status_code, answer.json()["limit"]["name"]) == (422, limit)
    assert answer.json()["detail"].endswith("Ask of a layer of fewer neurons, or by one with fewer numbers.")


def test_a_session_is_asked_about_its_next_update(client: TestClient) -> None:
    network = {"inputs": 2, "layers": [{"size": 3, "activation": "tanh"}, {"size": 2, "activation": "softmax"}]}
    recipe = {"network": network | {"cost": "cross_entropy"}, "data": {"name": "circles", "count": 40}}
    training = {"learning_rate": 0.1, "batch_size": 5}
    session = client.post("/api/v1/sessions", json=recipe | {"training": training}).json()
    asked = {"of": "activation:2", "by": "weighted_input:1", "example": 3}
    mine = client.post(f"/api/v1/sessions/{session['watch']}/jacobians", json=asked).json()
    request = client.get(f"/api/v1/sessions/{session['watch']}/request").json()
    assert mine == client.post(PATH, json=request | asked).json()
