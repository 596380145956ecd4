"""Make random_wirings.json: random networks whose layers skip and join, of every activation and cost, by PyTorch.

Run with an interpreter that has PyTorch: ``python -m tests.core.golden.make_random_wirings``. The engine is not
imported; the functions are those of ``make_pytorch``, the rules those of ``make_optimizers``, both beside this script.
"""

import json
import random
from itertools import product
from pathlib import Path
from typing import Any

import torch

from tests.core.golden.make_optimizers import RATE, RULES
from tests.core.golden.make_pytorch import ACTIVATIONS, COSTS, OUTPUTS

UPDATES = 3
HIDDEN = [name for name in ACTIVATIONS if name != "softmax"]
Layer = tuple[int, str, list[int], list[int]]
"""Size, activation, layers read and joined, layers added."""


def wiring(rng: random.Random, hidden: str, output: str, outputs: int) -> tuple[int, list[Layer]]:
    """Inputs and layers: any earlier layers read, some of the same size added, nothing left unread."""
    depth, common = rng.randint(2, 4), rng.randint(1, 3)
    sizes = [rng.choice([common, rng.randint(1, 3)]) for _ in range(depth)] + [outputs]
    layers: list[Layer] = []
    unread = {0}
    for l in range(1, depth + 1):
        read = rng.sample(range(l), rng.randint(1, min(l, 3)))
        if l == depth:
            read += [other for other in sorted(unread) if other not in read]
        alike = [other for other in range(l) if sizes[other] == sizes[l]]
        added = rng.sample(alike, min(len(alike), rng.randint(0, 2)))
        unread = (unread - {*read, *added}) | {l}
        name = output if l == depth else hidden if l == 1 else rng.choice(HIDDEN)
        layers.append((sizes[l], name, read, added))
    return sizes[0], layers


def run(layers: list[Layer], weights: list[Any], biases: list[Any], x: Any) -> tuple[Any, list[Any]]:
    """The last weighted input, and every activation."""
    made, z = [x], x
    for (_, name, read, added), w, b in zip(layers, weights, biases, strict=True):
        z = torch.cat([made[s] for s in read], dim=1) @ w.T + b
        for s in added:
            z = z + made[s]
        made.append(ACTIVATIONS[name](z))
    return z, made


def case(rng: random.Random, cost: str, hidden: str, output: str, rule: str, m: int) -> dict[str, object]:
    """One network: its gradients, and its parameters after some updates by ``rule``."""
    inputs, layers = wiring(rng, hidden, output, 1 if cost == "output" else rng.randint(1, 3))
    sizes = [inputs, *(layer[0] for layer in layers)]
    options = {"dtype": torch.float64, "requires_grad": True}
    weights = [torch.randn(n, sum(sizes[s] for s in read), **options) for n, _, read, _ in layers]
    biases = [torch.randn(n, **options) for n, _, _, _ in layers]
    x = torch.randn(m, inputs, **options)
    y = torch.softmax(torch.randn(m, sizes[-1], dtype=torch.float64), dim=1)
    found: dict[str, object] = {
        "cost": cost,
        "inputs": inputs,
        "layers": [{"size": n, "activation": a, "sources": s, "adds": t} for n, a, s, t in layers],
        "weights": [w.tolist() for w in weights],
        "biases": [b.tolist() for b in biases],
        "batch": x.tolist(),
        "targets": y.tolist() if cost != "output" else None,
        "optimizer": RULES[rule][0],
    }
    optimizer = RULES[rule][1](weights, biases)
    for update in range(UPDATES):
        z, made = run(layers, weights, biases, x)
        costs = COSTS[cost](z, made[-1], y)
        optimizer.zero_grad()
        costs.mean().backward()
        if update == 0:
            found |= {
                "costs": costs.tolist(),
                "weight_gradients": [w.grad.tolist() for w in weights],
                "bias_gradients": [b.grad.tolist() for b in biases],
                "input_gradient": x.grad.tolist(),
            }
        if cost == "output":
            return found
        optimizer.step()
    return found | {"updated_weights": [w.tolist() for w in weights], "updated_biases": [b.tolist() for b in biases]}


def main() -> None:
    """Write the file beside this script."""
    torch.manual_seed(11)
    rng, cases = random.Random(11), []  # noqa: S311 - networks are drawn, no secrets
    for at, (cost, hidden) in enumerate(product(COSTS, HIDDEN)):
        output = rng.choice(OUTPUTS.get(cost, list(ACTIVATIONS)))
        cases.append(case(rng, cost, hidden, output, list(RULES)[at % len(RULES)], 1 + at % 3))
    about = f"gradients by autograd of PyTorch {torch.__version__}, float64, torch.manual_seed(11)"
    found = {"source": about, "learning_rate": RATE, "updates": UPDATES, "cases": cases}
    Path(__file__).with_name("random_wirings.json").write_text(json.dumps(found))


if __name__ == "__main__":
    main()
