"""The stream as events, and the end of the server: nothing shown is lost, and everyone is let go in time."""

import signal
import subprocess
import time
from pathlib import Path

import orjson

from app.sessions.names import key_of
from app.sessions.sqlite_store import SqliteStore
from app.sessions.state import folded
from backprop_core import Run
from tests.app.driving import BASE, Driver, run_of
from tests.app.test_cli import COMMAND
from tests.app.viewing import ENDLESS, PATIENCE, WANTS, Frame, Served, is_over, serving


def events(served: Served, driver: Driver, count: int, last: str | None = None) -> list[tuple[int, Frame]]:
    """So many events, and the number each was sent under."""
    headers = {"accept": "text/event-stream"} | ({} if last is None else {"last-event-id": last})
    found: list[tuple[int, Frame]] = []
    with served.client.stream("GET", f"{BASE}/{driver.watch}/events?layers=true", headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        id_ = -1
        for line in answer.iter_lines():
            if line.startswith("id: "):
                id_ = int(line[4:])
            elif line.startswith("data: "):
                found.append((id_, orjson.loads(line[6:])))
                if len(found) == count:
                    break
            else:
                assert line in ("", "retry: 1000", ": still here")
    return found


def test_events_tell_the_same_at_their_own_pace(served: Served) -> None:
    driver = served.training(ENDLESS)
    begin = time.monotonic()
    first = events(served, driver, 12)
    assert time.monotonic() - begin > 0.9
    assert all("layers" in frame for _, frame in first)
    later = events(served, driver, 5, str(first[-1][0]))
    costs: list[float] = []
    for id_, frame in first + later:
        assert frame["costs"]["from"] == len(costs)
        costs += frame["costs"]["values"]
        assert id_ == len(costs)
    driver.do("DELETE", "/training")
    assert costs == run_of(ENDLESS).advance(len(costs)).costs.tolist()


def test_stopping_the_server_pauses_keeps_and_ends_everything(tmp_path: Path) -> None:
    path = tmp_path / "sessions"
    command = [*COMMAND[:-1], str(path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        served = Served(int(process.stdout.readline().rsplit(":", 1)[1].split("/", 1)[0]))
        driver = served.training(ENDLESS)
        viewer, mute = served.viewer(driver.id), served.viewer(driver.id, **WANTS)
        with served.client.stream("GET", f"{BASE}/{driver.id}/events") as answer:
            lines = answer.iter_lines()
            assert next(lines) == "retry: 1000"
            frame = viewer.until(lambda one: one["update"] > 500)
            begin = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert viewer.ended() == 1012
            process.wait(PATIENCE)
            assert time.monotonic() - begin < 10.0  # then Docker kills
        output = process.stdout.read()
    assert "Traceback" not in output
    assert mute.ended() == 1012
    session = SqliteStore(path).load(key_of(driver.id), driver.id)
    assert session.operations == ()
    stored = folded(session)
    assert stored.status == "paused"
    assert stored.position >= frame["update"]
    run: Run = run_of(ENDLESS)
    run.move(frame["update"])
    with serving(str(path)) as again:
        viewer = again.viewer(driver.id, len(viewer.costs), viewer.costs)
        assert viewer.until(is_over)["update"] == stored.position
        assert viewer.costs[: frame["update"]] == run.costs.tolist()
        assert None not in viewer.costs
