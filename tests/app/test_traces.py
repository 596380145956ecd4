"""POST /traces: Mazur's example to 1e-12, one set of steps in three formats, strict JSON, divergence as an answer."""

import json
from typing import Any

import numpy as np
import orjson
import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from app.payloads import TraceAnswer

TRACES = "/api/v1/traces"
NDJSON, EVENTS = {"accept": "application/x-ndjson"}, {"accept": "text/event-stream"}

# ../cases: Mazur, "A Step by Step Backpropagation Example", recomputed in float64.
PUBLISHED: dict[tuple[int, str], Any] = {
    (1, "weighted_input"): [[0.3775, 0.3925]],
    (1, "activation"): [[0.5932699921071872, 0.596884378259767]],
    (2, "weighted_input"): [[1.10590596705977, 1.2249214040964653]],
    (2, "activation"): [[0.7513650695523157, 0.7729284653214625]],
    (2, "activation_slope"): [[0.18681560180895948, 0.17551005281727122]],
    (2, "error"): [[0.13849856162855695, -0.038098236516556236]],
    (1, "activation_gradient"): [[0.03635030639314466, 0.0413703226487447]],
    (1, "activation_slope"): [[0.24130070857232525, 0.2406134172492184]],
    (1, "error"): [[0.00877135468948693, 0.009954254705217196]],
    (1, "weight_gradient"): [
        [0.0004385677344743465, 0.000877135468948693],
        [0.0004977127352608599, 0.0009954254705217198],
    ],
    (2, "weight_gradient"): [
        [0.08216704056423077, 0.08266762784753325],
        [-0.02260254047747507, -0.022740242215978222],
    ],
    (1, "updated_weights"): [[0.1497807161327628, 0.19956143226552567], [0.24975114363236958, 0.29950228726473915]],
    (2, "updated_weights"): [[0.35891647971788465, 0.4086661860762334], [0.5113012702387375, 0.5613701211079891]],
    (1, "updated_biases"): [0.35, 0.35],
    (2, "updated_biases"): [0.6, 0.6],
}


