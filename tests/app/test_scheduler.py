"""Training in turns: every session its share, no longer than somebody watches, no more than one start allows."""

import time
from typing import Any

import pytest

from app.sessions.memory_store import MemoryStore
from app.sessions.names import key_of
from app.sessions.store import StorageFull
from tests.app.driving import Driver, run_of, same
from tests.app.viewing import ENDLESS, PATIENCE, Served, serving, stopping

ROUNDS = 3000
"""Updates of the session that makes most, before the turns of several are compared."""


def settled(driver: Driver) -> None:
    """Wait until training has ended."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        driver.last = driver.ask().json()
        if driver.last["status"] != "running":
            return
        time.sleep(0.02)
    raise AssertionError("it trains on")


def test_training_makes_the_updates_of_the_run() -> None:
    with serving() as served:
        driver = served.training(stopping(60))
        settled(driver)
        assert driver.last["status"] == "finished"
        run = run_of(stopping(60))
        run.advance(1000)
        same(driver, run)
        assert run.position == 480
        assert driver.last["reason"]


def test_a_run_that_is_over_in_a_moment_was_measured_on_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    # On a slow machine measuring takes longer, and the time that it may take at first would be over too soon.
    monkeypatch.setattr("app.sessions.sampling.FIRST_SECONDS", 5.0)
    with serving() as served:
        driver = served.training(stopping(190))
        settled(driver)
        updates = [one["update"] for one in driver.ask("/history").json()["samples"]]
    assert updates == sorted(set(updates))
    assert len(updates) >= 12
    assert sum(update > 190 for update in updates) >= 4


def test_a_pause_stands_where_a_run_stands_and_goes_on_from_there() -> None:
    with serving() as served:
        driver = served.training(ENDLESS)
        run = run_of(ENDLESS)
        for _ in range(3):
            time.sleep(0.1)
            driver.do("DELETE", "/training")
            assert driver.last["status"] == "paused"
            run.move(driver.last["update"])
            same(driver, run)
            assert driver.ask().json()["update"] == driver.last["update"]
            driver.do("POST", "/training", {})


def unwatched(driver: Driver) -> Any:
    """Its document once it has paused; whoever asks has used it, so it is left alone between two questions."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        time.sleep(3.0)
        document = driver.ask().json()
        if document["status"] != "running":
            return document
    raise AssertionError("it trains on")


def made_meanwhile(drivers: list[Driver], seconds: float) -> list[int]:
    """The updates that each makes within some seconds."""
    begin = [int(driver.ask().json()["update"]) for driver in drivers]
    time.sleep(seconds)
    return [int(driver.ask().json()["update"]) - first for driver, first in zip(drivers, begin, strict=True)]


def test_sessions_train_in_turns() -> None:
    with serving() as served:
        drivers = [served.training(ENDLESS) for _ in range(6)]
        made, end = [0], time.monotonic() + PATIENCE
        # Turns come round only so fast as the machine has time for this server.
        while max(made) < ROUNDS and time.monotonic() < end:
            made = made_meanwhile(drivers, 3.0)
        assert min(made) > 0.5 * max(made) > 0


def test_a_small_network_has_as_much_time_as_a_large_one() -> None:
    network = {"inputs": 784, "layers": [{"size": 40}, {"size": 10, "activation": "softmax"}], "cost": "cross_entropy"}
    training = {"learning_rate": 0.01, "batch_size": None}
    large = {**ENDLESS, "network": network, "data": {"name": "digits_28"}, "training": training}
    with serving() as served:
        small = served.training(ENDLESS)
        shares: list[float] = []
        while len(shares) < 3 and max(shares, default=0.0) <= 0.15:  # others on the machine only ever take away
            alone = made_meanwhile([small], 2.0)[0]
            beside = served.training(large)
            time.sleep(0.5)
            shares.append(made_meanwhile([small], 3.0)[0] / 3.0 / (alone / 2.0))
            beside.do("DELETE", "/training")
        assert max(shares) > 0.15


def test_others_are_answered_while_many_train() -> None:
    with serving() as served:
        at_rest = usual_wait(served)
        for _ in range(8):
            served.training(ENDLESS)
        assert usual_wait(served) < max(0.1, 10.0 * at_rest)


