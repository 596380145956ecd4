"""The sum over paths in the words of a text: every path as a product in its symbols.

Factors stand in the order of nielsen (57), from the cost back to the number.
"""

from math import prod

from backprop_core.inspection.answers import PathShown, PathSum
from backprop_core.inspection.telling import Teller
from backprop_core.laboratory.paths import Path, paths
from backprop_core.references import Reference
from backprop_core.textbooks.pieces import Line, Number, Piece
from backprop_core.trace import Trace

STARTS = {
    "example_weight_gradient": "weights",
    "weight_gradient": "weights",
    "updated_weights": "weights",
    "example_bias_gradient": "biases",
    "bias_gradient": "biases",
    "updated_biases": "biases",
    "error": "weighted_input",
    "activation_slope": "weighted_input",
    "activation": "weighted_input",
    "activation_gradient": "activation",
}
"""Quantity → the one whose derivative is meant: of a neuron that by its weighted input, the error."""


def start_of(one: Reference) -> Reference:
    """Where the paths of a number start: with the number, or with the one it belongs to."""
    return Reference(STARTS.get(one.name, one.name), one.layer, one.index)


def strongest_paths(trace: Trace, ref: str, textbook: str = "nielsen", example: int = 0, count: int = 10) -> PathSum:
    """The ``count`` strongest paths from the number ``ref`` to C_x of row ``example``, how many there are, their sum.

    Raises ``UnknownReference`` for a ``ref`` that names no number of the trace, ``SpecificationError`` for one that no
    path starts from, ``KeyError`` for an unknown textbook. Source: nielsen (57).
    """
    return path_sum(Teller(trace, textbook, example), start_of(Reference.read(ref, trace)), count)


def path_sum(teller: Teller, start: Reference, count: int) -> PathSum:
    """The same for a text and a start."""
    found = paths(teller.trace, start, teller.example, count)
    gradient = _read(found.gradient)
    scale = teller.scale(gradient.name)
    return PathSum(
        found.ref,
        teller.shown(gradient),
        str(found.number),
        tuple(_shown(teller, path, gradient) for path in found.strongest),
        found.remainder * scale,
        found.sum * scale,
    )


def _shown(teller: Teller, path: Path, gradient: Reference) -> PathShown:
    factors = [_read(factor.ref) for factor in reversed(path.factors)]
    line = product(teller, factors, teller.scale(gradient.name))
    words = ", ".join(teller.neuron(l, j, short=True) for l, j in path.neurons[1:]) or "straight to the cost"
    return PathShown(words, path.neurons, line, path.product * teller.scale(gradient.name))


def _read(ref: str) -> Reference:
    name, layer, *index = ref.split(":")
    return Reference(name, int(layer), tuple(map(int, index)))


def product(teller: Teller, factors: list[Reference], scale: float, result: Reference | None = None) -> Line:
    """Factors as an equation in symbols and in numbers, whose product the text scales by ``scale``.

    Where its scales of the factors do not make up that one, their quotient m stands before them.
    """
    symbols: list[Piece] = []
    numbers: list[Piece] = []
    between = scale / prod(teller.scale(one.name) for one in factors)
    if between != 1.0:
        symbols.append("m")
        numbers.append(Number(between))
    for one in factors:
        symbols += [r"\,"] if symbols else []
        numbers += [r"\cdot "] if numbers else []
        symbols.append(teller.symbol(one))
        numbers.append(teller.number(one, paren=True))
    if result:
        symbols = [teller.symbol(result), "=", *symbols]
        numbers = [*numbers, "=", teller.number(result, result=True)]
    return Line(tuple(symbols), tuple(numbers))
