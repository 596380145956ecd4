"""POST /graphs/derivations: an expression as a document in four formats, in part where asked, refused as a graph is."""

from typing import Any

import pytest
from starlette.testclient import TestClient

ADDRESS = "/api/v1/graphs/derivations"
BODY: dict[str, Any] = {"expression": "f = (x + y) * z", "values": {"x": -2, "y": 5, "z": -4}}
BEGINNINGS = {
    "text/plain": ("txt", "Backpropagation in a graph of 5 nodes, in the words of Nielsen\n==="),
    "text/csv": ("csv", "step,phase,kind,layer,name,place,quantity,row,column,value\r\n1,forward,input"),
    "text/markdown": ("md", "# Backpropagation in a graph of 5 nodes, in the words of Nielsen\n"),
    "application/x-tex": ("tex", r"\documentclass[10pt,a4paper]{article}"),
}


@pytest.mark.parametrize("media_type", BEGINNINGS)
def test_the_format_is_that_of_the_accept_header(client: TestClient, media_type: str) -> None:
    ending, beginning = BEGINNINGS[media_type]
    answer = client.post(ADDRESS, json=BODY, headers={"accept": media_type})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
    assert answer.headers["content-disposition"] == f'inline; filename="backscope-graph-nielsen.{ending}"'
    assert answer.content.decode().startswith(beginning)
    assert "-12" in answer.text.replace("−", "-")


def test_without_a_wish_it_is_text_and_json_is_refused(client: TestClient) -> None:
    assert client.post(ADDRESS, json=BODY).headers["content-type"].startswith("text/plain")
    refused = client.post(ADDRESS, json=BODY, headers={"accept": "application/json"})
    assert (refused.status_code, refused.json()["type"]) == (406, "not-acceptable")


def test_a_window_takes_a_part_and_a_body_of_a_graph_is_taken_as_it_is(client: TestClient) -> None:
    body = BODY | {"window": {"first": 2, "count": 3}, "textbook": "sun", "steps": False, "step_size": 1e-5}
    text = client.post(ADDRESS, json=body).text
    assert "in the words of Sun" in text
    assert [f"\n{number}. " in text for number in range(1, 7)] == [False, False, True, True, True, False]
    finer = client.post(ADDRESS, json={"expression": "x*x", "default_value": 3, "granularity": "term"}).text
    assert "x gets gradient 2 of 2" in finer


@pytest.mark.parametrize(
    ("change", "kind", "place"),
    [
        ({"expression": "f = (x +"}, "unreadable-expression", "/expression"),
        ({"values": {"x": 1}}, "missing-field", "/values/y"),
        ({"window": {"count": 0}}, "invalid-value", "/window/count"),
        ({"window": {"last": 3}}, "unknown-field", "/window/last"),
        ({"format": "tex"}, "unknown-field", "/format"),
        ({"granularity": "equation"}, "invalid-value", "/granularity"),
    ],
)
def test_a_bad_body_is_refused_as_for_a_graph(client: TestClient, change: Any, kind: str, place: str) -> None:
    answer = client.post(ADDRESS, json=BODY | change)
    problem = answer.json()
    assert (answer.status_code, problem["type"], problem["errors"][0]["pointer"]) == (422, kind, place)
