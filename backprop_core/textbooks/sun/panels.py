"""Sun's panels: the questions a reader of this text asks at a step, answered with the numbers of the step.

Each panel cites the place of the text that it is about; this is where they are offered, files beside it tell them.
"""

from collections.abc import Callable

from backprop_core.textbooks import checks_told
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.panels import Panel, in_order
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.sun import counts, keys, questions
from backprop_core.textbooks.sun.notation import reads_out
from backprop_core.textbooks.view import View

_EVERYWHERE = ("notation", "gradient_check")
_AT: dict[str, tuple[str, ...]] = {
    "activation": ("sigma",),
    "cost_gradient": ("notes",),
    "output_error": ("sigma",),
    "backpropagated_error": ("why_sum",),
    "input_error": ("why_sum",),
    "error": ("sigma",),
}
"""Kind of scene → the panels offered there beside those of every step."""

TELL: dict[str, Callable[[Scene, View], Panel]] = {
    "notation": keys.notation,
    "sigma": questions.sigma,
    "why_sum": questions.why_sum,
    "gradient_check": lambda scene, view: checks_told.gradient_check(view, scene.layer, _parameter(view)),
    "count": counts.count,
    "graph": questions.graph,
    "notes": keys.notes,
}


def _parameter(view: View) -> checks_told.Text:
    """A parameter as plain text: W[2][1,2], α[3]."""

    def text(name: str, l: int, index: tuple[int, ...]) -> str:
        if reads_out(view) and l == view.spec.depth and name == "weights":
            return f"α[{index[1] + 1}]" if index else "α"
        letter = f"W[{l}]" if name == "weights" else f"b{superscript(l)}"
        return f"{letter}[{','.join(str(position + 1) for position in index)}]" if index else letter

    return text


def offered(scene: Scene, view: View) -> tuple[str, ...]:
    """The kinds of the panels that can be opened at ``scene``, in the order of ``PANELS``."""
    here = {*_EVERYWHERE, *_AT.get(scene.kind, ())}
    if ("cost_gradient", view.spec.depth) in scene.covers and len(scene.covers) > 1:
        here = {*_EVERYWHERE, "notes"}
    if (scene.kind, scene.layer) == ("weight_gradient", 1):
        here |= {"count", "graph"}
    return in_order(here, view.spec.activation(scene.layer))
