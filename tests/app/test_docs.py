"""docs/api.md and docs/sessions.md keep up: every route, field, problem and limit is named, their examples answered."""

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from app.limits import Limits
from app.main import create_api
from app.payloads import LayerAnswer
from app.problems import KINDS
from app.schemas import GradientCheckRequest, PanelRequest, PathsRequest
from app.sessions.bodies import DataRequest, MoveRequest, OwnExamples, PatchRequest, SessionRequest
from app.sessions.frame_shapes import FrameAnswer
from app.sessions.wants import Wants
from app.settings import Settings
from backprop_core import Schedule, Stop, Training

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXT = (DOCS / "api.md").read_text(encoding="utf-8")
SESSIONS = (DOCS / "sessions.md").read_text(encoding="utf-8")


def test_every_route_is_named() -> None:
    paths = create_api(Settings()).openapi()["paths"]
    for path, operations in paths.items():
        for method in operations:
            assert f"`{method.upper()} {path}`" in TEXT + SESSIONS


def test_every_limit_stands_with_its_value_and_words() -> None:
    for entry in Limits().listed():
        assert re.search(rf"\| `{entry['name']}` \| {entry['value']}\b.*\| {re.escape(entry['words'])} \|", TEXT)


def test_every_problem_stands_with_its_status() -> None:
    for kind in KINDS.values():
        assert f"| `{kind.slug}` | {kind.status} |" in TEXT


def test_every_field_is_named() -> None:
    requests = (GradientCheckRequest, PanelRequest, PathsRequest)
    for name in [*(name for one in requests for name in one.model_fields), *LayerAnswer.__annotations__]:
        assert name == "layer" or f"`{name}`" in TEXT


def test_its_examples_are_answered(client: TestClient) -> None:
    update, skipping, question, derivative = map(json.loads, re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL))
    answer = client.post("/api/v1/traces", json=update)
    assert answer.status_code == 200
    assert round(answer.json()["cost"], 9) == 0.298371109
    drawn = {"network": skipping, "batch": update["batch"], "initialization": {"seed": 1}}
    layers = client.post("/api/v1/traces", json=drawn).json()["layers"]
    assert len(layers[3]["joined_activation"][0]) == 6
    assert client.post("/api/v1/panels", json=update | question).json()["kind"] == question["panel"]
    assert client.post("/api/v1/jacobians", json=update | derivative).json()["of"] == derivative["of"]


def test_the_recipe_of_the_guide_makes_a_session(client: TestClient) -> None:
    recipe, wants = map(json.loads, re.findall(r"```json\n(.*?)```", SESSIONS, re.DOTALL))
    made = client.post("/api/v1/sessions", json=recipe)
    assert made.status_code == 201
    address = made.headers["location"]
    moved = client.post(f"{address}/updates", json={"count": 100}, headers={"if-match": made.headers["etag"]})
    assert moved.json()["update"] == 100
    back = client.post(f"{address}/updates", json={"count": -2}, headers={"if-match": moved.headers["etag"]})
    assert back.json()["update"] == 98
    frame = client.get(f"{address}/frame", params=wants["want"]).json()
    assert set(wants["want"]) <= set(frame)


def test_every_field_of_a_recipe_is_named() -> None:
    for shape in (SessionRequest, DataRequest, OwnExamples, PatchRequest, MoveRequest):
        for name in shape.model_fields:
            assert re.search(rf"[`.]{name}`|\"{name}\"", SESSIONS), name
    for one in (Training, Schedule, Stop):
        for field in fields(one):
            assert re.search(rf"[`.]{field.name}`|\"{field.name}\"", SESSIONS), field.name


def test_every_part_of_a_frame_is_named() -> None:
    for name in (*Wants.model_fields, *FrameAnswer.__annotations__):
        assert re.search(rf"[`.]{name}`|\"{name}\"", SESSIONS), name


def test_the_python_of_the_guide_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", SESSIONS, re.DOTALL)
    namespace: dict[str, Any] = {}
    exec(code, namespace)  # noqa: S102 - it is our own guide
    assert namespace["run"].position == 298
