"""Costs: how far an output is from its target, each with its gradient beside it.

A cost is written for single examples, C_x, one a row; the engine takes the mean over the batch itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from backprop_core.activations import Array, Call


@dataclass(frozen=True, slots=True)
class Cost:
    """C_x and ∂C_x/∂a, as formulas to read and as calls to run.

    ``value(z, a, y, costs)`` gives the calls that write the (m,) costs; it has the weighted inputs at
    hand because the logarithmic costs are computed from them, where nothing overflows.
    ``gradient(a, y, g)`` gives those that write g = ∂C_x/∂a, (m, n). ``fuses_with`` names the output
    activation with which δ is computed in short form, as a − y; ``needs`` names the one it requires;
    ``from_weighted_input`` says that the value is computed from z.
    """

    name: str
    words: str
    tex: str
    gradient_tex: str
    value: Callable[[Array, Array, Array, Array], list[Call]]
    gradient: Callable[[Array, Array, Array], list[Call]]
    fuses_with: str | None = None
    needs: str | None = None
    has_target: bool = True
    from_weighted_input: bool = False


def _sum_of_squares(a: Array, y: Array, costs: Array) -> list[Call]:
    difference = np.empty_like(a)
    return [
        partial(np.subtract, a, y, difference),
        partial(np.multiply, difference, difference, difference),
        partial(np.add.reduce, difference, 1, None, costs),
    ]


def _quadratic(z: Array, a: Array, y: Array, costs: Array) -> list[Call]:
    half = np.asarray(0.5, dtype=a.dtype)
    return [*_sum_of_squares(a, y, costs), partial(np.multiply, costs, half, costs)]


def _quadratic_gradient(a: Array, y: Array, g: Array) -> list[Call]:
    return [partial(np.subtract, a, y, g)]


def _squared_error(z: Array, a: Array, y: Array, costs: Array) -> list[Call]:
    return _sum_of_squares(a, y, costs)


def _squared_error_gradient(a: Array, y: Array, g: Array) -> list[Call]:
    two = np.asarray(2.0, dtype=a.dtype)
    return [partial(np.subtract, a, y, g), partial(np.multiply, g, two, g)]


def _binary_cross_entropy(z: Array, a: Array, y: Array, costs: Array) -> list[Call]:
    # With a = 1/(1 + e^−z) the cost is log(1 + e^z) − yz, or log(1 + e^−z) + (1 − y)z: the first for
    # z < 0, the second for z > 0, so that two large numbers never cancel.
    size, weight = np.empty_like(z), np.empty_like(z)
    zero = np.asarray(0.0, dtype=z.dtype)
    return [
        partial(np.abs, z, size),
        partial(np.negative, size, size),
        partial(np.logaddexp, size, zero, size),
        partial(np.heaviside, z, zero, weight),
        partial(np.subtract, weight, y, weight),
        partial(np.multiply, weight, z, weight),
        partial(np.add, size, weight, size),
        partial(np.add.reduce, size, 1, None, costs),
    ]


def _binary_cross_entropy_gradient(a: Array, y: Array, g: Array) -> list[Call]:
    # (1 − y)/(1 − a) − y/a, with 0/0 where a target is met exactly counted as the 0 it stands for.
    one, rest = np.asarray(1.0, dtype=a.dtype), np.empty_like(a)
    return [
        partial(np.subtract, one, a, rest),
        partial(np.subtract, one, y, g),
        partial(_quotient, g, rest, g),
        partial(_quotient, y, a, rest),
        partial(np.subtract, g, rest, g),
    ]


def _quotient(numerator: Array, denominator: Array, out: Array) -> None:
    nothing = numerator == 0.0
    np.divide(numerator, denominator, out)
    out[nothing] = 0.0


def _clear(terms: Array, weights: Array) -> None:
    # A term of weight 0 is nothing, even where the other factor is infinite.
    terms[weights == 0.0] = 0.0


def _without_largest(powers: Array) -> None:
    # Of several that are equally large, one.
    powers[np.arange(len(powers)), powers.argmax(axis=1)] = 0.0


def _cross_entropy(z: Array, a: Array, y: Array, costs: Array) -> list[Call]:
    # With a softmax output log a_j = z_j − log Σ e^z, and shifting the row by its maximum keeps it finite. The largest
    # term is then e^0 = 1: added in the logarithm, it does not round off the small rest that a good share leaves.
    shifted, powers = np.empty_like(z), np.empty_like(z)
    row = np.empty((z.shape[0], 1), dtype=z.dtype)
    return [
        partial(np.maximum.reduce, z, 1, None, row, True),
        partial(np.subtract, z, row, shifted),
        partial(np.exp, shifted, powers),
        partial(_without_largest, powers),
        partial(np.add.reduce, powers, 1, None, row, True),
        partial(np.log1p, row, row),
        partial(np.subtract, row, shifted, shifted),
        partial(np.multiply, shifted, y, shifted),
        partial(_clear, shifted, y),
        partial(np.add.reduce, shifted, 1, None, costs),
    ]


def _cross_entropy_gradient(a: Array, y: Array, g: Array) -> list[Call]:
    return [partial(_quotient, y, a, g), partial(np.negative, g, g)]


def _output(z: Array, a: Array, y: Array, costs: Array) -> list[Call]:
    return [partial(np.copyto, costs, a[:, 0])]


def _output_gradient(a: Array, y: Array, g: Array) -> list[Call]:
    return [partial(g.fill, 1.0)]


_TABLE = (
    Cost(
        "quadratic",
        "half the squared distance between output and target",
        r"\tfrac12\sum_j(y_j-a_j)^2",
        r"a-y",
        _quadratic,
        _quadratic_gradient,
    ),
    Cost(
        "squared_error",
        "the squared distance between output and target",
        r"\sum_j(y_j-a_j)^2",
        r"2(a-y)",
        _squared_error,
        _squared_error_gradient,
    ),
    Cost(
        "binary_cross_entropy",
        "minus the logarithm of the probability given to each target, output by output",
        r"-\sum_j\left[y_j\ln a_j+(1-y_j)\ln(1-a_j)\right]",
        r"\frac{1-y}{1-a}-\frac{y}{a}",
        _binary_cross_entropy,
        _binary_cross_entropy_gradient,
        fuses_with="sigmoid",
        needs="sigmoid",
        from_weighted_input=True,
    ),
    Cost(
        "cross_entropy",
        "minus the logarithm of the share given to the true class",
        r"-\sum_j y_j\ln a_j",
        r"-\frac{y}{a}",
        _cross_entropy,
        _cross_entropy_gradient,
        fuses_with="softmax",
        needs="softmax",
        from_weighted_input=True,
    ),
    Cost(
        "output",
        "the output itself: no target, its own gradient is asked for",
        r"\hat y",
        r"1",
        _output,
        _output_gradient,
        needs="identity",
        has_target=False,
    ),
)

COSTS: dict[str, Cost] = {cost.name: cost for cost in _TABLE}
"""Name → Cost, in the order a menu shows them."""
