"""What the guard lets in of a request: its headers, its type, its size, its time; and what every answer carries."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.guard import Guard
from app.limits import Limits
from app.main import create_api
from app.settings import Settings
from tests.app.conftest import MAZUR
from tests.app.test_cli import quickest

TRACES, SMALL = "/api/v1/traces", "/api/v1/limits"
JSON = {"content-type": "application/json"}
OWN_HEADERS = [(b"host", b"localhost")]


def problem(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"]


@pytest.mark.parametrize(
    "kind",
    [
        None,
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json; charset=utf-8; charset=latin-1",
        "application/jsonp",
        "application/json, text/plain",
        "text/json",
    ],
)
def test_a_body_that_is_not_marked_as_json_is_refused(client: TestClient, kind: str | None) -> None:
    headers = {"content-type": kind} if kind else {}
    assert problem(client.post(TRACES, content=b"{}", headers=headers)) == (415, "unsupported-media-type")


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON", 'application/json; charset="UTF-8"'])
def test_json_is_recognised(client: TestClient, kind: str) -> None:
    assert client.post(TRACES, content=b"{}", headers={"content-type": kind}).status_code == 422


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "identity, gzip", "x"])
def test_a_compressed_body_is_refused(client: TestClient, encoding: str) -> None:
    answer = client.post(TRACES, content=b"{}", headers=JSON | {"content-encoding": encoding})
    assert problem(answer) == (415, "unsupported-encoding")


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "FOO"])
def test_a_body_is_judged_whatever_the_method(client: TestClient, method: str) -> None:
    answer = client.request(method, SMALL, content=b"x" * 70_000, headers=JSON)
    assert problem(answer) == (413, "body-too-large")


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(("over", "status"), [(0, 422), (1, 413)])
def test_the_size_of_a_body_is_exact(client: TestClient, chunked: bool, over: int, status: int) -> None:
    body = b"{}" + b" " * (Limits().trace_body_bytes - 2 + over)
    half = len(body) // 2
    content: Any = (part for part in (body[:half], body[half:])) if chunked else body
    assert client.post(TRACES, content=content, headers=JSON).status_code == status


def test_only_addresses_that_take_networks_take_large_bodies(client: TestClient) -> None:
    body = b" " * (Limits().body_bytes + 1)
    assert client.post(TRACES, content=body, headers=JSON).status_code == 400
    assert client.post("/api/v1/traces/", content=body, headers=JSON).status_code == 413
    assert client.post("/api/v1/costs", content=body, headers=JSON).status_code == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "0x10", "1, 1", "99999999999999999999", "٣", ""])
def test_a_length_that_is_no_number_is_refused(client: TestClient, length: str) -> None:
    headers = {b"content-type": b"application/json", b"content-length": length.encode()}
    answer = client.post(TRACES, headers=headers)
    assert problem(answer) == (400, "malformed-request")


@pytest.mark.parametrize(("over", "status"), [(0, 200), (1, 431)])
def test_the_size_of_the_headers_is_exact(over: int, status: int) -> None:
    limits = Limits(header_bytes=1_000)
    path = "/healthz"
    size = len(path) + sum(len(name) + len(value) + 4 for name, value in OWN_HEADERS) + len(b"x-filler") + 4
    headers = [*OWN_HEADERS, (b"x-filler", b"a" * (1_000 - size + over))]
    assert ask(create_api(Settings(limits=limits)), "GET", path, headers)[0] == status


def test_a_long_address_counts_as_header(client: TestClient) -> None:
    assert problem(client.get("/healthz?" + "a" * 20_000)) == (431, "header-too-large")


def test_a_body_that_never_ends_is_given_up() -> None:
    app = create_api(Settings(limits=Limits(body_seconds=1)))
    headers = [*OWN_HEADERS, (b"content-type", b"application/json"), (b"content-length", b"100")]

    def trickle() -> None:
        status, answer_headers, _ = ask(app, "POST", TRACES, headers, trickling)
        assert status == 408
        assert answer_headers[b"connection"] == b"close"

    assert quickest(trickle, 3.0) < 3.0


def trickling() -> Callable[[], Any]:
    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.2)
        return {"type": "http.request", "body": b" ", "more_body": True}

    return receive


def test_nobody_is_answered_who_left() -> None:
    async def gone() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    headers = [*OWN_HEADERS, (b"content-type", b"application/json"), (b"content-length", b"100")]
    assert ask(create_api(Settings()), "POST", TRACES, headers, lambda: gone)[0] == 0


def test_a_body_beyond_the_limit_is_not_kept_while_it_is_refused() -> None:
    """A client that ignores the answer is read for a moment only, and nothing of it is held."""
    seen = 0

    async def flood() -> dict[str, Any]:
        nonlocal seen
        seen += 1
        await asyncio.sleep(0)
        return {"type": "http.request", "body": b"x" * 65_536, "more_body": True}

    headers = [*OWN_HEADERS, (b"content-type", b"application/json"), (b"transfer-encoding", b"chunked")]
    app = create_api(Settings())

    def post() -> None:
        assert ask(app, "POST", "/api/v1/costs", headers, lambda: flood)[0] == 413

    assert quickest(post, 3.0) < 3.0
    assert seen > 2


SECURITY = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
POLICY = (
    "default-src 'none'",
    "script-src 'self' 'nonce-",
    "style-src 'self' 'nonce-",
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
)


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, 200),
        ("HEAD", "/", {}, 200),
        ("GET", "/docs", {}, 200),
        ("GET", "/healthz", {}, 200),
        ("GET", "/static/icon.svg", {}, 200),
        ("GET", "/api/v1/openapi.json", {}, 200),
        ("GET", "/api/v1/limits", {"accept": "image/png"}, 406),
        ("GET", "/nothing", {}, 404),
        ("GET", "/static/nothing.js", {}, 404),
        ("DELETE", "/healthz", {}, 405),
        ("POST", TRACES, {"content-type": "text/plain", "content-length": "1"}, 415),
        ("GET", "/healthz", {"host": "evil.example"}, 400),
        ("POST", "/healthz", {"origin": "null"}, 403),
        ("GET", "/broken", {}, 500),
    ],
)
def test_every_answer_carries_the_security_headers(
    broken: TestClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = broken.request(method, path, headers=headers)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in SECURITY} == SECURITY
    policy = answer.headers["content-security-policy"]
    assert all(part in policy for part in POLICY)
    assert "unsafe" not in policy
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "cache-control" in answer.headers


def test_a_stream_carries_them_too(client: TestClient) -> None:
    answer = client.post(TRACES, json=MAZUR, headers={"accept": "text/event-stream"})
    assert SECURITY.items() <= dict(answer.headers).items()


def test_a_fault_says_nothing_of_itself(broken: TestClient) -> None:
    answer = broken.get("/broken")
    assert problem(answer) == (500, "unexpected")
    for secret in ("SECRET", "Traceback", "RuntimeError", "/broken", ".py"):
        assert secret not in answer.text


def test_the_nonce_is_new_in_every_answer(client: TestClient) -> None:
    policies = {client.get("/healthz").headers["content-security-policy"] for _ in range(20)}
    assert len(policies) == 20


def test_nothing_behind_the_guard_can_weaken_a_header() -> None:
    async def lax(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"Content-Security-Policy", b"default-src *"), (b"X-Content-Type-Options", b"no")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    guarded: Any = Guard(lax, Settings(), {})
    headers = TestClient(guarded, base_url="http://localhost").get("/").headers
    assert "*" not in headers["content-security-policy"]
    assert headers.get_list("x-content-type-options") == ["nosniff"]


def ask(
    app: FastAPI, method: str, path: str, headers: Any, receiving: Callable[[], Any] = trickling
) -> tuple[int, dict[bytes, bytes], bytes]:
    """One request without a client's own ideas of HTTP: status (0 for none), headers, body."""
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "headers": headers,
        "state": {},
    }
    asyncio.run(app(scope, receiving(), send))
    if not sent:
        return 0, {}, b""
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(one.get("body", b"") for one in sent[1:])
