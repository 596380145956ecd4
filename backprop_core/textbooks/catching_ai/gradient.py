"""Catching AI's gradients and updates: the products add over the examples by themselves, and γ moves the parameters.

Column i, h: row i of ∂J/∂Z meets row h of A, standing; the biases add the columns of ∂J/∂Z.
"""

import numpy as np

from backprop_core.memory import UPDATED, Quantity
from backprop_core.textbooks import sums
from backprop_core.textbooks.catching_ai import furniture
from backprop_core.textbooks.catching_ai.equations import displayed, errata
from backprop_core.textbooks.catching_ai.notation import (
    bold,
    cells,
    column,
    entry,
    name_of,
    scale,
    turned,
    whole,
)
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.pieces import EDGE, Line, Matrix, Number, Piece, Symbol, kept
from backprop_core.textbooks.remarks import silent_inputs
from backprop_core.textbooks.results import stand, upright
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import noted
from backprop_core.textbooks.words import shape

TERMS = 512
"""Numbers up to which the shares of all examples in all weights stand beside the result."""

THREE = 3
"""Layers of the network for which the text writes its gradient out once more."""

_OUTPUT = (
    "∂J/∂W^(L) chain",
    "∂Z^(L)/∂W^(L)",
    "∂J/∂W^(L) with f′",
)
_LOGISTIC = ("∂J/∂W^(L) expanded",)
_LOGISTIC_OF_THREE = (*_LOGISTIC, "∂J/∂W^(3)")
_HIDDEN = (
    "hasty ∂J/∂W^(l)",
    "∂J/∂w_{i,h}",
    "∂z_i/∂w_{i,h} column",
    "∂z_{i,j}/∂w_{i,h}",
    "∂z_i/∂w_{i,h} = a’s",
    "A^(l−1) by rows",
    "∂z_i/∂w_{i,h} = a_h^T",
    "∂J/∂w_{i,h} so far",
    "∂J/∂w_{i,h} again",
    "∂J/∂W^(l)",
)


def tell_weight_gradient(view: View, l: int) -> Telling:
    """∂J/∂W^(l) = ∂J/∂Z^(l) A^(l-1)T."""
    n, k, m, output = view.spec.sizes[l], view.spec.input_size(l), view.m, l == view.spec.depth
    place = "∂J/∂W^(L)" if output else "∂J/∂W^(l)"
    symbols = (
        whole(view, "weight_gradient", l),
        "=",
        whole(view, "error", l),
        turned(view, *view.below(l)),
    )
    numbers = (
        cells(view, "error", l),
        cells(view, *view.below(l), lying=True),
        "=",
        view.matrix("weight_gradient", l, result=True),
    )
    logistic: tuple[str, ...] = ()
    if view.spec.cost == "binary_cross_entropy" and n == 1:
        logistic = _LOGISTIC_OF_THREE if l == THREE else _LOGISTIC
    slips = ("weight", "brackets", "tensor", "rows", "bias", "index")
    return Telling(
        name=f"∂J/∂W^({l})",
        label=name_of(view, "weight_gradient", l),
        label_text=f"∂J/∂W⁽{superscript(l)}⁾",
        place=f"Gradients of the output layer, {place}" if output else f"Compacting, {place}",
        shapes=f"{shape(n, k)} = {shape(n, m)} · {shape(m, k)}",
        sentence="Row of gradients times column of activations: the matrix product itself adds over the examples.",
        lines=(Line(symbols, numbers, place=place), _one_weight(view, l)),
        quantity=Quantity("weight_gradient", l),
        orientation="matrix",
        result=upright(view, "weight_gradient", l),
        intermediate={"terms_over_examples": _terms(view, l)} if n * k * m <= TERMS else {},
        note=noted(is_usual=view.enters_alone(l), note=_about_weights(view, l)),
        errata=errata("brackets", "slope") if output else errata(*slips),
        derivation=_derived(view, l, logistic),
        remarks=silent_inputs(view, l),
        matrices=furniture.weight_gradient(view, l),
    )


