"""Links of the update: every parameter moves for itself, so a number is linked to numbers at its own place.

They are read off the equations of the program, whatever the optimizer.
"""

from collections.abc import Iterator

from backprop_core.equations import Equation
from backprop_core.memory import STATE_OF, UPDATED
from backprop_core.references import Reference
from backprop_core.trace import Trace

_STATES = tuple(f"{of}_{state}" for of in STATE_OF.values() for state in ("velocity", "moment", "square"))
WRITTEN = ("regularized_weight_gradient", *(f"updated_{name}" for name in _STATES), *UPDATED.values())
"""What the equations of an update write of each parameter."""
READ = ("regularized_weight_gradient", *_STATES, *(f"updated_{name}" for name in _STATES))
"""What only they read."""

KINDS = ("weight_regularization", *_STATES, "weight_update", "bias_update")
"""Their kinds."""

COUNTED = ("update_number", "moment_correction", "square_correction")
"""Kinds that only count updates: no number of the trace goes into them."""


def sources(trace: Trace, of: Reference) -> Iterator[Reference]:
    """What a number of the update is computed from; one that is frozen is what it was."""
    equation = _writer(trace, of)
    if equation is None:
        yield Reference(of.name.removeprefix("updated_"), of.layer, of.index)
        return
    yield from (_at(name, l, of) for name, l in names_read(equation))


def targets(trace: Trace, of: Reference) -> Iterator[Reference]:
    """What an update computes from a number at the number's own place."""
    for equation in trace.program.equations:
        if equation.kind in KINDS and (of.name, of.layer) in names_read(equation):
            yield Reference(equation.writes.name, of.layer, of.index)
    frozen = Reference(UPDATED.get(of.name, f"updated_{of.name}"), of.layer, of.index)
    if frozen.name in WRITTEN and frozen.quantity in trace.memory and _writer(trace, frozen) is None:
        yield frozen


def names_read(equation: Equation) -> list[tuple[str, int]]:
    """What an equation of the update reads, told by its gradient where it computes that anew from the errors.

    The number of the update and what it corrects are no numbers of the trace.
    """
    read = [(name, l) for name, l in equation.reads if not name.endswith("_correction")]
    if ("error", equation.layer) not in read:
        return read
    (old, _), rate = read[0], read[-1]
    return [(old, equation.layer), ("weight_gradient", equation.layer), rate]


def _writer(trace: Trace, of: Reference) -> Equation | None:
    found = (one for one in trace.program.equations if one.writes == of.quantity)
    return next(found, None)


def _at(name: str, l: int, of: Reference) -> Reference:
    return Reference(name, l, () if name == "learning_rate" else of.index)
