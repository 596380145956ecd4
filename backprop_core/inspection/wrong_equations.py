"""Wrong equations: the one that a classic mistake changes, for one number, rightly and as it was written.

In the symbols of any text. What the mistake put there is marked, what it left out stands crossed out; with the numbers
of its own program either one holds.
"""

from collections.abc import Callable, Sequence

from backprop_core.inspection.wrong_writing import CHANGED, Part, Parts, Span, Writer, Written, joined
from backprop_core.laboratory.rewrites import is_square
from backprop_core.references import Reference
from backprop_core.textbooks import neurons_told, sums
from backprop_core.textbooks.numbers import plain
from backprop_core.textbooks.pieces import Matrix, Number, Piece, Symbol
from backprop_core.textbooks.short_form import target_factor


def written(mistake: str, right: Writer, wrong: Writer, one: Reference) -> tuple[Written, Written]:
    """The equation that ``mistake`` changes first, written for the number ``one``: rightly, and with the mistake."""
    tell = _TELL[mistake]
    return joined(tell(right, one.layer, *one.index)), joined(tell(wrong, one.layer, *one.index))


def _returned(writer: Writer, l: int, j: int) -> Parts:
    """Σ w δ that comes back to neuron ``j``, over the weights that the program of ``writer`` takes."""
    view = writer.teller.view
    edges = view.edges_back(l, j)
    square = {one.layer: one.first for one in view.spec.readers(l) if is_square(view.spec, one)}

    def weight(r: int, k: int, column: int) -> tuple[str, int, int, int]:
        if writer.mistake == "stale_weights":
            return "updated_weights", r, k, column
        if writer.mistake == "transposed_weights" and r in square:
            return "weights", r, column - square[r], square[r] + k
        return "weights", r, k, column

    symbols = sums.symbols_of(
        len(edges), lambda at: (writer.symbol("error", *edges[at][:2]), writer.symbol(*weight(*edges[at])))
    )
    numbers = sums.products([(writer.number("error", r, k), writer.number(*weight(r, k, c))) for r, k, c in edges])
    for other in view.spec.adders(l):
        plus: list[Piece] = ["+"] if symbols else []
        symbols += [*plus, writer.symbol("error", other, j)]
        numbers += [*plus, writer.number("error", other, j, paren=True)]
    own = {str(Reference("weights", r, (k, c))) for r, k, c in edges}
    return _marked(symbols, own), _marked(numbers, own)


def _marked(pieces: Sequence[Piece], own: set[str]) -> list[Part]:
    """Weights that are not the neuron's own; on the diagonal a transposed one still is."""
    return [Span((one,), CHANGED) if "weights" in _ref(one) and _ref(one) not in own else one for one in pieces]


def _ref(piece: Piece) -> str:
    return piece.ref if isinstance(piece, Symbol | Number | Matrix) else ""


def _error(writer: Writer, l: int, j: int) -> Parts:
    """δ of a hidden neuron: what comes back, times its slope, which two of the mistakes leave out."""
    (symbols, numbers), head = _returned(writer, l, j), writer.symbol("error", l, j)
    if not writer.teller.view.has("activation_slope", l):
        return [head, "=", *symbols], [Symbol(head.tex), "=", *numbers, *writer.result("error", l, j)]
    slope: list[Piece] = [writer.symbol("activation_slope", l, j)]
    times: list[Piece] = [r"\cdot", writer.number("activation_slope", l, j, paren=True)]
    forgets = writer.mistake in ("slope_forgotten", "mask_missing")
    return (
        [head, r"=\Big(", *symbols, r"\Big)", *(writer.missing(*slope) if forgets else slope)],
        [
            Symbol(head.tex),
            "=(",
            *(*numbers, ")", *(writer.missing(*times) if forgets else times)),
            *writer.result("error", l, j),
        ],
    )


def _slope(writer: Writer, l: int, j: int) -> Parts:
    """σ′ where it is taken: of z, or of a."""
    slope, z, a = (writer.symbol(name, l, j) for name in ("activation_slope", "weighted_input", "activation"))
    before, _, after = slope.tex.partition(z.tex)
    taken = writer.number("weighted_input", l, j), writer.number("activation", l, j)
    return (
        [before, *writer.changed([a], [z]), after],
        [before, *writer.changed([taken[1]], [taken[0]]), after, *writer.result("activation_slope", l, j)],
    )


