"""Nielsen's cost and its gradient, for every cost the engine has.

The logarithmic costs are written with logarithms where these exist, else in the form that is computed.
"""

import math

from backprop_core.memory import Quantity
from backprop_core.textbooks import sums
from backprop_core.textbooks.nielsen_notation import ERRATA, up, vector
from backprop_core.textbooks.numbers import plain, significant
from backprop_core.textbooks.pieces import Line, Number, Piece, Symbol, kept
from backprop_core.textbooks.results import upright
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import shape


def tell_cost(view: View, l: int) -> Telling:
    """C_x, from its eq. (10)."""
    symbols, numbers = _cost_lines(view, l)
    mean = f" Mean over the mini-batch: {plain(view.trace.cost)}." if view.m > 1 else ""
    return Telling(
        name="Cost C_x of this example" if view.spec.has_target else "The output ŷ is what is differentiated",
        label="C_x" if view.spec.has_target else r"\hat y",
        label_text="C" if view.spec.has_target else "ŷ",
        place="(10), before (39)" if view.spec.cost == "quadratic" else "before (39)",
        shapes="scalar",
        sentence=_sentence(view, l),
        lines=(Line(symbols, (*numbers, "=", _cost_number(view, result=True))),),
        quantity=Quantity("cost", l),
        orientation="scalar",
        result=float(view.trace.costs[view.example]),
        in_text=view.spec.cost == "quadratic",
        note=f"The algorithm box starts from the gradient of the cost, one step on.{mean}",
    )


def _sentence(view: View, l: int) -> str:
    soft = view.spec.cost == "cross_entropy" and sorted(view.array("target", l))[:-1] != [0.0] * (
        view.spec.sizes[l] - 1
    )
    return _SOFT_SENTENCE if soft else _COST_SENTENCES[view.spec.cost]


_SOFT_SENTENCE = "Minus the logarithm of every share the network gave, each weighted by how much of it was wanted."
_COST_SENTENCES = {
    "quadratic": "Half the squared distance between what the network gave and what was wanted.",
    "squared_error": "The squared distance between what the network gave and what was wanted.",
    "binary_cross_entropy": "Minus the logarithm of the probability given to what was wanted, added over the outputs.",
    "cross_entropy": "Minus the logarithm of the share that the network gave to what was wanted.",
    "output": "There is no cost here: the network’s own output is what gets differentiated.",
}


def _cost_number(view: View, *, result: bool = False) -> Number:
    return Number(float(view.trace.costs[view.example]), view.cost_ref, result=result)


def _cost_lines(view: View, l: int) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    cost, a = view.spec.cost, f"a{up(l)}_j"
    if cost == "output":
        return (Symbol(r"\hat y", f"activation:{l}", shape(1)), "=", Symbol(f"a{up(l)}_1", f"activation:{l}:0")), (
            r"\hat y",
        )
    symbol = Symbol("C_x", view.cost_ref)
    shown = list(range(view.spec.sizes[l]))
    if cost in ("quadratic", "squared_error"):
        half = r"\tfrac12" if cost == "quadratic" else ""
        return (symbol, rf"={half}\sum_j(y_j-{a})^2"), ("C_x=", half, *_squares(view, l, shown))
    if cost == "binary_cross_entropy":
        if not _logarithms_exist(view, l, both=True):
            z = f"z{up(l)}_j"
            return (symbol, rf"=\sum_j\left[\ln(1+e^{{{z}}})-y_j{z}\right]"), (symbol,)
        return (symbol, rf"=-\sum_j\left[y_j\ln {a}+(1-y_j)\ln(1-{a})\right]"), (
            "C_x=-",
            *_logarithms(view, l, shown, both=True),
        )
    if not _logarithms_exist(view, l, both=False):
        z = f"z{up(l)}"
        return (symbol, rf"=\sum_j y_j\Big(\ln\sum_k e^{{{z}_k}}-{z}_j\Big)"), (symbol,)
    return (symbol, rf"=-\sum_j y_j\ln {a}"), ("C_x=-", *_logarithms(view, l, shown, both=False))


def _squares(view: View, l: int, shown: list[int]) -> list[Piece]:
    if len(shown) > sums.SHOWN:
        difference = view.array("activation", l) - view.array("target", l)
        largest = sorted(sorted(shown, key=lambda j: -abs(difference[j]))[: sums.LARGEST])
        rest = float(sum(difference[j] ** 2 for j in shown if j not in largest))
        body = _squares(view, l, largest)[1:-1]
        return [
            r"\left[",
            *body,
            "+",
            r"\underbrace{",
            Number(rest),
            rf"}}_{{{len(shown) - len(largest)}\text{{ smaller}}}}",
            r"\right]",
        ]
    pieces: list[Piece] = []
    for position, j in enumerate(shown):
        pieces += ["+"] if position else []
        pieces += ["(", view.number("target", l, j), "-", view.number("activation", l, j, paren=True), ")^2"]
    return [r"\left[", *pieces, r"\right]"]


