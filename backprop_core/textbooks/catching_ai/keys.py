"""Catching AI's keys as panels: the notation, the shapes of a step, the curve of an activation, and notes.

Where the text slips in a sign or in a size, the note brings the numbers of both readings.
"""

import math

import numpy as np

from backprop_core.laboratory.operation_counts import operation_counts
from backprop_core.textbooks import curves_told
from backprop_core.textbooks.catching_ai import cost
from backprop_core.textbooks.catching_ai.equations import ERRATA, displayed
from backprop_core.textbooks.catching_ai.forward import renamed
from backprop_core.textbooks.catching_ai.notation import SYMBOLS, bold, name_of, turned, turned_weights
from backprop_core.textbooks.costs_told import logarithms_exist
from backprop_core.textbooks.numbers import plain, superscript
from backprop_core.textbooks.panels import PANELS, Panel, Table
from backprop_core.textbooks.pieces import Line, Number
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import entering, meeting
from backprop_core.textbooks.words import called, plural, shape

STEP = 1e-5


def notation(scene: Scene, view: View) -> Panel:
    """The key of the lens."""
    text = (
        (
            "Capital bold letters hold the whole batch: row i is unit i, column j is example j. The 1/m of the mean"
            " enters once, with ∂J/∂A of the output, and stays inside every gradient after it."
        ),
        f"With one arrow, z is a row (index i) or a column (index j): {ERRATA['index'].holds}.",
    )
    return Panel("notation", PANELS["notation"], text, tuple(Line((tex,), title=words) for tex, words in SYMBOLS))


def shapes(scene: Scene, view: View) -> Panel:
    """Every factor of the step with its shape, and why they stand in this order."""
    l, m = scene.layer, view.m
    n, before = view.spec.sizes[l], view.spec.input_size(l) if l else 0
    lines: tuple[Line, ...] = ()
    ways = ""
    if scene.kind == "weighted_input":
        added = ((bold("A", other), n, m) for other in view.spec.adds(l))
        factors = [(bold("W", l), n, before), (name_of(view, *view.below(l)), before, m), *added, (bold("Z", l), n, m)]
        why, ways = "W has a row for every unit and A a column for every example, so Z has both.", entering(view, l, 0)
    elif scene.kind == "weight_gradient":
        by_z = name_of(view, "error", l)
        factors = [
            (by_z, n, m),
            (turned(view, *view.below(l)).tex, m, before),
            (name_of(view, "weight_gradient", l), n, before),
        ]
        why = (
            f"The inner size is m = {m}: the product runs over the examples and adds them up. The result has the"
            " shape of W, one cell a weight."
        )
    else:
        factors, why, ways = _back(view, l), _order(view, l), meeting(view, l, 0, "gradient")
        lines = displayed("∂J/∂a_{i,j} chain", "∂J/∂a_{i,j} solved")
    said = tuple(Line((tex,), title=shape(rows, columns)) for tex, rows, columns in factors)
    return Panel("shapes", PANELS["shapes"], (why, *([ways] if ways else [])), (*said, *lines))


def _back(view: View, l: int) -> list[tuple[str, int, int]]:
    """The factors of every way back to layer ``l``, and what they add up to: TeX, rows, columns."""
    n, m, found = view.spec.sizes[l], view.m, list[tuple[str, int, int]]()
    for one in view.spec.readers(l):
        after = view.spec.sizes[one.layer]
        found += [(turned_weights(view, one).tex, n, after), (name_of(view, "error", one.layer), after, m)]
    found += [(name_of(view, "error", other), n, m) for other in view.spec.adders(l)]
    return [*found, (name_of(view, "activation_gradient", l), n, m)]


def _order(view: View, l: int) -> str:
    readers = view.spec.readers(l)
    if not readers:
        return "No weights lie on the way back: ∂J/∂Z of the layer above arrives as it is."
    above = readers[0].layer
    after = view.spec.sizes[above]
    return (
        f"∂z/∂a stands before ∂J/∂z because {shape(1, after)} · {shape(after)} is a number; the other way round it"
        f" would be {shape(after, after)}. Their length is n of layer {above}, which is {after}."
    )


def sigma(scene: Scene, view: View) -> Panel:
    """f and f' of this layer, and what it makes of the units for the stepped example."""
    l = scene.layer
    lines = tuple(renamed(line) for line in curves_told.formulas(view, l, "z", "a = f(z)"))
    zero = int((view.trace.memory["activation_slope", l] == 0).sum()) if view.has("activation_slope", l) else 0
    text = [f"Layer {l} has {called(view.spec.activation(l))}; f′ is the slope of its tangent at each z."]
    if zero:
        text.append(f"In {plural(zero, 'cell')} of f′(Z⁽{superscript(l)}⁾) the slope is 0: nothing passes back there.")
    head, title = ("z", "f(z)", "f′(z)"), f"Example {view.example + 1}"
    table = curves_told.layer_table(view, l, head, "unit", title)
    return Panel("sigma", PANELS["sigma"], tuple(text), (*lines, *displayed("∂a/∂z = f′")), (table,))


