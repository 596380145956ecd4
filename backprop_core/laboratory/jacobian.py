"""Jacobians: how every number of one layer changes with every number of another, for one example.

They are carried forward from the number they are taken by, layer by layer (johnston §4): W before a weighted input,
diag(σ′), or the whole Jacobian of softmax, before an activation; where layers are joined or added, so are they.
"""

from dataclasses import dataclass

import numpy as np

from backprop_core.activations import Array
from backprop_core.network import NetworkSpec, SpecificationError
from backprop_core.references import places_of
from backprop_core.trace import Trace

OF = ("weighted_input", "activation")
BY = (*OF, "weights", "biases")


@dataclass(frozen=True, slots=True)
class Jacobian:
    """∂``of``/∂``by``: ``values`` is (n_of, n_by), or (n_of, rows, columns) where it is taken by weights.

    ``shape`` is that of ``values``; of an array that does not reach the other every value is 0.
    """

    of: str
    by: str
    shape: tuple[int, ...]
    values: Array


def jacobian(trace: Trace, of: str, by: str, example: int = 0) -> Jacobian:
    """∂``of``/∂``by`` of row ``example``; both name an array, as ``activation:2`` and ``weighted_input:1`` do.

    ``of`` is a weighted input or an activation; ``by`` may also be weights or biases. Raises ``SpecificationError``
    for another array, and where a number of the trace is not finite.
    """
    shape = jacobian_shape(trace.spec, of, by)
    if trace.not_finite is not None:
        raise SpecificationError("/of", "a number of this trace is not finite: it has no derivatives")
    (name, l), (by_name, s) = _read(trace.spec, of, OF, "/of"), _read(trace.spec, by, BY, "/by")
    start = "weighted_input" if by_name in ("weights", "biases") else by_name
    values = _Carried(trace, example, (start, s)).of(name, l)
    if by_name == "weights":
        x = _inputs(trace, s, example)
        values = values[:, :, None] * x[None, None, :]
    return Jacobian(of, by, shape, values)


def jacobian_shape(spec: NetworkSpec, of: str, by: str) -> tuple[int, ...]:
    """The shape of ∂``of``/∂``by``; raises ``SpecificationError`` where either names no such array of ``spec``."""
    (_, l), (by_name, s) = _read(spec, of, OF, "/of"), _read(spec, by, BY, "/by")
    shape = (spec.sizes[l], spec.sizes[s])
    return (*shape, spec.input_size(s)) if by_name == "weights" else shape


def _read(spec: NetworkSpec, text: str, names: tuple[str, ...], field: str) -> tuple[str, int]:
    name, _, layer = text.partition(":")
    first = 0 if name in OF else 1
    places = places_of([layer])
    if name not in names or not places or not first <= places[0] <= spec.depth:
        what = ", ".join(names)
        raise SpecificationError(field, f"names an array by quantity ({what}) and layer, such as activation:1")
    if name == "biases" and not spec.bias:
        raise SpecificationError(field, "this network has no biases")
    return name, places[0]


def _inputs(trace: Trace, l: int, example: int) -> Array:
    return np.concatenate([trace.memory["activation", source][example] for source in trace.spec.sources(l)])


class _Carried:
    """Derivatives by one array, carried forward: each layer's from those before it."""

    def __init__(self, trace: Trace, example: int, start: tuple[str, int]) -> None:
        self._trace, self._example = trace, example
        self._name, self._layer = start
        self._size = trace.spec.sizes[start[1]]

    def of(self, name: str, l: int) -> Array:
        """∂(``name`` of layer ``l``)/∂start, (n_l, n_start)."""
        made: list[Array] = []
        for layer in range(l + 1):
            z = self._weighted_input(layer, made)
            if name == "weighted_input" and layer == l:
                return z
            made.append(self._activation(layer, z))
        return made[l]

    def _is_start(self, name: str, l: int) -> bool:
        return (self._name, self._layer) == (name, l)

    def _weighted_input(self, l: int, made: list[Array]) -> Array:
        if self._is_start("weighted_input", l):
            return np.eye(self._size)
        spec, nothing = self._trace.spec, np.zeros((self._trace.spec.sizes[l], self._size))
        if l <= self._layer:
            return nothing
        joined = np.concatenate([made[source] for source in spec.sources(l)])
        found: Array = np.matmul(self._trace.memory["weights", l], joined)
        for other in spec.adds(l):
            found += made[other]
        return found

    def _activation(self, l: int, z: Array) -> Array:
        memory, row = self._trace.memory, self._example
        if self._is_start("activation", l):
            return np.eye(self._size)
        if ("activation_jacobian", l) in memory:
            return np.asarray(memory["activation_jacobian", l][row] @ z)
        if ("activation_slope", l) in memory:
            slope: Array = memory["activation_slope", l][row][:, None]
            return np.multiply(slope, z, dtype=float)
        return z
