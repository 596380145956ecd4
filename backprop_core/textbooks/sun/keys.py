"""Sun's keys as panels: the notation, and notes on what is differentiated and why so little has to be known.

A cost would add one factor in front; the claim of the text is that the gradients by the values carry all the others.
"""

from backprop_core.textbooks.panels import PANELS, Panel
from backprop_core.textbooks.pieces import Line, Matrix, Number, Piece
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.short_form import long_form_holds
from backprop_core.textbooks.sun.equations import ERRATA
from backprop_core.textbooks.sun.notation import SYMBOLS, gradient, reads_out, slope, words
from backprop_core.textbooks.view import View

_UPRIGHT = (
    r"\frac{\partial\hat y}{\partial z^t}=\begin{bmatrix}\frac{\partial\hat y}{\partial z^t_1}\\\vdots\\"
    r"\frac{\partial\hat y}{\partial z^t_K}\end{bmatrix}"
)


def notation(scene: Scene, view: View) -> Panel:
    """The key of the lens; at a step with ∘ that product with its numbers."""
    lines = [Line((symbol,), (), meaning) for symbol, meaning in SYMBOLS]
    lines.append(Line((_UPRIGHT,), (), "A gradient by a column stands upright", "§1.1"))
    text: tuple[str, ...] = ("Layers count from 0, the input. T is the last layer; a transpose is written ⊤.",)
    if not reads_out(view):
        text += (
            "This network has a cost C, which takes the place of ŷ; all its layers are t = 1, …, and there is no α.",
        )
    if scene.kind in ("error", "output_error") and view.spec.activation(scene.layer) != "softmax":
        # Where an output of cross-entropy is saturated, ∂C/∂z is infinite beside a slope of 0, and no product holds.
        if long_form_holds(view, scene.layer):
            lines.append(_this_product(view, scene.layer))
        text += ("∘ multiplies element by element.",)
    return Panel("notation", PANELS["notation"], text, tuple(lines))


def _this_product(view: View, l: int) -> Line:
    numbers: tuple[Piece, ...] = (
        view.column("activation_gradient", l),
        r"\circ",
        view.column("activation_slope", l),
        "=",
        view.column("error", l, result=True),
    )
    symbols = (gradient(view, "activation_gradient", l), r"\circ", slope(view, l))
    return Line(symbols, numbers, "∘ with the numbers of this step")


def notes(scene: Scene, view: View) -> Panel:
    """Why ŷ and not a cost, and why ∂ŷ/∂z^t is enough."""
    of, claim = words(view), ERRATA["claim"]
    text = (
        (
            "Why differentiate ŷ and not a cost? A cost of ŷ only adds one factor ∂C/∂ŷ in front of every number here,"
            " the same for all of them."
            if reads_out(view)
            else "The text differentiates ŷ itself. With a cost behind several outputs, ∂C/∂z of the last layer stands"
            " where the text has α, and everything after it is the same."
        ),
        (
            f"Why is it enough to know ∂{of}/∂z of every layer? With the stored u, one product by σ′ gives ∂{of}/∂u;"
            f" with the stored z below, one more gives ∂{of}/∂W."
        ),
        f"Slip in {claim.place}: {claim.printed}. What holds: {claim.holds}.",
    )
    lines = (
        Line(
            (r"\frac{\partial C}{\partial W}=\frac{\partial C}{\partial\hat y}\,\frac{\partial\hat y}{\partial W}",),
        )
        if reads_out(view)
        else Line(
            (r"\frac{\partial C}{\partial z^L}\quad\text{in place of}\quad\alpha",),
        ),
        Line(
            (r"\frac{\partial\hat y}{\partial u^t}=\frac{\partial\hat y}{\partial z^t}\circ\sigma'(u^t)",),
            (),
            "First product",
            "Claim 1",
        ),
        Line(
            (r"\frac{\partial\hat y}{\partial W^{[t]}}=\frac{\partial\hat y}{\partial u^t}(z^{t-1})^\top",),
            (),
            "Second product",
            "Claim 1",
        ),
    )
    return Panel("notes", PANELS["notes"], text, lines)


def standing(values: list[float]) -> Matrix:
    """Numbers of no array of the trace, as a column."""
    return Matrix(tuple((Number(value),) for value in values))
