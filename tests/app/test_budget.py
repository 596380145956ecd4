"""Each limit at its boundary: one less passes, one more is refused by its name, and nothing is made meanwhile."""

import resource
import sys
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.budget import check_gradient_check, check_network, check_trace
from app.limits import Limits
from app.problems import Problem
from app.schemas import GradientCheckRequest, TraceRequest
from backprop_core import LayerSpec, NetworkSpec, operation_counts
from backprop_core.laboratory.operation_counts import BESIDE, COST_WORK
from tests.app.bad_bodies import BAD_BODIES
from tests.app.bodies import dumped, net
from tests.effort import light

LIMITS = Limits()
# 4 inputs, 5 and 3 sigmoids and the cost of 3 outputs, for 7 examples.
ACTIVATING = 7 * (4 * (1 + BESIDE) + 8 * (10 + BESIDE) + 3 * COST_WORK)


def request(*sizes: int, batch: int = 1, **more: Any) -> TraceRequest:
    body = net(*({"size": size} for size in sizes[1:]), inputs=sizes[0]) | more
    body["batch"] = {"inputs": [[0.0] * sizes[0]] * batch, "targets": [[0.0] * sizes[-1]] * batch}
    return GradientCheckRequest.model_validate_json(dumped(body))


def refused(check: Any, *arguments: Any) -> tuple[str, str] | None:
    """Type of problem and name of the limit; None if it passes."""
    try:
        check(*arguments)
    except Problem as found:
        problem = found
    else:
        return None
    assert problem.limit is not None
    assert problem.limit["name"] in problem.detail
    assert str(problem.limit["value"]) in problem.detail
    return problem.kind.slug, problem.limit["name"]


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_layers(over: int) -> None:
    spec = NetworkSpec(1, (LayerSpec(1),) * (LIMITS.layers + over))
    assert refused(check_network, spec, LIMITS) == (("network-too-large", "layers") if over > 0 else None)


@pytest.mark.parametrize("over", [-1, 0, 1])
@pytest.mark.parametrize("place", ["inputs", "size"])
def test_width(over: int, place: str) -> None:
    wide = LIMITS.width + over
    spec = NetworkSpec(wide, (LayerSpec(1),)) if place == "inputs" else NetworkSpec(1, (LayerSpec(wide),))
    assert refused(check_network, spec, LIMITS) == (("network-too-large", "width") if over > 0 else None)


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_parameters(over: int) -> None:
    spec = NetworkSpec(100, (LayerSpec(50), LayerSpec(10)))
    limits = replace(LIMITS, parameters=operation_counts(spec, 1).parameters - over)
    assert refused(check_network, spec, limits) == (("network-too-large", "parameters") if over > 0 else None)


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_batch(over: int) -> None:
    wanted = request(1, 1, batch=LIMITS.batch + over)
    assert refused(check_trace, wanted, LIMITS) == (("batch-too-large", "batch") if over > 0 else None)


@pytest.mark.parametrize("over", [-1, 0, 1])
@pytest.mark.parametrize(("name", "steps"), [("trace_numbers", False), ("narrated_numbers", True)])
def test_numbers_of_the_answer(over: int, name: str, steps: bool) -> None:
    wanted = request(4, 5, 3, batch=7, steps=steps)
    limits = replace(LIMITS, **{name: operation_counts(wanted.network, 7).trace_numbers - over})
    assert refused(check_trace, wanted, limits) == (("answer-too-large", name) if over > 0 else None)


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_multiplications(over: int) -> None:
    wanted = request(4, 5, 3, batch=7)
    limits = replace(LIMITS, multiplications=3 * 7 * (4 * 5 + 5 * 3) + 2 * ACTIVATING - over)
    assert refused(check_trace, wanted, limits) == (("work-too-large", "multiplications") if over > 0 else None)


@pytest.mark.parametrize("over", [-1, 0, 1])
@pytest.mark.parametrize("name", ["check_parameters", "check_multiplications"])
def test_work_of_a_check(over: int, name: str) -> None:
    wanted = request(4, 5, 3, batch=7)
    exact = {"check_parameters": 43, "check_multiplications": 2 * 43 * (7 * (4 * 5 + 5 * 3) + ACTIVATING)}[name]
    limits = replace(LIMITS, **{name: exact - over})
    assert refused(check_gradient_check, wanted, limits) == (("work-too-large", name) if over > 0 else None)


def test_activations_count_where_they_outweigh_the_products(client: TestClient) -> None:
    """This one took 84 seconds: 61 million products, and a Python loop over as many values of GELU."""
    body = {
        "network": {"inputs": 1, "layers": [{"size": 512, "activation": "gelu"}]},
        "batch": {"inputs": [[0.1]] * 119, "targets": [[1 / 512] * 512] * 119},
    }
    answer = light(lambda: client.post("/api/v1/gradient-checks", json=body), 50)
    assert (answer.status_code, answer.json()["type"]) == (422, "work-too-large")
    assert answer.json()["limit"]["name"] == "check_multiplications"


def test_the_largest_that_is_allowed_is_answered(client: TestClient) -> None:
    body = net({"size": 190, "activation": "relu"}, {"size": 10}, inputs=1_000) | {"steps": False}
    body["batch"] = {"inputs": [[0.5] * 1_000] * 4, "targets": [[0.5] * 10] * 4}
    answer = client.post("/api/v1/traces", content=dumped(body), headers={"content-type": "application/json"})
    assert answer.status_code == 200
    assert len(answer.json()["layers"][1]["weights"]) == 190


def test_a_network_of_8_16_8_2_is_told_in_full(client: TestClient) -> None:
    body = net({"size": 16}, {"size": 8}, {"size": 2}, inputs=8) | {"learning_rate": 0.1}
    assert client.post("/api/v1/traces", json=body).status_code == 200


@pytest.mark.skipif(sys.platform == "win32", reason="resource is not there")
def test_refusing_takes_no_memory(client: TestClient) -> None:
    """The peak of the process must not move while large things are refused."""
    large = [bad.body for bad in BAD_BODIES if bad.type in ("network-too-large", "batch-too-large", "work-too-large")]
    headers = {"content-type": "application/json"}

    def ask_all() -> None:
        for body in large:
            client.post("/api/v1/traces", content=body, headers=headers)

    ask_all()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(20):
        ask_all()
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    kibibytes = (after - before) / (1024 if sys.platform == "darwin" else 1)
    assert kibibytes < 5 * 1024
