"""POST /mistakes: the published example explains its own printed number."""

from pydantic import TypeAdapter
from starlette.testclient import TestClient

from app.payloads import SHAPES
from tests.app.conftest import MAZUR


def test_mazurs_printed_total_is_the_mistake(client: TestClient) -> None:
    answer = client.post("/api/v1/mistakes", json=MAZUR | {"mistake": "stale_weights", "updates": 1})
    assert answer.status_code == 200
    TypeAdapter(SHAPES["WrongTurn"]).validate_json(answer.content)
    told = answer.json()
    assert (f"{told['costs'][1]:.9f}", f"{told['wrong_costs'][1]:.9f}") == ("0.291027774", "0.291027924")
    assert told["first"]["quantity"] == "activation_gradient:1"
    # What was moved is wrong nowhere; what follows from it is.
    moved = [one["quantity"] for one in told["equations"] if one["moved"] and not one["wrong"]]
    assert "updated_weights:2" in moved


def test_every_mistake_is_answered_or_says_what_it_needs(client: TestClient) -> None:
    for mistake in client.get("/api/v1/mistakes").json():
        answer = client.post("/api/v1/mistakes", json=MAZUR | {"mistake": mistake["name"], "updates": 3})
        if answer.status_code == 200:
            assert answer.json()["first"]["kind"] == mistake["first"]
        else:
            assert mistake["needs"] in answer.json()["detail"]
