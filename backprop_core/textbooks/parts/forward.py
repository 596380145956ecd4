"""Parts of the forward pass: one product along its edge, the bias, their sum, and one activation.

Each function tells one kind of part in the symbols of any lens.
"""

import math

from backprop_core.textbooks import neurons_told, sums
from backprop_core.textbooks.numbers import plain
from backprop_core.textbooks.parts.plan import Place
from backprop_core.textbooks.parts.scope import PartTold, Scope, dot, headed, passing
from backprop_core.textbooks.pieces import Line, Number, Piece
from backprop_core.textbooks.words import ACTIVATION_NAMES, formula

FACTORS = r"\,"


def product(scope: Scope, place: Place) -> PartTold:
    """w_jk a_k, on its way along its edge."""
    l, j, k = place.run.layer, place.row, place.at
    below, (source, sent) = scope.view.below(l), scope.view.sender(l, k)
    w, a = scope.number("weights", l, j, k), scope.number(*below, k, paren=True)
    value = w.value * a.value
    symbols: tuple[Piece, ...] = (scope.symbol("weights", l, j, k), FACTORS, scope.symbol(*below, k))
    result = passing(value, result=True)
    if place.beat.writes:
        symbols = headed(scope.symbol("weighted_input", l, j), symbols)
        result = scope.number("weighted_input", l, j, result=True)
    return PartTold(
        f"product {k + 1} of {place.beat.count}",
        (Line(symbols, (w, r"\cdot", a, "=", result)),),
        f"{scope.neuron(source, sent).capitalize()} sends {plain(a.value)} over the weight {plain(w.value)}:"
        f" {plain(value)} arrives at {scope.neuron(l, j)}.",
        value,
        dot(scope.array("weights", l)[j, : k + 1], scope.array(*below)[: k + 1]),
    )


def bias(scope: Scope, place: Place) -> PartTold:
    """b_j, added last."""
    l, j = place.run.layer, place.row
    b = scope.number("biases", l, j, result=True)
    return PartTold(
        "bias",
        (Line((scope.symbol("biases", l, j),), (b,)),),
        f"The bias of {scope.neuron(l, j)} adds {plain(b.value)}, whatever the input.",
        b.value,
        dot(scope.array("weights", l)[j], scope.array(*scope.view.below(l))) + b.value,
    )


def added(scope: Scope, place: Place) -> PartTold:
    """a_j of an earlier layer, which is added without a weight."""
    l, j, other = place.run.layer, place.row, place.beat.along[place.at]
    a, running = scope.number("activation", other, j, result=True), sum(one.value for one in _addends(scope, l, j))
    later = sum(float(scope.array("activation", one)[j]) for one in place.beat.along[place.at + 1 :])
    return PartTold(
        f"added {place.at + 1} of {place.beat.count}",
        (Line((scope.symbol("activation", other, j),), (a,)),),
        f"{scope.neuron(other, j).capitalize()} adds its activation {plain(a.value)} as it is: no weight on this way.",
        a.value,
        running - later,
    )


def _addends(scope: Scope, l: int, j: int) -> list[Number]:
    """All that arrives at neuron ``j``: products, its bias, and what is added without weights."""
    found = [passing(one) for one in scope.array("weights", l)[j] * scope.array(*scope.view.below(l))]
    found += [scope.number("biases", l, j)] if scope.view.spec.bias else []
    return [*found, *(scope.number("activation", other, j) for other in scope.view.spec.adds(l))]


def weighted_sum(scope: Scope, place: Place) -> PartTold:
    """z_j: all that arrived, added up."""
    l, j = place.run.layer, place.row
    result = scope.number("weighted_input", l, j, result=True)
    return PartTold(
        "sum",
        (Line((scope.symbol("weighted_input", l, j),), (*sums.addends(_addends(scope, l, j)), "=", result)),),
        f"All that arrived at {scope.neuron(l, j)} adds up to its weighted input, {plain(result.value)}.",
        result.value,
        result.value,
    )


