"""Classic mistakes: the program of an update with one equation written wrongly, or put in the wrong place.

Each is a rewrite of the right program over the same memory, so that whatever can be asked of a program can be asked of
a wrong one: run it, step through it, check its gradient, and find the first number it gets wrong.
"""

from dataclasses import dataclass

import numpy as np

from backprop_core.activations import Array
from backprop_core.backprop import Program
from backprop_core.equations import Equation
from backprop_core.laboratory import rewrites


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: what is done, where it shows first, who made it in print, and how the program becomes wrong.

    ``first`` is the kind of the equation that gives the first wrong number; ``update`` the update in which it does;
    ``caught`` says whether a gradient check can find it. ``rewrite`` gives None where the network has no room for it,
    which ``needs`` puts into words.
    """

    name: str
    title: str
    words: str
    first: str
    rewrite: rewrites.Rewrite
    needs: str = ""
    source: str = ""
    update: int = 1
    caught: bool = True


def apply_mistake(program: Program, name: str) -> Program | None:
    """``program`` with the mistake made in it, over the same memory; None where there is no room for it."""
    return MISTAKES[name].rewrite(program)


ROUND_OFF = {"float64": 1e-12, "float32": 4e-6}
"""Relative to one another, how far apart two numbers may be and still be the same one, computed in another order."""


def differs(found: Array, wanted: Array) -> Array:
    """Where two arrays of one precision hold other numbers, not only other round-off."""
    return np.asarray(~np.isclose(found, wanted, rtol=ROUND_OFF[wanted.dtype.name], atol=0.0, equal_nan=True))


def first_wrong(right: Program, wrong: Program) -> Equation | None:
    """The first equation of ``wrong`` whose result is not that of ``right``; both have been run, each on its memory."""
    for equation in wrong.equations:
        if equation.writes not in right.memory:
            continue
        if differs(wrong.memory[equation.writes], right.memory[equation.writes]).any():
            return equation
    return None


_TABLE = (
    Mistake(
        "stale_weights",
        "Weights updated too early",
        "A layer’s weights move before the error is carried back over them: the layer before is blamed through weights"
        " that never made this prediction.",
        "backpropagated_error",
        rewrites.updates_first,
        "a hidden layer that another reads, and a learning rate",
        "the program behind M. Mazur’s printed totals",
    ),
    Mistake(
        "slope_forgotten",
        "σ′ left out",
        "The error is passed back as if the activation were a straight line of slope 1.",
        "error",
        rewrites.changed(rewrites.without_slope, "error", layers=rewrites.has_slope),
        "a hidden layer that is not linear",
    ),
    Mistake(
        "slope_of_activation",
        "σ′ taken of a, not of z",
        "A function that wants z is given a, which has been through σ already.",
        "activation_slope",
        rewrites.changed(rewrites.slope_of_activation, "activation_slope", layers=rewrites.bends),
        "an activation whose slope bends",
    ),
    Mistake(
        "sign_of_error",
        "Sign of δ turned",
        "y − a is written for a − y, and subtracted all the same: every parameter moves uphill.",
        "output_error",
        rewrites.changed(rewrites.times(lambda memory, l: -1.0), "output_error"),
        source="“Catching AI with its pants down”, whose first form of ∂J/∂A has no minus",
    ),
    Mistake(
        "sum_for_mean",
        "1/m left out",
        "The gradients of the examples are added and never divided: the learning rate is m times what it says.",
        "weight_gradient",
        rewrites.changed(
            rewrites.times(lambda memory, l: float(memory.batch_size)),
            "weight_gradient",
            "bias_gradient",
            layers=rewrites.several,
        ),
        "a batch of more than one example",
    ),
    Mistake(
        "gradients_kept",
        "Gradients not set to zero",
        "Every update adds its gradient to those of all updates before it.",
        "weight_gradient",
        rewrites.changed(rewrites.kept, "weight_gradient", "bias_gradient"),
        update=2,
    ),
    Mistake(
        "bias_per_weight",
        "Bias updated once per weight",
        "The step of the bias stands inside the loop over the weights, so it is taken once for every incoming weight.",
        "bias_gradient",
        rewrites.changed(
            rewrites.times(lambda memory, l: float(memory.spec.input_size(l))),
            "bias_gradient",
            layers=lambda memory, l: memory.spec.bias and memory.spec.input_size(l) > 1,
        ),
        "biases, and neurons with more than one input",
        "the program of Backprop Explainer, by D. Bertucci and M. Kahng",
    ),
    Mistake(
        "mask_missing",
        "ReLU mask missing",
        "Errors pass back through neurons that were off, as if each had been on.",
        "error",
        rewrites.changed(rewrites.without_slope, "error", layers=rewrites.last_hidden_relu),
        "a hidden layer of ReLU",
        "Tom Yeh’s “AI by Hand” workbook, sheet Backpropagation",
    ),
    Mistake(
        "slope_again",
        "σ′ multiplied in again",
        "The short form a − y has cancelled the slope; it is multiplied in once more.",
        "output_error",
        rewrites.changed(rewrites.slope_again, "output_error", layers=lambda memory, l: memory.spec.fused),
        "cross-entropy with the output that belongs to it",
    ),
    Mistake(
        "half_forgotten",
        "Cost and derivative of different pairs",
        "The cost has its ½ and the derivative is that of the cost without.",
        "cost_gradient",
        rewrites.changed(
            rewrites.times(lambda memory, l: 2.0),
            "cost_gradient",
            layers=lambda memory, l: memory.spec.cost == "quadratic",
        ),
        "the quadratic cost",
    ),
    Mistake(
        "transposed_weights",
        "Weights not transposed on the way back",
        "W is used where Wᵀ belongs: between layers of one size nothing complains.",
        "backpropagated_error",
        rewrites.changed(
            rewrites.transposed,
            "backpropagated_error",
            layers=rewrites.square_above,
        ),
        "a hidden layer that one of its size reads",
    ),
    Mistake(
        "bias_forgotten",
        "Bias forgotten on the way forward",
        "The bias is learned and never added.",
        "weighted_input",
        rewrites.changed(rewrites.bias(0.0), "weighted_input", layers=rewrites.biased),
        "biases",
    ),
    Mistake(
        "threshold_subtracted",
        "Threshold subtracted",
        "z = Wa − b: a threshold’s sign, with the gradient of a bias.",
        "weighted_input",
        rewrites.changed(rewrites.bias(-1.0), "weighted_input", layers=rewrites.biased),
        "biases",
    ),
    Mistake(
        "ascent",
        "Step uphill",
        "The update adds η times the gradient instead of subtracting it.",
        "weight_update",
        rewrites.changed(rewrites.ascent, "weight_update", "bias_update"),
        "a learning rate",
        caught=False,
    ),
    Mistake(
        "targets_shuffled",
        "Targets shuffled against inputs",
        "The inputs were put in another order and the targets were not: each example learns its neighbour’s answer.",
        "cost",
        rewrites.changed(
            rewrites.shuffled, "cost", layers=lambda memory, l: rewrites.several(memory, l) and memory.spec.has_target
        ),
        "a batch of more than one example",
    ),
)

MISTAKES: dict[str, Mistake] = {mistake.name: mistake for mistake in _TABLE}
"""Name → Mistake, in the order a menu shows them."""
