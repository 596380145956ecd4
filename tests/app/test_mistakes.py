"""POST /mistakes: the published example explains its own printed number."""

from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from app.payloads import SHAPES
from backprop_core import MISTAKES, TEXTBOOKS
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


def test_rooms_say_which_mistakes_can_be_made(client: TestClient) -> None:
    rooms = client.post("/api/v1/mistakes/rooms", json=MAZUR).json()
    TypeAdapter(SHAPES["MistakeRooms"]).validate_python(rooms)
    for one in rooms:
        answer = client.post("/api/v1/mistakes", json=MAZUR | {"mistake": one["name"], "updates": 1})
        assert (answer.status_code == 200) is one["has_room"]


def test_the_printed_number_is_explained_in_the_words_of_the_data(client: TestClient) -> None:
    told = client.post("/api/v1/mistakes", json=MAZUR | {"mistake": "stale_weights", "updates": 1}).json()
    assert told["printed"]["digits"] == "0.291027924"
    assert "output weights first" in told["printed"]["note"]
    other = client.post("/api/v1/mistakes", json=MAZUR | {"mistake": "slope_forgotten", "updates": 1}).json()
    assert other["printed"] is None


@pytest.mark.parametrize(("example", "digits"), [(0, "0.003357662"), (1, "0.244728471")])
def test_the_mask_that_a_workbook_left_out_gives_its_numbers(client: TestClient, example: int, digits: str) -> None:
    body = client.get("/api/v1/examples/tom-yeh").json()["request"]
    asked = body | {"mistake": "mask_missing", "example": example}
    told = client.post("/api/v1/mistakes", json=asked).json()
    assert (told["printed"]["author"], told["printed"]["digits"]) == ("Tom Yeh", digits)
    pairs = {one["ref"]: (one["right"], one["wrong"]) for one in told["pairs"]}
    assert pairs["error:2:0"] == (0.0, pytest.approx(float(digits), abs=5e-10))
    # The workbook adds up what is a mean of two here.
    sums = [2.0 * pairs[f"weight_gradient:2:0:{k}"][1] for k in range(3)]
    assert sums == pytest.approx([0.251443794, 0.74761606, 0.003357662], abs=5e-10)
    other = client.post("/api/v1/mistakes", json=asked | {"mistake": "slope_forgotten"}).json()
    assert other["printed"] is None


def test_who_made_a_mistake_in_print_is_told(client: TestClient) -> None:
    sources = {one["name"]: one["source"] for one in client.get("/api/v1/mistakes").json() if one["source"]}
    assert {name: next(word for word in ("Mazur", "Catching", "Explainer", "Yeh") if word in source)
            for name, source in sources.items()} == {
        "stale_weights": "Mazur",
        "sign_of_error": "Catching",
        "bias_per_weight": "Explainer",
        "mask_missing": "Yeh",
    }  # fmt: skip


def test_what_a_gradient_check_misses_a_small_step_finds(client: TestClient) -> None:
    for one in client.post("/api/v1/mistakes/rooms", json=MAZUR).json():
        if not one["has_room"]:
            continue
        answer = client.post("/api/v1/mistakes/checks", json=MAZUR | {"mistake": one["name"]})
        assert answer.status_code == 200
        TypeAdapter(SHAPES["WrongCheck"]).validate_json(answer.content)
        check = answer.json()
        assert check["passed"] is not one["caught"]
        assert not (check["passed"] and check["step"]["passed"])


def test_an_exercise_keeps_its_mistake_until_the_step_is_found(client: TestClient) -> None:
    for seed in range(12):
        body = MAZUR | {"seed": seed}
        first = client.post("/api/v1/mistakes/exercises", json=body)
        assert first.status_code == 200
        TypeAdapter(SHAPES["ExerciseAnswer"]).validate_json(first.content)
        asked = first.json()
        steps = len(asked["trace"]["steps"])
        verdicts = [
            client.post("/api/v1/mistakes/exercises", json=body | {"guess": at}).json()["verdict"]
            for at in range(steps)
        ]
        found = [at for at, verdict in enumerate(verdicts) if verdict["found"]]
        assert len(found) == 1
        assert all(not verdict["mistake"] for verdict in verdicts if not verdict["found"])
        # It is the step at which the numbers part from the right ones.
        right = client.post("/api/v1/traces", json=MAZUR).json()["steps"]
        apart = [
            at
            for at, (one, other) in enumerate(zip(right, asked["trace"]["steps"], strict=True))
            if one["result"] != other["result"]
        ]
        assert found == apart[:1]
        mistake = verdicts[found[0]]["mistake"]
        by_name = client.post("/api/v1/mistakes/checks", json=MAZUR | {"mistake": mistake}).json()
        assert client.post("/api/v1/mistakes/checks", json=body).json() == by_name
        assert mistake not in first.text


