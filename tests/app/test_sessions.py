"""Sessions over HTTP: moved either way they are what a run of their recipe is, and a change names its revision."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from backprop_core import Edit
from tests.app.driving import BASE, SPIRALS, Driver, parameters_of, run_of, same


@pytest.fixture(params=["memory", "sqlite"])
def client(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestClient]:
    store = "memory" if request.param == "memory" else str(tmp_path / "folder" / "sessions")
    with TestClient(create_app(Settings(store=store)), base_url="http://localhost:8000") as found:
        yield found


@pytest.fixture
def driver(client: TestClient) -> Driver:
    return Driver(client)


def test_a_new_session_says_what_it_is(client: TestClient) -> None:
    answer = client.post(BASE, json=SPIRALS)
    found = answer.json()
    assert answer.headers["location"] == f"{BASE}/{found['id']}"
    assert answer.headers["etag"] == '"0"'
    assert (found["may"], found["revision"], found["status"], found["update"], found["reached"]) == (
        "drive",
        0,
        "paused",
        0,
        0,
    )
    assert (found["epoch"], found["row"], found["updates_per_epoch"]) == (0, 0, 8)
    assert found["network"]["layers"][0] == {"size": 4, "activation": "tanh"}
    assert found["training"]["learning_rate"] == 0.3
    assert (found["data"]["train"], found["data"]["test"], found["data"]["inputs"], found["data"]["classes"]) == (
        38,
        9,
        2,
        2,
    )
    assert client.post(BASE, json=found["recipe"]).status_code == 201
    assert len({found["id"], found["watch"]}) == 2
    assert all(len(name) == 22 for name in (found["id"], found["watch"]))
    assert client.get(f"{BASE}/{found['id']}").json() == found


def test_it_moves_as_its_run_does(driver: Driver) -> None:
    run = run_of(SPIRALS)
    same(driver, run)
    for how, to in (
        ({"count": 13}, 13),
        ({"count": -4}, 9),
        ({"to": 40}, 40),
        ({"epochs": 2}, 56),
        ({"count": 3}, 59),
        ({"epochs": -1}, 56),
        ({"epochs": -1}, 48),
        ({"count": -1000}, 0),
        ({"epochs": -3}, 0),
        ({"to": 30}, 30),
    ):
        driver.move(**how)
        run.move(to)
        same(driver, run)


def test_a_change_counts_from_here_and_forgets_what_came_after(driver: Driver) -> None:
    run = run_of(SPIRALS)
    driver.move(to=50)
    run.move(50)
    driver.move(to=20)
    run.move(20)
    driver.do(
        "PATCH", body={"parameters": [{"ref": "weights:2:1:3", "value": -0.75}, {"ref": "biases:1:0", "value": 2}]}
    )
    run.change(parameters=[Edit("weights:2:1:3", -0.75), Edit("biases:1:0", 2.0)])
    same(driver, run)
    driver.do("PATCH", body={"cost": "quadratic"})
    run.change(cost="quadratic")
    assert driver.last["network"]["cost"] == "quadratic"
    driver.move(count=9)
    run.move(29)
    driver.do("PATCH", body={"training": {"learning_rate": 0.05, "batch_size": None}})
    assert driver.last["training"]["batch_size"] is None
    assert driver.last["updates_per_epoch"] == 1
    run.change(training=type(run.training)(learning_rate=0.05, batch_size=None))
    driver.move(count=7)
    run.move(36)
    same(driver, run)
    assert [change["at"] for change in driver.last["changes"]] == [20, 20, 29]
    driver.move(to=25)
    driver.do("PATCH", body={"training": {"learning_rate": 1.0}})
    assert [change["at"] for change in driver.last["changes"]] == [20, 20, 25]


def test_a_trace_is_that_of_the_request_to_the_last_bit(client: TestClient, driver: Driver) -> None:
    driver.move(count=7)
    body = driver.ask("/request").json()
    ways: tuple[dict[str, Any], ...] = (
        {},
        {"textbook": "sun", "granularity": "neuron", "first": 3, "count": 11, "example": 2},
        {"granularity": "pass", "example": 4},
        {"steps": "false"},
    )
    for how in ways:
        query = "&".join(f"{name}={value}" for name, value in how.items())
        found = driver.ask(f"/trace?{query}")
        assert found.status_code == 200, found.text
        trace = found.json()
        session = trace.pop("session")
        more: dict[str, Any] = {name: value for name, value in how.items() if name not in ("first", "count", "steps")}
        more["example"] = min(how.get("example", 0), 2)  # three are left for the last mini-batch of an epoch
        if "first" in how:
            more["window"] = {"first": how["first"], "count": how["count"]}
        if "steps" in how:
            more["steps"] = False
        assert trace == client.post("/api/v1/traces", json=body | more).json()
        assert (session["update"], session["epoch"], session["may"]) == (7, 0, "drive")
        assert session["rows"] == run_rows(7)
    assert driver.ask().json()["update"] == 7


def run_rows(update: int) -> list[int]:
    run = run_of(SPIRALS)
    run.move(update)
    return [int(row) for row in run.rows()]


@pytest.mark.parametrize("name", ["gradient_descent", "momentum", "nesterov", "rmsprop", "adam", "adamw"])
def test_with_every_optimizer_the_trace_is_that_of_the_request(client: TestClient, name: str) -> None:
    training = {"learning_rate": 0.01, "batch_size": 5, "optimizer": {"name": name, "l2": 0.01, "l1": 0.001}}
    driver = Driver(client, SPIRALS | {"training": training})
    trace: dict[str, Any] = {}
    for to in (0, 13, 5):
        driver.move(to=to)
        trace = driver.ask("/trace").json()
        del trace["session"]
        assert trace == client.post("/api/v1/traces", json=driver.ask("/request").json()).json()
    driver.move(count=1)
    assert driver.parameters()["weights"] == [layer["updated_weights"] for layer in trace["layers"][1:]]


def test_a_revision_is_asked_for_and_has_to_be_the_present_one(driver: Driver) -> None:
    path = f"{BASE}/{driver.id}/updates"
    missing = driver.client.post(path, json={"count": 1})
    assert (missing.status_code, missing.json()["type"]) == (428, "revision-missing")
    for wrong in ("*", "0", 'W/"0"', '"0", "1"', '"x"', '"-1"', '"1' + "0" * 30 + '"'):
        answer = driver.client.post(path, json={"count": 1}, headers={"if-match": wrong})
        assert (answer.status_code, answer.json()["type"]) == (400, "malformed-request")
    driver.move(count=1)
    for stale in (0, 2, 10**9):
        answer = driver.send("POST", "/updates", {"count": 1}, revision=stale)
        assert (answer.status_code, answer.json()["type"]) == (412, "stale-revision")
        assert answer.json()["revision"] == 1
        assert answer.headers["etag"] == '"1"'
    assert driver.ask().json()["update"] == 1


def test_a_repetition_is_answered_as_before_and_changes_nothing(driver: Driver) -> None:
    first = driver.send("POST", "/updates", {"count": 3}, revision=0, key="key-0001")
    again = driver.send("POST", "/updates", {"count": 3}, revision=0, key="key-0001")
    assert (again.status_code, again.json()) == (200, first.json())
    driver.move(count=2)
    late = driver.send("POST", "/updates", {"count": 3}, revision=0, key="key-0001")
    assert late.json() == first.json()
    assert driver.ask().json()["update"] == 5
    other = driver.send("POST", "/updates", {"count": 4}, revision=0, key="key-0001")
    assert (other.status_code, other.json()["type"]) == (422, "key-reused")
    for wrong in ("short", "a" * 129, "with blank", "ümlaut-key"):
        headers = [(b"if-match", b'"2"'), (b"idempotency-key", wrong.encode())]
        answer = driver.client.post(f"{BASE}/{driver.id}/updates", headers=headers, json={})
        assert answer.status_code == 400


def test_a_repeated_request_for_a_session_meets_the_one_it_made(client: TestClient) -> None:
    key = {"idempotency-key": "a key by chance".replace(" ", "-")}
    first = client.post(BASE, json=SPIRALS, headers=key)
    driver = Driver(client)
    driver.id, driver.last = first.json()["id"], first.json()
    driver.move(count=3)
    again = client.post(BASE, json=SPIRALS, headers=key)
    assert (again.status_code, again.json()) == (201, first.json())
    assert client.post(BASE, json=SPIRALS).json()["id"] != first.json()["id"]
    other = SPIRALS | {"precision": "float32"}
    assert client.post(BASE, json=other, headers=key).json()["id"] != first.json()["id"]


MUTATIONS: list[tuple[str, str, Any]] = [
    ("PATCH", "", {"training": {"learning_rate": 1}}),
    ("PATCH", "", {"parameters": [{"ref": "weights:1:0:0", "value": 1}]}),
    ("DELETE", "", None),
    ("POST", "/updates", {"count": 1}),
    ("POST", "/training", {}),
    ("DELETE", "/training", None),
    ("POST", "/steps", {"count": 1}),
]


def test_these_are_all_the_mutations(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    guarded = {
        (method.upper(), path.removeprefix(BASE + "/{id}"))
        for path, operations in paths.items()
        for method, operation in operations.items()
        if any(one["name"] == "If-Match" for one in operation.get("parameters", ()))
    }
    assert guarded == {(method, path) for method, path, _ in MUTATIONS}


@pytest.mark.parametrize(
    ("method", "path", "body"), MUTATIONS, ids=[f"{one[0]} {one[1]} {one[2]}" for one in MUTATIONS]
)
def test_the_name_to_watch_changes_nothing(driver: Driver, method: str, path: str, body: Any) -> None:
    for revision in (0, 7):
        answer = driver.send(method, path, body, revision=revision, name=driver.watch)
        assert (answer.status_code, answer.json()["type"]) == (403, "watch-only")
    bare = driver.client.request(method, f"{BASE}/{driver.watch}{path}")
    assert bare.status_code == 403
    assert driver.ask().json() == driver.last


def test_the_name_to_watch_shows_everything_but_the_name_to_drive(driver: Driver) -> None:
    driver.move(count=5)
    watched = driver.ask(name=driver.watch).json()
    assert "id" not in watched
    assert {**watched, "may": "drive", "id": driver.id} == driver.last
    for path in ("/trace", "/request", "/history", "/data"):
        answer = driver.ask(path, name=driver.watch)
        assert answer.status_code == 200
        assert driver.id not in answer.text
    assert driver.ask("/trace", name=driver.watch).json()["session"]["may"] == "watch"


@pytest.mark.parametrize("name", ["x", "A" * 22, "..", "%2e%2e", "a" * 3000, "ä", "'; DROP TABLE sessions; --"])
@pytest.mark.parametrize("path", ["", "/trace", "/data"])
def test_who_does_not_know_the_name_finds_nothing(driver: Driver, name: str, path: str) -> None:
    answer = driver.ask(path, name=name)
    assert (answer.status_code, answer.json()["type"]) == (404, "not-found")
    assert driver.ask().status_code == 200


def test_what_is_deleted_is_gone(driver: Driver) -> None:
    assert driver.send("DELETE", revision=5).status_code == 412
    assert driver.send("DELETE").json() == {"deleted": True}
    for name in (driver.id, driver.watch):
        assert driver.ask(name=name).status_code == 404
    assert driver.send("DELETE").status_code == 404


def test_parameters_may_be_given(client: TestClient) -> None:
    given = parameters_of(run_of(SPIRALS))
    recipe = {name: value for name, value in SPIRALS.items() if name != "initialization"} | {"parameters": given}
    driver = Driver(client, recipe)
    driver.move(count=5)
    run = run_of(SPIRALS)
    run.move(5)
    assert driver.parameters() == parameters_of(run)