def _output_error(writer: Writer, l: int, j: int) -> Parts:
    """δ of an output: in its short form where that is how it is computed, else ∂C/∂a times the slope."""
    head = writer.symbol("error", l, j)
    symbols, numbers = _short_form(writer, l, j) if writer.teller.view.spec.fused else _long_form(writer, l, j)
    return [head, "=", *symbols], [Symbol(head.tex), "=", *numbers, *writer.result("error", l, j)]


def _short_form(writer: Writer, l: int, j: int) -> Parts:
    in_symbols, in_numbers = target_factor(writer.teller.view, l, r"\Big(\sum_k y_k\Big)")
    sides: list[list[Part]] = []
    for factor, a, y in (
        (in_symbols, writer.symbol("activation", l, j), writer.symbol("target", l, j)),
        (in_numbers, writer.number("activation", l, j, paren=True), writer.number("target", l, j, paren=True)),
    ):
        difference: list[Part] = ["(", *factor, a, "-", y, ")"]
        if writer.mistake == "sign_of_error":
            difference = writer.changed(["(", y, "-", *factor, a, ")"])
        again = [r"\cdot ", a, "(1-", a, ")"] if writer.mistake == "slope_again" else []
        sides.append([*writer.share("error"), *difference, *(writer.changed(again) if again else [])])
    return sides[0], sides[1]


def _long_form(writer: Writer, l: int, j: int) -> Parts:
    turned = writer.changed(["-"]) if writer.mistake == "sign_of_error" else []
    view = writer.teller.view
    if view.spec.activation(l) == "softmax":
        n = view.spec.sizes[l]
        symbols: list[Piece] = sums.symbols_of(
            n, lambda k: (writer.symbol("activation_gradient", l, k), writer.symbol("activation_jacobian", l, k, j))
        )
        numbers = sums.products(
            [
                (writer.number("activation_gradient", l, k), writer.number("activation_jacobian", l, k, j))
                for k in range(n)
            ]
        )
        return [*turned, r"\Big(", *symbols, r"\Big)"], [*turned, "(", *numbers, ")"]
    names = ("activation_gradient", "activation_slope") if view.has("activation_slope", l) else ("activation_gradient",)
    factors = [writer.number(name, l, j, paren=True) for name in names]
    return (
        [*turned, *(writer.symbol(name, l, j) for name in names)],
        [*turned, factors[0], *(part for one in factors[1:] for part in (r"\cdot", one))],
    )


def _cost_gradient(writer: Writer, l: int, j: int) -> Parts:
    """∂C/∂a of the quadratic cost: a − y, not twice as much."""
    twice = writer.changed([r"2\cdot "]) if writer.mistake else []
    head, share = writer.symbol("activation_gradient", l, j), writer.share("activation_gradient")
    a, y = (writer.symbol(name, l, j) for name in ("activation", "target"))
    left, right = (writer.number(name, l, j, paren=True) for name in ("activation", "target"))
    return (
        [head, "=", *share, *twice, "(", a, "-", y, ")"],
        [
            Symbol(head.tex),
            "=",
            *share,
            *twice,
            "(",
            left,
            "-",
            right,
            ")",
            *writer.result("activation_gradient", l, j),
        ],
    )


def _weighted_input(writer: Writer, l: int, j: int) -> Parts:
    """z with its bias: added, left out, or subtracted."""
    head = writer.symbol("weighted_input", l, j)
    symbols, numbers = neurons_told.arriving(writer.teller.view, l, j, writer.teller.lens.entry)
    return (
        [head, "=", *_with_bias(writer, symbols)],
        [Symbol(head.tex), "=", *_with_bias(writer, numbers), *writer.result("weighted_input", l, j)],
    )


def _with_bias(writer: Writer, pieces: Sequence[Piece]) -> list[Part]:
    at = next(place for place, one in enumerate(pieces) if _ref(one).startswith("biases:"))
    sign, bias = pieces[at - 1], pieces[at]
    forgets = writer.mistake == "bias_forgotten"
    shown = writer.missing(sign, bias) if forgets else [*writer.changed(["-"], [sign]), bias]
    return [*pieces[: at - 1], *shown, *pieces[at + 1 :]]


