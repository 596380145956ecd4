"""Catching AI's panels: the questions a reader of this text asks at a step, answered with the numbers of the step.

Each panel cites the place of the text that it is about; this is where they are offered, files beside it tell them.
"""

from collections.abc import Callable

from backprop_core.textbooks.catching_ai import keys, touch
from backprop_core.textbooks.panels import Panel, in_order
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View

_EVERYWHERE = ("notation", "gradient_check")
_AT: dict[str, tuple[str, ...]] = {
    "weighted_input": ("shapes",),
    "activation": ("sigma",),
    "cost_gradient": ("notes",),
    "output_error": ("sigma",),
    "backpropagated_error": ("shapes", "touch"),
    "error": ("sigma",),
    "weight_gradient": ("shapes", "touch", "notes", "count"),
    "bias_gradient": ("mini_batch",),
}
"""Kind of scene → the panels offered there beside those of every step."""

TELL: dict[str, Callable[[Scene, View], Panel]] = {
    "notation": keys.notation,
    "shapes": keys.shapes,
    "sigma": keys.sigma,
    "touch": touch.touch,
    "mini_batch": touch.why_sum,
    "gradient_check": touch.gradient_check,
    "count": keys.count,
    "notes": keys.notes,
}


def offered(scene: Scene, view: View) -> tuple[str, ...]:
    """The kinds of the panels that can be opened at ``scene``, in the order of ``PANELS``."""
    here = {*_EVERYWHERE, *_AT.get(scene.kind, ())}
    if scene.kind == "cost" and view.spec.cost == "binary_cross_entropy":
        here.add("notes")
    return in_order(here, view.spec.activation(scene.layer))
