"""Request bodies for the tests: Mazur's with one place changed, and small networks of any make."""

import copy
import json
from typing import Any, NamedTuple

from tests.app.conftest import MAZUR

GONE = object()


class Bad(NamedTuple):
    """One bad body; ``pointer`` is where the problem must point, if it points."""

    name: str
    body: bytes
    status: int
    type: str
    pointer: str | None = None


def at(path: str, value: Any, base: dict[str, Any] = MAZUR) -> bytes:
    """``base`` with ``value`` at a JSON pointer, or without the place if it is ``GONE``."""
    body = copy.deepcopy(base)
    *parents, last = [int(part) if part.isdigit() else part for part in path.split("/")[1:]]
    place: Any = body
    for part in parents:
        place = place[part]
    if value is GONE:
        del place[last]
    else:
        place[last] = value
    return json.dumps(body).encode()


def raw(literal: str, path: str = "/learning_rate") -> bytes:
    """``MAZUR`` with a literal at a place where JSON may not even allow it."""
    return at(path, "@@").replace(b'"@@"', literal.encode())


def net(*layers: dict[str, Any], **network: Any) -> dict[str, Any]:
    """A request with that network, one example of zeros and drawn parameters."""
    inputs = network.pop("inputs", 2)
    size = layers[-1]["size"] if layers and isinstance(layers[-1].get("size"), int) else 1
    return {
        "network": {"inputs": inputs, "layers": list(layers), **network},
        "batch": {"inputs": [[0.0] * min(inputs, 3_000)], "targets": [[0.0] * min(size, 3_000)]},
    }


def dumped(body: Any) -> bytes:
    return json.dumps(body).encode()
