"""Whatever the description allows is asked of sessions that are there: answers have their shapes, and none is a fault.

The walk over all routes (test_schemathesis.py) makes up names, and so seldom comes past “not found”.
"""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from app.limits import Limits
from app.main import create_api
from app.settings import Settings
from tests.app.driving import BASE, Driver

# A move may ask for a million updates, and events never end; this test has not the time.
APP = create_api(Settings(limits=Limits(move_updates=500, session_steps=50)))
# Every request here has an event loop of its own, which training would outlive.
APP.state.service.sessions.on_start = lambda live: None
CONFIG = schemathesis.Config.from_dict({"seed": 5})
SCHEMA = (
    schemathesis.openapi.from_dict(APP.openapi(), config=CONFIG)
    .include(path_regex=r"/sessions/\{id\}")
    .exclude(path_regex="/events")
)
SCHEMA.app = APP
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
CLIENT = TestClient(APP, base_url="http://localhost:8000")


@pytest.mark.slow
@SCHEMA.parametrize()
@settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_sessions_keep_to_their_description(case: Any) -> None:
    driver = Driver(CLIENT)
    driver.move(count=9)
    case.path_parameters["id"] = driver.id
    if "If-Match" in (case.headers or {}) and len(case.headers["If-Match"]) < 10:
        case.headers["If-Match"] = '"1"'
    case.call_and_validate(base_url="http://localhost:8000", checks=CHECKS)
    after = CLIENT.get(f"{BASE}/{driver.id}")
    assert after.status_code in (200, 404)
    if after.status_code == 200 and after.json()["revision"] == 1:
        assert after.json() == driver.last


def test_the_example_of_a_session_is_answered() -> None:
    paths = APP.openapi()["paths"]
    content = paths[BASE]["post"]["requestBody"]["content"]["application/json"]
    driver = Driver(CLIENT, content["example"])
    driver.move(count=1)
    for path in ("updates", "steps", "training"):
        body = paths[f"{BASE}/{{id}}/{path}"]["post"]["requestBody"]["content"]["application/json"]["example"]
        driver.do("POST", f"/{path}", body)
    driver.do("DELETE", "/training")
    driver.do("PATCH", "", paths[BASE + "/{id}"]["patch"]["requestBody"]["content"]["application/json"]["example"])
    for path in ("gradient-check", "inspections", "paths", "nudges", "jacobians"):
        body = paths[f"{BASE}/{{id}}/{path}"]["post"]["requestBody"]["content"]["application/json"]["example"]
        asked = CLIENT.post(f"{BASE}/{driver.id}/{path}", json=body)
        assert asked.status_code == 200, asked.text
        stateless = driver.ask("/request").json() | body
        twin = {"gradient-check": "gradient-checks"}.get(path, path)
        assert asked.json() == CLIENT.post(f"/api/v1/{twin}", json=stateless).json()
