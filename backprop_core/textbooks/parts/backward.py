"""Parts of the backward pass: one product coming back along its edge, their sum, times the slope, and softmax.

Each function tells one kind of part in the symbols of any lens.
"""

from backprop_core.textbooks import neurons_told, sums
from backprop_core.textbooks.numbers import plain
from backprop_core.textbooks.parts.plan import Place
from backprop_core.textbooks.parts.scope import PartTold, Scope, dot, headed, passing
from backprop_core.textbooks.pieces import Line, Matrix, Number, Piece, Symbol, kept
from backprop_core.textbooks.short_form import target_factor
from backprop_core.textbooks.ways_told import column_read, ways_back

FACTORS = r"\,"


def product(scope: Scope, place: Place) -> PartTold:
    """δ_k w_kj, coming back along its edge."""
    l, j, k = place.run.layer, place.row, place.at
    layer = int(place.beat.edges.partition(":")[2])
    column = place.beat.first + j
    delta, w = scope.number("error", layer, k, paren=True), scope.number("weights", layer, k, column, paren=True)
    value = delta.value * w.value
    symbols: tuple[Piece, ...] = (scope.symbol("error", layer, k), FACTORS, scope.symbol("weights", layer, k, column))
    result = passing(value, result=True)
    if place.beat.writes:
        result = scope.number("activation_gradient", l, j, result=True)
    return PartTold(
        f"product {k + 1} of {place.beat.count}",
        (Line(symbols, (delta, r"\cdot", w, "=", result)),),
        f"{scope.neuron(layer, k).capitalize()} sends its {scope.style.error} {plain(delta.value)} back over the weight"
        f" {plain(w.value)}: {plain(value)} arrives at {scope.neuron(l, j)}.",
        value,
        _before(scope, place) + _dot(scope, layer, column, k + 1),
    )


def added(scope: Scope, place: Place) -> PartTold:
    """δ_j of a layer that this one was added to without a weight."""
    l, j, other = place.run.layer, place.row, place.beat.along[place.at]
    name = "activation_gradient" if place.beat.writes else "error"
    delta = scope.number("error", other, j, result=True)
    passed = sum(float(scope.array("error", one)[j]) for one in place.beat.along[: place.at + 1])
    result = scope.number(name, l, j, result=True) if place.beat.writes else delta
    return PartTold(
        f"added {place.at + 1} of {place.beat.count}",
        (Line((scope.symbol("error", other, j),), (result,)),),
        f"{scope.neuron(other, j).capitalize()} had {scope.neuron(l, j)} added to it without a weight: its"
        f" {scope.style.error} {plain(delta.value)} comes back as it is.",
        delta.value,
        _before(scope, place) + passed,
    )


def _before(scope: Scope, place: Place) -> float:
    """What came back over the ways that were told before the one of this part."""
    total = 0.0
    for beat in place.run.beats[: place.run.beats.index(place.beat)]:
        layer = int(beat.edges.partition(":")[2])
        total += _dot(scope, layer, beat.first + place.row)
    return total


def _dot(scope: Scope, layer: int, column: int, count: int | None = None) -> float:
    return dot(scope.array("error", layer)[:count], scope.array("weights", layer)[:count, column])


def _arrived(scope: Scope, l: int, j: int) -> Symbol:
    return Symbol(scope.style.arrived(scope.view, l, j), f"activation_gradient:{l}:{j}")


def returned_sum(scope: Scope, place: Place) -> PartTold:
    """Σ δ w: all that came back, added up."""
    l, j = place.run.layer, place.row
    arrived = [
        passing(float(scope.array("error", r)[k]) * float(scope.array("weights", r)[k, column]))
        for r, k, column in scope.view.edges_back(l, j)
    ]
    arrived += [scope.number("error", other, j) for other in scope.view.spec.adders(l)]
    name = "error" if any(ref.startswith("error:") for ref in place.beat.writes) else "activation_gradient"
    result = scope.number(name, l, j, result=True)
    return PartTold(
        "sum",
        (Line((_arrived(scope, l, j),), (*sums.addends(arrived), "=", result)),),
        f"All that came back to {scope.neuron(l, j)} adds up to {plain(result.value)}.",
        result.value,
        result.value,
    )


def slope(scope: Scope, place: Place) -> PartTold:
    """Times σ′: what arrived, or the rate of the cost, becomes the error."""
    l, j = place.run.layer, place.row
    arrived = scope.number("activation_gradient", l, j, paren=True)
    steep, result = scope.number("activation_slope", l, j, paren=True), scope.number("error", l, j, result=True)
    right = scope.symbol("activation_slope", l, j)
    if any(beat.kind == "sum" for beat in place.run.beats) or place.run.beats[0].kind in ("product", "added"):
        symbols: tuple[Piece, ...] = (_arrived(scope, l, j), r"\cdot ", right)
    else:
        symbols = headed(scope.head("error", l, j), (scope.symbol("activation_gradient", l, j), FACTORS, right))
    line = Line(symbols, (arrived, r"\cdot", steep, "=", result))
    rows = (_errors_over_examples(scope, l, j),) if scope.by_rows else ()
    return PartTold(
        "times slope" if scope.granularity == "term" else "one neuron",
        (*rows, line),
        f"The slope {plain(steep.value)} scales it: the {scope.style.error} of {scope.neuron(l, j)} is"
        f" {plain(result.value)}.",
        result.value,
    )


