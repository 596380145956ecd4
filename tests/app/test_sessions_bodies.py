"""Every bad body sent to a session gets its status and its type of problem, and leaves the session as it was."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from starlette.testclient import TestClient

from app.limits import Limits
from app.main import create_api
from app.problems import KINDS
from app.settings import Settings
from tests.app.driving import BASE, SPIRALS, Driver

INVALID, MISSING, UNKNOWN, NETWORK = "invalid-value", "missing-field", "unknown-field", "invalid-network"
OWN: dict[str, Any] = {"inputs": [[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], "classes": [0, 1, 1]}
GONE = object()


def changed(place: str, value: Any, base: dict[str, Any] = SPIRALS) -> dict[str, Any]:
    """``base`` with ``value`` at a place."""
    body = copy.deepcopy(base)
    *parents, last = place.split("/")
    found: Any = body
    for part in parents:
        found = found[int(part)] if isinstance(found, list) else found.setdefault(part, {})
    if value is GONE:
        del found[last]
    else:
        found[last] = value
    return body


def own(**more: Any) -> dict[str, Any]:
    """A recipe with examples of one's own."""
    return SPIRALS | {"data": {"examples": OWN | more}}


BAD_RECIPES: list[tuple[str, Any, str, str]] = [
    ("nothing", {}, MISSING, "/network"),
    ("an array", [], INVALID, ""),
    ("no data", changed("data", GONE), MISSING, "/data"),
    ("no data set", changed("data", {}), INVALID, "/data/name"),
    ("a data set there is not", changed("data/name", "SECRET"), INVALID, "/data/name"),
    ("a path for a data set", changed("data/name", "../../etc/passwd"), INVALID, "/data/name"),
    ("a name and examples", changed("data/examples", OWN), INVALID, "/data/name"),
    ("one example", changed("data/count", 1), INVALID, "/data/count"),
    ("no examples", changed("data/count", 0), INVALID, "/data/count"),
    ("a negative count", changed("data/count", -5), INVALID, "/data/count"),
    ("half a count", changed("data/count", 10.5), INVALID, "/data/count"),
    ("too many examples", changed("data/count", 20_001), "data-too-large", "/data/count"),
    ("a count of 30 digits", changed("data/count", 10**30), INVALID, "/data/count"),
    ("more of a set than there is", changed("data", {"name": "iris", "count": 151}), INVALID, "/data/count"),
    ("negative noise", changed("data/noise", -1), INVALID, "/data/noise"),
    ("classes where they are fixed", changed("data", {"name": "circles", "classes": 3}), INVALID, "/data/classes"),
    ("a hundred arms", changed("data/classes", 100), INVALID, "/data/classes"),
    ("a negative seed", changed("data/seed", -1), INVALID, "/data/seed"),
    ("a seed no reader keeps", changed("data/seed", 2**53), INVALID, "/data/seed"),
    ("a seed of the network no reader keeps", changed("initialization/seed", 2**53), INVALID, "/initialization/seed"),
    ("all for the test", changed("data/test_share", 1.0), INVALID, "/data/test_share"),
    ("a scaling there is not", changed("data/scaling", "log"), INVALID, "/data/scaling"),
    ("a network of another width", changed("network/inputs", 3), NETWORK, "/network/inputs"),
    ("outputs that do not fit", changed("network/layers/1/size", 3), NETWORK, "/network/layers"),
    ("the cost that learns nothing", changed("network/cost", "output"), NETWORK, "/network/cost"),
    ("a network too wide", changed("network/layers/0/size", 1025), "network-too-large", "/network/layers/0/size"),
    ("a learning rate below 0", changed("training/learning_rate", -0.1), INVALID, "/training/learning_rate"),
    ("text for a learning rate", changed("training/learning_rate", "fast"), INVALID, "/training/learning_rate"),
    ("no batch", changed("training/batch_size", 0), INVALID, "/training/batch_size"),
    ("true for a batch", changed("training/batch_size", True), INVALID, "/training/batch_size"),
    ("a schedule there is not", changed("training/schedule", {"name": "warm"}), INVALID, "/training/schedule/name"),
    ("a rule there is not", changed("training/stop", {"minutes": 3}), UNKNOWN, "/training/stop/minutes"),
    ("no patience", changed("training/stop", {"patience": 0}), INVALID, "/training/stop/patience"),
    ("an optimizer there is not", changed("training/optimizer", {"name": "lion"}), INVALID, "/training/optimizer/name"),
    ("an epoch of another kind", changed("training/epochs", 3), UNKNOWN, "/training/epochs"),
    ("half precision", changed("precision", "float16"), INVALID, "/precision"),
    (
        "parameters and how to draw them",
        changed("parameters", {"weights": []}),
        "shape-mismatch",
        "/parameters/weights",
    ),
    ("a scheme there is not", changed("initialization/scheme", "magic"), INVALID, "/initialization/scheme"),
    ("a field there is not", changed("speed", 1), UNKNOWN, "/speed"),
    ("an id of one's own", changed("id", "mine"), UNKNOWN, "/id"),
    ("own examples without rows", own(inputs=[]), INVALID, "/data/examples/inputs"),
    ("own examples of nothing", own(inputs=[[], [], []]), INVALID, "/data/examples/inputs/0"),
    ("a ragged row", own(inputs=[[0, 1], [1], [1, 1]]), INVALID, "/data/examples/inputs/1"),
    ("text among the numbers", own(inputs=[[0, 1], [1, "x"], [1, 1]]), INVALID, "/data/examples/inputs/1/1"),
    ("a class too few", own(classes=[0, 1]), INVALID, "/data/examples/classes"),
    ("a negative class", own(classes=[0, -1, 1]), INVALID, "/data/examples/classes/1"),
    ("half a class", own(classes=[0, 0.5, 1]), INVALID, "/data/examples/classes/1"),
    ("a class without a name", own(class_names=["a"]), INVALID, "/data/examples/classes/1"),
    ("a class of 15 digits", own(classes=[0, 10**15, 1]), INVALID, "/data/examples/classes"),
    ("too many class names", own(class_names=["a"] * 51), INVALID, "/data/examples/classes"),
    ("a name too long", own(class_names=["a", "b" * 101]), INVALID, "/data/examples/class_names/1"),
    ("names that do not fit", own(input_names=["x"]), INVALID, "/data/examples/input_names"),
    ("classes and values", own(values=[[1], [2], [3]]), INVALID, "/data/examples/classes"),
    (
        "neither classes nor values",
        {**SPIRALS, "data": {"examples": {"inputs": [[0, 1]]}}},
        INVALID,
        "/data/examples/classes",
    ),
    (
        "values too few",
        {**SPIRALS, "data": {"examples": {"inputs": [[0, 1], [1, 1]], "values": [[1]]}}},
        INVALID,
        "/data/examples/values",
    ),
]
BAD_PATCHES: list[tuple[str, Any, str, str]] = [
    ("nothing", {}, INVALID, ""),
    ("two things", {"cost": "quadratic", "training": {}}, INVALID, ""),
    ("a cost there is not", {"cost": "SECRET"}, INVALID, "/cost"),
    ("a cost that does not fit", {"cost": "binary_cross_entropy"}, INVALID, "/cost"),
    ("no rate", {"training": {"learning_rate": None}}, INVALID, "/training/learning_rate"),
    ("a rate below 0", {"training": {"learning_rate": -1}}, INVALID, "/training/learning_rate"),
    ("no batch", {"training": {"batch_size": 0}}, INVALID, "/training/batch_size"),
    ("a field there is not", {"training": {"speed": 3}}, UNKNOWN, "/training/speed"),
    ("an optimizer there is not", {"training": {"optimizer": "lion"}}, INVALID, "/training/optimizer/name"),
    ("no edits", {"parameters": []}, INVALID, "/parameters"),
    ("an edit of nothing", {"parameters": [{}]}, MISSING, "/parameters/0/ref"),
    ("an edit of the cost", {"parameters": [{"ref": "cost", "value": 1}]}, INVALID, "/parameters/0/ref"),
    ("a place out of range", {"parameters": [{"ref": "weights:1:9:0", "value": 1}]}, INVALID, "/parameters/0/ref"),
    ("a layer below 0", {"parameters": [{"ref": "weights:-1:0:0", "value": 1}]}, INVALID, "/parameters/0/ref"),
    ("text for a value", {"parameters": [{"ref": "weights:1:0:0", "value": "x"}]}, INVALID, "/parameters/0/value"),
    (
        "the second edit",
        {"parameters": [{"ref": "biases:1:0", "value": 1}, {"ref": "?", "value": 1}]},
        INVALID,
        "/parameters/1/ref",
    ),
]
BAD_MOVES: list[tuple[str, Any, str, str]] = [
    ("nowhere", {}, INVALID, "/count"),
    ("two ways", {"count": 1, "to": 5}, INVALID, "/count"),
    ("to before the first", {"to": -1}, INVALID, "/to"),
    ("half an update", {"count": 0.5}, INVALID, "/count"),
    ("an update of 30 digits", {"to": 10**30}, INVALID, "/to"),
    ("too many updates", {"count": 1_000_001}, "work-too-large", ""),
    ("the largest number", {"to": 2**53 - 1}, "work-too-large", ""),
    ("for ever", {"epochs": 2**53 - 1}, "work-too-large", ""),
    ("another field", {"count": 1, "speed": 2}, UNKNOWN, "/speed"),
]
BAD_STEPS: list[tuple[str, Any, str, str]] = [
    ("no step", {"count": 0}, INVALID, "/count"),
    ("too many steps", {"count": 501}, "answer-too-large", "/count"),
    ("too many back", {"count": -501}, "answer-too-large", "/count"),
    ("by another thing", {"by": "neurone"}, INVALID, "/by"),
    ("in another text", {"textbook": "SECRET"}, INVALID, "/textbook"),
    ("an example below 0", {"example": -1}, INVALID, "/example"),
]
BAD_STARTS: list[tuple[str, Any, str, str]] = [
    ("standing still", {"speed": 0}, INVALID, "/speed"),
    ("backwards", {"speed": -1}, INVALID, "/speed"),
    ("text", {"speed": "fast"}, INVALID, "/speed"),
]
DRIVEN = [
    *((f"patch: {name}", "PATCH", "", *rest) for name, *rest in BAD_PATCHES),
    *((f"move: {name}", "POST", "/updates", *rest) for name, *rest in BAD_MOVES),
    *((f"steps: {name}", "POST", "/steps", *rest) for name, *rest in BAD_STEPS),
    *((f"start: {name}", "POST", "/training", *rest) for name, *rest in BAD_STARTS),
]
RAW = [b"", b"{", b'{"count": NaN}', b'{"count": 1e400}', b"\xff", b'{"count": "\\ud800"}', b"[" * 200, b"null", b"7"]


