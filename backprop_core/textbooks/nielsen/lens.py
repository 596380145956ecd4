"""The lens of Nielsen's text: columns, δ, BP1 to BP4, mini-batch gradient descent.

Its layers count from 1, so our layer l is its l + 1; BP3 and BP4 are of one example, and the update adds them.
"""

from dataclasses import replace

from backprop_core.textbooks import motion_told, on_stage
from backprop_core.textbooks.motion_letters import TITLES
from backprop_core.textbooks.nielsen import backward, cost, forward, furniture, gradient, panels
from backprop_core.textbooks.nielsen.equations import EQUATIONS, ERRATA
from backprop_core.textbooks.nielsen.motion import MOTION
from backprop_core.textbooks.nielsen.notation import SYMBOLS, entry, symbol_text
from backprop_core.textbooks.nielsen.parts import PARTS
from backprop_core.textbooks.scenes import Scene, Telling, Textbook, forward_kinds, scene, update_scenes
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
    spec, L = trace.spec, trace.spec.depth
    scenes = [scene(spec, ((kind, l),), "Feedforward" if l else "Input") for kind, l in forward_kinds(spec, L)]
    scenes.append(scene(spec, (("cost", L),), "Cost"))
    scenes += [scene(spec, ((kind, L),), "Output error", "Error") for kind in ("cost_gradient", "output_error")]
    for l in range(L - 1, 0, -1):
        scenes.append(
            scene(spec, (("backpropagated_error", l), ("error", l)), "Backpropagate the error", "Backpropagate")
        )
    for l in range(L, 0, -1):
        kinds = ("weight_gradient", "bias_gradient") if spec.bias else ("weight_gradient",)
        scenes += [scene(spec, ((kind, l),), "Output: the gradient", "Gradient") for kind in kinds]
    rule = trace.memory.optimizer.name
    group = ("Gradient descent", "Descent") if rule == "gradient_descent" else (TITLES[rule],)
    return scenes + update_scenes(trace, *group)


def tell(scene: Scene, view: View) -> Telling:
    """The words, equations and result of one scene."""
    if motion_told.tells(scene, view):
        told = motion_told.tell(scene, view, MOTION)
    else:
        told = replace(_TELL[scene.kind](view, scene.layer), matrices=furniture.arrangements(scene, view))
    return replace(told, panels=panels.offered(scene, view))


NIELSEN = Textbook(
    name="nielsen",
    title="Backpropagation",
    author="Nielsen",
    source="adapted from M. Nielsen, Neural Networks and Deep Learning",
    script=script,
    tell=tell,
    symbol_text=lambda quantity, view: symbol_text(quantity),
    entry=entry,
    panels=panels.TELL,
    parts=PARTS,
    stage=on_stage.usual,
    offset=1,
    symbols=SYMBOLS,
    equations=EQUATIONS,
    errata=tuple(ERRATA.values()),
)