def post(client: TestClient, body: Any, headers: dict[str, str] | None = None) -> Any:
    answer = client.post(TRACES, json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    return strict(answer.content)


def strict(text: bytes) -> Any:
    def refuse(literal: str) -> None:
        raise AssertionError(f"{literal} is not JSON")

    return json.loads(text, parse_constant=refuse)


def test_mazur_gives_every_published_number(client: TestClient, mazur: Any) -> None:
    trace = post(client, mazur)
    for (layer, quantity), expected in PUBLISHED.items():
        np.testing.assert_allclose(trace["layers"][layer][quantity], expected, rtol=1e-12, err_msg=quantity)
    assert trace["cost"] == pytest.approx(0.2983711087600027, rel=1e-12)
    assert trace["costs"] == [trace["cost"]]


def test_mazur_with_biases_updated(client: TestClient, mazur: Any) -> None:
    trace = post(client, mazur | {"freeze_biases": False})
    np.testing.assert_allclose(
        trace["layers"][1]["updated_biases"], [0.3456143226552565, 0.3450228726473914], rtol=1e-12
    )
    np.testing.assert_allclose(
        trace["layers"][2]["updated_biases"], [0.5307507191857215, 0.6190491182582781], rtol=1e-12
    )


def test_the_answer_says_what_was_used(client: TestClient, mazur: Any) -> None:
    trace = post(client, mazur)
    assert trace["parameters"] == mazur["parameters"]
    assert trace["batch"] == mazur["batch"]
    assert trace["network"]["layers"][0] == {"size": 2, "activation": "sigmoid"}
    names = ("learning_rate", "freeze_biases", "example", "textbook", "granularity", "precision")
    assert [trace[name] for name in names] == [0.5, True, 0, "nielsen", "equation", "float64"]
    assert [layer["layer"] for layer in trace["layers"]] == [0, 1, 2]


def test_an_answer_can_be_sent_back_as_a_request(client: TestClient, mazur: Any) -> None:
    first = post(client, mazur)
    names = ("network", "parameters", "batch", "learning_rate", "freeze_biases", "textbook", "granularity")
    assert post(client, {name: first[name] for name in names}) == first


def test_the_answer_is_of_the_described_shape(client: TestClient, mazur: Any) -> None:
    for change in ({}, {"granularity": "pass"}, {"learning_rate": None}, {"steps": False}, {"learning_rate": 1e308}):
        answer = client.post(TRACES, json=mazur | change)
        TypeAdapter(TraceAnswer).validate_json(answer.content)


@pytest.mark.parametrize("granularity", ["pass", "layer", "equation", "neuron", "term"])
def test_lines_and_events_are_the_steps_of_the_document(client: TestClient, mazur: Any, granularity: str) -> None:
    body = mazur | {"granularity": granularity}
    steps = post(client, body)["steps"]
    assert [step["index"] for step in steps] == list(range(len(steps)))
    lines = client.post(TRACES, json=body, headers=NDJSON)
    assert lines.headers["content-type"] == "application/x-ndjson"
    assert [strict(line) for line in lines.content.splitlines()] == steps
    stream = client.post(TRACES, json=body, headers=EVENTS)
    assert stream.headers["content-type"].startswith("text/event-stream")
    events = [dict(line.split(": ", 1) for line in event.splitlines()) for event in stream.text.strip().split("\n\n")]
    assert [strict(event["data"].encode()) for event in events[:-1]] == steps
    assert [event["id"] for event in events[:-1]] == [str(index) for index in range(len(steps))]
    assert {event["event"] for event in events[:-1]} == {"step"}
    assert (events[-1]["event"], strict(events[-1]["data"].encode())) == ("end", {"steps": len(steps)})


def windowed(body: dict[str, Any], granularity: str, first: int, count: int) -> dict[str, Any]:
    return body | {"granularity": granularity, "window": {"first": first, "count": count}}


@pytest.mark.parametrize("granularity", ["pass", "equation", "neuron", "term"])
def test_a_window_holds_the_steps_that_stand_there(client: TestClient, mazur: Any, granularity: str) -> None:
    whole = post(client, mazur | {"granularity": granularity})
    assert whole["step_count"] == len(whole["steps"])
    for first, count in ((0, 1), (1, 2), (len(whole["steps"]) - 1, 200), (10**6, 1)):
        body = windowed(mazur, granularity, first, count)
        answer = post(client, body)
        assert answer["steps"] == whole["steps"][first : first + count]
        assert {name: answer[name] for name in ("step_count", "parts")} == {
            name: whole[name] for name in ("step_count", "parts")
        }
        lines = client.post(TRACES, json=body, headers=NDJSON).content.splitlines()
        assert [strict(line) for line in lines] == answer["steps"]


def test_every_answer_counts_the_parts_of_its_equation_steps(client: TestClient, mazur: Any) -> None:
    equations = post(client, mazur)
    for granularity in ("neuron", "term"):
        steps = post(client, mazur | {"granularity": granularity})["steps"]
        plans = equations["parts"][granularity]
        assert [plan["count"] for plan in plans] == [
            sum(step["part"]["of"] == index for step in steps) for index in range(len(equations["steps"]))
        ]
        for plan in plans:
            units = [(max(1, run["rows"]) * max(1, run["columns"]), run["beats"]) for run in plan["runs"]]
            assert plan["count"] == sum(units * sum(beat["count"] for beat in beats) for units, beats in units)


def test_more_steps_than_one_answer_tells_are_asked_for_by_window_or_streamed(client: TestClient) -> None:
    body = {
        "network": {"inputs": 64, "layers": [{"size": 32}]},
        "batch": {"inputs": [[0.5] * 64], "targets": [[0.5] * 32]},
        "granularity": "term",
    }
    refused = client.post(TRACES, json=body)
    assert (refused.status_code, refused.json()["type"]) == (422, "answer-too-large")
    assert refused.json()["limit"]["name"] == "told_steps"
    assert "window" in refused.json()["detail"]
    count = refused.json()["limit"]["given"]
    assert post(client, windowed(body, "term", count - 3, 3))["step_count"] == count
    lines = client.post(TRACES, json=body, headers=NDJSON).content.splitlines()
    assert len(lines) == count


def test_a_long_stream_comes_in_parts_and_loses_nothing(client: TestClient) -> None:
    layers = [{"size": 12, "activation": "tanh"}] * 12
    body = {
        "network": {"inputs": 12, "layers": layers},
        "batch": {"inputs": [[0.1] * 12] * 3, "targets": [[0.2] * 12] * 3},
        "learning_rate": 0.1,
    }
    with client.stream("POST", TRACES, json=body, headers=NDJSON) as answer:
        parts = list(answer.iter_bytes())
    steps = [strict(line) for line in b"".join(parts).splitlines()]
    assert len(parts) > 1
    assert steps == post(client, body)["steps"]


def test_without_steps_there_is_nothing_to_stream(client: TestClient, mazur: Any) -> None:
    assert "steps" not in post(client, mazur | {"steps": False})
    answer = client.post(TRACES, json=mazur | {"steps": False}, headers=NDJSON)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/steps")


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "application/json;q=0", "image/*", "nonsense"])
def test_a_format_we_do_not_have_is_refused(client: TestClient, mazur: Any, accept: str) -> None:
    answer = client.post(TRACES, json=mazur, headers={"accept": accept})
    assert (answer.status_code, answer.json()["type"]) == (406, "not-acceptable")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/*;q=0.1", "application/json"),
        ("application/x-ndjson, application/json;q=0.9", "application/x-ndjson"),
        ("text/*", "text/event-stream"),
        ("application/json;q=0, */*", "application/x-ndjson"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "application/json"),
    ],
)
def test_the_format_liked_best_is_sent(client: TestClient, mazur: Any, accept: str, kind: str) -> None:
    answer = client.post(TRACES, json=mazur, headers={"accept": accept})
    assert answer.headers["content-type"].split(";")[0] == kind


