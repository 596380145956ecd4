"""POST /graphs/derivatives and POST /derivatives: three ways, SymPy missing, hostile expressions, bad bodies."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from app.derivative_answers import DerivativesAnswer
from app.limits import Limits
from app.main import create_app
from app.settings import Settings
from backprop_core import read_expression, trace_graph
from tests.effort import light

GRAPHS, NETWORKS = "/api/v1/graphs/derivatives", "/api/v1/derivatives"
NEURON: dict[str, Any] = {"expression": "sigmoid(w*x + b)", "values": {"w": 0.6, "x": 1.0, "b": 0.9}}
LOGISTIC: dict[str, Any] = {"expression": "4*x*(1 - x)", "values": {"x": 0.3}}


@pytest.fixture(scope="module")
def patient() -> Iterator[TestClient]:
    """A server that gives SymPy time, for a machine that is busy with other tests."""
    app = create_app(Settings(limits=Limits(symbolic_seconds=30)))
    with TestClient(app, base_url="http://localhost:8000", raise_server_exceptions=False) as found:
        yield found


def ask(client: TestClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(path, json=body)
    assert answer.status_code == 200, answer.text
    TypeAdapter(DerivativesAnswer).validate_json(answer.content)
    found: dict[str, Any] = answer.json()
    return found


def test_a_neuron_in_three_ways(patient: TestClient) -> None:
    found = ask(patient, GRAPHS, NEURON)
    graph = read_expression(NEURON["expression"])
    trace = trace_graph(graph, NEURON["values"])
    assert [one["name"] for one in found["variables"]] == ["w", "x", "b"]
    for one, node in zip(found["variables"], graph.inputs, strict=True):
        assert one["automatic"] == trace.number("gradient", node.id)
        assert one["symbolic"] == pytest.approx(one["automatic"], rel=1e-14)
        assert one["agrees"] is True
        assert one["numerical_error"] == abs(one["numerical"] - one["automatic"])
        assert one["numerical_error"] < 1e-9
        assert r"e^{- w x - b}" in one["formula"]["tex"]
    assert found["numerical"] == {"forward_passes": 6, "backward_passes": 0, "operations": 6 * 3 + 6}
    assert found["automatic"]["operations"] == 3 + 1 + 5
    assert found["symbolic"]["derivatives"] == sum(one["formula"]["operations"] for one in found["variables"])


def test_the_error_of_the_numerical_way_depends_on_h(client: TestClient) -> None:
    errors = {
        h: ask(client, GRAPHS, NEURON | {"step_size": h, "symbolic": False})["variables"][0]["numerical_error"]
        for h in (1e-1, 1e-3, 1e-5, 1e-12)
    }
    assert errors[1e-1] > errors[1e-3] > errors[1e-5]
    assert errors[1e-12] > errors[1e-5]


def test_nesting_swells_the_formula_alone(patient: TestClient) -> None:
    found = ask(patient, GRAPHS, LOGISTIC | {"nesting": 4})
    growth = found["growth"]
    assert [row["times"] for row in growth] == [1, 2, 3, 4]
    assert [row["automatic"] for row in growth] == [8, 16, 24, 32]
    assert [row["written"] for row in growth] == [3, 9, 21, 45]
    derivatives = [row["derivatives"] for row in growth]
    assert all(later > 3 * earlier for earlier, later in pairwise(derivatives))
    assert found["symbolic"]["derivatives"] == derivatives[-1]
    slope, x = 1.0, 0.3
    for _ in range(4):
        slope, x = slope * (4 - 8 * x), 4 * x * (1 - x)
    assert found["variables"][0]["symbolic"] == pytest.approx(slope, rel=1e-10)


def test_a_network_is_written_out(patient: TestClient, mazur: dict[str, Any]) -> None:
    found = ask(patient, NETWORKS, mazur)
    trace = patient.post("/api/v1/traces", json=mazur).json()
    gradients = {one["name"]: one for one in found["variables"]}
    assert len(gradients) == 12
    assert found["value"] == pytest.approx(trace["cost"], rel=1e-14)
    for l in (1, 2):
        for j in range(2):
            for k in range(2):
                wanted = trace["layers"][l]["weight_gradient"][j][k]
                one = gradients[f"w{l}_{j + 1}{k + 1}"]
                assert one["automatic"] == pytest.approx(wanted, rel=1e-12)
                assert one["symbolic"] == pytest.approx(wanted, rel=1e-10)
    graph = patient.post("/api/v1/graphs", json={"expression": found["expression"], "values": found["values"]})
    assert graph.json()["value"] == found["value"]


def test_a_network_of_a_batch_is_that_of_its_example(client: TestClient, mazur: dict[str, Any]) -> None:
    mazur["batch"] = {"inputs": [[0.05, 0.1], [0.7, 0.2]], "targets": [[0.01, 0.99], [0.5, 0.5]]}
    found = ask(client, NETWORKS, mazur | {"example": 1, "symbolic": False})
    costs = client.post("/api/v1/traces", json=mazur).json()["costs"]
    assert found["value"] == pytest.approx(costs[1], rel=1e-14)
    assert found["values"]["x_1"] == 0.7


@pytest.fixture
def without_sympy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SymPy fails to be imported, as where it is not installed."""
    (tmp_path / "sympy.py").write_text("raise ImportError('no such thing')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.mark.usefixtures("without_sympy")
def test_without_sympy_the_problem_says_how_to_install_it(client: TestClient, mazur: dict[str, Any]) -> None:
    for path, body in ((GRAPHS, NEURON | {"values": {"w": 0.1, "x": 0.2, "b": 0.3}}), (NETWORKS, mazur)):
        answer = client.post(path, json=body)
        problem = answer.json()
        assert (answer.status_code, problem["type"]) == (501, "not-installed")
        assert "pip install 'backscope[symbolic]'" in problem["detail"]
        found = ask(client, path, body | {"symbolic": False})
        assert found["symbolic"] is None
        assert all(one["automatic"] is not None and one["symbolic"] is None for one in found["variables"])


def test_the_server_itself_never_imports_sympy() -> None:
    asks = (
        "import sys; from starlette.testclient import TestClient; from app.main import create_app;"
        "client = TestClient(create_app(), base_url='http://localhost:8000');"
        f"answer = client.post({GRAPHS!r}, json={NEURON!r});"
        "assert answer.status_code == 200; assert 'sympy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", asks], check=True, timeout=120, cwd=Path(__file__).parents[2])


