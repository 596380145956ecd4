"""docs/api.md keeps up: every route, field, problem and limit is named in it, and its example is answered."""

import json
import re
from pathlib import Path

from starlette.testclient import TestClient

from app.limits import Limits
from app.main import create_api
from app.payloads import LayerAnswer
from app.problems import KINDS
from app.schemas import GradientCheckRequest, PanelRequest, PathsRequest
from app.settings import Settings

TEXT = (Path(__file__).resolve().parents[2] / "docs/api.md").read_text(encoding="utf-8")


def test_every_route_is_named() -> None:
    paths = create_api(Settings()).openapi()["paths"]
    for path, operations in paths.items():
        for method in operations:
            assert f"`{method.upper()} {path}`" in TEXT


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
    update, question = map(json.loads, re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL))
    answer = client.post("/api/v1/traces", json=update)
    assert answer.status_code == 200
    assert round(answer.json()["cost"], 9) == 0.298371109
    assert client.post("/api/v1/panels", json=update | question).json()["kind"] == question["panel"]