def _derived(view: View, l: int, logistic: tuple[str, ...]) -> tuple[Line, ...]:
    if not view.reads_before(l):
        return ()
    return displayed(*_OUTPUT, *logistic) if l == view.spec.depth else displayed(*_HIDDEN)


def _terms(view: View, l: int) -> object:
    """Every example's share of every weight: (n, k, m)."""
    memory = view.trace.memory
    return np.einsum("xi,xh->ihx", memory["error", l] * scale(view, "error"), memory[view.below(l)])


def _one_weight(view: View, l: int) -> Line:
    """∂J/∂w_{1,1}: what each example asks for, added up."""
    by, memory = scale(view, "error"), view.trace.memory
    errors, inputs = memory["error", l][:, 0] * by, memory[view.below(l)][:, 0]

    def factors(x: int) -> tuple[Number, Number]:
        delta = Number(float(errors[x]), f"error:{l}:0", example=x, scale=by)
        return delta, Number(float(inputs[x]), view.reference(*view.below(l), 0), example=x)

    def named(x: int) -> tuple[Symbol, ...]:
        one = View(view.trace, x)
        return entry(one, "error", l, 0), entry(one, *view.below(l), 0)

    return Line(
        (entry(view, "weight_gradient", l, 0, 0), "=", *sums.symbols_of(view.m, named)),
        (
            *sums.products_of((errors * inputs).tolist(), factors),
            "=",
            view.number("weight_gradient", l, 0, 0, result=True),
        ),
        "One weight, example by example",
        "∂J/∂w_{i,h}",
    )


def _about_weights(view: View, l: int) -> str:
    """Examples that cannot move a row, because its unit was off for them."""
    errors = view.trace.memory["error", l]
    still = np.argwhere(errors == 0)
    if not len(still) or l == view.spec.depth:
        return ""
    x, i = still[-1]
    off = view.trace.memory["activation_slope", l][x, i] == 0
    why = f"unit {i + 1} was off" if off else "∂J/∂z is 0 there"
    return f"Example {x + 1} cannot move row {i + 1} of W⁽{superscript(l)}⁾: {why}."


def tell_bias_gradient(view: View, l: int) -> Telling:
    """∂J/∂B^(l): the columns of ∂J/∂Z^(l) added up."""
    n, m, output = view.spec.sizes[l], view.m, l == view.spec.depth
    place = "∂J/∂B^(L)" if output else "∂J/∂B^(l)"
    left = whole(view, "bias_gradient", l)
    symbols = (left, r"=\sum_{j=1}^{m}\left(", whole(view, "error", l), r"\right)_j")
    by = scale(view, "error")
    every: dict[str, object] = {}
    if n * m <= TERMS:
        every["columns"] = np.ascontiguousarray(view.trace.memory["error", l] * by).reshape(m, n, 1)
    scalar = "A scalar here, though written as a matrix." if n == 1 else ""
    return Telling(
        name=f"∂J/∂B^({l})",
        label=left.tex,
        label_text=f"∂J/∂B⁽{superscript(l)}⁾",
        place=f"Gradients of the output layer, {place}" if output else f"Compacting, {place}",
        shapes=f"{shape(n)} = Σ of {m} column{'s' * (m != 1)}",
        sentence="The columns of ∂J/∂Z are added: the same bias served every example.",
        lines=(Line(symbols, _columns(view, l), place=place), _one_bias(view, l)),
        quantity=Quantity("bias_gradient", l),
        orientation="column",
        result=upright(view, "bias_gradient", l),
        intermediate=every,
        note=scalar if output else "Left to the reader in the text; the 1/m is already inside.",
        derivation=displayed(place),
        matrices=furniture.bias_gradient(view, l),
    )


