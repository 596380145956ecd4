"""A wrong turn: the same update, rightly and with a classic mistake, number beside number from where they part.

Further updates of both show what the mistake does to learning: harm, or next to nothing, or it even seems to help.
"""

from dataclasses import dataclass

import numpy as np

from backprop_core.activations import Array
from backprop_core.backprop import Program, compile
from backprop_core.equations import Equation
from backprop_core.finite import finite
from backprop_core.laboratory.mistakes import MISTAKES, Mistake, differs, first_wrong
from backprop_core.memory import Memory, Quantity
from backprop_core.network import SpecificationError
from backprop_core.references import PER_EXAMPLE, Reference
from backprop_core.trace import Trace

LISTED = 256
"""Numbers listed of one quantity; the rest are only counted."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One number twice: as it should be and as it came out; none where it is not finite."""

    ref: str
    right: float | None
    wrong: float | None


@dataclass(frozen=True, slots=True)
class Turned:
    """One equation of the wrong program: was it ``changed`` or ``moved``, and is its result ``wrong`` in the batch."""

    kind: str
    layer: int
    quantity: str
    changed: bool
    moved: bool
    wrong: bool


@dataclass(frozen=True, slots=True)
class WrongTurn:
    """What a mistake does. ``update`` is the one looked at, counted from 1; ``first`` the equation that is wrong first.

    ``pairs`` are the numbers that differ, of the stepped example and in the order they are computed, ``differing`` how
    many there are of each quantity; ``costs`` and ``wrong_costs`` are the costs before each of the following updates.
    """

    mistake: str
    update: int
    first: Turned | None
    equations: tuple[Turned, ...]
    pairs: tuple[Pair, ...]
    differing: dict[str, int]
    costs: tuple[float | None, ...]
    wrong_costs: tuple[float | None, ...]


def turn_wrong(trace: Trace, mistake: str, *, example: int = 0, updates: int = 30) -> WrongTurn:
    """The update of ``trace`` with and without ``mistake``, and the costs of ``updates`` more of each.

    Raises ``SpecificationError`` where the network has no room for the mistake.
    """
    return compare_both(run_both(trace, mistake), example, updates)


@dataclass(frozen=True, slots=True)
class Both:
    """The update of ``trace`` twice, each on its own memory: the ``right`` program and the ``wrong`` one, both run.

    ``begun`` is what the wrong one was rewritten from, ``before`` what the gradients were an update ago, where the
    mistake needs two.
    """

    mistake: Mistake
    trace: Trace
    right: Program
    begun: Program
    wrong: Program
    before: dict[Quantity, Array]

    def again(self) -> Program:
        """The right program anew, not run yet."""
        return _anew(self.trace, self.right.memory.dtype.name)

    def traces(self) -> tuple[Trace, Trace]:
        """The records of the right program and of the wrong one."""
        rate, frozen = self.trace.learning_rate, self.trace.freeze_biases
        right, wrong = (Trace(one, rate, frozen, one.first_not_finite()) for one in (self.right, self.wrong))
        return right, wrong


def run_both(trace: Trace, mistake: str, *, precision: str | None = None) -> Both:
    """Run the update of ``trace`` with and without ``mistake``, as often as it takes to show.

    Both run in ``precision``, or in that of the trace. Raises ``SpecificationError`` where the network has no room for
    the mistake.
    """
    one, dtype = MISTAKES[mistake], precision or trace.memory.dtype.name
    right, begun = _anew(trace, dtype), _anew(trace, dtype)
    wrong = one.rewrite(begun)
    if wrong is None or (one.update > 1 and trace.learning_rate is None):
        raise SpecificationError("/mistake", f"this mistake needs {one.needs or 'a learning rate'}")
    before: dict[Quantity, Array] = {}
    for turn in range(one.update):
        before = {q: wrong.memory[q].copy() for q in wrong.memory if q.name in _GRADIENTS} if turn else {}
        for each in (right, wrong):
            _again(each, turn)
    return Both(one, trace, right, begun, wrong, before)


def has_room(trace: Trace, mistake: str) -> bool:
    """Whether the mistake can be made in this update."""
    one = MISTAKES[mistake]
    return one.rewrite(_anew(trace, trace.memory.dtype.name)) is not None and (
        one.update == 1 or trace.learning_rate is not None
    )


