"""Catching AI's J and ∂J/∂A^(L): the mean over the batch, whose 1/m is put in here, once, and inherited from here on.

The text has the logistic cost of one output; other costs are written in its letters.
"""

import numpy as np

from backprop_core.activations import Array
from backprop_core.memory import Quantity
from backprop_core.textbooks import costs_told, sums
from backprop_core.textbooks.catching_ai import furniture
from backprop_core.textbooks.catching_ai.equations import displayed, errata
from backprop_core.textbooks.catching_ai.forward import BATCH
from backprop_core.textbooks.catching_ai.notation import (
    cells,
    letters,
    one,
    scale,
    target_tex,
    whole,
)
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.pieces import Line, Matrix, Number, Piece, Symbol, kept
from backprop_core.textbooks.results import side_by_side
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import shape

LOGARITHMIC = ("binary_cross_entropy", "cross_entropy")


def tell_cost(view: View, l: int) -> Telling:
    """J, the mean of what every example is charged."""
    printed = view.spec.cost == "binary_cross_entropy"
    value = Number(view.trace.cost, "cost", result=True)

    def charged(x: int) -> Number:
        return Number(float(view.trace.costs[x]), view.cost_ref, example=x)

    costs = sums.addends_of(view.trace.costs.tolist(), charged)
    mean: tuple[Piece, ...] = (rf"J={one(view.m)}\left(", *costs, r"\right)=", value)
    return Telling(
        name="Cross entropy J" if view.spec.cost in LOGARITHMIC else "Cost J",
        label="J",
        label_text="J",
        place="Loss",
        shapes="scalar",
        sentence=_sentence(view, l),
        lines=(Line(_mean_of(view, l), mean if view.m > 1 else ("J=", value), place="J"), *_one_example(view, l)),
        quantity=Quantity("cost", l),
        orientation="scalar",
        result=view.trace.cost,
        result_ref="cost",
        intermediate={"costs": view.trace.costs},
        note="The text says loss and cost for the same J."
        if printed
        else "The text has the logistic cost; this network has another one, written as a mean in its letters.",
        errata=errata("cost") if printed else (),
    )


def _sentence(view: View, l: int) -> str:
    if view.spec.cost == "binary_cross_entropy" and view.spec.sizes[l] == 1:
        return "Each example is charged minus the log of the probability given to its true class; J is the mean."
    if not view.spec.has_target:
        return "There is no cost here: J is the mean of the network’s own output over the batch."
    return f"{costs_told.sentence(view, l)} J is the mean over the batch."


def logarithms_exist(view: View, l: int) -> bool:
    """Whether J written with logarithms gives what was computed: not where an output is too near 0 or 1."""
    a, y = (view.trace.memory[name, l].astype(float) for name in ("activation", "target"))
    with np.errstate(all="ignore"):
        charged = -np.where(y == 0, 0.0, y * np.log(a))
        if view.spec.cost == "binary_cross_entropy":
            charged -= np.where(y == 1, 0.0, (1.0 - y) * np.log(1.0 - a))
    costs = view.trace.costs
    tolerance = view.tolerance * np.maximum(1.0, np.abs(costs))
    return bool(np.all(np.abs(charged.sum(axis=1) - costs) <= tolerance))


def _mean_of(view: View, l: int) -> tuple[Piece, ...]:
    """J in symbols: a sum over the examples j, and over the units i where there are several."""
    cost, said = view.spec.cost, letters(view, l, "j")
    a, y, z = said.a("i"), said.y("i"), said.z("i")
    over, minus = r"\sum_j" + (r"\sum_i" if view.spec.sizes[l] > 1 else ""), "-"
    if cost == "output":
        body, minus = f" {a}", ""
    elif cost not in LOGARITHMIC:
        body, minus = f"({y}-{a})^2", ""
        over = rf"\tfrac12{over}" if cost == "quadratic" else over
    elif not logarithms_exist(view, l):
        shares = rf" {y}\Big(\log\sum_k e^{{{said.z('k')}}}-{z}\Big)"
        body, minus = (rf"\left[\log(1+e^{{{z}}})-{y}{z}\right]" if cost == "binary_cross_entropy" else shares), ""
    elif cost == "binary_cross_entropy":
        body = rf"\left[{y}\log {a}+(1-{y})\log(1-{a})\right]"
    else:
        body = rf" {y}\log {a}"
    return (Symbol("J", "cost"), rf"={minus}\frac1m{over}{body}")


def _one_example(view: View, l: int) -> tuple[Line, ...]:
    """What the stepped example is charged, written out."""
    x, own = view.example + 1, letters(view, l, str(view.example + 1))
    left = Symbol(f"J_{{{x}}}", view.cost_ref)
    value = Number(float(view.trace.costs[view.example]), view.cost_ref)
    body = costs_told.cost_numbers(view, l, own)
    if view.spec.sizes[l] == 1:
        # With one output there is no index to add over.
        bare = [piece.replace(r"\sum_j", "") if isinstance(piece, str) else piece for piece in _of_example(view, l)]
        symbols: tuple[Piece, ...] = (left, "=", *bare)
    else:
        symbols = (left, "=", *(_by_unit(piece) for piece in _of_example(view, l)))
    bare_value = not body or not view.spec.has_target
    numbers: tuple[Piece, ...] = (value,) if bare_value else (f"J_{{{x}}}=", *body, "=", value)
    return (Line(symbols, numbers, f"Example {x} alone"),)


