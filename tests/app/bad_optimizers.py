"""Bodies whose optimizer, or what it is said to remember, there is not; each with the problem it must meet.

A part of the corpus in bad_bodies.py.
"""

from typing import Any

from tests.app.bodies import Bad, dumped
from tests.app.conftest import MAZUR


def optimizers() -> list[Bad]:
    """Rules and their memories that there are not; a memory is judged against the network."""
    zeros = [{"weight_velocity": [[0.0, 0.0]] * 2, "bias_velocity": [0.0, 0.0]}] * 2
    missing = [zeros[0], {"bias_velocity": [0.0, 0.0]}]
    cases: list[tuple[str, dict[str, Any], str, str]] = [
        ("unknown optimizer", {"optimizer": "adagrad"}, "/optimizer/name", "invalid-value"),
        ("optimizer a number", {"optimizer": 1}, "/optimizer", "invalid-value"),
        ("optimizer null", {"optimizer": None}, "/optimizer", "invalid-value"),
        ("a field of no optimizer", {"optimizer": {"rate": 1}}, "/optimizer/rate", "unknown-field"),
        ("momentum 1", {"optimizer": {"name": "momentum", "momentum": 1.0}}, "/optimizer/momentum", "invalid-value"),
        ("l2 below 0", {"optimizer": {"l2": -0.1}}, "/optimizer/l2", "invalid-value"),
        ("epsilon 0", {"optimizer": {"name": "adam", "epsilon": 0.0}}, "/optimizer/epsilon", "invalid-value"),
        ("epsilon as text", {"optimizer": {"epsilon": "small"}}, "/optimizer/epsilon", "invalid-value"),
        (
            "state without layers",
            {"optimizer": "momentum", "optimizer_state": {}},
            "/optimizer_state/layers",
            "missing-field",
        ),
        (
            "state of one layer",
            {"optimizer": "momentum", "optimizer_state": {"layers": zeros[:1]}},
            "/optimizer_state/layers",
            "shape-mismatch",
        ),
        (
            "state with a gap",
            {"optimizer": "momentum", "optimizer_state": {"layers": missing}},
            "/optimizer_state/layers/1/weight_velocity",
            "shape-mismatch",
        ),
        (
            "state of another rule",
            {"optimizer": "rmsprop", "optimizer_state": {"layers": zeros}},
            "/optimizer_state/layers/0/bias_velocity",
            "shape-mismatch",
        ),
        (
            "state of plain descent",
            {"optimizer_state": {"layers": zeros}},
            "/optimizer_state/layers/0/bias_velocity",
            "shape-mismatch",
        ),
        (
            "updates below 0",
            {"optimizer": "adam", "optimizer_state": {"updates": -1, "layers": []}},
            "/optimizer_state/updates",
            "invalid-value",
        ),
        (
            "state as text",
            {"optimizer": "momentum", "optimizer_state": {"layers": [{"weight_velocity": "SECRET"}]}},
            "/optimizer_state/layers/0/weight_velocity",
            "invalid-value",
        ),
    ]
    return [Bad(name, dumped(MAZUR | more), 422, slug, place) for name, more, place, slug in cases]