@pytest.fixture(scope="module")
def driver() -> Iterator[Driver]:
    with TestClient(create_api(Settings()), base_url="http://localhost:8000") as client:
        yield Driver(client)


def judge(answer: Any, slug: str, pointer: str) -> None:
    problem = orjson.loads(answer.content)
    assert (answer.status_code, problem["type"]) == (KINDS[slug].status, slug), answer.text
    assert problem["errors"][0]["pointer"] == pointer, answer.text
    assert problem["detail"].endswith(".")
    assert "SECRET" not in answer.text


@pytest.mark.parametrize(
    ("body", "slug", "pointer"), [one[1:] for one in BAD_RECIPES], ids=[one[0] for one in BAD_RECIPES]
)
def test_a_bad_recipe_is_refused_with_its_place(driver: Driver, body: Any, slug: str, pointer: str) -> None:
    judge(driver.client.post(BASE, json=body), slug, pointer)


@pytest.mark.parametrize(
    ("method", "path", "body", "slug", "pointer"), [one[1:] for one in DRIVEN], ids=[one[0] for one in DRIVEN]
)
def test_a_bad_change_is_refused_and_changes_nothing(
    driver: Driver, method: str, path: str, body: Any, slug: str, pointer: str
) -> None:
    judge(driver.send(method, path, body), slug, pointer)
    assert driver.ask().json() == driver.last


