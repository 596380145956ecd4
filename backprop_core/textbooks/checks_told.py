"""Checks told: every gradient of the trace beside its central difference, and what each way of getting it costs.

The same check as everywhere else in the product; a lens passes its own symbols.
"""

from collections.abc import Callable

import numpy as np

from backprop_core.laboratory.gradient_check import GradientCheck, ParameterCheck, check_gradient
from backprop_core.textbooks.numbers import plain
from backprop_core.textbooks.panels import PANELS, Panel, Table
from backprop_core.textbooks.pieces import Number
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import plural

ROWS = 12
"""Parameters of a layer that stand in the table, the ones that differ most."""
STEP = 1e-5

Text = Callable[[str, int, tuple[int, ...]], str]
"""Name and layer of a parameter and its place → how the text writes it, such as w³₁₂."""


def gradient_check(view: View, l: int, text: Text) -> Panel:
    """The whole check in one sentence, its arrays in a table, and the parameters of layer ``l`` one by one."""
    spec = view.spec
    targets = view.trace.memory["target", spec.depth] if spec.has_target else None
    inputs = view.trace.memory["weighted_input", 0]
    found = check_gradient(spec, view.trace.memory.parameters(), inputs, targets, step_size=STEP)
    arrays = Table(
        ("array", "numbers", "largest difference"),
        tuple((text(one.parameter, one.layer, ()), f"{one.numerical.size}", _largest(one)) for one in found.checks),
        "Array by array",
    )
    own = [one for one in found.checks if one.layer == max(l, 1)]
    rows = sorted((row for one in own for row in _rows(one, text)), key=lambda row: -abs(row[1].value - row[2].value))
    single = Table(("parameter", "backpropagated", "central difference"), tuple(rows[:ROWS]), "One by one")
    return Panel("gradient_check", PANELS["gradient_check"], _sentences(view, found), (), (arrays, single))


def _largest(one: ParameterCheck) -> Number:
    return Number(float(np.max(one.absolute_error)))


def _rows(one: ParameterCheck, text: Text) -> list[tuple[str, Number, Number]]:
    gradient = "weight_gradient" if one.parameter == "weights" else "bias_gradient"
    return [
        (
            text(one.parameter, one.layer, index),
            Number(float(one.backpropagated[index]), ":".join(map(str, (gradient, one.layer, *index)))),
            Number(float(one.numerical[index])),
        )
        for index in np.ndindex(one.numerical.shape)
    ]


def _sentences(view: View, found: GradientCheck) -> tuple[str, ...]:
    agree = "agree" if found.passed else "do not all agree"
    mean = f" of the mean cost over {plural(view.m, 'example')}" if view.m > 1 else ""
    largest = f"the largest relative difference is {plain(found.largest_relative_error)}"
    said = [
        f"Backpropagated gradients{mean} and central differences {agree}: {largest}.",
        (
            f"{plural(found.parameters, 'parameter')} cost {found.forward_passes} forward passes by differences, two"
            " each; backpropagation takes one forward and one backward pass."
        ),
    ]
    if found.kinks_total:
        said.append(
            f"{plural(found.kinks_total, 'step')} crossed a kink, where there is no derivative: named, not counted as"
            " wrong."
        )
    return tuple(said)
