"""Every route that asks something of a trace refuses what it cannot answer, by name, quickly and without an echo."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import orjson
import pytest
from starlette.testclient import TestClient

from app.problems import KINDS
from tests.app.asked_bodies import ASKED, QUESTIONS
from tests.app.bad_bodies import BAD_BODIES
from tests.app.bodies import Bad
from tests.app.conftest import MAZUR
from tests.effort import light

HEADERS = {"content-type": "application/json"}
BADLY_ASKED = [pytest.param(route, bad, id=f"{route}: {bad.name}") for route, many in ASKED.items() for bad in many]
SLOWEST = 60  # units of effort; 20 in fact


@pytest.mark.parametrize(("route", "bad"), BADLY_ASKED)
def test_a_question_without_an_answer_gets_its_problem(client: TestClient, route: str, bad: Bad) -> None:
    answer = light(lambda: client.post(f"/api/v1/{route}", content=bad.body, headers=HEADERS), SLOWEST)
    assert (answer.status_code, answer.json()["type"]) == (bad.status, bad.type), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = orjson.loads(answer.content)
    assert problem["title"] == KINDS[bad.type].title
    assert problem["errors"][0]["pointer"] == bad.pointer, answer.text
    for echo in ("SECRET", "<script", "passwd", "HYPERLINK"):
        assert echo not in answer.text


@pytest.mark.parametrize("route", QUESTIONS)
@pytest.mark.parametrize("bad", BAD_BODIES, ids=[bad.name for bad in BAD_BODIES])
def test_a_bad_body_is_refused_as_for_a_trace(client: TestClient, route: str, bad: Bad) -> None:
    """With a good question beside it, where a question can stand beside it."""
    body = bad.body
    try:
        read = json.loads(body, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        read = None
    if isinstance(read, dict) and body.rstrip().endswith(b"}"):
        more = json.dumps(QUESTIONS[route]).encode()[1:-1]
        body = body.rstrip()[:-1] + (b", " if read and more else b"") + more + b"}"
    answer = light(lambda: client.post(f"/api/v1/{route}", content=body, headers=HEADERS), SLOWEST)
    # These routes tell one thing, not every number, so only what is computed is bounded there.
    assert answer.json()["type"] == bad.type, answer.text


@pytest.mark.parametrize("route", QUESTIONS)
def test_twenty_at_once_get_twenty_equal_answers(client: TestClient, route: str) -> None:
    body: dict[str, Any] = MAZUR | QUESTIONS[route]

    def ask(_: int) -> tuple[int, bytes]:
        answer = client.post(f"/api/v1/{route}", json=body)
        return answer.status_code, answer.content

    with ThreadPoolExecutor(20) as many:
        answers = set(many.map(ask, range(20)))
    assert [status for status, _ in answers] == [200]
