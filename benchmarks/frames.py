"""Frames of a wide network in a real Chromium: the JavaScript of each while steps play and while they are scrubbed.

What a frame's script takes is processor time of the page's main thread; how many frames there are in a second
is what the machine makes of it, painting without a graphics card included.
"""

from dataclasses import dataclass
from statistics import quantiles
from typing import TYPE_CHECKING, Any

from benchmarks.tables import verdict

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

EXAMPLE, TITLE = "wide-784", "784-30-10"
VIEWPORT: Any = {"width": 1440, "height": 900}
SCRIPT, RATE = 8.0, 58.0
SPEED = "2"
PLAYED_MS, STILL_MS, ROUNDS = 15_000, 1_000, 4

COUNT = """
window.frames_ = { at: [], script: [] };
const ask = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (run) => ask((time) => {
  const begin = performance.now();
  run(time);
  window.frames_.script.push(performance.now() - begin);
});
const each = (time) => { window.frames_.at.push(time); ask(each); };
ask(each);
"""
"""Every frame is counted, and what the page's own callbacks take in it; the page itself knows nothing of this."""

SCRUB = """
(rounds) => new Promise((done) => {
  const steps = backscope.state().trace.steps.length;
  let at = 0;
  const next = () => {
    backscope.seek(at % steps);
    at += 1;
    if (at < rounds * steps) requestAnimationFrame(next);
    else done();
  };
  requestAnimationFrame(next);
})
"""


@dataclass(frozen=True, slots=True)
class Frames:
    """Milliseconds of script a frame with work in it, wall times of the callbacks, and frames a second."""

    script: float
    callbacks: list[float]
    rate: float


def rows(browser: "Browser", address: str) -> list[list[str]]:
    """The rows of the page's table that are about frames."""
    context = browser.new_context(viewport=VIEWPORT)
    page = context.new_page()
    page.add_init_script(COUNT)
    page.goto(f"{address}?example={EXAMPLE}")
    page.wait_for_selector("html[data-ready]")
    page.wait_for_timeout(STILL_MS)
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    played = _counted(page, session, lambda: _play(page))
    scrubbed = _counted(page, session, lambda: page.evaluate(SCRUB, ROUNDS))
    context.close()
    ninety_five = quantiles(played.callbacks, n=20)[-1]
    times = {
        "playing, script a frame": played.script,
        "playing, 95 of 100 frames' script under": ninety_five,
        "scrubbing a step a frame, script of a step": scrubbed.script,
    }
    return [
        *(
            [f"{TITLE}: {words}", f"< {SCRIPT:.0f}", f"{time:.1f}", verdict(time < SCRIPT)]
            for words, time in times.items()
        ),
        [f"{TITLE}: playing, frames a second", f"> {RATE:.0f}", f"{played.rate:.1f}", verdict(played.rate > RATE)],
    ]


def _play(page: "Page") -> None:
    page.select_option("#speed", SPEED)
    page.locator("#play").click()
    page.wait_for_timeout(PLAYED_MS)
    page.locator("#play").click()


def _counted(page: "Page", session: "CDPSession", run: Any) -> Frames:
    page.evaluate("window.frames_ = { at: [], script: [] }")
    before = _script(session)
    run()
    script = _script(session) - before
    counted = page.evaluate("window.frames_")
    at: list[float] = counted["at"]
    return Frames(script / len(counted["script"]), counted["script"], 1000.0 * (len(at) - 1) / (at[-1] - at[0]))


def _script(session: "CDPSession") -> float:
    """Milliseconds of processor time that scripts have taken."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000.0 * next(float(one["value"]) for one in metrics if one["name"] == "ScriptDuration")
