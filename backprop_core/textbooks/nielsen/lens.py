"""The lens of Nielsen's text: columns, δ, BP1 to BP4, mini-batch gradient descent.

Its layers count from 1, so our layer l is its l + 1; BP3 and BP4 are of one example, and the update adds them.
"""

from dataclasses import replace

from backprop_core.network import NetworkSpec
from backprop_core.textbooks.nielsen import backward, cost, forward, furniture, gradient, panels
from backprop_core.textbooks.nielsen.equations import EQUATIONS, ERRATA
from backprop_core.textbooks.nielsen.notation import SYMBOLS, entry, symbol_text
from backprop_core.textbooks.scenes import Scene, Telling, Textbook, scene
from backprop_core.textbooks.view import View
from backprop_core.trace import Trace

_TELL = {
    "input": forward.tell_input,
    "weighted_input": forward.tell_weighted_input,
    "activation": forward.tell_activation,
    "cost": cost.tell_cost,
    "cost_gradient": cost.tell_cost_gradient,
    "output_error": backward.tell_output_error,
    "error": backward.tell_error,
    "weight_gradient": gradient.tell_weight_gradient,
    "bias_gradient": gradient.tell_bias_gradient,
    "weight_update": gradient.tell_weight_update,
    "bias_update": gradient.tell_bias_update,
}


def script(trace: Trace) -> list[Scene]:
    """The scenes of ``trace`` in the order of the algorithm box, then of the mini-batch box."""
    spec: NetworkSpec = trace.spec
    L = spec.depth
    scenes = [scene(spec, (("input", 0),), "Input")]
    if spec.input_activation != "identity":
        scenes.append(scene(spec, (("activation", 0),), "Input"))
    for l in range(1, L + 1):
        scenes += [scene(spec, ((kind, l),), "Feedforward") for kind in ("weighted_input", "activation")]
    scenes.append(scene(spec, (("cost", L),), "Cost"))
    scenes += [scene(spec, ((kind, L),), "Output error", "Error") for kind in ("cost_gradient", "output_error")]
    for l in range(L - 1, 0, -1):
        scenes.append(
            scene(spec, (("backpropagated_error", l), ("error", l)), "Backpropagate the error", "Backpropagate")
        )
    for l in range(L, 0, -1):
        kinds = ("weight_gradient", "bias_gradient") if spec.bias else ("weight_gradient",)
        scenes += [scene(spec, ((kind, l),), "Output: the gradient", "Gradient") for kind in kinds]
    if trace.program_updates:
        for l in range(L, 0, -1):
            kinds = ("weight_update",) if trace.freeze_biases or not spec.bias else ("weight_update", "bias_update")
            scenes += [scene(spec, ((kind, l),), "Gradient descent", "Descent") for kind in kinds]
    return scenes


def tell(scene: Scene, view: View) -> Telling:
    """The words, equations and result of one scene."""
    told = _TELL[scene.kind](view, scene.layer)
    return replace(told, matrices=furniture.arrangements(scene, view), panels=panels.offered(scene, view))


NIELSEN = Textbook(
    name="nielsen",
    title="Backpropagation",
    author="Nielsen",
    source="adapted from M. Nielsen, Neural Networks and Deep Learning",
    script=script,
    tell=tell,
    symbol_text=lambda quantity, view: symbol_text(quantity),
    entry=entry,
    open=panels.open_panel,
    offset=1,
    symbols=SYMBOLS,
    equations=EQUATIONS,
    errata=tuple(ERRATA.values()),
)
