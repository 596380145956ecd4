"""A driver for tests: a client that knows the revision of its session, and runs to compare it with."""

from typing import Any

import orjson
from httpx2 import Client, Response

from app.limits import Limits
from app.sessions.bodies import SessionRequest
from app.sessions.recipes import recipe_of
from backprop_core import Run

BASE = "/api/v1/sessions"
SPIRALS: dict[str, Any] = {
    "network": {
        "inputs": 2,
        "layers": [{"size": 4, "activation": "tanh"}, {"size": 2, "activation": "softmax"}],
        "cost": "cross_entropy",
    },
    "data": {"name": "spirals", "count": 47, "noise": 0.1, "seed": 3},
    "training": {"learning_rate": 0.3, "batch_size": 5},
    "initialization": {"scheme": "xavier_normal", "seed": 2},
}


def run_of(recipe: dict[str, Any]) -> Run:
    """The run that a session of ``recipe`` should be."""
    return Run(recipe_of(SessionRequest.model_validate_json(orjson.dumps(recipe)), Limits()))


def parameters_of(run: Run) -> dict[str, Any]:
    """The present parameters as they are sent."""
    used = run.parameters()
    return {"weights": [w.tolist() for w in used.weights], "biases": [b.tolist() for b in used.biases]}


class Driver:
    """Drives one session; ``last`` is the newest document."""

    def __init__(self, client: Client, recipe: dict[str, Any] | None = None) -> None:
        self.client = client
        answer = client.post(BASE, json=recipe or SPIRALS)
        assert answer.status_code == 201, answer.text
        self.last: dict[str, Any] = answer.json()
        self.id: str = self.last["id"]
        self.watch: str = self.last["watch"]

    @property
    def revision(self) -> int:
        """What this driver knows."""
        return int(self.last["revision"])

    def ask(self, path: str = "", *, name: str | None = None) -> Response:
        """Read."""
        return self.client.get(f"{BASE}/{name or self.id}{path}")

    def send(
        self,
        method: str,
        path: str = "",
        body: Any = None,
        *,
        revision: int | None = None,
        key: str | None = None,
        name: str | None = None,
    ) -> Response:
        """Change, as of ``revision``; the document of a good answer becomes the newest."""
        headers = {"if-match": f'"{self.revision if revision is None else revision}"'}
        if key is not None:
            headers["idempotency-key"] = key
        more = {} if body is None else {"json": body}
        answer = self.client.request(method, f"{BASE}/{name or self.id}{path}", headers=headers, **more)
        if answer.status_code in (200, 202) and "revision" in answer.json():
            self.last = answer.json()
        return answer

    def do(self, method: str, path: str = "", body: Any = None) -> dict[str, Any]:
        """Change, and expect it to be done."""
        answer = self.send(method, path, body)
        assert answer.status_code in (200, 202), answer.text
        return self.last

    def move(self, **how: int) -> dict[str, Any]:
        """Go along the run."""
        return self.do("POST", "/updates", how)

    def parameters(self) -> dict[str, Any]:
        """The parameters that the session says it has."""
        found: dict[str, Any] = self.ask("/request").json()["parameters"]
        return found


def same(driver: Driver, run: Run) -> None:
    """The session stands where ``run`` stands, to the last bit."""
    assert (driver.last["update"], driver.last["reached"]) == (run.position, run.reached)
    assert driver.parameters() == parameters_of(run)