def _logarithms_exist(view: View, l: int, *, both: bool) -> bool:
    a, y = view.array("activation", l), view.array("target", l)
    first = all(value > 0 for value, wanted in zip(a, y, strict=True) if wanted != 0)
    second = not both or all(value < 1 for value, wanted in zip(a, y, strict=True) if wanted != 1)
    exact = (
        abs(_plain_logarithms(view, l, both=both) - float(view.trace.costs[view.example]))
        if first and second
        else math.inf
    )
    shown = all(significant(float(value))[0] not in ("0", "1") for value in a) or not both
    return shown and exact <= view.tolerance * max(1.0, abs(float(view.trace.costs[view.example])))


def _plain_logarithms(view: View, l: int, *, both: bool) -> float:
    total = 0.0
    for a, y in zip(view.array("activation", l), view.array("target", l), strict=True):
        total -= float(y) * math.log(a) if y != 0 else 0.0
        total -= (1.0 - float(y)) * math.log(1.0 - float(a)) if both and y != 1 else 0.0
    return total


def _logarithms(view: View, l: int, shown: list[int], *, both: bool) -> list[Piece]:
    terms: list[list[Piece]] = []
    for j in shown:
        y, a = view.number("target", l, j), view.number("activation", l, j)
        if y.value != 0:
            terms.append([Number(y.value, y.ref, paren=True), r"\ln(", a, ")"])
        if both and y.value != 1:
            terms.append(["(1-", Number(y.value, y.ref, paren=True), r")\ln(1-", a, ")"])
    pieces: list[Piece] = [r"\left["]
    for position, term in enumerate(terms):
        pieces += (["+"] if position else []) + term
    return [*(pieces if terms else [*pieces, "0"]), r"\right]"]


def tell_cost_gradient(view: View, l: int) -> Telling:
    """∇_a C_x, its eq. (39)."""
    n = shape(view.spec.sizes[l])
    symbols, numbers = _gradient_lines(view, l)
    finite = view.finite("activation_gradient", l)
    tail: tuple[Piece, ...] = ("=", view.column("activation_gradient", l, result=True))
    return Telling(
        name="Rate of change with the output, ∇_a C_x",
        label=r"\nabla_aC_x",
        label_text="∇ₐC",
        place="(39)" if view.spec.cost == "quadratic" else "before (39)",
        shapes=f"{n} − {n}" if view.spec.cost in ("quadratic", "squared_error") else n,
        sentence="How fast the cost of this example changes with each output activation.",
        lines=(Line((Symbol(r"\nabla_aC_x", f"activation_gradient:{l}", n), "=", *symbols), (*numbers, *tail)),),
        quantity=Quantity("activation_gradient", l),
        orientation="column",
        result=upright(view, "activation_gradient", l),
        in_text=view.spec.cost == "quadratic",
        note=""
        if finite
        else "An output is so near 0 or 1 that this rate overflows; the error, computed in its short form, is finite.",
        errata=(ERRATA["cost_gradient"],),
    )


def _gradient_lines(view: View, l: int) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    cost = view.spec.cost
    a, y = vector(view, "activation", l), Symbol("y", f"target:{l}", shape(view.spec.sizes[l]))
    if cost == "output":
        return ("1",), (r"\nabla_aC_x",)
    if cost in ("quadratic", "squared_error"):
        difference = (view.column("activation", l), "-", view.column("target", l))
        if cost == "quadratic":
            return (a, "-", y), (r"\nabla_aC_x=", *difference)
        return ("2(", a, "-", y, ")"), (r"\nabla_aC_x=2\left(", *difference, r"\right)")
    if not view.finite("activation_gradient", l):
        symbols: tuple[Piece, ...] = (
            (r"\frac{1-y}{1-a}-\frac{y}{a}",) if cost == "binary_cross_entropy" else (r"-\frac{y}{a}",)
        )
        return symbols, (r"\nabla_aC_x",)
    rows: list[Piece] = [r"\nabla_aC_x=\begin{bmatrix}"]
    for position, j in enumerate(kept(view.spec.sizes[l])):
        rows += [r"\\"] if position else []
        rows += [r"\vdots"] if j is None else _quotients(view, l, j)
    rows.append(r"\end{bmatrix}")
    if cost == "binary_cross_entropy":
        return (r"\frac{1-", y, "}{1-", a, r"}-\frac{", y, "}{", a, "}"), tuple(rows)
    return (r"-\frac{", y, "}{", a, "}"), tuple(rows)


def _quotients(view: View, l: int, j: int) -> list[Piece]:
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
