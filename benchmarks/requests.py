"""Bodies of ``POST /traces`` for networks of any size, with round numbers drawn from a generator.

The page takes the same bodies from its address.
"""

from itertools import pairwise
from typing import Any

import numpy as np


def request_of(rng: np.random.Generator, sizes: tuple[int, ...], examples: int) -> dict[str, Any]:
    """A tanh network with a sigmoid output, its parameters and a batch."""
    pairs = list(pairwise(sizes))
    layers = [{"size": size, "activation": "tanh"} for size in sizes[1:]]
    layers[-1]["activation"] = "sigmoid"
    return {
        "network": {"inputs": sizes[0], "layers": layers},
        "parameters": {
            "weights": [rng.normal(0.0, 0.5, (n, k)).round(3).tolist() for k, n in pairs],
            "biases": [rng.normal(0.0, 0.5, n).round(3).tolist() for _, n in pairs],
        },
        "batch": {
            "inputs": rng.normal(size=(examples, sizes[0])).round(2).tolist(),
            "targets": rng.uniform(size=(examples, sizes[-1])).round(2).tolist(),
        },
        "learning_rate": 0.5,
    }
