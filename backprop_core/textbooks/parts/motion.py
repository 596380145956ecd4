"""Parts of the steps of an optimizer: one entry moves, or one row of weights, as its equation says of the whole array.

The equation is the one of the step, written for the part.
"""

from backprop_core.textbooks.motion import REGULARIZATION, UPDATE_KINDS, parameter_of, written
from backprop_core.textbooks.motion_letters import is_of_motion, tex_of
from backprop_core.textbooks.motion_writings import (
    bare,
    constants,
    corrected,
    correction,
    hat_symbol,
    letters,
    numbers_of_entry,
    scaled,
    symbols_of_entry,
)
from backprop_core.textbooks.motion_written import Writing, right_side
from backprop_core.textbooks.numbers import plain
from backprop_core.textbooks.parts.plan import Place
from backprop_core.textbooks.parts.scope import PartTold, Scope
from backprop_core.textbooks.pieces import Line, Piece

Pieces = tuple[Piece, ...]

_KEPT = {"velocity": "its velocity", "moment": "its mean gradient", "square": "its mean square gradient"}


def entry(scope: Scope, place: Place) -> PartTold:
    """One weight or bias."""
    kind, l, parameter = place.run.kind, place.run.layer, parameter_of(place.run.kind)
    where = (place.row,) if place.column is None else (place.row, place.column)
    optimizer, name = scope.view.trace.memory.optimizer, written(kind)
    result = scope.view.number(name, l, *where, result=True)
    writing = symbols_of_entry(scope.view, scope.entry, scope.style.rate, parameter, l, where)
    symbols = right_side(optimizer, kind, writing)
    numbers = bare(right_side(optimizer, kind, numbers_of_entry(scope.view, parameter, l, where)))
    head: Pieces = (symbols[0], scope.style.arrow)
    if kind not in UPDATE_KINDS or not scope.style.arrow:
        head = (scope.symbol(name, l, *where), "=")
    who, label = f"The bias of {scope.neuron(l, place.row)}", "one bias"
    if place.column is not None:
        who = f"The weight from neuron {place.column + 1} to {scope.neuron(l, place.row)}"
        label = f"one entry (j,k)=({place.row + 1},{place.column + 1})"
    line = Line((*head, *symbols), (*numbers, "=", result))
    return PartTold(label, (line,), _sentence(scope, kind, l, where, who), result.value)


def _sentence(scope: Scope, kind: str, l: int, where: tuple[int, ...], who: str) -> str:
    new = plain(float(scope.view.array(written(kind), l)[where]))
    if kind in UPDATE_KINDS:
        return f"{who} moves from {plain(float(scope.view.array(parameter_of(kind), l)[where]))} to {new}."
    if kind == REGULARIZATION:
        old = plain(float(scope.view.array("weight_gradient", l)[where]))
        return f"{who}: its gradient {old} becomes {new}, with a price on its size."
    kept, old = _KEPT[kind.rpartition("_")[2]], plain(float(scope.view.array(kind, l)[where]))
    return f"{who}: {kept} was {old} and is {new} now."


def row(scope: Scope, place: Place) -> PartTold:
    """All weights into one neuron."""
    kind, l, j = place.run.kind, place.run.layer, place.row
    optimizer, name = scope.view.trace.memory.optimizer, written(kind)
    symbols = right_side(optimizer, kind, _symbols(scope, l, j))
    numbers = right_side(optimizer, kind, _numbers(scope, l, j))
    arrow = scope.style.arrow or r"\rightarrow "
    head: Pieces = (symbols[0], arrow) if kind in UPDATE_KINDS else (*_row_symbol(scope, name, l, j), "=")
    line = Line((*head, *symbols), (*numbers, "=", scope.row(name, l, j, result=True)), "one neuron")
    return PartTold(
        "one neuron",
        (line,),
        f"Every weight into {scope.neuron(l, j)}, each by its own numbers.",
        [float(one) for one in scope.view.array(name, l)[j]],
    )


def _symbols(scope: Scope, l: int, j: int) -> Writing[Piece]:
    weights = scope.style.row(scope.view, "weights", l, j)
    return Writing(
        lambda name: _row_symbol(scope, name, l, j),
        letters(scope.style.rate),
        lambda state: (hat_symbol(state, weights, f"{corrected('weights', state)}:{l}:{j}"),),
        r"\,",
        r"\odot ",
    )


def _row_symbol(scope: Scope, name: str, l: int, j: int) -> Pieces:
    weights = scope.style.row(scope.view, "weights", l, j)
    if is_of_motion(name):
        return (tex_of(name, weights),)
    if name == "weight_gradient":
        return (scope.style.row(scope.view, name, l, j) + ("^t" if scope.style.turned else ""),)
    return (weights,)


def _numbers(scope: Scope, l: int, j: int) -> Writing[Piece]:
    def hat(state: str) -> Pieces:
        return (scaled(scope.row(corrected("weights", state), l, j), correction(scope.view, state)),)

    return Writing(lambda name: (scope.row(name, l, j),), constants(scope.view), hat, r"\,", r"\odot ")
