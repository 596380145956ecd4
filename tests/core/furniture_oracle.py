"""A reader of furniture: it puts arrays where a step shows matrices, turned as they are drawn, and computes the row.

What the page will draw is so held to the same rule as the equations: both sides agree at full precision.
"""

import re
from collections.abc import Callable

import numpy as np

from backprop_core import Trace
from backprop_core.textbooks.furniture import Arrangement, Factor
from tests.core.standing import WITHOUT_EXAMPLES, constants
from tests.core.tex_oracle import SPACES, TOKEN, Token, Value, sides_of

WITH_INDEX = re.compile(r"\\(?:beta|ell)_\d|" + TOKEN.pattern)

OF_THE_NETWORK = (*WITHOUT_EXAMPLES, "learning_rate")


def drawn(factor: Factor, trace: Trace, example: int) -> Value:
    """The numbers of a factor as they lie on the page."""
    if factor.form == "identity":
        return np.eye(factor.rows)
    if factor.form == "cells":
        return np.array([[cell or 0.0 for cell in row] for row in factor.cells])
    array, index = _array(factor, trace, example)
    if factor.form == "number":
        return float(array[index]) * factor.scale
    turned: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "matrix": lambda a: a,
        "transposed": lambda a: a.T,
        "column": lambda a: a.reshape(-1, 1),
        "row": lambda a: a.reshape(1, -1),
        "diagonal": np.diag,
        "batch": lambda a: a.T,
        "batch_transposed": lambda a: a,
    }
    return np.asarray(turned[factor.form](array)) * factor.scale


def _array(factor: Factor, trace: Trace, example: int) -> tuple[np.ndarray, tuple[int, ...]]:
    name, layer, *index = factor.ref.split(":")
    source = "error" if name == "example_bias_gradient" else name
    array = trace.memory[source, int(layer)]
    if name not in OF_THE_NETWORK and not factor.form.startswith("batch"):
        array = array[example if factor.example is None else factor.example]
    return array, tuple(map(int, index))


def rows(arrangement: Arrangement, trace: Trace, example: int, sigma: Callable[[Value], Value]) -> list[list[Value]]:
    """Each equation of the row, as the values of its sides; every factor has the shape that is said of it."""
    equations: list[list[Token]] = [[]]
    for piece in arrangement.row:
        if isinstance(piece, Factor):
            value = drawn(piece, trace, example)
            if piece.form != "number":
                assert np.shape(value) == (piece.rows, piece.columns), piece
            equations[-1].append(value)
        elif piece.startswith(","):
            equations.append([])
        else:
            rate = float(trace.memory["learning_rate", trace.spec.depth])
            numbers = constants(trace) | {r"\eta": rate, r"\gamma": rate}
            found = [sign for sign in WITH_INDEX.findall(piece) if sign not in SPACES]
            equations[-1] += [numbers.get(sign, sign) for sign in found]
    return [sides_of(tokens, sigma) for tokens in equations]
