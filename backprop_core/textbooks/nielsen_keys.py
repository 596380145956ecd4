"""Nielsen's notation as a panel: the key of the text, its index order, and its product ⊙ with numbers.

The product is shown with four small numbers first, as the text has it, and then with those of the step.
"""

from backprop_core.textbooks.nielsen_notation import SYMBOLS, entry, slope, up, vector
from backprop_core.textbooks.panels import PANELS, Panel
from backprop_core.textbooks.pieces import Line, Matrix, Number, Piece, Symbol
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import shape


def notation(scene: Scene, view: View) -> Panel:
    """The key of the lens; at a step with weights their index order, at a step with ⊙ that product."""
    lines = [Line((symbol,), (), words) for symbol, words in SYMBOLS]
    text: tuple[str, ...] = ()
    if scene.kind in ("output_error", "error") and view.spec.activation(scene.layer) != "softmax":
        lines += [_four_numbers(), _this_product(view, scene.layer)]
    if scene.kind == "weighted_input":
        k = min(1, view.spec.sizes[scene.layer - 1] - 1)
        weight = view.number("weights", scene.layer, 0, k)
        lines.append(Line((entry("weights", scene.layer, 0, k),), (weight,), "The index order"))
        text = (f"This weight leads to neuron 1 from neuron {k + 1}: the receiver is named first.",)
    return Panel("notation", PANELS["notation"], text, tuple(lines))


def _upright(*values: float) -> Matrix:
    return Matrix(tuple((Number(value),) for value in values))


def _four_numbers() -> Line:
    numbers: tuple[Piece, ...] = (_upright(1, 2), r"\odot", _upright(3, 4), "=", _upright(3, 8))
    return Line((r"s\odot t",), numbers, "The product element by element", "(34)")


def _this_product(view: View, l: int) -> Line:
    left = Symbol(r"\nabla_aC_x", f"activation_gradient:{l}", shape(view.spec.sizes[l]))
    if l < view.spec.depth:
        left = Symbol(f"((w{up(l + 1)})^T{vector(view, 'error', l + 1).tex})", left.ref, left.shape)
    numbers = (
        view.column("activation_gradient", l),
        r"\odot",
        view.column("activation_slope", l),
        "=",
        view.column("error", l, result=True),
    )
    return Line((left, r"\odot", *slope(view, l)), numbers, "The same with the numbers of this step", "(34)")
