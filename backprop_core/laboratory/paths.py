"""Paths: the derivative of the cost by one number as the sum over every path from it to the cost (nielsen eq. 57).

The strongest paths are found layer by layer from the cost, keeping the best few of every neuron: none is enumerated.
"""

from dataclasses import dataclass
from math import fsum, prod

import numpy as np

from backprop_core.activations import Array
from backprop_core.network import SpecificationError
from backprop_core.references import Reference
from backprop_core.trace import Trace
from backprop_core.wiring import sender_of

GRADIENT_OF = {
    "weights": "example_weight_gradient",
    "biases": "example_bias_gradient",
    "weighted_input": "error",
    "activation": "activation_gradient",
}
"""A number that paths start from → the quantity that holds its derivative, for one example."""


@dataclass(frozen=True, slots=True)
class PathFactor:
    """One local derivative on a path: a slope, a weight, an activation or what stands at the cost, under its ref."""

    ref: str
    value: float


@dataclass(frozen=True, slots=True)
class Path:
    """One way to the cost: ``neurons`` (layer, place) it passes and ``factors`` from the number to the cost."""

    neurons: tuple[tuple[int, int], ...]
    factors: tuple[PathFactor, ...]
    product: float


@dataclass(frozen=True, slots=True)
class Paths:
    """All paths of one number: how many, the strongest, and the sum of the rest and of all.

    ``gradient`` names the number that the sum is equal to, ``value`` is it as backpropagation computed it.
    """

    ref: str
    gradient: str
    value: float
    number: int
    strongest: tuple[Path, ...]
    remainder: float
    sum: float


@dataclass(frozen=True, slots=True)
class _Tails:
    """What leads from the places of one layer to the cost: the strongest few of every place, and the sum of all.

    ``products`` (n, few) are ordered by size and ``steps`` (n, few) say which candidate each takes, counted over the
    ways onward, the places each leads to, and the few of a place; ``number`` is the same for every place.
    """

    products: Array
    steps: np.ndarray
    sums: Array
    number: int


def paths(trace: Trace, reference: Reference, example: int = 0, count: int = 10) -> Paths:
    """The ``count`` strongest paths from a weight, bias, weighted input or activation to C_x of row ``example``.

    A path's factors are σ′(z) and w in turn and ∂C_x/∂a at its end; with softmax the entry ∂a_k/∂z_j of its Jacobian
    stands for σ′(z). Where δ of the output is computed in short form, that δ is the last factor: ∂C/∂a · σ′ would lose
    its digits. Raises ``SpecificationError`` for another number, and where a number of the trace is not finite.
    """
    if not starts(reference):
        raise SpecificationError("/ref", f"paths to the cost start from {', '.join(GRADIENT_OF)}")
    gradient = Reference(GRADIENT_OF[reference.name], reference.layer, reference.index)
    value = gradient.value(trace.memory, example)
    if trace.not_finite is not None or not np.isfinite(value):
        raise SpecificationError("/ref", "a number of this trace is not finite: its paths have no sum")
    chain = _Chain(trace, example, count)
    place, factors = _head(chain, reference)
    tails = chain.tails(place)
    here = place[1]
    found = [_path(chain, place, factors, rank) for rank in range(tails.products.shape[1])]
    total = float(tails.sums[here]) * prod(factor.value for factor in factors)
    if tails.number == len(found):
        total = fsum(path.product for path in found)
    remainder = 0.0 if tails.number == len(found) else fsum([total, *(-path.product for path in found)])
    return Paths(str(reference), str(gradient), value, tails.number, tuple(found), remainder, total)


def starts(reference: Reference) -> bool:
    """Whether paths to the cost start from the number."""
    return reference.name in GRADIENT_OF


@dataclass(frozen=True, slots=True)
class _Way:
    """One way onward from a place: to level ``to``, by ``local`` derivatives to its places from ``first`` on.

    ``column`` is that of the weights it goes over, and none where it goes over none.
    """

    to: int
    local: Array
    first: int = 0
    column: int | None = None


Place = tuple[int, int]
"""A layer counted twice, 2l for its weighted inputs and 2l + 1 for its activations, and a neuron of it."""