def test_a_bad_body_is_refused_before_a_stream_begins(client: TestClient, mazur: Any) -> None:
    answer = client.post(TRACES, json=mazur | {"example": 7}, headers=EVENTS)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_a_shape_that_does_not_fit_is_told_with_both_shapes(client: TestClient, mazur: Any) -> None:
    mazur["parameters"]["weights"][0] = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    problem = client.post(TRACES, json=mazur).json()
    assert "2×2" in problem["detail"]
    assert "2×3" in problem["detail"]


def test_divergence_is_an_answer(client: TestClient, mazur: Any) -> None:
    mazur["network"]["layers"] = [{"size": 2, "activation": "identity"}] * 2
    mazur["parameters"]["weights"] = [[[1e200, 1e200]] * 2] * 2
    mazur["batch"]["inputs"] = [[1e200, 1.0]]
    trace = post(client, mazur)
    assert trace["diverged"]["layer"] == 1
    assert trace["diverged"]["quantity"] == "weighted_input"
    assert trace["diverged"]["step"] == len(trace["steps"]) - 1
    assert (trace["cost"], trace["costs"]) == (None, [None])
    assert trace["layers"][1]["weighted_input"] == [[None, None]]
    assert trace["layers"][2]["error"] is None
    stream = client.post(TRACES, json=mazur, headers=EVENTS).text.strip().split("\n\n")
    assert strict(stream[-1].split("data: ")[1].encode())["diverged"] == trace["diverged"]


def test_float32_is_float32(client: TestClient, mazur: Any) -> None:
    trace = post(client, mazur | {"precision": "float32"})
    assert trace["cost"] == pytest.approx(0.2983711087600027, rel=1e-6)
    assert np.float32(trace["layers"][1]["weights"][0][0]) == np.float32(0.15)
    huge = mazur | {"precision": "float32", "learning_rate": 3e38}
    huge["parameters"] = {**mazur["parameters"], "weights": [[[3e38, 0.2], [0.25, 0.3]], [[0.4, 0.45], [0.5, 0.55]]]}
    huge["batch"] = {**mazur["batch"], "inputs": [[20.0, 0.1]]}
    assert "diverged" in post(client, huge)


def test_a_seed_draws_the_same_parameters_again(client: TestClient, mazur: Any) -> None:
    del mazur["parameters"]
    drawn = [post(client, mazur | {"initialization": {"scheme": "nielsen", "seed": seed}}) for seed in (7, 7, 8)]
    assert drawn[0] == drawn[1]
    assert drawn[0]["parameters"] != drawn[2]["parameters"]
    assert post(client, mazur) == post(client, mazur | {"initialization": {}})


def test_the_example_of_the_steps_is_chosen(client: TestClient, mazur: Any) -> None:
    mazur["batch"] = {"inputs": [[0.05, 0.1], [1.0, -1.0]], "targets": [[0.01, 0.99], [0.0, 1.0]]}
    both = [post(client, mazur | {"example": row}) for row in (0, 1)]
    assert both[0]["layers"] == both[1]["layers"]
    assert both[1]["steps"][0]["result"] == [[1.0], [-1.0]]


@pytest.mark.parametrize("cost", ["quadratic", "squared_error"])
@pytest.mark.parametrize("bias", [True, False])
def test_networks_without_biases_and_with_an_active_input(client: TestClient, cost: str, bias: bool) -> None:
    body = {
        "network": {"inputs": 2, "layers": [{"size": 1}], "cost": cost, "bias": bias, "input_activation": "tanh"},
        "batch": {"inputs": [[1, 2]], "targets": [[1]]},
    }
    trace = post(client, body)
    assert ("biases" in trace["parameters"]) is bias
    assert trace["learning_rate"] is None
    assert {step["phase"] for step in trace["steps"]} == {"forward", "cost", "backward", "gradient"}


def test_arrays_are_sent_as_they_lie(client: TestClient, mazur: Any) -> None:
    answer = client.post(TRACES, json=mazur)
    assert orjson.loads(answer.content) == strict(answer.content)
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_the_answer_says_what_drew_its_parameters(client: TestClient, mazur: dict[str, Any]) -> None:
    drawn = {name: value for name, value in mazur.items() if name != "parameters"}
    assert post(client, drawn)["initialization"] == {"scheme": "xavier_normal", "seed": 1}
    asked = {"scheme": "he_uniform", "seed": 5}
    answer = post(client, drawn | {"initialization": asked})
    assert answer["initialization"] == asked
    again = post(client, drawn | {"initialization": answer["initialization"]})
    assert again["parameters"] == answer["parameters"]
    assert "initialization" not in post(client, mazur)
