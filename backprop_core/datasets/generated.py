"""Generated data: points that teach something a network must be able to do, drawn from a seeded generator.

Every function returns inputs (m, n) and, for classes, their numbers (m,) or, for a value to be learned, targets (m, 1).
"""

from itertools import product

import numpy as np

from backprop_core.activations import Array

Points = tuple[Array, Array]
Generator = np.random.Generator


def truth_table(rule: str, rng: Generator, count: int, noise: float) -> Points:
    """``count`` corners of the square, class by ``rule`` (“xor”, “and”, “or”), moved by normal noise."""
    corners = np.array(list(product((0.0, 1.0), repeat=2)))
    inputs = corners[np.arange(count) % 4]
    first, second = inputs.T.astype(bool)
    classes = {"xor": first ^ second, "and": first & second, "or": first | second}[rule]
    return inputs + noise * rng.normal(size=inputs.shape), classes.astype(int)


def parity(rng: Generator, count: int, noise: float) -> Points:
    """Corners of the cube; class 1 where an odd number of the three bits is set."""
    corners = np.array(list(product((0.0, 1.0), repeat=3)))
    inputs = corners[np.arange(count) % 8]
    classes = inputs.sum(axis=1).astype(int) % 2
    return inputs + noise * rng.normal(size=inputs.shape), classes


def circles(rng: Generator, count: int, noise: float) -> Points:
    """A disc inside a ring."""
    classes = np.arange(count) % 2
    radius = np.where(classes == 0, rng.uniform(0.0, 0.5, count), rng.uniform(0.7, 1.0, count))
    return _moved(rng, _polar(radius, rng.uniform(0.0, 2.0 * np.pi, count)), noise), classes


def moons(rng: Generator, count: int, noise: float) -> Points:
    """Two half moons, one reaching into the other."""
    classes = np.arange(count) % 2
    angle = rng.uniform(0.0, np.pi, count)
    upper, lower = _polar(np.ones(count), angle), _polar(np.ones(count), -angle) + np.array([1.0, 0.5])
    inputs = np.where(classes[:, None] == 0, upper, lower) - np.array([0.5, 0.25])
    return _moved(rng, inputs, noise), classes


def blobs(rng: Generator, count: int, noise: float, classes: int = 3) -> Points:
    """Clouds around points of a circle; ``noise`` widens them."""
    numbers = np.arange(count) % classes
    centres = _polar(np.ones(classes), 2.0 * np.pi * np.arange(classes) / classes + 0.5)
    return _moved(rng, centres[numbers], 0.18 + noise), numbers


def spirals(rng: Generator, count: int, noise: float, classes: int = 2) -> Points:
    """Arms of a spiral, one a class, each once and a half around."""
    numbers = np.arange(count) % classes
    along = np.sqrt(rng.uniform(0.02, 1.0, count))
    return _moved(rng, _polar(along, 3.0 * np.pi * along + 2.0 * np.pi * numbers / classes), noise), numbers


def sine(rng: Generator, count: int, noise: float) -> Points:
    """y = sin(3x) on −1 to 1."""
    x = rng.uniform(-1.0, 1.0, (count, 1))
    return x, np.sin(3.0 * x) + noise * rng.normal(size=x.shape)


def plane(rng: Generator, count: int, noise: float) -> Points:
    """y = (x₁ + x₂) / 2 on the square from −1 to 1: what a single linear neuron can learn."""
    x = rng.uniform(-1.0, 1.0, (count, 2))
    return x, x.mean(axis=1, keepdims=True) + noise * rng.normal(size=(count, 1))


def _polar(radius: Array, angle: Array) -> Array:
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _moved(rng: Generator, points: Array, noise: float) -> Array:
    moved: Array = points + noise * rng.normal(size=points.shape)
    return moved
