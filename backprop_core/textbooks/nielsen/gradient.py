"""Nielsen's gradients of one example, BP4 and BP3, and the mini-batch update that adds the examples up.

Each function tells one kind of scene; equation numbers are the text's own.
"""

from backprop_core.memory import UPDATED, Quantity
from backprop_core.textbooks.nielsen.equations import ERRATA, PATHS
from backprop_core.textbooks.nielsen.notation import entry, up, vector
from backprop_core.textbooks.nielsen.notation import weights as weights_symbol
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.pieces import Line, Number, Piece, Symbol
from backprop_core.textbooks.remarks import silent_inputs
from backprop_core.textbooks.results import stand, upright
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import laid, noted, stacked
from backprop_core.textbooks.words import derivative, index, plural, shape

SPELT_OUT = (2, 3)
"""Sizes of a mini-batch whose gradients are written one by one; else their mean, which of one example is its own."""


def tell_weight_gradient(view: View, l: int) -> Telling:
    """BP4 (50), of this example."""
    n, k, below = view.spec.sizes[l], view.spec.input_size(l), view.below(l)
    left = Symbol(derivative("C_x", f"w{up(l)}"), f"example_weight_gradient:{l}", shape(n, k))
    entering = vector(view, *below)
    a = Symbol(laid(entering.tex), entering.ref, shape(1, k))
    result = view.matrix("example_weight_gradient", l, result=True)
    z, w = f"z{up(l)}_j", f"w{up(l)}_{{jk}}"
    bias = f"+b{up(l)}_j" if view.spec.bias else ""
    return Telling(
        name=f"BP4: gradient of the weights w^{l + 1}",
        label=rf"\partial w{up(l)}",
        label_text=f"∂Cₓ/∂w{superscript(l + 1)}",
        tag="BP4",
        place="alg. 5; BP4, (50), (51)",
        shapes=f"{shape(n, k)} = {shape(n)} · {shape(1, k)}",
        sentence="Each weight’s gradient is the activation entering it times the error of the neuron it feeds.",
        lines=(
            Line(
                (left, "=", vector(view, "error", l), a),
                (f"{left.tex}=", view.column("error", l), view.row(*below), "=", result),
                place="BP4",
            ),
            _one_weight(view, l),
        ),
        quantity=Quantity("example_weight_gradient", l),
        orientation="matrix",
        result=upright(view, "example_weight_gradient", l),
        note=noted(is_usual=view.enters_alone(l), note="Of this example’s C_x, not of the mean." if view.m > 1 else ""),
        derivation=()
        if not view.reads_before(l)
        else (
            *(_at_the_output(l) if l == view.spec.depth else ()),
            Line((rf"{z}=\sum_k w{up(l)}_{{jk}}\,a{up(l - 1)}_k{bias}",), place="before (49)"),
            Line((rf"{derivative(z, w)}=a{up(l - 1)}_k",), place="(49)"),
            Line(
                (rf"{derivative('C_x', w)}=\delta{up(l)}_j\,{derivative(z, w)}=\delta{up(l)}_j\,a{up(l - 1)}_k",),
                place="(50)",
            ),
            Line((rf"{derivative('C_x', 'w')}=a_{{\text{{in}}}}\,\delta_{{\text{{out}}}}",), place="(51)"),
        ),
        errata=tuple(ERRATA[name] for name in PATHS) if l < view.spec.depth else (),
        remarks=silent_inputs(view, l),
    )


def _at_the_output(l: int) -> tuple[Line, ...]:
    """A weight of the last layer has one path to the cost: (52), before the text goes further back."""
    L = up(l)
    chain = derivative("C_x", f"a{L}_j") + derivative(f"a{L}_j", f"z{L}_j") + derivative(f"z{L}_j", f"w{L}_{{jk}}")
    return (Line((derivative("C_x", f"w{L}_{{jk}}") + "=" + chain,), (), "The product of its factors", "(52)"),)


def _one_weight(view: View, l: int) -> Line:
    """One entry of BP4: ∂C_x/∂w_11 = a_1 δ_1."""
    left = Symbol(derivative("C_x", f"w{up(l)}{index(0, 0)}"), f"example_weight_gradient:{l}:0:0")
    numbers = (
        view.number(*view.below(l), 0),
        r"\cdot",
        view.number("error", l, 0, paren=True),
        "=",
        view.number("example_weight_gradient", l, 0, 0, result=True),
    )
    return Line(
        (left, "=", entry(view, *view.below(l), 0), r"\,", entry(view, "error", l, 0)),
        numbers,
        "One weight",
        "(50)",
    )


