"""The shape of a network and its parameters: what is fixed before any number is computed.

A specification is checked when it is made, so everything behind it may trust it; parameters are plain
arrays, drawn from a generator that the caller passes in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from backprop_core.activations import ACTIVATIONS, Array
from backprop_core.costs import COSTS
from backprop_core.wiring import Reader, readers_of, slips, sources_of


class SpecificationError(ValueError):
    """A network, its parameters or its data do not fit together; ``field`` is a JSON pointer to the place."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class OutOfRange(SpecificationError):
    """A number that was given is larger than the type it is computed in can hold."""


def check_range(field: str, array: Array, dtype: str) -> None:
    """Raise ``OutOfRange`` at the first number of ``array`` that ``dtype`` cannot hold."""
    with np.errstate(over="ignore"):
        beyond = np.argwhere(~np.isfinite(np.asarray(array, dtype)))
    if len(beyond):
        place = field + "".join(f"/{at}" for at in beyond[0])
        most = f"{np.finfo(dtype).max:.2g}"
        raise OutOfRange(place, f"{dtype} ends at ±{most}: make this number smaller, or compute in float64")


def _choices(names: Sequence[str]) -> str:
    return ", ".join(names)


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """One layer with weights: its number of neurons, its activation, and where it stands in the network.

    ``sources`` are the layers whose activations, one after the other, are its input: none named is the layer before.
    ``adds`` are layers of its size that are added to its weighted input without weights (a residual edge).
    """

    __pydantic_config__: ClassVar[dict[str, object]] = {"extra": "forbid", "strict": True}

    size: int
    activation: str = "sigmoid"
    sources: tuple[int, ...] = ()
    adds: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "sources", tuple(self.sources))
        object.__setattr__(self, "adds", tuple(self.adds))


