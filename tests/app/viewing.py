"""A real server on loopback with drivers of its sessions, and viewers of their streams, for tests.

A viewer keeps the costs as a page does: those behind a frame's first one are replaced.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from typing import Any

import orjson
from httpx2 import Client
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from app.cli import Announcing, listen
from app.limits import Limits
from app.main import create_app
from app.settings import Settings
from tests.app.driving import BASE, SPIRALS, Driver

Frame = dict[str, Any]
PATIENCE = 60.0
"""Seconds after which what was expected will not come: the machine may be busy."""
WANTS: dict[str, Any] = {
    "layers": True,
    "edges": 300,
    "boundary": 12,
    "maps": 6,
    "histograms": 8,
    "confusion": True,
    "mistakes": 5,
    "tile": 1,
}
"""Every part of a frame for two inputs."""
ENDLESS: dict[str, Any] = {**SPIRALS, "training": {"learning_rate": 0.01, "batch_size": 5}}


class Viewer:
    """One WebSocket: the frames it got, the costs it knows."""

    def __init__(
        self, socket: ClientConnection, after: int, known: Sequence[float | None], wants: dict[str, Any]
    ) -> None:
        self.socket = socket
        self.costs: list[float | None] = list(known)
        self.frames: list[Frame] = []
        self.say({"want": wants, "after": after})

    def say(self, message: object) -> None:
        """Send ``message``."""
        self.socket.send(orjson.dumps(message).decode())

    def read(self, seconds: float = PATIENCE) -> Frame:
        """The next frame, not acknowledged. Raises ``TimeoutError``, ``ConnectionClosed``."""
        frame: Frame = orjson.loads(self.socket.recv(seconds))
        assert frame["frame"] == len(self.frames) + 1
        self.frames.append(frame)
        begin, values = frame["costs"]["from"], frame["costs"]["values"]
        assert begin <= len(self.costs), "costs are missing"
        self.costs[begin:] = values
        return frame

    def show(self, frame: Frame) -> None:
        """Acknowledge ``frame``."""
        self.say({"ack": frame["frame"]})

    def next(self, seconds: float = PATIENCE) -> Frame:
        """The next frame, acknowledged."""
        frame = self.read(seconds)
        self.show(frame)
        return frame

    def until(self, holds: Callable[[Frame], bool]) -> Frame:
        """Frames, each acknowledged, up to one for which it ``holds``."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            frame = self.next()
            if holds(frame):
                return frame
        raise AssertionError(f"it never came to that: {self.frames[-1]}")

    def ended(self) -> int:
        """Read until the server ends it; the code it ends with."""
        self.rest()
        assert self.socket.close_code is not None
        return self.socket.close_code

    def rest(self) -> list[str]:
        """All that still comes until the server ends it."""
        found = []
        with suppress(ConnectionClosed):
            while True:
                found.append(str(self.socket.recv(PATIENCE)))
        return found


class Served:
    """A server, asked over HTTP and watched over WebSockets."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.client = Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE)
        self._sockets = ExitStack()

    def driver(self, recipe: dict[str, Any] | None = None) -> Driver:
        """A driver of a new session."""
        return Driver(self.client, recipe)

    def training(self, recipe: dict[str, Any] | None = None, speed: float | None = None) -> Driver:
        """A driver of a new session that trains."""
        driver = self.driver(recipe)
        driver.do("POST", "/training", {"speed": speed})
        return driver

    def viewer(self, name: str, after: int = 0, known: Sequence[float | None] = (), **wants: Any) -> Viewer:
        """A viewer of the session of that name, which has the costs before ``after`` already."""
        address = f"ws://127.0.0.1:{self.port}{BASE}/{name}/stream"
        socket = self._sockets.enter_context(connect(address, compression=None, max_size=None))
        return Viewer(socket, after, known, wants)

    def close(self) -> None:
        """End every connection."""
        self._sockets.close()
        self.client.close()


@contextmanager
def serving(store: str = "memory", **limits: int) -> Iterator[Served]:
    """A server of ``limits`` in a thread of its own."""
    app = create_app(Settings(store=store, open_browser=False, limits=Limits(**limits)))
    with closing(listen("127.0.0.1", 0)) as socket:
        server = Announcing(app, socket.getsockname()[1])
        thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        served = Served(socket.getsockname()[1])
        try:
            yield served
        finally:
            served.close()
            server.should_exit = True
            thread.join(PATIENCE)
            assert not thread.is_alive(), "the server does not end"


def stopping(epochs: int, **training: Any) -> dict[str, Any]:
    """The spirals, learned for so many epochs of 8 updates."""
    return {**SPIRALS, "training": {**SPIRALS["training"], **training, "stop": {"epochs": epochs}}}


def is_over(frame: Frame) -> bool:
    """Whether it is the last frame of a session that came to its end and told all of its costs."""
    told = frame["costs"]["from"] + len(frame["costs"]["values"])
    return bool(frame["status"] != "running" and told == frame["reached"])
