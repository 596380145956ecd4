"""Nudge: one number of an update is changed by hand, and everything that is computed from it is computed again.

What stands before it, and beside it, keeps its value; the trace itself is never touched.
"""

from backprop_core.backprop import compile, quiet
from backprop_core.memory import Memory, Quantity
from backprop_core.network import Parameters
from backprop_core.trace import Trace


def nudge(trace: Trace, quantity: Quantity, index: tuple[int, ...], change: float) -> Memory:
    """The memory of ``trace``, in float64, after ``change`` was added to one number and the equations after it ran.

    ``index`` is a place in the array of ``quantity``, so of what every example has its first position is the row of
    the batch. Updates are left out. Raises ``KeyError`` for a quantity and ``IndexError`` for a place there is not.
    """
    memory = _again(trace)
    program = compile(memory, update=False, asides=False).run()
    memory[quantity][index] += change
    # An input that is not activated is one array under two names.
    given = {other for other in memory if memory[other] is memory[quantity]}
    moved = set(given)
    with quiet():
        for equation in program.equations:
            if equation.writes not in given and moved.intersection(equation.reads):
                equation.run()
                moved.add(equation.writes)
    return memory


def nudged_cost(trace: Trace, quantity: Quantity, index: tuple[int, ...], change: float, example: int) -> float:
    """C_x of row ``example`` after the nudge."""
    return float(nudge(trace, quantity, index, change)["costs", trace.spec.depth][example])


def cost_at(trace: Trace, example: int) -> float:
    """C_x of row ``example`` as float64 gives it, to compare a nudged one with."""
    memory = _again(trace)
    compile(memory, update=False, asides=False).only([Quantity("cost", trace.spec.depth)]).run()
    return float(memory["costs", trace.spec.depth][example])


def cost_with(trace: Trace, parameters: Parameters, example: int | None = None) -> float:
    """The mean cost of the same batch under other parameters, or C_x of row ``example``."""
    memory = _again(trace).load_parameters(parameters)
    compile(memory, update=False, asides=False).only([Quantity("cost", trace.spec.depth)]).run()
    L = trace.spec.depth
    return float(memory["cost", L]) if example is None else float(memory["costs", L][example])


def _again(trace: Trace) -> Memory:
    memory = Memory(trace.spec, trace.batch_size).load_parameters(trace.memory.parameters())
    targets = trace.memory["target", trace.spec.depth] if trace.spec.has_target else None
    return memory.load_batch(trace.memory["weighted_input", 0], targets)
