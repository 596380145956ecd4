"""The deadline for headers leaves alone what is no longer waiting: a long answer, an open WebSocket."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import uvicorn
from starlette.websockets import WebSocket
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from websockets.sync.client import connect

from app.cli import listen
from app.limits import Limits
from app.protocol import Patient, protocol
from tests.app.test_cli import PATIENCE, talk


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        socket = WebSocket(scope, receive, send)
        await socket.accept()
        await socket.send_text(await socket.receive_text())
        return
    await asyncio.sleep(2.0)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    config = uvicorn.Config(application, http=protocol(Limits(header_seconds=1)), lifespan="off", log_level="error")
    server = uvicorn.Server(config)
    with closing(listen("127.0.0.1", 0)) as socket:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield int(socket.getsockname()[1])
        server.should_exit = True
        thread.join(PATIENCE)


def test_an_open_socket_is_not_hurried(port: int) -> None:
    with connect(f"ws://127.0.0.1:{port}/") as socket:
        time.sleep(2.0)
        socket.send("still here")
        assert socket.recv(PATIENCE) == "still here"


def test_a_long_answer_is_not_hurried(port: int) -> None:
    assert talk(port, b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").endswith(b"ok")


def test_the_faster_parser_is_used_where_it_is_there() -> None:
    assert issubclass(Patient, HttpToolsProtocol)
