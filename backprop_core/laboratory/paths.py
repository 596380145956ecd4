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

    ``products`` (n, few) are ordered by size and ``steps`` (n, few) say which candidate of the layer after each one
    takes, where a candidate counts places first and then the few of a place; ``number`` is the same for every place.
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

    def step(self, level: int, here: int) -> Array:
        """∂(every place of the next level)/∂(this place); for an elementwise activation the one derivative."""
        l = level // 2
        if level % 2:
            return self.array("weights", l + 1)[:, here]
        if self.trace.spec.activation(l) == "softmax":
            return self.array("activation_jacobian", l)[:, here]
        return self._slopes(l)[here : here + 1]

    def crosses(self, level: int) -> bool:
        """Whether a place of this level leads to every place of the next, not to its own alone."""
        return bool(level % 2) or self.trace.spec.activation(level // 2) == "softmax"

    def _slopes(self, l: int) -> Array:
        if l == 0 and self.trace.spec.input_activation == "identity":
            return np.ones(self.trace.spec.inputs)
        return self.array("activation_slope", l)

    def factor(self, level: int, here: int, there: int) -> PathFactor | None:
        """The derivative from one place to one of the next level, or to the cost; an input that is none has none."""
        l = level // 2
        if self.ends(level):
            name = "activation_gradient" if level % 2 else "error"
            return PathFactor(f"{name}:{l}:{here}", float(self.array(name, l)[here]))
        if level % 2:
            return PathFactor(f"weights:{l + 1}:{there}:{here}", float(self.array("weights", l + 1)[there, here]))
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
        after = self.levels[level + 1]
        few = after.products.shape[1] * (len(after.products) if self.crosses(level) else 1)
        few = min(few, self.count)
        products, steps, sums = np.zeros((size, few)), np.zeros((size, few), dtype=np.int64), np.zeros(size)
        width = after.products.shape[1]
        for here in wanted:
            local = self.step(level, here)
            first = 0 if self.crosses(level) else here
            candidates = (local[:, None] * after.products[first : first + len(local)]).ravel()
            best = _largest(candidates, few)
            products[here], steps[here] = candidates[best], best + first * width
            sums[here] = local @ after.sums[first : first + len(local)]
        number = after.number * (len(after.products) if self.crosses(level) else 1)
        return _Tails(products, steps, sums, number)


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
    return (2 * l, here), (PathFactor(f"activation:{l - 1}:{k}", float(chain.array("activation", l - 1)[k])),)


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
        there, rank_there = divmod(
            int(chain.levels[level].steps[here, rank]), chain.levels[level + 1].products.shape[1]
        )
        factor = chain.factor(level, here, there)
        factors += [factor] if factor else []
        level, here, rank = level + 1, there, rank_there
    end = chain.factor(level, here, here)
    factors += [end] if end else []
    return Path(tuple(neurons), tuple(factors), prod(factor.value for factor in reversed(factors)))
