"""Costs told: the right-hand sides of every cost and of its gradient, for one example, in the letters of any lens.

The logarithmic costs are written with logarithms where these exist, else in the form that is computed. What stands
left of the equals sign, and the ½ or mean around it, is the lens's own.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from backprop_core.textbooks import sums
from backprop_core.textbooks.numbers import significant
from backprop_core.textbooks.pieces import Number, Piece
from backprop_core.textbooks.view import View

SENTENCES = {
    "quadratic": "Half the squared distance between what the network gave and what was wanted.",
    "squared_error": "The squared distance between what the network gave and what was wanted.",
    "binary_cross_entropy": "Minus the logarithm of the probability given to what was wanted, added over the outputs.",
    "cross_entropy": "Minus the logarithm of the share that the network gave to what was wanted.",
    "output": "There is no cost here: the network’s own output is what gets differentiated.",
}
"""What a cost is, in one sentence."""

_SHARED_TARGET = "Minus the logarithm of every share the network gave, each weighted by how much of it was wanted."
_SQUARES = ("quadratic", "squared_error")


@dataclass(frozen=True, slots=True)
class CostLetters:
    """How a text writes one component of the output and its target: each takes the name of the index, such as “j”.

    ``log`` is its logarithm. With ``differences`` a square is written with the difference itself, (−0.302)², else with
    both its parts, (1 − 0.698)².
    """

    a: Callable[[str], str]
    z: Callable[[str], str]
    y: Callable[[str], str]
    log: str = r"\ln"
    differences: bool = False


def sentence(view: View, l: int) -> str:
    """What the cost of this network is; a target spread over several classes has words of its own."""
    wanted = sorted(view.array("target", l)) if view.spec.cost == "cross_entropy" else []
    return _SHARED_TARGET if any(wanted[:-1]) else SENTENCES[view.spec.cost]


def cost_symbols(view: View, l: int, letters: CostLetters) -> tuple[Piece, ...]:
    """The cost of one example as a sum over the outputs; ``l`` is the output layer."""
    cost, a, y, z, log = view.spec.cost, letters.a("j"), letters.y("j"), letters.z("j"), letters.log
    if cost == "output":
        return (letters.a("1"),)
    if cost in _SQUARES:
        return (rf"{_half(view)}\sum_j({y}-{a})^2",)
    exist = logarithms_exist(view, l)
    if cost == "binary_cross_entropy":
        if not exist:
            return (rf"\sum_j\left[{log}(1+e^{{{z}}})-{y}{z}\right]",)
        return (rf"-\sum_j\left[{y}{log} {a}+(1-{y}){log}(1-{a})\right]",)
    if not exist:
        return (rf"\sum_j {y}\Big({log}\sum_k e^{{{letters.z('k')}}}-{z}\Big)",)
    return (rf"-\sum_j {y}{log} {a}",)


def cost_numbers(view: View, l: int, letters: CostLetters) -> tuple[Piece, ...]:
    """The same with the numbers of the stepped example; nothing where there are no logarithms to write."""
    cost, shown = view.spec.cost, list(range(view.spec.sizes[l]))
    if cost == "output":
        return (view.number("activation", l, 0),)
    if cost in _SQUARES:
        squares = _squares(view, l, shown, letters)
        bare = letters.differences and cost == "squared_error"
        return tuple(squares) if bare else (_half(view), r"\left[", *squares, r"\right]")
    return ("-", *_logarithms(view, l, shown, letters)) if logarithms_exist(view, l) else ()


def _half(view: View) -> str:
    return r"\tfrac12" if view.spec.cost == "quadratic" else ""


def _squares(view: View, l: int, shown: list[int], letters: CostLetters) -> list[Piece]:
    difference = view.array("activation", l) - view.array("target", l)
    if len(shown) > sums.SHOWN:
        largest = sorted(sorted(shown, key=lambda j: -abs(difference[j]))[: sums.LARGEST])
        rest = float(sum(difference[j] ** 2 for j in shown if j not in largest))
        few = rf"}}_{{{len(shown) - len(largest)}\text{{ smaller}}}}"
        return [*_squares(view, l, largest, letters), "+", r"\underbrace{", Number(rest), few]
    pieces: list[Piece] = []
    for position, j in enumerate(shown):
        pieces += ["+"] if position else []
        if letters.differences:
            pieces += [*_raised(float(difference[j])), "^2"]
        else:
            pieces += ["(", view.number("target", l, j), "-", view.number("activation", l, j, paren=True), ")^2"]
    return pieces


def _raised(value: float) -> list[Piece]:
    # A power of ten carries an exponent already, and TeX refuses a second one without parentheses.
    is_power = math.isfinite(value) and significant(value)[1] is not None
    return ["(", Number(value), ")"] if is_power else [Number(value, paren=True)]


def logarithms_exist(view: View, l: int) -> bool:
    """Whether the cost written with logarithms gives what was computed: not where an output is too near 0 or 1."""
    both = view.spec.cost == "binary_cross_entropy"
    a, y = view.array("activation", l), view.array("target", l)
    first = all(value > 0 for value, wanted in zip(a, y, strict=True) if wanted != 0)
    second = not both or all(value < 1 for value, wanted in zip(a, y, strict=True) if wanted != 1)
    if not (first and second):
        return False
    shown = not both or all(significant(float(value))[0] not in ("0", "1") for value in a)
    cost = float(view.trace.costs[view.example])
    return shown and abs(_in_logarithms(view, l, both=both) - cost) <= view.tolerance * max(1.0, abs(cost))


def _in_logarithms(view: View, l: int, *, both: bool) -> float:
    total = 0.0
    for a, y in zip(view.array("activation", l), view.array("target", l), strict=True):
        total -= float(y) * math.log(a) if y != 0 else 0.0
        total -= (1.0 - float(y)) * math.log(1.0 - float(a)) if both and y != 1 else 0.0
    return total


def _logarithms(view: View, l: int, shown: list[int], letters: CostLetters) -> list[Piece]:
    terms: list[list[Piece]] = []
    for j in shown:
        y, a = view.number("target", l, j, paren=True), view.number("activation", l, j)
        if y.value != 0:
            terms.append([y, rf"{letters.log}(", a, ")"])
        if view.spec.cost == "binary_cross_entropy" and y.value != 1:
            terms.append(["(1-", y, rf"){letters.log}(1-", a, ")"])
    pieces: list[Piece] = [r"\left["]
    for position, term in enumerate(terms):
        pieces += (["+"] if position else []) + term
    return [*(pieces if terms else [*pieces, "0"]), r"\right]"]


def gradient_symbols(view: View, a: Piece, y: Piece) -> tuple[Piece, ...]:
    """∂C_x/∂a with ``a`` and ``y`` as the lens writes these vectors; quotients are element by element."""
    cost = view.spec.cost
    if cost == "output":
        return ("1",)
    if cost == "quadratic":
        return (a, "-", y)
    if cost == "squared_error":
        return ("2(", a, "-", y, ")")
    lost: tuple[Piece, ...] = (r"-\frac{", y, "}{", a, "}")
    return (r"\frac{1-", y, "}{1-", a, "}", *lost) if cost == "binary_cross_entropy" else lost


def quotients(view: View, l: int, j: int) -> list[Piece]:
    """Component j of the gradient of a logarithmic cost with numbers, as quotients."""
    # A quotient whose numerator is 0 is left out: where a target is met exactly it would read 0/0.
    y, a = view.number("target", l, j, paren=True), view.number("activation", l, j)
    pieces: list[Piece] = []
    if view.spec.cost == "binary_cross_entropy" and y.value != 1:
        # Where a would be shown as 1, its distance from 1 is shown instead of 1 − 1.
        near = significant(a.value)[0] == "1"
        pieces += [r"\tfrac{1-", y, "}{", *((Number(1.0 - a.value),) if near else ("1-", a)), "}"]
    if y.value != 0:
        pieces += [r"-\tfrac{", y, "}{", a, "}"]
    return pieces or ["0"]
