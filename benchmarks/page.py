"""The page in a real Chromium, on loopback: first paint, first step drawn, and moving the cursor.

These are wall times, so a busy machine shows in them; where there is no Chromium the part is left out.
"""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks import frames, train_page
from benchmarks.requests import request_of
from benchmarks.tables import table, verdict

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
VIEWPORT: Any = {"width": 1440, "height": 900}
LOADS, REPEATS = 9, 5
WINDOW_MS = 1_000
"""A browser draws a window of its own when it opens one, for most of a second: a visit begins after that."""
FIRST_PAINT, FIRST_STEP, REDRAW = 300.0, 500.0, 16.0

WHEN_DRAWN = """
new MutationObserver((_, observer) => {
  if (!document.documentElement?.hasAttribute("data-ready")) return;
  observer.disconnect();
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { document.documentElement.dataset.drawn = String(performance.now()); };
    port2.postMessage(null);
  });
}).observe(document, { attributes: true, childList: true, subtree: true });
"""
"""The message arrives after the frame that shows the first step has been laid out and painted."""

REDRAWS = """
async (repeats) => {
  const frame = () => new Promise((done) => requestAnimationFrame((begin) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now() - begin);
    port2.postMessage(null);
  }));
  const steps = Number(document.documentElement.dataset.steps);
  const few = Math.min(steps, 64);
  const chosen = Array.from({ length: few }, (_, index) => Math.floor((index * steps) / few));
  const away = few < steps ? Math.floor(steps / 2) + 1 : steps - 1;
  const times = chosen.map(() => []);
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    for (const [index, step] of chosen.entries()) {
      backscope.seek((step + away) % steps);
      await frame();
      await frame();
      const start = performance.now();
      backscope.seek(step);
      const script = performance.now() - start;
      times[index].push(script + await frame());
    }
  }
  return times;
}
"""
"""Script and the frame after it, without the wait between them: what the main thread does for one move.

Of many steps some are chosen, spread evenly, and met from the other half of the trace.
"""


def report() -> None:
    """Print the table, or in one line why there is none."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        print("\nThe page is not measured: Playwright is missing (make test installs it).")
        return
    try:
        with _server() as address, sync_playwright() as playwright:
            path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            moved, training = frames.rows(browser, address), train_page.rows(browser, address)
            _print(_first(browser, address), _moves(browser, address), [*moved, *training])
            browser.close()
    except (Error, _NoPageError) as error:
        print(f"\nThe page is not measured: {str(error).strip().splitlines()[0]}")


class _NoPageError(Exception):
    """The server did not start."""


@contextmanager
def _server() -> Iterator[str]:
    command = [sys.executable, "-m", "app.cli", "--no-open", "--port", "0", "--store", "memory"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://[^ ]+/", line)
        try:
            if found is None:
                raise _NoPageError(line or "the server said nothing")
            yield found[0]
        finally:
            process.terminate()


@contextmanager
def _opened(browser: "Browser", address: str) -> "Iterator[Page]":
    # A context of its own has an empty cache: every load is a first visit.
    context = browser.new_context(viewport=VIEWPORT, reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(WHEN_DRAWN)
    page.wait_for_timeout(WINDOW_MS)
    page.goto(address)
    page.wait_for_selector("html[data-drawn]")
    yield page
    context.close()


def _first(browser: "Browser", address: str) -> tuple[float, float]:
    paints, drawn = [], []
    for _ in range(LOADS + 1):
        with _opened(browser, address) as page:
            paints.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
            drawn.append(float(page.evaluate("document.documentElement.dataset.drawn")))
    # The very first visit warms the server and the browser, not the page.
    return median(paints[1:]), median(drawn[1:])


def _moves(browser: "Browser", address: str) -> dict[str, tuple[list[float], float]]:
    """For each of them the milliseconds of every step, and the mean processor time of a move."""
    body = json.dumps(request_of(np.random.default_rng(3), (8, 16, 8, 2), 1)).encode()
    link = base64.urlsafe_b64encode(body).decode().rstrip("=")
    found = {}
    shown_as = {
        "Mazur 2-2-2": "?example=mazur",
        "8-16-8-2": f"#request={link}",
        "8-16-8-2 by term": f"#by=term&request={link}",
    }
    for title, fragment in shown_as.items():
        with _opened(browser, address + fragment) as page:
            shown = page.evaluate("backscope.state().trace.layers.map((one) => one.activation[0].length).join('-')")
            if shown not in title:
                raise _NoPageError(f"the page shows {shown} where {title} was asked for")
            page.wait_for_timeout(WINDOW_MS)  # parts are told beside the first step
            session = page.context.new_cdp_session(page)
            session.send("Performance.enable", {"timeDomain": "threadTicks"})
            before = _busy(session)
            times = page.evaluate(REDRAWS, REPEATS)
            moves = 2 * REPEATS * len(times)
            found[title] = [median(of_step) for of_step in times], (_busy(session) - before) / moves
    return found


def _busy(session: "CDPSession") -> float:
    """Milliseconds of processor time that the page's main thread has used."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000.0 * next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


def _print(first: tuple[float, float], moves: dict[str, tuple[list[float], float]], of_frames: list[list[str]]) -> None:
    rows = [
        ["first contentful paint", f"< {FIRST_PAINT:.0f}", f"{first[0]:.0f}", verdict(first[0] < FIRST_PAINT)],
        ["first step drawn", f"< {FIRST_STEP:.0f}", f"{first[1]:.0f}", verdict(first[1] < FIRST_STEP)],
    ]
    for title, (times, busy) in moves.items():
        found = {"typical step": median(times), "slowest step": max(times), "processor time of a move": busy}
        for words, time in found.items():
            rows.append([f"{title}: {words}", f"< {REDRAW:.0f}", f"{time:.1f}", verdict(time < REDRAW)])
    rows.extend(of_frames)
    print("\nThe page on loopback, milliseconds (wall time where nothing else is said, medians)\n")
    print(table(("", "asked", "measured", "holds"), rows))
