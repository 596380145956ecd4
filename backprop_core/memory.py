"""Memory: every array of one update under its Quantity, in one contiguous slab.

The trace of an update is the memory that its program wrote, so recording costs nothing beside computing.
"""

from collections.abc import Iterator
from math import prod
from typing import NamedTuple, Self

import numpy as np

from backprop_core.activations import Array
from backprop_core.network import NetworkSpec, Parameters, SpecificationError, as_array, check_range
from backprop_core.optimizer_spec import OptimizerSpec, OptimizerState


class Quantity(NamedTuple):
    """The name of one array of a network: what it is, and of which layer (0 is the input)."""

    name: str
    layer: int

    def __str__(self) -> str:
        return f"{self.name}:{self.layer}"


Shape = tuple[int, ...]

CACHE_LINE = 64
"""Bytes. Every array starts on a line of its own: matrix products and long sums are a few per cent faster there."""

PARAMETERS = ("weights", "biases")
UPDATED = {"weights": "updated_weights", "biases": "updated_biases"}
_GIVEN = {
    "weights": "/parameters/weights/{}",
    "biases": "/parameters/biases/{}",
    "weighted_input": "/batch/inputs",
    "target": "/batch/targets",
    "learning_rate": "/learning_rate",
}
"""What is loaded before the program runs, and where it stands in a request; an optimizer adds what it remembers."""
STATE_OF = {"weights": "weight", "biases": "bias"}
"""Parameter → how the names of what an optimizer remembers of it begin."""


def parameter_shapes(spec: NetworkSpec) -> dict[Quantity, Shape]:
    """Shapes of the weights (n_l, inputs of l) and biases (n_l,), layer by layer."""
    shapes: dict[Quantity, Shape] = {}
    for l in range(1, spec.depth + 1):
        shapes[Quantity("weights", l)] = (spec.sizes[l], spec.input_size(l))
        if spec.bias:
            shapes[Quantity("biases", l)] = (spec.sizes[l],)
    return shapes


def working_shapes(spec: NetworkSpec, m: int) -> dict[Quantity, Shape]:
    """Shapes of everything an update computes on a batch of ``m``; rows are examples."""
    shapes: dict[Quantity, Shape] = {}
    for l, n in enumerate(spec.sizes):
        names = ["weighted_input", "activation", "activation_gradient", "error"]
        if l == 0 and spec.input_activation == "identity":
            names.remove("activation")
        elif spec.activation(l) != "softmax":
            names.append("activation_slope")
        shapes |= {Quantity(name, l): (m, n) for name in names}
        if l and len(spec.sources(l)) > 1:
            shapes[Quantity("joined_activation", l)] = (m, spec.input_size(l))
    for (name, l), shape in parameter_shapes(spec).items():
        shapes[Quantity("weight_gradient" if name == "weights" else "bias_gradient", l)] = shape
    shapes[Quantity("target", spec.depth)] = (m, spec.sizes[-1])
    shapes[Quantity("target_sum", spec.depth)] = (m, 1)
    shapes[Quantity("costs", spec.depth)] = (m,)
    shapes[Quantity("cost", spec.depth)] = ()
    shapes[Quantity("learning_rate", spec.depth)] = ()
    return shapes


def input_of(spec: NetworkSpec, l: int) -> Quantity:
    """What the weights of layer ``l`` are multiplied with: the activation of the one it reads, or of several joined."""
    sources = spec.sources(l)
    return Quantity("activation", sources[0]) if len(sources) == 1 else Quantity("joined_activation", l)


def state_shapes(spec: NetworkSpec, optimizer: OptimizerSpec) -> dict[Quantity, Shape]:
    """Shapes of what ``optimizer`` remembers, such as weight_velocity, as large as the parameters."""
    return {
        Quantity(f"{STATE_OF[name]}_{state}", l): shape
        for (name, l), shape in parameter_shapes(spec).items()
        for state in optimizer.states
    }


def motion_shapes(spec: NetworkSpec, optimizer: OptimizerSpec) -> dict[Quantity, Shape]:
    """Shapes of what an update computes between the gradient and the new parameters, old and new state included."""
    L, old = spec.depth, state_shapes(spec, optimizer)
    shapes = old | {Quantity(f"updated_{name}", l): shape for (name, l), shape in old.items()}
    if optimizer.regularizes:
        weights = {l: shape for (name, l), shape in parameter_shapes(spec).items() if name == "weights"}
        shapes |= {Quantity("regularized_weight_gradient", l): shape for l, shape in weights.items()}
    if optimizer.counts:
        counted = ("updates_made", "update_number", "moment_correction", "square_correction")
        shapes |= {Quantity(name, L): () for name in counted}
    return shapes


