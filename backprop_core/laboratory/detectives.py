"""Detectives: what finds a classic mistake without being told of it.

The gradient check judges the gradient; a small step judges the update, for a right one lowers the cost by h·‖∇C‖².
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from backprop_core.backprop import Program, compile
from backprop_core.finite import finite
from backprop_core.laboratory.gradient_check import GradientCheck, check_program
from backprop_core.laboratory.wrong_turn import Both
from backprop_core.memory import Memory, Quantity
from backprop_core.network import Parameters

STEP = 1e-4
"""A learning rate at which the cost of most networks falls along a line."""
APART = 0.1
"""Share of the promise by which the curve of the cost may bend it."""


@dataclass(frozen=True, slots=True)
class StepCheck:
    """One step at a small learning rate: what the gradient promises of C, −h·‖∇C‖², and what the step does to it."""

    learning_rate: float
    promised: float
    happened: float
    passed: bool


@dataclass(frozen=True, slots=True)
class ArrayVerdict:
    """The gradient check of one array of parameters; kinks are left out, and a NaN, told as none, has not passed."""

    parameter: str
    layer: int
    largest_relative_error: float | None
    passed: bool


@dataclass(frozen=True, slots=True)
class WrongCheck:
    """What the detectives say of a program: the gradient check, whole and of each array, and a small ``step``.

    ``step`` is none where the program makes no update.
    """

    passed: bool
    tolerance: float
    compared: int
    largest_relative_error: float | None
    arrays: tuple[ArrayVerdict, ...]
    step: StepCheck | None


def check_wrong(both: Both) -> WrongCheck:
    """Both detectives at the wrong program of ``both``, where it stands; the judge is the right forward pass."""
    wrong = both.wrong
    memory = wrong.memory
    judge = _judge(both, memory.parameters())
    found = check_program(wrong, judge=judge)
    return WrongCheck(
        found.passed,
        found.tolerance,
        found.compared,
        finite(found.largest_relative_error),
        tuple(_verdicts(found)),
        _small_step(both, judge) if _updates(wrong) else None,
    )


def _verdicts(found: GradientCheck) -> Iterator[ArrayVerdict]:
    for check in found.checks:
        smooth = np.ones(check.numerical.shape, dtype=bool)
        for kink in found.kinks:
            if (kink.parameter, kink.layer) == (check.parameter, check.layer):
                smooth[kink.index] = False
        # NumPy's maximum keeps a NaN.
        largest = float(np.max(check.relative_error, where=smooth, initial=0.0))
        yield ArrayVerdict(check.parameter, check.layer, finite(largest), bool(largest <= found.tolerance))


def _updates(program: Program) -> bool:
    return any(equation.writes.name.startswith("updated_") for equation in program.equations)


def _judge(both: Both, parameters: Parameters) -> Program:
    """The right program at ``parameters``, run."""
    return compile(_like(both.again().memory, parameters), update=False, asides=False).run()


def _like(memory: Memory, parameters: Parameters) -> Memory:
    return memory.load_parameters(parameters)


def _small_step(both: Both, judge: Program) -> StepCheck:
    """The wrong program’s own update at a small learning rate, from where it stands."""
    wrong, last = both.wrong, Quantity("cost", both.wrong.memory.spec.depth)
    begun = both.again()
    begun.memory.load_learning_rate(STEP).load_parameters(wrong.memory.parameters())
    small = both.mistake.rewrite(begun)
    assert small is not None, "it has been rewritten before"
    moved = small.run().memory.parameters(updated=True)
    here, there = float(judge.memory[last]), float(_judge(both, moved).memory[last])
    promised = -STEP * sum(float((small.memory[q] ** 2).sum()) for q in small.memory if _moves(small, q))
    happened = there - here
    noise = 64.0 * float(small.memory.dtype.type(2.0**-52)) * max(abs(here), 1e-3)
    return StepCheck(STEP, promised, happened, bool(abs(happened - promised) <= APART * abs(promised) + noise))


def _moves(program: Program, gradient: Quantity) -> bool:
    """Whether it is a gradient whose parameters are updated."""
    parameters = {"weight_gradient": "updated_weights", "bias_gradient": "updated_biases"}.get(gradient.name)
    return parameters is not None and any(
        equation.writes == Quantity(parameters, gradient.layer) for equation in program.equations
    )
