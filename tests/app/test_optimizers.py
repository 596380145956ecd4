"""Traces of updates by other rules than gradient descent: what they remember comes and goes with them."""

import pytest
from starlette.testclient import TestClient

from backprop_core import LayerSpec, Memory, NetworkSpec, OptimizerSpec, Parameters, Updates
from tests.app.conftest import MAZUR

SPEC = NetworkSpec(2, (LayerSpec(2), LayerSpec(2)))


@pytest.mark.parametrize("name", ["momentum", "nesterov", "rmsprop", "adam", "adamw"])
def test_a_trace_says_what_gives_the_next_one(client: TestClient, name: str) -> None:
    """Its updated parameters and its updated memory, sent again, are the second of two updates of training."""
    body = MAZUR | {"optimizer": {"name": name, "l2": 0.01}}
    first = client.post("/api/v1/traces", json=body).json()
    layers = first["layers"][1:]
    state = [
        {
            key.removeprefix("updated_"): layer[key]
            for key in layer
            if key.startswith(("updated_weight_", "updated_bias_"))
        }
        for layer in layers
    ]
    weights, biases = ([layer[key] for layer in layers] for key in ("updated_weights", "updated_biases"))
    parameters = {"weights": weights, "biases": biases}
    again = body | {"parameters": parameters, "optimizer_state": {"updates": 1, "layers": state}}
    second = client.post("/api/v1/traces", json=again).json()
    assert second["optimizer"]["name"] == name
    assert second["optimizer_state"]["layers"] == state
    # To the last bit: what the answer says of the request is the request.
    repeated = body | {key: second[key] for key in ("parameters", "optimizer", "optimizer_state")}
    assert client.post("/api/v1/traces", json=repeated).json() == second

    memory = Memory(SPEC, 1, optimizer=OptimizerSpec(name, l2=0.01))
    memory.load_parameters(Parameters.of(SPEC, MAZUR["parameters"]["weights"], MAZUR["parameters"]["biases"]))
    memory.load_batch(**MAZUR["batch"]).load_learning_rate(MAZUR["learning_rate"])
    updates = Updates(memory, freeze_biases=MAZUR["freeze_biases"])
    updates.memory.load_batch(**MAZUR["batch"])
    updates.run()
    updates.run()
    expected = updates.memory.parameters().weights
    assert [layer["updated_weights"] for layer in second["layers"][1:]] == [w.tolist() for w in expected]


def test_a_gradient_check_asks_nothing_of_the_optimizer(client: TestClient) -> None:
    """Neither a rule nor a price on the weights changes the gradient of the cost."""
    plain = client.post("/api/v1/gradient-checks", json=MAZUR).json()
    moved = client.post("/api/v1/gradient-checks", json=MAZUR | {"optimizer": {"name": "adam", "l2": 0.5}}).json()
    assert plain == moved
    assert plain["passed"]


def test_the_catalogue_says_every_number_of_a_rule(client: TestClient) -> None:
    rules = {one["name"]: one for one in client.get("/api/v1/optimizers").json()}
    adam = {number["name"]: number for number in rules["adam"]["parameters"]}
    assert list(adam) == ["first_decay", "second_decay", "epsilon", "l1", "l2"]
    assert {name: number["default"] for name, number in adam.items()} == rules["adam"]["numbers"]
    for name, rule in rules.items():
        for number in rule["parameters"]:
            low = number["low"] - 1.0 if not number["open"] else number["low"]
            refused = client.post("/api/v1/traces", json=MAZUR | {"optimizer": {"name": name, number["name"]: low}})
            assert refused.status_code == 422
            if number["high"] is not None:
                body = MAZUR | {"optimizer": {"name": name, number["name"]: number["high"]}}
                assert client.post("/api/v1/traces", json=body).status_code == 422
