"""Make pytorch.json: gradients of random networks by PyTorch's autograd, in float64.

Run with an interpreter that has PyTorch: ``python tests/core/golden/make_pytorch.py``. The engine is not
imported, so the numbers are PyTorch's own; the file is committed and PyTorch never becomes a dependency.
"""

import json
from itertools import pairwise, product
from pathlib import Path

import torch
from torch import nn

ACTIVATIONS = {
    "identity": lambda z: z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": lambda z: nn.functional.leaky_relu(z, 0.01),
    "softplus": nn.functional.softplus,
    "silu": nn.functional.silu,
    "gelu": nn.functional.gelu,
    "softmax": lambda z: torch.softmax(z, dim=1),
}
COSTS = {
    "quadratic": lambda z, a, y: 0.5 * ((a - y) ** 2).sum(1),
    "squared_error": lambda z, a, y: ((a - y) ** 2).sum(1),
    "binary_cross_entropy": lambda z, a, y: nn.functional.binary_cross_entropy_with_logits(z, y, reduction="none").sum(
        1
    ),
    "cross_entropy": lambda z, a, y: nn.functional.cross_entropy(z, y, reduction="none"),
    "output": lambda z, a, y: a[:, 0],
}
OUTPUTS = {"binary_cross_entropy": ["sigmoid"], "cross_entropy": ["softmax"], "output": ["identity"]}


def case(cost: str, hidden: str, output: str, sizes: list[int], m: int) -> dict[str, object]:
    """One network with its gradients."""
    weights = [torch.randn(n, k, dtype=torch.float64, requires_grad=True) for k, n in pairwise(sizes)]
    biases = [torch.randn(n, dtype=torch.float64, requires_grad=True) for n in sizes[1:]]
    x = torch.randn(m, sizes[0], dtype=torch.float64, requires_grad=True)
    y = torch.softmax(torch.randn(m, sizes[-1], dtype=torch.float64), dim=1)
    names = [hidden] * (len(weights) - 1) + [output]
    a, z = x, x
    for w, b, name in zip(weights, biases, names, strict=True):
        z = a @ w.T + b
        a = ACTIVATIONS[name](z)
    costs = COSTS[cost](z, a, y)
    costs.mean().backward()
    return {
        "cost": cost,
        "activations": names,
        "sizes": sizes,
        "weights": [w.tolist() for w in weights],
        "biases": [b.tolist() for b in biases],
        "inputs": x.tolist(),
        "targets": y.tolist() if cost != "output" else None,
        "costs": costs.tolist(),
        "output": a.tolist(),
        "weight_gradients": [w.grad.tolist() for w in weights],
        "bias_gradients": [b.grad.tolist() for b in biases],
        "input_gradient": x.grad.tolist(),
    }


def main() -> None:
    """Write the file beside this script."""
    torch.manual_seed(20)
    cases = []
    for cost, hidden in product(COSTS, [name for name in ACTIVATIONS if name != "softmax"]):
        outputs = OUTPUTS.get(cost, ["identity", "sigmoid", "softmax", "gelu"])
        cases += [case(cost, hidden, output, [2, 3, 1 if cost == "output" else 3], 2) for output in outputs]
    cases.append(case("cross_entropy", "relu", "softmax", [5, 8, 6, 4], 7))
    about = f"gradients by autograd of PyTorch {torch.__version__}, float64, torch.manual_seed(20)"
    Path(__file__).with_name("pytorch.json").write_text(json.dumps({"source": about, "cases": cases}))


if __name__ == "__main__":
    main()