def notes(scene: Scene, view: View) -> Panel:
    """What the text says otherwise at this step, with the numbers of both readings."""
    text, tables = _NOTES[scene.kind](scene, view)
    return Panel("notes", PANELS["notes"], text, (), tables)


Note = tuple[tuple[str, ...], tuple[Table, ...]]


def _about_the_minus(scene: Scene, view: View) -> Note:
    """J with its brackets, and the sum as printed."""
    slip = ERRATA["cost"]
    text = (f"Printed: {slip.printed}. What holds: {slip.holds}. Read literally the second terms lose minus and mean.",)
    l = scene.layer
    if not cost.logarithms_exist(view, l):
        return text, ()
    a, y = view.trace.memory["activation", l], view.trace.memory["target", l]
    a, y = a.astype(float), y.astype(float)
    with np.errstate(all="ignore"):
        first = float(np.where(y == 0, 0.0, y * np.log(a)).sum())
        second = float(np.where(y == 1, 0.0, (1.0 - y) * np.log(1.0 - a)).sum())
    rows: tuple[tuple[str | Number, ...], ...] = (
        ("as it holds", Number(view.trace.cost, "cost")),
        ("as printed", Number(-first / view.m + second)),
    )
    return text, (Table(("", "J"), rows),)


def _about_the_mean(scene: Scene, view: View) -> Note:
    """Where 1/m goes, and the sign of the stepped example's rate against a central difference."""
    text = (
        (
            f"1/m is inside ∂J/∂A⁽{superscript(scene.layer)}⁾, once, and every later gradient inherits it: δ of other"
            f" texts is {plain(view.m)} times these numbers."
        ),
    )
    l = scene.layer
    if view.spec.cost != "binary_cross_entropy" or view.spec.sizes[l] > 1 or not logarithms_exist(view, l):
        return text, ()
    a, y = float(view.array("activation", l)[0]), float(view.array("target", l)[0])
    if not STEP < a < 1.0 - STEP:
        return text, ()
    right, by = float(view.array("activation_gradient", l)[0]) / view.m, 1.0 / view.m
    central = (_charged(a + STEP, y) - _charged(a - STEP, y)) / (2 * STEP) / view.m
    rows: tuple[tuple[str | Number, ...], ...] = (
        ("with the minus", Number(right, f"activation_gradient:{l}:0", scale=by)),
        ("as first printed", Number(-right)),
        ("central difference", Number(central)),
    )
    slip = ERRATA["sign"]
    table = Table((f"example {view.example + 1}", "∂J/∂a"), rows, "Minus or plus?")
    return (*text, f"The {slip.place} is printed with {slip.printed}; what holds: {slip.holds}."), (table,)


def _charged(a: float, y: float) -> float:
    return -y * math.log(a) - (1.0 - y) * math.log(1.0 - a)


def _about_the_tensor(scene: Scene, view: View) -> Note:
    """Why not one chain rule for all of W: the derivative of Z by W has four axes."""
    l, m = scene.layer, view.m
    n, k, sources = view.spec.sizes[l], view.spec.input_size(l), view.spec.sources(l)
    layer = superscript(l)
    read = " + ".join(f"n⁽{superscript(source)}⁾" for source in sources)
    text = (
        (
            f"∂Z⁽{layer}⁾/∂W⁽{layer}⁾ would have {n}×{m}×{n}×{k} = {n * m * n * k} entries, n⁽{layer}⁾×m×n⁽{layer}⁾"
            f"×{read if len(sources) == 1 else f'({read})'}, and only {n * m * k} of them, a row of Z by its own row of"
            " W, are not 0 by structure. A single weight needs a row and a column."
        ),
        f"Slip: the {ERRATA['tensor'].place} is printed as {ERRATA['tensor'].printed}.",
    )
    return text, ()


_NOTES = {"cost": _about_the_minus, "cost_gradient": _about_the_mean, "weight_gradient": _about_the_tensor}


def count(scene: Scene, view: View) -> Panel:
    """Products of the forward and the backward pass over the batch, beside central differences."""
    counts = operation_counts(view.spec, view.m)
    rows: tuple[tuple[str | Number, ...], ...] = (
        ("forward: Z of every layer", Number(counts.forward_products)),
        ("backward: ∂J/∂A and ∂J/∂W", Number(counts.backward_products)),
        ("central differences", Number(2 * counts.parameters * counts.forward_products)),
    )
    text = (
        (
            f"{plural(counts.parameters, 'parameter')}, {plural(view.m, 'example')}: one update is one forward and one"
            f" backward pass; central differences take {2 * counts.parameters} forward passes."
        ),
    )
    return Panel("count", PANELS["count"], text, (), (Table(("products", "count"), rows),))
