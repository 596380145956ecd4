"""The ways in which an equation of an optimizer is written: whole arrays or one entry, as symbols or as numbers.

The symbols are those of the text, with v, m, s and g over them.
"""

from collections.abc import Callable
from dataclasses import replace

from backprop_core.memory import STATE_OF
from backprop_core.textbooks.motion import parameter_of
from backprop_core.textbooks.motion_letters import CONSTANTS, MotionStyle, is_of_motion, tex_of
from backprop_core.textbooks.motion_written import Writing
from backprop_core.textbooks.pieces import Matrix, Number, Piece, Symbol
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import shape

Pieces = tuple[Piece, ...]
Where = tuple[int, ...]


def parameter_tex(view: View, style: MotionStyle, parameter: str, l: int) -> str:
    """The parameter as the text writes it."""
    return "".join(one.tex for one in style.whole(view, parameter, l)[:1] if isinstance(one, Symbol))


def symbol(view: View, style: MotionStyle, name: str, l: int) -> Pieces:
    """A whole array as a symbol; a gradient as it lies beside its parameter."""
    if not is_of_motion(name):
        return style.whole(view, name, l)
    tex = tex_of(name, parameter_tex(view, style, parameter_of(name), l))
    return (Symbol(tex, f"{name}:{l}", shape(*view.array(name, l).shape)),)


def matrix(view: View, name: str, l: int, *, result: bool = False) -> Matrix:
    """A whole array as numbers."""
    draw = view.matrix if view.array(name, l).ndim > 1 else view.column
    return draw(name, l, result=result)


def symbols_of_whole(view: View, style: MotionStyle, parameter: str, l: int) -> Writing[Piece]:
    """Whole arrays as symbols."""

    def hat(state: str) -> Pieces:
        name, tex = corrected(parameter, state), parameter_tex(view, style, parameter, l)
        return (replace(hat_symbol(state, tex, f"{name}:{l}"), shape=shape(*view.array(name, l).shape)),)

    return Writing(lambda name: symbol(view, style, name, l), letters(style.parts.rate), hat, r"\,", r"\odot ")


def numbers_of_whole(view: View, parameter: str, l: int) -> Writing[Piece]:
    """Whole arrays as numbers."""

    def hat(state: str) -> Pieces:
        return (scaled(matrix(view, corrected(parameter, state), l), correction(view, state)),)

    return Writing(lambda name: (matrix(view, name, l),), constants(view), hat, r"\,", r"\odot ")


def symbols_of_entry(
    view: View, entry: Callable[..., Symbol], rate: str, parameter: str, l: int, where: Where
) -> Writing[Piece]:
    """One entry as a symbol."""

    def hat(state: str) -> Pieces:
        ref = entry(view, corrected(parameter, state), l, *where).ref
        return (hat_symbol(state, entry(view, parameter, l, *where).tex, ref),)

    return Writing(lambda name: (entry(view, name, l, *where),), letters(rate), hat, r"\,", r"\,")


def numbers_of_entry(view: View, parameter: str, l: int, where: Where) -> Writing[Piece]:
    """One entry as a number."""

    def number(name: str) -> Number:
        return view.number(name, l, *where, paren=True)

    def hat(state: str) -> Pieces:
        one, scale = number(corrected(parameter, state)), correction(view, state)
        return (replace(one, value=one.value * scale, scale=scale, paren=False),)

    return Writing(lambda name: (number(name),), constants(view), hat, r"\cdot ", r"\cdot ")


def hat_symbol(state: str, parameter: str, ref: str) -> Symbol:
    """m̂ or ŝ: a mean that was corrected, named by the one that it is made of."""
    return Symbol(rf"\hat {'m' if state == 'moment' else 's'}_{{{parameter}}}", ref)


def corrected(parameter: str, state: str) -> str:
    """The mean that m̂ or ŝ is made of."""
    return f"updated_{STATE_OF[parameter]}_{state}"


def correction(view: View, state: str) -> float:
    """1/(1 − βᵗ)."""
    return 1.0 / float(view.trace.memory[f"{state}_correction", view.spec.depth])


def letters(rate: str) -> Callable[[str], Piece]:
    """The letter of a constant; ``rate`` that of the learning rate."""
    return lambda name: Symbol(rate, name) if name == "learning_rate" else Symbol(CONSTANTS[name])


def constants(view: View) -> Callable[[str], Piece]:
    """The number of a constant."""
    memory = view.trace.memory

    def number(name: str) -> Piece:
        if name == "learning_rate":
            return Number(float(memory[name, view.spec.depth]), name)
        return Number(float(getattr(memory.optimizer, name)))

    return number


def bare(pieces: Pieces) -> Pieces:
    """The same, where a number at the beginning needs no parentheses."""
    first = pieces[0]
    return (replace(first, paren=False), *pieces[1:]) if isinstance(first, Number) else pieces


def scaled(one: Matrix, scale: float) -> Matrix:
    """A matrix of numbers, each ``scale`` times what it names."""
    rows = (tuple(cell and replace(cell, value=cell.value * scale, scale=scale) for cell in row) for row in one.matrix)
    return replace(one, matrix=tuple(rows))
