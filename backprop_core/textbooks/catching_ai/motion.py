"""How Catching AI would write the steps of an optimizer: bold matrices, γ, and a new value that is called new.

The text has its own update alone, old minus γ times the gradient.
"""

from backprop_core.textbooks.catching_ai.notation import entry, name_of, symbol_text
from backprop_core.textbooks.catching_ai.parts import PARTS
from backprop_core.textbooks.motion import parameter_of
from backprop_core.textbooks.motion_letters import MotionStyle
from backprop_core.textbooks.pieces import Symbol
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import shape


def _whole(view: View, name: str, l: int) -> tuple[Symbol]:
    array = view.array(name, l)
    tex = name_of(view, name if name.endswith("gradient") else parameter_of(name), l)
    new = "_{new}" if name.startswith("updated_") else ""
    return (Symbol(tex + new, f"{name}:{l}", shape(*array.shape)),)


MOTION = MotionStyle(
    whole=_whole,
    entry=entry,
    called=lambda parameter, l: f"{parameter[0].upper()}^({l})",
    text=symbol_text,
    parts=PARTS,
)
