"""Catching AI's experiments as panels: one weight or one activation moved by a tenth, and one gradient checked.

A weight touches one row of Z for every example, an activation one column for every unit: so a row and a column suffice.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from backprop_core.activations import Array
from backprop_core.laboratory.nudge import cost_with, nudge
from backprop_core.memory import Quantity
from backprop_core.network import Parameters
from backprop_core.textbooks import checks_told
from backprop_core.textbooks.catching_ai.equations import displayed
from backprop_core.textbooks.catching_ai.notation import bold, entry, scale
from backprop_core.textbooks.numbers import plain, superscript
from backprop_core.textbooks.panels import PANELS, Panel, Table
from backprop_core.textbooks.pieces import Line, Matrix, Number, kept
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import meeting
from backprop_core.textbooks.words import plural

CHANGE = 0.1
STEP = checks_told.STEP
DIGITS = 10
"""Digits of two costs that differ in the sixth."""
ROWS = 12


def touch(scene: Scene, view: View) -> Panel:
    """What changes with one weight, or with one activation of the stepped example."""
    return _weight(view, scene.layer) if scene.kind == "weight_gradient" else _activation(view, scene.layer)


def _weight(view: View, l: int) -> Panel:
    change = _change(view, Quantity("weights", l), (0, 0), l)
    w = entry(view, "weights", l, 0, 0)
    others = "no other row" if len(change) > 1 else "the only row"
    text = (
        (
            f"The weight from {_sender(view, l)} to unit 1, moved by {CHANGE}, changes row 1 of Z⁽{superscript(l)}⁾,"
            f" {others}: its unit for all examples. Each change is what enters for that example, times the move."
        ),
    )
    line = Line((rf"\Delta{bold('Z', l)}",), (_drawn(change),), rf"With {plain(CHANGE)} added to one weight")
    lines = (Line((w,), (view.number("weights", l, 0, 0),), "Moved"), line, *displayed("∂J/∂w_{1,1}"))
    return Panel("touch", PANELS["touch"], text, lines, (_effect(view, l, change, w.tex),))


def _sender(view: View, l: int) -> str:
    source, sent = view.sender(l, 0)
    return f"unit {sent + 1}" + ("" if view.spec.sources(l) == (l - 1,) else f" of layer {source}")


def _activation(view: View, l: int) -> Panel:
    """Looked at in the nearest layer that it reaches: what is further on, it reaches over that one too."""
    x, readers, adders = view.example, view.spec.readers(l), view.spec.adders(l)
    r = min([*(one.layer for one in readers), *adders])
    change = _change(view, Quantity("activation", l), (x, 0), r)
    a, above = entry(view, "activation", l, 0), superscript(r)
    columns, ways = [one.first for one in readers if one.layer == r], meeting(view, l, 0, "gradient")
    reached = f"every unit of layer {r}" if columns else f"unit 1 of layer {r}"
    travels = [f"over column {columns[0] + 1} of W⁽{above}⁾"] if columns else []
    travels += ["as it is, without a weight"] if r in adders else []
    text = (
        (
            f"The activation of unit 1 for example {x + 1}, moved by {CHANGE}, changes column {x + 1} of Z⁽{above}⁾"
            f" and no other: {reached} for this one example. It travels {' and '.join(travels)}."
        ),
        *([ways] if ways else []),
    )
    line = Line((rf"\Delta{bold('Z', r)}",), (_drawn(change),), rf"With {plain(CHANGE)} added to one activation")
    lines = (Line((a,), (view.number("activation", l, 0),), "Moved"), line, *displayed("z_j column"))
    rows: list[tuple[str | Number, ...]] = [
        (
            f"to unit {p + 1}" + (", and added to it" if r in adders and p == 0 else ""),
            view.number("weights", r, p, columns[0]) if columns else "no weight",
            Number(float(change[p, x])),
        )
        for p in range(min(len(change), ROWS) if columns else 1)
    ]
    table = Table(("over the weight", "w", f"change of z in column {x + 1}"), tuple(rows), "The edges it travels over")
    return Panel("touch", PANELS["touch"], text, lines, (table,))


def _change(view: View, quantity: Quantity, index: tuple[int, ...], l: int) -> Array:
    """What the move makes of Z of layer ``l``: (n, m)."""
    moved = nudge(view.trace, quantity, index, CHANGE)["weighted_input", l]
    return np.asarray((moved - nudge(view.trace, quantity, index, 0.0)["weighted_input", l]).T)


def _drawn(change: Array) -> Matrix:
    n, m = change.shape
    rows = [tuple(None if i is None or x is None else Number(float(change[i, x])) for x in kept(m)) for i in kept(n)]
    return Matrix(tuple(rows))


def _effect(view: View, l: int, change: Array, w: str) -> Table:
    """Example by example: what enters, the change of z, and its part of the derivative."""
    rows: list[tuple[str | Number, ...]] = []
    for x in range(min(view.m, ROWS)):
        one, by = View(view.trace, x), scale(view, "error")
        delta = replace(one.number("error", l, 0), example=x, scale=by)
        rows.append(
            (
                f"example {x + 1}",
                replace(one.number(*view.below(l), 0), example=x),
                Number(float(change[0, x])),
                replace(delta, value=delta.value * by),
            )
        )
    return Table(("", "enters", "change of z", "∂J/∂z"), tuple(rows), "Row 1, example by example")


def why_sum(scene: Scene, view: View) -> Panel:
    """One bias, one preactivation an example: the shares of unit 1 and what they have added up to."""
    l, by = scene.layer, scale(view, "error")
    column = view.trace.memory["error", l][:, 0] * by
    rows: list[tuple[str | Number, ...]] = [
        (
            f"example {x + 1}",
            Number(float(column[x]), f"error:{l}:0", example=x, scale=by),
            Number(float(column[: x + 1].sum())),
        )
        for x in range(min(view.m, ROWS))
    ]
    text = (
        (
            f"One bias serves {plural(view.m, 'preactivation')}, one an example. Its effect on J goes through all of"
            " them, so their gradients are added; the mean is already taken by the 1/m inside."
        ),
    )
    table = Table(("unit 1", "∂J/∂z", "added so far"), tuple(rows), f"∂J/∂b⁽{superscript(l)}⁾ of unit 1")
    return Panel("mini_batch", PANELS["mini_batch"], text, (), (table,))


def gradient_check(scene: Scene, view: View) -> Panel:
    """The check of every parameter, and of one weight of this layer with both of its costs."""
    l = max(scene.layer, 1)
    whole = checks_told.gradient_check(view, scene.layer, parameter)
    up, down = (_cost_at(view, l, sign * STEP) for sign in (1.0, -1.0))
    central = (up - down) / (2 * STEP)
    rows: tuple[tuple[str | Number, ...], ...] = (
        (f"J(w + {plain(STEP)})", Number(up)),
        (f"J(w − {plain(STEP)})", Number(down)),
        ("central difference", Number(central)),
        ("backpropagated", view.number("weight_gradient", l, 0, 0)),
    )
    name = parameter("weights", l, (0, 0))
    text = (
        (
            f"{name}: J(w ± {plain(STEP)}) = {plain(up, DIGITS)} and {plain(down, DIGITS)}, a slope of"
            f" {plain(central)}; backpropagated {plain(float(view.array('weight_gradient', l)[0, 0]))}."
        ),
    )
    return replace(whole, text=(*text, *whole.text), tables=(Table((name, ""), rows, "One weight"), *whole.tables))


def parameter(name: str, l: int, index: Sequence[int]) -> str:
    """A parameter as plain text: w⁽²⁾ 1,1."""
    at = ",".join(str(position + 1) for position in index)
    return f"{'w' if name == 'weights' else 'b'}⁽{superscript(l)}⁾{f' {at}' if at else ''}"


def _cost_at(view: View, l: int, change: float) -> float:
    own = view.trace.memory.parameters()
    weights = [np.array(one, dtype=float) for one in own.weights]
    weights[l - 1][0, 0] += change
    return cost_with(view.trace, Parameters(tuple(weights), own.biases))