class _Chain:
    """The local derivatives between the layers of one example, and the tails of every layer, found once.

    The way is z_0, a_0, z_1, …, a_L; in ``self.levels`` level 2l stands for z_l, 2l + 1 for a_l.
    """

    def __init__(self, trace: Trace, example: int, count: int) -> None:
        self.trace, self.example, self.count = trace, example, count
        self.depth = trace.spec.depth
        self.levels: dict[int, _Tails] = {}

    def array(self, name: str, l: int) -> Array:
        """A quantity of the stepped example, in float64."""
        array = self.trace.memory[name, l]
        row = array if name == "weights" else array[self.example]
        return np.asarray(row, dtype=np.float64)

    def ends(self, level: int) -> bool:
        """Whether the number at the cost stands here: ∂C/∂a of the output, or its δ where that is in short form."""
        return level == 2 * self.depth + 1 or (level == 2 * self.depth and self.trace.spec.fused)

    def ways(self, level: int, here: int) -> list[_Way]:
        """The ways onward from a place, with the derivatives by it: one in a chain."""
        l, spec = level // 2, self.trace.spec
        if level % 2:
            weighted = [(one.layer, one.first + here) for one in spec.readers(l)]
            found = [_Way(2 * r, self.array("weights", r)[:, column], 0, column) for r, column in weighted]
            return found + [_Way(2 * other, np.ones(1), here) for other in spec.adders(l)]
        if spec.activation(l) == "softmax":
            return [_Way(level + 1, self.array("activation_jacobian", l)[:, here])]
        return [_Way(level + 1, self._slopes(l)[here : here + 1], here)]

    def onward(self, level: int, here: int, rank: int) -> tuple[_Way, int, int]:
        """The way that the ``rank``-th strongest takes from a place, the place it leads to and its rank there."""
        at = int(self.levels[level].steps[here, rank])
        for way in self.ways(level, here):
            width = self.levels[way.to].products.shape[1]
            if at < len(way.local) * width:
                return way, way.first + at // width, at % width
            at -= len(way.local) * width
        raise IndexError("no such path")

    def _slopes(self, l: int) -> Array:
        if l == 0 and self.trace.spec.input_activation == "identity":
            return np.ones(self.trace.spec.inputs)
        return self.array("activation_slope", l)

    def end(self, level: int, here: int) -> PathFactor:
        """The derivative from the last place of a path to the cost."""
        name = "activation_gradient" if level % 2 else "error"
        return PathFactor(f"{name}:{level // 2}:{here}", float(self.array(name, level // 2)[here]))

    def factor(self, level: int, here: int, way: _Way, there: int) -> PathFactor | None:
        """The derivative along a way; one that is 1 by nature, of an input or where no weight is, is none."""
        l = level // 2
        if level % 2:
            ref = f"weights:{way.to // 2}:{there}:{way.column}"
            return None if way.column is None else PathFactor(ref, float(way.local[there]))
        if self.trace.spec.activation(l) == "softmax":
            value = self.array("activation_jacobian", l)[there, here]
            return PathFactor(f"activation_jacobian:{l}:{there}:{here}", float(value))
        if l == 0 and self.trace.spec.input_activation == "identity":
            return None
        return PathFactor(f"activation_slope:{l}:{here}", float(self._slopes(l)[here]))

    def tails(self, place: Place) -> _Tails:
        """The tails of the level of ``place``; found for that place alone, and for all places after it."""
        level, here = place
        last = 2 * self.depth if self.trace.spec.fused and level <= 2 * self.depth else 2 * self.depth + 1
        end = self.array("activation_gradient" if last % 2 else "error", self.depth)
        self.levels[last] = _Tails(end[:, None], np.zeros((len(end), 1), dtype=np.int64), end, 1)
        for one in range(last - 1, level - 1, -1):
            sizes = self.trace.spec.sizes[one // 2]
            self.levels[one] = self._before(one, range(here, here + 1) if one == level else range(sizes), sizes)
        return self.levels[level]

    def _before(self, level: int, wanted: range, size: int) -> _Tails:
        onward = [(way, self.levels[way.to]) for way in self.ways(level, wanted[0])]
        few = min(sum(len(way.local) * after.products.shape[1] for way, after in onward), self.count)
        products, steps, sums = np.zeros((size, few)), np.zeros((size, few), dtype=np.int64), np.zeros(size)
        for here in wanted:
            found = []
            for way in self.ways(level, here):
                after, places = self.levels[way.to], slice(way.first, way.first + len(way.local))
                found.append((way.local[:, None] * after.products[places]).ravel())
                sums[here] += way.local @ after.sums[places]
            candidates = np.concatenate(found)
            steps[here] = best = _largest(candidates, few)
            products[here] = candidates[best]
        return _Tails(products, steps, sums, sum(len(way.local) * after.number for way, after in onward))


def _largest(candidates: Array, few: int) -> np.ndarray:
    """Where the ``few`` largest by size stand, largest first, the earlier of two equal ones first."""
    size = np.abs(candidates)
    if few < len(size):
        # A stable order among equals: all that reach the size of the last one kept, then sorted.
        edge = np.partition(size, len(size) - few)[len(size) - few]
        at = np.flatnonzero(size >= edge)
        return at[np.argsort(-size[at], kind="stable")[:few]]
    return np.argsort(-size, kind="stable")


def _head(chain: _Chain, reference: Reference) -> tuple[Place, tuple[PathFactor, ...]]:
    """The place a number acts on first, and the derivative up to there where it is not 1."""
    l, here = reference.layer, reference.index[0]
    if reference.name == "activation":
        return (2 * l + 1, here), ()
    if reference.name != "weights":
        return (2 * l, here), ()
    k = reference.index[1]
    source, sent = sender_of(chain.trace.spec.layers, chain.trace.spec.sizes, l, k)
    return (2 * l, here), (PathFactor(f"activation:{source}:{sent}", float(chain.array("activation", source)[sent])),)


def _path(chain: _Chain, place: Place, head: tuple[PathFactor, ...], rank: int) -> Path:
    """The path of one rank, followed from its start to the cost."""
    level, here = place
    factors = list(head)
    neurons: list[tuple[int, int]] = []
    while True:
        if not neurons or neurons[-1] != (level // 2, here):
            neurons.append((level // 2, here))
        if chain.ends(level) and level + 1 not in chain.levels:
            break
        way, there, rank_there = chain.onward(level, here, rank)
        factor = chain.factor(level, here, way, there)
        factors += [factor] if factor else []
        level, here, rank = way.to, there, rank_there
    factors.append(chain.end(level, here))
    return Path(tuple(neurons), tuple(factors), prod(factor.value for factor in reversed(factors)))
