"""Tables sent to be read, and examples asked for by name: the answers, and what refuses them."""

from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from app.limits import Limits
from app.payloads import SHAPES
from backprop_core import DATASETS, DataRecipe, LayerSpec, NetworkSpec, Recipe, Run
from tests.effort import light

READINGS = "/api/v1/datasets/readings"
CSV = {"content-type": "text/csv"}
FLOWERS = "length;width;kind\n5,1;3,5;setosa\n7;3,2;versicolor\n4,9;3;setosa\n"
MARKUP = "<img src=x onerror=alert(1)>"


def sent(client: TestClient, text: bytes | str, **query: str | list[str]) -> Any:
    return client.post(READINGS, content=text, params=query, headers=CSV)


def test_a_table_is_answered_as_a_recipe_takes_it(client: TestClient) -> None:
    answer = sent(client, FLOWERS, cells="yes")
    assert answer.status_code == 200, answer.text
    TypeAdapter(SHAPES["Reading"]).validate_json(answer.content)
    found = answer.json()
    assert found["examples"] == {
        "input_names": ["length", "width"],
        "inputs": [[5.1, 3.5], [7, 3.2], [4.9, 3]],
        "classes": [0, 1, 0],
        "class_names": ["setosa", "versicolor"],
    }
    assert (found["separator"], found["decimal"], found["header"], found["target"]) == ("semicolon", "comma", True, 3)
    assert found["columns"][0] == {
        "number": 1,
        "name": "length",
        "kind": "number",
        "role": "input",
        "missing": 0,
        "min": 4.9,
        "max": 7,
        "classes": [],
    }
    assert found["columns"][2]["classes"] == ["setosa", "versicolor"]
    assert found["cells"][1] == ["7", "3,2", "versicolor"]
    assert len(found["notes"]) == 2


def test_what_was_read_is_learned_from_as_it_stands(client: TestClient) -> None:
    found = sent(client, FLOWERS + "5,2;3,1;setosa\n6,9;3;versicolor\n").json()["examples"]
    recipe = {
        "network": {"inputs": 2, "layers": [{"size": 2, "activation": "softmax"}], "cost": "cross_entropy"},
        "data": {"examples": found, "seed": 1, "test_share": 0.2, "scaling": "standard"},
    }
    made = client.post("/api/v1/sessions", json=recipe)
    assert made.status_code == 201, made.text
    data = made.json()["data"]
    assert (data["train"], data["test"], data["inputs"]) == (4, 1, 2)
    assert data["class_names"] == ["setosa", "versicolor"]
    assert data["input_names"] == ["length", "width"]


def test_the_options_are_honoured(client: TestClient) -> None:
    table = "1|2|3\n4|5|6\n7|8|9\n"
    found = sent(client, table, separator="pipe", header="no", target="1", inputs=["3"], learn="values").json()
    assert found["examples"] == {
        "input_names": ["column 3"],
        "inputs": [[3], [6], [9]],
        "values": [[1], [4], [7]],
        "value_names": ["column 1"],
    }


def test_the_place_of_an_error_is_a_number_of_its_own(client: TestClient) -> None:
    answer = sent(client, "x,y,c\n1,2,a\n3,oops,b\nno,5,a\n6,7,b\n8,9,a\n")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    problem = answer.json()
    assert problem["type"] == "unreadable-table"
    assert problem["detail"] == "2 places need a look; the first: Line 3, column 2: y: “oops” is no number."
    assert [(one["line"], one["column"]) for one in problem["errors"]] == [(3, 2), (4, 1)]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"target": "9"}, "target"),
        ({"target": MARKUP}, "target"),
        ({"inputs": ["kind"]}, "inputs"),
        ({"separator": "space"}, "separator"),
        ({"header": "perhaps"}, "header"),
        ({"header": "true"}, "header"),
        ({"columns": "2"}, "columns"),
        ({"target": "x" * 101}, "target"),
    ],
)
def test_an_option_that_cannot_be_is_named(client: TestClient, query: dict[str, Any], parameter: str) -> None:
    answer = sent(client, FLOWERS, **query)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == parameter
    assert MARKUP not in answer.text


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x", "text/csv2", ""])
def test_only_csv_is_taken(client: TestClient, kind: str) -> None:
    answer = client.post(READINGS, content=FLOWERS, headers={"content-type": kind} if kind else {})
    assert (answer.status_code, answer.json()["type"]) == (415, "unsupported-media-type")
    assert "text/csv" in answer.json()["detail"]


