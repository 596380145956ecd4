"""What is said of an operation, forward and backward, and what each textbook calls the two factors of the chain rule.

The sentences are the same in every textbook; it lends them its words for a derivative of the output and a local one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from backprop_core.graph.operations import OPERATIONS
from backprop_core.graph.structure import Node


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one textbook: ∂f/∂v at the start of a sentence, and ∂v/∂u as the title of its line."""

    upstream: str
    local: str


LENSES = {
    "nielsen": Words("The rate {d}, at which {f} changes with {v},", "How fast {v} changes with {u}"),
    "johnston": Words("The derivative {d} of {f} by {v}", "The derivative of {v} by {u}"),
    "catching-ai": Words("The gradient {d} that has come back to {v}", "The local gradient of {v} by {u}"),
    "sun": Words("The gradient {d} of {f} with respect to {v}", "The local derivative of {v} by {u}"),
}

THINGS = {
    "add": "the sum",
    "subtract": "the difference",
    "multiply": "the product",
    "divide": "the quotient",
    "power": "the power",
    "negate": "the change of sign",
    "identity": "the second name",
    "exp": "the exponential",
    "log": "the logarithm",
    "sqrt": "the square root",
    "sin": "the sine",
    "cos": "the cosine",
    "tanh": "the hyperbolic tangent",
    "sigmoid": "the sigmoid",
    "relu": "ReLU",
    "softplus": "softplus",
    "abs": "the absolute value",
    "max": "the maximum",
    "min": "the minimum",
}

FORWARD = {
    "add": "{v} adds {0} and {1}.",
    "subtract": "{v} is {0} less {1}.",
    "multiply": "{v} multiplies {0} by {1}.",
    "divide": "{v} divides {0} by {1}.",
    "power": "{v} raises {0} to the power {1}.",
    "negate": "{v} turns the sign of {0}.",
    "identity": "{v} is another name for {0}.",
    "exp": "{v} is e to the power {0}.",
    "log": "{v} is the natural logarithm of {0}.",
    "sqrt": "{v} is the square root of {0}.",
    "sin": "{v} is the sine of {0}.",
    "cos": "{v} is the cosine of {0}.",
    "tanh": "The hyperbolic tangent squeezes {0} into a value between −1 and 1.",
    "sigmoid": "The sigmoid squeezes {0} into a value between 0 and 1.",
    "relu": "ReLU keeps {0} if it is positive, and gives 0 if it is not.",
    "softplus": "Softplus bends {0} smoothly up from 0.",
    "abs": "{v} is {0} without its sign.",
    "max": "{v} is the largest of {all}.",
    "min": "{v} is the smallest of {all}.",
}

TITLES = {
    "add": "A sum hands its gradient on",
    "subtract": "A difference turns the sign of what its second part gets",
    "multiply": "A product hands each factor its gradient times the other factor",
    "identity": "A second name hands its gradient on",
    "max": "A maximum hands its gradient to the largest",
    "min": "A minimum hands its gradient to the smallest",
}
"""Titles of steps backward; of the others it is “Back through the sigmoid”."""

RECEIVED = {
    "add": ("it unchanged", "it unchanged"),
    "subtract": ("it unchanged", "it with its sign turned"),
    "multiply": ("it times {1}", "it times {0}"),
    "divide": ("it divided by {1}", "it times −{0}/{1}²"),
    "power": ("it times {1} · {0}^({1} − 1)", "it times {v} · ln {0}"),
    "negate": ("it with its sign turned",),
    "identity": ("it unchanged",),
    "exp": ("it times {v} itself",),
    "log": ("it divided by {0}",),
    "sqrt": ("it divided by twice {v}",),
    "sin": ("it times the cosine of {0}",),
    "cos": ("it times the negative sine of {0}",),
    "tanh": ("it times 1 − {v}²",),
    "sigmoid": ("it times {v} · (1 − {v})",),
    "softplus": ("it times the sigmoid of {0}",),
}
"""What each operand receives of the gradient that comes back to {v}."""


def title(operation: str) -> str:
    """The title of the step in which ``operation`` hands its gradient on."""
    return TITLES.get(operation, f"Back through {THINGS[operation]}")


def said_forward(node: Node, names: Sequence[str], symbol: str) -> str:
    """What ``node`` makes of operands called ``names``."""
    return FORWARD[node.operation].format(*names, v=symbol, all=listed(names))


def said_backward(
    node: Node, places: Sequence[int], names: Sequence[str], symbol: str, values: Sequence[np.float64]
) -> str:
    """Who receives what of the gradient of ``node``; those that receive alike are named together."""
    clauses = [(names[place], _received(node, place, names, symbol, values)) for place in places]
    parts = []
    for clause, group in groupby(clauses, lambda one: one[1]):
        who = [name for name, _ in group]
        every = list(dict.fromkeys(who))
        twice = " at each of its places" if len(every) < len(who) else ""
        parts.append(f"{listed(every)} {'receives' if len(every) == 1 else 'receive'} {clause}{twice}")
    return ", and ".join(parts)


def _received(node: Node, place: int, names: Sequence[str], symbol: str, values: Sequence[np.float64]) -> str:
    kind = node.operation
    if kind in RECEIVED:
        return RECEIVED[kind][place].format(*names, v=symbol)
    if kind == "relu":
        return f"all of it, since {names[0]} is positive" if values[0] > 0 else "nothing of it"
    if kind == "abs":
        signs = {1: "it unchanged", -1: "it with its sign turned", 0: "nothing of it"}
        return signs[int(np.sign(values[0]))]
    slope = OPERATIONS[kind].slope(values, np.float64(max(values) if kind == "max" else min(values)), place)
    return "nothing of it" if slope == 0 else "all of it" if slope == 1 else "an equal share of it"


def listed(names: Sequence[str]) -> str:
    """“x”, “x and y”, “x, y and z”."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def why_not_finite(operation: str, values: Sequence[np.float64]) -> str:
    """What an operation ran into; its operands are ``values``."""
    first = values[0]
    if operation == "divide" and values[1] == 0:
        return "it divides by 0"
    if operation == "log" and first <= 0:
        return "there is no logarithm of 0 or of a negative number"
    if operation == "sqrt" and first <= 0:
        return "the root of 0 rises without bound there" if first == 0 else "a negative number has no real root"
    if operation == "power" and first < 0:
        return "a negative number has a real power, and a derivative, only where the exponent is a whole constant"
    if operation == "power" and first == 0:
        return "the power of 0 is without bound there"
    return "it is beyond the largest number, about 1.8·10³⁰⁸"