def _errors_over_examples(scope: Scope, l: int, j: int) -> Line:
    row, view = scope.style.row, scope.view
    slopes = rf"{scope.style.sigma}'({row(view, 'weighted_input', l, j)})"
    symbols = (row(view, "error", l, j), "=", row(view, "activation_gradient", l, j), r"\odot ", slopes)
    numbers = (
        scope.over_batch("activation_gradient", l, j),
        r"\odot",
        scope.over_batch("activation_slope", l, j),
        "=",
        scope.over_batch("error", l, j, result=True),
    )
    return Line(symbols, numbers, f"unit {j + 1}, the whole row")


def one_arrival(scope: Scope, place: Place) -> PartTold:
    """∂C/∂a_j whole, as its sum."""
    l, j = place.run.layer, place.row
    symbols, numbers = neurons_told.returning(scope.view, l, j, scope.entry, scope.number)
    result = scope.number("activation_gradient", l, j, result=True)
    line = Line(headed(scope.head("activation_gradient", l, j), symbols), (*numbers, "=", result), "one neuron")
    rows = (_arrivals_over_examples(scope, l, j),) if scope.by_rows else ()
    return PartTold(
        "one neuron",
        (*rows, line),
        f"{scope.neuron(l, j).capitalize()} collects, {_collected(scope, l)}: {plain(result.value)}.",
        result.value,
    )


def _collected(scope: Scope, l: int) -> str:
    """What comes back over weights, and what comes back without."""
    spec, error = scope.view.spec, scope.style.error
    said = [f"over all its edges onward, {error} times weight"] if spec.readers(l) else []
    said += [f"where it is added, the {error} as it is"] if spec.adders(l) else []
    return ", and ".join(said)


def _arrivals_over_examples(scope: Scope, l: int, j: int) -> Line:
    row, view = scope.style.row, scope.view
    back = ways_back(
        view,
        l,
        lambda one: (row(view, "weights_turned", one.layer, one.first + j), row(view, "all_errors", one.layer, 0)),
        lambda other: (row(view, "error", other, j),),
    )
    numbers = ways_back(
        view,
        l,
        lambda one: (column_read(view, one, j), view.batch("error", one.layer, scale=scope.scale("error"))),
        lambda other: (scope.over_batch("error", other, j),),
    )
    result = scope.over_batch("activation_gradient", l, j, result=True)
    symbols = (row(view, "activation_gradient", l, j), "=", *back)
    return Line(symbols, (*numbers, "=", result), f"unit {j + 1}, the whole row")


def one_error(scope: Scope, place: Place) -> PartTold:
    """δ_j whole: all errors of the next layer, and its slope where it has one."""
    l, j = place.run.layer, place.row
    symbols, numbers = neurons_told.returning(scope.view, l, j, scope.entry, scope.number)
    result = scope.number("error", l, j, result=True)
    if any(ref.startswith("activation_slope:") for ref in place.beat.writes):
        symbols = [r"\Big(", *symbols, r"\Big)", scope.symbol("activation_slope", l, j)]
        numbers = [r"\left(", *numbers, r"\right)\cdot ", scope.number("activation_slope", l, j, paren=True)]
    return PartTold(
        "one neuron",
        (Line(_joined(scope.head("error", l, j), symbols), (*numbers, "=", result), "one neuron"),),
        f"{scope.neuron(l, j).capitalize()} is told by every neuron it feeds how much it counts:"
        f" its {scope.style.error} is {plain(result.value)}.",
        result.value,
    )


def _joined(head: Symbol, right: list[Piece]) -> tuple[Piece, ...]:
    first, *rest = right
    return (head, f"={first}", *rest) if isinstance(first, str) else headed(head, right)


def difference(scope: Scope, place: Place) -> PartTold:
    """a_j − y_j, where the slope cancels."""
    l, j = place.run.layer, place.row
    result = scope.number("error", l, j, result=True)
    return PartTold(
        "one neuron",
        (short_form(scope, l, j),),
        f"The slope cancels: {scope.neuron(l, j)} is to blame by how far it is from its target, {plain(result.value)}.",
        result.value,
    )


