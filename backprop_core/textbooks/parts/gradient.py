"""Parts of gradients and updates: one entry as a_in · δ_out, one example's share of it, one step old − η · gradient.

Each function tells one kind of part in the symbols of any lens.
"""

from dataclasses import replace

from backprop_core.memory import UPDATED
from backprop_core.textbooks import sums
from backprop_core.textbooks.numbers import plain
from backprop_core.textbooks.parts.plan import Place
from backprop_core.textbooks.parts.scope import PartTold, Scope, headed
from backprop_core.textbooks.pieces import Line, Matrix, Number, Piece, Symbol, kept
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import plural

FACTORS = r"\,"


def weight_entry(scope: Scope, place: Place) -> PartTold:
    """∂C/∂w_jk = a_k δ_j."""
    l, j, k = place.run.layer, place.row, place.column or 0
    below = scope.view.below(l)
    a, delta = scope.number(*below, k), scope.number("error", l, j, paren=True)
    result = scope.number(scope.whole.quantity.name, l, j, k, result=True)
    right: tuple[Piece, ...] = (scope.symbol(*below, k), FACTORS, scope.symbol("error", l, j))
    head = scope.symbol(scope.whole.quantity.name, l, j, k)
    label = f"one entry (i,j)=({k + 1},{j + 1})" if scope.style.turned else f"one entry (j,k)=({j + 1},{k + 1})"
    return PartTold(
        label,
        (Line(right if scope.style.turned else headed(head, right), (a, r"\cdot", delta, "=", result)),),
        f"The weight from {sender(scope, l, k)} to {scope.neuron(l, j)}: activation in, {plain(a.value)},"
        f" times {scope.style.error} out, {plain(delta.value)}, is {plain(result.value)}.",
        result.value,
    )


def sender(scope: Scope, l: int, k: int) -> str:
    """“neuron 2”, and of which layer where layer ``l`` reads others than the one before."""
    source, sent = scope.view.sender(l, k)
    return f"neuron {sent + 1}" if scope.view.spec.sources(l) == (l - 1,) else scope.neuron(source, sent)


def weight_share(scope: Scope, place: Place) -> PartTold:
    """One example's share of one entry."""
    l, j, k, x = place.run.layer, place.row, place.column or 0, place.at
    view = View(scope.view.trace, x)
    delta = scope.number("error", l, j, paren=True, example=x)
    below = scope.view.below(l)
    a = scope.number(*below, k, paren=True, example=x)
    value, name = delta.value * a.value, scope.whole.quantity.name
    symbols = (scope.entry(view, "error", l, j), FACTORS, scope.entry(view, *below, k))
    result: Number = Number(value, "", result=True)
    if place.beat.writes:
        result = scope.number(name, l, j, k, result=True)
    return PartTold(
        f"example {x + 1} of {scope.view.m}",
        (Line(symbols, (delta, r"\cdot", a, "=", result)),),
        f"Example {x + 1} asks the weight from {sender(scope, l, k)} to {scope.neuron(l, j)} for {plain(value)}.",
        value,
        float(sum(_weight_shares(scope, l, j, k)[: x + 1])),
    )


def _weight_shares(scope: Scope, l: int, j: int, k: int) -> list[float]:
    memory, scale = scope.view.trace.memory, scope.scale("error")
    return [float(one) for one in memory["error", l][:, j] * scale * memory[scope.view.below(l)][:, k]]


def weight_sum(scope: Scope, place: Place) -> PartTold:
    """All examples' shares of one entry, added up."""
    l, j, k = place.run.layer, place.row, place.column or 0
    name = scope.whole.quantity.name
    result = scope.number(name, l, j, k, result=True)
    added = sums.addends([Number(one) for one in _weight_shares(scope, l, j, k)])
    return PartTold(
        "sum",
        (Line((scope.symbol(name, l, j, k),), (*added, "=", result)),),
        f"All {plural(scope.view.m, 'example')} together: {plain(result.value)}.",
        result.value,
        result.value,
    )


