"""Nudge: one number of an update is changed by hand, and everything that is computed from it is computed again.

What stands before it, and beside it, keeps its value; the trace itself is never touched.
"""

from backprop_core.backprop import compile
from backprop_core.memory import Memory, Quantity
from backprop_core.network import Parameters
from backprop_core.trace import Trace


def nudge(trace: Trace, quantity: Quantity, index: tuple[int, ...], change: float) -> Memory:
    """The memory of ``trace``, in float64, after ``change`` was added to one number and the equations after it ran.

    ``index`` is a place in the array of ``quantity``, so of what every example has its first position is the row of
    the batch. Updates are left out. Raises ``KeyError`` for a quantity and ``IndexError`` for a place there is not.
    """
    nudger = Nudger(trace, quantity, index)
    nudger.push(change)
    return nudger.memory


class Nudger:
    """One number of ``trace`` that is pushed again and again: ``memory`` is the trace in float64 until the first push.

    ``forward`` leaves out the backward pass; ``asides`` keeps what only a reader wants.
    """

    def __init__(
        self,
        trace: Trace,
        quantity: Quantity,
        index: tuple[int, ...],
        *,
        forward: bool = False,
        asides: bool = False,
    ) -> None:
        self.memory = _again(trace)
        program = compile(self.memory, update=False, asides=asides)
        if forward:
            # A cost that is computed from z does not read the output, and yet the push moves it.
            program = program.only([Quantity(name, trace.spec.depth) for name in ("activation", "cost")])
        program.run()
        self._place, self._index = self.memory[quantity], index
        self._value = float(self._place[index])
        self._after = program.after(quantity)

    def push(self, change: float) -> float:
        """Make the number ``change`` more than it is in the trace, and the memory what follows; the number then."""
        self._place[self._index] = self._value + change
        self._after.run()
        return float(self._place[self._index])


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
