"""The kinds of step by which an optimizer moves parameters: their order, what each reads and writes.

Gradient descent has the update alone; other rules remember something before it, and l1 and l2 add to a gradient.
"""

from backprop_core.memory import STATE_OF, UPDATED, Quantity
from backprop_core.optimizer_spec import OptimizerSpec

REGULARIZATION = "weight_regularization"
STATE_KINDS = tuple(f"{of}_{state}" for state in ("velocity", "moment", "square") for of in STATE_OF.values())
UPDATE_KINDS = tuple(f"{of}_update" for of in STATE_OF.values())
MOTION_KINDS = (REGULARIZATION, *STATE_KINDS, *UPDATE_KINDS)
"""Every kind of the update phase, in the order in which one layer meets them."""

_PARAMETERS = {of: parameter for parameter, of in STATE_OF.items()}


def parameter_of(name: str) -> str:
    """“weights” or “biases”: what a kind moves, or what a quantity of the motion belongs to."""
    words = name.removeprefix("updated_").removeprefix("regularized_")
    return _PARAMETERS.get(words.partition("_")[0], words)


def kinds_of(optimizer: OptimizerSpec, parameter: str) -> tuple[str, ...]:
    """The kinds by which ``optimizer`` moves ``parameter`` of one layer, in order."""
    of = STATE_OF[parameter]
    added = (REGULARIZATION,) if parameter == "weights" and optimizer.regularizes else ()
    return (*added, *(f"{of}_{state}" for state in optimizer.states), f"{of}_update")


def is_plain(optimizer: OptimizerSpec, kind: str) -> bool:
    """Whether ``kind`` is the step of plain gradient descent, which every text with updates tells in its own way."""
    regularized = optimizer.regularizes and kind == "weight_update"
    return kind in UPDATE_KINDS and optimizer.name == "gradient_descent" and not regularized


def gradient_name(optimizer: OptimizerSpec, parameter: str) -> str:
    """The gradient that ``optimizer`` works with: for weights with what l1 and l2 add to it."""
    if parameter == "weights" and optimizer.regularizes:
        return "regularized_weight_gradient"
    return f"{STATE_OF[parameter]}_gradient"


def written(kind: str) -> str:
    """The quantity that ``kind`` writes."""
    if kind == REGULARIZATION:
        return "regularized_weight_gradient"
    return UPDATED[parameter_of(kind)] if kind in UPDATE_KINDS else f"updated_{kind}"


def read(optimizer: OptimizerSpec, kind: str, l: int, L: int) -> tuple[Quantity, ...]:
    """What ``kind`` of layer ``l`` is written with, in reading order; ``L`` is the last layer."""
    parameter = parameter_of(kind)
    of, gradient = STATE_OF[parameter], gradient_name(optimizer, parameter)
    if kind == REGULARIZATION:
        return Quantity("weight_gradient", l), Quantity("weights", l)
    if kind in STATE_KINDS:
        return Quantity(kind, l), Quantity(gradient, l)
    states = [f"updated_{of}_{state}" for state in optimizer.states]
    if optimizer.name in ("gradient_descent", "nesterov", "rmsprop"):
        states.insert(0, gradient)
    return (Quantity(parameter, l), Quantity("learning_rate", L), *(Quantity(name, l) for name in states))