@pytest.mark.parametrize("body", RAW)
@pytest.mark.parametrize(("method", "path"), [("PATCH", ""), ("POST", "/updates"), ("POST", "/steps")])
def test_what_is_no_json_is_refused(driver: Driver, method: str, path: str, body: bytes) -> None:
    headers = {"if-match": f'"{driver.revision}"', "content-type": "application/json"}
    answer = driver.client.request(method, f"{BASE}/{driver.id}{path}", content=body, headers=headers)
    if path == "/steps" and not body:
        assert answer.status_code == 200  # every field of it has a default
        driver.last = driver.ask().json()
        return
    assert answer.status_code in (400, 422), answer.text
    assert driver.ask().json() == driver.last


def test_own_examples_may_have_hostile_names() -> None:
    with TestClient(create_api(Settings()), base_url="http://localhost:8000") as client:
        names = ["<script>alert(1)</script>", "\\input{x}\u202e"]
        driver = Driver(client, own(class_names=names, input_names=names))
        assert driver.last["data"]["class_names"] == names
        assert client.get(f"{BASE}/{driver.id}").headers["content-type"] == "application/json"


def test_the_largest_own_data_is_taken() -> None:
    count = 14_000
    inputs = [[number / 7.0, -number] for number in range(count)]
    body = SPIRALS | {"data": {"examples": {"inputs": inputs, "classes": [number % 2 for number in range(count)]}}}
    assert len(json.dumps(body)) < Limits().trace_body_bytes
    with TestClient(create_api(Settings()), base_url="http://localhost:8000") as client:
        driver = Driver(client, body)
        driver.move(count=3)
        assert driver.last["data"]["train"] == 11_200
        assert driver.ask("/data").json()["train"]["raw"][0][1] <= 0
