"""WebSockets stand behind the same guard, and their messages keep to a size and a rate.

The routes behind it are judged in the tests of the stream; here it stands alone.
"""

import asyncio
from typing import Any

import pytest
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.guard import Guard
from app.limits import Limits
from app.settings import Settings
from tests.app.test_guard import EVIL_HOSTS, EVIL_ORIGINS, OWN


async def echo(scope: Any, receive: Any, send: Any) -> None:
    socket = WebSocket(scope, receive, send)
    await socket.accept()
    try:
        while True:
            await socket.send_text(str(len(await socket.receive_text())))
    except WebSocketDisconnect:
        pass


def sockets(**limits: int) -> TestClient:
    guarded: Any = Guard(echo, Settings(limits=Limits(**limits)), {})
    return TestClient(guarded, base_url="http://localhost:8000")


@pytest.mark.parametrize("host", EVIL_HOSTS)
def test_no_socket_opens_under_another_name(host: str) -> None:
    with pytest.raises(WebSocketDenialResponse) as refused, sockets().websocket_connect("/any", headers={"host": host}):
        pass
    assert refused.value.status_code == 400


@pytest.mark.parametrize("origin", EVIL_ORIGINS)
def test_no_socket_opens_for_another_site(origin: str) -> None:
    headers = {"host": OWN, "origin": origin}
    with pytest.raises(WebSocketDenialResponse) as refused, sockets().websocket_connect("/any", headers=headers):
        pass
    assert refused.value.status_code == 403


def test_a_socket_opens_for_its_own_page() -> None:
    with sockets().websocket_connect("/any", headers={"host": OWN, "origin": f"http://{OWN}"}) as socket:
        socket.send_text("four")
        assert socket.receive_text() == "4"


@pytest.mark.parametrize(("size", "fits"), [(1_000, True), (1_001, False)])
def test_a_message_that_is_too_big_closes_the_socket(size: int, fits: bool) -> None:
    with sockets(websocket_message_bytes=1_000).websocket_connect("/any", headers={"host": OWN}) as socket:
        socket.send_text("a" * size)
        if fits:
            assert socket.receive_text() == str(size)
            return
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_text()
        assert closed.value.code == 1009


def test_a_flood_of_messages_closes_the_socket() -> None:
    with sockets(websocket_messages=5).websocket_connect("/any", headers={"host": OWN}) as socket:
        for _ in range(50):
            socket.send_text("a")
        with pytest.raises(WebSocketDisconnect) as closed:
            [socket.receive_text() for _ in range(50)]
        assert closed.value.code == 1008


def test_an_unguarded_kind_of_connection_passes_through() -> None:
    seen = []

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    async def nothing(*_: Any) -> Any:
        return {}

    asyncio.run(Guard(inner, Settings(), {})({"type": "lifespan"}, nothing, nothing))
    assert seen == ["lifespan"]
