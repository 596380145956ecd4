"""A session in more than one place: watched, driven from two tabs, cut off, frozen, called from outside."""

import subprocess
import sys

import pytest
from playwright.sync_api import Route, WebSocketRoute, expect

from tests.browser.conftest import PATIENCE, Quiet, arrived, ready
from tests.browser.reading import copied, eventually
from tests.browser.reading_train import learning, opened, run_to, wait_for

pytestmark = pytest.mark.browser

NO_SOCKETS = """
window.WebSocket = class extends EventTarget {
  readyState = 3;
  constructor() { super(); setTimeout(() => this.dispatchEvent(new CloseEvent("close", { code: 1006 })), 5); }
  close() {}
  send() {}
};
Object.assign(window.WebSocket, { OPEN: 1 });
"""


def test_whoever_watches_sees_it_learn_and_drives_nothing(server: str, desk: Quiet) -> None:
    page = opened(desk, server)
    link = copied(page, page.locator("#share"), "Link to watch copied")
    assert learning(page, "link.id") not in link
    watcher = desk.open(link)
    wait_for(watcher, "connection", "live")
    expect(watcher.locator("#start")).to_be_hidden()
    expect(watcher.locator("#recipe button")).to_have_count(0)
    expect(page.locator("#run-aside")).to_contain_text("1 other looks on")
    page.bring_to_front()
    made = run_to(page, 20)
    watcher.bring_to_front()
    wait_for(watcher, "session.update", made)
    for key in ("p", "ArrowLeft", "Home"):
        watcher.keyboard.press(key)
    watcher.locator("#run-track").click(position={"x": 5, "y": 20}, force=True)
    watcher.wait_for_timeout(300)
    assert learning(watcher, "session.update") == made
    watcher.keyboard.press("f")
    watcher.wait_for_url("**/#watch=*")
    expect(watcher.locator("#where")).to_contain_text(f"Update {made + 1}")
    assert learning(page, "session.update") == made


def test_two_tabs_never_overwrite_each_other(server: str, desk: Quiet) -> None:
    page = opened(desk, server)
    made = run_to(page, 5)
    other = desk.open(page.url)
    wait_for(other, "session.update", made)

    def one_moves_on_first(route: Route) -> None:
        # Between this tab's click and its arrival another one asks for the same.
        assert route.fetch(headers=route.request.headers | {"idempotency-key": "another-tab-0001"}).ok
        route.continue_()

    other.route("**/updates", one_moves_on_first, times=1)
    other.get_by_role("button", name="One update", exact=True).first.click()
    expect(other.locator("#status")).to_contain_text("moved on in another tab")
    wait_for(other, "session.update", made + 1)
    desk.complaints[:] = [one for one in desk.complaints if "status of 412" not in one]


def test_an_update_is_frozen_stepped_through_and_come_back_from(server: str, desk: Quiet) -> None:
    page = opened(desk, server)
    page.locator("#start").click()
    page.wait_for_function("() => window.backscope.state().session.update > 15")
    page.keyboard.press("f")
    arrived(page, "/")
    made = page.evaluate("window.backscope.state().session.update")
    page.keyboard.press("Space")
    page.locator("#to-train").click()
    arrived(page, "/train")
    wait_for(page, "session.update", made)
    assert learning(page, "history.known") == made
    page.locator(".wedge a").nth(3).click()
    page.wait_for_selector("html[data-step='3']")


def test_the_chosen_words_go_along_to_the_step_page_and_back(server: str, desk: Quiet) -> None:
    page = opened(desk, server)
    page.locator("#textbook").select_option("sun")
    page.wait_for_url("**/train?lens=sun#session=*")
    page.locator("#run-track").focus()
    page.keyboard.press("f")
    page.wait_for_url("**/?lens=sun#session=*")
    expect(page.locator("#textbook")).to_have_value("sun")
    ready(page)
    page.locator("#to-train").click()
    page.wait_for_url("**/train?lens=sun#session=*")
    expect(page.locator("#textbook")).to_have_value("sun")


