"""Catching AI's forward pass, which the text recalls from an earlier part: the whole batch goes through at once.

One row a unit, one column an example; the bias column is added to every column.
"""

import numpy as np

from backprop_core.activations import ACTIVATIONS
from backprop_core.memory import Quantity
from backprop_core.textbooks.catching_ai import furniture
from backprop_core.textbooks.catching_ai.equations import displayed, errata
from backprop_core.textbooks.catching_ai.notation import bold, cells, entry, target_tex, whole
from backprop_core.textbooks.neurons_told import one_activation, one_weighted_input
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.pieces import Line, Piece, Symbol
from backprop_core.textbooks.remarks import saturation
from backprop_core.textbooks.results import side_by_side
from backprop_core.textbooks.scenes import Erratum, Telling
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import entering, noted
from backprop_core.textbooks.words import ACTIVATION_NAMES, ACTIVATION_SENTENCES, called, shape

BATCH = "matrix, one column an example"
"""The orientation of what every example has."""
CELLS_NAMED = 4
"""Cells of a matrix that a note names one by one."""

_COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def tell_input(view: View, l: int) -> Telling:
    """A^(0) = X, the batch as a matrix; with an activated input X alone, and A^(0) follows."""
    activated = view.spec.input_activation != "identity"
    name, m, n = "weighted_input" if activated else "activation", view.m, view.spec.inputs
    x = Symbol(r"\mathbf X", f"{name}:0", shape(n, m))
    numbers: tuple[Piece, ...] = (r"\mathbf X=", cells(view, name, 0, result=True))
    if view.spec.has_target:
        numbers += (rf",\quad{target_tex(view)}=", cells(view, "target", view.spec.depth))
    many = _COUNTS[m] if m < len(_COUNTS) else str(m)
    examples = "One example: one column" if m == 1 else f"{many} examples side by side: one column each"
    return Telling(
        name="The batch as a matrix",
        label=x.tex if activated else bold("A", 0),
        label_text="X" if activated else "A⁽⁰⁾",
        place="part 5, recalled; X under “Gradients of the output layer”",
        shapes=shape(n, m),
        sentence=f"{examples}, one row per feature.",
        lines=(Line((x,) if activated else (whole(view, name, 0), "=", x), numbers),),
        quantity=Quantity(name, 0),
        orientation=BATCH,
        result=side_by_side(view, name, 0),
        note=f"n⁽⁰⁾ = {n} feature{'s' * (n != 1)}, m = {m}."
        + ("" if view.spec.sizes[-1] == 1 else " The text has one output; with several the targets are a matrix Y."),
        matrices=furniture.input_alone(view, name),
    )


def tell_weighted_input(view: View, l: int) -> Telling:
    """Z^(l) = W^(l) A^(l-1) + B^(l), B in every column."""
    n, k, m, bias = view.spec.sizes[l], view.spec.input_size(l), view.m, view.spec.bias
    adds, is_usual = view.spec.adds(l), view.reads_before(l)
    symbols: tuple[Piece, ...] = (
        whole(view, "weighted_input", l),
        "=",
        whole(view, "weights", l),
        whole(view, *view.below(l)),
    )
    numbers: tuple[Piece, ...] = (view.matrix("weights", l), cells(view, *view.below(l)))
    if bias:
        symbols += ("+", whole(view, "biases", l))
        numbers += ("+", view.column("biases", l))
    for other in adds:
        symbols += ("+", whole(view, "activation", other))
        numbers += ("+", cells(view, "activation", other))
    numbers += ("=", cells(view, "weighted_input", l, result=True))
    told = one_weighted_input(view, l, entry)
    return Telling(
        name=f"Preactivations Z^({l})",
        label=bold("Z", l),
        label_text=f"Z⁽{superscript(l)}⁾",
        place="part 5, recalled before ∂z/∂w and ∂z/∂a",
        shapes=f"{shape(n, m)} = {shape(n, k)} · {shape(k, m)}"
        + (f" + {shape(n)} (broadcast)" if bias else "")
        + f" + {shape(n, m)}" * len(adds),
        sentence="All examples pass through the same weights at once"
        + ("; the bias column is added to every column." if bias else ".")
        + f" {entering(view, l, 0)}".rstrip(),
        lines=(
            Line(symbols, numbers),
            Line(told.symbols, told.numbers, f"Unit 1, example {view.example + 1}, term by term"),
        ),
        quantity=Quantity("weighted_input", l),
        orientation=BATCH,
        result=side_by_side(view, "weighted_input", l),
        note=noted(is_usual=view.reads_before(l), note=_about_z(view, l)),
        derivation=displayed("Z^(l) by rows") if is_usual else (),
        matrices=furniture.weighted_input(view, l),
    )


