"""A View: the numbers of one trace as a lens asks for them, for the example being stepped.

It hands out columns, rows, matrices and single numbers as pieces, each with its canonical reference.
"""

from dataclasses import dataclass

import numpy as np

from backprop_core import references
from backprop_core.activations import Array
from backprop_core.memory import Quantity, input_of
from backprop_core.network import NetworkSpec
from backprop_core.textbooks.furniture import Factor
from backprop_core.textbooks.pieces import Matrix, Number, kept
from backprop_core.trace import Trace
from backprop_core.wiring import Reader, sender_of


@dataclass(frozen=True, slots=True)
class View:
    """Trace and the row of the batch that the steps speak of."""

    trace: Trace
    example: int = 0

    @property
    def spec(self) -> NetworkSpec:
        """The network."""
        return self.trace.spec

    @property
    def m(self) -> int:
        """Number of examples."""
        return self.trace.batch_size

    @property
    def cost_ref(self) -> str:
        """With one example its cost and the mean are one number."""
        return "cost" if self.m == 1 else "costs"

    @property
    def tolerance(self) -> float:
        """How nearly two ways of computing one number must agree to be shown as equal, in the trace's precision."""
        return max(1e-9, 64.0 * float(np.finfo(self.trace.memory.dtype).eps))

    def has(self, name: str, l: int) -> bool:
        """Whether the trace holds the quantity."""
        return Quantity(name, l) in self.trace.memory

    def array(self, name: str, l: int, example: int | None = None) -> Array:
        """The quantity for the stepped example: a vector for what every example has, else the array."""
        array = self.trace.memory[PER_EXAMPLE.get(name, name), l]
        if name not in PER_EXAMPLE:
            return array
        row: Array = array[self.example if example is None else example]
        return row

    def finite(self, name: str, l: int) -> bool:
        """Whether every number of the quantity is finite for the stepped example."""
        return bool(np.isfinite(self.array(name, l)).all())

    def below(self, l: int) -> Quantity:
        """What the weights of layer ``l`` are multiplied with."""
        return input_of(self.spec, l)

    def sender(self, l: int, k: int) -> tuple[int, int]:
        """Layer and neuron whose activation column ``k`` of the weights of layer ``l`` is multiplied with."""
        return sender_of(self.spec.layers, self.spec.sizes, l, k)

    def edges_back(self, l: int, j: int) -> list[tuple[int, int, int]]:
        """Weights over which errors come back to neuron ``j`` of layer ``l``: layer, row and column of each."""
        readers, sizes = self.spec.readers(l), self.spec.sizes
        return [(one.layer, k, one.first + j) for one in readers for k in range(sizes[one.layer])]

    def next_reads(self, l: int) -> bool:
        """Whether layer ``l`` is read by the next one, which reads nothing else, and by no other: as in a chain."""
        alone = Reader(l + 1, 0, self.spec.sizes[l])
        return self.spec.readers(l) == (alone,) and not self.spec.adders(l) and self.spec.sources(l + 1) == (l,)

    def reads_before(self, l: int) -> bool:
        """Whether layer ``l`` reads the one before it and nothing else: as in a chain."""
        return self.enters_alone(l) and not self.spec.adds(l)

    def enters_alone(self, l: int) -> bool:
        """Whether the weights of layer ``l`` are multiplied with the layer before it, whatever else is added to it."""
        return self.spec.sources(l) == (l - 1,)

    def reference(self, name: str, l: int, *index: int) -> str:
        """The name of one entry; an activation that is joined keeps the name that it has in its own layer."""
        if name == "joined_activation" and index:
            name, (l, *_), index = "activation", (sent := self.sender(l, *index)), sent[1:]
        return ":".join(map(str, (name, l, *index)))

    def number(self, name: str, l: int, *index: int, paren: bool = False, result: bool = False) -> Number:
        """One entry."""
        value = float(self.array(name, l)[index])
        return Number(value, self.reference(name, l, *index), paren, result)

    def column(self, name: str, l: int, *, result: bool = False, example: int | None = None) -> Matrix:
        """A vector standing upright."""
        vector = self.array(name, l, example)
        cells = [
            (None if j is None else Number(float(vector[j]), self.reference(name, l, j), example=example),)
            for j in kept(len(vector))
        ]
        return Matrix(tuple(cells), f"{name}:{l}", result)

    def row(self, name: str, l: int, *, result: bool = False) -> Matrix:
        """A vector lying down."""
        standing = self.column(name, l)
        return Matrix((tuple(cells[0] for cells in standing.matrix),), standing.ref, result)

    def matrix(self, name: str, l: int, *, result: bool = False, example: int | None = None) -> Matrix:
        """A matrix as it is stored: row j belongs to the neuron that receives."""
        array = self.array(name, l, example)
        rows = [
            tuple(
                None if j is None or k is None else Number(float(array[j, k]), f"{name}:{l}:{j}:{k}", example=example)
                for k in kept(array.shape[1])
            )
            for j in kept(array.shape[0])
        ]
        return Matrix(tuple(rows), f"{name}:{l}", result)

    def batch(self, name: str, l: int, *, scale: float = 1.0, turned: bool = False, result: bool = False) -> Matrix:
        """A quantity of every example: one column an example, or one row where it is ``turned``."""
        array = self.trace.memory[PER_EXAMPLE.get(name, name), l] * scale
        m, n = array.shape
        rows = [
            tuple(
                None
                if j is None or x is None
                else Number(float(array[x, j]), self.reference(name, l, j), example=x, scale=scale)
                for x in kept(m)
            )
            for j in kept(n)
        ]
        return Matrix(tuple(zip(*rows, strict=True)) if turned else tuple(rows), f"{name}:{l}", result)

    def factor(
        self,
        tex: str,
        name: str,
        l: int,
        form: str,
        words: str = "",
        *,
        under: str = "",
        scale: float = 1.0,
        result: bool = False,
        example: int | None = None,
    ) -> Factor:
        """An array of the trace as a factor drawn at its shape; ``form`` is one of furniture.FORMS."""
        array = self.trace.memory[PER_EXAMPLE.get(name, name), l]
        shape = array.shape if form.startswith("batch") or name not in PER_EXAMPLE else array.shape[1:]
        first, second = (*shape, 1)[:2] if shape else (1, 1)
        turned = form in ("row", "transposed", "batch")
        rows, columns = (second, first) if turned else (first, first) if form == "diagonal" else (first, second)
        return Factor(tex, f"{name}:{l}", form, rows, columns, words, under, scale, result, example)

    def transposed(self, name: str, l: int, *, result: bool = False, example: int | None = None) -> Matrix:
        """The same, turned over its diagonal; the cells keep their canonical references."""
        upright = self.matrix(name, l, result=result, example=example)
        return Matrix(tuple(zip(*upright.matrix, strict=True)), upright.ref, result)

    def diagonal(self, name: str, l: int) -> Matrix:
        """A vector on the diagonal of a square between zeros, which name nothing."""
        vector = self.array(name, l)
        places = kept(len(vector))
        rows = [
            tuple(
                None
                if i is None or j is None
                else Number(float(vector[j]), f"{name}:{l}:{j}")
                if i == j
                else Number(0.0)
                for j in places
            )
            for i in places
        ]
        return Matrix(tuple(rows), f"{name}:{l}")


PER_EXAMPLE = {name: array for name, array in references.PER_EXAMPLE.items() if name != "costs"}
"""Quantities with a row for every example, and the array each is read from."""
