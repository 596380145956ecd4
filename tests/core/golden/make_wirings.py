"""Make wirings.json: networks whose layers skip and join, by PyTorch's autograd, and one update of them, in float64.

Run with an interpreter that has PyTorch: ``python tests/core/golden/make_wirings.py``. The engine is not imported;
the wiring is written with PyTorch's own ``cat`` and ``+``.
"""

import json
from pathlib import Path

import torch

RATE = 0.25
ACTIVATIONS = {"identity": lambda z: z, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "relu": torch.relu}
LAYERS: dict[str, tuple[int, list[tuple[int, str, list[int], list[int]]]]] = {
    "residual block": (2, [(3, "tanh", [0], []), (3, "relu", [1], [1]), (2, "sigmoid", [2], [])]),
    "two hidden layers joined": (3, [(4, "tanh", [0], []), (2, "sigmoid", [0], []), (3, "identity", [1, 2], [])]),
    "input skips to the output": (2, [(3, "tanh", [0], []), (2, "sigmoid", [1, 0], [])]),
    "joined the other way round": (2, [(3, "tanh", [0], []), (2, "sigmoid", [0, 1], [])]),
    "three readers": (
        2,
        [(3, "tanh", [0], []), (3, "sigmoid", [1], [1]), (4, "tanh", [1], []), (3, "tanh", [3, 1, 2], [1, 2])],
    ),
    "residual from the input": (3, [(3, "tanh", [0], [0]), (3, "tanh", [1], [0, 1]), (1, "identity", [2], [])]),
    "only added": (2, [(2, "tanh", [0], []), (2, "sigmoid", [0], [1]), (1, "tanh", [2], [])]),
}
"""Name → inputs and layers: size, activation, layers read and joined, layers added."""


def case(name: str, inputs: int, layers: list[tuple[int, str, list[int], list[int]]], m: int) -> dict[str, object]:
    """One network with its gradients and the parameters after one update."""
    sizes = [inputs, *(layer[0] for layer in layers)]
    parameters = [
        (
            torch.randn(n, sum(sizes[s] for s in read), dtype=torch.float64, requires_grad=True),
            torch.randn(n, dtype=torch.float64, requires_grad=True),
        )
        for n, _, read, _ in layers
    ]
    x = torch.randn(m, inputs, dtype=torch.float64, requires_grad=True)
    y = torch.rand(m, sizes[-1], dtype=torch.float64)
    made = [x]
    for (w, b), (_, activation, read, added) in zip(parameters, layers, strict=True):
        z = torch.cat([made[s] for s in read], dim=1) @ w.T + b
        for s in added:
            z = z + made[s]
        made.append(ACTIVATIONS[activation](z))
        made[-1].retain_grad()
    costs = 0.5 * ((made[-1] - y) ** 2).sum(1)
    costs.mean().backward()
    return {
        "name": name,
        "inputs": inputs,
        "layers": [{"size": n, "activation": a, "sources": s, "adds": t} for n, a, s, t in layers],
        "weights": [w.tolist() for w, _ in parameters],
        "biases": [b.tolist() for _, b in parameters],
        "batch": x.tolist(),
        "targets": y.tolist(),
        "costs": costs.tolist(),
        "activations": [a.tolist() for a in made],
        "activation_gradients": [(m * a.grad).tolist() for a in made],
        "weight_gradients": [w.grad.tolist() for w, _ in parameters],
        "bias_gradients": [b.grad.tolist() for _, b in parameters],
        "updated_weights": [(w - RATE * w.grad).tolist() for w, _ in parameters],
        "updated_biases": [(b - RATE * b.grad).tolist() for _, b in parameters],
    }


def main() -> None:
    """Write the file beside this script."""
    torch.manual_seed(7)
    cases = [case(name, inputs, layers, m) for name, (inputs, layers) in LAYERS.items() for m in (1, 3)]
    about = f"gradients by autograd of PyTorch {torch.__version__}, float64, torch.manual_seed(7)"
    found = {"source": about, "learning_rate": RATE, "cases": cases}
    Path(__file__).with_name("wirings.json").write_text(json.dumps(found))


if __name__ == "__main__":
    main()
