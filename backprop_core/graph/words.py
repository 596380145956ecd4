"""What is said of an operation, forward and backward, and what each textbook calls the two factors of the chain rule.

The sentences are the same in every textbook; it lends them its words for a derivative of the output and a local one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backprop_core.graph.operations import OPERATIONS
from backprop_core.graph.structure import Node
from backprop_core.laboratory.push import Push
from backprop_core.textbooks.numbers import plain, superscript


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one textbook: ∂f/∂v with its number, and ∂v/∂u as the title of its line."""

    upstream: str
    local: str


LENSES = {
    "nielsen": Words("the rate {d} = {n}", "How fast {v} changes with {u}"),
    "johnston": Words("the derivative {d} = {n}", "The derivative of {v} by {u}"),
    "catching-ai": Words("the gradient {d} = {n} that has come back to {v}", "The local gradient of {v} by {u}"),
    "sun": Words("the gradient of {v} ({n})", "The local derivative of {v} by {u}"),
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
    "subtract": "A difference turns the sign for its second part",
    "multiply": "A product hands on its gradient times the other factor",
    "identity": "A second name hands its gradient on",
    "max": "A maximum hands its gradient to the largest",
    "min": "A minimum hands its gradient to the smallest",
}
"""Titles of steps backward; of the others it is “Back through the sigmoid”."""

FORMULAS = {
    "add": "{0} + {1}",
    "subtract": "{0} − {1}",
    "multiply": "{0} · {1}",
    "divide": "{0} / {1}",
    "power": "{0}^{1}",
    "negate": "−{0}",
    "identity": "{0}",
}
"""Operations in plain text; the others are called by their names."""

LISTED = 12
"""The most names that a sentence lists."""

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


def formula(node: Node, names: Sequence[str]) -> str:
    """What ``node`` makes of operands called ``names``, in plain text: x + y."""
    if node.operation not in FORMULAS:
        shown = names if len(names) <= LISTED else [*names[: LISTED - 1], "…", names[-1]]
        return f"{node.operation}({', '.join(shown)})"
    is_power = node.operation == "power"
    closed = [
        f"({one})" if "·" in one or (one.startswith("−") and (k or is_power)) else one for k, one in enumerate(names)
    ]
    if is_power and re.fullmatch(r"−?\d+", names[1]):
        return f"{closed[0]}{superscript(int(names[1].replace('−', '-')))}"
    return FORMULAS[node.operation].format(*closed)


def said_pace(what: str, slopes: Sequence[tuple[str, str, float]]) -> str:
    """How fast ``what`` moves with numbers, each a name, a place and a slope: “f falls 4 times as fast as q grows”."""
    clauses: list[str] = []
    before = ""
    alike: dict[str, list[tuple[str, str, float]]] = {}
    for one in slopes:
        alike.setdefault(plain(one[2]), []).append(one)
    for slope, members in alike.items():
        every = list(dict.fromkeys(name for name, *_ in members))
        is_all = len(every) == 1 and len(members) > 1
        names = [f"{every[0]} at each of its places"] if is_all else [f"{name}{place}" for name, place, _ in members]
        sign, size = slope.startswith("−"), slope.lstrip("−")
        if size == "0":
            verb, rest = "does not move", f"with {listed(names, 'or')}"
        else:
            verb, rest = "falls" if sign else "grows", "as fast" if size == "1" else f"{size} times as fast"
            grow = (" grows" if len(names) == 1 else " grow") if sign else ""
            rest += f" as {listed(names, 'and as')}{grow}"
        clauses.append(rest if verb == before else f"{verb} {rest}")
        before = verb
    return f"{what} {', and '.join([', '.join(clauses[:-1]), clauses[-1]]) if len(clauses) > 1 else clauses[0]}"


def said_backward(
    node: Node, places: Sequence[int], names: Sequence[str], symbol: str, values: Sequence[np.float64], upstream: str
) -> str:
    """Who receives what of ``upstream``, the gradient of ``node``; those that receive alike are named together."""
    alike: dict[str, list[str]] = {}
    for place in places:
        alike.setdefault(_received(node, place, names, symbol, values), []).append(names[place])
    parts: list[str] = []
    for clause, who in alike.items():
        every = list(dict.fromkeys(who))
        twice = " at each of its places" if len(every) < len(who) else ""
        received = clause if parts else re.sub(r"\bit\b", upstream, clause, count=1)
        parts.append(f"{listed(every)} {'receives' if len(every) == 1 else 'receive'} {received}{twice}")
    return ", and ".join(parts)


def _received(node: Node, place: int, names: Sequence[str], symbol: str, values: Sequence[np.float64]) -> str:
    kind = node.operation
    if kind == "power" and OPERATIONS[kind].slope_tex(values, place) == "0":
        return "nothing of it"
    if kind in RECEIVED:
        return RECEIVED[kind][place].format(*names, v=symbol)
    if kind == "relu":
        return f"all of it, since {names[0]} is positive" if values[0] > 0 else "nothing of it"
    if kind == "abs":
        signs = {1: "it unchanged", -1: "it with its sign turned", 0: "nothing of it"}
        return signs[int(np.sign(values[0]))]
    slope = OPERATIONS[kind].slope(values, np.float64(max(values) if kind == "max" else min(values)), place)
    return "nothing of it" if slope == 0 else "all of it" if slope == 1 else "an equal share of it"


def listed(names: Sequence[str], last: str = "and") -> str:
    """“x”, “x and y”, “x, y and z”; of very many the first, and how many more."""
    if len(names) > LISTED:
        names = [*names[: LISTED - 1], f"{len(names) - LISTED + 1} more"]
    return f" {last} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def said_push(name: str, moved: tuple[float, float], derivative: float, f: str, push: Push) -> str:
    """What was promised of pushing ``name``, and what happened to ``f``."""
    before, after = map(plain, moved)
    start = f"{name} goes from {before} to {after}."
    if push.predicted is None or push.actual is None or push.gap is None:
        return f"{start} With that {f} is no longer finite."
    factor = f"({plain(push.change)})" if push.change < 0 else plain(push.change)
    promise = f"Its gradient promises a change of {f} of {plain(derivative)} · {factor} = {plain(push.predicted)}"
    corner = " A corner lies on the way, where the promise need not hold." if push.kinks else ""
    if push.round_off:
        return f"{start} {promise}, and that is what happens.{corner}"
    happened = f"{f} really changes by {plain(push.actual)}, so the promise is {plain(abs(push.gap))} off"
    bends = "." if push.kinks else f": {f} bends on the way."
    return f"{start} {promise}; {happened}{bends}{corner}"


_POWERS_OF_ZERO = {
    -1: "a negative power of 0 divides by 0",
    0: "0 to the power 0 is 1, but 0 as soon as the exponent grows",
    1: "this power rises without bound at 0",
}
"""Sign of the exponent → what is the matter with the power, or with its derivative."""


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
        return _POWERS_OF_ZERO[int(np.sign(values[1]))]
    return "it is beyond the largest number, about 1.8·10³⁰⁸"
