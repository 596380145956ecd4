"""A real server process, a real Chromium, and a page that fails its test when it complains about anything."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

TURNED_OFF = [
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AimEnabled",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The address bar's popups are pages of their own, and cost as much as ours; what Playwright turns off stays off.
    "--disable-features=" + ",".join(TURNED_OFF),
]
PATIENCE = 60.0
"""Seconds for whatever a test waits for: it waits for states, so patience costs nothing, and a busy machine is slow."""
expect.set_options(timeout=1000 * PATIENCE)
PATIENT = {"BACKSCOPE_LIMIT_SYMBOLIC_SECONDS": "60", "BACKSCOPE_LIMIT_SYMBOLIC_WAIT_SECONDS": "60"}
"""SymPy is given the time it takes on a slow machine: how little it may have is tested beside the API."""
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REPORT = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
"""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    return {"args": FLAGS, **({"executable_path": path} if path else {})}


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server of its own process on a free port of the loopback."""
    command = [sys.executable, "-m", "app.cli", "--no-open", "--port", "0", "--store", "memory"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ | PATIENT
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    match = re.search(r"http://[^ ]+/", line)
    assert match is not None, line + process.stdout.read()
    yield match[0]
    process.terminate()
    process.wait(PATIENCE)
    process.stdout.close()


def ready(page: Page) -> None:
    """Until the page can be used and what its address asks for is there."""
    page.wait_for_selector("html[data-ready]:not([data-opening])")


def arrived(page: Page, path: str) -> None:
    """Until the page of that path is there; what else its address says it may still write as it should be."""
    page.wait_for_url(lambda url: urlsplit(url).path == path)
    ready(page)


class Quiet:
    """Pages of one context that may not write to the console, throw, or break the security policy."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.complaints: list[str] = []

    def open(self, address: str) -> Page:
        page = self.context.new_page()
        page.add_init_script(REPORT)
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(address)
        ready(page)
        return page

    def check(self) -> None:
        assert self.complaints == []
        for page in self.context.pages:
            assert page.evaluate("window.violations") == []


def quiet(browser: Browser, **options: Any) -> Iterator[Quiet]:
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"} | options)
    context.set_default_timeout(1000 * PATIENCE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    found = Quiet(context)
    yield found
    found.check()
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Quiet]:
    """A desktop window, light, with reduced motion."""
    yield from quiet(browser)


@pytest.fixture
def moving(browser: Browser) -> Iterator[Quiet]:
    """A desktop window in which things move."""
    yield from quiet(browser, reduced_motion="no-preference")


@pytest.fixture(
    params=[
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"color_scheme": "light", "viewport": {"width": 360, "height": 740}, "has_touch": True},
        {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}, "has_touch": True},
        {"color_scheme": "light", "viewport": {"width": 1000, "height": 800}},
        {"forced_colors": "active"},
    ],
    ids=["light", "dark", "360", "phone-dark", "tablet", "forced-colors"],
)
def look(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Quiet]:
    """Every look the page has."""
    yield from quiet(browser, **request.param)
