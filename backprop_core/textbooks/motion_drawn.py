"""Steps of an optimizer as matrices at their shapes: entry by entry, so every factor has the shape of the parameter.

A quotient is written with ⊘ and a root with √ before its matrix, since matrices stand in a row.
"""

from dataclasses import replace
from itertools import groupby

from backprop_core.memory import STATE_OF
from backprop_core.textbooks import motion
from backprop_core.textbooks.furniture import Arrangement, Factor
from backprop_core.textbooks.motion import parameter_of
from backprop_core.textbooks.motion_letters import CONSTANTS, MotionStyle
from backprop_core.textbooks.motion_writings import corrected, correction, hat_symbol, parameter_tex, symbol
from backprop_core.textbooks.motion_written import Writing, right_side
from backprop_core.textbooks.pieces import to_tex
from backprop_core.textbooks.view import View

Row = tuple[Factor | str, ...]

_WORDS = {
    "weights": "before",
    "biases": "before",
    "updated_weights": "after",
    "updated_biases": "after",
    "gradient": "gradient",
    "regularized_gradient": "gradient with what is added",
    "velocity": "velocity before",
    "moment": "mean before",
    "square": "mean square before",
    "updated_velocity": "velocity",
    "updated_moment": "mean",
    "updated_square": "mean square",
}


def arrangements(view: View, style: MotionStyle, kind: str, l: int) -> tuple[Arrangement, ...]:
    """The step as one row of matrices."""
    parameter = parameter_of(kind)
    form = "matrix" if parameter == "weights" else "column"

    def factor(name: str, *, result: bool = False) -> Factor:
        words = _WORDS[name.replace(f"{STATE_OF[parameter]}_", "")]
        return view.factor(to_tex(symbol(view, style, name, l)), name, l, form, words, result=result)

    def hat(state: str) -> Row:
        whole = factor(corrected(parameter, state))
        symbol = hat_symbol(state, parameter_tex(view, style, parameter, l), whole.ref)
        return (replace(whole, tex=symbol.tex, words="corrected", scale=correction(view, state)),)

    letters = CONSTANTS | {"learning_rate": style.parts.rate}
    drawing: Writing[Factor] = Writing(
        lambda name: (factor(name),), letters.__getitem__, hat, r"\,", r"\odot ", _quotient
    )
    row = right_side(view.trace.memory.optimizer, kind, drawing)
    return (Arrangement(_joined((*row, "=", factor(motion.written(kind), result=True)))),)


def _quotient(above: Row, below: Row, epsilon: Factor | str) -> Row:
    return (*above, r"\oslash\Big(\surd\Big(", *below, r"\Big)+", epsilon, r"\Big)")


def _joined(row: Row) -> Row:
    """Neighbouring pieces of TeX as one; a bracket that would grow around matrices has a size of its own."""
    found: list[Factor | str] = []
    for is_tex, pieces in groupby(row, lambda piece: isinstance(piece, str)):
        if is_tex:
            tex = "".join(piece for piece in pieces if isinstance(piece, str))
            found.append(tex.replace(r"\left(", r"\Big(").replace(r"\right)", r"\Big)"))
        else:
            found += pieces
    return tuple(found)
