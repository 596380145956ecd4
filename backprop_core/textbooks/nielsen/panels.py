"""Nielsen's panels: the questions a reader of this text asks at a step, answered with the numbers of the step.

Each panel cites the equation of the text that it is about; this is where they are offered, files beside it tell them.
"""

from collections.abc import Callable

from backprop_core.textbooks import checks_told, motion_told
from backprop_core.textbooks.nielsen import batches, keys, paths, questions, slow
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.panels import Panel, in_order
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View

_EVERYWHERE = ("notation", "gradient_check")
_AT: dict[str, tuple[str, ...]] = {
    "weighted_input": ("shapes",),
    "activation": ("sigma",),
    "output_error": ("sigma", "demon", "slow", "notes"),
    "error": ("shapes", "sigma", "why_sum", "demon", "slow"),
    "weight_gradient": ("shapes", "slow", "paths"),
    "weight_update": ("mini_batch",),
    "bias_update": ("mini_batch",),
}
"""Kind of scene → the panels offered there beside those of every step."""

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def _parameter(name: str, l: int, index: tuple[int, ...]) -> str:
    """A parameter as plain text: w³₁₂."""
    numbers = [str(position + 1) for position in index]
    joined = "".join(numbers) if all(len(number) == 1 for number in numbers) else "·".join(numbers)
    return f"{'w' if name == 'weights' else 'b'}{superscript(l + 1)}{joined.translate(_SUBSCRIPTS)}"


TELL: dict[str, Callable[[Scene, View], Panel]] = {
    "notation": keys.notation,
    "shapes": keys.shapes,
    "sigma": questions.sigma,
    "why_sum": questions.why_sum,
    "demon": questions.demon,
    "slow": slow.slow,
    "paths": paths.paths,
    "mini_batch": batches.mini_batch,
    "gradient_check": lambda scene, view: checks_told.gradient_check(view, scene.layer, _parameter),
    "notes": keys.notes,
}


def offered(scene: Scene, view: View) -> tuple[str, ...]:
    """The kinds of the panels that can be opened at ``scene``, in the order of ``PANELS``."""
    here = {*_EVERYWHERE, *_AT.get(scene.kind, ())}
    if scene.layer == view.spec.depth or view.trace.not_finite is not None:
        here.discard("paths")
    if view.m == 1 or motion_told.tells(scene, view):
        here.discard("mini_batch")
    return in_order(here, view.spec.activation(scene.layer))
