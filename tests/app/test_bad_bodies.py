"""Every named bad body gets its status and its type of problem, quickly, and never its own text back."""

import json

import orjson
import pytest
from starlette.testclient import TestClient

from app.problems import KINDS
from tests.app.bad_bodies import BAD_BODIES
from tests.app.bodies import Bad, at
from tests.effort import light

HEADERS = {"content-type": "application/json"}


@pytest.mark.parametrize("bad", BAD_BODIES, ids=[bad.name for bad in BAD_BODIES])
def test_a_bad_body_gets_its_problem(client: TestClient, bad: Bad) -> None:
    answer = light(lambda: client.post("/api/v1/traces", content=bad.body, headers=HEADERS), 60)  # 20 in fact
    assert (answer.status_code, answer.json()["type"]) == (bad.status, bad.type), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = orjson.loads(answer.content)
    assert set(problem) <= {"type", "title", "status", "detail", "errors", "limit"}
    assert (problem["status"], problem["title"]) == (bad.status, KINDS[bad.type].title)
    assert problem["detail"].endswith(".")
    if bad.pointer is not None:
        assert problem["errors"][0]["pointer"] == bad.pointer, answer.text


@pytest.mark.parametrize("bad", BAD_BODIES, ids=[bad.name for bad in BAD_BODIES])
def test_a_gradient_check_refuses_the_same_bodies(client: TestClient, bad: Bad) -> None:
    answer = client.post("/api/v1/gradient-checks", content=bad.body, headers=HEADERS)
    # A check has limits of its own on work, and no answer that grows with the batch.
    other = {"answer-too-large": {"work-too-large"}}.get(bad.type, set())
    assert answer.json()["type"] in {bad.type, *other}, answer.text


def test_there_are_enough_and_each_has_a_name_of_its_own() -> None:
    names = [bad.name for bad in BAD_BODIES]
    assert len(names) >= 150
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("text", ["SECRET-7f3a", "<script>alert(1)</script>", "/etc/passwd"])
@pytest.mark.parametrize("place", ["/textbook", "/network/cost", "/network/layers/0/activation", "/learning_rate"])
def test_a_problem_never_repeats_a_value(client: TestClient, text: str, place: str) -> None:
    answer = client.post("/api/v1/traces", content=at(place, text), headers=HEADERS)
    assert answer.status_code == 422
    assert text not in answer.text


def test_of_a_key_that_stands_twice_the_last_one_counts(client: TestClient) -> None:
    body = at("/learning_rate", "never").replace(b'"learning_rate"', b'"learning_rate": 0.25, "learning_rate"')
    assert client.post("/api/v1/traces", content=body, headers=HEADERS).status_code == 422
    body = body.replace(b'"never"', b"0.75")
    answer = client.post("/api/v1/traces", content=body, headers=HEADERS)
    assert answer.json()["learning_rate"] == 0.75


def refusal(client: TestClient, body: bytes) -> str:
    detail: str = client.post("/api/v1/traces", content=body, headers=HEADERS).json()["detail"]
    return detail


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"\xef\xbb\xbf{}", "starts with a byte-order mark"),
        ("{}".encode("utf-16"), "not UTF-8 at byte 0"),
        (b'{"textbook": "\xff"}', "not UTF-8 at byte 14"),
        (b'{"textbook": "\xed\xa0\x80"}', "not UTF-8 at byte 14"),
        (rb'{"textbook": "\ud800"}', "half of a surrogate pair"),
    ],
)
def test_what_is_wrong_with_the_characters_is_said(client: TestClient, body: bytes, words: str) -> None:
    assert words in refusal(client, body)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/network/layers/1/activation", "swish"),
        ("/network/cost", "hinge"),
        ("/network/inputs", 0),
        ("/network/relu_slope_at_zero", 2),
        ("/textbook", "bishop"),
    ],
)
def test_a_detail_starts_with_its_place(client: TestClient, path: str, value: object) -> None:
    assert refusal(client, at(path, value)).startswith(path)


@pytest.mark.parametrize(("fields", "words"), [(20, "20 values need"), (21, "At least 20 values need")])
def test_a_list_of_errors_that_was_cut_is_called_so(client: TestClient, fields: int, words: str) -> None:
    body = json.loads(at("/learning_rate", 0.5)) | {f"x{number}": 1 for number in range(fields)}
    assert refusal(client, json.dumps(body).encode()).startswith(words)


def test_an_empty_batch_is_told_what_it_needs(client: TestClient) -> None:
    assert refusal(client, at("/batch/inputs", [])) == "/batch/inputs needs at least 1 example."
