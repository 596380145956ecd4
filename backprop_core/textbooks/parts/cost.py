"""Parts of the cost and of its gradient: one output's share, or one example's where a text adds over the batch.

A share is written with its formula where that has numbers to show; else its value stands alone.
"""

import math

from backprop_core.textbooks import costs_told, sums
from backprop_core.textbooks.numbers import plain
from backprop_core.textbooks.parts.plan import Place
from backprop_core.textbooks.parts.scope import PartTold, Scope, headed, passing
from backprop_core.textbooks.pieces import Line, Number, Piece
from backprop_core.textbooks.words import plural

SQUARES = ("quadratic", "squared_error")


def shares(scope: Scope, l: int) -> list[float]:
    """What each output adds to the cost of the stepped example; each example to that of the batch."""
    if scope.style.whole_batch:
        return [float(one) / scope.view.m for one in scope.view.trace.costs]
    a, z, y = (scope.array(name, l) for name in ("activation", "weighted_input", "target"))
    cost = scope.view.spec.cost
    if cost in SQUARES:
        return [float(one) for one in (0.5 if cost == "quadratic" else 1.0) * (a - y) ** 2]
    if cost == "binary_cross_entropy":
        return [
            max(float(t), 0.0) - float(t) * float(wanted) + math.log1p(math.exp(-abs(float(t))))
            for t, wanted in zip(z, y, strict=True)
        ]
    highest = float(max(z))
    total = highest + math.log(sum(math.exp(float(t) - highest) for t in z))
    return [float(wanted) * (total - float(t)) for t, wanted in zip(z, y, strict=True)]


def share(scope: Scope, place: Place) -> PartTold:
    """One output's part of the cost, or one example's."""
    l, j = place.run.layer, place.at
    if place.beat.count == 1:
        return whole(scope, place)
    every = shares(scope, l)
    value, running = every[j], sum(every[: j + 1])
    result = passing(value, result=True)
    if scope.style.whole_batch:
        cost = passing(float(scope.view.trace.costs[j]))
        line = Line((), (rf"\tfrac{{1}}{{{scope.view.m}}}\cdot ", cost, "=", result))
        said = f"Example {j + 1} of {scope.view.m} adds {plain(value)} to the mean."
        return PartTold(f"example {j + 1} of {scope.view.m}", (line,), said, value, running)
    return PartTold(
        f"output {j + 1} of {place.beat.count}",
        (Line(*_formula(scope, l, j, value)),),
        f"Output {j + 1} adds {plain(value)} to the cost of this example.",
        value,
        running,
    )


def _formula(scope: Scope, l: int, j: int, value: float) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    result, cost = passing(value, result=True), scope.view.spec.cost
    a, y = scope.symbol("activation", l, j), scope.symbol("target", l, j)
    if cost in SQUARES:
        half = r"\tfrac12" if cost == "quadratic" else ""
        left, right = scope.number("target", l, j), scope.number("activation", l, j, paren=True)
        return (half, "(", y, "-", a, ")^2"), (half, "(", left, "-", right, ")^2=", result)
    if cost == "cross_entropy":
        return ("-", y, r"\ln ", a), (result,)
    return (r"-\left[", y, r"\ln ", a, "+(1-", y, r")\ln(1-", a, r")\right]"), (result,)


def total(scope: Scope, place: Place) -> PartTold:
    """All shares added up."""
    l = place.run.layer
    every = shares(scope, l)
    first = scope.whole.lines[0].symbols
    head = first[: first.index("=")] if "=" in first else first[:1]
    cost = float(scope.view.trace.cost if scope.style.whole_batch else scope.view.trace.costs[scope.view.example])
    ref = "cost" if scope.style.whole_batch else scope.view.cost_ref
    who = plural(len(every), "example" if scope.style.whole_batch else "output")
    return PartTold(
        "sum",
        (Line(head, (*sums.addends([passing(one) for one in every]), "=", Number(cost, ref, result=True))),),
        f"All {who} together: the cost is {plain(cost)}.",
        cost,
        cost,
    )


def whole(scope: Scope, place: Place) -> PartTold:
    """The cost as its text writes it, all at once."""
    cost = float(scope.view.trace.cost if scope.style.whole_batch else scope.view.trace.costs[scope.view.example])
    return PartTold("the cost", scope.whole.lines[:1], scope.whole.sentence, cost)


def gradient(scope: Scope, place: Place) -> PartTold:
    """∂C/∂a_j, from the output and its target."""
    l, j = place.run.layer, place.row
    view, cost = scope.view, scope.view.spec.cost
    result = scope.number("activation_gradient", l, j, result=True)
    symbols: tuple[Piece, ...] = ("1",)
    if view.spec.has_target:
        symbols = costs_told.gradient_symbols(view, scope.symbol("activation", l, j), scope.symbol("target", l, j))
    numbers: tuple[Piece, ...] = ("1",)
    if cost in SQUARES:
        a, y = scope.number("activation", l, j), scope.number("target", l, j, paren=True)
        numbers = (a, "-", y) if cost == "quadratic" else ("2(", a, "-", y, ")")
    elif view.spec.has_target:
        numbers = tuple(costs_told.quotients(view, l, j))
    if scope.scale("activation_gradient") != 1.0:
        symbols = (r"\frac{1}{m}\left(", *symbols, r"\right)")
        numbers = (rf"\tfrac{{1}}{{{view.m}}}\left(", *numbers, r"\right)")
    return PartTold(
        "one neuron",
        (Line(headed(scope.head("activation_gradient", l, j), symbols), (*numbers, "=", result)),),
        f"How fast the cost changes with the output of {scope.neuron(l, j)}: {plain(result.value)}.",
        result.value,
    )
