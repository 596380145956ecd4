"""The lens of Catching AI: whole batches as matrices, one column an example, and gradients right after ∂J/∂Z.

Its layers count from 0 as ours do. The 1/m of the mean stands inside ∂J/∂A and ∂J/∂Z, and the update with γ.
"""

from collections.abc import Callable
from dataclasses import replace

from backprop_core.textbooks import motion_told
from backprop_core.textbooks.catching_ai import backward, cost, forward, gradient, panels
from backprop_core.textbooks.catching_ai.equations import EQUATIONS, ERRATA
from backprop_core.textbooks.catching_ai.motion import MOTION
from backprop_core.textbooks.catching_ai.notation import SYMBOLS, entry, scale, stage, symbol_text
from backprop_core.textbooks.catching_ai.parts import PARTS
from backprop_core.textbooks.scenes import (
    Scene,
    Telling,
    Textbook,
    by_gradient,
    forward_kinds,
    scene,
    update_scenes,
)
from backprop_core.textbooks.view import View
from backprop_core.trace import Trace

_TELL: dict[str, Callable[[View, int], Telling]] = {
    "input": forward.tell_input,
    "weighted_input": forward.tell_weighted_input,
    "activation": forward.tell_activation,
    "cost": cost.tell_cost,
    "cost_gradient": cost.tell_cost_gradient,
    "output_error": backward.tell_output_error,
    "backpropagated_error": backward.tell_backpropagated_error,
    "error": backward.tell_error,
    "weight_gradient": gradient.tell_weight_gradient,
    "bias_gradient": gradient.tell_bias_gradient,
    "weight_update": gradient.tell_weight_update,
    "bias_update": gradient.tell_bias_update,
}

_FORWARD = ("Forward pass, recalled from part 5", "Forward")
_OUTPUT = ("Gradients of the output layer", "Output layer")


def script(trace: Trace) -> list[Scene]:
    """The scenes of ``trace``: of each layer from the last ∂J/∂A, ∂J/∂Z, ∂J/∂W and ∂J/∂B, then the updates."""
    spec, L = trace.spec, trace.spec.depth
    scenes = [scene(spec, (one,), *_FORWARD) for one in forward_kinds(spec, L)]
    scenes.append(scene(spec, (("cost", L),), "Loss"))
    gradients = ("weight_gradient", "bias_gradient") if spec.bias else ("weight_gradient",)
    for l in range(L, 0, -1):
        group = _OUTPUT if l == L else (f"Gradients of the hidden layers, l = {l}", f"l = {l}")
        first = ("cost_gradient", "output_error") if l == L else ("backpropagated_error", "error")
        scenes += [scene(spec, ((kind, l),), *group) for kind in (*first, *gradients)]
    return scenes + [by_gradient(one, L) for one in update_scenes(trace, "Updating")]


def tell(scene: Scene, view: View) -> Telling:
    """The words, equations and result of one scene."""
    if motion_told.tells(scene, view):
        told = motion_told.tell(scene, view, MOTION)
    else:
        told = _TELL[scene.kind](view, scene.layer)
    return replace(told, panels=panels.offered(scene, view))


CATCHING_AI = Textbook(
    name="catching-ai",
    title="Catching AI with its pants down, part 6",
    author="Catching AI",
    source="Catching AI with its pants down: Optimize a Neural Network from Scratch, 2020",
    script=script,
    tell=tell,
    symbol_text=symbol_text,
    entry=entry,
    panels=panels.TELL,
    parts=PARTS,
    stage=stage,
    offset=0,
    symbols=SYMBOLS,
    equations=EQUATIONS,
    errata=tuple(ERRATA.values()),
    scale=scale,
)