def one_neuron(scope: Scope, place: Place) -> PartTold:
    """z_j whole, as its sum; where a text writes all examples at once, its row over them first."""
    l, j = place.run.layer, place.row
    symbols, numbers = neurons_told.arriving(scope.view, l, j, scope.entry, scope.number)
    result = scope.number("weighted_input", l, j, result=True)
    line = Line(headed(scope.symbol("weighted_input", l, j), symbols), (*numbers, "=", result), "one neuron")
    rows = (_row_over_examples(scope, l, j),) if scope.by_rows else ()
    return PartTold(
        "one neuron",
        (*rows, line),
        f"{scope.neuron(l, j).capitalize()} adds its weighted incoming activations"
        f"{' and its bias' if scope.view.spec.bias else ''}{_as_it_is(scope, l)}: {plain(result.value)}.",
        result.value,
    )


def _as_it_is(scope: Scope, l: int) -> str:
    layers = " and ".join(str(other + scope.lens.offset) for other in scope.view.spec.adds(l))
    return f", and the activation of its like in layer {layers} as it is" if layers else ""


def _row_over_examples(scope: Scope, l: int, j: int) -> Line:
    row, view = scope.style.row, scope.view
    symbols: list[Piece] = [row(view, "weighted_input", l, j), "=", row(view, "weights", l, j)]
    symbols.append(scope.style.lying(view, *view.below(l)))
    numbers: list[Piece] = [scope.row("weights", l, j), view.batch(*view.below(l))]
    if view.spec.bias:
        symbols += ["+", scope.symbol("biases", l, j)]
        numbers += ["+", scope.number("biases", l, j, paren=True)]
    for other in view.spec.adds(l):
        symbols += ["+", row(view, "activation", other, j)]
        numbers += ["+", scope.over_batch("activation", other, j)]
    result = scope.over_batch("weighted_input", l, j, result=True)
    return Line(tuple(symbols), (*numbers, "=", result), f"unit {j + 1}, the whole row")


def entering(scope: Scope, place: Place) -> PartTold:
    """x_j: nothing is computed, a number is given."""
    j = place.row
    name = "weighted_input" if scope.view.spec.input_activation != "identity" else "activation"
    given = scope.number(name, 0, j, result=True)
    return PartTold(
        "one input",
        (Line((scope.symbol(name, 0, j),), (given,)),),
        f"Input {j + 1} of the example is {plain(given.value)}.",
        given.value,
    )


def activation(scope: Scope, place: Place) -> PartTold:
    """a_j = σ(z_j)."""
    l, j = place.run.layer, place.row
    kind, z = scope.view.spec.activation(l), scope.number("weighted_input", l, j)
    result = scope.number("activation", l, j, result=True)
    symbols: tuple[Piece, ...] = (rf"{scope.style.sigma}(", scope.symbol("weighted_input", l, j), ")")
    right = _share(scope, l, j) if kind == "softmax" else formula(kind, z)
    line = Line(headed(scope.symbol("activation", l, j), symbols), (*right, "=", result) if right else (result,))
    rows = (_activations_over_examples(scope, l, j),) if scope.by_rows and kind != "softmax" else ()
    return PartTold(
        "one neuron",
        (*rows, line),
        f"The {ACTIVATION_NAMES[kind]} makes the activation of {scope.neuron(l, j)} from its weighted input"
        f" {plain(z.value)}: {plain(result.value)}.",
        result.value,
    )


def _activations_over_examples(scope: Scope, l: int, j: int) -> Line:
    row, z = scope.style.row, scope.over_batch("weighted_input", l, j)
    symbols = (
        row(scope.view, "activation", l, j),
        "=",
        rf"{scope.style.sigma}(",
        row(scope.view, "weighted_input", l, j),
        ")",
    )
    head = rf"{scope.style.sigma}\!\left("
    numbers = (head, z, r"\right)=", scope.over_batch("activation", l, j, result=True))
    return Line(symbols, numbers, f"unit {j + 1}, the whole row")


def _share(scope: Scope, l: int, j: int) -> tuple[Piece, ...]:
    """Softmax of neuron ``j`` with numbers; of a wide layer what stands below is one number."""
    z = scope.array("weighted_input", l)
    below: list[Piece] = []
    if len(z) <= sums.SHOWN:
        for k in range(len(z)):
            below += ["+"] if k else []
            below += ["e^{", scope.number("weighted_input", l, k), "}"]
    elif max(z) < math.log(1e300):
        below = [Number(float(sum(math.exp(one) for one in z)))]
    return (r"\frac{e^{", scope.number("weighted_input", l, j), "}}{", *below, "}") if below else ()
