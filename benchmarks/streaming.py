"""Training in a real server while it is watched: the speed kept at 30 frames a second, and how long others wait.

One session trains without end; windows with a page that shows every frame and windows with a hidden one, which gets
none, take turns, and each is compared with its neighbours. Where the system tells it, time in which something else had
the processor is left out, and what a frame takes from training is counted alone: so a busy machine says the same.
"""

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from threading import Event, Thread
from typing import Any

from websockets.sync.client import ClientConnection, connect

from benchmarks.tables import number, table, verdict
from benchmarks.watched import CASES, Case

SESSIONS = "/api/v1/sessions"
WINDOW, WINDOWS = 0.6, 24
"""Seconds of a window; windows with frames and as many without."""
KEPT, FRAMES_A_SECOND = 0.95, 30
SILENT_BYTES, SILENT_SECONDS, SLOW = 1_000_000, 10.0, 300.0


@dataclass(frozen=True)
class Window:
    """Some time of training: the updates and frames in it, its seconds, and those the trainer could have had."""

    updates: int
    frames: int
    seconds: float
    own: float


@dataclass
class Found:
    """Windows with frames and without in turns, without first; bytes of the frames, seconds that others waited."""

    windows: list[Window] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    @property
    def speed(self) -> float:
        """Updates a second without frames, with the processor to itself."""
        return median(one.updates / one.own for one in self.windows[::2])

    @property
    def frames(self) -> float:
        """Frames a second."""
        return median(one.frames / one.seconds for one in self.windows[1::2])

    @property
    def cost(self) -> float:
        """Seconds that a frame takes from training: those in which no update was made, compared with the neighbours."""
        triples = zip(self.windows[::2], self.windows[1::2], self.windows[2::2], strict=False)
        return median(
            (shown.own - shown.updates * (before.own + after.own) / (before.updates + after.updates)) / shown.frames
            for before, shown, after in triples
        )

    @property
    def kept(self) -> float:
        """The share of the speed that is left at thirty frames a second."""
        return 1.0 - FRAMES_A_SECOND * self.cost


class Server:
    """A server of its own process, and what is asked of it."""

    def __init__(self, process: "subprocess.Popen[str]", port: int) -> None:
        self.process, self.port = process, port
        self._connection = HTTPConnection("127.0.0.1", port)

    def ask(self, method: str, path: str, body: Any = None, revision: int | None = None) -> dict[str, Any]:
        """The answer's document."""
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if revision is not None:
            headers["If-Match"] = f'"{revision}"'
        self._connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = self._connection.getresponse()
        found: dict[str, Any] = json.loads(answer.read())
        if answer.status >= 400:
            raise RuntimeError(found.get("detail", str(found)))
        return found

    def memory(self) -> int:
        """Bytes the process holds, or 0 where the system does not say."""
        status = Path(f"/proc/{self.process.pid}/statm")
        return int(status.read_text().split()[1]) * 4096 if status.exists() else 0

    def busiest(self) -> tuple[str, float]:
        """The thread that had most of the processor, and the seconds it was kept from it by what else runs."""
        threads = Path(f"/proc/{self.process.pid}/task")
        found = {one.parent.name: one.read_text().split() for one in threads.glob("*/schedstat")}
        if not found:
            return "", 0.0
        name = max(found, key=lambda one: int(found[one][0]))
        return name, int(found[name][1]) / 1e9

    def training(self, recipe: dict[str, Any], speed: float | None = None) -> str:
        """A new session that trains; its name."""
        made = self.ask("POST", SESSIONS, recipe)
        self.ask("POST", f"{SESSIONS}/{made['id']}/training", {"speed": speed}, made["revision"])
        return str(made["id"])

    def update(self, name: str) -> tuple[int, float]:
        """The update a session has come to, and when that was."""
        return int(self.ask("GET", f"{SESSIONS}/{name}")["update"]), time.perf_counter()

    def watch(self, name: str) -> ClientConnection:
        """A viewer."""
        return connect(f"ws://127.0.0.1:{self.port}{SESSIONS}/{name}/stream", compression=None, max_size=None)


@contextmanager
def _server(store: str) -> Iterator[Server]:
    command = [sys.executable, "-m", "app.cli", "--no-open", "--port", "0", "--store", store]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        found = re.search(r":(\d+)/", process.stdout.readline())
        try:
            assert found is not None
            yield Server(process, int(found[1]))
        finally:
            process.terminate()


def _numbered(message: str | bytes) -> int:
    found = re.match(r'\{"frame":(\d+)', str(message))
    assert found is not None
    return int(found[1])


