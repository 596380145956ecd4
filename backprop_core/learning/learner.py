"""A Learner: makes updates on rows of the training examples, as fast as the engine can.

It checks nothing and remembers nothing: where a run stands, and whether its numbers are finite, is the run's matter.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from backprop_core.activations import Array, Call
from backprop_core.backprop import Program, compile, quiet
from backprop_core.datasets import Part
from backprop_core.learning.ledger import Ledger
from backprop_core.learning.recipe import Training
from backprop_core.memory import Memory, Quantity, parameter_shapes, state_shapes
from backprop_core.network import NetworkSpec, Parameters
from backprop_core.optimizer_spec import OptimizerSpec, OptimizerState

Take = Callable[..., object]


@dataclass(frozen=True, slots=True)
class _Room:
    """What batches of one size need: the program twice, as old and new parameters lie and the other way round."""

    memories: tuple[Memory, Memory]
    calls: tuple[tuple[Call, ...], tuple[Call, ...]]
    loads: tuple[tuple[Take, Array], ...]
    ledger: Ledger


def numbers_of(spec: NetworkSpec, optimizer: OptimizerSpec) -> list[Quantity]:
    """What updates change: parameters, and what the optimizer remembers."""
    return [*parameter_shapes(spec), *state_shapes(spec, optimizer)]


class Learner:
    """Updates of ``spec`` on the examples of ``part`` as ``training`` says, all numbers of one ``dtype``.

    Batches of several sizes share one set of parameters, so nothing is carried over when the size changes.
    """

    def __init__(self, spec: NetworkSpec, training: Training, part: Part, dtype: str = "float64") -> None:
        self.spec, self.training, self.dtype = spec, training, dtype
        self._inputs = np.ascontiguousarray(part.inputs, dtype=dtype)
        self._targets = np.ascontiguousarray(part.targets, dtype=dtype)
        self._columns = np.ascontiguousarray(self._targets.T)
        self._sums = self._targets.sum(axis=1, keepdims=True)
        self._usual = min(training.batch_size or part.count, part.count)
        self._turn = 0
        self._rooms: dict[int, _Room] = {}
        self._programs: dict[tuple[int, int], Program] = {}
        self._room(self._usual)

    @property
    def memory(self) -> Memory:
        """The memory whose parameters are the present ones."""
        return self._rooms[self._usual].memories[self._turn]

    def load(self, parameters: Parameters, state: OptimizerState | None = None) -> None:
        """Begin from ``parameters``, and from what the optimizer remembers: by default nothing."""
        self.memory.load_parameters(parameters).load_state(state)

    def numbers(self) -> list[Array]:
        """All ``numbers_of`` this network as they are now; not to be written to."""
        return [self.memory[quantity] for quantity in numbers_of(self.spec, self.training.optimizer)]

    def run(self, rows: Array, learning_rate: float) -> Array:
        """Make an update on each of ``rows`` (k, m), row numbers of the examples; the cost of each before it, (k,)."""
        room = self._room(rows.shape[1])
        room.memories[0].load_learning_rate(learning_rate)
        ledger = room.ledger
        costs = np.empty(len(rows))
        with quiet():
            for start in range(0, len(rows), ledger.updates):
                some = rows[start : start + ledger.updates]
                self._make(room, some)
                costs[start : start + len(some)] = ledger.costs(some)
        return costs

    def _make(self, room: _Room, rows: Array) -> None:
        """Updates as many as the ledger has room for, nothing else."""
        source, (take, inputs), *more = room.ledger.source, *room.loads
        present, other = room.calls if self._turn == 0 else room.calls[::-1]
        for batch, note in zip(rows, room.ledger.notes, strict=False):
            take(batch, 0, inputs, "clip")
            for also, out in more:
                also(batch, 0, out, "clip")
            for call in present:
                call()
            note(..., source)
            present, other = other, present
        self._turn = (self._turn + len(rows)) % 2

    def program(self, rows: Array, learning_rate: float) -> Program:
        """The whole next update on ``rows`` (m,), everything in place, to be looked at: asides are left out."""
        room = self._room(len(rows))
        room.memories[0].load_learning_rate(learning_rate)
        for take, out in room.loads:
            take(rows, 0, out, "clip")
        place = (len(rows), self._turn)
        if place not in self._programs:
            self._programs[place] = self._compiled(room.memories[self._turn])
        return self._programs[place]

    def _compiled(self, memory: Memory) -> Program:
        return compile(memory, freeze_biases=self.training.freeze_biases, asides=False)

    def _room(self, size: int) -> _Room:
        if size not in self._rooms:
            self._rooms[size] = self._made(size)
        return self._rooms[size]

    def _made(self, size: int) -> _Room:
        first = None if self._rooms else Memory(self.spec, size, self.dtype, self.training.optimizer)
        memory = first or self.memory.for_batch(size)
        if self._turn:  # then the memory with the present parameters is the second one
            memory = memory.successor()
        memories = (memory, memory.successor())
        programs = [self._compiled(one).for_training() for one in memories]
        last = self.spec.depth
        loads: list[tuple[Take, Array]] = [
            (self._inputs.take, memory["weighted_input", 0]),
            (self._targets.take, memory["target", last]),
        ]
        # Targets that all have one sum, as shares of classes have, leave it where it is.
        memory["target_sum", last][...] = self._sums[0]
        reads_sum = any(Quantity("target_sum", last) in equation.reads for equation in programs[0].equations)
        if reads_sum and not (self._sums == self._sums[0]).all():
            loads.append((self._sums.take, memory["target_sum", last]))
        ledger = Ledger(memory, self._columns, len(self._targets) // size if size == self._usual else 1)
        return _Room(memories, (programs[0].calls, programs[1].calls), tuple(loads), ledger)
