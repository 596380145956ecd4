"""The lens of Johnston's text: gradients are rows, Jacobians are matrices, the derivative by W is a 3-tensor.

Its layers count from 1, so our layer l is its l + 1; δ runs down to the sample; all weights come before all biases.
"""

from dataclasses import replace

from backprop_core.textbooks import motion_told
from backprop_core.textbooks.johnston import backward, cost, forward, gradient, output, panels
from backprop_core.textbooks.johnston.equations import EQUATIONS, ERRATA
from backprop_core.textbooks.johnston.motion import MOTION
from backprop_core.textbooks.johnston.notation import SYMBOLS, entry, stage, symbol_text
from backprop_core.textbooks.johnston.parts import PARTS
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

_TELL = {
    "input": forward.tell_input,
    "weighted_input": forward.tell_weighted_input,
    "activation": forward.tell_activation,
    "cost": cost.tell_cost,
    "cost_gradient": cost.tell_cost_gradient,
    "output_error": output.tell_output_error,
    "error": backward.tell_error,
    "input_error": backward.tell_error,
    "weight_gradient": gradient.tell_weight_gradient,
    "bias_gradient": gradient.tell_bias_gradient,
    "weight_update": gradient.tell_weight_update,
    "bias_update": gradient.tell_bias_update,
}

_GROUPS = {
    "input": ("Item 1: input", "Item 1"),
    "forward": ("Item 2: feed-forward", "Item 2"),
    "cost": ("Cost", "Cost"),
    "output": ("Backpropagation step 1", "Step 1"),
    "error": ("Backpropagation step 2", "Step 2"),
    "weights": ("Backpropagation step 3", "Step 3"),
    "biases": ("Backpropagation (step 4)", "(Step 4)"),
    "update": ("Beyond the text", "Beyond"),
}


def script(trace: Trace) -> list[Scene]:
    """The scenes of ``trace`` in the order of §5: all derivatives by weights, then all by biases."""
    spec, L = trace.spec, trace.spec.depth
    covers: list[tuple[str, tuple[tuple[str, int], ...]]] = [
        ("input" if one == ("input", 0) else "forward", (one,)) for one in forward_kinds(spec, L)
    ]
    covers.append(("cost", (("cost", L),)))
    covers += [("output", ((kind, L),)) for kind in ("cost_gradient", "output_error")]
    covers += [("error", (("backpropagated_error", l), ("error", l))) for l in range(L - 1, 0, -1)]
    covers.append(("error", (("input_error", 0),)))
    covers += [("weights", (("weight_gradient", l),)) for l in range(L, 0, -1)]
    covers += [("biases", (("bias_gradient", l),)) for l in range(L, 0, -1) if spec.bias]
    scenes = [scene(spec, covered, *_GROUPS[group]) for group, covered in covers]
    return scenes + [by_gradient(one, L) for one in update_scenes(trace, *_GROUPS["update"])]


def tell(scene: Scene, view: View) -> Telling:
    """The words, equations and result of one scene."""
    if motion_told.tells(scene, view):
        told = motion_told.tell(scene, view, MOTION)
    else:
        told = _TELL[scene.kind](view, scene.layer)
    return replace(told, panels=panels.offered(scene, view))


JOHNSTON = Textbook(
    name="johnston",
    title="How I think about the neural network backpropagation algorithm",
    author="Johnston",
    source="C. Johnston, How I think about the neural network backpropagation algorithm, 2020",
    script=script,
    tell=tell,
    symbol_text=symbol_text,
    entry=entry,
    panels=panels.TELL,
    parts=PARTS,
    stage=stage,
    offset=1,
    symbols=SYMBOLS,
    equations=EQUATIONS,
    errata=tuple(ERRATA.values()),
)
