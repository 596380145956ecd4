"""Random networks for property tests, drawn from the engine's own tables.

A new activation or cost is tested the moment it is registered.
"""

from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st

from backprop_core import (
    ACTIVATIONS,
    COSTS,
    OPTIMIZERS,
    LayerSpec,
    Memory,
    NetworkSpec,
    OptimizerSpec,
    OptimizerState,
    Parameters,
    Trace,
    trace_update,
)

HIDDEN = [name for name, one in ACTIVATIONS.items() if not one.output_only]


@dataclass(frozen=True)
class Case:
    """A network with parameters and a batch, and the optimizer that moves it with what it remembers."""

    spec: NetworkSpec
    parameters: Parameters
    inputs: np.ndarray
    targets: np.ndarray | None
    optimizer: OptimizerSpec = OptimizerSpec()  # noqa: RUF009 - frozen, so it may be shared
    state: OptimizerState | None = None

    def trace(self, learning_rate: float | None = 0.5, **options: object) -> Trace:
        """Its update."""
        rate = learning_rate if self.spec.has_target else None
        given = {"optimizer": self.optimizer, "optimizer_state": self.state, "learning_rate": rate} | options
        return trace_update(self.spec, self.parameters, self.inputs, self.targets, **given)  # type: ignore[arg-type]

    def memory(self, learning_rate: float = 0.5) -> Memory:
        """Everything that an update reads, loaded; nothing is computed yet."""
        memory = Memory(self.spec, len(self.inputs), optimizer=self.optimizer).load_parameters(self.parameters)
        memory.load_state(self.state).load_learning_rate(learning_rate)
        return memory.load_batch(self.inputs, self.targets)


def outputs_for(cost: str) -> list[str]:
    """Output activations that go with a cost."""
    needed = COSTS[cost].needs
    return [needed] if needed else list(ACTIVATIONS)


@st.composite
def cases(draw: st.DrawFn, *, largest: int = 4, deepest: int = 3, examples: int = 3, optimizers: bool = True) -> Case:
    """Any network of the engine's tables, with any of its conventions, a batch and, with ``optimizers``, any rule."""
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
    case = filled(spec, draw(st.integers(0, 2**32 - 1)), draw(st.integers(1, examples)))
    return draw(moved(case)) if optimizers else case


@st.composite
def wired(draw: st.DrawFn, *, largest: int = 2, deepest: int = 4, examples: int = 2) -> Case:
    """Any network whose layers skip, join and are added: at least one layer reads otherwise than in a chain."""
    chain = draw(cases(largest=largest, deepest=deepest, examples=examples).filter(lambda one: one.spec.depth > 1))
    layers, sizes = list(chain.spec.layers), list(chain.spec.sizes)
    for at, layer in enumerate(layers):
        l = at + 1
        sources = draw(st.lists(st.integers(0, at), min_size=1, max_size=3, unique=True))
        alike = [other for other in range(l) if sizes[other] == sizes[l]]
        adds = draw(st.lists(st.sampled_from(alike), max_size=2, unique=True)) if alike else []
        layers[at] = replace(layer, sources=tuple(sources), adds=tuple(adds))
    for l in range(len(layers)):
        read = {other for at, layer in enumerate(layers) for other in (*(layer.sources or (at,)), *layer.adds)}
        if l not in read:
            at = draw(st.integers(l, len(layers) - 1))
            layers[at] = replace(layers[at], sources=(*layers[at].sources, l))
    spec = replace(chain.spec, layers=tuple(layers))
    case = filled(spec, draw(st.integers(0, 2**32 - 1)), len(chain.inputs))
    return draw(moved(case))


@st.composite
def moved(draw: st.DrawFn, case: Case) -> Case:
    """``case`` moved by any optimizer, at its first update or a later one."""
    price = st.sampled_from([0.0, 0.0, 0.03])
    optimizer = OptimizerSpec(draw(st.sampled_from(list(OPTIMIZERS))), l1=draw(price), l2=draw(price))
    updates = draw(st.integers(0, 5))
    return replace(case, optimizer=optimizer, state=remembered(case.spec, optimizer, updates) if updates else None)


def remembered(spec: NetworkSpec, optimizer: OptimizerSpec, updates: int, seed: int = 5) -> OptimizerState | None:
    """Something that ``optimizer`` might remember after ``updates`` updates: squares are not below 0."""
    state = Memory(spec, 1, optimizer=optimizer).state()
    rng = np.random.default_rng(seed)
    for layer in () if state is None else state.layers:
        for name, array in layer.items():
            array[...] = rng.normal(0, 0.1, array.shape)
            if name.endswith("square"):
                np.abs(array, out=array)
    return None if state is None else OptimizerState(updates if optimizer.counts else 0, state.layers)


def filled(spec: NetworkSpec, seed: int, m: int) -> Case:
    """``spec`` with random parameters and a random batch of ``m``."""
    rng = np.random.default_rng(seed)
    shapes = [(spec.sizes[l], spec.input_size(l)) for l in range(1, spec.depth + 1)]
    weights = tuple(rng.normal(0, 0.9, shape) for shape in shapes)
    biases = tuple(rng.normal(0, 0.7, n) for n in spec.sizes[1:]) if spec.bias else ()
    inputs = rng.normal(0, 1.2, (m, spec.inputs))
    targets = rng.uniform(0.02, 0.98, (m, spec.sizes[-1])) if spec.has_target else None
    return Case(spec, Parameters(weights, biases), inputs, targets)
