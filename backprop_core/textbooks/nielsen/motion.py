"""How Nielsen's text would write the steps of an optimizer: columns, and v, m, s and g over its w and b.

The text has gradient descent alone; its chapter 3 has momentum and regularization, in other letters.
"""

from backprop_core.textbooks.motion_letters import MotionStyle
from backprop_core.textbooks.nielsen.notation import LETTERS, entry, symbol_text, up
from backprop_core.textbooks.nielsen.parts import PARTS
from backprop_core.textbooks.pieces import Symbol
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import derivative, shape


def _whole(view: View, name: str, l: int) -> tuple[Symbol]:
    parameter = "weights" if "weight" in name else "biases"
    letter, size = f"{LETTERS[parameter]}{up(l)}", shape(*view.array(name, l).shape)
    return (Symbol(derivative("C", letter) if name.endswith("gradient") else letter, f"{name}:{l}", size),)


MOTION = MotionStyle(
    whole=_whole,
    entry=entry,
    called=lambda parameter, l: f"{LETTERS[parameter]}^{l + 1}",
    text=lambda quantity, _view: symbol_text(quantity),
    parts=PARTS,
)
