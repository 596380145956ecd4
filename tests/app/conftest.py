"""What the tests of the server share: one application, clients that ask it in-process, and Mazur's request."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.main import Application, create_app
from app.settings import Settings
from tests.app.viewing import Served, serving

MAZUR: dict[str, Any] = {
    "network": {"inputs": 2, "layers": [{"size": 2}, {"size": 2}]},
    "parameters": {
        "weights": [[[0.15, 0.2], [0.25, 0.3]], [[0.4, 0.45], [0.5, 0.55]]],
        "biases": [[0.35, 0.35], [0.6, 0.6]],
    },
    "batch": {"inputs": [[0.05, 0.1]], "targets": [[0.01, 0.99]]},
    "learning_rate": 0.5,
    "freeze_biases": True,
}


@pytest.fixture(scope="session")
def app() -> Application:
    return create_app(Settings())


@pytest.fixture(scope="session")
def client(app: Application) -> Iterator[TestClient]:
    with TestClient(app, base_url="http://localhost:8000", raise_server_exceptions=False) as found:
        yield found


@pytest.fixture
def mazur() -> dict[str, Any]:
    return copy.deepcopy(MAZUR)


@pytest.fixture(scope="session")
def broken() -> Iterator[TestClient]:
    """The application with one more route, which always fails."""
    app = create_app(Settings())

    @app.get("/broken")
    async def fail() -> None:
        raise RuntimeError("SECRET")

    with TestClient(app, base_url="http://localhost:8000", raise_server_exceptions=False) as found:
        yield found


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """A real server on loopback."""
    with serving() as found:
        yield found
