"""A course: the same update made again and again, with the cost and the outputs of one example at every moment.

Two networks that differ in their cost alone are compared by their courses.
"""

from dataclasses import dataclass
from math import isfinite

from backprop_core.activations import Array
from backprop_core.backprop import Program, compile, quiet
from backprop_core.memory import Memory
from backprop_core.trace import Trace


@dataclass(frozen=True, slots=True)
class Course:
    """What learning does to one example: ``costs`` is C, ``outputs`` the activations of the output layer, row by row.

    The first entry is before any update, the last after all of them; a number that is not finite is none.
    """

    costs: tuple[float | None, ...]
    outputs: tuple[tuple[float | None, ...], ...]


def course(trace: Trace, updates: int, example: int = 0) -> Course:
    """The course of ``trace`` through ``updates`` updates on its own batch; no entry where it makes no update."""
    if not trace.program_updates:
        return Course((), ())
    memory = _again(trace)
    # Old and new parameters exchange places after every update, so nothing is copied.
    turns = [_program(one, trace) for one in (memory, memory.successor())]
    costs: list[float | None] = []
    outputs: list[tuple[float | None, ...]] = []
    with quiet():
        for turn in range(updates + 1):
            now = turns[turn % 2].run().memory
            costs.append(_known(float(now["cost", now.spec.depth])))
            outputs.append(_row(now["activation", now.spec.depth][example]))
    return Course(tuple(costs), tuple(outputs))


def _again(trace: Trace) -> Memory:
    """What the update of ``trace`` reads, in a memory that may be written."""
    old, last = trace.memory, trace.spec.depth
    memory = Memory(trace.spec, trace.batch_size, old.dtype.name, old.optimizer)
    memory.load_parameters(old.parameters()).load_state(old.state())
    memory.load_batch(old["weighted_input", 0], old["target", last] if trace.spec.has_target else None)
    assert trace.learning_rate is not None  # it makes updates
    return memory.load_learning_rate(trace.learning_rate)


def _program(memory: Memory, trace: Trace) -> Program:
    return compile(memory, freeze_biases=trace.freeze_biases, asides=False)


def _row(values: Array) -> tuple[float | None, ...]:
    return tuple(_known(float(value)) for value in values)


def _known(value: float) -> float | None:
    return value if isfinite(value) else None
