"""The engine against numbers that PyTorch's autograd made (golden/make_pytorch.py)."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backprop_core import LayerSpec, NetworkSpec, Parameters, trace_update

GOLDEN = json.loads((Path(__file__).parent / "golden" / "pytorch.json").read_text())


def named(case: dict[str, Any]) -> str:
    return f"{case['cost']} {'-'.join(case['activations'])}"


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=named)
def test_every_gradient(case: dict[str, Any]) -> None:
    layers = tuple(LayerSpec(n, name) for n, name in zip(case["sizes"][1:], case["activations"], strict=True))
    spec = NetworkSpec(case["sizes"][0], layers, case["cost"])
    trace = trace_update(spec, Parameters.of(spec, case["weights"], case["biases"]), case["inputs"], case["targets"])
    pairs = [(trace.costs, case["costs"]), (trace.memory["activation", spec.depth], case["output"])]
    pairs.append((trace.memory["error", 0] / trace.batch_size, case["input_gradient"]))
    for l in range(1, spec.depth + 1):
        pairs.append((trace.memory["weight_gradient", l], case["weight_gradients"][l - 1]))
        pairs.append((trace.memory["bias_gradient", l], case["bias_gradients"][l - 1]))
    for mine, theirs in pairs:
        np.testing.assert_allclose(mine, theirs, rtol=1e-11, atol=1e-14)
