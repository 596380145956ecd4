"""POST /panels: a panel of a step is told, and a question that cannot be answered says what can be asked."""

from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from app.budget import check_panel
from app.limits import Limits
from app.problems import Problem
from app.schemas import PanelRequest
from backprop_core import PANELS, Panel
from tests.app.bodies import dumped, net

ADDRESS = "/api/v1/panels"


def test_every_panel_that_a_step_names_can_be_opened(client: TestClient, mazur: Any) -> None:
    steps = client.post("/api/v1/traces", json=mazur).json()["steps"]
    for step in steps:
        assert step["panels"]
        for kind in step["panels"]:
            answer = client.post(ADDRESS, json=mazur | {"step": step["index"], "panel": kind})
            assert answer.status_code == 200, answer.text
            TypeAdapter(Panel).validate_json(answer.content)
            assert (answer.json()["kind"], answer.json()["title"]) == (kind, PANELS[kind])


def test_notation_shows_the_product_with_the_numbers_of_the_step(client: TestClient, mazur: Any) -> None:
    panel = client.post(ADDRESS, json=mazur | {"step": 7, "panel": "notation"}).json()
    assert [line["place"] for line in panel["lines"]][-2:] == ["(34)", "(34)"]
    result = panel["lines"][-1]["numbers"][-1]
    assert result["ref"] == "error:2"
    assert result["matrix"][0][0]["value"] == pytest.approx(0.13849856162855698, rel=1e-12)


@pytest.mark.parametrize(
    ("more", "pointer", "words"),
    [
        ({"step": 17, "panel": "notation"}, "/step", "steps 0 to 14"),
        ({"step": -1, "panel": "notation"}, "/step", ""),
        ({"step": "7", "panel": "notation"}, "/step", ""),
        ({"panel": "notation"}, "/step", ""),
        ({"step": 0, "panel": "phi"}, "/panel", "step 0 offers notation"),
        ({"step": 0, "panel": "SECRET"}, "/panel", "notation"),
        ({"step": 0}, "/panel", ""),
        ({"step": 0, "panel": "notation", "example": 1}, "/example", ""),
    ],
)
def test_what_there_is_not_is_refused(
    client: TestClient, mazur: Any, more: dict[str, Any], pointer: str, words: str
) -> None:
    answer = client.post(ADDRESS, json=mazur | more)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert words in answer.json()["detail"]
    assert "SECRET" not in answer.text


def refused(body: dict[str, Any], limits: Limits) -> str | None:
    try:
        check_panel(PanelRequest.model_validate_json(dumped(body)), limits)
    except Problem as problem:
        return str(problem.limit and problem.limit["name"])
    return None


def test_what_would_cost_too_much_is_refused_by_name() -> None:
    body = net({"size": 3}) | {"step": 0, "panel": "gradient_check", "steps": False}
    assert refused(body, Limits()) is None
    assert refused(body, Limits(check_parameters=8)) == "check_parameters"
    assert refused(body | {"panel": "notation"}, Limits(check_parameters=8)) is None
    assert refused(body | {"panel": "notation"}, Limits(trace_numbers=8)) == "trace_numbers"