def weight_row(scope: Scope, place: Place) -> PartTold:
    """One row of ∂C/∂W, all weights into one neuron; one column of it where the text turns it."""
    l, j = place.run.layer, place.row
    name = scope.whole.quantity.name
    if scope.style.whole_batch:
        lines: tuple[Line, ...] = (_rows_product(scope, l, j), _one_weight(scope, l, j))
    elif scope.style.turned:
        lines = (_column(scope, l, j),)
    else:
        symbols = (
            scope.style.row(scope.view, name, l, j),
            "=",
            scope.symbol("error", l, j),
            FACTORS,
            scope.style.lying(scope.view, *scope.view.below(l)),
        )
        numbers = (scope.number("error", l, j, paren=True), r"\cdot", scope.view.row(*scope.view.below(l)), "=")
        lines = (Line(symbols, (*numbers, scope.row(name, l, j, result=True)), "one neuron"),)
    delta = scope.number("error", l, j)
    which = "" if scope.style.whole_batch else f", {plain(delta.value)}"
    label = f"one column (one neuron j={j + 1})" if scope.style.turned else "one neuron"
    return PartTold(
        label,
        lines,
        f"Every weight into {scope.neuron(l, j)} takes the activation entering it times the same"
        f" {scope.style.error}{which}.",
        [float(one) for one in scope.view.array(name, l)[j]],
    )


def _column(scope: Scope, l: int, j: int) -> Line:
    name, values = scope.whole.quantity.name, scope.view.array(scope.whole.quantity.name, l)[j]
    cells = [(None if k is None else Number(float(values[k]), f"{name}:{l}:{j}:{k}"),) for k in kept(len(values))]
    symbols = (
        scope.style.row(scope.view, name, l, j),
        "=",
        scope.style.lying(scope.view, *scope.view.below(l)),
        FACTORS,
        scope.symbol("error", l, j),
    )
    numbers = (
        scope.view.column(*scope.view.below(l)),
        r"\cdot",
        scope.number("error", l, j, paren=True),
        "=",
        Matrix(tuple(cells), f"{name}:{l}:{j}", result=True),
    )
    return Line(symbols, numbers, f"one column (one neuron j={j + 1})")


def _rows_product(scope: Scope, l: int, j: int) -> Line:
    """A whole row over all examples: row j of ∂J/∂Z times the activations, one row an example."""
    name = scope.whole.quantity.name
    symbols = (
        scope.style.row(scope.view, name, l, j),
        "=",
        scope.style.row(scope.view, "error", l, j),
        scope.style.row(scope.view, "all_activations_turned", l, 0),
    )
    numbers = (
        scope.over_batch("error", l, j),
        scope.view.batch(*scope.view.below(l), turned=True),
        "=",
        scope.row(name, l, j, result=True),
    )
    return Line(symbols, numbers, f"unit {j + 1}, the whole row")


def _one_weight(scope: Scope, l: int, j: int) -> Line:
    name, row = scope.whole.quantity.name, scope.style.row
    symbols = (
        scope.symbol(name, l, j, 0),
        "=",
        row(scope.view, "error", l, j),
        row(scope.view, "activation_turned", *scope.view.sender(l, 0)),
    )
    numbers = (
        scope.over_batch("error", l, j),
        scope.over_batch("activation", *scope.view.sender(l, 0), upright=True),
        "=",
        scope.number(name, l, j, 0, result=True),
    )
    return Line(symbols, numbers, "one weight")


def bias_entry(scope: Scope, place: Place) -> PartTold:
    """∂C/∂b_j = δ_j: read once more, or added over the examples."""
    l, j = place.run.layer, place.row
    name = scope.whole.quantity.name
    result = scope.number(name, l, j, result=True)
    if scope.style.whole_batch:
        shares = [scope.number("error", l, j, example=x) for x in range(scope.view.m)]
        added = sums.addends(shares)
        each = scope.style.row(scope.view, "one_error", l, j)
        line = Line((scope.symbol(name, l, j), r"=\sum_j", each), (*added, "=", result), "one bias")
    else:
        line = Line(headed(scope.symbol(name, l, j), (scope.symbol("error", l, j),)), (result,), "one bias")
    return PartTold(
        "one bias",
        (line,),
        f"The bias of {scope.neuron(l, j)} enters with coefficient one, so it takes over the {scope.style.error}"
        f"{', added over the examples' if scope.style.whole_batch else ''}: {plain(result.value)}.",
        result.value,
    )


