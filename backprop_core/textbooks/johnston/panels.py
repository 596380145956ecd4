"""Johnston's panels: the questions a reader of this text asks at a step, answered with the numbers of the step.

Each panel cites the place of the text that it is about; this is where they are offered, files beside it tell them.
"""

from collections.abc import Callable

from backprop_core.textbooks.johnston import chain, key, shapes, taylor, tensor
from backprop_core.textbooks.panels import Panel, in_order
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View

_AT: dict[str, tuple[str, ...]] = {
    "input": ("phi",),
    "activation": ("phi", "sigma"),
    "weighted_input": ("phi",),
    "cost": ("phi",),
    "cost_gradient": ("taylor",),
    "output_error": ("shapes", "jacobian"),
    "error": ("shapes", "jacobian"),
    "input_error": ("shapes", "jacobian", "touch"),
    "weight_gradient": ("taylor", "tensor"),
    "bias_gradient": ("jacobian",),
}
"""Kind of scene → the panels offered there beside the key, which is everywhere."""

TELL: dict[str, Callable[[Scene, View], Panel]] = {
    "notation": key.notation_panel,
    "sigma": key.sigma_panel,
    "phi": chain.phi_panel,
    "touch": chain.touch_panel,
    "taylor": taylor.taylor_panel,
    "tensor": tensor.tensor_panel,
    "jacobian": shapes.jacobian_panel,
    "shapes": shapes.shapes_panel,
}


def offered(scene: Scene, view: View) -> tuple[str, ...]:
    """The kinds of the panels that can be opened at ``scene``, in the order of ``PANELS``."""
    return in_order({"notation", *_AT.get(scene.kind, ())}, view.spec.activation(scene.layer))