def test_no_other_address_takes_csv(client: TestClient) -> None:
    assert client.post("/api/v1/traces", content="{}", headers=CSV).status_code == 415


def test_headers_with_markup_stay_text(client: TestClient) -> None:
    found = sent(client, f"{MARKUP},y,c\n1,2,<b>a</b>\n3,4,b\n").json()
    assert found["examples"]["input_names"] == [MARKUP, "y"]
    assert found["examples"]["class_names"] == ["<b>a</b>", "b"]
    answer = sent(client, f"{MARKUP},y,c\n1,2,<b>a</b>\nx,4,b\n5,6,a\n")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(("row", "limit"), [("1\n", "table_lines"), ("1,2\n", "table_bytes")])
def test_a_million_rows_are_refused_at_once(client: TestClient, row: str, limit: str) -> None:
    answer = light(lambda: sent(client, row * 1_000_000), 10)  # the client's own work is in it
    assert answer.json()["limit"]["name"] == limit


@pytest.mark.parametrize("name", ["lines", "columns", "cells", "cell_characters", "classes"])
def test_a_table_over_a_limit_names_it(client: TestClient, name: str) -> None:
    limit = f"table_{name}"
    text = {
        "lines": "1,2\n" * (Limits().table_lines + 1),
        "columns": "1," * Limits().table_columns + "1\n",
        "cells": ("1," * 249 + "1\n") * 801,
        "cell_characters": "1," + "2" * (Limits().table_cell_characters + 1),
        "classes": "".join(f"{row},class {row}\n" for row in range(Limits().table_classes + 1)),
    }[name]
    answer = sent(client, text)
    assert (answer.status_code, answer.json()["type"]) == (422, "table-too-large")
    assert answer.json()["limit"] == {"name": limit, "value": getattr(Limits(), limit)}
    assert {"line", "column"} <= set(answer.json()["errors"][0])


@pytest.mark.parametrize("name", DATASETS)
def test_examples_of_a_data_set(client: TestClient, name: str) -> None:
    answer = client.get(f"/api/v1/datasets/{name}", params={"count": 4, "seed": 3})
    assert answer.status_code == 200, answer.text
    TypeAdapter(SHAPES["DatasetExamples"]).validate_json(answer.content)
    found, entry = answer.json(), DATASETS[name]
    assert np.shape(found["inputs"]) == (4, entry.inputs)
    assert len(found["input_names"]) == entry.inputs
    assert ("values" in found) == entry.is_regression


def test_they_are_the_points_that_a_session_learns_from(client: TestClient) -> None:
    asked = {"count": 30, "noise": 0.1, "classes": 3, "seed": 7}
    found = client.get("/api/v1/datasets/spirals", params=asked).json()
    data = DataRecipe(name="spirals", count=30, noise=0.1, classes=3, seed=7, test_share=0.2, scaling="none")
    run = Run(Recipe(NetworkSpec(2, (LayerSpec(3, "softmax"),), cost="cross_entropy"), data))
    learned = np.vstack([run.prepared.train.inputs, run.prepared.test.inputs])
    assert sorted(map(tuple, found["inputs"])) == sorted(map(tuple, learned.tolist()))


@pytest.mark.parametrize(
    ("name", "query", "status", "parameter"),
    [
        ("iris", {"count": 151}, 422, "count"),
        ("iris", {"classes": 4}, 422, "classes"),
        ("spirals", {"noise": -1}, 422, "noise"),
        ("spirals", {"noise": "nan"}, 422, "noise"),
        ("spirals", {"seed": -1}, 422, "seed"),
        ("spirals", {"size": 1}, 422, "size"),
        ("digits_28", {}, 422, "count"),
        ("spirals", {"count": 100_001}, 422, "count"),
        ("nothing", {}, 404, None),
    ],
)
def test_examples_that_are_not_there(
    client: TestClient, name: str, query: dict[str, Any], status: int, parameter: str | None
) -> None:
    answer = client.get(f"/api/v1/datasets/{name}", params=query)
    assert answer.status_code == status
    if parameter:
        assert answer.json()["errors"][0]["parameter"] == parameter