def bias_share(scope: Scope, place: Place) -> PartTold:
    """One example's share of one bias gradient."""
    l, j, x = place.run.layer, place.row, place.at
    share = replace(scope.number("error", l, j, example=x), result=True)
    scale, column = scope.scale("error"), scope.view.trace.memory["error", l][:, j]
    return PartTold(
        f"example {x + 1} of {scope.view.m}",
        (Line((scope.entry(View(scope.view.trace, x), "error", l, j),), (share,)),),
        f"Example {x + 1} asks the bias of {scope.neuron(l, j)} for {plain(share.value)}.",
        share.value,
        float(column[: x + 1].sum() * scale),
    )


def weight_update(scope: Scope, place: Place) -> PartTold:
    """w_jk steps to w_jk − η · its gradient."""
    l, j, k = place.run.layer, place.row, place.column or 0
    who = f"The weight from {sender(scope, l, k)} to {scope.neuron(l, j)}"
    return _update(scope, "weights", (l, j, k), f"one entry (j,k)=({j + 1},{k + 1})", who)


def bias_update(scope: Scope, place: Place) -> PartTold:
    """b_j steps to b_j − η · its gradient."""
    l, j = place.run.layer, place.row
    return _update(scope, "biases", (l, j), "one bias", f"The bias of {scope.neuron(l, j)}")


def _update(scope: Scope, parameter: str, where: tuple[int, ...], label: str, who: str) -> PartTold:
    gradient = "weight_gradient" if parameter == "weights" else "bias_gradient"
    old, slope = scope.number(parameter, *where), scope.number(gradient, *where, paren=True)
    new = scope.number(UPDATED[parameter], *where, result=True)
    symbol, by = scope.symbol(parameter, *where), scope.symbol(gradient, *where)
    rate = Symbol(scope.style.rate, "learning_rate")
    right: tuple[Piece, ...] = (symbol, "-", rate, FACTORS, by)
    line = Line(
        _becomes(scope, symbol, UPDATED[parameter], where, right), (old, "-", _rate(scope), r"\cdot", slope, "=", new)
    )
    return PartTold(
        label,
        (line,),
        f"{who} steps against its gradient {plain(slope.value)}: {plain(old.value)} becomes {plain(new.value)}.",
        new.value,
    )


def _becomes(
    scope: Scope, old: Symbol, updated: str, where: tuple[int, ...], right: tuple[Piece, ...]
) -> tuple[Piece, ...]:
    if scope.style.arrow:
        return (old, scope.style.arrow, *right)
    return headed(scope.symbol(updated, *where), right)


def _rate(scope: Scope) -> Number:
    return Number(float(scope.view.trace.memory["learning_rate", scope.view.spec.depth]), "learning_rate", paren=True)


def update_row(scope: Scope, place: Place) -> PartTold:
    """All weights into one neuron, old − η · gradient."""
    l, j = place.run.layer, place.row
    row = scope.style.row
    right = (
        row(scope.view, "weights", l, j),
        "-",
        Symbol(scope.style.rate, "learning_rate"),
        FACTORS,
        row(scope.view, "weight_gradient", l, j) + ("^t" if scope.style.turned else ""),
    )
    arrow = scope.style.arrow or r"\rightarrow "
    numbers = (
        scope.row("weights", l, j),
        "-",
        _rate(scope),
        r"\cdot",
        scope.row("weight_gradient", l, j),
        "=",
        scope.row("updated_weights", l, j, result=True),
    )
    return PartTold(
        "one neuron",
        (Line((row(scope.view, "weights", l, j), arrow, *right), numbers, "one neuron"),),
        f"Every weight into {scope.neuron(l, j)} steps against its own gradient, by the same learning rate.",
        [float(one) for one in scope.view.array("updated_weights", l)[j]],
    )
