"""What is asked of a session: steps over updates and back, costs with their extremes, data as they are and as fed."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from app.limits import Limits
from app.main import create_api
from app.sessions.looking import thinned
from app.settings import Settings
from tests.app.driving import BASE, SPIRALS, Driver, parameters_of, run_of


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_api(Settings()), base_url="http://localhost:8000") as found:
        yield found


@pytest.fixture
def driver(client: TestClient) -> Driver:
    return Driver(client)


def passed(found: dict[str, Any]) -> list[tuple[int, int]]:
    return [(part["update"], step["index"]) for part in found["passed"] for step in part["steps"]]


def test_steps_go_over_updates_and_back(driver: Driver) -> None:
    driver.move(count=6)
    first = driver.do("POST", "/steps", {"count": 3})
    each = first["step"]["count"]
    assert passed(first) == [(6, 0), (6, 1), (6, 2)]
    second = driver.do("POST", "/steps", {"count": each})
    assert passed(second) == [*((6, index) for index in range(3, each)), (7, 0), (7, 1), (7, 2)]
    assert (second["update"], second["step"]["index"]) == (7, 3)
    back = driver.do("POST", "/steps", {"count": -each})
    assert passed(back) == passed(second)[::-1]
    assert (back["update"], back["reached"], back["step"]["index"]) == (6, 7, 3)


def test_a_step_is_the_one_of_the_trace(driver: Driver) -> None:
    driver.move(count=2)
    trace = driver.ask("/trace?textbook=sun&granularity=layer&example=1").json()
    how = {"by": "layer", "textbook": "sun", "example": 1}
    found = driver.do("POST", "/steps", how | {"count": len(trace["steps"])})
    assert [step for part in found["passed"] for step in part["steps"]] == trace["steps"]
    assert (found["update"], found["step"]["index"]) == (3, 0)


def test_before_the_first_step_there_is_nothing(driver: Driver) -> None:
    found = driver.do("POST", "/steps", {"count": -5})
    assert (found["passed"], found["update"], found["step"]["index"]) == ([], 0, 0)
    driver.do("POST", "/steps", {"count": 2})
    found = driver.do("POST", "/steps", {"count": -5})
    assert passed(found) == [(0, 1), (0, 0)]


def test_another_granularity_begins_at_the_first_step(driver: Driver) -> None:
    driver.do("POST", "/steps", {"count": 4})
    found = driver.do("POST", "/steps", {"by": "pass"})
    assert passed(found) == [(0, 0)]
    driver.move(count=1)
    assert driver.last["step"] == {"by": "equation", "index": 0, "count": None}


LINEAR: dict[str, Any] = SPIRALS | {
    "network": {
        "inputs": 2,
        "layers": [{"size": 3, "activation": "identity"}, {"size": 2, "activation": "identity"}],
        "cost": "quadratic",
    },
    "training": {"learning_rate": 1e5, "batch_size": 5},
}


def test_steps_end_where_a_number_stops_being_finite(client: TestClient) -> None:
    driver = Driver(client, LINEAR)
    found = driver.move(count=400)
    assert found["status"] == "diverged"
    update = found["update"]
    assert found["diverged"]["update"] == update
    assert found["diverged"]["sentence"].startswith(f"In update {update + 1}, the ")
    found = driver.do("POST", "/steps", {"count": 400})
    trace = driver.ask("/trace").json()
    assert passed(found) == [(update, index) for index in range(trace["step_count"])]
    assert trace["diverged"]["quantity"] == found["diverged"]["quantity"]
    assert found["status"] == "diverged"
    found = driver.do("POST", "/steps", {"count": 1})
    assert (found["passed"], found["update"]) == ([], update)
    found = driver.move(count=-1)
    assert (found["status"], found["diverged"]) == ("paused", None)
    assert driver.move(count=5)["status"] == "diverged"
    assert driver.do("PATCH", "", {"training": {"learning_rate": 0.0}})["status"] == "paused"
    assert driver.move(count=1)["status"] == "diverged"  # nothing moves any more, but its numbers are what they were
    driver.move(to=0)
    driver.do("PATCH", "", {"training": {"learning_rate": 0.0}})
    assert driver.move(to=update + 1)["update"] == update + 1


def test_where_it_diverged_is_known_after_it_rested(client: TestClient) -> None:
    driver = Driver(client, LINEAR)
    found = driver.move(count=400)
    assert found["status"] == "diverged"
    sessions = client.app.state.service.sessions  # type: ignore[attr-defined]
    assert client.portal is not None
    for live in sessions.live:
        client.portal.call(sessions._rest, live)
    assert driver.ask().json() == found


def test_the_history_has_every_cost(driver: Driver) -> None:
    run = run_of(SPIRALS)
    driver.move(to=25)
    driver.move(to=10)
    run.move(25)
    found = driver.ask("/history").json()
    assert found["costs"] == {"updates": list(range(25)), "values": run.costs.tolist()}
    assert found["samples"] == []
    driver.do("PATCH", "", {"parameters": [{"ref": "biases:1:0", "value": 1.0}]})
    found = driver.ask("/history?points=4").json()
    assert len(found["costs"]["values"]) <= 6
    assert found["changes"] == driver.last["changes"]
    for wrong in ("1", "x", "-3", "10001", ""):
        answer = driver.ask(f"/history?points={wrong}")
        assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, "points")


def test_thinning_keeps_ends_and_extremes() -> None:
    rng = np.random.default_rng(0)
    values = rng.normal(size=10_000)
    values[[17, 4_000]] = 100.0, -100.0
    values[5_000:5_200] = np.nan
    kept = thinned(values, 200)
    assert len(kept) <= 202
    assert {0, 17, 4_000, 9_999} <= set(kept.tolist())
    assert (np.diff(kept) > 0).all()
    assert thinned(values[:200], 200).tolist() == list(range(200))
    assert thinned(np.full(500, np.nan), 10).size <= 12
    assert thinned(np.empty(0), 10).size == 0


def test_data_are_told_as_they_are_and_as_they_are_fed(driver: Driver) -> None:
    found, prepared = driver.ask("/data").json(), run_of(SPIRALS).prepared
    for name, part, raw in (("train", prepared.train, prepared.raw_train), ("test", prepared.test, prepared.raw_test)):
        assert found[name]["inputs"] == part.inputs.tolist()
        assert found[name]["raw"] == raw.tolist()
        assert part.classes is not None
        assert found[name]["classes"] == part.classes.tolist()
        assert found[name]["count"] == part.count
        assert (np.array(found[name]["raw"]) - found["shift"]) / found["scale"] == pytest.approx(part.inputs)


def test_large_data_are_cut_the_test_last() -> None:
    limits = Limits(session_data_numbers=60)
    with TestClient(create_api(Settings(limits=limits)), base_url="http://localhost:8000") as client:
        found = Driver(client).ask("/data").json()
    assert (found["train"]["count"], len(found["train"]["raw"])) == (38, 1)
    assert (found["test"]["count"], len(found["test"]["raw"])) == (9, 9)


def test_values_may_be_learned(client: TestClient) -> None:
    recipe = {
        "network": {"inputs": 1, "layers": [{"size": 3, "activation": "tanh"}, {"size": 1, "activation": "identity"}]},
        "data": {
            "examples": {"inputs": [[0.1 * n] for n in range(10)], "values": [[n * n * 0.01] for n in range(10)]},
            "test_share": 0.0,
        },
    }
    driver = Driver(client, recipe)
    driver.move(count=4)
    assert driver.last["data"]["is_regression"]
    assert driver.last["data"]["input_names"] == ["input 1"]
    found = driver.ask("/data").json()
    assert "classes" not in found["train"]
    assert sorted(row[0] for row in found["train"]["values"]) == pytest.approx([n * n * 0.01 for n in range(10)])
    run = run_of(recipe)
    run.move(4)
    assert driver.parameters() == parameters_of(run)


def test_a_move_while_it_trains_pauses_and_a_change_does_not(driver: Driver) -> None:
    begun = driver.do("POST", "/training", {"speed": 200.0})
    assert (begun["status"], begun["speed"]) == ("running", 200.0)
    while driver.ask().json()["update"] < 5:
        pass
    changed = driver.do("PATCH", "", {"training": {"learning_rate": 0.01}})  # as of the revision when it began
    assert changed["status"] == "running"
    assert driver.send("PATCH", "", {"cost": "quadratic"}, revision=begun["revision"]).status_code == 412
    moved = driver.move(count=-2)
    assert moved["status"] == "paused"
    at = changed["changes"][0]["at"]
    run = run_of(SPIRALS)
    run.move(at)
    run.change(training=type(run.training)(learning_rate=0.01, batch_size=5))
    run.move(moved["update"])
    assert driver.parameters() == parameters_of(run)


def test_paths_of_a_batch_of_one(client: TestClient) -> None:
    driver = Driver(client, SPIRALS | {"training": {"batch_size": 1}})
    answer = client.post(f"{BASE}/{driver.id}/paths", json={"ref": "weights:1:0:0", "count": 2})
    assert (
        answer.json()
        == client.post(
            "/api/v1/paths", json=driver.ask("/request").json() | {"ref": "weights:1:0:0", "count": 2}
        ).json()
    )
