"""POST /graphs: the numbers of an expression and its steps, limits by name, and a clear problem for every bad body."""

from typing import Any

import orjson
import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from app.graphs import GraphAnswer
from app.payloads import SHAPES
from app.problems import KINDS
from backprop_core import TEXTBOOKS, graph_examples
from tests.app.bodies import Bad
from tests.app.graph_bodies import BAD_GRAPHS, BAD_NAMES, BAD_PUSHES, BIG, GOOD, NAMED
from tests.effort import light

HEADERS = {"content-type": "application/json"}


def ask(client: TestClient, **body: Any) -> dict[str, Any]:
    answer = client.post("/api/v1/graphs", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = orjson.loads(answer.content)
    # Steps are those of traces, in which a number that is not finite is null.
    TypeAdapter(GraphAnswer).validate_python(found if "diverged" not in found else found | {"steps": []})
    return found


def test_the_first_example(client: TestClient) -> None:
    answer = ask(client, **GOOD)
    assert (answer["output"], answer["value"]) == (4, -12.0)
    nodes = [(one["name"], one["symbol"], one["operation"], one["operands"], one["value"], one["gradient"])
             for one in answer["nodes"]]  # fmt: skip
    assert nodes == [
        ("x", "x", "input", [], -2.0, -4.0),
        ("y", "y", "input", [], 5.0, -4.0),
        ("", "q", "add", [0, 1], 3.0, -4.0),
        ("z", "z", "input", [], -4.0, 3.0),
        ("f", "f", "multiply", [2, 3], -12.0, 1.0),
    ]
    edges = [tuple(one.values()) for one in answer["edges"]]
    assert edges == [(0, 0, 2, 0, 1.0, -4.0), (1, 1, 2, 1, 1.0, -4.0), (2, 2, 4, 0, -4.0, -4.0), (3, 3, 4, 1, 3.0, 3.0)]
    assert [one["kind"] for one in answer["steps"]] == [
        "input", "operation", "operation", "output_gradient", "chain_rule", "chain_rule"]  # fmt: skip
    assert answer["kinks"] == []
    assert "check" not in answer
    assert "diverged" not in answer


def test_the_expression_alone_decides_which_values_there_are(client: TestClient) -> None:
    answer = ask(client, expression="f = a*x + exp(b)", values={"x": 2, "z": 9}, default_value=1)
    assert answer["values"] == {"a": 1.0, "x": 2.0, "b": 1.0}
    assert answer["nodes"] == ask(client, expression="f = a*x + exp(b)", values={"a": 1, "x": 2, "b": 1})["nodes"]
    refused = client.post("/api/v1/graphs", json={"expression": "f = a*x", "values": {"x": 2}})
    assert refused.json()["errors"][0]["pointer"] == "/values/a"


def test_steps_have_the_shape_of_a_trace(client: TestClient, mazur: dict[str, Any]) -> None:
    trace = client.post("/api/v1/traces", json=mazur).json()
    assert {frozenset(step) for step in ask(client, **GOOD)["steps"]} == {frozenset(trace["steps"][0])}


@pytest.mark.parametrize("textbook", list(TEXTBOOKS))
def test_every_textbook_lends_its_words(client: TestClient, textbook: str) -> None:
    answer = ask(client, **GOOD, textbook=textbook)
    others = [ask(client, **GOOD, textbook=other) for other in TEXTBOOKS if other != textbook]
    assert answer["textbook"] == textbook
    assert answer["steps"][-1]["sentence"] not in [other["steps"][-1]["sentence"] for other in others]
    assert all(other["nodes"] == answer["nodes"] for other in others)


def test_without_steps(client: TestClient) -> None:
    assert "steps" not in ask(client, **GOOD, steps=False)


def test_a_check_comes_where_a_step_size_is_given(client: TestClient) -> None:
    check = ask(client, **GOOD, step_size=1e-5)["check"]
    assert check["passed"] is True
    assert check["forward_passes"] == 6
    assert [one["name"] for one in check["checks"]] == ["x", "y", "z"]
    assert check["largest_relative_error"] < 1e-7


def test_what_is_not_finite_is_an_answer(client: TestClient) -> None:
    answer = ask(client, expression="a = x * 2; f = 1 / (a - 2) + a", values={"x": 1}, step_size=1e-5)
    assert answer["value"] is None
    assert answer["diverged"] == {"step": len(answer["steps"]) - 1, "layer": 6, "quantity": "value"}
    assert [one["value"] for one in answer["nodes"]] == [1.0, 2.0, 2.0, 1.0, 2.0, 0.0, None, None]
    assert {one["gradient"] for one in answer["nodes"]} == {None}
    assert answer["steps"][-1]["remarks"][-1]["kind"] == "not_finite"
    assert ask(client, expression="9**9**9**9", values={})["value"] is None


def test_corners_are_named(client: TestClient) -> None:
    answer = ask(client, expression="relu(x) + abs(x)", values={"x": 0})
    assert [one["operation"] for one in answer["kinks"]] == ["relu", "abs"]


@pytest.mark.parametrize("bad", BAD_GRAPHS, ids=[bad.name for bad in BAD_GRAPHS])
def test_a_bad_body_gets_its_problem(client: TestClient, bad: Bad) -> None:
    answer = light(lambda: client.post("/api/v1/graphs", content=bad.body, headers=HEADERS), 30)
    problem = orjson.loads(answer.content)
    assert (answer.status_code, problem["type"]) == (bad.status, bad.type), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["title"] == KINDS[bad.type].title
    assert problem["detail"].endswith(".")
    if bad.pointer is not None:
        assert problem["errors"][0]["pointer"] == bad.pointer


def test_there_are_enough_and_each_has_a_name_of_its_own() -> None:
    names = [bad.name for bad in BAD_GRAPHS]
    assert len(names) >= 70
    assert len(set(names)) == len(names)


def test_the_place_is_shown_under_the_line(client: TestClient) -> None:
    body = {"expression": "a = x\nf = (a + ) * 2", "values": {"x": 1}}
    (error,) = client.post("/api/v1/graphs", json=body).json()["errors"]
    assert (error["line"], error["column"]) == (2, 10)
    assert error["excerpt"] == "f = (a + ) * 2\n         ^"
    assert error["detail"].startswith("Line 2, column 10: ")


@pytest.mark.parametrize("text", ["SECRET + ", "<script>alert(1)</script>", "x = SECRET; SECRET = 2", "SECRET(x)"])
def test_a_detail_never_repeats_what_was_typed(client: TestClient, text: str) -> None:
    """Only the excerpt shows it."""
    problem = client.post("/api/v1/graphs", json={"expression": text, "values": {}}).json()
    for error in problem["errors"]:
        del error["excerpt"]
    assert not {"SECRET", "script"} & set(str(problem).replace("(", " ").replace("<", " ").split())


@pytest.mark.parametrize(("name", "text", "limit"), BIG, ids=[one[0] for one in BIG])
def test_a_limit_is_named_with_its_value(client: TestClient, name: str, text: str, limit: str) -> None:
    problem = client.post("/api/v1/graphs", json={"expression": text, "values": {}}).json()
    limits = {one["name"]: one["value"] for one in client.get("/api/v1/limits").json()}
    assert problem["limit"] == {"name": limit, "value": limits[limit]}
    assert limit in problem["detail"]
    assert len(problem["errors"][0]["excerpt"]) <= 123


def test_the_largest_expression_is_answered_in_time(client: TestClient) -> None:
    text = "a0 = x + 0.1\n" + "\n".join(f"a{k} = sin(a{k - 1})*a{k - 1} + x" for k in range(1, 84))
    answer = light(lambda: ask(client, expression=text, values={"x": 0.3}, step_size=1e-5), 200)
    assert len(answer["nodes"]) == 252
    assert answer["check"]["passed"] is True


def test_the_examples_are_ready_to_be_asked_for(client: TestClient) -> None:
    answer = client.get("/api/v1/graphs/examples")
    TypeAdapter(SHAPES["GraphExampleList"]).validate_json(answer.content)
    examples = answer.json()
    assert [one["id"] for one in examples] == [one.id for one in graph_examples()]
    for example in examples:
        found = ask(client, **example["request"])
        for printed in example["printed"]:
            quantity, node = printed["ref"].split(":")
            assert printed["computed"] == found["nodes"][int(node)][quantity]
            assert printed["agrees"] is True


@pytest.mark.parametrize(("granularity", "count"), [("pass", 2), ("node", 6), ("term", 8)])
def test_steps_come_as_coarse_as_they_are_asked_for(client: TestClient, granularity: str, count: int) -> None:
    answer = ask(client, **GOOD, granularity=granularity)
    assert answer["granularity"] == granularity
    assert len(answer["steps"]) == count
    assert answer["nodes"] == ask(client, **GOOD)["nodes"]


def test_a_push(client: TestClient) -> None:
    answer = client.post("/api/v1/graphs/nudges", json=NAMED | {"change": 0.5, "halvings": 3})
    TypeAdapter(SHAPES["GraphNudged"]).validate_json(answer.content)
    found = answer.json()
    assert [(one["change"], one["predicted"], one["actual"]) for one in found["pushes"]] == [
        (0.5, -2.0, -2.0), (0.25, -1.0, -1.0), (0.125, -0.5, -0.5), (0.0625, -0.25, -0.25)]  # fmt: skip
    assert found["moved"][-1] == {"node": 4, "before": -12.0, "after": -14.0}


def test_a_curve_has_the_points_of_a_networks_curve(client: TestClient) -> None:
    answer = client.post("/api/v1/graphs/gradient-curves", json=NAMED | {"expression": "x*y*z + sin(x)"})
    TypeAdapter(SHAPES["GraphCurve"]).validate_json(answer.content)
    found = answer.json()
    assert found["passed"] is True
    assert [found["points"][k]["step_size"] for k in (0, -1)] == [0.1, 1e-12]


@pytest.mark.parametrize("path", ["nudges", "gradient-curves"])
@pytest.mark.parametrize("bad", BAD_NAMES, ids=[bad.name for bad in BAD_NAMES])
def test_a_bad_question_about_a_node_gets_its_problem(client: TestClient, path: str, bad: Bad) -> None:
    judge(client, path, bad)


@pytest.mark.parametrize("bad", BAD_PUSHES, ids=[bad.name for bad in BAD_PUSHES])
def test_a_bad_push_gets_its_problem(client: TestClient, bad: Bad) -> None:
    judge(client, "nudges", bad)


def judge(client: TestClient, path: str, bad: Bad) -> None:
    answer = client.post(f"/api/v1/graphs/{path}", content=bad.body, headers=HEADERS)
    problem = orjson.loads(answer.content)
    assert (answer.status_code, problem["type"]) == (bad.status, bad.type), answer.text
    assert problem["errors"][0]["pointer"] == bad.pointer


def test_as_many_operands_as_there_may_be_are_told_in_time(client: TestClient) -> None:
    text = "+".join(f"max({','.join('x' * 240)})" for _ in range(4))
    answer = light(lambda: ask(client, expression=text, values={"x": 1}, granularity="term", step_size=1e-5), 200)
    assert answer["nodes"][0]["gradient"] == pytest.approx(4.0)


@pytest.mark.parametrize("path", ["nudges", "gradient-curves"])
def test_the_largest_expression_is_pushed_and_checked_in_time(client: TestClient, path: str) -> None:
    text = "a0 = x + 0.1\n" + "\n".join(f"a{k} = sin(a{k - 1})*a{k - 1} + x" for k in range(1, 84))
    body = {"expression": text, "values": {"x": 0.3}, "name": "x"}
    answer = light(lambda: client.post(f"/api/v1/graphs/{path}", json=body), 200)
    assert answer.status_code == 200


def test_the_example_of_the_description_is_answered(client: TestClient) -> None:
    operation = client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/graphs"]["post"]
    example = operation["requestBody"]["content"]["application/json"]["example"]
    assert ask(client, **example)["value"] == -12.0
