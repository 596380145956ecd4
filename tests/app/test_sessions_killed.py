"""kill -9 in the middle of training, twenty times: nothing acknowledged is lost, and every number is what it would be.

A real server writes a real file; what it acknowledged is noted here, and an uninterrupted run is the judge.
"""

import contextlib
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest

from app.sessions.making import change_of
from backprop_core import Run
from tests.app.driving import BASE, SPIRALS, parameters_of, run_of

KILLS = 20
COMMAND = [sys.executable, "-m", "app.cli", "--no-open", "--port", "0", "--store"]
CHANGES: list[dict[str, Any]] = [
    {"training": {"learning_rate": 0.02}},
    {"parameters": [{"ref": "weights:1:0:0", "value": 0.5}]},
    {"training": {"optimizer": {"name": "adam"}, "learning_rate": 0.003}},
    {"cost": "quadratic"},
    {"training": {"batch_size": 7}},
    {"cost": "cross_entropy"},
]


@contextlib.contextmanager
def served(store: Path) -> Iterator[httpx2.Client]:
    """A server of its own on ``store``, killed at the end, whatever it is doing."""
    process = subprocess.Popen([*COMMAND, str(store)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found is not None
        with httpx2.Client(base_url=found[0], timeout=20.0) as client:
            yield client
            process.kill()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


class Known:
    """What was acknowledged: the changes, how far it came, and the revision of it all."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.path = f"{BASE}/{document['id']}"
        self.last = document

    def check(self, found: dict[str, Any]) -> None:
        """Nothing of it is lost in ``found``."""
        assert found["revision"] >= self.last["revision"]
        assert found["changes"] == self.last["changes"]
        assert found["update"] >= self.last["update"]
        assert found["reached"] >= self.last["reached"]

    def send(self, client: httpx2.Client, method: str, path: str, body: Any) -> None:
        """Change, and note what was acknowledged."""
        headers = {"if-match": f'"{self.last["revision"]}"', "origin": str(client.base_url).rstrip("/")}
        answer = client.request(method, self.path + path, json=body, headers=headers)
        assert answer.status_code in (200, 202), answer.text
        self.last = answer.json()

    def read(self, client: httpx2.Client) -> dict[str, Any]:
        """Note where it stands: what is told is kept."""
        self.last = client.get(self.path).json()
        return self.last


def run_at(found: dict[str, Any]) -> Run:
    """An uninterrupted run of the recipe and the changes of a document, standing where it stands."""
    recipe = run_of(SPIRALS).recipe
    return Run.at(recipe, [change_of(one) for one in found["changes"]], found["update"], found["reached"])


@pytest.mark.slow
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    chance = np.random.default_rng(7)
    store = tmp_path / "sessions"
    with served(store) as client:
        known = Known(client.post(BASE, json=SPIRALS).json())
    interrupted = 0
    for number in range(KILLS):
        with served(store) as client:
            found = client.get(known.path).json()
            known.check(found)
            assert found["status"] == "paused"
            run = run_at(found)
            assert client.get(known.path + "/request").json()["parameters"] == parameters_of(run)
            known.last = found
            known.send(client, "POST", "/updates", {"to": int(chance.integers(3000))})
            known.send(client, "PATCH", "", CHANGES[number % len(CHANGES)])
            known.send(client, "POST", "/training", {"speed": 2000.0 if chance.random() < 0.5 else None})
            end = time.monotonic() + chance.uniform(0.0, 0.25)
            while time.monotonic() < end:
                known.read(client)
            interrupted += known.last["status"] == "running"
            # Killed now: its training goes on until the last moment.
    with served(store) as client:
        found = client.get(known.path).json()
        known.check(found)
        assert client.get(known.path + "/request").json()["parameters"] == parameters_of(run_at(found))
        assert client.delete(known.path, headers={"if-match": f'"{found["revision"]}"'}).status_code == 200
    assert interrupted == KILLS
    assert found["update"] > 0
