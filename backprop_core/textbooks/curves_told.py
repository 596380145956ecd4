"""Curves told: an activation with its slope as formulas, and what it makes of each neuron of a layer.

Every lens passes its own letters; the curve itself is drawn by whoever shows the panel.
"""

import re

from backprop_core.activations import ACTIVATIONS
from backprop_core.textbooks.panels import Table
from backprop_core.textbooks.pieces import Line, Number
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import formula

ROWS = 8
"""Neurons of a table; of a wider layer the first ones."""


def formulas(view: View, l: int, letter: str, place: str = "") -> tuple[Line, ...]:
    """σ and σ' in ``letter``."""
    kind = view.spec.activation(l)
    slope = re.sub(r"(?<![A-Za-z\\])z", letter, ACTIVATIONS[kind].slope_tex)
    return (
        Line((rf"\sigma({letter})=", *formula(kind, letter)), title="The activation", place=place),
        Line((rf"\sigma'({letter})=", slope), title="Its slope"),
    )


def layer_table(view: View, l: int, head: tuple[str, str, str], unit: str = "neuron", title: str = "") -> Table:
    """z, σ(z) and σ'(z) of the neurons of layer ``l`` under ``head``."""
    names = ("weighted_input", "activation", "activation_slope")
    rows: list[tuple[str | Number, ...]] = [
        (f"{unit} {j + 1}", *(view.number(name, l, j) for name in names)) for j in range(min(view.spec.sizes[l], ROWS))
    ]
    return Table(("", *head), tuple(rows), title)