def test_a_change_in_one_tab_is_read_in_the_other_while_it_runs(server: str, desk: Quiet) -> None:
    page = opened(desk, server)
    watcher = desk.open(copied(page, page.locator("#share"), "Link to watch copied"))
    wait_for(watcher, "connection", "live")
    page.bring_to_front()
    page.locator("#run-speed").select_option("10")
    page.locator("#start").click()
    wait_for(page, "session.status", "running")
    page.locator("[data-opens=rate]").click()
    page.locator("#setting input").fill("0.5")
    page.keyboard.press("Enter")
    expect(page.locator("#recipe")).to_contain_text("at η = 0.5")
    watcher.bring_to_front()
    expect(watcher.locator("#recipe")).to_contain_text("at η = 0.5")
    assert learning(watcher, "session.status") == "running"


def test_a_session_that_is_not_there_says_what_to_do(server: str, desk: Quiet) -> None:
    page = desk.open(f"{server}train#session=abcdefghijklmnop1234")
    expect(page.locator("#no-session")).to_contain_text("There is no session here")
    expect(page.locator("#run")).to_be_hidden()
    page.get_by_role("button", name="Begin with two spirals").click()
    wait_for(page, "connection", "live")
    expect(page.locator("#run")).to_be_visible()
    desk.complaints[:] = [one for one in desk.complaints if "status of 404" not in one]


def test_the_calls_run_as_they_stand(server: str, desk: Quiet) -> None:
    page = opened(desk, server)
    page.locator("#calls").click()
    page.locator("#calls-action").select_option("epoch")
    code = page.locator("#calls-dialog pre").nth(1).inner_text()
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=PATIENCE)
    wait_for(page, "session.update", 24)
    page.keyboard.press("Escape")
    page.locator("#calls").click()
    page.locator("#calls-action").select_option("back")
    subprocess.run(["bash", "-c", page.locator("#calls-dialog pre").first.inner_text()], check=True, timeout=PATIENCE)
    wait_for(page, "session.update", 23)


def test_a_cut_stream_is_taken_up_again_and_no_cost_is_lost(server: str, desk: Quiet) -> None:
    sockets: list[WebSocketRoute] = []
    said: list[str | bytes] = []

    def hear(message: str | bytes) -> None:
        said.append(message)

    def through(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        if len(sockets) == 1:
            socket.connect_to_server()
        else:
            socket.on_message(hear)  # held until the page is seen to wait

    desk.context.route_web_socket("**/stream", through)
    page = opened(desk, server)
    page.locator("#start").click()
    page.wait_for_function("() => window.backscope.state().session.update > 20")
    sockets[-1].close(code=1012)
    page.wait_for_function("() => window.backscope.state().connection === 'reconnecting'")
    eventually(page, lambda: len(said) > 0)
    assert learning(page, "connection") == "reconnecting"
    server_side = sockets[1].connect_to_server()
    sockets[1].on_message(server_side.send)
    for message in said:
        server_side.send(message)
    wait_for(page, "connection", "live")
    assert len(sockets) == 2
    page.wait_for_function("() => window.backscope.state().session.update > 120")
    page.locator("#start").click()
    wait_for(page, "session.status", "paused")
    page.wait_for_function(
        "() => (({history, session}) => history.known === session.reached)(window.backscope.state())"
    )
    updates = page.evaluate("Array.from(window.backscope.state().history.updates)")
    assert updates == list(range(learning(page, "session.reached")))


def test_where_no_socket_gets_through_events_do(server: str, desk: Quiet) -> None:
    desk.context.add_init_script(NO_SOCKETS)
    page = opened(desk, server)
    made = run_to(page, 30)
    page.wait_for_function("(made) => window.backscope.state().history.known === made", arg=made)
    expect(page.locator("#plane canvas")).to_be_visible()
    assert learning(page, "frame.boundary.size") > 0
