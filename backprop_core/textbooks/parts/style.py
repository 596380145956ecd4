"""How a lens tells parts: what a text writes in its own way when a step is taken apart into neurons or terms.

All else follows from ``Textbook.entry``; what two lenses write alike is written once, in the parts_* modules.
"""

from collections.abc import Callable
from dataclasses import dataclass

from backprop_core.textbooks.view import View


@dataclass(frozen=True, slots=True)
class PartStyle:
    """What a text writes in its own way when it takes a step apart.

    ``arrived(view, l, j)`` is what comes back to neuron j, before its slope; ``row(view, name, l, j)`` row j of a
    matrix; ``lying(view, name, l)`` activations, of a layer or joined, as they stand beside one error in a gradient.
    """

    arrived: Callable[[View, int, int], str]
    row: Callable[[View, str, int, int], str]
    lying: Callable[[View, str, int], str]
    head: Callable[[View, str, int, int], str] | None = None
    """A gradient left of an equals sign, where it is written otherwise than inside a product."""
    sigma: str = r"\sigma"
    turned: bool = False
    """The derivative by W lies in the shape of its transpose, so that a neuron is one column of it."""
    whole_batch: bool = False
    """The text writes all examples at once and adds over them; ``row`` then also names what stands beside a row in a
    product: “weights_turned”, “activation_turned”, “all_activations_turned” (of what layer l reads), “all_errors”, and
    “one_error” of a sum."""
    arrow: str = ""
    """Between the name of a parameter and its new value; where it is empty, an equals sign behind a name of its own."""
    rate: str = r"\eta"
    error: str = "error"
    """What δ is called in a sentence."""
