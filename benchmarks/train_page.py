"""The page of training in a real Chromium while a network learns: frames a second, script of each, hidden tab.

Script and the main thread's work are processor time; how many frames there are in a second is what the machine makes
of it, painting without a graphics card and training included. A window without a screen is never hidden, so the
page is told that it is: its clock stops, as a browser stops it, and what it does beside the clock is measured.
"""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

from benchmarks.tables import verdict

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

VIEWPORT: Any = {"width": 1440, "height": 900}
RATE = 55.0
LEARNED_MS, MEASURED_MS, HIDDEN_MS = 1_500, 6_000, 3_000
NO_STOP = {"epochs": None, "cost_below": None, "accuracy": None, "patience": None}

COUNT = """
window.counted = { at: [], drawn: 0, held: false };
const ask = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (run) => ask((time) => {
  if (counted.held) return;
  counted.drawn += 1;
  run(time);
});
const each = (time) => { counted.at.push(time); ask(each); };
ask(each);
window.hide = () => {
  counted.held = true;
  Object.defineProperty(document, "hidden", { value: true });
};
"""
"""Every frame of the screen is counted, and those in which the page has drawn."""


@dataclass(frozen=True, slots=True)
class Case:
    """A session to watch, and the milliseconds of script one of its frames may take."""

    title: str
    script: float
    recipe: dict[str, Any]


def _recipe(inputs: int, sizes: tuple[int, ...], activation: str, data: str, **training: Any) -> dict[str, Any]:
    layers = [{"size": size, "activation": activation} for size in sizes]
    layers[-1]["activation"] = "softmax"
    return {
        "network": {"inputs": inputs, "layers": layers, "cost": "cross_entropy"},
        "initialization": {"scheme": "xavier_normal", "seed": 3},
        "data": {"name": data},
        "training": {"batch_size": 10, "stop": NO_STOP, **training},
    }


CASES = (
    Case(
        "2-8-8-2 trains",
        4.0,
        _recipe(2, (8, 8, 2), "tanh", "spirals", learning_rate=0.001, optimizer={"name": "adam"}),
    ),
    Case("784-30-10 trains", 8.0, _recipe(784, (30, 10), "sigmoid", "digits_28", learning_rate=0.01)),
)


def rows(browser: "Browser", address: str) -> list[list[str]]:
    """The rows of the page's table that are about training."""
    return [row for case in CASES for row in _rows(browser, address, case)]


def _rows(browser: "Browser", address: str, case: Case) -> list[list[str]]:
    made = _call(address, "POST", "", case.recipe)
    context = browser.new_context(viewport=VIEWPORT)
    page = context.new_page()
    page.add_init_script(COUNT)
    page.goto(f"{address}train#session={made['id']}")
    page.wait_for_selector("html[data-ready]")
    _call(address, "POST", f"/{made['id']}/training", {"speed": None}, made["revision"])
    page.wait_for_timeout(LEARNED_MS)
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    rate, drawn, script, busy = _watched(page, session)
    hidden_draws, hidden_script = _hidden(page, session)
    _call(address, "DELETE", f"/{made['id']}", revision=_call(address, "GET", f"/{made['id']}")["revision"])
    context.close()
    asked = f"> {RATE:.0f}"
    return [
        [f"{case.title}: frames a second", asked, f"{rate:.1f}", verdict(rate > RATE)],
        [f"{case.title}: of these drawn anew", "", f"{drawn:.1f}", ""],
        [f"{case.title}: script of one drawn", f"< {case.script:.0f}", f"{script:.1f}", verdict(script < case.script)],
        [f"{case.title}: main thread for one drawn", "", f"{busy:.1f}", ""],
        [f"{case.title}: hidden, frames drawn", "0", str(hidden_draws), verdict(hidden_draws == 0)],
        [f"{case.title}: hidden, script a second", "", f"{hidden_script:.1f}", ""],
    ]


def _watched(page: "Page", session: "CDPSession") -> tuple[float, float, float, float]:
    """Frames a second, those drawn of them, and milliseconds of script and of the main thread for one drawn."""
    page.evaluate("counted.at = []; counted.drawn = 0")
    before = _spent(session)
    page.wait_for_timeout(MEASURED_MS)
    script, busy = (after - first for after, first in zip(_spent(session), before, strict=True))
    at, drawn = page.evaluate("[counted.at, counted.drawn]")
    seconds = (at[-1] - at[0]) / 1000.0
    return (len(at) - 1) / seconds, drawn / seconds, script / max(1, drawn), busy / max(1, drawn)


def _hidden(page: "Page", session: "CDPSession") -> tuple[int, float]:
    """Frames drawn while the page thinks that nobody sees it, and milliseconds of script a second."""
    page.evaluate("hide()")
    page.wait_for_timeout(100)
    shown = page.locator("html").get_attribute("data-update")
    page.evaluate("counted.drawn = 0")
    before = _spent(session)[0]
    page.wait_for_timeout(HIDDEN_MS)
    script = (_spent(session)[0] - before) / (HIDDEN_MS / 1000.0)
    still = page.locator("html").get_attribute("data-update") == shown
    drawn: int = page.evaluate("counted.drawn")
    return drawn + (0 if still else 1), script


def _spent(session: "CDPSession") -> tuple[float, float]:
    """Milliseconds of processor time that scripts, and the main thread as a whole, have taken."""
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return 1000.0 * metrics["ScriptDuration"], 1000.0 * metrics["TaskDuration"]


def _call(address: str, method: str, path: str, body: Any = None, revision: int | None = None) -> Any:
    headers = {"content-type": "application/json"} | ({} if revision is None else {"if-match": f'"{revision}"'})
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(f"{address}api/v1/sessions{path}", data, headers, method=method)) as answer:  # noqa: S310 - loopback
        return json.loads(answer.read() or b"null")