def _gradient(writer: Writer, l: int, j: int, *column: int) -> Parts:
    """The mean gradient by one weight or bias: of one example its product, of several their sum over m."""
    view, index = writer.teller.view, (j, *column)
    name = "weight_gradient" if column else "bias_gradient"
    head = writer.symbol(name, l, *index)
    symbols, numbers = _of_the_batch(writer, f"example_{name}", l, index) if view.m > 1 else _product(writer, l, index)
    if writer.mistake == "gradients_kept":
        before = writer.before(Reference(name, l, index)) * writer.teller.scale(name)
        symbols = [*writer.changed([rf"{head.tex}\Big|_{{\text{{before}}}}", "+"]), *symbols]
        numbers = [*writer.changed([Number(before), "+"]), *numbers]
    if writer.mistake == "bias_per_weight":
        often = rf"{view.spec.input_size(l)}\cdot "
        symbols, numbers = [*writer.changed([often]), *symbols], [*writer.changed([often]), *numbers]
    return [head, "=", *symbols], [Symbol(head.tex), "=", *numbers, *writer.result(name, l, *index)]


def _product(writer: Writer, l: int, index: tuple[int, ...]) -> Parts:
    j, *column = index
    delta: list[Part] = [writer.symbol("error", l, j)]
    number: list[Part] = [writer.number("error", l, j, paren=True)]
    if not column:
        return delta, number
    name, below = writer.teller.view.below(l)
    return (
        [*delta, r"\,", writer.symbol(name, below, *column)],
        [*number, r"\cdot", writer.teller.view.number(name, below, *column, paren=True)],
    )


def _of_the_batch(writer: Writer, name: str, l: int, index: tuple[int, ...]) -> Parts:
    view = writer.teller.view
    share: list[Part] = [rf"\tfrac{{1}}{{{view.m}}}"]
    if writer.mistake == "sum_for_mean":
        share = writer.missing(rf"\tfrac{{1}}{{{view.m}}}")
    each = [
        Number(float(view.array(name, l, x)[index]), view.reference(name, l, *index), example=x) for x in range(view.m)
    ]
    return (
        [*share, r"\sum_x ", writer.symbol(name, l, *index)],
        [*share, "(", *sums.addends(each), ")"],
    )


def _update(writer: Writer, l: int, *index: int) -> Parts:
    """The new weight or bias: down the gradient, or up."""
    old, slope = ("weights", "weight_gradient") if len(index) > 1 else ("biases", "bias_gradient")
    head, last = writer.symbol(f"updated_{old}", l, *index), writer.teller.view.spec.depth
    sign = writer.changed(["+"], ["-"])
    eta, gradient = writer.symbol("learning_rate", last), writer.symbol(slope, l, *index)
    return (
        [head, "=", writer.symbol(old, l, *index), *sign, eta, r"\,", gradient],
        [
            Symbol(head.tex),
            *("=", writer.number(old, l, *index), *sign, writer.number("learning_rate", last)),
            *(r"\cdot", writer.number(slope, l, *index, paren=True)),
            *writer.result(f"updated_{old}", l, *index),
        ],
    )


def _target(writer: Writer, l: int, j: int = 0) -> Parts:
    """What an output is compared with: its own target, or that of the example before."""
    m, x = writer.teller.view.m, writer.teller.example
    whose = writer.changed(
        [rf"\text{{target of example {plain((x - 1) % m + 1)}}}"], [rf"\text{{target of example {plain(x + 1)}}}"]
    )
    head = writer.symbol("target", l, j)
    return [head, "=", *whose], [Symbol(head.tex), *writer.result("target", l, j)]


_TELL: dict[str, Callable[..., Parts]] = {
    "stale_weights": _error,
    "slope_forgotten": _error,
    "slope_of_activation": _slope,
    "sign_of_error": _output_error,
    "sum_for_mean": _gradient,
    "gradients_kept": _gradient,
    "bias_per_weight": _gradient,
    "mask_missing": _error,
    "slope_again": _output_error,
    "half_forgotten": _cost_gradient,
    "transposed_weights": _error,
    "bias_forgotten": _weighted_input,
    "threshold_subtracted": _weighted_input,
    "ascent": _update,
    "targets_shuffled": _target,
}
"""Mistake → the equation it changes first."""
