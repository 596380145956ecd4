"""Initialisations: rules for the first weights, and the first parameters of a network drawn by one.

A rule knows how many numbers go into a neuron and how many neurons a layer has, nothing else.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from backprop_core.activations import Array
from backprop_core.network import NetworkSpec, Parameters, SpecificationError


@dataclass(frozen=True, slots=True)
class Initialization:
    """A rule for the first weights: ``draw(rng, n_out, n_in)`` gives W of shape (n_out, n_in)."""

    name: str
    words: str
    tex: str
    draw: Callable[[np.random.Generator, int, int], Array]
    random_biases: bool = False


def _normal(scale: Callable[[int, int], float]) -> Callable[[np.random.Generator, int, int], Array]:
    return lambda rng, n_out, n_in: rng.normal(0.0, scale(n_out, n_in), (n_out, n_in))


def _uniform(scale: Callable[[int, int], float]) -> Callable[[np.random.Generator, int, int], Array]:
    # A uniform distribution on ±√3 s has standard deviation s.
    def draw(rng: np.random.Generator, n_out: int, n_in: int) -> Array:
        limit = math.sqrt(3.0) * scale(n_out, n_in)
        return rng.uniform(-limit, limit, (n_out, n_in))

    return draw


def _xavier(n_out: int, n_in: int) -> float:
    return math.sqrt(2.0 / (n_in + n_out))


def _he(n_out: int, n_in: int) -> float:
    return math.sqrt(2.0 / n_in)


def _lecun(n_out: int, n_in: int) -> float:
    return math.sqrt(1.0 / n_in)


_TABLE = (
    Initialization(
        "xavier_normal", "normal, variance 2/(n_in + n_out)", r"\sigma^2=\tfrac{2}{n_{in}+n_{out}}", _normal(_xavier)
    ),
    Initialization(
        "xavier_uniform",
        "uniform, variance 2/(n_in + n_out)",
        r"\pm\sqrt{\tfrac{6}{n_{in}+n_{out}}}",
        _uniform(_xavier),
    ),
    Initialization("he_normal", "normal, variance 2/n_in, made for ReLU", r"\sigma^2=\tfrac{2}{n_{in}}", _normal(_he)),
    Initialization(
        "he_uniform", "uniform, variance 2/n_in, made for ReLU", r"\pm\sqrt{\tfrac{6}{n_{in}}}", _uniform(_he)
    ),
    Initialization("lecun_normal", "normal, variance 1/n_in", r"\sigma^2=\tfrac{1}{n_{in}}", _normal(_lecun)),
    Initialization("lecun_uniform", "uniform, variance 1/n_in", r"\pm\sqrt{\tfrac{3}{n_{in}}}", _uniform(_lecun)),
    Initialization(
        "nielsen", "standard normal weights and biases", r"N(0,1)", _normal(lambda n_out, n_in: 1.0), random_biases=True
    ),
    Initialization(
        "nielsen_scaled",
        "normal weights of variance 1/n_in, standard normal biases",
        r"N(0,\tfrac{1}{n_{in}})",
        _normal(_lecun),
        random_biases=True,
    ),
    Initialization(
        "zeros",
        "all zero: every neuron of a layer then learns the same",
        r"0",
        lambda rng, n_out, n_in: np.zeros((n_out, n_in)),
    ),
)

INITIALIZATIONS: dict[str, Initialization] = {one.name: one for one in _TABLE}
"""Name → Initialization, in the order a menu shows them."""


def initialise(spec: NetworkSpec, rng: np.random.Generator, scheme: str = "xavier_normal") -> Parameters:
    """First parameters of ``spec``, layer by layer, weights before biases, all from ``rng``.

    Raises ``SpecificationError`` for an unknown scheme.
    """
    if scheme not in INITIALIZATIONS:
        raise SpecificationError("/scheme", f"choose one of: {', '.join(INITIALIZATIONS)}")
    rule = INITIALIZATIONS[scheme]
    weights: list[Array] = []
    biases: list[Array] = []
    for l in range(1, spec.depth + 1):
        n_in, n_out = spec.input_size(l), spec.sizes[l]
        weights.append(rule.draw(rng, n_out, n_in))
        biases.append(rng.normal(0.0, 1.0, n_out) if rule.random_biases else np.zeros(n_out))
    return Parameters(tuple(weights), tuple(biases) if spec.bias else ())
