"""One contract for every store: what is kept is read back, one of two appends wins, and a fault stays where it is."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.sessions.desk import Desk
from app.sessions.memory_store import MemoryStore
from app.sessions.sqlite_store import SqliteStore
from app.sessions.store import (
    RECEIPTS,
    Receipt,
    SessionExists,
    SessionMissing,
    StaleRevision,
    StorageFull,
    StorageUnreadable,
    Store,
    Stored,
)

ONE = Stored("key-1", "watch-1", b"recipe", b"state-0")
TWO = Stored("key-2", "watch-2", b"another", b"state-0")
GONE: list[Callable[[Store], object]] = [
    lambda store: store.load("key-1", "watch-1"),
    lambda store: store.append("key-1", 0, b"one"),
    lambda store: store.checkpoint("key-1", 0, b"state", None),
    lambda store: store.delete("key-1"),
]


class Clock:
    """Time that passes when it is told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Store]:
    made: Store = MemoryStore(clock) if request.param == "memory" else SqliteStore(tmp_path / "store", clock)
    yield made
    made.close()


def limit_room(store: Store) -> Callable[[], None]:
    """Let ``store`` have room for a little more only; the call given back lifts that."""
    if isinstance(store, MemoryStore):
        store.room = 20_000
        return lambda: setattr(store, "room", None)
    assert isinstance(store, SqliteStore)
    ask = store._file.execute
    ask(f"PRAGMA max_page_count={ask('PRAGMA page_count').fetchone()[0] + 4}")

    def lift() -> None:
        ask("PRAGMA max_page_count=1000000")

    return lift


def test_what_is_kept_is_read_back_by_either_name(store: Store) -> None:
    store.create(ONE)
    store.create(TWO)
    assert store.load("key-1", "?") == store.load("?", "watch-1") == ONE
    assert store.load("key-2", "?") == TWO


def test_a_name_cannot_be_taken_twice(store: Store) -> None:
    store.create(ONE)
    for other in (ONE, Stored("key-1", "watch-3", b"", b""), Stored("key-3", "watch-1", b"", b"")):
        with pytest.raises(SessionExists):
            store.create(other)
    assert store.load("key-1", "?") == ONE


@pytest.mark.parametrize("call", GONE, ids=["load", "append", "checkpoint", "delete"])
def test_what_is_not_there_is_missing(store: Store, call: Callable[[Store], object]) -> None:
    with pytest.raises(SessionMissing):
        call(store)
    store.create(ONE)
    store.delete("key-1")
    with pytest.raises(SessionMissing):
        call(store)


def test_operations_are_kept_in_order(store: Store) -> None:
    store.create(ONE)
    for number in range(20):
        store.append("key-1", number, b"%d" % number)
    assert store.load("key-1", "?").operations == tuple(b"%d" % number for number in range(20))


@pytest.mark.parametrize("expected", [0, 1, 3, 4, 1000])
def test_an_operation_on_another_revision_is_refused_with_the_present_one(store: Store, expected: int) -> None:
    store.create(ONE)
    store.append("key-1", 0, b"one")
    store.append("key-1", 1, b"two")
    store.checkpoint("key-1", 2, b"state-2", None)  # their rows are gone, their numbers are not free again
    with pytest.raises(StaleRevision) as told:
        store.append("key-1", expected, b"stale")
    assert told.value.present == 2
    assert store.load("key-1", "?").operations == ()


def test_a_checkpoint_takes_the_place_of_what_led_to_it(store: Store) -> None:
    store.create(ONE)
    for number in range(5):
        store.append("key-1", number, b"%d" % number)
    store.checkpoint("key-1", 3, b"state-3", b"numbers")
    assert store.load("key-1", "?") == Stored("key-1", "watch-1", b"recipe", b"state-3", 3, b"numbers", (b"3", b"4"))
    store.checkpoint("key-1", 5, b"state-5", None)
    assert store.load("key-1", "?") == Stored("key-1", "watch-1", b"recipe", b"state-5", 5, b"numbers", ())


@pytest.mark.parametrize("revision", [2, 6])
def test_a_checkpoint_that_is_not_of_its_way_changes_nothing(store: Store, revision: int) -> None:
    store.create(ONE)
    for number in range(5):
        store.append("key-1", number, b"%d" % number)
    store.checkpoint("key-1", 3, b"state-3", b"numbers")
    before = store.load("key-1", "?")
    store.checkpoint("key-1", revision, b"late", b"late")
    assert store.load("key-1", "?") == before


def test_a_receipt_is_kept_with_its_operation_or_not_at_all(store: Store) -> None:
    first, second = Receipt("a", b"digest", b"answer"), Receipt("b", b"other", b"another")
    store.create(ONE, first)
    store.append("key-1", 0, b"one", second)
    with pytest.raises(StaleRevision):
        store.append("key-1", 0, b"stale", Receipt("c", b"", b""))
    assert [store.receipt("key-1", name) for name in "abc"] == [first, second, None]
    store.checkpoint("key-1", 1, b"state-1", None)
    assert store.receipt("key-1", "b") == second
    store.create(TWO)
    assert store.receipt("key-2", "a") is None


