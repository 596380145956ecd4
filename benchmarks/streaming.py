"""Training in a real server while it is watched: the speed kept at 30 frames a second, and how long others wait.

One session trains without end; windows with a page that shows every frame and windows with a hidden one, which gets
none, take turns, and each is compared with its neighbours.
"""

import json
import re
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

SESSIONS = "/api/v1/sessions"
WINDOW, WINDOWS = 0.6, 24
"""Seconds of a window; windows with frames and as many without."""
KEPT, FRAMES_A_SECOND = 0.95, 30
SILENT_BYTES, SILENT_SECONDS = 1_000_000, 10.0
FULL = {"layers": True, "edges": 200}
PLANE = {**FULL, "boundary": 60, "maps": 24}
CLASSES = {**FULL, "confusion": True, "mistakes": 18, "tile": 3}


@dataclass(frozen=True)
class Case:
    """A session and what its viewer wants."""

    name: str
    words: str
    recipe: dict[str, Any]
    wants: dict[str, Any]


@dataclass
class Found:
    """Updates a second in each window with and without frames, bytes of a frame, seconds that others waited."""

    shown: list[float] = field(default_factory=list)
    hidden: list[float] = field(default_factory=list)
    frames: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    @property
    def kept(self) -> float:
        """The share of the speed: each window over the mean of its neighbours, the median."""
        pairs = zip(self.shown, self.hidden, self.hidden[1:], strict=False)
        return median(2.0 * one / (before + after) for one, before, after in pairs)


def _network(sizes: tuple[int, ...], activation: str, output: str, cost: str) -> dict[str, Any]:
    layers = [{"size": size, "activation": activation} for size in sizes[1:]]
    layers[-1]["activation"] = output
    return {"inputs": sizes[0], "layers": layers, "cost": cost}


def _recipe(network: dict[str, Any], data: str, batch: int) -> dict[str, Any]:
    training = {"learning_rate": 0.01, "batch_size": batch}
    return {"network": network, "data": {"name": data}, "training": training}


CASES = (
    Case(
        "W2",
        "W2 2-4-2-1 · 10 · tanh",
        _recipe(_network((2, 4, 2, 1), "tanh", "tanh", "quadratic"), "moons", 10),
        PLANE,
    ),
    Case(
        "W3",
        "W3 64-32-10 · 32 · sigmoid",
        _recipe(_network((64, 32, 10), "sigmoid", "softmax", "cross_entropy"), "digits", 32),
        CLASSES,
    ),
    Case(
        "W4",
        "W4 784-30-10 · 10 · sigmoid",
        _recipe(_network((784, 30, 10), "sigmoid", "sigmoid", "quadratic"), "digits_28", 10),
        CLASSES,
    ),
)


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

    def processor(self) -> float:
        """Seconds of processor time taken, all threads together; 0 where the system does not say."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(one.read_text().split()[0]) for one in threads) / 1e9

    def training(self, recipe: dict[str, Any]) -> str:
        """A new session that trains; its name."""
        made = self.ask("POST", SESSIONS, recipe)
        self.ask("POST", f"{SESSIONS}/{made['id']}/training", {}, made["revision"])
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


def _show(socket: ClientConnection, seconds: float, *, shown: bool) -> list[int]:
    """Read for some seconds; acknowledge what came if it is shown. The sizes of the frames."""
    end, sizes = time.perf_counter() + seconds, []
    while (left := end - time.perf_counter()) > 0.0:
        try:
            message = socket.recv(left)
        except TimeoutError:
            break
        sizes.append(len(message))
        socket.send(json.dumps({"ack" if shown else "got": _numbered(message)}))
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
    with server.watch(name) as socket:
        socket.send(json.dumps({"want": case.wants}))
        _show(socket, 2.0, shown=True)
        asking.start()
        before, since = server.update(name)
        for window in range(2 * WINDOWS + 1):
            shown = window % 2 == 1
            if shown:  # a hidden page has two frames to acknowledge when it is shown again
                socket.send(json.dumps({"ack": 2**40}))
            sizes = _show(socket, WINDOW, shown=shown)
            update, now = server.update(name)
            (found.shown if shown else found.hidden).append((update - before) / (now - since))
            if shown:
                found.sizes += sizes
                found.frames.append(len(sizes) / (now - since))
            before, since = update, now
        done.set()
        asking.join()
    server.ask("DELETE", f"{SESSIONS}/{name}/training", None, server.ask("GET", f"{SESSIONS}/{name}")["revision"])
    return found


def silent(server: Server, case: Case) -> tuple[int, float]:
    """What a viewer that never reads adds to the server's memory at most, and the seconds until it is let go."""
    name = server.training(case.recipe)
    with server.watch(name) as reader:
        reader.send(json.dumps({"want": case.wants}))
        _show(reader, 3.0, shown=True)
        before, begin, most = server.memory(), time.perf_counter(), 0
        mute = connect(
            f"ws://127.0.0.1:{server.port}{SESSIONS}/{name}/stream", compression=None, max_size=None, max_queue=1
        )
        mute.send(json.dumps({"want": case.wants}))
        viewers = 2
        while viewers > 1 and time.perf_counter() - begin < 2.0 * SILENT_SECONDS:
            message = json.loads(reader.recv(5.0))
            reader.send(json.dumps({"ack": message["frame"]}))
            viewers = message["viewers"] if time.perf_counter() - begin > 1.0 else 2
            most = max(most, server.memory() - before)
        seconds = time.perf_counter() - begin
        mute.close_socket()
    return most, seconds


def _row(server: Server, case: Case) -> list[str]:
    found = measured(server, case)
    waits = quantiles(found.waits, n=100)
    return [
        case.words,
        number(median(found.hidden)),
        f"{100.0 * found.kept:.1f} %",
        f"{median(found.frames):.0f}",
        number(median(found.sizes) / 1000.0),
        number(1000.0 * median(found.waits)),
        number(1000.0 * waits[98]),
        verdict(found.kept >= KEPT and median(found.frames) >= 0.9 * FRAMES_A_SECOND),
    ]


def report(names: set[str], store: str = "memory") -> None:
    """Print the speed kept, the frames a second, what others wait, and what a viewer that does not read costs."""
    with _server(store) as server:
        rows = [_row(server, case) for case in CASES if case.name in names]
        print(f"\nTraining in a server that is watched, sessions kept in {store}\n")
        head = ("", "updates/s", "speed kept", "frames/s", "KB", "others wait, ms", "99 %", f"≥ {KEPT:.0%}")
        print(table(head, rows))
        most, seconds = silent(server, CASES[0])
    right = most < SILENT_BYTES and seconds <= SILENT_SECONDS
    print(f"\nA viewer that does not read: {most / 1000:,.0f} KB more, let go after {seconds:.1f} s: {verdict(right)}")
