"""A Learner: makes updates on rows of the training examples, as fast as the engine can.

It checks nothing and remembers nothing: where a run stands, and whether its numbers are finite, is the run's matter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from backprop_core.activations import Array, Call
from backprop_core.backprop import Program, compile, quiet
from backprop_core.datasets import Part
from backprop_core.learning.recipe import Training
from backprop_core.memory import Memory, Quantity
from backprop_core.network import NetworkSpec, Parameters

Take = Callable[..., object]


@dataclass(frozen=True, slots=True)
class _Room:
    """The program for batches of one size, twice: as old and new parameters lie, and the other way round."""

    turns: tuple[tuple[Call, ...], tuple[Call, ...]]
    memories: tuple[Memory, Memory]
    loads: tuple[tuple[Take, Array], ...]
    cost: Array


class Learner:
    """Updates of ``spec`` on the examples of ``part`` as ``training`` says, all numbers of one ``dtype``.

    Batches of several sizes share one set of parameters, so nothing is carried over when the size changes.
    """

    def __init__(self, spec: NetworkSpec, training: Training, part: Part, dtype: str = "float64") -> None:
        self.spec, self.training, self.dtype = spec, training, dtype
        self._inputs = np.ascontiguousarray(part.inputs, dtype=dtype)
        self._targets = np.ascontiguousarray(part.targets, dtype=dtype)
        self._sums = self._targets.sum(axis=1, keepdims=True)
        self._rooms: dict[int, _Room] = {}
        self._turn = 0

    def load(self, parameters: Parameters) -> None:
        """Begin from ``parameters``."""
        self.memory.load_parameters(parameters)

    @property
    def memory(self) -> Memory:
        """A memory whose parameters are the present ones."""
        room = next(iter(self._rooms.values()), None) or self._room(1)
        return room.memories[self._turn]

    def run(self, batches: Sequence[Array], learning_rate: float) -> list[float]:
        """Make an update on each of ``batches``, rows of one number; the cost of each before it."""
        room = self._room(len(batches[0]))
        room.memories[0].load_learning_rate(learning_rate)
        costs: list[float] = []
        turn, turns, loads, keep, cost = self._turn, room.turns, room.loads, costs.append, room.cost.item
        with quiet():
            for rows in batches:
                for take, out in loads:
                    take(rows, 0, out, "clip")
                for call in turns[turn]:
                    call()
                keep(cost())
                turn = 1 - turn
        self._turn = turn
        return costs

    def numbers(self) -> list[Array]:
        """Everything that updates change, as it is now; not to be written to."""
        memory = self.memory
        return [memory[quantity] for quantity in memory if quantity.name in ("weights", "biases")]

    def program(self, rows: Array, learning_rate: float) -> Program:
        """The whole next update on ``rows``, everything in place, to be looked at: asides are left out."""
        room = self._room(len(rows))
        room.memories[0].load_learning_rate(learning_rate)
        for take, out in room.loads:
            take(rows, 0, out, "clip")
        return self._compiled(room.memories[self._turn])

    def _compiled(self, memory: Memory) -> Program:
        return compile(memory, freeze_biases=self.training.freeze_biases, asides=False)

    def _room(self, size: int) -> _Room:
        if size not in self._rooms:
            self._rooms[size] = self._made(size)
        return self._rooms[size]

    def _made(self, size: int) -> _Room:
        last = self.spec.depth
        memory = self.memory.for_batch(size) if self._rooms else Memory(self.spec, size, self.dtype)
        if self._turn:  # the memory with the present parameters is the second one
            memory = memory.successor()
        memories = (memory, memory.successor())
        programs = [self._compiled(one) for one in memories]
        cost = Quantity("cost", last)
        wanted = {equation.writes for equation in programs[0].equations if equation.writes.name.startswith("updated_")}
        trained = [program.only(wanted | {cost}) for program in programs]
        loads: list[tuple[Take, Array]] = [
            (self._inputs.take, memory["weighted_input", 0]),
            (self._targets.take, memory["target", last]),
        ]
        if any(Quantity("target_sum", last) in equation.reads for equation in trained[0].equations):
            loads.append((self._sums.take, memory["target_sum", last]))
        return _Room((trained[0].calls, trained[1].calls), memories, tuple(loads), memory[cost])