def _columns(view: View, l: int) -> tuple[Piece, ...]:
    """Column after column; of a long batch the first ones, and the others as one column that they add up to."""
    shown = list(range(view.m)) if view.m <= EDGE else list(range(EDGE - 2))
    pieces: list[Piece] = []
    for x in shown:
        pieces += (["+"] if x else []) + [column(view, "error", l, x)]
    if len(shown) < view.m:
        rest = view.trace.memory["error", l][len(shown) :].sum(axis=0) * scale(view, "error")
        standing = Matrix(tuple((None if j is None else Number(float(rest[j])),) for j in kept(len(rest))))
        pieces += ["+", r"\underbrace{", standing, rf"}}_{{{view.m - len(shown)}\text{{ more}}}}"]
    return (*pieces, "=", view.column("bias_gradient", l, result=True))


def _one_bias(view: View, l: int) -> Line:
    by = scale(view, "error")
    errors = view.trace.memory["error", l][:, 0] * by

    def share(x: int) -> Number:
        return Number(float(errors[x]), f"error:{l}:0", example=x, scale=by)

    def named(x: int) -> tuple[Symbol, ...]:
        return (entry(View(view.trace, x), "error", l, 0),)

    return Line(
        (entry(view, "bias_gradient", l, 0), "=", *sums.symbols_of(view.m, named)),
        (*sums.addends_of(errors.tolist(), share), "=", view.number("bias_gradient", l, 0, result=True)),
        "One bias, example by example",
    )


def tell_weight_update(view: View, l: int) -> Telling:
    """w_new = w_old − γ ∂J/∂w_old, for the whole matrix."""
    frozen = view.trace.freeze_biases and view.spec.bias
    return _update(
        view,
        "weights",
        l,
        "Every scalar weight steps against its gradient by the rate γ"
        + ("; the biases are frozen." if frozen else "."),
        "Written for one scalar; shown for the whole matrix. No layer order is printed; here it is L, …, 1.",
    )


def tell_bias_update(view: View, l: int) -> Telling:
    """b_new = b_old − γ ∂J/∂b_old."""
    return _update(
        view,
        "biases",
        l,
        "The biases move by the same rule and the same rate.",
        "The whole batch at once: if it is the whole data set, one update is one epoch.",
    )


def _update(view: View, parameter: str, l: int, sentence: str, note: str) -> Telling:
    w, gradient = parameter[0], "weight_gradient" if parameter == "weights" else "bias_gradient"
    updated, big = UPDATED[parameter], bold(parameter[0].upper(), l)
    rate = Number(float(view.trace.memory["learning_rate", view.spec.depth]), "learning_rate")
    size = shape(view.spec.sizes[l], view.spec.input_size(l) if w == "w" else 1)
    symbols = (
        Symbol(f"{w}_{{new}}", f"{updated}:{l}", size),
        "=",
        Symbol(f"{w}_{{old}}", f"{parameter}:{l}", size),
        "-",
        Symbol(r"\gamma", "learning_rate"),
        Symbol(rf"\frac{{\partial J}}{{\partial {w}_{{old}}}}", f"{gradient}:{l}", size),
    )
    drawn = view.matrix if w == "w" else view.column
    numbers = (drawn(parameter, l), "-", rate, r"\,", drawn(gradient, l), "=", drawn(updated, l, result=True))
    every = (
        Symbol(rf"{big}_{{new}}", f"{updated}:{l}", size),
        "=",
        Symbol(big, f"{parameter}:{l}", size),
        "-",
        Symbol(r"\gamma", "learning_rate"),
        whole(view, gradient, l),
    )
    array = view.array(updated, l)
    return Telling(
        name=f"Update of {w.upper()}^({l})",
        label=big,
        label_text=f"{w.upper()}⁽{superscript(l)}⁾",
        place="Updating parameters",
        shapes=size,
        sentence=sentence,
        lines=(Line(symbols, numbers, place=f"{w}_new"), Line(every, (), "All of them at once")),
        quantity=Quantity(updated, l),
        orientation="matrix" if w == "w" else "column",
        result=array if w == "w" else stand(array),
        note=note,
        matrices=furniture.update(view, parameter, gradient, updated, l),
    )
