"""POST /derivations: one document in four formats, as large as asked for, and refused where it would be too large."""

import csv
import io
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.budget import check_derivation
from app.limits import Limits
from app.problems import Problem
from app.schemas import TraceRequest
from tests.app.bodies import dumped, net

ADDRESS = "/api/v1/derivations"
BEGINNINGS = {
    "text/plain": "Backpropagation in a 2-2-2 network, in the words of Nielsen\n===",
    "text/csv": "step,phase,kind,layer,name,place,quantity,row,column,value\r\n",
    "text/markdown": "# Backpropagation in a 2-2-2 network, in the words of Nielsen\n",
    "application/x-tex": r"\documentclass[10pt,a4paper]{article}",
}


@pytest.mark.parametrize(("media_type", "beginning"), BEGINNINGS.items())
def test_the_format_is_that_of_the_accept_header(
    client: TestClient, mazur: Any, media_type: str, beginning: str
) -> None:
    answer = client.post(ADDRESS, json=mazur, headers={"accept": media_type})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('inline; filename="backscope-nielsen.')
    assert answer.content.decode().startswith(beginning)
    assert "0.138" in answer.text


def test_without_a_wish_it_is_text(client: TestClient, mazur: Any) -> None:
    for accept in ("*/*", "text/*", "application/json;q=0.9, */*;q=0.1"):
        answer = client.post(ADDRESS, json=mazur, headers={"accept": accept})
        assert answer.headers["content-type"].startswith("text/plain")
    refused = client.post(ADDRESS, json=mazur, headers={"accept": "application/json"})
    assert (refused.status_code, refused.json()["type"]) == (406, "not-acceptable")


def test_the_table_holds_the_numbers_of_the_trace(client: TestClient, mazur: Any) -> None:
    trace = client.post("/api/v1/traces", json=mazur).json()
    text = client.post(ADDRESS, json=mazur, headers={"accept": "text/csv"}).content.decode()
    found = [row for row in csv.DictReader(io.StringIO(text, newline="")) if row["quantity"] == "updated_weights:2"]
    values = [[float(row["value"]) for row in found if row["row"] == str(at)] for at in (1, 2)]
    assert values == trace["layers"][2]["updated_weights"]


def test_a_window_takes_a_part_and_a_text_its_words(client: TestClient, mazur: Any) -> None:
    body = mazur | {"window": {"first": 2, "count": 3}, "textbook": "johnston", "steps": False}
    text = client.post(ADDRESS, json=body).text
    assert "in the words of Johnston" in text
    assert "\n3. " in text
    assert "\n2. " not in text
    assert "\n5. " in text
    assert "\n6. " not in text


def refused(body: dict[str, Any], limits: Limits) -> str | None:
    try:
        check_derivation(TraceRequest.model_validate_json(dumped(body)), limits)
    except Problem as problem:
        return str(problem.limit and problem.limit["name"])
    return None


def test_what_would_be_too_large_is_refused_by_name(client: TestClient) -> None:
    body = net({"size": 3})
    assert refused(body, Limits()) is None
    assert refused(body | {"steps": False}, Limits(narrated_numbers=8)) == "narrated_numbers"
    assert refused(body, Limits(trace_numbers=8)) == "trace_numbers"
    with pytest.raises(Problem, match="smaller batch, or of a smaller network"):
        check_derivation(TraceRequest.model_validate_json(dumped(body)), Limits(narrated_numbers=8))
    many = net({"size": 100}, {"size": 100}) | {"granularity": "term"}
    answer = client.post(ADDRESS, json=many)
    assert answer.json()["limit"]["name"] == "told_steps"


def test_a_bad_body_is_refused_as_for_a_trace(client: TestClient, mazur: Any) -> None:
    answer = client.post(ADDRESS, json=mazur | {"example": 7})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/example")
    assert client.post(ADDRESS, json=mazur | {"format": "tex"}).status_code == 422