def _about_z(view: View, l: int) -> str:
    said = "Row i is the vector z_i of unit i; column j is example j."
    if view.spec.sizes[l] == 1:
        said = f"One unit: 1-by-{view.m}, a row, written as a matrix for uniformity."
    elif l > 1 and view.spec.bias:
        said = "B is one column, repeated m times."
    return said if view.spec.bias else f"{said} This network has no biases."


def tell_activation(view: View, l: int) -> Telling:
    """A^(l) = f(Z^(l)), cell by cell."""
    kind, softmax = view.spec.activation(l), view.spec.activation(l) == "softmax"
    f = r"\operatorname{softmax}" if softmax else "f"
    symbols = (whole(view, "activation", l), f"={f}(", whole(view, "weighted_input", l), ")")
    numbers = (
        rf"{f}\!\left(",
        cells(view, "weighted_input", l),
        r"\right)=",
        cells(view, "activation", l, result=True),
    )
    own = Symbol("z", f"weighted_input:{l}")
    title = f"Unit 1, example {view.example + 1}, with {called(kind)}"
    return Telling(
        name=f"Activations A^({l})" if l else "Activate the batch A^(0)",
        label=bold("A", l),
        label_text=f"A⁽{superscript(l)}⁾",
        place="a_{i,j} = f(z_{i,j})" if l and not softmax else "",
        shapes=shape(view.spec.sizes[l], view.m),
        sentence=_sentence(view, l),
        lines=(Line(symbols, numbers), *(renamed(line, title) for line in one_activation(view, l, own, title=title))),
        quantity=Quantity("activation", l),
        orientation=BATCH,
        result=side_by_side(view, "activation", l),
        in_text=l > 0,
        note=_about_a(view, l),
        errata=_slips(view, l),
        derivation=() if softmax or not l else displayed("a = f(z)", "A^(l−1) by rows", *_vector(view, l)),
        remarks=saturation(view, l),
        matrices=furniture.activation(view, l),
    )


def renamed(line: Line, title: str = "") -> Line:
    """The same with the letter this text has for the function."""
    symbols = tuple(piece.replace(r"\sigma(", "f(") if isinstance(piece, str) else piece for piece in line.symbols)
    return Line(symbols, line.numbers, title or line.title, line.place)


def _vector(view: View, l: int) -> tuple[str, ...]:
    return ("A^(L) as a vector",) if l == view.spec.depth and view.spec.sizes[l] == 1 else ()


def _slips(view: View, l: int) -> tuple[Erratum, ...]:
    if l == view.spec.depth:
        return errata("standing") if view.spec.sizes[l] == 1 else ()
    return errata("rows") if l else ()


def _sentence(view: View, l: int) -> str:
    kind = view.spec.activation(l)
    if l == 0:
        return f"Before it enters the first layer, the batch goes through the {ACTIVATION_NAMES[kind]}."
    if kind == "relu":
        return "ReLU keeps what is positive and clears the rest, cell by cell."
    if kind == "sigmoid" and l == view.spec.depth and view.spec.sizes[l] == 1:
        return "The logistic output unit turns each preactivation into a probability of class 1."
    return ACTIVATION_SENTENCES[kind].format(l=l).replace("weighted input", "preactivation")


def off(view: View, l: int) -> str:
    """The cells (unit, example) where a unit with a kink is off, as far as they can be named one by one."""
    if not ACTIVATIONS[view.spec.activation(l)].kink or not view.has("activation_slope", l):
        return ""
    found = np.argwhere(view.trace.memory["activation_slope", l].T == 0)
    named = " and ".join(f"({i + 1},{j + 1})" for i, j in found[:CELLS_NAMED])
    if not len(found):
        return ""
    return named if len(found) <= CELLS_NAMED else f"{named} and {len(found) - CELLS_NAMED} more"


def _about_a(view: View, l: int) -> str:
    if l == 0:
        return "The text feeds its batch in unchanged."
    cleared = off(view, l) if view.spec.activation(l) == "relu" else ""
    if l == 1 and cleared:
        return f"Off, and so 0, at {cleared} (unit, example)."
    if l == view.spec.depth:
        return ""
    return f"A⁽{superscript(l)}⁾ is {view.spec.sizes[l]}-by-m, as the text says."
