"""Every route stands behind the guard: no other name, no other site, however they are written."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient

from app.headers import Authority, authority, same_origin
from app.main import Application, create_api
from app.settings import Settings

OWN = "localhost:8000"
EVIL_HOSTS = (
    "evil.example",
    "localhost.evil.example",
    "evil.example:8000",
    "localhost@evil.example",
    "127.0.0.1.nip.io",
    "127.0.0.2",
    "0.0.0.0",  # noqa: S104 - a name that must be refused
    "[::2]",
    "localhost:8000, evil.example",
    "localhost/../",
    "local host",
    "localhost:99999999",
    "[::1",
    "",
)
GOOD_HOSTS = ("localhost", OWN, "LOCALHOST:8000", "127.0.0.1:1", "[::1]:8000", "[::1]")
EVIL_ORIGINS = (
    "http://evil.example",
    "https://evil.example",
    "null",
    "http://sub.localhost:8000",
    "http://localhost:8001",
    "http://localhost",
    "http://127.0.0.1:8000",
    "http://localhost:8000.evil.example",
    "http://localhost:8000/path",
    "http://user@localhost:8000",
    "file://",
    "localhost:8000",
    "",
)


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method and address of an application, with the parameters of its address filled in."""
    for context in iter_route_contexts(app.routes):
        for method in sorted(getattr(context, "methods", None) or ()):
            yield (
                method,
                str(context.path)
                .replace("{path:path}", "js/main.js")
                .replace("{id}", "mazur")
                .replace("{name}", "relu"),
            )


def test_the_walk_finds_every_route(app: Application) -> None:
    found = set(routes(app))
    for expected in (
        ("POST", "/api/v1/traces"),
        ("POST", "/api/v1/gradient-checks"),
        ("POST", "/api/v1/panels"),
        ("POST", "/api/v1/inspections"),
        ("POST", "/api/v1/paths"),
        ("POST", "/api/v1/derivations"),
        ("POST", "/api/v1/graphs/derivations"),
        ("GET", "/api/v1/examples/mazur"),
        ("GET", "/api/v1/openapi.json"),
        ("GET", "/healthz"),
        ("HEAD", "/static/js/main.js"),
        ("GET", "/"),
        ("GET", "/docs"),
    ):
        assert expected in found


@pytest.mark.parametrize("host", EVIL_HOSTS)
def test_no_route_answers_to_another_name(app: Application, client: TestClient, host: str) -> None:
    for method, path in [*routes(app), ("GET", "/nothing"), ("TRACE", "/"), ("POST", "/")]:
        answer = client.request(method, path, headers={"host": host})
        assert answer.status_code == 400, (method, path)
        if method != "HEAD":
            assert answer.json()["type"] == "unknown-host"


@pytest.mark.parametrize("host", GOOD_HOSTS)
def test_its_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("origin", EVIL_ORIGINS)
def test_no_route_takes_an_unsafe_request_of_another_site(app: Application, client: TestClient, origin: str) -> None:
    unsafe = {path for _, path in routes(app)} | {"/nothing"}
    for path in sorted(unsafe):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = client.request(method, path, headers={"origin": origin, "host": OWN})
            assert (answer.status_code, answer.json()["type"]) == (403, "cross-origin"), (method, path)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_browser_that_says_the_request_is_foreign_is_believed(client: TestClient, site: str, mazur: Any) -> None:
    answer = client.post("/api/v1/traces", json=mazur, headers={"sec-fetch-site": site})
    assert answer.json()["type"] == "cross-origin"


@pytest.mark.parametrize("origin", [None, "http://localhost:8000", "http://LOCALHOST:8000", "https://localhost:8000"])
def test_its_own_pages_and_programs_are_answered(client: TestClient, origin: str | None, mazur: Any) -> None:
    headers = {"host": OWN, "sec-fetch-site": "same-origin"} | ({"origin": origin} if origin else {})
    assert client.post("/api/v1/traces", json=mazur, headers=headers).status_code == 200


def test_two_hosts_or_two_origins_are_refused(client: TestClient) -> None:
    assert client.get("/healthz", headers=[("host", OWN), ("host", OWN)]).status_code == 400
    origins = [("host", OWN), ("origin", f"http://{OWN}"), ("origin", "http://evil.example")]
    assert client.post("/api/v1/traces", headers=origins).status_code == 403


def test_a_name_is_allowed_by_settings_alone() -> None:
    app = create_api(Settings(allow_hosts=("Class.Example", "fe80::1")))
    with TestClient(app, base_url="http://class.example:8000") as asking:
        assert asking.get("/healthz").status_code == 200
        assert asking.get("/healthz", headers={"host": "[fe80::1]:8000"}).status_code == 200
        assert asking.get("/healthz", headers={"host": "class.example.evil"}).status_code == 400


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"localhost", Authority("localhost", None)),
        (b"LocalHost:80", Authority("localhost", 80)),
        (b"[::1]:8000", Authority("[::1]", 8000)),
        (b"a b", None),
        (b"localhost:", None),
        (b"localhost:1:2", None),
        (b"::1", None),
        (b"localhost\x00", None),
        (b"localhost\n", None),
        ("löcalhost".encode(), None),
    ],
)
def test_authorities_are_read_strictly(value: bytes, expected: Authority | None) -> None:
    assert authority(value) == expected


def test_the_standard_port_may_be_left_out() -> None:
    assert same_origin(b"http://localhost", Authority("localhost", 80))
    assert same_origin(b"https://localhost:443", Authority("localhost", None))
    assert not same_origin(b"https://localhost", Authority("localhost", 80))