def _of_example(view: View, l: int) -> tuple[Piece, ...]:
    return costs_told.cost_symbols(view, l, letters(view, l, str(view.example + 1)))


def _by_unit(piece: Piece) -> Piece:
    """The shared formulas add over j, which in this text is the example: here units are i."""
    if not isinstance(piece, str):
        return piece
    return piece.replace(r"\sum_j", r"\sum_i").replace("_{j,", "_{i,")


def tell_cost_gradient(view: View, l: int) -> Telling:
    """∂J/∂A^(L), with the 1/m of the mean inside."""
    printed, n, m = view.spec.cost == "binary_cross_entropy", view.spec.sizes[l], view.m
    result, finite = cells(view, "activation_gradient", l, result=True), _finite(view, l)
    left = whole(view, "activation_gradient", l)
    body = _numbers(view, l) if finite else ()
    numbers = (*body, "=", result) if body else (f"{left.tex}=", result)
    place = "Gradients of the output layer" + (", ∂J/∂A^(L)" if printed else "")
    return Telling(
        name=f"∂J/∂A^({l})",
        label=left.tex,
        label_text=f"∂J/∂A⁽{superscript(l)}⁾",
        place=place,
        shapes=shape(n, m),
        sentence="How the mean cost changes with each example’s output; the division by m happens here, once.",
        lines=(Line((left, "=", *_symbols(view, l)), numbers, place="∂J/∂A^(L)" if printed else ""),),
        quantity=Quantity("activation_gradient", l),
        orientation=BATCH,
        scale=scale(view, "activation_gradient"),
        result=side_by_side(view, "activation_gradient", l, scale(view, "activation_gradient")),
        note="All later gradients inherit 1/m."
        if finite
        else "An output is so near 0 or 1 that this overflows; ∂J/∂Z, computed in its short form, is finite.",
        errata=errata("sign") if printed else (),
        derivation=displayed("∂J/∂A^(l) matrix"),
        matrices=furniture.cost_gradient(view, l, _quotients(view, l) if finite else ()),
    )


def _finite(view: View, l: int) -> bool:
    return bool(np.isfinite(view.trace.memory["activation_gradient", l]).all())


def _symbols(view: View, l: int) -> tuple[Piece, ...]:
    a, y, cost = whole(view, "activation", l), _target(view, l), view.spec.cost
    if cost == "output":
        return (r"\frac1m\,", Symbol(r"\vec 1", "", shape(1, view.m)))
    if cost not in LOGARITHMIC:
        return (r"\frac2m(" if cost == "squared_error" else r"\frac1m(", a, "-", y, ")")
    y = Symbol(y.tex, y.ref)  # a shape under a numerator would lie on the bar
    first: tuple[Piece, ...] = (r"-\frac1m\left(\frac{", y, "}{", a)
    if cost == "cross_entropy":
        return (*first, r"}\right)")
    return (*first, r"}-\frac{1-", y, "}{1-", a, r"}\right)")


def _target(view: View, l: int) -> Symbol:
    return Symbol(target_tex(view), f"target:{l}", shape(view.spec.sizes[l], view.m))


def _numbers(view: View, l: int) -> tuple[Piece, ...]:
    cost = view.spec.cost
    if cost == "output":
        return (one(view.m), r"\,", Matrix((tuple(None if x is None else Number(1.0) for x in kept(view.m)),)))
    if cost not in LOGARITHMIC:
        difference = (cells(view, "activation", l), "-", cells(view, "target", l))
        return (rf"{one(view.m, two=cost == 'squared_error')}\left(", *difference, r"\right)")
    parts = [_shown(part) for part in _quotients(view, l)]
    if not parts:
        return ()
    rest: tuple[Piece, ...] = ("-", parts[1]) if len(parts) > 1 else ()
    return (rf"-{one(view.m)}\left(", parts[0], *rest, r"\right)")


def _quotients(view: View, l: int) -> tuple[Array, ...]:
    """y/a and (1 − y)/(1 − a), one column an example; nothing where they do not give the gradient that was computed."""
    if view.spec.cost not in LOGARITHMIC:
        return ()
    a, y = (view.trace.memory[name, l].T.astype(float) for name in ("activation", "target"))
    with np.errstate(all="ignore"):
        parts = [np.where(y == 0, 0.0, y / a)]
        if view.spec.cost == "binary_cross_entropy":
            parts.append(np.where(y == 1, 0.0, (1.0 - y) / (1.0 - a)))
    found = (parts[1] if len(parts) > 1 else 0.0) - parts[0]
    holds = np.allclose(found, view.trace.memory["activation_gradient", l].T, rtol=view.tolerance, atol=0)
    return tuple(parts) if holds else ()


def _shown(array: Array) -> Matrix:
    n, m = array.shape
    rows = [tuple(None if i is None or x is None else Number(float(array[i, x])) for x in kept(m)) for i in kept(n)]
    return Matrix(tuple(rows))