HOSTILE = {
    "a tower of powers": "x" + "**x" * 40,
    "exponentials in exponentials": "\n".join(["a0 = x*y", *(f"a{k} = exp(a{k - 1}*y)" for k in range(1, 60))]),
    "nested absolute values": "\n".join(["a0 = abs(x - 1)", *(f"a{k} = abs(a{k - 1} - y)" for k in range(1, 60))]),
    "powers of powers": "\n".join(["a0 = 2*x", *(f"a{k} = (2*a{k - 1})**64" for k in range(1, 12))]),
    "nested maxima": "\n".join(["a0 = max(x, y)", *(f"a{k} = max(a{k - 1}*y, x - {k})" for k in range(1, 60))]),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_expression_takes_nothing_but_its_time(name: str) -> None:
    # A crowded machine may take long to begin a process.
    app = create_app(Settings(limits=Limits(symbolic_seconds=2, symbolic_wait_seconds=120)))
    values = {"x": 0.01, "y": 0.5} if "y" in HOSTILE[name] else {"x": 0.01}
    with TestClient(app, base_url="http://localhost:8000", raise_server_exceptions=False) as client:
        # Units of this process alone, and no more than its time is taken by the one that derives.
        found = light(lambda: ask(client, GRAPHS, {"expression": HOSTILE[name], "values": values}), 200)
        assert found["refused"] is None or found["refused"]["reason"] in ("operations", "time", "not_finite")
        assert all(one["automatic"] is not None for one in found["variables"]) or found["refused"]
        assert client.get("/healthz").status_code == 200


def test_a_formula_too_long_is_refused_before_it_is_derived(client: TestClient) -> None:
    found = light(lambda: ask(client, GRAPHS, LOGISTIC | {"nesting": 8}), 50)
    assert found["refused"]["reason"] == "operations"
    assert "symbolic_operations" in found["refused"]["detail"]
    assert found["symbolic"] is None
    assert found["variables"][0]["automatic"] is not None
    assert [row["derivatives"] for row in found["growth"]] == [None] * 8


def test_what_is_not_finite_has_no_formula(client: TestClient) -> None:
    found = ask(client, GRAPHS, {"expression": "1/(x - x)", "values": {"x": 1}})
    assert found["refused"]["reason"] == "not_finite"
    assert found["variables"][0]["automatic"] is None


def test_a_corner_is_named_and_not_judged(patient: TestClient) -> None:
    found = ask(patient, GRAPHS, {"expression": "relu(x)*y", "values": {"x": 0, "y": 2}})
    assert [one["operation"] for one in found["corners"]] == ["relu"]
    assert [one["agrees"] for one in found["variables"]] == [None, None]


BAD: list[tuple[dict[str, Any], str, str]] = [
    (LOGISTIC | {"nesting": 0}, "invalid-value", "/nesting"),
    (LOGISTIC | {"nesting": 9}, "invalid-value", "/nesting"),
    (LOGISTIC | {"nesting": "2"}, "invalid-value", "/nesting"),
    (LOGISTIC | {"nesting": 2, "through": "y"}, "invalid-value", "/through"),
    (LOGISTIC | {"nesting": 2, "through": ""}, "invalid-value", "/through"),
    ({"expression": "2 + 3", "nesting": 2}, "invalid-value", "/through"),
    (LOGISTIC | {"step_size": 0}, "invalid-value", "/step_size"),
    (LOGISTIC | {"step_size": 2}, "invalid-value", "/step_size"),
    (LOGISTIC | {"symbolic": 1}, "invalid-value", "/symbolic"),
    (LOGISTIC | {"values": {}}, "missing-field", "/values/x"),
    (LOGISTIC | {"network": {}}, "unknown-field", "/network"),
    (LOGISTIC | {"expression": "__import__('os')"}, "unreadable-expression", "/expression"),
    (LOGISTIC | {"expression": "x +"}, "unreadable-expression", "/expression"),
    ({"expression": "+".join(["x*x"] * 60), "values": {"x": 1}, "nesting": 8}, "expression-too-large", "/nesting"),
]


@pytest.mark.parametrize(("body", "kind", "place"), BAD, ids=[f"{one[1]} {one[2]} {at}" for at, one in enumerate(BAD)])
def test_a_bad_body_gets_its_problem(client: TestClient, body: dict[str, Any], kind: str, place: str) -> None:
    answer = client.post(GRAPHS, json=body)
    problem = answer.json()
    assert (answer.status_code, problem["type"], problem["errors"][0]["pointer"]) == (422, kind, place)


def test_a_constant_has_no_derivative(client: TestClient) -> None:
    assert ask(client, GRAPHS, {"expression": "2 + 3"})["variables"] == []


def test_a_network_too_large_to_be_written_out(client: TestClient, mazur: dict[str, Any]) -> None:
    body = {"network": {"inputs": 9, "layers": [{"size": 9}, {"size": 2}]},
            "batch": {"inputs": [[0.1] * 9], "targets": [[0, 1]]}}  # fmt: skip
    answer = client.post(NETWORKS, json=body)
    assert (answer.status_code, answer.json()["type"]) == (422, "network-too-large")
    assert answer.json()["limit"]["name"] == "graph_nodes"
    mazur["network"]["layers"][0]["activation"] = "gelu"
    answer = client.post(NETWORKS, json=mazur)
    assert answer.json()["errors"][0]["pointer"] == "/network/layers/0/activation"
    assert answer.status_code == 422


def test_beyond_float32_it_is_computed_all_the_same(client: TestClient, mazur: dict[str, Any]) -> None:
    mazur["parameters"]["weights"][0][0][0] = 1e154
    body = {name: mazur[name] for name in ("network", "parameters", "batch")} | {"symbolic": False}
    answer = ask(client, NETWORKS, body | {"precision": "float32"})
    assert answer == ask(client, NETWORKS, body)
