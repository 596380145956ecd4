"""Nielsen's steps as furniture: w and its transpose, columns, ⊙, and column times row, at their shapes.

The first arrangement of a step is the step; the others are the forms it takes for this cost and activation.
"""

from collections.abc import Callable

from backprop_core.textbooks.furniture import Arrangement, Factor
from backprop_core.textbooks.nielsen.notation import columns, up, vector
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.short_form import long_form_holds, target_factor
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import block_factor, drawn_back, laid
from backprop_core.textbooks.words import derivative
from backprop_core.wiring import Reader

SPELT_OUT = (2, 3)
"""Sizes of a mini-batch whose gradients stand side by side; else their mean."""

LARGEST = 1024
"""Numbers of a matrix that is computed for show alone; a larger one stays with its factors."""

Row = tuple[str | Factor, ...]


def arrangements(scene: Scene, view: View) -> tuple[Arrangement, ...]:
    """The matrices of one scene; a scalar has none."""
    tell = _ARRANGE.get(scene.kind)
    return tell(view, scene.layer) if tell is not None else ()


def _z(view: View, l: int, *, result: bool = False) -> Factor:
    return view.factor(f"z{up(l)}", "weighted_input", l, "column", f"weighted input, layer {l + 1}", result=result)


def _a(view: View, l: int, *, result: bool = False) -> Factor:
    return view.factor(f"a{up(l)}", "activation", l, "column", f"activation, layer {l + 1}", result=result)


def _delta(view: View, l: int, *, result: bool = False) -> Factor:
    return view.factor(rf"\delta{up(l)}", "error", l, "column", f"error, layer {l + 1}", result=result)


def _gradient(view: View, l: int, *, result: bool = False) -> Factor:
    words = "rate of change with the output"
    return view.factor(r"\nabla_aC_x", "activation_gradient", l, "column", words, result=result)


def _slope(view: View, l: int) -> Factor:
    return view.factor(rf"\sigma'(z{up(l)})", "activation_slope", l, "column", "slopes")


def _input(view: View, l: int) -> tuple[Arrangement, ...]:
    activated = view.spec.input_activation != "identity"
    name = "weighted_input" if activated else "activation"
    tex = "x" if activated else f"a{up(0)}=x"
    return (Arrangement((view.factor(tex, name, 0, "column", "the example", result=True),), place="alg. 1"),)


def _weighted_input(view: View, l: int) -> tuple[Arrangement, ...]:
    row: Row = (view.factor(f"w{up(l)}", "weights", l, "matrix", "weights"), _below(view, l))
    if view.spec.bias:
        row = (*row, "+", view.factor(f"b{up(l)}", "biases", l, "column", "biases"))
    row = (*row, *(piece for other in view.spec.adds(l) for piece in ("+", _a(view, other))))
    return (Arrangement((*row, "=", _z(view, l, result=True)), place="(8)"),)


def _below(view: View, l: int) -> Factor:
    name, at = view.below(l)
    if name == "activation":
        return _a(view, at)
    return view.factor(vector(view, name, at).tex, name, at, "column", "activations, one below the other")


def _activation(view: View, l: int) -> tuple[Arrangement, ...]:
    row = (r"\sigma\Big(", _z(view, l), r"\Big)=", _a(view, l, result=True))
    return (Arrangement(row, place="(3)" if view.spec.activation(l) == "sigmoid" else ""),)


def _cost_gradient(view: View, l: int) -> tuple[Arrangement, ...]:
    result = _gradient(view, l, result=True)
    if view.spec.cost not in ("quadratic", "squared_error"):
        return (Arrangement((result,)),)
    two = "2" if view.spec.cost == "squared_error" else ""
    return (Arrangement((rf"{two}\Big(", *_difference(view, l), r"\Big)=", result), place="(39)"),)


def _difference(view: View, l: int) -> Row:
    return _a(view, l), "-", view.factor("y", "target", l, "column", "what was wanted")


