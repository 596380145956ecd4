"""The equations of an optimizer, each written once: as symbols, as numbers or as matrices, of whole arrays or entries.

A ``Writing`` says how a quantity and a constant are written; what stands between them is the equation itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from backprop_core.memory import STATE_OF
from backprop_core.optimizer_spec import OptimizerSpec
from backprop_core.textbooks.motion import REGULARIZATION, UPDATE_KINDS, gradient_name, parameter_of

T = TypeVar("T")
"""What is written beside plain TeX: a symbol, a number, or a matrix at its shape."""


@dataclass(frozen=True, slots=True)
class Writing(Generic[T]):
    """``of(name)`` writes a quantity, ``constant(name)`` a number of the optimizer or the learning rate.

    ``hat(state)`` writes a mean corrected for having begun at 0; ``times`` stands behind a constant, ``by`` between
    two things of one shape that are multiplied entry by entry; ``quotient(a, b, epsilon)`` is a/(√b + ε).
    """

    of: Callable[[str], tuple[T | str, ...]]
    constant: Callable[[str], T | str]
    hat: Callable[[str], tuple[T | str, ...]]
    times: str
    by: str
    quotient: Callable[[tuple[T | str, ...], tuple[T | str, ...], T | str], tuple[T | str, ...]] = lambda a, b, e: (
        r"\frac{",
        *a,
        r"}{\sqrt{",
        *b,
        "}+",
        e,
        "}",
    )


def right_side(optimizer: OptimizerSpec, kind: str, one: Writing[T]) -> tuple[T | str, ...]:
    """What a step of ``kind`` computes."""
    parameter = parameter_of(kind)
    g = one.of(gradient_name(optimizer, parameter))
    if kind == REGULARIZATION:
        return _regularized(optimizer, one)
    if kind in UPDATE_KINDS:
        return _update(optimizer, parameter, g, one)
    old, state = one.of(kind), kind.rpartition("_")[2]
    if state == "velocity":
        return (one.constant("momentum"), one.times, *old, "+", *g)
    beta = one.constant(decay_of(optimizer, state))
    new = g if state == "moment" else (*g, one.by, *g)
    return (beta, one.times, *old, "+(1-", beta, ")", one.times, *new)


def decay_of(optimizer: OptimizerSpec, state: str) -> str:
    """The number by which a mean forgets."""
    if state == "moment":
        return "first_decay"
    return "second_decay" if optimizer.counts else "square_decay"


def constants_of(optimizer: OptimizerSpec, kind: str) -> tuple[str, ...]:
    """The numbers of the optimizer that a step of ``kind`` is written with."""
    if kind == REGULARIZATION:
        return tuple(name for name in ("l2", "l1") if getattr(optimizer, name) > 0.0)
    state = kind.rpartition("_")[2]
    if kind not in UPDATE_KINDS:
        return ("momentum",) if state == "velocity" else (decay_of(optimizer, state),)
    means = ("first_decay", "second_decay", "epsilon")
    return {
        "nesterov": ("momentum",),
        "rmsprop": ("epsilon",),
        "adam": means,
        "adamw": (*means, "weight_decay") if kind == "weight_update" else means,
    }.get(optimizer.name, ())


def _regularized(optimizer: OptimizerSpec, one: Writing[T]) -> tuple[T | str, ...]:
    """∂C/∂W + ℓ₂ W + ℓ₁ sign W, without what is 0."""
    w = one.of("weights")
    pieces = one.of("weight_gradient")
    if optimizer.l2 > 0.0:
        pieces = (*pieces, "+", one.constant("l2"), one.times, *w)
    if optimizer.l1 > 0.0:
        pieces = (*pieces, "+", one.constant("l1"), one.times, r"\operatorname{sign}\left(", *w, r"\right)")
    return pieces


def _update(optimizer: OptimizerSpec, parameter: str, g: tuple[T | str, ...], one: Writing[T]) -> tuple[T | str, ...]:
    eta, old, of = one.constant("learning_rate"), one.of(parameter), STATE_OF[parameter]
    start = (*old, "-", eta, one.times)
    if optimizer.name == "gradient_descent":
        return (*start, *g)
    if optimizer.name == "momentum":
        return (*start, *one.of(f"updated_{of}_velocity"))
    if optimizer.name == "nesterov":
        ahead = (one.constant("momentum"), one.times, *one.of(f"updated_{of}_velocity"))
        return (*start, r"\left(", *g, "+", *ahead, r"\right)")
    if optimizer.name == "rmsprop":
        return (*start, *one.quotient(g, one.of(f"updated_{of}_square"), one.constant("epsilon")))
    step = (*start, *one.quotient(one.hat("moment"), one.hat("square"), one.constant("epsilon")))
    if optimizer.name == "adamw" and parameter == "weights":
        return (*step, "-", eta, one.times, one.constant("weight_decay"), one.times, *old)
    return step