def short_form(scope: Scope, l: int, j: int, title: str = "") -> Line:
    """δ_j = a_j − y_j."""
    factor, with_number = target_factor(scope.view, l, r"\Big(\sum_k y_k\Big)")
    a, y = scope.number("activation", l, j), scope.number("target", l, j, paren=True)
    symbols: tuple[Piece, ...] = (*factor, scope.symbol("activation", l, j), "-", scope.symbol("target", l, j))
    numbers: tuple[Piece, ...] = (*with_number, a, "-", y)
    scale = scope.scale("error")
    if scale != 1.0:
        symbols = (r"\frac{1}{m}\left(", *symbols, r"\right)")
        numbers = (rf"\tfrac{{1}}{{{scope.view.m}}}\left(", *numbers, r"\right)")
    return Line(
        headed(scope.head("error", l, j), symbols), (*numbers, "=", scope.number("error", l, j, result=True)), title
    )


def jacobian_entry(scope: Scope, place: Place) -> PartTold:
    """Entry (j, k) of diag(a) − a a^T: how a_j changes with z_k."""
    l, j, k = place.run.layer, place.row, place.column or 0
    a, other = scope.symbol("activation", l, j), scope.symbol("activation", l, k)
    p, q = scope.number("activation", l, j), scope.number("activation", l, k)
    result = scope.number("activation_jacobian", l, j, k, result=True)
    right: tuple[Piece, ...] = (a, "(1-", a, ")") if j == k else ("-", a, FACTORS, other)
    numbers: tuple[Piece, ...] = (p, r"\cdot(1-", p, ")") if j == k else ("-", p, r"\cdot", q)
    where = (
        f"{scope.neuron(l, j)} with its own weighted input"
        if j == k
        else f"{scope.neuron(l, j)} with that of neuron {k + 1}"
    )
    return PartTold(
        f"entry ({j + 1},{k + 1}) of the Jacobian",
        (Line(headed(scope.symbol("activation_jacobian", l, j, k), right), (*numbers, "=", result)),),
        f"How fast the share of {where} changes: {plain(result.value)}.",
        result.value,
    )


def jacobian_row(scope: Scope, place: Place) -> PartTold:
    """Row j of diag(a) − a a^T: a_j times (1 at its own place − a)."""
    l, j = place.run.layer, place.row
    a, kronecker = scope.array("activation", l), [float(k == j) for k in range(scope.view.spec.sizes[l])]
    cells = [None if k is None else Number(kronecker[k] - float(a[k])) for k in kept(len(a))]
    one, every = scope.symbol("activation", l, j), scope.style.lying(scope.view, "activation", l)
    symbols = (
        scope.style.row(scope.view, "activation_jacobian", l, j),
        "=",
        one,
        rf"\left(e_{{{j + 1}}}^T-",
        every,
        r"\right)",
    )
    result = scope.row("activation_jacobian", l, j, result=True)
    return PartTold(
        f"row {j + 1} of the Jacobian",
        (Line(symbols, (scope.number("activation", l, j), r"\cdot", Matrix((tuple(cells),)), "=", result)),),
        f"Through softmax the share of {scope.neuron(l, j)} feels every weighted input, its own upward and all others"
        " downward.",
        [float(one) for one in scope.array("activation_jacobian", l)[j]],
    )


def softmax_product(scope: Scope, place: Place) -> PartTold:
    """∂C/∂a_k · ∂a_k/∂z_j: one output's part of δ_j."""
    l, j, k = place.run.layer, place.row, place.at
    g, slope_of = (
        scope.number("activation_gradient", l, k, paren=True),
        scope.number("activation_jacobian", l, k, j, paren=True),
    )
    value = g.value * slope_of.value
    symbols = (scope.symbol("activation_gradient", l, k), FACTORS, scope.symbol("activation_jacobian", l, k, j))
    result = scope.number("error", l, j, result=True) if place.beat.writes else passing(value, result=True)
    return PartTold(
        f"product {k + 1} of {place.beat.count}",
        (Line(symbols, (g, r"\cdot", slope_of, "=", result)),),
        f"By way of output {k + 1} the cost minds the weighted input of {scope.neuron(l, j)} by {plain(value)}.",
        value,
        dot(scope.array("activation_gradient", l)[: k + 1], scope.array("activation_jacobian", l)[: k + 1, j]),
    )


def softmax_sum(scope: Scope, place: Place) -> PartTold:
    """δ_j: all ways added up, and the short form beside it."""
    l, j = place.run.layer, place.row
    products = scope.array("activation_gradient", l) * scope.array("activation_jacobian", l)[:, j]
    result = scope.number("error", l, j, result=True)
    numbers = (*sums.addends([passing(one) for one in products]), "=", result)
    whole = [
        (scope.symbol("activation_gradient", l, k), scope.symbol("activation_jacobian", l, k, j))
        for k in range(len(products))
    ]
    symbols = headed(scope.head("error", l, j), sums.symbols(whole))
    short = (short_form(scope, l, j, "For this cost and activation"),) if scope.view.spec.fused else ()
    return PartTold(
        "sum" if place.beat.kind == "sum" else "one neuron",
        (Line(symbols, numbers), *short),
        f"Over all outputs this adds up to the {scope.style.error} of {scope.neuron(l, j)}: {plain(result.value)}.",
        result.value,
        result.value,
    )
