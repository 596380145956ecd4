"""The stream over a real WebSocket: each cost is told once, also over a lost connection, a change, several viewers."""

from contextlib import ExitStack
from pathlib import Path

import orjson
import pytest
from websockets.sync.client import connect

from app.sessions.feed import Feed
from app.sessions.live import Live
from app.sessions.names import key_of
from app.sessions.sqlite_store import SqliteStore
from app.sessions.state import folded
from tests.app.driving import BASE, run_of
from tests.app.viewing import ENDLESS, PATIENCE, Served, is_over, serving, stopping


def test_every_cost_is_told_once_and_is_the_runs_own(served: Served) -> None:
    driver = served.driver(stopping(150))
    viewer = served.viewer(driver.id)
    driver.do("POST", "/training", {})
    last = viewer.until(lambda frame: frame["status"] == "finished")
    assert (last["update"], last["epoch"]) == (1200, 150)
    told = [
        update
        for one in viewer.frames
        for update in range(one["costs"]["from"], one["costs"]["from"] + len(one["costs"]["values"]))
    ]
    assert told == list(range(1200))
    assert viewer.costs == run_of(stopping(150)).advance(1200).costs.tolist()


def test_more_costs_than_a_frame_takes_come_in_several(served: Served) -> None:
    driver = served.driver(ENDLESS)
    driver.move(to=11_000)
    viewer = served.viewer(driver.id)
    viewer.until(is_over)
    assert [len(one["costs"]["values"]) for one in viewer.frames] == [10_000, 1_000]
    assert viewer.costs == run_of(ENDLESS).advance(11_000).costs.tolist()


def test_two_frames_unseen_and_then_the_newest(served: Served) -> None:
    driver = served.training(ENDLESS)
    viewer = served.viewer(driver.id)
    viewer.read(), viewer.read()
    with pytest.raises(TimeoutError):
        viewer.read(0.7)
    meanwhile = int(driver.ask().json()["update"])
    viewer.say({"ack": 1})
    assert viewer.read()["update"] >= meanwhile
    with pytest.raises(TimeoutError):
        viewer.read(0.5)
    viewer.say({"ack": 3})
    assert viewer.read()["frame"] == 4
    driver.do("DELETE", "/training")


def test_a_lost_connection_loses_no_cost(served: Served) -> None:
    driver = served.training(stopping(1500), speed=5_000)
    viewer = served.viewer(driver.id)
    for _ in range(4):
        viewer.next(), viewer.read()
        viewer.socket.close()
        viewer = served.viewer(driver.id, len(viewer.costs), viewer.costs)
    viewer.until(is_over)
    assert viewer.costs == run_of(stopping(1500)).advance(12_000).costs.tolist()


def test_after_a_change_the_costs_behind_it_are_told_anew(served: Served) -> None:
    driver = served.driver()
    viewer = served.viewer(driver.id)
    run = run_of(driver.last["recipe"])
    driver.move(to=300)
    viewer.until(lambda frame: frame["reached"] == 300)
    driver.move(to=100)
    driver.do("PATCH", body={"training": {"learning_rate": 0.02}})
    driver.move(to=220)
    viewer.until(lambda frame: frame["reached"] == 220)
    run.move(100)
    run.change(training=type(run.training)(learning_rate=0.02, batch_size=5))
    run.move(220)
    assert viewer.costs == run.costs.tolist()


def test_a_change_while_it_trains_loses_nothing(served: Served) -> None:
    driver = served.training(ENDLESS)
    viewer = served.viewer(driver.id)
    viewer.until(lambda frame: frame["update"] > 50)
    for rate in (0.05, 0.002, 0.03):
        driver.do("PATCH", body={"training": {"learning_rate": rate}})
        viewer.next(), viewer.next()
    driver.do("DELETE", "/training")
    last = viewer.until(is_over)
    run = run_of(ENDLESS)
    for change in driver.last["changes"]:
        run.move(change["at"])
        run.change(training=type(run.training)(learning_rate=change["training"]["learning_rate"], batch_size=5))
    run.move(last["update"])
    assert viewer.costs == run.costs.tolist()
    assert len(run.changes) == 3


def test_everyone_sees_the_same(served: Served) -> None:
    driver = served.training(stopping(300))
    viewers = [served.viewer(name, layers=True) for name in (driver.watch, driver.id, driver.watch)]
    last = [viewer.until(is_over) for viewer in viewers]
    assert viewers[0].costs == viewers[1].costs == viewers[2].costs
    assert len(viewers[0].costs) == 2400
    assert last[0]["layers"] == last[1]["layers"] == last[2]["layers"]
    viewers[0].socket.close()
    assert viewers[1].until(lambda frame: frame["viewers"] == 2)


def test_viewers_that_come_together_are_shown_one_moment(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Live] = []
    begin = Feed.__init__

    def noted(feed: Feed, live: Live) -> None:
        made.append(live)
        begin(feed, live)

    monkeypatch.setattr(Feed, "__init__", noted)
    driver = served.training(ENDLESS)
    address = f"ws://127.0.0.1:{served.port}{BASE}/{driver.watch}/stream"
    with ExitStack() as sockets:
        pages = [sockets.enter_context(connect(address)) for _ in range(4)]
        for page in pages:
            page.send('{"want": {}}')
        assert max(orjson.loads(page.recv(PATIENCE))["viewers"] for page in pages) > 1
    assert len(made) == 1
    driver.do("DELETE", "/training")


def test_what_is_shown_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "sessions"
    with serving(str(path)) as served:
        driver = served.training(ENDLESS)
        viewer = served.viewer(driver.id)
        for _ in range(20):
            frame = viewer.next()
            stored = folded(SqliteStore(path).load(key_of(driver.id), driver.id))
            assert stored.position >= frame["update"]
            assert stored.revision >= frame["revision"]
