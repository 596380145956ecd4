"""Reading the page of training in a browser: a part of its state, what to wait for, a run of some updates."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import Quiet

AT = "(path) => path.split('.').reduce((part, name) => part?.[name] ?? null, window.backscope.state())"


def learning(page: Page, path: str) -> Any:
    """A part of the page's state, by its names with points between."""
    return page.evaluate(AT, path)


def wait_for(page: Page, path: str, value: Any) -> None:
    page.wait_for_function(f"([path, value]) => ({AT})(path) === value", arg=[path, value])


def opened(quiet: Quiet, server: str, address: str = "train") -> Page:
    page = quiet.open(f"{server}{address}")
    wait_for(page, "connection", "live")
    return page


def traced(page: Page, update: int) -> Any:
    """The weights before ``update``, as the wedge's trace has them, to the last bit."""
    page.wait_for_function("(update) => window.backscope.state().trace?.session.update === update", arg=update)
    return learning(page, "trace.parameters.weights")


def run_to(page: Page, least: int) -> int:
    """Train until at least ``least`` updates are made, pause, and say how many were."""
    page.locator("#start").click()
    page.wait_for_function("(least) => window.backscope.state().session.update >= least", arg=least)
    page.locator("#start").click()
    wait_for(page, "session.status", "paused")
    made: int = learning(page, "session.update")
    return made