@pytest.mark.parametrize("granularity", ["pass", "layer", "neuron", "term"])
def test_an_exercise_is_told_of_the_wrong_numbers_however_its_steps_are_told(
    client: TestClient, granularity: str
) -> None:
    body = MAZUR | {"granularity": granularity, "seed": 7}
    wrong = client.post("/api/v1/mistakes/exercises", json=body).json()["trace"]
    right = client.post("/api/v1/traces", json=MAZUR | {"granularity": granularity}).json()
    assert wrong["granularity"] == granularity
    assert [one["name"] for one in wrong["steps"]] == [one["name"] for one in right["steps"]]
    assert [one["result"] for one in wrong["steps"]] != [one["result"] for one in right["steps"]]
    window = {"first": 2, "count": 3}
    some = client.post("/api/v1/mistakes/exercises", json=body | {"window": window, "guess": 0}).json()
    assert some["trace"]["steps"] == wrong["steps"][2:5]
    # A guess is of an equation, whichever steps are told.
    whole = client.post("/api/v1/mistakes/exercises", json=MAZUR | {"seed": 7, "guess": 0}).json()
    assert some["verdict"] == whole["verdict"]


@pytest.mark.parametrize("lens", TEXTBOOKS)
def test_no_letter_of_an_exercise_says_what_does_not_stand_there(client: TestClient, lens: str) -> None:
    body = MAZUR | {"textbook": lens}
    own = client.post("/api/v1/traces", json=body).json()["lens"]
    for seed in range(6):
        told = client.post("/api/v1/mistakes/exercises", json=body | {"seed": seed}).json()["trace"]["lens"]
        letters = {"a − y": "∂C/∂a"}
        assert told["stage"] == {name: letters.get(one, one) for name, one in own["stage"].items()}


def test_a_question_without_an_answer_says_so(client: TestClient) -> None:
    for path, body, pointer in (
        ("checks", MAZUR, "/mistake"),
        ("checks", MAZUR | {"mistake": "ascent", "seed": 1}, "/mistake"),
        ("exercises", MAZUR | {"seed": 1, "guess": 99}, "/guess"),
        ("exercises", MAZUR | {"seed": 1, "optimizer": {"name": "adam"}}, "/optimizer"),
        ("rooms", MAZUR | {"optimizer": {"name": "momentum"}}, "/optimizer"),
    ):
        answer = client.post(f"/api/v1/mistakes/{path}", json=body)
        assert answer.status_code == 422, (path, answer.text)
        assert answer.json()["errors"][0]["pointer"] == pointer


HUGE: dict[str, Any] = {
    "network": {"inputs": 2, "layers": [{"size": 2, "activation": "gelu"}]},
    "parameters": {"weights": [[[1.0, 0.5], [-1.0, 2.0]]], "biases": [[0.1, 0.2]]},
    "batch": {"inputs": [[0.0, 1e308]], "targets": [[1.0, 0.0]]},
    "learning_rate": 1e308,
}
TWO = {"inputs": [[0.0, 1e308], [0.5, 1.0]], "targets": [[1.0, 0.0], [0.0, 1.0]]}


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize(
    "options", [{}, {"freeze_biases": True}, {"precision": "float32"}, {"batch": TWO, "example": 1}]
)
def test_numbers_that_run_away_are_told_or_refused(client: TestClient, mistake: str, options: dict[str, Any]) -> None:
    """Where a weight is not a number in both programs, the first that differs may be a bias, or of another example."""
    answer = client.post("/api/v1/mistakes", json=HUGE | options | {"mistake": mistake})
    assert answer.status_code in (200, 422), answer.text
    if answer.status_code == 422:
        assert answer.json()["errors"][0]["pointer"] in ("/mistake", "/batch/inputs/0/1")


@pytest.mark.parametrize("path", ["", "/rooms", "/checks", "/exercises"])
def test_a_number_beyond_float32_is_refused_by_name(client: TestClient, path: str) -> None:
    more: dict[str, Any] = {"": {"mistake": "ascent"}, "/checks": {"mistake": "ascent"}, "/exercises": {"seed": 1}}
    answer = client.post(f"/api/v1/mistakes{path}", json=HUGE | {"precision": "float32"} | more.get(path, {}))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/batch/inputs/0/1")
