"""Find a Chromium for the browser tests, or install one.

In this order: $CHROMIUM, one that is installed, one from the system's package manager where we may, Playwright's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
MANAGERS = {
    "apt-get": [["apt-get", "update"], ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]],
    "dnf": [["dnf", "install", "--assumeyes", "chromium"]],
    "apk": [["apk", "add", "chromium"]],
}
ADVICE = "No Chromium could be installed: install the package 'chromium' or set CHROMIUM=/path/to/chromium."


def find() -> str | None:
    """The first Chromium that answers when asked for its version."""
    return next((path for path in _candidates() if _answers([path, "--version"])), None)


def install() -> str | None:
    """Have one installed, quietly; None when nobody could."""
    for manager, commands in MANAGERS.items():
        prefix = _as_root()
        if shutil.which(manager) and prefix is not None:
            _say(f"installing Chromium with {manager}")
            # A failed refresh of the package lists need not spoil the install; what counts is a browser that answers.
            for command in commands:
                _answers([*prefix, *command])
            if found := find():
                return found
    _say("installing Playwright's Chromium")
    _answers([sys.executable, "-m", "playwright", "install", "chromium"])
    return find()


def _candidates() -> Iterator[str]:
    if chosen := os.environ.get("CHROMIUM"):
        yield chosen
        return
    yield from filter(None, map(shutil.which, NAMES))
    yield from (path for path in MAC if Path(path).exists())
    if own := _playwrights_own():
        yield own


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _as_root() -> list[str] | None:
    """What to put before a command that needs root: nothing, sudo, or None where we may not."""
    if os.name != "posix" or os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and _answers(["sudo", "-n", "true"]) else None


def _answers(command: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=900, check=False, env=environment)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def main() -> int:
    """Print the path of a Chromium; with --install, get one first if there is none."""
    path = find() or (install() if "--install" in sys.argv else None)
    if path is None:
        _say(ADVICE)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
