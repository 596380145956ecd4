"""Nielsen's cost and its gradient, for every cost the engine has.

The text has the quadratic cost; the others are told in the same letters.
"""

from backprop_core.memory import Quantity
from backprop_core.textbooks import costs_told
from backprop_core.textbooks.costs_told import CostLetters
from backprop_core.textbooks.nielsen.equations import ERRATA
from backprop_core.textbooks.nielsen.notation import up, vector
from backprop_core.textbooks.numbers import plain
from backprop_core.textbooks.pieces import Line, Number, Piece, Symbol, kept
from backprop_core.textbooks.results import upright
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import shape


def tell_cost(view: View, l: int) -> Telling:
    """C_x, from its eq. (10)."""
    symbols, numbers = _cost_lines(view, l)
    mean = f" Mean over the mini-batch: {plain(view.trace.cost)}." if view.m > 1 else ""
    value = Number(float(view.trace.costs[view.example]), view.cost_ref, result=True)
    return Telling(
        name="Cost C_x of this example" if view.spec.has_target else "The output ŷ is what is differentiated",
        label="C_x" if view.spec.has_target else r"\hat y",
        label_text="C" if view.spec.has_target else "ŷ",
        place="(10), before (39)" if view.spec.cost == "quadratic" else "before (39)",
        shapes="scalar",
        sentence=costs_told.sentence(view, l),
        lines=(Line(symbols, (*numbers, "=", value)),),
        quantity=Quantity("cost", l),
        orientation="scalar",
        result=float(view.trace.costs[view.example]),
        in_text=view.spec.cost == "quadratic",
        note=f"The algorithm box starts from the gradient of the cost, one step on.{mean}",
    )


def _letters(l: int) -> CostLetters:
    return CostLetters(a=lambda j: f"a{up(l)}_{j}", z=lambda j: f"z{up(l)}_{j}", y=lambda j: f"y_{j}")


def _cost_lines(view: View, l: int) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    if view.spec.cost == "output":
        output = Symbol(r"\hat y", f"activation:{l}", shape(1))
        return (output, "=", Symbol(f"a{up(l)}_1", f"activation:{l}:0")), (r"\hat y",)
    symbol, body = Symbol("C_x", view.cost_ref), costs_told.cost_numbers(view, l, _letters(l))
    return (symbol, "=", *costs_told.cost_symbols(view, l, _letters(l))), ("C_x=", *body) if body else (symbol,)


def tell_cost_gradient(view: View, l: int) -> Telling:
    """∇_a C_x, its eq. (39)."""
    n = shape(view.spec.sizes[l])
    y = Symbol("y", f"target:{l}", n)
    symbols = costs_told.gradient_symbols(view, vector(view, "activation", l), y)
    tail: tuple[Piece, ...] = ("=", view.column("activation_gradient", l, result=True))
    left = Symbol(r"\nabla_aC_x", f"activation_gradient:{l}", n)
    return Telling(
        name="Rate of change with the output, ∇_a C_x",
        label=r"\nabla_aC_x",
        label_text="∇ₐC",
        place="(39)" if view.spec.cost == "quadratic" else "before (39)",
        shapes=f"{n} − {n}" if view.spec.cost in ("quadratic", "squared_error") else n,
        sentence="How fast the cost of this example changes with each output activation.",
        lines=(Line((left, "=", *symbols), (*_gradient_numbers(view, l), *tail)),),
        quantity=Quantity("activation_gradient", l),
        orientation="column",
        result=upright(view, "activation_gradient", l),
        in_text=view.spec.cost == "quadratic",
        note=""
        if view.finite("activation_gradient", l)
        else "An output is so near 0 or 1 that this rate overflows; the error, computed in its short form, is finite.",
        errata=(ERRATA["cost_gradient"],),
    )


def _gradient_numbers(view: View, l: int) -> tuple[Piece, ...]:
    if view.spec.cost in ("quadratic", "squared_error"):
        difference = (view.column("activation", l), "-", view.column("target", l))
        if view.spec.cost == "quadratic":
            return (r"\nabla_aC_x=", *difference)
        return (r"\nabla_aC_x=2\left(", *difference, r"\right)")
    if view.spec.cost == "output" or not view.finite("activation_gradient", l):
        return (r"\nabla_aC_x",)
    rows: list[Piece] = [r"\nabla_aC_x=\begin{bmatrix}"]
    for position, j in enumerate(kept(view.spec.sizes[l])):
        rows += [r"\\"] if position else []
        rows += [r"\vdots"] if j is None else costs_told.quotients(view, l, j)
    return (*rows, r"\end{bmatrix}")