def tell_bias_gradient(view: View, l: int) -> Telling:
    """BP3 (48), of this example."""
    n = shape(view.spec.sizes[l])
    b = f"b{up(l)}_j"
    left = Symbol(derivative("C_x", f"b{up(l)}"), f"example_bias_gradient:{l}", n)
    numbers = (f"{left.tex}=", view.column("example_bias_gradient", l, result=True))
    return Telling(
        name=f"BP3: gradient of the biases b^{l + 1}",
        label=rf"\partial b{up(l)}",
        label_text=f"∂Cₓ/∂b{superscript(l + 1)}",
        tag="BP3",
        place="alg. 5; BP3, (47), (48)",
        shapes=n,
        sentence="A bias enters with coefficient one, so its gradient is the error itself.",
        lines=(Line((left, "=", vector(view, "error", l)), numbers, place="BP3"),),
        quantity=Quantity("example_bias_gradient", l),
        orientation="column",
        result=upright(view, "example_bias_gradient", l),
        note="Nothing is computed here: the error is read once more.",
        derivation=(
            Line((rf"{derivative(f'z{up(l)}_j', b)}=1",), place="(47)"),
            Line(
                (rf"{derivative('C_x', b)}=\delta{up(l)}_j\,{derivative(f'z{up(l)}_j', b)}=\delta{up(l)}_j",),
                place="(48)",
            ),
        ),
    )


def tell_weight_update(view: View, l: int) -> Telling:
    """w^l → w^l − (η/m) Σ_x δ^{x,l} (a^{x,l-1})^T, mini-batch item 3."""
    letters = [f"a^{{x,{source + 1}}}" for source in view.spec.sources(l)]
    entering = stacked(letters) if len(letters) > 1 else letters[0]
    old, change = weights_symbol(view, l), rf"\sum_x\delta^{{x,{l + 1}}}{laid(entering)}"
    numbers = (
        view.matrix("weights", l),
        *_change(view, "weight_gradient", l),
        "=",
        view.matrix("updated_weights", l, result=True),
    )
    return _tell_update(view, l, "weights", old, change, numbers, shape(view.spec.sizes[l], view.spec.input_size(l)))


def tell_bias_update(view: View, l: int) -> Telling:
    """b^l → b^l − (η/m) Σ_x δ^{x,l}, mini-batch item 3."""
    old, change = vector(view, "biases", l), rf"\sum_x\delta^{{x,{l + 1}}}"
    numbers = (
        view.column("biases", l),
        *_change(view, "bias_gradient", l),
        "=",
        view.column("updated_biases", l, result=True),
    )
    return _tell_update(view, l, "biases", old, change, numbers, shape(view.spec.sizes[l]))


def _tell_update(
    view: View, l: int, parameter: str, old: Symbol, change: str, numbers: tuple[Piece, ...], size: str
) -> Telling:
    letter, gradient = ("w", "weight_gradient") if parameter == "weights" else ("b", "bias_gradient")
    symbols = (
        old,
        r"\rightarrow ",
        Symbol(old.tex, old.ref, old.shape),
        "-",
        Symbol(r"\frac{\eta}{m}", "learning_rate"),
        change,
    )
    kept = " The biases are frozen: only the weights move." if view.trace.freeze_biases and view.spec.bias else ""
    total = view.trace.memory[gradient, l] * view.m
    return Telling(
        name=f"Gradient descent: {parameter} {letter}^{l + 1}",
        label=f"{letter}{up(l)}",
        label_text=f"{letter}{superscript(l + 1)}",
        place="SGD alg. 3",
        shapes=size,
        sentence=_update_sentence(view.m, parameter) + kept,
        lines=(Line(symbols, numbers),),
        quantity=Quantity(UPDATED[parameter], l),
        orientation="matrix" if parameter == "weights" else "column",
        result=upright(view, UPDATED[parameter], l),
        intermediate={"sum_over_examples": stand(total) if total.ndim == 1 else total},
        errata=(ERRATA["update"],),
        note="" if view.m > 1 else "With one example m = 1, so η/m is η.",
    )


def _update_sentence(m: int, parameter: str) -> str:
    if parameter == "weights":
        if m == 1:
            return "The weights move against this example’s gradient, by the learning rate."
        added = (
            "Both examples’ gradients are added" if m == 2 else f"The gradients of all {plural(m, 'example')} are added"
        )
        return f"{added}; the weights move against their mean by the learning rate."
    if m == 1:
        return "The biases move against the error, by the learning rate."
    return f"The biases move against the mean of the {'two' if m == 2 else m} errors."


def _change(view: View, gradient: str, l: int) -> list[Piece]:
    eta = Number(float(view.trace.memory["learning_rate", view.spec.depth]), "learning_rate")
    draw = view.matrix if gradient == "weight_gradient" else view.column
    if view.m not in SPELT_OUT:
        return ["-", eta, r"\,", draw(gradient, l)]
    pieces: list[Piece] = ["-", r"\tfrac{", eta, rf"}}{{{view.m}}}\left("]
    for x in range(view.m):
        pieces += ["+"] if x else []
        pieces.append(draw(f"example_{gradient}", l, example=x))
    return [*pieces, r"\right)"]