def _output_error(view: View, l: int) -> tuple[Arrangement, ...]:
    result = _delta(view, l, result=True)
    short: tuple[Arrangement, ...] = ()
    if view.spec.fused and not target_factor(view, l, "")[0]:
        short = (Arrangement((*_difference(view, l), "=", result), "For this cost and activation"),)
    if view.spec.fused and not long_form_holds(view, l):
        return short
    if view.spec.activation(l) == "softmax":
        tex = rf"\Big({derivative(f'a{up(l)}', f'z{up(l)}')}\Big)^T"
        jacobian = view.factor(tex, "activation_jacobian", l, "transposed", "Jacobian of softmax")
        return Arrangement((jacobian, _gradient(view, l), "=", result), place="(36)"), *short
    return Arrangement((_gradient(view, l), r"\odot", _slope(view, l), "=", result), place="BP1"), *short


def _error(view: View, l: int) -> tuple[Arrangement, ...]:
    """BP2, and where it is small enough to be read its two factors as the one Jacobian that (44) is an entry of."""
    back = drawn_back(view, l, lambda one: _turned(view, one), lambda other: (_delta(view, other),))
    above, result = _delta(view, l + 1), _delta(view, l, result=True)
    step = Arrangement((r"\Big(", *back, r"\Big)\odot", _slope(view, l), "=", result), place="BP2")
    if not view.next_reads(l):
        return (step,)
    entries = view.array("weights", l + 1).T * view.array("activation_slope", l)[:, None]
    if entries.size > LARGEST:
        return (step,)
    tex = rf"\Big({derivative(f'z{up(l + 1)}', f'z{up(l)}')}\Big)^T"
    n, k = entries.shape
    cells = tuple(tuple(float(value) for value in row) for row in entries)
    jacobian = Factor(tex, "", "cells", n, k, "every (44), turned over", cells=cells)
    return step, Arrangement((jacobian, above, "=", result), "As one Jacobian", "(42), (44)")


def _turned(view: View, one: Reader) -> Row:
    tex = f"({columns(view, one)})^T"
    turned = block_factor(view, one, tex, "weights, turned over the diagonal", turned=True)
    return turned, _delta(view, one.layer)


def _weight_gradient(view: View, l: int) -> tuple[Arrangement, ...]:
    tex = derivative("C_x", f"w{up(l)}")
    below = view.below(l)
    lying = view.factor(laid(vector(view, *below).tex), *below, "row", "activation that enters, lying")
    result = view.factor(tex, "example_weight_gradient", l, "matrix", "gradient of the weights", result=True)
    silent = any(value == 0 for value in view.array(*below))
    note = "A column of zeros is under an activation of 0: nothing entered there." if silent else ""
    return (Arrangement((_delta(view, l), lying, "=", result), place="BP4", note=note),)


def _bias_gradient(view: View, l: int) -> tuple[Arrangement, ...]:
    tex = derivative("C_x", f"b{up(l)}")
    result = view.factor(tex, "example_bias_gradient", l, "column", "gradient of the biases", result=True)
    return (Arrangement((_delta(view, l), "=", result), place="BP3"),)


def _update(view: View, parameter: str, l: int) -> tuple[Arrangement, ...]:
    """Old − η/m times the sum of the examples' gradients, or − η times their mean where they are many."""
    letter, form, of = ("w", "matrix", "weight") if parameter == "weights" else ("b", "column", "bias")
    symbol = f"{letter}{up(l)}"
    old = view.factor(symbol, parameter, l, form, "before")
    new = view.factor(symbol, f"updated_{parameter}", l, form, "after", result=True)
    change: Row = (r"-\eta\,", view.factor(derivative("C", symbol), f"{of}_gradient", l, form, "mean of the gradients"))
    if view.m in SPELT_OUT:
        change = (rf"-\frac{{\eta}}{{{view.m}}}\Big(",)
        for x in range(view.m):
            tex, words = derivative(f"C_{x + 1}", symbol), f"of example {x + 1}"
            gradient = view.factor(tex, f"example_{of}_gradient", l, form, words, example=x)
            change = (*change, *(("+",) if x else ()), gradient)
        change = (*change, r"\Big)")
    return (Arrangement((old, *change, "=", new), place="SGD alg. 3"),)


_ARRANGE: dict[str, Callable[[View, int], tuple[Arrangement, ...]]] = {
    "input": _input,
    "weighted_input": _weighted_input,
    "activation": _activation,
    "cost_gradient": _cost_gradient,
    "output_error": _output_error,
    "error": _error,
    "weight_gradient": _weight_gradient,
    "bias_gradient": _bias_gradient,
    "weight_update": lambda view, l: _update(view, "weights", l),
    "bias_update": lambda view, l: _update(view, "biases", l),
}
