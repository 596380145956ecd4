"""Random networks for property tests, drawn from the engine's own tables.

A new activation or cost is tested the moment it is registered.
"""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from backprop_core import ACTIVATIONS, COSTS, LayerSpec, NetworkSpec, Parameters, Trace, trace_update

HIDDEN = [name for name, one in ACTIVATIONS.items() if not one.output_only]


@dataclass(frozen=True)
class Case:
    """A network with parameters and a batch."""

    spec: NetworkSpec
    parameters: Parameters
    inputs: np.ndarray
    targets: np.ndarray | None

    def trace(self, learning_rate: float | None = 0.5, **options: object) -> Trace:
        """Its update."""
        rate = learning_rate if self.spec.has_target else None
        return trace_update(self.spec, self.parameters, self.inputs, self.targets, learning_rate=rate, **options)  # type: ignore[arg-type]


def outputs_for(cost: str) -> list[str]:
    """Output activations that go with a cost."""
    needed = COSTS[cost].needs
    return [needed] if needed else list(ACTIVATIONS)


@st.composite
def cases(draw: st.DrawFn, *, largest: int = 4, deepest: int = 3, examples: int = 3) -> Case:
    """Any network of the engine's tables, any of its conventions, with a batch."""
    cost = draw(st.sampled_from(list(COSTS)))
    output = draw(st.sampled_from(outputs_for(cost)))
    hidden = draw(st.lists(st.tuples(st.integers(1, largest), st.sampled_from(HIDDEN)), max_size=deepest - 1))
    size = 1 if cost == "output" else draw(st.integers(1, largest))
    spec = NetworkSpec(
        inputs=draw(st.integers(1, largest)),
        layers=(*(LayerSpec(n, name) for n, name in hidden), LayerSpec(size, output)),
        cost=cost,
        input_activation=draw(st.sampled_from(["identity", *HIDDEN])),
        bias=draw(st.booleans()),
        relu_slope_at_zero=draw(st.sampled_from([0.0, 1.0, 0.5])),
    )
    return filled(spec, draw(st.integers(0, 2**32 - 1)), draw(st.integers(1, examples)))


def filled(spec: NetworkSpec, seed: int, m: int) -> Case:
    """``spec`` with random parameters and a random batch of ``m``."""
    rng = np.random.default_rng(seed)
    weights = tuple(rng.normal(0, 0.9, (n, k)) for k, n in zip(spec.sizes, spec.sizes[1:], strict=False))
    biases = tuple(rng.normal(0, 0.7, n) for n in spec.sizes[1:]) if spec.bias else ()
    inputs = rng.normal(0, 1.2, (m, spec.inputs))
    targets = rng.uniform(0.02, 0.98, (m, spec.sizes[-1])) if spec.has_target else None
    return Case(spec, Parameters(weights, biases), inputs, targets)
