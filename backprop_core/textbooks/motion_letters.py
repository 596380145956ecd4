"""Letters of what an optimizer remembers, over a text's own symbol of the parameter: v of w, m of w, s of w, g of w.

The parameter stands below the letter, so that no letter of any text is taken: m of a weight is not the m of a batch.
"""

from collections.abc import Callable
from dataclasses import dataclass

from backprop_core.memory import Quantity
from backprop_core.optimizer_spec import NUMBERS, OptimizerSpec
from backprop_core.textbooks.motion import REGULARIZATION, parameter_of
from backprop_core.textbooks.parts.style import PartStyle
from backprop_core.textbooks.pieces import Piece, Symbol
from backprop_core.textbooks.view import View

_LETTERS = {"velocity": "v", "moment": "m", "square": "s", "gradient": "g"}

CONSTANTS = {name: number.tex for name, number in NUMBERS.items()}
"""Number of an optimizer → its letter."""

SIGNS = {
    "momentum": "μ",
    "square_decay": "ρ",
    "first_decay": "β₁",
    "second_decay": "β₂",
    "epsilon": "ε",
    "weight_decay": "λ",
    "l1": "ℓ₁",
    "l2": "ℓ₂",
}
"""The same as plain text."""

TITLES = {
    "gradient_descent": "Gradient descent",
    "momentum": "Momentum",
    "nesterov": "Nesterov",
    "rmsprop": "RMSProp",
    "adam": "Adam",
    "adamw": "AdamW",
}
"""Rule → what it is called."""


def is_of_motion(name: str) -> bool:
    """Whether only an optimizer makes a quantity: what it remembers, or a gradient that l1 and l2 changed."""
    return name.startswith("regularized_") or name.rpartition("_")[2] in ("velocity", "moment", "square")


def tex_of(name: str, parameter: str) -> str:
    r"""v'_{w^3}, with the TeX of the parameter, or of one of its entries, below."""
    prime = "'" if name.startswith("updated_") else ""
    return f"{_LETTERS[name.rpartition('_')[2]]}{prime}_{{{parameter}}}"


def text_of(quantity: Quantity, parameter_text: Callable[[Quantity], str]) -> str:
    """The same as plain text: v′(w³)."""
    prime = "′" if quantity.name.startswith("updated_") else ""
    of = parameter_text(Quantity(parameter_of(quantity.name), quantity.layer))
    return f"{_LETTERS[quantity.name.rpartition('_')[2]]}{prime}({of})"


def title_of(optimizer: OptimizerSpec, kind: str) -> str:
    """What stands before the name of a step: Adam, or Regularization where a gradient is only added to."""
    return "Regularization" if kind == REGULARIZATION else TITLES[optimizer.name]


@dataclass(frozen=True, slots=True)
class MotionStyle:
    """What a text writes in its own way when parameters move.

    ``whole(view, name, l)`` is a parameter, its gradient in the shape of the parameter, or its new value;
    ``called(parameter, l)`` its plain name, such as w^3; ``text(quantity, view)`` its symbol as plain text.
    """

    whole: Callable[[View, str, int], tuple[Piece, ...]]
    entry: Callable[..., Symbol]
    called: Callable[[str, int], str]
    text: Callable[[Quantity, View], str]
    parts: PartStyle
