"""How Johnston's text would write the steps of an optimizer: a derivative is turned back to the shape of its parameter.

The text names gradient descent and prints no formula for it, nor for any other rule.
"""

from backprop_core.textbooks.johnston.notation import derivative, entry, symbol_text, vector, weights
from backprop_core.textbooks.johnston.parts import PARTS
from backprop_core.textbooks.motion import parameter_of
from backprop_core.textbooks.motion_letters import MotionStyle
from backprop_core.textbooks.pieces import Piece, Symbol
from backprop_core.textbooks.view import View


def _whole(view: View, name: str, l: int) -> tuple[Piece, ...]:
    if name.endswith("gradient"):
        return (derivative(view, name, l), "^t")
    old = weights(view, l) if parameter_of(name) == "weights" else vector(view, "biases", l)
    return (Symbol(old.tex, f"{name}:{l}", old.shape),)


MOTION = MotionStyle(
    whole=_whole,
    entry=entry,
    called=lambda parameter, l: f"{'W' if parameter == 'weights' else 'b'}^{l + 1}",
    text=symbol_text,
    parts=PARTS,
)