def _anew(trace: Trace, dtype: str) -> Program:
    """The update of ``trace`` as a program not run yet, on a memory of its own."""
    given, last = trace.memory, trace.spec.depth
    memory = Memory(trace.spec, trace.batch_size, dtype).load_parameters(given.parameters())
    memory.load_batch(given["weighted_input", 0], given["target", last] if trace.spec.has_target else None)
    if trace.learning_rate is not None:
        memory.load_learning_rate(trace.learning_rate)
    return compile(memory, update=trace.learning_rate is not None, freeze_biases=trace.freeze_biases)


_GRADIENTS = ("weight_gradient", "bias_gradient")


def compare_both(both: Both, example: int = 0, updates: int = 30) -> WrongTurn:
    """What differs between the two, of row ``example`` of the batch, and the costs of ``updates`` more of each."""
    right, wrong = both.right.memory, both.wrong.memory
    apart = {one.writes: differs(wrong[one.writes], right[one.writes]) for one in both.wrong.equations}
    turned = _turned(both, {quantity for quantity, places in apart.items() if places.any()})
    first = first_wrong(both.right, both.wrong)
    if both.trace.learning_rate is None or not both.trace.spec.has_target:
        updates = 0
    return WrongTurn(
        mistake=both.mistake.name,
        update=both.mistake.update,
        first=next((one for one in turned if first is not None and one.quantity == str(first.writes)), None),
        equations=turned,
        pairs=tuple(pair for one, places in apart.items() for pair in _pairs(right, wrong, one, places, example)),
        differing={str(one): int(places.sum()) for one, places in apart.items() if places.any()},
        costs=_costs(both.again(), updates),
        wrong_costs=_costs(_rewritten(both.mistake, both.again()), updates),
    )


def _rewritten(mistake: Mistake, program: Program) -> Program:
    wrong = mistake.rewrite(program)
    assert wrong is not None  # it was rewritten before
    return wrong


def _again(program: Program, turn: int) -> None:
    """Run the program, from the second time on from the parameters it has come to."""
    if turn:
        program.memory.load_parameters(program.memory.parameters(updated=True))
    program.run()


def _costs(program: Program, updates: int) -> tuple[float | None, ...]:
    found = []
    for turn in range(updates + 1 if updates else 0):
        _again(program, turn)
        cost = float(program.memory["cost", program.memory.spec.depth])
        found.append(finite(cost))
    return tuple(found)


def _turned(both: Both, wrong: set[Quantity]) -> tuple[Turned, ...]:
    own = {equation.writes: equation for equation in both.begun.equations}
    moved = _moved(list(own), [equation.writes for equation in both.wrong.equations])
    changed = _changed_kinds(both.mistake, own, both.wrong)
    return tuple(
        Turned(
            one.kind,
            one.layer,
            str(one.writes),
            own[one.writes] is not one and one.kind in changed,
            one.writes in moved,
            one.writes in wrong,
        )
        for one in both.wrong.equations
    )


def _changed_kinds(mistake: Mistake, own: dict[Quantity, Equation], wrong: Program) -> set[str]:
    """Kinds whose equation is another one, not only computed from a gradient that is wrong."""
    changed = {one.kind for one in wrong.equations if own[one.writes] is not one}
    return changed if mistake.first == "weight_update" else changed - {"weight_update"}


def _moved(right: list[Quantity], wrong: list[Quantity]) -> set[Quantity]:
    """What comes earlier than it should: written before something that should stand before it."""
    rank = {quantity: place for place, quantity in enumerate(right)}
    return {one for at, one in enumerate(wrong) if any(rank[later] < rank[one] for later in wrong[at + 1 :])}


def _pairs(right: Memory, wrong: Memory, quantity: Quantity, apart: Array, example: int) -> list[Pair]:
    """The numbers that are not what they should be; of what every example has, those of the stepped one."""
    wanted, found = right[quantity], wrong[quantity]
    if quantity.name in PER_EXAMPLE:
        wanted, found, apart = wanted[example], found[example], apart[example]
    return [
        Pair(_ref(quantity, index), finite(wanted[index]), finite(found[index]))
        for index in map(tuple, np.argwhere(apart)[:LISTED])
    ]


def _ref(quantity: Quantity, index: tuple[int, ...]) -> str:
    return str(Reference(quantity.name, quantity.layer, tuple(map(int, index))))