def usual_wait(served: Served) -> float:
    """Seconds that a small question usually takes; at rest it is what the machine leaves to this server."""
    waits = []
    for _ in range(40):
        begin = time.monotonic()
        assert served.client.get("/healthz").status_code == 200
        waits.append(time.monotonic() - begin)
    return sorted(waits)[20]


@pytest.mark.parametrize("speed", [5.0, 200.0])
def test_a_speed_is_kept_to(speed: float) -> None:
    with serving() as served:
        driver = served.training(ENDLESS, speed=speed)
        assert driver.last["speed"] == speed
        for _ in range(3):
            begin, first = time.monotonic(), int(driver.ask().json()["update"])
            time.sleep(2.0)
            made, seconds = int(driver.ask().json()["update"]) - first, time.monotonic() - begin
            assert made <= 1.1 * speed * seconds + 2
            if made >= 0.5 * speed * seconds - 1:  # a busy machine only ever holds it up
                return
        pytest.fail("it is slower than it should be")


def test_nobody_watching_pauses() -> None:
    with serving(unwatched_seconds=1) as served:
        driver = served.training(ENDLESS)
        document = unwatched(driver)
        assert (document["status"], document["reason"]) == ("paused", "nobody was watching")
        run = run_of(ENDLESS)
        run.move(document["update"])
        driver.last = document
        same(driver, run)


def test_one_viewer_keeps_it_going_until_it_leaves() -> None:
    with serving(unwatched_seconds=1) as served:
        driver = served.training(ENDLESS)
        viewer = served.viewer(driver.watch)
        end = time.monotonic() + 3.0
        while time.monotonic() < end:
            assert viewer.next()["status"] == "running"
        viewer.socket.close()
        assert unwatched(driver)["reason"] == "nobody was watching"


def test_one_start_has_an_end() -> None:
    with serving(training_updates=700) as served:
        driver = served.training(ENDLESS)
        settled(driver)
        assert driver.last["status"] == "paused"
        assert "700 updates" in driver.last["reason"]
        made = driver.last["update"]
        assert made >= 700
        driver.do("POST", "/training", {})
        settled(driver)
        assert driver.last["update"] >= made + 700
    with serving(session_updates=700) as served:
        driver = served.training(ENDLESS)
        settled(driver)
        assert (driver.last["update"], driver.last["status"]) == (700, "paused")
        assert "700 updates" in driver.last["reason"]
    with serving(training_seconds=1) as served:
        driver = served.training(ENDLESS)
        settled(driver)
        assert driver.last["reason"].startswith("one start trains for 1 seconds")


def test_divergence_ends_training() -> None:
    recipe = stopping(300, learning_rate=1e300)
    recipe["network"] = {
        "inputs": 2,
        "layers": [{"size": 3, "activation": "relu"}, {"size": 2, "activation": "identity"}],
    }
    with serving() as served:
        driver = served.training(recipe)
        settled(driver)
        run = run_of(recipe)
        assert run.advance(2400).stopped == driver.last["status"] == "diverged"
        same(driver, run)


def test_a_store_that_fails_ends_training_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as served:
        driver, other = served.training(ENDLESS), served.training(ENDLESS)
        append = MemoryStore.append

        def full(store: MemoryStore, key: str, *more: Any) -> None:
            if key == key_of(driver.id):
                raise StorageFull("no room")
            append(store, key, *more)

        kept = served.viewer(driver.watch).next()["update"]
        monkeypatch.setattr(MemoryStore, "append", full)
        assert served.viewer(driver.watch).ended() == 1012
        document = driver.ask().json()
        assert document["status"] == "paused"
        assert document["update"] >= kept
        assert made_meanwhile([other], 0.5)[0] > 0


def test_a_fault_of_one_session_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as served:
        driver, other = served.driver(), served.training(ENDLESS)
        monkeypatch.setattr("app.sessions.frames.costs_after", None)
        assert served.viewer(driver.id).ended() == 1012
        monkeypatch.undo()
        assert served.viewer(driver.id).next()["update"] == 0
        assert served.viewer(other.id).next()["status"] == "running"
