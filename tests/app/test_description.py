"""The description of the API is whole: every status documented, every name resolved, the engine's names in it."""

import json
import subprocess
import sys
from typing import Any

import jsonschema_rs
import pytest
from starlette.testclient import TestClient

from app.main import create_api
from app.settings import Settings
from backprop_core import ACTIVATIONS, COSTS

DESCRIPTION: dict[str, Any] = create_api(Settings()).openapi()
OPERATIONS = [
    (method, path, operation)
    for path, operations in DESCRIPTION["paths"].items()
    for method, operation in operations.items()
]
SCHEMAS = DESCRIPTION["components"]["schemas"]


def references(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*map(references, value.values()))
    return set().union(*map(references, value)) if isinstance(value, list) else set()


def test_every_name_is_resolved() -> None:
    assert references(DESCRIPTION) <= {f"#/components/schemas/{name}" for name in SCHEMAS}


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=[f"{one[0]} {one[1]}" for one in OPERATIONS])
def test_an_operation_documents_what_it_can_answer(method: str, path: str, operation: dict[str, Any]) -> None:
    assert operation["summary"]
    statuses = set(operation["responses"])
    fine = {status for status in statuses if status.startswith("2")}
    assert len(fine) == 1
    assert {"400", "406", "431", "500"} <= statuses
    if method == "post":
        assert {"403", "408", "413", "415", "422", "503"} <= statuses
        assert operation["requestBody"]["required"] is True
    for status, answer in operation["responses"].items():
        assert next(iter(answer["content"])) == ("application/json" if status in fine else "application/problem+json")


def test_the_network_is_the_dataclass_of_the_engine() -> None:
    assert SCHEMAS["LayerSpec"]["properties"]["activation"]["enum"] == list(ACTIVATIONS)
    assert SCHEMAS["NetworkSpec"]["properties"]["cost"]["enum"] == list(COSTS)
    assert SCHEMAS["NetworkSpec"]["additionalProperties"] is False
    assert set(SCHEMAS["NetworkSpec"]["required"]) == {"inputs", "layers"}
    assert {"index", "phase", "covers", "symbols", "sentence"} <= set(SCHEMAS["Step"]["properties"])


def test_no_conversion_is_promised() -> None:
    for name in (
        "TraceRequest",
        "GradientCheckRequest",
        "PanelRequest",
        "GivenParameters",
        "Batch",
        "InitializationRequest",
    ):
        assert SCHEMAS[name]["additionalProperties"] is False


def test_the_server_and_the_command_give_the_same(client: TestClient) -> None:
    printed = subprocess.run([sys.executable, "-m", "app.openapi"], capture_output=True, text=True, check=True)
    assert json.loads(printed.stdout) == client.get("/api/v1/openapi.json").json() == DESCRIPTION


def test_a_trace_that_diverges_is_of_the_shape_that_is_described(client: TestClient, mazur: Any) -> None:
    weights = [[[1e200] * 2] * 2, [[1e200] * 2] * 2]
    network = mazur["network"] | {"layers": [{"size": 2, "activation": "identity"}] * 2}
    parameters = mazur["parameters"] | {"weights": weights}
    answer = client.post("/api/v1/traces", json=mazur | {"network": network, "parameters": parameters})
    assert answer.json()["diverged"] is not None
    assert '"value":null' in answer.text
    shape = {"$ref": "#/components/schemas/TraceAnswer", "components": {"schemas": SCHEMAS}}
    errors = [error.message for error in jsonschema_rs.validator_for(shape).iter_errors(answer.json())]
    assert errors == []
