"""A cost told in Sun's letters: for networks that have one, C is differentiated in place of ŷ.

Then all layers are t = 1, …, L and there is no α; the output layer passes on by σ' or by the Jacobian of softmax.
"""

from backprop_core.memory import Quantity
from backprop_core.textbooks import costs_told
from backprop_core.textbooks.numbers import plain, superscript
from backprop_core.textbooks.pieces import Line, Number, Piece, Symbol, kept
from backprop_core.textbooks.remarks import saturation
from backprop_core.textbooks.results import upright
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.short_form import long_form_holds, target_factor
from backprop_core.textbooks.sun import furniture
from backprop_core.textbooks.sun.notation import gradient, letters, slope, u, vector, z
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import derivative, shape


def tell_cost(view: View, l: int) -> Telling:
    """C of this example; the text has none and differentiates ŷ."""
    value = Number(float(view.trace.costs[view.example]), view.cost_ref, result=True)
    body = costs_told.cost_numbers(view, l, letters(l))
    numbers: tuple[Piece, ...] = ("C=", *body, "=", value) if body else ("C=", value)
    mean = f" Mean over the batch: {plain(view.trace.cost)}." if view.m > 1 else ""
    return Telling(
        name="Cost C of this example",
        label="C",
        label_text="C",
        place="",
        shapes="scalar",
        sentence=costs_told.sentence(view, l),
        lines=(Line((Symbol("C", view.cost_ref), "=", *costs_told.cost_symbols(view, l, letters(l))), numbers),),
        quantity=Quantity("cost", l),
        orientation="scalar",
        result=float(view.trace.costs[view.example]),
        in_text=False,
        note=f"The text differentiates an output ŷ; with a cost, C stands in its place.{mean}",
    )


def tell_cost_gradient(view: View, l: int) -> Telling:
    """∂C/∂z^L, where the induction of the text starts."""
    n = shape(view.spec.sizes[l])
    left = gradient(view, "activation_gradient", l, standing=False)
    symbols = costs_told.gradient_symbols(view, vector(view, "activation", l), Symbol("y", f"target:{l}", n))
    finite = view.finite("activation_gradient", l)
    return Telling(
        name=f"In place of the base case: ∂C/∂z^{l}",
        label=left.tex,
        label_text=f"∂C/∂z{superscript(l)}",
        place="Base case",
        shapes=f"{n} − {n}" if view.spec.cost in ("quadratic", "squared_error") else n,
        sentence="How fast the cost of this example changes with each value of the last layer.",
        lines=(
            Line(
                (left, "=", *symbols),
                (*_gradient_numbers(view, l, left.tex), view.column("activation_gradient", l, result=True)),
            ),
        ),
        quantity=Quantity("activation_gradient", l),
        orientation="column",
        result=upright(view, "activation_gradient", l),
        note="In the text ∂ŷ/∂z of the last layer is α; behind a cost it is this."
        if finite
        else "A value is so near 0 or 1 that this overflows; ∂C/∂u, computed in its short form, is finite.",
        matrices=furniture.cost_gradient(view, l),
    )


def _gradient_numbers(view: View, l: int, left: str) -> tuple[Piece, ...]:
    if view.spec.cost in ("quadratic", "squared_error"):
        difference = (view.column("activation", l), "-", view.column("target", l))
        return (*difference, "=") if view.spec.cost == "quadratic" else (r"2\left(", *difference, r"\right)=")
    if not view.finite("activation_gradient", l):
        return (f"{left}=",)
    rows: list[Piece] = [r"\begin{bmatrix}"]
    for position, j in enumerate(kept(view.spec.sizes[l])):
        rows += [r"\\"] if position else []
        rows += [r"\vdots"] if j is None else costs_told.quotients(view, l, j)
    return (*rows, r"\end{bmatrix}=")


def tell_output_error(view: View, l: int) -> Telling:
    """∂C/∂u^L = ∂C/∂z^L ∘ σ'(u^L); the whole Jacobian with softmax; short where the factors lost digits."""
    n, softmax = view.spec.sizes[l], view.spec.activation(l) == "softmax"
    long = not view.spec.fused or long_form_holds(view, l)
    lines = [_softmax_line(view, l) if softmax else _elementwise_line(view, l)] if long else []
    lines += [_short_form(view, l, titled=long)] if view.spec.fused else []
    if long and softmax:
        inside = rf"{derivative(z(l), u(l))}=\operatorname{{diag}}({z(l)})-{z(l)}({z(l)})^\top"
        lines.append(Line((inside,), (), "The Jacobian of softmax"))
    return Telling(
        name=f"∂C/∂u^{l}",
        label=gradient(view, "error", l, standing=False).tex,
        label_text=f"∂C/∂u{superscript(l)}",
        place="Induction step, first half; Claim 1",
        shapes=f"{shape(n)} − {shape(n)}"
        if not long
        else f"{shape(n, n)} · {shape(n)}"
        if softmax
        else f"{shape(n)} ∘ {shape(n)}",
        sentence="With this cost the slopes cancel: what is left is how far each value is from its target."
        if not long
        else "Through softmax every value feels every u, so each gradient adds up all of them."
        if softmax
        else "Each unit of the last layer passes its gradient on, times the slope of its own activation.",
        lines=tuple(lines),
        quantity=Quantity("error", l),
        orientation="column",
        result=upright(view, "error", l),
        intermediate={
            name: upright(view, name, l) for name in ("activation_slope", "activation_jacobian") if view.has(name, l)
        },
        note="The text’s σ works element by element; softmax does not, and ∘ gives way to its Jacobian."
        if softmax
        else "This is δ of the other texts.",
        remarks=saturation(view, l, "u"),
        matrices=furniture.output_error(view, l, long=long),
    )


def _elementwise_line(view: View, l: int) -> Line:
    symbols = (
        gradient(view, "error", l, standing=False),
        "=",
        gradient(view, "activation_gradient", l),
        r"\circ",
        slope(view, l),
    )
    numbers = (
        view.column("activation_gradient", l),
        r"\circ",
        view.column("activation_slope", l),
        "=",
        view.column("error", l, result=True),
    )
    return Line(symbols, numbers, place="Induction, ∂ŷ/∂u")


def _softmax_line(view: View, l: int) -> Line:
    n = view.spec.sizes[l]
    jacobian = Symbol(rf"\left({derivative(z(l), u(l))}\right)^\top", f"activation_jacobian:{l}", shape(n, n))
    symbols = (gradient(view, "error", l, standing=False), "=", jacobian, gradient(view, "activation_gradient", l))
    numbers = (
        view.transposed("activation_jacobian", l),
        view.column("activation_gradient", l),
        "=",
        view.column("error", l, result=True),
    )
    return Line(symbols, numbers)


def _short_form(view: View, l: int, *, titled: bool) -> Line:
    in_symbols, in_numbers = target_factor(view, l, r"\Big(\sum_k y_k\Big)")
    left = gradient(view, "error", l, standing=False)
    symbols = (left, "=", *in_symbols, vector(view, "activation", l), "-")
    numbers = (
        *in_numbers,
        view.column("activation", l),
        "-",
        view.column("target", l),
        "=",
        view.column("error", l, result=True),
    )
    target = Symbol("y", f"target:{l}", shape(view.spec.sizes[l]))
    return Line((*symbols, target), numbers, "For this cost and activation" if titled else "")
