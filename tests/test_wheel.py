"""What the Dockerfile does, without Docker: build the wheel, install it elsewhere, start it, ask it.

Node is off the PATH and the page's libraries are not there yet, as in the first stage of the image.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS = ROOT / "constraints.txt"
SOURCES = ("app", "backprop_core", "static", "templates")
FILES = ("LICENSE", "README.md", "hatch_build.py", "package.json", "package-lock.json", "pyproject.toml", ".npmrc")

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """Run with a PATH that holds no Node; the output, or a failure that shows it."""
    environment = {**os.environ, "PATH": str(cwd), "PYTHONPATH": ""}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the sources as the image gets them."""
    source = tmp_path_factory.mktemp("source")
    for name in SOURCES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("vendor", "__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, source / name)
    options = ("--quiet", "--no-build-isolation", "--no-deps", "--wheel-dir", "dist")
    run(sys.executable, "-m", "pip", "wheel", *options, ".", cwd=source)
    return next((source / "dist").glob("backscope-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean environment far from the checkout, with nothing but the wheel and what it needs."""
    home = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "venv", "env", cwd=home)
    run(home / "env/bin/python", "-m", "pip", "install", "--quiet", "--constraint", CONSTRAINTS, wheel, cwd=home)
    return home


@pytest.fixture(scope="module")
def address(installed: Path) -> Iterator[str]:
    """The installed command, serving on a free port of loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [str(installed / "env/bin/backscope"), "--host", "127.0.0.1", "--port", port, "--no-open"]
    environment = {**os.environ, "PYTHONPATH": ""}
    with (
        (installed / "log").open("w") as log,
        subprocess.Popen(command, cwd=installed, env=environment, stdout=log, stderr=log) as server,
    ):
        try:
            yield wait_for(f"http://127.0.0.1:{port}", server, installed / "log")
        finally:
            server.terminate()


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(600):
        assert server.poll() is None, log.read_text()
        try:
            httpx2.get(f"{address}/healthz", timeout=2).raise_for_status()
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return address
    raise AssertionError(log.read_text())


def test_the_wheel_carries_the_page_and_its_libraries(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    table = json.loads((ROOT / "static/vendor.json").read_text(encoding="utf-8"))
    wanted = {f"app/static/{entry[kind]}" for entry in table.values() for kind in ("module", "stylesheet")}
    assert wanted <= names
    assert any(name.startswith("app/templates/") for name in names)
    assert any(name.startswith("app/static/vendor/") and name.endswith(".woff2") for name in names)
    assert not any(name.startswith(("tests/", "benchmarks/")) for name in names)


def test_the_command_explains_itself(installed: Path) -> None:
    assert "--port" in run(installed / "env/bin/backscope", "--help", cwd=installed)


def test_the_installed_server_answers(address: str) -> None:
    page = httpx2.get(f"{address}/", timeout=60)
    assert page.status_code == 200
    assert "text/html" in page.headers["content-type"]
    for path in ("vendor/katex/katex.mjs", "vendor/katex/katex.min.css"):
        assert httpx2.get(f"{address}/static/{path}", timeout=60).status_code == 200
