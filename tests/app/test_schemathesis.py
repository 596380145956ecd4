"""Whatever the description of the API allows, and what it forbids: no fault, and no status that it does not name."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from starlette.testclient import TestClient

from app.main import create_api
from app.settings import Settings

CASES = 100
APP = create_api(Settings())
# A body with too many objects is refused as too large before anything looks at its types.
REFUSALS = ["400", "404", "405", "406", "413", "415", "422"]
CONFIG = schemathesis.Config.from_dict(
    {"seed": 2, "checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}}}
)
SCHEMA = schemathesis.openapi.from_dict(APP.openapi(), config=CONFIG)
SCHEMA.app = APP
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]


@pytest.mark.slow
@SCHEMA.parametrize()
@settings(
    max_examples=CASES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_the_description_holds(case: Any) -> None:
    case.call_and_validate(base_url="http://localhost:8000", checks=CHECKS)


def test_the_example_of_the_description_is_answered() -> None:
    asking = TestClient(APP, base_url="http://localhost:8000")
    for name in ("traces", "gradient-checks", "gradient-curves", "panels", "derivations", "inspections", "paths"):
        path = f"/api/v1/{name}"
        content = APP.openapi()["paths"][path]["post"]["requestBody"]["content"]["application/json"]
        assert asking.post(path, json=content["example"]).status_code == 200
