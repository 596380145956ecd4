"""The sessions that are watched while they train: W2, W3 and W4 on data, and what a page asks for of each."""

from dataclasses import dataclass
from typing import Any

FULL = {"layers": True, "edges": 200}
PLANE = {**FULL, "boundary": 60, "maps": 24}
CLASSES = {**FULL, "confusion": True, "mistakes": 18, "tile": 3}


@dataclass(frozen=True)
class Case:
    """A session and what its viewer wants."""

    name: str
    words: str
    recipe: dict[str, Any]
    wants: dict[str, Any]


def _network(sizes: tuple[int, ...], activation: str, output: str, cost: str) -> dict[str, Any]:
    layers = [{"size": size, "activation": activation} for size in sizes[1:]]
    layers[-1]["activation"] = output
    return {"inputs": sizes[0], "layers": layers, "cost": cost}


def _recipe(network: dict[str, Any], data: str, batch: int) -> dict[str, Any]:
    training = {"learning_rate": 0.01, "batch_size": batch}
    return {"network": network, "data": {"name": data}, "training": training}


CASES = (
    Case(
        "W2",
        "W2 2-4-2-1 · 10 · tanh",
        _recipe(_network((2, 4, 2, 1), "tanh", "tanh", "quadratic"), "moons", 10),
        PLANE,
    ),
    Case(
        "W3",
        "W3 64-32-10 · 32 · sigmoid",
        _recipe(_network((64, 32, 10), "sigmoid", "softmax", "cross_entropy"), "digits", 32),
        CLASSES,
    ),
    Case(
        "W4",
        "W4 784-30-10 · 10 · sigmoid",
        _recipe(_network((784, 30, 10), "sigmoid", "sigmoid", "quadratic"), "digits_28", 10),
        CLASSES,
    ),
)
