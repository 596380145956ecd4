"""Neurons told: one row of a step written out, in the symbols of any lens, with the numbers of the stepped example.

A lens passes its own ``entry``, as its Textbook has it, and the place where its text has the line.
"""

from collections.abc import Callable

from backprop_core.textbooks import sums
from backprop_core.textbooks.pieces import Line, Number, Piece, Symbol, kept
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import ACTIVATION_NAMES, formula

Entry = Callable[..., Symbol]
"""``entry(view, name, l, *index)``: the symbol of one number."""
NumberOf = Callable[..., Number]
"""``number(name, l, *index, paren=, result=)``: one entry, in a lens's own scale."""

TERM_BY_TERM = "Neuron 1, term by term"


def arriving(
    view: View, l: int, j: int, entry: Entry, number: NumberOf | None = None
) -> tuple[list[Piece], list[Piece]]:
    """Σ w a, and b where there is one, of neuron ``j`` of layer ``l``: in symbols and with numbers."""
    read, (name, below) = number or view.number, view.below(l)
    entering, weights = view.array(name, below), view.array("weights", l)[j]
    symbols = sums.symbols_of(len(weights), lambda k: (entry(view, "weights", l, j, k), entry(view, name, below, k)))
    values = [float(one) for one in weights * entering]
    numbers = sums.products_of(values, lambda k: (read("weights", l, j, k), read(name, below, k)))
    if view.spec.bias:
        symbols += ["+", entry(view, "biases", l, j)]
        numbers += ["+", read("biases", l, j, paren=True)]
    for other in view.spec.adds(l):
        symbols += ["+", entry(view, "activation", other, j)]
        numbers += ["+", read("activation", other, j, paren=True)]
    return symbols, numbers


def returning(
    view: View, l: int, j: int, entry: Entry, number: NumberOf | None = None
) -> tuple[list[Piece], list[Piece]]:
    """Σ δ w that comes back to neuron ``j`` of layer ``l``, and δ from where it was added: in symbols and numbers."""
    read, edges = number or view.number, view.edges_back(l, j)
    symbols = sums.symbols_of(
        len(edges), lambda at: (entry(view, "error", *edges[at][:2]), entry(view, "weights", *edges[at]))
    )
    numbers = sums.products([(read("error", r, k), read("weights", r, k, column)) for r, k, column in edges])
    for other in view.spec.adders(l):
        plus = ["+"] if symbols else []
        symbols += [*plus, entry(view, "error", other, j)]
        numbers += [*plus, read("error", other, j, paren=True)]
    return symbols, numbers


def one_weighted_input(view: View, l: int, entry: Entry, place: str = "") -> Line:
    """z_1 of layer ``l`` as its sum of products, and its bias where there is one."""
    head = entry(view, "weighted_input", l, 0)
    symbols, numbers = arriving(view, l, 0, entry)
    result = view.number("weighted_input", l, 0, result=True)
    return Line((head, "=", *symbols), (Symbol(head.tex), "=", *numbers, "=", result), TERM_BY_TERM, place)


def one_activation(view: View, l: int, z: Symbol, place: str = "", title: str = "") -> tuple[Line, ...]:
    """σ as a formula in ``z`` and for neuron 1; nothing for the identity, or for a softmax too wide to write out."""
    kind = view.spec.activation(l)
    if kind == "identity":
        return ()
    if kind == "softmax":
        return _one_share(view, l, z.tex)
    numbers = (
        *formula(kind, view.number("weighted_input", l, 0)),
        "=",
        view.number("activation", l, 0, result=True),
    )
    symbols = (rf"\sigma({z.tex})=", *formula(kind, z.tex))
    return (Line(symbols, numbers, title or f"Neuron 1, with the {ACTIVATION_NAMES[kind]}", place),)


def _one_share(view: View, l: int, z: str) -> tuple[Line, ...]:
    width = kept(view.spec.sizes[l])
    if None in width:
        return ()
    below: list[Piece] = []
    for k in width:
        below += ["+"] if k else []
        below += ["e^{", view.number("weighted_input", l, k or 0), "}"]
    symbols = (rf"\sigma({z}_j)=\frac{{e^{{{z}_j}}}}{{\sum_k e^{{{z}_k}}}}",)
    above = (r"\frac{e^{", view.number("weighted_input", l, 0), "}}{")
    return (Line(symbols, (*above, *below, "}=", view.number("activation", l, 0, result=True)), "Neuron 1"),)


def one_error(view: View, l: int, entry: Entry, place: str = "") -> Line:
    """δ_1 of layer ``l`` from all errors of the next, times its slope where the layer has one."""
    head, has_slope = entry(view, "error", l, 0), view.has("activation_slope", l)
    arrived, with_numbers = returning(view, l, 0, entry)
    symbols: list[Piece] = [head, r"=\Big(" if has_slope else "=", *arrived]
    numbers: list[Piece] = [Symbol(head.tex), r"=\left(" if has_slope else "=", *with_numbers]
    if has_slope:
        symbols += [r"\Big)", entry(view, "activation_slope", l, 0)]
        numbers += [r"\right)\cdot ", view.number("activation_slope", l, 0, paren=True)]
    numbers += ["=", view.number("error", l, 0, result=True)]
    return Line(tuple(symbols), tuple(numbers), TERM_BY_TERM, place)


def one_weight(view: View, l: int, entry: Entry, gradient: str = "example_weight_gradient", place: str = "") -> Line:
    """The derivative by w_11 of layer ``l``: the activation entering times the error of the neuron it feeds."""
    numbers = (
        view.number(*view.below(l), 0, paren=True),
        r"\cdot",
        view.number("error", l, 0, paren=True),
        "=",
        view.number(gradient, l, 0, 0, result=True),
    )
    left, a, delta = (
        entry(view, gradient, l, 0, 0),
        entry(view, *view.below(l), 0),
        entry(view, "error", l, 0),
    )
    return Line((left, "=", a, r"\,", delta), numbers, "One weight", place)
