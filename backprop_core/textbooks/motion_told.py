"""Steps of an optimizer told in the symbols of any text that tells updates: none of the four texts has them.

The whole array first, then one entry, then the corrected means of Adam.
"""

from backprop_core.memory import Quantity
from backprop_core.textbooks import motion
from backprop_core.textbooks.motion import REGULARIZATION, STATE_KINDS, UPDATE_KINDS, parameter_of
from backprop_core.textbooks.motion_drawn import arrangements
from backprop_core.textbooks.motion_letters import MotionStyle, is_of_motion, tex_of, title_of
from backprop_core.textbooks.motion_words import note, sentence
from backprop_core.textbooks.motion_writings import (
    Pieces,
    bare,
    constants,
    corrected,
    letters,
    matrix,
    numbers_of_entry,
    numbers_of_whole,
    parameter_tex,
    symbol,
    symbols_of_entry,
    symbols_of_whole,
)
from backprop_core.textbooks.motion_written import decay_of, right_side
from backprop_core.textbooks.pieces import Line, Number, Symbol
from backprop_core.textbooks.results import upright
from backprop_core.textbooks.scenes import Scene, Telling
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import shape

_WHAT = {"velocity": "velocity of", "moment": "mean gradient of", "square": "mean square gradient of"}
_TITLES = {"moment": "The mean, corrected", "square": "The mean square, corrected"}


def tells(scene: Scene, view: View) -> bool:
    """Whether the step is one that no text has: of the updates all but those of plain gradient descent."""
    return scene.kind in motion.MOTION_KINDS and not motion.is_plain(view.trace.memory.optimizer, scene.kind)


def tell(scene: Scene, view: View, style: MotionStyle) -> Telling:
    """The words, equations, matrices and result of one step of an optimizer."""
    kind, l, optimizer = scene.kind, scene.layer, view.trace.memory.optimizer
    written, parameter = motion.written(kind), parameter_of(kind)
    right = right_side(optimizer, kind, symbols_of_whole(view, style, parameter, l))
    numbers = right_side(optimizer, kind, numbers_of_whole(view, parameter, l))
    tex = parameter_tex(view, style, parameter, l)
    whole = Line(
        (*_becomes(style, kind, right, symbol(view, style, written, l)), *right),
        (*numbers, "=", matrix(view, written, l, result=True)),
    )
    return Telling(
        name=f"{title_of(optimizer, kind)}: {_what(kind)} {style.called(parameter, l)}",
        label=tex_of(written, tex) if is_of_motion(written) else tex,
        label_text=style.text(Quantity(written if is_of_motion(written) else parameter, l), view),
        place="",
        shapes=shape(*view.array(written, l).shape),
        sentence=sentence(view, kind),
        lines=(whole, _one_entry(view, style, kind, l), *_corrections(view, style, kind, l)),
        quantity=Quantity(written, l),
        orientation="matrix" if parameter == "weights" else "column",
        result=upright(view, written, l),
        in_text=False,
        note=note(optimizer, kind),
        matrices=arrangements(view, style, kind, l),
    )


def _what(kind: str) -> str:
    if kind in STATE_KINDS:
        return _WHAT[kind.rpartition("_")[2]]
    return "gradient of" if kind == REGULARIZATION else parameter_of(kind)


def _becomes(style: MotionStyle, kind: str, right: Pieces, head: Pieces) -> Pieces:
    """Before the right side: the old parameter and the arrow of the text, where it has one, else what is computed."""
    if kind in UPDATE_KINDS and style.parts.arrow:
        return (right[0], style.parts.arrow)
    return (*head, "=")


def _one_entry(view: View, style: MotionStyle, kind: str, l: int) -> Line:
    """The first entry, term by term."""
    optimizer, parameter = view.trace.memory.optimizer, parameter_of(kind)
    where = (0, 0) if parameter == "weights" else (0,)
    written = motion.written(kind)
    writing = symbols_of_entry(view, style.entry, style.parts.rate, parameter, l, where)
    right = right_side(optimizer, kind, writing)
    numbers = bare(right_side(optimizer, kind, numbers_of_entry(view, parameter, l, where)))
    head = (style.entry(view, written, l, *where),)
    return Line(
        (*_becomes(style, kind, right, head), *right),
        (*numbers, "=", view.number(written, l, *where, result=True)),
        "One weight" if parameter == "weights" else "One bias",
    )


def _corrections(view: View, style: MotionStyle, kind: str, l: int) -> tuple[Line, ...]:
    """m̂ = m′/(1 − β₁ᵗ) and ŝ = s′/(1 − β₂ᵗ): under Adam, at the update."""
    optimizer, parameter = view.trace.memory.optimizer, parameter_of(kind)
    if kind not in UPDATE_KINDS or not optimizer.counts:
        return ()
    t = float(view.trace.memory["update_number", view.spec.depth])
    letter, number = letters(style.parts.rate), constants(view)
    lines = []
    for state in ("moment", "square"):
        beta, name = decay_of(optimizer, state), corrected(parameter, state)
        symbols = (
            *symbols_of_whole(view, style, parameter, l).hat(state),
            r"=\frac{",
            *symbol(view, style, name, l),
            "}{1-",
            letter(beta),
            "^{",
            Symbol("t"),
            "}}",
        )
        above = (r"\frac{", matrix(view, name, l), "}{1-", number(beta), "^{", Number(t), "}}=")
        lines.append(Line(symbols, (*above, *numbers_of_whole(view, parameter, l).hat(state)), _TITLES[state]))
    return tuple(lines)