def _show(page: ClientConnection, seconds: float, *, shown: bool) -> list[int]:
    """Read for some seconds; acknowledge what came if it is shown. The sizes of the frames."""
    end, sizes = time.perf_counter() + seconds, []
    while (left := end - time.perf_counter()) > 0.0:
        try:
            message = page.recv(left)
        except TimeoutError:
            break
        sizes.append(len(message))
        page.send(json.dumps({"ack" if shown else "got": _numbered(message)}))
    return sizes


def _ask_often(port: int, waits: list[float], done: Event) -> None:
    connection = HTTPConnection("127.0.0.1", port)
    while not done.wait(0.01):
        begin = time.perf_counter()
        connection.request("GET", "/healthz")
        connection.getresponse().read()
        waits.append(time.perf_counter() - begin)


def measured(server: Server, case: Case) -> Found:
    """Windows in turns."""
    found, done = Found(), Event()
    name = server.training(case.recipe)
    asking = Thread(target=_ask_often, args=(server.port, found.waits, done), daemon=True)
    with server.watch(name) as page:
        page.send(json.dumps({"want": case.wants}))
        _show(page, 2.0, shown=True)
        asking.start()
        before, since = server.update(name)
        _, kept_away = server.busiest()
        for window in range(2 * WINDOWS + 1):
            shown = window % 2 == 1
            if shown:  # a hidden page has two frames to acknowledge when it is shown again
                page.send(json.dumps({"ack": 2**40}))
            sizes = _show(page, WINDOW, shown=shown)
            update, now = server.update(name)
            _, later = server.busiest()
            own = now - since - (later - kept_away)
            found.windows.append(Window(update - before, len(sizes), now - since, own))
            found.sizes += sizes
            before, since, kept_away = update, now, later
        done.set()
        asking.join()
    server.ask("DELETE", f"{SESSIONS}/{name}/training", None, server.ask("GET", f"{SESSIONS}/{name}")["revision"])
    return found


def silent(server: Server, case: Case) -> tuple[int, float]:
    """What a viewer that never reads adds to the server's memory at most, and the seconds until it is let go."""
    name = server.training(case.recipe, SLOW)  # a fast run's own costs would outweigh what is looked for
    with server.watch(name) as reader:
        reader.send(json.dumps({"want": case.wants}))
        _show(reader, 5.0, shown=True)
        before, begin, most, viewers = server.memory(), time.perf_counter(), 0, 0
        with socket.create_connection(("127.0.0.1", server.port)) as mute:
            mute.sendall(_upgrade(name))
            assert mute.recv(4096).startswith(b"HTTP/1.1 101")
            mute.sendall(_masked(json.dumps({"want": case.wants}).encode()))
            while viewers != 1 and time.perf_counter() - begin < 2.0 * SILENT_SECONDS:
                message = json.loads(reader.recv(5.0))
                reader.send(json.dumps({"ack": message["frame"]}))
                viewers = message["viewers"] if viewers or message["viewers"] == 2 else 0
                most = max(most, server.memory() - before)
            return most, time.perf_counter() - begin


def _upgrade(name: str) -> bytes:
    return (
        f"GET {SESSIONS}/{name}/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
    ).encode()


def _masked(text: bytes) -> bytes:
    assert len(text) < 126
    return bytes((0x81, 0x80 | len(text), 0, 0, 0, 0)) + text


def _row(server: Server, case: Case) -> list[str]:
    found = measured(server, case)
    waits = quantiles(found.waits, n=100)
    return [
        case.words,
        number(found.speed),
        f"{found.frames:.0f}",
        number(1000.0 * found.cost),
        f"{100.0 * found.kept:.1f} %",
        number(median(found.sizes) / 1000.0),
        number(1000.0 * median(found.waits)),
        number(1000.0 * waits[98]),
        verdict(found.kept >= KEPT),
    ]


def report(names: set[str], store: str = "memory") -> None:
    """Print the speed kept, the frames a second, what others wait, and what a viewer that does not read costs."""
    with _server(store) as server:
        rows = [_row(server, case) for case in CASES if case.name in names]
        print(f"\nTraining in a server that is watched, sessions kept in {store}\n")
        head = (
            "",
            "updates/s",
            "frames/s",
            "ms a frame",
            "kept at 30/s",
            "KB",
            "others wait, ms",
            "99 %",
            f"≥ {KEPT:.0%}",
        )
        print(table(head, rows))
        most, seconds = silent(server, CASES[0])
    right = most < SILENT_BYTES and seconds <= SILENT_SECONDS
    print(f"\nA viewer that does not read: {most / 1000:,.0f} KB more, let go after {seconds:.1f} s: {verdict(right)}")
