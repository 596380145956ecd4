"""The lens of Sun's text: no biases, a linear read-out α, the gradient of the output itself, two steps a layer.

Its layers count from 0 as ours do; where the cost is the output, our last layer is its α, else C stands for ŷ.
"""

from collections.abc import Callable
from dataclasses import replace

from backprop_core.memory import Quantity
from backprop_core.network import NetworkSpec
from backprop_core.textbooks.scenes import Scene, Telling, Textbook, forward_kinds, scene
from backprop_core.textbooks.sun import backward, forward, gradient, output, panels
from backprop_core.textbooks.sun.equations import EQUATIONS, ERRATA
from backprop_core.textbooks.sun.notation import SYMBOLS, entry, stage, symbol_text
from backprop_core.textbooks.sun.parts import PARTS
from backprop_core.textbooks.view import View
from backprop_core.trace import Trace

_TELL: dict[str, Callable[[View, int], Telling]] = {
    "input": forward.tell_input,
    "weighted_input": forward.tell_weighted_input,
    "activation": forward.tell_activation,
    "cost": output.tell_cost,
    "cost_gradient": output.tell_cost_gradient,
    "output_error": output.tell_output_error,
    "error": backward.tell_error,
    "backpropagated_error": backward.tell_backpropagated_error,
    "input_error": backward.tell_backpropagated_error,
    "weight_gradient": gradient.tell_weight_gradient,
    "bias_gradient": gradient.tell_bias_gradient,
}

_FORWARD = ("Forward pass", "Forward")
_BASE = ("Base case", "Base")


def script(trace: Trace) -> list[Scene]:
    """The scenes of ``trace`` in the order of the procedure: for t = T, …, 1 ∂ŷ/∂u, ∂ŷ/∂z and ∂ŷ/∂W. No update."""
    spec, L = trace.spec, trace.spec.depth
    reads_out = spec.cost == "output"
    scenes = [scene(spec, (one,), *_FORWARD) for one in forward_kinds(spec, L - 1 if reads_out else L)]
    scenes += _read_out(spec) if reads_out else _behind_a_cost(spec)
    for l in range(L - 1 if reads_out else L, 0, -1):
        group = (f"Induction step, t = {l}", f"t = {l}")
        first = [(("error", l),)] if l < L else []
        below = ("backpropagated_error", l - 1) if l > 1 else ("input_error", 0)
        covers = [*first, (below,), (("weight_gradient", l),), *([(("bias_gradient", l),)] if spec.bias else [])]
        scenes += [scene(spec, one, *group) for one in covers]
    return scenes


def _read_out(spec: NetworkSpec) -> list[Scene]:
    """ŷ and the base case, each three of our kinds at once; all that is read there is α and the layer below."""
    L = spec.depth
    below = ("backpropagated_error", L - 1) if L > 1 else ("input_error", 0)
    forward = scene(spec, (("weighted_input", L), ("activation", L), ("cost", L)), *_FORWARD)
    base = scene(spec, (("cost_gradient", L), ("output_error", L), below), *_BASE)
    alpha, values = Quantity("weights", L), tuple(Quantity("activation", source) for source in spec.sources(L))
    slope = [Quantity("activation_slope", 0)] if L == 1 and spec.input_activation != "identity" else []
    base = replace(base, operands=tuple(map(str, [alpha, *slope])), reads=(alpha,))
    by_alpha = scene(spec, (("weight_gradient", L),), *_BASE)
    by_alpha = replace(by_alpha, operands=tuple(map(str, values)), reads=values)
    return [forward, base, by_alpha, *([scene(spec, (("bias_gradient", L),), *_BASE)] if spec.bias else [])]


def _behind_a_cost(spec: NetworkSpec) -> list[Scene]:
    """The cost and its gradient, and the error of the last layer, with which the induction starts."""
    L = spec.depth
    cost = scene(spec, (("cost", L),), "Cost")
    return [
        cost,
        scene(spec, (("cost_gradient", L),), *_BASE),
        scene(spec, (("output_error", L),), f"Induction step, t = {L}", f"t = {L}"),
    ]


def tell(scene: Scene, view: View) -> Telling:
    """The words, equations and result of one scene."""
    return replace(_told(scene, view), panels=panels.offered(scene, view))


def _told(scene: Scene, view: View) -> Telling:
    kinds = [kind for kind, _ in scene.covers]
    if kinds == ["weighted_input", "activation", "cost"]:
        return forward.tell_read_out(view, scene.layer)
    if "cost_gradient" in kinds and len(kinds) > 1:
        usual = view.next_reads(scene.layer)
        return (backward.tell_base_case if usual else backward.tell_backpropagated_error)(view, scene.layer)
    return _TELL[scene.kind](view, scene.layer)


SUN = Textbook(
    name="sun",
    title="The Backpropagation Algorithm",
    author="Sun",
    source="W. Sun, The Backpropagation Algorithm",
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
)