def test_the_newest_receipts_are_kept(store: Store) -> None:
    store.create(ONE)
    for number in range(RECEIPTS + 10):
        store.append("key-1", number, b"", Receipt(f"{number}", b"", b"%d" % number))
    kept = [number for number in range(RECEIPTS + 10) if store.receipt("key-1", f"{number}") is not None]
    assert kept == list(range(10, RECEIPTS + 10))


def test_what_was_not_used_for_long_is_forgotten(store: Store, clock: Clock) -> None:
    store.create(ONE)
    store.create(TWO)
    clock.now += 100.0
    store.append("key-2", 0, b"one")
    assert store.expire(99.0) == 1
    with pytest.raises(SessionMissing):
        store.load("key-1", "watch-1")
    clock.now += 100.0
    store.checkpoint("key-2", 1, b"state-1", None)
    store.create(ONE)
    clock.now += 50.0
    assert store.expire(99.0) == 0
    clock.now += 50.0
    assert store.expire(99.0, spared={"key-1"}) == 1
    assert store.load("key-1", "?") == ONE


def test_where_there_is_no_room_nothing_changes_and_reading_goes_on(store: Store) -> None:
    store.create(ONE)
    store.append("key-1", 0, b"one")
    lift = limit_room(store)
    calls: tuple[Callable[[], object], ...] = (
        lambda: store.append("key-1", 1, bytes(100_000), Receipt("a", b"", b"")),
        lambda: store.checkpoint("key-1", 1, b"state-1", bytes(100_000)),
        lambda: store.create(Stored("key-2", "watch-2", bytes(100_000), b"")),
    )
    for call in calls:
        with pytest.raises(StorageFull):
            call()
    assert store.load("key-1", "?") == Stored("key-1", "watch-1", b"recipe", b"state-0", operations=(b"one",))
    assert store.receipt("key-1", "a") is None
    lift()
    store.append("key-1", 1, bytes(100_000))
    assert len(store.load("key-1", "?").operations) == 2


def test_of_appends_at_one_time_each_revision_has_one(store: Store) -> None:
    store.create(ONE)
    desk = Desk(store)

    async def tab(each: int) -> list[int]:
        won: list[int] = []
        expected = 0
        while len(won) < each:
            try:
                await desk.append("key-1", expected, b"%d" % expected, None)
            except StaleRevision as error:
                expected = error.present
            else:
                won.append(expected)
                expected += 1
        return won

    async def crowd() -> list[list[int]]:
        return await asyncio.gather(*(tab(25) for _ in range(8)))

    won = sorted(number for numbers in asyncio.run(crowd()) for number in numbers)
    assert won == list(range(200))
    assert store.load("key-1", "?").operations == tuple(b"%d" % number for number in range(200))


APPENDING = """
import sys
from pathlib import Path
from app.sessions.sqlite_store import SqliteStore
from app.sessions.store import StaleRevision

store, expected, won = SqliteStore(Path(sys.argv[1])), 0, []
while len(won) < 300:
    try:
        store.append("key-1", expected, b"%s %d" % (sys.argv[2].encode(), expected))
    except StaleRevision as error:
        expected = error.present
    else:
        won.append(expected)
        expected += 1
print(*won)
"""


def test_two_processes_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "store"
    SqliteStore(path).create(ONE)
    running = [
        subprocess.Popen([sys.executable, "-c", APPENDING, str(path), name], stdout=subprocess.PIPE, text=True)
        for name in ("a", "b")
    ]
    won = {name: [int(word) for word in one.communicate()[0].split()] for name, one in zip("ab", running, strict=True)}
    assert sorted(won["a"] + won["b"]) == list(range(600))
    owner = {number: name for name, numbers in won.items() for number in numbers}
    assert SqliteStore(path).load("key-1", "?").operations == tuple(
        b"%s %d" % (owner[number].encode(), number) for number in range(600)
    )


def test_a_file_of_another_kind_or_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello " * 1000)
    with pytest.raises(OSError, match="not a database"):
        SqliteStore(tmp_path / "text")
    with sqlite3.connect(tmp_path / "later") as file:
        file.execute("PRAGMA user_version=99")
    file.close()
    with pytest.raises(OSError, match="version 99"):
        SqliteStore(tmp_path / "later")


def test_a_damaged_page_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "store"
    store = SqliteStore(path)
    for number in range(50):
        store.create(Stored(f"key-{number}", f"watch-{number}", bytes(3000), b""))
    store.close()
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 40)
    damaged = SqliteStore(path)
    with pytest.raises(StorageUnreadable):
        [damaged.load(f"key-{number}", "?") for number in range(50)]
    damaged.close()
