"""Nielsen's sum over paths: a weight's gradient as one product for every way from it to the cost, added up.

The text prints one product in (53) and (57); it holds with the sums, and with σ' and a_in of the weight's own neuron.
"""

import numpy as np

from backprop_core.laboratory.paths import Path
from backprop_core.laboratory.paths import paths as strongest_paths
from backprop_core.references import Reference
from backprop_core.textbooks.nielsen.equations import EQUATIONS, ERRATA, PATHS
from backprop_core.textbooks.nielsen.notation import entry
from backprop_core.textbooks.numbers import plain, superscript
from backprop_core.textbooks.panels import PANELS, Panel, Table
from backprop_core.textbooks.pieces import Line, Number, Piece
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import plural

STRONGEST = 10
"""Paths of the table: those with the largest products."""
WRITTEN = 3
"""Paths whose product is written out factor by factor."""
_PRINTED = {"(53)": "One layer back", "(54)": "", "(55)": "", "(56)": "One link of a path", "(57)": "Any layer"}


def paths(scene: Scene, view: View) -> Panel:
    """The weight of this layer with the largest gradient: how many paths, the strongest of them, and their sum."""
    l = scene.layer
    gradient = view.array("example_weight_gradient", l)
    j, k = (int(at) for at in np.unravel_index(int(np.argmax(np.abs(gradient))), gradient.shape))
    found = strongest_paths(view.trace, Reference("weights", l, (j, k)), view.example, STRONGEST)
    total, shown = view.number("example_weight_gradient", l, j, k, result=True), found.strongest
    text = (
        (
            f"The weight w{superscript(l + 1)} to neuron {j + 1} from {_sender(view, l, k)} reaches the cost over"
            f" {plural(found.number, 'path')}: one for every choice of {_chosen(view)}. Their products add up to its"
            f" gradient, {plain(total.value)}; one path alone is not it."
        ),
        *(
            f"Slip in {slip.place}: {slip.printed}. What holds: {slip.holds}."
            for slip in (ERRATA[name] for name in PATHS)
        ),
    )
    lines = [Line((tex,), (), _PRINTED[place], place) for place, tex, _ in EQUATIONS if place in _PRINTED]
    lines += [_written(view, path) for path in shown[:WRITTEN]]
    rows: list[tuple[str | Number, ...]] = [(_through(path), Number(path.product)) for path in shown]
    if found.number > len(shown):
        rows.append((plural(found.number - len(shown), "weaker path"), Number(found.remainder)))
    rows.append(("all together", total))
    table = Table(("path", "product"), tuple(rows), "The strongest paths")
    return Panel("paths", PANELS["paths"], text, tuple(lines), (table,))


def _chosen(view: View) -> str:
    if view.spec.is_chain:
        return "a neuron in each layer after it"
    return "a way onward at each neuron, over a weight or a residual edge"


def _sender(view: View, l: int, k: int) -> str:
    source, sent = view.sender(l, k)
    return f"neuron {sent + 1}" + ("" if view.spec.sources(l) == (l - 1,) else f" of layer {source + 1}")


def _through(path: Path) -> str:
    """“through neuron 2 of layer 3, neuron 1 of layer 4”: the neurons after the weight's own."""
    return "through " + ", ".join(f"neuron {place + 1} of layer {layer + 1}" for layer, place in path.neurons[1:])


def _written(view: View, path: Path) -> Line:
    """The product of one path from the cost back to the weight, as (57) has it when its sums are chosen."""
    symbols: list[Piece] = []
    numbers: list[Piece] = []
    for position, factor in enumerate(reversed(path.factors)):
        name, layer, *index = factor.ref.split(":")
        symbols += [r"\,"] if position else []
        symbols.append(entry(view, name, int(layer), *map(int, index)))
        numbers += [r"\cdot "] if position else []
        numbers.append(Number(factor.value, factor.ref, paren=True))
    result = Number(path.product, result=True)
    return Line(tuple(symbols), (*numbers, "=", result), _through(path), "(57)")
