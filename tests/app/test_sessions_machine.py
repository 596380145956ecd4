"""Any order of moves, changes, restarts and second windows: the session is what plain replay of its changes says.

The oracle makes one update after the other by traces alone: it knows no snapshots, no checkpoints and no store.
"""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from starlette.testclient import TestClient

from app.main import create_api
from app.sessions import live
from app.settings import Settings
from backprop_core import Run
from tests.app.driving import BASE, SPIRALS, Driver, run_of
from tests.app.replaying import Replay

FAR = 60
OPTIMIZERS = ["gradient_descent", "momentum", "adam"]
counts = st.integers(-25, 40)
rates = st.sampled_from([0.0, 0.05, 0.5, 2.0])


class Sessions(RuleBasedStateMachine):
    """Two windows drive one session; now and then the server starts anew."""

    store = "memory"

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.settings = Settings(store="memory" if self.store == "memory" else str(Path(self.folder.name) / "store"))
        self.client = self._served()
        self.one = Driver(self.client)
        self.two = Driver.__new__(Driver)
        self.two.client, self.two.id, self.two.watch = self.client, self.one.id, self.one.watch
        self.two.last = self.one.last
        self.replay, self.keys = Replay(), 0

    def _served(self) -> TestClient:
        self.app = create_api(self.settings)
        return TestClient(self.app, base_url="http://localhost:8000").__enter__()

    def _stop(self) -> None:
        assert self.client.portal is not None
        self.client.portal.call(self.app.state.service.sessions.close)
        self.client.__exit__(None, None, None)

    def teardown(self) -> None:
        if hasattr(self, "client"):
            self._stop()
            self.folder.cleanup()

    def _send(self, method: str, path: str, body: Any, status: int = 200) -> dict[str, Any]:
        answer = self.one.send(method, path, body)
        assert answer.status_code == status, answer.text
        return self.one.last

    @rule(count=counts)
    def move(self, count: int) -> None:
        to = min(FAR, self.replay.position + count)
        self._send("POST", "/updates", {"count": to - self.replay.position})
        self.replay.move(to)

    @rule(to=st.integers(0, FAR))
    def seek(self, to: int) -> None:
        self._send("POST", "/updates", {"to": to})
        self.replay.move(to)

    @rule(rate=rates)
    def change_rate(self, rate: float) -> None:
        self._send("PATCH", "", {"training": {"learning_rate": rate}})
        self.replay.change("learning_rate", rate)

    @rule(size=st.sampled_from([1, 5, 7, 38, None]))
    def change_batch(self, size: int | None) -> None:
        self._send("PATCH", "", {"training": {"batch_size": size}})
        self.replay.change("batch_size", size)

    @rule(name=st.sampled_from(OPTIMIZERS))
    def change_optimizer(self, name: str) -> None:
        self._send("PATCH", "", {"training": {"optimizer": {"name": name}}})
        self.replay.change("optimizer", name)

    @rule(cost=st.sampled_from(["cross_entropy", "quadratic"]))
    def change_cost(self, cost: str) -> None:
        self._send("PATCH", "", {"cost": cost})
        self.replay.change("cost", cost)

    @rule(value=st.floats(-2, 2))
    def edit(self, value: float) -> None:
        self._send("PATCH", "", {"parameters": [{"ref": "weights:1:1:0", "value": value}]})
        self.replay.change("weight", value)

    @rule(count=st.integers(-20, 20).filter(bool))
    def step(self, count: int) -> None:
        if self.replay.position >= FAR:
            return
        known = self.one.last["step"]
        found = self._send("POST", "/steps", {"count": count})
        # Each update has as many steps as the next here, so the cursor is one whole number.
        each = found["step"]["count"]
        at = self.replay.position * each + (known["index"] if known["count"] else 0)
        update, index = divmod(max(0, at + count), each)
        assert (found["update"], found["step"]["index"]) == (update, index)
        assert sum(len(part["steps"]) for part in self._passed(found)) == abs(max(0, at + count) - at)
        self.replay.move(update)

    @staticmethod
    def _passed(found: dict[str, Any]) -> list[dict[str, Any]]:
        passed: list[dict[str, Any]] = found["passed"]
        return passed

    @rule(count=st.integers(1, 10))
    def repeat(self, count: int) -> None:
        """The answer is lost, and the same is asked again."""
        if self.replay.position + count > FAR:
            return
        self.keys += 1
        known, key = self.one.revision, f"repeated-{self.keys}"
        first = self.one.send("POST", "/updates", {"count": count}, revision=known, key=key)
        again = self.one.send("POST", "/updates", {"count": count}, revision=known, key=key)
        assert (first.status_code, again.status_code) == (200, 200)
        assert again.json() == first.json()
        self.replay.move(self.replay.position + count)

    @precondition(lambda self: self.two.revision != self.one.revision)
    @rule(body=st.sampled_from([{"count": 1}, {"to": 0}, {"epochs": 1}]))
    def stale_window(self, body: dict[str, int]) -> None:
        """The other window knows less, and is told so."""
        answer = self.two.send("POST", "/updates", body)
        assert (answer.status_code, answer.json()["revision"]) == (412, self.one.revision)

    @rule()
    def change_windows(self) -> None:
        """The other window reads the session and drives on."""
        self.two.last = self.two.ask().json()
        self.one, self.two = self.two, self.one

    @rule()
    def watch(self) -> None:
        seen = self.one.ask(name=self.one.watch).json()
        assert {**seen, "may": "drive", "id": self.one.id} == self.one.ask().json()
        refused = self.one.send("PATCH", "", {"cost": "quadratic"}, name=self.one.watch)
        assert refused.status_code == 403

    @rule()
    def evict(self) -> None:
        """The session rests in the store, and is woken by the next request."""
        sessions = self.app.state.service.sessions
        assert self.client.portal is not None
        for one in sessions.live:
            assert self.client.portal.call(sessions._rest, one)

    @precondition(lambda self: self.store != "memory")
    @rule()
    def restart(self) -> None:
        """Another process takes the file over."""
        self._stop()
        self.client = self.one.client = self.two.client = self._served()

    @invariant()
    def it_stands_where_replay_says(self) -> None:
        if not hasattr(self, "client"):
            return
        found = self.client.get(f"{BASE}/{self.one.id}").json()
        assert (found["update"], found["reached"]) == (self.replay.position, self.replay.reached)
        assert [change["at"] for change in found["changes"]] == [at for at, _, _ in self.replay.changes]
        assert found["revision"] == self.one.revision
        training = self.replay.in_force()
        assert found["training"]["learning_rate"] == training.learning_rate
        assert found["training"]["optimizer"]["name"] == training.optimizer.name
        wanted = self.replay.now()
        parameters = self.one.parameters()
        assert parameters["weights"] == [w.tolist() for w in wanted.weights]
        assert parameters["biases"] == [b.tolist() for b in wanted.biases]


class StoredSessions(Sessions):
    """The same in a file."""

    store = "sqlite"


@pytest.mark.slow
@pytest.mark.parametrize("machine", [Sessions, StoredSessions])
def test_a_session_is_what_replay_says(machine: type[Sessions], monkeypatch: pytest.MonkeyPatch) -> None:
    # So short a run would never be worth a checkpoint otherwise.
    monkeypatch.setattr(live, "OPERATIONS", 3)
    monkeypatch.setattr(live, "REPLAYED_SECONDS", 0.0)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_oracle_and_a_run_agree() -> None:
    replay, run = Replay(), Run(run_of(SPIRALS).recipe)
    replay.move(21)
    run.move(21)
    assert [w.tolist() for w in replay.now().weights] == [w.tolist() for w in run.parameters().weights]
