"""POST /inspections and POST /paths: a number is told, and what names none is answered with what a reference is."""

from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from app.budget import check_paths
from app.limits import Limits
from app.problems import Problem
from app.schemas import PathsRequest
from backprop_core import TEXTBOOKS, Inspection, PathSum
from tests.app.bodies import dumped, net

INSPECTIONS, PATHS = "/api/v1/inspections", "/api/v1/paths"


@pytest.mark.parametrize("textbook", list(TEXTBOOKS))
def test_every_number_of_a_walk_can_be_inspected(client: TestClient, mazur: Any, textbook: str) -> None:
    body = mazur | {"textbook": textbook}
    trace = client.post("/api/v1/traces", json=body).json()
    refs = {f"{name}:0" for step in trace["steps"] for name in step["writes"] if name.startswith(("weighted", "error"))}
    for ref in sorted(refs | {"weights:1:0:1", "biases:2:0", "cost", "learning_rate", "target:2:1"}):
        answer = client.post(INSPECTIONS, json=body | {"ref": ref})
        assert answer.status_code == 200, answer.text
        TypeAdapter(Inspection).validate_json(answer.content)
        assert answer.json()["ref"] == ref
        for side in ("sources", "targets"):
            for number in answer.json()[side]["numbers"]:
                step = number["step"]
                if step is not None:
                    name = number["ref"].split(":")[0].replace("costs", "cost")
                    assert any(written.startswith(name) for written in trace["steps"][step]["writes"])


def test_mazurs_weight_is_a_sum_over_two_paths(client: TestClient, mazur: Any) -> None:
    answer = client.post(PATHS, json=mazur | {"ref": "weights:1:0:0"})
    TypeAdapter(PathSum).validate_json(answer.content)
    found = answer.json()
    assert found["number"] == "2"
    assert sum(path["product"] for path in found["strongest"]) == pytest.approx(0.000438568, abs=1e-9)
    assert found["sum"] == pytest.approx(found["gradient"]["value"], rel=1e-10)
    one = client.post(PATHS, json=mazur | {"ref": "weights:1:0:0", "count": 1}).json()
    assert len(one["strongest"]) == 1
    assert one["strongest"][0]["product"] + one["remainder"] == pytest.approx(0.000438568, abs=1e-9)


@pytest.mark.parametrize(
    ("address", "more", "pointer", "words"),
    [
        (INSPECTIONS, {"ref": "SECRET"}, "/ref", "weights:2:0:1"),
        (INSPECTIONS, {"ref": "weights:1:9:0"}, "/ref", "weights:1:0…1:0…1"),
        (INSPECTIONS, {"ref": "weights:1:" + "0" * 200}, "/ref", ""),
        (INSPECTIONS, {"ref": 7}, "/ref", ""),
        (INSPECTIONS, {}, "/ref", ""),
        (INSPECTIONS, {"ref": "cost", "example": 1}, "/example", ""),
        (INSPECTIONS, {"ref": "cost", "count": 3}, "/count", ""),
        (PATHS, {"ref": "cost"}, "/ref", "paths to the cost start from weights"),
        (PATHS, {"ref": "weights:1:0:0", "count": 0}, "/count", ""),
        (PATHS, {"ref": "weights:1:0:0", "count": 101}, "/count", ""),
    ],
)
def test_what_cannot_be_asked_is_refused(
    client: TestClient, mazur: Any, address: str, more: dict[str, Any], pointer: str, words: str
) -> None:
    answer = client.post(address, json=mazur | more)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert words in answer.json()["detail"]
    assert "SECRET" not in answer.text


def refused(body: dict[str, Any], limits: Limits) -> str | None:
    request = PathsRequest.model_validate_json(dumped(body))
    try:
        check_paths(request, request.count, limits)
    except Problem as problem:
        return str(problem.limit and problem.limit["name"])
    return None


def test_what_would_cost_too_much_is_refused_by_name() -> None:
    body = net({"size": 3}) | {"ref": "weights:1:0:0", "count": 5, "steps": False}
    assert refused(body, Limits()) is None
    assert refused(body, Limits(path_products=14)) == "path_products"
    assert refused(body, Limits(told_paths=4)) == "told_paths"
    assert refused(body, Limits(trace_numbers=8)) == "trace_numbers"