class Memory:
    """The arrays of one update of ``spec`` on a batch of ``batch_size`` examples, all of one ``dtype``.

    ``memory["error", 2]`` is δ of layer 2, (m, n_2). Equations bind these arrays once and write into
    them; ``beside`` adds an array outside the slab for something only a reader asks for. What ``optimizer``
    remembers is part of it, zero at first.
    """

    def __init__(
        self,
        spec: NetworkSpec,
        batch_size: int,
        dtype: str = "float64",
        optimizer: OptimizerSpec = OptimizerSpec(),  # noqa: B008 - frozen, so it may be shared
    ) -> None:
        self.spec = spec
        self.optimizer = optimizer
        self.batch_size = batch_size
        self.dtype = np.dtype(dtype)
        old = parameter_shapes(spec)
        new = {Quantity(UPDATED[name], l): shape for (name, l), shape in old.items()}
        shapes = old | new | motion_shapes(spec, optimizer) | working_shapes(spec, batch_size)
        line = CACHE_LINE // self.dtype.itemsize
        rooms = {quantity: -(-prod(shape) // line) * line for quantity, shape in shapes.items()}
        slab = np.zeros(sum(rooms.values()) + line, dtype=self.dtype)
        start = -slab.ctypes.data % CACHE_LINE // self.dtype.itemsize
        self._arrays: dict[Quantity, Array] = {}
        for quantity, shape in shapes.items():
            self._arrays[quantity] = slab[start : start + prod(shape)].reshape(shape)
            start += rooms[quantity]
        if spec.input_activation == "identity":
            self._arrays[Quantity("activation", 0)] = self._arrays[Quantity("weighted_input", 0)]

    def __getitem__(self, key: tuple[str, int]) -> Array:
        return self._arrays[Quantity(*key)]

    def __contains__(self, key: tuple[str, int]) -> bool:
        return Quantity(*key) in self._arrays

    def __iter__(self) -> Iterator[Quantity]:
        return iter(self._arrays)

    def beside(self, quantity: Quantity, shape: Shape) -> Array:
        """A new array for ``quantity``, kept outside the slab."""
        self._arrays[quantity] = np.zeros(shape, dtype=self.dtype)
        return self._arrays[quantity]

    def scalar(self, value: float) -> Array:
        """``value`` as a 0-d array of this memory's type: NumPy combines those fastest."""
        return np.asarray(value, dtype=self.dtype)

    def load_parameters(self, parameters: Parameters) -> Self:
        """Write W and b, also as the updated ones, so that what an update leaves alone keeps its value."""
        for l in range(1, self.spec.depth + 1):
            for name in ("weights", "updated_weights"):
                self[name, l][...] = parameters.weights[l - 1]
            if self.spec.bias:
                for name in ("biases", "updated_biases"):
                    self[name, l][...] = parameters.biases[l - 1]
        return self

    def load_inputs(self, inputs: object) -> Self:
        """Write the inputs of a mini-batch alone, (m, n_0). Raises ``SpecificationError`` where they do not fit."""
        shape = (self.batch_size, self.spec.sizes[0])
        self["weighted_input", 0][...] = as_array("/batch/inputs", inputs, shape)
        return self

    def load_batch(self, inputs: object, targets: object | None = None) -> Self:
        """Write a mini-batch: ``inputs`` (m, n_0) and ``targets`` (m, n_L), one row an example.

        Raises ``SpecificationError`` naming the place and both shapes where something does not fit.
        """
        m, sizes, last = self.batch_size, self.spec.sizes, self.spec.depth
        self.load_inputs(inputs)
        if not self.spec.has_target:
            if targets is not None:
                raise SpecificationError("/batch/targets", "the cost “output” has no target: leave targets out")
            return self
        if targets is None:
            raise SpecificationError("/batch/targets", f"the cost {self.spec.cost} needs a target for every example")
        self["target", last][...] = as_array("/batch/targets", targets, (m, sizes[-1]))
        np.sum(self["target", last], axis=1, keepdims=True, out=self["target_sum", last])
        return self

    def load_learning_rate(self, learning_rate: float) -> Self:
        """Write η, read anew by every update."""
        self["learning_rate", self.spec.depth][...] = learning_rate
        return self

    def successor(self) -> "Memory":
        """The same arrays with old and updated ones exchanged: what the next update reads and writes."""
        other = object.__new__(Memory)
        other.spec, other.batch_size, other.dtype = self.spec, self.batch_size, self.dtype
        other.optimizer = self.optimizer
        forth = UPDATED | {"updates_made": "update_number"}
        forth |= {name: f"updated_{name}" for name, _ in state_shapes(self.spec, self.optimizer)}
        swap = forth | {new: old for old, new in forth.items()}
        other._arrays = {Quantity(swap.get(name, name), l): array for (name, l), array in self._arrays.items()}
        return other

    def for_batch(self, batch_size: int) -> "Memory":
        """Room for ``batch_size`` examples beside the same parameters: what has no row an example is shared."""
        other = Memory(self.spec, batch_size, self.dtype.name, self.optimizer)
        for quantity, array in self._arrays.items():
            if array.shape == other._arrays.get(quantity, array).shape:
                other._arrays[quantity] = array
        return other

    def parameters(self, updated: bool = False) -> Parameters:
        """A copy of the parameters, before or after the update."""
        weights, biases = ("updated_weights", "updated_biases") if updated else PARAMETERS
        layers = range(1, self.spec.depth + 1)
        return Parameters(
            tuple(self[weights, l].copy() for l in layers),
            tuple(self[biases, l].copy() for l in layers) if self.spec.bias else (),
        )

    def load_state(self, state: OptimizerState | None) -> Self:
        """Write what the optimizer remembers, also as the updated one; without ``state`` it begins anew, from zeros.

        Raises ``SpecificationError`` where the state is not of this network and optimizer.
        """
        if state is not None and len(state.layers) != self.spec.depth:
            raise SpecificationError("/optimizer_state/layers", f"expected {self.spec.depth} layers")
        known = {name for name, _ in state_shapes(self.spec, self.optimizer)}
        for l, layer in enumerate(() if state is None else state.layers):
            for name in sorted(layer.keys() - known):
                words = f"the optimizer {self.optimizer.name} remembers no {name}"
                raise SpecificationError(f"/optimizer_state/layers/{l}/{name}", words)
        for (name, l), shape in state_shapes(self.spec, self.optimizer).items():
            place = f"/optimizer_state/layers/{l - 1}/{name}"
            if state is not None and name not in state.layers[l - 1]:
                raise SpecificationError(place, f"the optimizer {self.optimizer.name} remembers {name}: it is missing")
            value = np.zeros(shape) if state is None else as_array(place, state.layers[l - 1][name], shape)
            self[name, l][...] = value
            self[f"updated_{name}", l][...] = value
        if self.optimizer.counts:
            self["updates_made", self.spec.depth][...] = 0 if state is None else state.updates
        return self

    def state(self, updated: bool = False) -> OptimizerState | None:
        """A copy of what the optimizer remembers, before or after the update; none where it remembers nothing."""
        names = [Quantity(*one) for one in state_shapes(self.spec, self.optimizer)]
        if not names:
            return None
        prefix, count = ("updated_", "update_number") if updated else ("", "updates_made")
        layers: tuple[dict[str, Array], ...] = tuple({} for _ in range(self.spec.depth))
        for name, l in names:
            layers[l - 1][name] = self[prefix + name, l].copy()
        return OptimizerState(int(self[count, self.spec.depth]) if self.optimizer.counts else 0, layers)

    def check_given(self) -> Self:
        """Raise ``OutOfRange`` for a number that was loaded and is beyond this memory's type; nothing has run yet."""
        names = {name for name, _ in state_shapes(self.spec, self.optimizer)}
        given = _GIVEN | {name: f"/optimizer_state/layers/{{}}/{name}" for name in names}
        for (name, l), array in self._arrays.items():
            if name in given:
                check_range(given[name].format(l - 1), array, self.dtype.name)
        return self

    def freeze(self) -> None:
        """Make every array read-only: a finished trace is never written again."""
        for array in self._arrays.values():
            array.flags.writeable = False