@dataclass(frozen=True, slots=True)
class NetworkSpec:
    """A feed-forward network of dense layers: layer 0 is the input, layers 1..L have weights.

    Layers form a chain unless their ``sources`` and ``adds`` say otherwise.
    ``relu_slope_at_zero`` is σ′(0) of ReLU, 0 unless a text takes another side. Raises
    ``SpecificationError`` with a JSON pointer where something does not fit.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = {"extra": "forbid", "strict": True}

    inputs: int
    layers: tuple[LayerSpec, ...]
    cost: str = "quadratic"
    input_activation: str = "identity"
    bias: bool = True
    relu_slope_at_zero: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", tuple(self.layers))
        self._check_shape()
        self._check_names()
        self._check_pairing()

    def _check_shape(self) -> None:
        if self.inputs < 1:
            raise SpecificationError("/inputs", "a network needs at least 1 input")
        if not self.layers:
            raise SpecificationError("/layers", "a network needs at least one layer after the input")
        for index, layer in enumerate(self.layers):
            if layer.size < 1:
                raise SpecificationError(f"/layers/{index}/size", "a layer needs at least 1 neuron")
        for pointer, words in slips(self.layers, self.sizes):
            raise SpecificationError(pointer, words)
        if not 0.0 <= self.relu_slope_at_zero <= 1.0:
            raise SpecificationError("/relu_slope_at_zero", "the slope of ReLU at 0 lies between 0 and 1")

    def _check_names(self) -> None:
        for index, layer in enumerate(self.layers):
            if layer.activation not in ACTIVATIONS:
                raise SpecificationError(
                    f"/layers/{index}/activation", f"choose one of: {_choices(tuple(ACTIVATIONS))}"
                )
            if ACTIVATIONS[layer.activation].output_only and index < len(self.layers) - 1:
                raise SpecificationError(
                    f"/layers/{index}/activation", f"{layer.activation} stands only in the output layer"
                )
        elementwise = tuple(name for name, one in ACTIVATIONS.items() if not one.output_only)
        if self.input_activation not in elementwise:
            raise SpecificationError("/input_activation", f"choose one of: {_choices(elementwise)}")
        if self.cost not in COSTS:
            raise SpecificationError("/cost", f"choose one of: {_choices(tuple(COSTS))}")

    def _check_pairing(self) -> None:
        cost, output = COSTS[self.cost], self.layers[-1]
        if cost.needs is not None and output.activation != cost.needs:
            raise SpecificationError(
                "/cost",
                f"{cost.name} needs {cost.needs} in the output layer, which has {output.activation}:"
                f" change one of the two",
            )
        if not cost.has_target and output.size != 1:
            raise SpecificationError("/cost", f"{cost.name} needs one output neuron, this network has {output.size}")

    @property
    def depth(self) -> int:
        """L, the number of layers with weights."""
        return len(self.layers)

    @property
    def sizes(self) -> tuple[int, ...]:
        """(n_0, …, n_L)."""
        return (self.inputs, *(layer.size for layer in self.layers))

    def sources(self, layer: int) -> tuple[int, ...]:
        """The layers whose activations, one after the other, are the input of ``layer`` (from 1)."""
        return sources_of(self.layers, layer)

    def adds(self, layer: int) -> tuple[int, ...]:
        """The layers added to the weighted input of ``layer``; none at the input."""
        return self.layers[layer - 1].adds if layer else ()

    def input_size(self, layer: int) -> int:
        """How many numbers ``layer`` (from 1) reads: the columns of its weights."""
        return sum(self.sizes[source] for source in self.sources(layer))

    def readers(self, layer: int) -> tuple[Reader, ...]:
        """The layers that read ``layer`` with weights."""
        return readers_of(self.layers, self.sizes, layer)

    def adders(self, layer: int) -> tuple[int, ...]:
        """The layers that ``layer`` is added to."""
        return tuple(l for l in range(1, self.depth + 1) if layer in self.adds(l))

    @property
    def is_chain(self) -> bool:
        """Whether each layer reads the one before and nothing else."""
        return all(self.sources(l) == (l - 1,) and not self.adds(l) for l in range(1, self.depth + 1))

    def activation(self, layer: int) -> str:
        """Name of the activation of ``layer``, 0 being the input."""
        return self.input_activation if layer == 0 else self.layers[layer - 1].activation

    @property
    def has_target(self) -> bool:
        """False for the cost ``output``, which differentiates ŷ itself."""
        return COSTS[self.cost].has_target

    @property
    def fused(self) -> bool:
        """True where δ of the output layer is computed in its short form, a − y."""
        return COSTS[self.cost].fuses_with == self.layers[-1].activation


@dataclass(frozen=True, slots=True)
class Parameters:
    """Weights and biases: ``weights[l-1]`` is W of layer l, (n_l, inputs of l); ``biases[l-1]`` is (n_l,)."""

    weights: tuple[Array, ...]
    biases: tuple[Array, ...] = ()

    @classmethod
    def of(cls, spec: NetworkSpec, weights: Sequence[object], biases: Sequence[object] | None = None) -> Self:
        """Parameters of ``spec`` from nested lists or arrays; biases left out are zeros.

        Raises ``SpecificationError`` naming the place, the expected and the given shape.
        """
        wanted = [(spec.sizes[l], spec.input_size(l)) for l in range(1, spec.depth + 1)]
        checked = _arrays("/weights", weights, wanted)
        if not spec.bias:
            if biases:
                raise SpecificationError("/biases", "this network has no biases: leave them out, or set bias to true")
            return cls(checked, ())
        if biases is None:
            return cls(checked, tuple(np.zeros(n) for n, _ in wanted))
        return cls(checked, _arrays("/biases", biases, [(n,) for n, _ in wanted]))

    def check_range(self, dtype: str) -> Self:
        """Raise ``OutOfRange`` for a number that ``dtype`` cannot hold."""
        for name, arrays in (("weights", self.weights), ("biases", self.biases)):
            for index, array in enumerate(arrays):
                check_range(f"/{name}/{index}", array, dtype)
        return self


def _arrays(field: str, values: Sequence[object], shapes: Sequence[tuple[int, ...]]) -> tuple[Array, ...]:
    if len(values) != len(shapes):
        raise SpecificationError(field, f"expected {len(shapes)} arrays, one a layer, and got {len(values)}")
    return tuple(
        as_array(f"{field}/{index}", value, shape)
        for index, (value, shape) in enumerate(zip(values, shapes, strict=True))
    )


def as_array(field: str, value: object, shape: tuple[int, ...]) -> Array:
    """``value`` as an array of ``shape``; raises ``SpecificationError`` naming both shapes otherwise."""
    expected = "×".join(str(n) for n in shape)
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise SpecificationError(field, f"expected {expected} numbers in rows of equal length") from None
    if array.shape != shape:
        given = "×".join(str(n) for n in array.shape) or "a single number"
        raise SpecificationError(field, f"expected shape {expected}, got {given}")
    if not np.isfinite(array).all():
        raise SpecificationError(field, "every number must be finite")
    return array
