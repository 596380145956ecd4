"""Make optimizers.json: 50 updates of a small network by each of PyTorch's optimizers, in float64.

Run with an interpreter that has PyTorch: ``python tests/core/golden/make_optimizers.py``. The engine is not imported,
so the numbers are PyTorch's own; the file is committed and PyTorch never becomes a dependency.
"""

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import torch

SIZES = [3, 5, 4, 2]
EXAMPLES, BATCH, UPDATES = 12, 4, 50
RATE = 0.05
Make = Callable[[list[torch.Tensor], list[torch.Tensor]], torch.optim.Optimizer]


def groups(weights: list[torch.Tensor], biases: list[torch.Tensor], decay: float) -> list[dict[str, Any]]:
    """Weights that decay and biases that do not."""
    return [{"params": weights, "weight_decay": decay}, {"params": biases, "weight_decay": 0.0}]


RULES: dict[str, tuple[dict[str, Any], Make]] = {
    "gradient descent": ({}, lambda w, b: torch.optim.SGD([*w, *b], lr=RATE)),
    "gradient descent with l2": ({"l2": 0.03}, lambda w, b: torch.optim.SGD(groups(w, b, 0.03), lr=RATE)),
    "momentum": ({"name": "momentum", "momentum": 0.8}, lambda w, b: torch.optim.SGD([*w, *b], lr=RATE, momentum=0.8)),
    "momentum with l2": (
        {"name": "momentum", "l2": 0.02},
        lambda w, b: torch.optim.SGD(groups(w, b, 0.02), lr=RATE, momentum=0.9),
    ),
    "nesterov": (
        {"name": "nesterov", "momentum": 0.9},
        lambda w, b: torch.optim.SGD([*w, *b], lr=RATE, momentum=0.9, nesterov=True),
    ),
    "rmsprop": (
        {"name": "rmsprop", "square_decay": 0.95},
        lambda w, b: torch.optim.RMSprop([*w, *b], lr=RATE, alpha=0.95),
    ),
    "rmsprop with l2": ({"name": "rmsprop", "l2": 0.02}, lambda w, b: torch.optim.RMSprop(groups(w, b, 0.02), lr=RATE)),
    "adam": ({"name": "adam"}, lambda w, b: torch.optim.Adam([*w, *b], lr=RATE)),
    "adam with its own numbers and l2": (
        {"name": "adam", "first_decay": 0.7, "second_decay": 0.95, "epsilon": 1e-6, "l2": 0.01},
        lambda w, b: torch.optim.Adam(groups(w, b, 0.01), lr=RATE, betas=(0.7, 0.95), eps=1e-6),
    ),
    "adamw": (
        {"name": "adamw", "weight_decay": 0.1},
        lambda w, b: torch.optim.AdamW(groups(w, b, 0.1), lr=RATE),
    ),
}
"""Name → the numbers of our OptimizerSpec, and PyTorch's optimizer."""
L1 = 0.02


def start() -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    """The same first parameters for every rule."""
    torch.manual_seed(3)
    weights = [torch.randn(n, k, dtype=torch.float64, requires_grad=True) for k, n in pairwise(SIZES)]
    biases = [torch.randn(n, dtype=torch.float64, requires_grad=True) for n in SIZES[1:]]
    return weights, biases


def run(make: Make, inputs: torch.Tensor, targets: torch.Tensor, l1: float = 0.0) -> dict[str, Any]:
    """The costs of the updates and the parameters after them; mini-batches are taken in order, round and round."""
    weights, biases = start()
    optimizer = make(weights, biases)
    costs = []
    for update in range(UPDATES):
        begin = update * BATCH % EXAMPLES
        a, y = inputs[begin : begin + BATCH], targets[begin : begin + BATCH]
        for l, (w, b) in enumerate(zip(weights, biases, strict=True)):
            z = a @ w.T + b
            a = torch.sigmoid(z) if l == len(weights) - 1 else torch.tanh(z)
        cost = (0.5 * ((a - y) ** 2).sum(1)).mean()
        optimizer.zero_grad()
        cost.backward()
        for w in weights:
            if l1 and w.grad is not None:
                w.grad += l1 * torch.sign(w.detach())
        optimizer.step()
        costs.append(cost.item())
    return {"costs": costs, "weights": [w.tolist() for w in weights], "biases": [b.tolist() for b in biases]}


def main() -> None:
    """Write the file."""
    weights, biases = start()
    inputs = torch.randn(EXAMPLES, SIZES[0], dtype=torch.float64)
    targets = torch.rand(EXAMPLES, SIZES[-1], dtype=torch.float64)
    cases = [{"rule": name, "optimizer": ours} | run(make, inputs, targets) for name, (ours, make) in RULES.items()]
    _, make = RULES["momentum"]
    ours = {"name": "momentum", "momentum": 0.8, "l1": L1}
    cases.append({"rule": "momentum with l1", "optimizer": ours} | run(make, inputs, targets, L1))
    document = {
        "made_by": f"PyTorch {torch.__version__}, golden/make_optimizers.py",
        "sizes": SIZES,
        "batch": BATCH,
        "updates": UPDATES,
        "learning_rate": RATE,
        "weights": [w.tolist() for w in weights],
        "biases": [b.tolist() for b in biases],
        "inputs": inputs.tolist(),
        "targets": targets.tolist(),
        "cases": cases,
    }
    Path(__file__).with_name("optimizers.json").write_text(json.dumps(document) + "\n")


if __name__ == "__main__":
    main()
