"""Viewers that hide, do not read, send nonsense or come from elsewhere cost little and get in nobody's way."""

import socket
import time

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.app.driving import BASE
from tests.app.viewing import ENDLESS, PATIENCE, WANTS, Served, serving


def test_a_hidden_page_costs_nothing_and_stays() -> None:
    with serving(unread_seconds=3) as served:
        driver = served.training(ENDLESS)
        viewer = served.viewer(driver.id)
        for _ in range(2):
            viewer.say({"got": viewer.read()["frame"]})
        with pytest.raises(TimeoutError):
            viewer.read(6.0)
        viewer.say({"ack": 2})
        viewer.until(lambda frame: frame["frame"] > 5)


def test_who_does_not_read_is_let_go_with_little_kept_for_it() -> None:
    with serving(unread_seconds=1) as served:
        driver = served.training(ENDLESS)
        mute, other = served.viewer(driver.id, **WANTS), served.viewer(driver.id)
        other.until(lambda frame: frame["viewers"] == 2)
        other.until(lambda frame: frame["viewers"] == 1)
        waiting = mute.rest()
        assert mute.socket.close_code == 1013
        assert len(waiting) == 2
        assert sum(map(len, waiting)) < 1_000_000


def test_one_that_reads_late_is_not_let_go() -> None:
    with serving(unread_seconds=3) as served:
        driver = served.training(ENDLESS)
        viewer = served.viewer(driver.id)
        for _ in range(4):
            viewer.next()
            time.sleep(1.2)


def test_only_its_own_page_may_watch(served: Served) -> None:
    driver = served.driver()
    address = f"ws://127.0.0.1:{served.port}{BASE}/{driver.watch}/stream"
    for headers, status in (
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": f"http://127.0.0.1:{served.port + 1}"}, 403),
    ):
        with pytest.raises(InvalidStatus) as refused, connect(address, additional_headers=headers):
            pass
        assert refused.value.response.status_code == status
    with connect(address, origin=Origin(f"http://127.0.0.1:{served.port}")) as open_one:
        assert open_one.response is not None
        assert "sec-websocket-extensions" not in open_one.response.headers  # no deflating, though it was offered
    strange_address = address.replace("127.0.0.1", "backscope.example")
    with (
        pytest.raises(InvalidStatus) as strange,
        socket.create_connection(("127.0.0.1", served.port)) as there,
        connect(strange_address, sock=there),
    ):
        pass
    assert strange.value.response.status_code == 400


def test_a_session_that_is_not_there_says_so(served: Served) -> None:
    with connect(f"ws://127.0.0.1:{served.port}{BASE}/{'A' * 22}/stream") as there:
        with pytest.raises(ConnectionClosed):
            there.recv(PATIENCE)
        assert there.close_code == 4404


@pytest.mark.parametrize(
    "message",
    [
        "",
        "{",
        "[]",
        "null",
        '{"want": {"layer": true}}',
        '{"want": {"boundary": 121}}',
        '{"want": {"boundary": "60"}}',
        '{"want": {}, "after": -1}',
        '{"want": {}, "after": 1.5}',
        '{"want": {}, "after": true}',
        '{"ack": "1"}',
        '{"ack": 1, "more": 2}',
        '{"ack": 18446744073709551616}',
        '{"ack": NaN}',
        "[" * 5_000,
    ],
)
def test_a_message_that_says_nothing_ends_it(served: Served, message: str) -> None:
    viewer = served.viewer(served.driver().id)
    viewer.next()
    viewer.socket.send(message)
    assert viewer.ended() == 1008


def test_bytes_a_flood_and_a_giant_end_it(served: Served) -> None:
    driver = served.driver()
    bytes_, flood, giant = (served.viewer(driver.id) for _ in range(3))
    bytes_.socket.send(b"\x00\x01")
    for _ in range(400):
        try:
            flood.say({"ack": 0})
        except ConnectionClosed:
            break
    giant.socket.send('{"ack": ' + " " * 70_000 + "1}")
    assert (flood.ended(), giant.ended()) == (1008, 1009)
    assert bytes_.ended() == 1008
    assert served.viewer(driver.id).next()["viewers"] >= 1


def test_an_ack_of_a_frame_not_sent_is_one_of_the_last(served: Served) -> None:
    driver = served.training(ENDLESS)
    viewer = served.viewer(driver.id)
    viewer.say({"ack": 2**40})
    viewer.read(), viewer.read()
    with pytest.raises(TimeoutError):
        viewer.read(0.5)
    driver.do("DELETE", "/training")


def test_only_so_many_may_look_at_once_and_a_seat_becomes_free() -> None:
    with serving(session_viewers=2) as served:
        driver = served.driver()
        address = f"ws://127.0.0.1:{served.port}{BASE}/{driver.id}/stream"
        first, second = served.viewer(driver.id), served.viewer(driver.watch)
        first.read(), second.read()
        with connect(address) as third, pytest.raises(ConnectionClosed) as refused:
            third.recv(PATIENCE)
        assert refused.value.rcvd is not None
        assert (refused.value.rcvd.code, "2 streams" in refused.value.rcvd.reason) == (1013, True)
        answer = driver.ask("/events")
        assert (answer.status_code, answer.json()["type"]) == (429, "too-many-viewers")
        assert answer.json()["limit"] == {"name": "session_viewers", "value": 2}
        first.socket.close()
        end = time.monotonic() + PATIENCE
        while not is_shown(address):
            assert time.monotonic() < end


def is_shown(address: str) -> bool:
    with connect(address) as socket:
        try:
            socket.send('{"want": {}, "after": 0}')
            socket.recv(PATIENCE)
        except ConnectionClosed:
            return False
        return True


def test_who_asks_for_nothing_is_let_go() -> None:
    with serving(unread_seconds=1) as served:
        driver = served.driver()
        address = f"ws://127.0.0.1:{served.port}{BASE}/{driver.id}/stream"
        with connect(address) as viewer, pytest.raises(ConnectionClosed) as ended:
            viewer.recv(PATIENCE)
        assert ended.value.rcvd is not None
        assert (ended.value.rcvd.code, ended.value.rcvd.reason) == (1013, "nothing was asked for")
