"""Activation functions: what a neuron makes of its weighted input, each with its derivative beside it.

A function is written as the NumPy calls that fill a preallocated array, because the same calls are the
training loop, the steps on the screen and the operands of every check.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Call = Callable[[], object]

LEAK = 0.01
"""Slope of leaky_relu for z at or below 0."""

MANY = 1 << 15
"""Numbers of an array so large that memory, not arithmetic, sets the pace."""


@dataclass(frozen=True, slots=True)
class Activation:
    """σ and σ′, as formulas to read and as calls to run.

    ``tex`` is written so that a number can stand in the place of every z; a narration does just that.
    ``value(z, a)`` gives the calls that write a = σ(z); ``slope(z, a, s, at_zero)`` those that write
    s = σ′(z) once a is known. All arrays are (m, n) and of one floating type; ``at_zero`` is the
    network's σ′(0) of ReLU and means nothing to the other functions. ``kink`` says that there is a
    corner at 0, where no derivative exists. ``work`` is about what one value of σ takes, in
    multiplications of a matrix product, for a budget.
    """

    name: str
    words: str
    tex: str
    slope_tex: str
    value: Callable[[Array, Array], list[Call]]
    slope: Callable[[Array, Array, Array, float], list[Call]] | None
    work: int
    steepest: float = 0.0
    kink: bool = False
    output_only: bool = False

    @property
    def saturates(self) -> bool:
        """Whether it flattens out; ``steepest`` is then its largest slope, at z = 0."""
        return self.steepest > 0.0


def _scalar(value: float, like: Array) -> Array:
    # NumPy combines an array with a 0-d array of its own type faster than with a Python float.
    return np.asarray(value, dtype=like.dtype)


def _identity(z: Array, a: Array) -> list[Call]:
    return [partial(np.copyto, a, z)]


def _identity_slope(z: Array, a: Array, s: Array, at_zero: float) -> list[Call]:
    return [partial(s.fill, 1.0)]


def _sigmoid(z: Array, a: Array) -> list[Call]:
    # e^−z overflows to ∞ for z ≪ 0, and 1/(1 + ∞) is the right 0: no branch is needed.
    return [
        partial(np.negative, z, a),
        partial(np.exp, a, a),
        partial(np.add, a, _scalar(1.0, a), a),
        partial(np.reciprocal, a, a),
    ]


def _sigmoid_slope(z: Array, a: Array, s: Array, at_zero: float) -> list[Call]:
    return [partial(np.subtract, _scalar(1.0, a), a, s), partial(np.multiply, a, s, s)]


def _tanh(z: Array, a: Array) -> list[Call]:
    return [partial(np.tanh, z, a)]


def _tanh_slope(z: Array, a: Array, s: Array, at_zero: float) -> list[Call]:
    return [partial(np.multiply, a, a, s), partial(np.subtract, _scalar(1.0, a), s, s)]


def _relu(z: Array, a: Array) -> list[Call]:
    # Against an array of zeros NumPy has the faster loop, until the zeros no longer fit beside z in the cache.
    zero = np.zeros_like(z) if z.size <= MANY else _scalar(0.0, z)
    return [partial(np.maximum, z, zero, out=a)]


def _relu_slope(z: Array, a: Array, s: Array, at_zero: float) -> list[Call]:
    zero = _scalar(0.0, z)
    if at_zero == 0.0:
        return [partial(np.greater, z, zero, s)]
    if at_zero == 1.0:
        return [partial(np.greater_equal, z, zero, s)]
    return [partial(np.heaviside, z, _scalar(at_zero, z), s)]


def _leaky_relu(z: Array, a: Array) -> list[Call]:
    return [partial(np.multiply, z, _scalar(LEAK, z), a), partial(np.maximum, z, a, out=a)]


def _leaky_relu_slope(z: Array, a: Array, s: Array, at_zero: float) -> list[Call]:
    positive = np.empty(z.shape, dtype=bool)
    return [
        partial(np.greater, z, _scalar(0.0, z), positive),
        partial(s.fill, LEAK),
        partial(np.copyto, s, _scalar(1.0, s), where=positive),
    ]


def _softplus(z: Array, a: Array) -> list[Call]:
    return [partial(np.logaddexp, z, _scalar(0.0, z), a)]


def _softplus_slope(z: Array, a: Array, s: Array, at_zero: float) -> list[Call]:
    return _sigmoid(z, s)


def _silu(z: Array, a: Array) -> list[Call]:
    return [*_sigmoid(z, a), partial(np.multiply, a, z, a)]


def _silu_slope(z: Array, a: Array, s: Array, at_zero: float) -> list[Call]:
    # σ′ = g + a(1 − g) with the gate g = 1/(1 + e^−z), which is a + (1 − a)g.
    gate = np.empty_like(z)
    return [
        *_sigmoid(z, gate),
        partial(np.subtract, _scalar(1.0, z), gate, s),
        partial(np.multiply, s, a, s),
        partial(np.add, s, gate, s),
    ]


def _normal_cdf(z: Array, out: Array) -> None:
    # erfc keeps the far negative tail, where ½(1 + erf) would cancel to 0.
    out.flat[:] = [0.5 * math.erfc(-value / math.sqrt(2.0)) for value in z.flat]


def _gelu(z: Array, a: Array) -> list[Call]:
    return [partial(_normal_cdf, z, a), partial(np.multiply, a, z, a)]


def _gelu_slope(z: Array, a: Array, s: Array, at_zero: float) -> list[Call]:
    # σ′ = Φ(z) + z φ(z), φ the density of the standard normal distribution.
    cdf = np.empty_like(z)
    return [
        partial(_normal_cdf, z, cdf),
        partial(np.multiply, z, z, s),
        partial(np.multiply, s, _scalar(-0.5, z), s),
        partial(np.exp, s, s),
        partial(np.multiply, s, _scalar(1.0 / math.sqrt(2.0 * math.pi), z), s),
        partial(np.multiply, s, z, s),
        partial(np.add, s, cdf, s),
    ]


def _softmax(z: Array, a: Array) -> list[Call]:
    # Shifting a row by its largest entry changes nothing and keeps e^z from overflowing.
    row, ones = np.empty((z.shape[0], 1), dtype=z.dtype), np.ones(z.shape[1], dtype=z.dtype)
    return [
        partial(np.maximum.reduce, z, 1, None, row, True),
        partial(np.subtract, z, row, a),
        partial(np.exp, a, a),
        partial(a.dot, ones, row[:, 0]),  # the sum of a row, as a product because that is faster
        partial(np.divide, a, row, a),
    ]


_TABLE = (
    Activation("identity", "passes its weighted input on unchanged", "z", "1", _identity, _identity_slope, work=1),
    Activation(
        "sigmoid",
        "squeezes any number into a value between 0 and 1",
        r"\frac{1}{1+e^{-z}}",
        r"a(1-a)",
        _sigmoid,
        _sigmoid_slope,
        work=10,
        steepest=0.25,
    ),
    Activation(
        "tanh",
        "squeezes any number into a value between −1 and 1",
        r"\tanh(z)",
        r"1-a^2",
        _tanh,
        _tanh_slope,
        work=10,
        steepest=1.0,
    ),
    Activation(
        "relu",
        "keeps what is positive and clears the rest",
        r"\max(0,z)",
        r"\begin{cases}1&z>0\\0&z<0\end{cases}",
        _relu,
        _relu_slope,
        work=2,
        kink=True,
    ),
    Activation(
        "leaky_relu",
        "keeps what is positive and lets a hundredth of the rest through",
        r"\max(0.01\cdot z,z)",
        r"\begin{cases}1&z>0\\0.01&z\le0\end{cases}",
        _leaky_relu,
        _leaky_relu_slope,
        work=2,
        kink=True,
    ),
    Activation(
        "softplus",
        "is a ReLU with a rounded corner",
        r"\ln(1+e^{z})",
        r"\frac{1}{1+e^{-z}}",
        _softplus,
        _softplus_slope,
        work=25,
    ),
    Activation(
        "silu",
        "weights its input by the sigmoid of that input",
        r"\frac{z}{1+e^{-z}}",
        r"a+\frac{1-a}{1+e^{-z}}",
        _silu,
        _silu_slope,
        work=10,
    ),
    Activation(
        "gelu",
        "weights its input by the normal probability of being below it",
        r"z\cdot\Phi(z)",
        r"\Phi(z)+z\cdot\varphi(z)",
        _gelu,
        _gelu_slope,
        work=100,
    ),
    Activation(
        "softmax",
        "turns the whole layer into positive shares that add up to 1",
        r"\frac{e^{z_j}}{\sum_k e^{z_k}}",
        r"\frac{\partial a_k}{\partial z_j}=a_k(\delta_{kj}-a_j)",
        _softmax,
        None,
        work=10,
        output_only=True,
    ),
)

ACTIVATIONS: dict[str, Activation] = {activation.name: activation for activation in _TABLE}
"""Name → Activation, in the order a menu shows them."""


def curve(name: str, z: Array, relu_slope_at_zero: float = 0.0) -> tuple[Array, Array]:
    """σ(z) and σ′(z) over ``z`` of shape (points,), for a plot.

    Raises ``KeyError`` for an unknown name and ``ValueError`` for softmax, which has no curve of one variable.
    """
    activation = ACTIVATIONS[name]
    if activation.slope is None:
        raise ValueError("softmax acts on a whole layer and has no curve of one variable")
    row = np.atleast_2d(np.asarray(z, dtype=float))
    a, s = np.empty_like(row), np.empty_like(row)
    with np.errstate(over="ignore", under="ignore"):
        for call in [*activation.value(row, a), *activation.slope(row, a, s, relu_slope_at_zero)]:
            call()
    return a[0], s[0]
