"""What goes wrong with a store stays there: a damaged session is told, others go on, a full disk loses nothing."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.limits import Limits
from app.main import Application, create_api
from app.sessions import live as living
from app.sessions.memory_store import MemoryStore
from app.sessions.names import key_of, masked
from app.sessions.places import StoreUnavailable, data_folder, open_store
from app.settings import Settings
from tests.app.driving import BASE, SPIRALS, Driver, parameters_of, run_of


class Served:
    """One application on a store, and its client."""

    def __init__(self, store: str, limits: Limits | None = None) -> None:
        self.app: Application = create_api(Settings(store=store, limits=limits or Limits()))
        self.client = TestClient(self.app, base_url="http://localhost:8000", raise_server_exceptions=False)
        self.client.__enter__()

    @property
    def sessions(self) -> Any:
        return self.app.state.service.sessions

    def close(self) -> None:
        assert self.client.portal is not None
        self.client.portal.call(self.sessions.close)
        self.client.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """So short a run would never be worth a checkpoint otherwise."""
    monkeypatch.setattr(living, "OPERATIONS", 3)
    monkeypatch.setattr(living, "REPLAYED_SECONDS", 0.0)


@pytest.fixture
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    found = Served(str(tmp_path / "store") if getattr(request, "param", "memory") == "sqlite" else "memory")
    yield found
    found.close()


COLUMNS = ["recipe", "state", "checkpoint", "body"]
DAMAGE: dict[str, Callable[[bytes], object]] = {
    "a bit": lambda blob: bytes([*blob[:20], blob[20] ^ 1, *blob[21:]]),
    "its end": lambda blob: blob[:-1],
    "everything": lambda blob: b"",
    "more": lambda blob: blob + b"\0",
    "text": lambda blob: "not bytes",
    "nothing": lambda blob: b"\0" * len(blob),
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("column", COLUMNS)
def test_a_damaged_session_is_told_and_its_neighbours_are_not_touched(tmp_path: Path, column: str, damage: str) -> None:
    first = Served(str(tmp_path / "store"))
    broken, sound = Driver(first.client), Driver(first.client)
    for driver in (broken, sound):
        for to in (20, 40, 60, 61):
            driver.move(to=to)
    first.close()
    with sqlite3.connect(tmp_path / "store") as file:
        table = "operations" if column == "body" else "sessions"
        key = key_of(broken.id)
        if column == "body":
            file.execute("INSERT INTO operations VALUES (?, 5, x'00')", (key,))
            file.execute("UPDATE sessions SET head = 5 WHERE key = ?", (key,))
        (blob,) = file.execute(f"SELECT {column} FROM {table} WHERE key = ?", (key,)).fetchone()  # noqa: S608 - ours
        blob = b"0" * 40 if column == "body" else blob
        file.execute(f"UPDATE {table} SET {column} = ? WHERE key = ?", (DAMAGE[damage](blob), key))  # noqa: S608 - ours
    file.close()
    second = Served(str(tmp_path / "store"))
    for name in (broken.id, broken.watch):
        for path in ("", "/trace", "/history"):
            answer = second.client.get(f"{BASE}/{name}{path}")
            assert (answer.status_code, answer.json()["type"]) == (410, "session-unreadable"), answer.text
    assert second.client.get(f"{BASE}/{sound.id}").json() == sound.last
    second.close()


def test_another_sessions_checkpoint_is_damage_too(tmp_path: Path) -> None:
    first = Served(str(tmp_path / "store"))
    one, two = Driver(first.client), Driver(first.client, SPIRALS | {"initialization": {"seed": 9}})
    for driver in (one, two):
        for to in (20, 40, 60):
            driver.move(to=to)
    first.close()
    with sqlite3.connect(tmp_path / "store") as file:
        file.execute(
            "UPDATE sessions SET checkpoint = (SELECT checkpoint FROM sessions WHERE key = ?) WHERE key = ?",
            (key_of(two.id), key_of(one.id)),
        )
    file.close()
    second = Served(str(tmp_path / "store"))
    assert second.client.get(f"{BASE}/{one.id}").status_code == 410
    assert second.client.get(f"{BASE}/{two.id}").status_code == 200
    second.close()


def fill(served: Served) -> None:
    """Let the store take nothing more."""
    store = served.sessions.desk.store
    if isinstance(store, MemoryStore):
        store.room = 0
    else:
        store._file.execute("PRAGMA query_only=ON")


def free(served: Served) -> None:
    """Let it write again."""
    store = served.sessions.desk.store
    if isinstance(store, MemoryStore):
        store.room = None
    else:
        store._file.execute("PRAGMA query_only=OFF")


@pytest.mark.parametrize("served", ["memory", "sqlite"], indirect=True)
def test_where_the_disk_is_full_nothing_is_half_done(served: Served) -> None:
    driver = Driver(served.client)
    driver.move(to=30)
    fill(served)
    refused = [
        driver.send("POST", "/updates", {"count": 5}),
        driver.send("PATCH", "", {"cost": "quadratic"}),
        driver.send("POST", "/steps", {"count": 50}),
        driver.send("POST", "/training", {}),
        served.client.post(BASE, json=SPIRALS),
    ]
    assert {(one.status_code, one.json()["type"]) for one in refused} == {(507, "storage-full")}
    assert driver.ask().json() == driver.last
    assert driver.ask("/trace").json()["session"]["update"] == 30
    free(served)
    driver.move(count=5)
    run = run_of(SPIRALS)
    run.move(35)
    assert driver.parameters() == parameters_of(run)


def test_two_servers_on_one_file_tell_each_other_apart(tmp_path: Path) -> None:
    here, there = Served(str(tmp_path / "store")), Served(str(tmp_path / "store"))
    driver = Driver(here.client)
    other = Driver.__new__(Driver)
    other.client, other.id, other.watch = there.client, driver.id, driver.watch
    other.last = other.ask().json()
    driver.move(count=3)
    lost = other.send("POST", "/updates", {"count": 9})
    assert (lost.status_code, lost.json()["revision"]) == (412, 1)
    other.last = other.ask().json()
    assert other.last["update"] == 3
    other.move(count=4)
    assert driver.send("POST", "/updates", {"count": 1}).status_code == 412
    assert driver.ask().json()["update"] == 7
    here.close()
    there.close()


def test_a_server_that_stops_while_it_trains_keeps_what_it_did(tmp_path: Path) -> None:
    first = Served(str(tmp_path / "store"))
    driver = Driver(first.client)
    driver.do("POST", "/training", {})
    seen = 0
    while seen < 100:
        seen = driver.ask().json()["update"]
    first.close()
    second = Served(str(tmp_path / "store"))
    found = second.client.get(f"{BASE}/{driver.id}").json()
    assert (found["status"], found["reason"]) == ("paused", "the server was stopped meanwhile")
    assert found["update"] >= seen
    second.close()


def test_more_sessions_than_fit_rest_in_the_store(tmp_path: Path) -> None:
    served = Served(str(tmp_path / "store"), Limits(live_sessions=2))
    drivers = [Driver(served.client) for _ in range(4)]
    for number, driver in enumerate(drivers):
        driver.move(count=number + 1)
    assert len(served.sessions.live) == 2
    assert [driver.ask().json()["update"] for driver in drivers] == [1, 2, 3, 4]
    for live in served.sessions.live:
        live.viewers = 1
    refused = served.client.post(BASE, json=SPIRALS)
    assert (refused.status_code, refused.json()["type"]) == (429, "too-many-sessions")
    assert refused.headers["retry-after"] == "60"
    assert refused.json()["limit"] == {"name": "live_sessions", "value": 2}
    served.close()


def test_what_is_not_used_rests_and_is_forgotten_in_the_end(served: Served) -> None:
    driver = Driver(served.client)
    assert served.client.portal is not None
    sweep = served.client.portal.call
    sweep(served.sessions.sweep)
    (live,) = served.sessions.live
    live.used = time.monotonic() - Limits().idle_seconds - 1
    sweep(served.sessions.sweep)
    assert served.sessions.live == ()
    assert driver.ask().json() == driver.last
    served.sessions.live[0].used = time.monotonic() - Limits().idle_seconds - 1
    sweep(served.sessions.sweep)
    served.sessions.desk.store._clock = lambda: time.time() + Limits().expiry_seconds + 1
    sweep(served.sessions.sweep)
    assert driver.ask().status_code == 404


def test_a_session_in_use_is_not_forgotten(served: Served) -> None:
    driver = Driver(served.client)
    served.sessions.desk.store._clock = lambda: time.time() + Limits().expiry_seconds + 1
    assert served.client.portal is not None
    served.client.portal.call(served.sessions.sweep)
    driver.move(count=1)


def test_many_may_ask_at_once_for_a_session_that_rests(tmp_path: Path) -> None:
    served = Served(str(tmp_path / "store"))
    driver = Driver(served.client)
    driver.move(count=5)
    sessions = served.sessions
    assert served.client.portal is not None

    async def crowd() -> set[int]:
        await sessions._rest(sessions.live[0])
        names = [driver.id, driver.watch] * 10
        return {id(found.live) for found in await asyncio.gather(*(sessions.open(name) for name in names))}

    assert len(served.client.portal.call(crowd)) == 1
    served.close()


def test_a_log_has_no_names(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    driver = Driver(served.client)

    def fail(*_: object) -> None:
        raise RuntimeError("a fault")

    served.sessions.settled = fail
    assert driver.ask("/trace").status_code == 500
    assert driver.id not in caplog.text
    assert key_of(driver.id)[:8] in caplog.text
    assert masked("/healthz") == "/healthz"


def test_the_folder_is_the_one_of_the_platform() -> None:
    home = Path.home()
    assert data_folder({}, "linux") == home / ".local/share/backscope"
    assert data_folder({"XDG_DATA_HOME": "/data"}, "linux") == Path("/data/backscope")
    assert data_folder({"XDG_DATA_HOME": "relative"}, "linux") == home / ".local/share/backscope"
    assert data_folder({}, "darwin") == home / "Library/Application Support/backscope"
    assert data_folder({"LOCALAPPDATA": "/local"}, "win32") == Path("/local/backscope")


def test_the_folder_is_made_where_it_is_missing(tmp_path: Path) -> None:
    open_store("sqlite", {"XDG_DATA_HOME": str(tmp_path / "a" / "b")}).close()
    assert (tmp_path / "a/b/backscope/sessions.sqlite3").is_file()


def test_a_file_that_cannot_be_is_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    for wanted in (str(tmp_path / "file" / "below"), str(tmp_path / "file"), str(tmp_path)):
        with pytest.raises(StoreUnavailable, match=r"--store memory\.$"):
            open_store(wanted)
