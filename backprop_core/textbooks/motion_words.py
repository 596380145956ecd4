"""What is said of the steps of an optimizer: one sentence of what it does, and which numbers the rule was given.

The words are alike in every text, since none of the four has these steps.
"""

from backprop_core.optimizer_spec import OptimizerSpec
from backprop_core.optimizers import OPTIMIZERS
from backprop_core.textbooks.motion import REGULARIZATION, STATE_KINDS, parameter_of
from backprop_core.textbooks.motion_letters import SIGNS, TITLES
from backprop_core.textbooks.motion_written import constants_of, decay_of
from backprop_core.textbooks.numbers import plain
from backprop_core.textbooks.view import View


def sentence(view: View, kind: str) -> str:
    """What a step does."""
    optimizer = view.trace.memory.optimizer
    if kind == REGULARIZATION:
        return _added(optimizer)
    if kind in STATE_KINDS:
        return _remembered(optimizer, kind.rpartition("_")[2])
    said = _moved(view, parameter_of(kind))
    frozen = view.trace.freeze_biases and view.spec.bias
    return said + (" The biases are frozen: only the weights move." if frozen else "")


def note(optimizer: OptimizerSpec, kind: str) -> str:
    """The numbers of the rule, under the letters of the equation."""
    words = ", ".join(f"{SIGNS[name]} = {plain(getattr(optimizer, name))}" for name in constants_of(optimizer, kind))
    if kind != REGULARIZATION:
        return f"{words}." if words else ""
    return f"{words}. It is the gradient of the cost with a price on the weights; the cost shown is C without it."


def moved_by(optimizer: OptimizerSpec) -> str:
    """The rule and every number of it, in one sentence."""
    prices = tuple(name for name in ("l1", "l2") if getattr(optimizer, name) > 0.0)
    names = (*OPTIMIZERS[optimizer.name].numbers, *prices)
    words = ", ".join(f"{SIGNS[name]} = {plain(getattr(optimizer, name))}" for name in names)
    return f"Optimizer: {TITLES[optimizer.name]}" + (f", with {words}." if words else ".")


def _added(optimizer: OptimizerSpec) -> str:
    if optimizer.l1 == 0.0:
        return "A share of each weight is added to its gradient, so that weights which are not needed shrink."
    if optimizer.l2 == 0.0:
        return "The sign of each weight is added to its gradient, so that weights which are not needed go to 0."
    return "A share of each weight and its sign are added to its gradient, so that weights which are not needed shrink."


def _remembered(optimizer: OptimizerSpec, state: str) -> str:
    if state == "velocity":
        return (
            f"The velocity of the updates before fades to {plain(optimizer.momentum)} of itself,"
            " and the new gradient is added."
        )
    beta = getattr(optimizer, decay_of(optimizer, state))
    kept, new = plain(beta), plain(1.0 - beta)
    if state == "moment":
        return f"A mean of all gradients so far that forgets: {kept} of what it was, {new} of the new gradient."
    return f"The same for squares, which says how large a gradient usually is: {kept} of what it was, {new} of the new."


def _moved(view: View, parameter: str) -> str:
    optimizer, what = view.trace.memory.optimizer, parameter
    if optimizer.counts:
        said = (
            f"The {what} move by their mean gradient over its usual size, both corrected for having begun at 0:"
            f" this is update {int(view.trace.memory['update_number', view.spec.depth])}."
        )
        shrink = " Then each weight shrinks by a share of itself."
        return said + (shrink if optimizer.name == "adamw" and parameter == "weights" else "")
    return {
        "gradient_descent": f"The {what} move against this gradient, by the learning rate.",
        "momentum": f"The {what} move with their velocity, not with the gradient of this batch alone.",
        "nesterov": f"The {what} move by the gradient and, ahead of time, by what their velocity keeps of it.",
        "rmsprop": f"Each gradient is divided by its own usual size, so all {what} move at about the same pace.",
    }[optimizer.name]
