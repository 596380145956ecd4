"""What stands behind a symbol: the array, vector or number it names, turned and scaled as its text writes it.

Recombination puts these into an equation in the place of its symbols.
"""

import re

import numpy as np

from backprop_core import Trace
from backprop_core.textbooks.pieces import Symbol
from tests.core.strategies import Case
from tests.core.tex_oracle import Token


def standing_for(case: Case, trace: Trace, example: int, symbol: Symbol) -> Token:
    """The array, vector or number that a symbol names, turned as the symbol is."""
    name, _, rest = symbol.ref.partition(":")
    if name == "learning_rate":
        return float(trace.memory["learning_rate", case.spec.depth])
    if not rest:
        return of_the_optimizer(trace, symbol)
    layer, *index = (int(part) for part in rest.split(":"))
    array = trace.memory["error" if name == "example_bias_gradient" else name, layer]
    array = columns_alone(trace, symbol, array, layer)
    array = array / without_hat(trace, symbol) if name in WITHOUT_EXAMPLES else array[example]
    array = array[:, :1] if symbol.tex.endswith("[:,1]") else array
    if index:
        return float(array[tuple(index)])
    if array.ndim == 1:
        rows, columns = map(int, symbol.shape.split("×"))
        return np.diag(array) if rows == columns else array.reshape(rows, columns)
    return array.T.copy() if lies_transposed(symbol) else array


ONE_SOURCE = re.compile(r"_\{\[(\d+)\]\}|\[(?::,)?z\^\{?(\d+)\}?\]")


def columns_alone(trace: Trace, symbol: Symbol, array: np.ndarray, layer: int) -> np.ndarray:
    """Of a W that is written with a layer in brackets the columns alone that read this layer."""
    found = ONE_SOURCE.search(symbol.tex) if symbol.ref == f"weights:{layer}" else None
    if found is None:
        return array
    counts_from_1 = found[1] and r"\mathbf" not in symbol.tex
    wanted, first = int(found[1] or found[2]) - bool(counts_from_1), 0
    for source in trace.spec.layers[layer - 1].sources:
        if source == wanted:
            return array[:, first : first + trace.spec.sizes[source]]
        first += trace.spec.sizes[source]
    raise AssertionError(symbol)


def of_the_optimizer(trace: Trace, symbol: Symbol) -> Token:
    """A number of the optimizer by its letter, or t; “?” for anything else."""
    return number_of(trace) if symbol.tex == "t" else constants(trace).get(symbol.tex, "?")


def constants(trace: Trace) -> dict[str, float]:
    """Letter → number of the optimizer."""
    one = trace.memory.optimizer
    return {
        r"\mu": one.momentum,
        r"\rho": one.square_decay,
        r"\beta_1": one.first_decay,
        r"\beta_2": one.second_decay,
        r"\varepsilon": one.epsilon,
        r"\lambda": one.weight_decay,
        r"\ell_1": one.l1,
        r"\ell_2": one.l2,
    }


def without_hat(trace: Trace, symbol: Symbol) -> float:
    """What a corrected mean is divided by, 1 − βᵗ; 1 for anything else."""
    if not symbol.tex.startswith(r"\hat "):
        return 1.0
    optimizer = trace.memory.optimizer
    beta = optimizer.first_decay if "moment" in symbol.ref else optimizer.second_decay
    return float(1.0 - beta ** number_of(trace))


def number_of(trace: Trace) -> float:
    """t, counted from what was made before; 1 under a rule that does not count."""
    return float(trace.memory["updates_made", trace.spec.depth]) + 1.0 if trace.memory.optimizer.counts else 1.0


BATCHES = "catching-ai"
"""The lens that writes whole batches, one column an example, and puts the 1/m of the mean inside these gradients."""
SCALED = ("activation_gradient", "error")


def standing_in_a_batch(case: Case, trace: Trace, example: int, symbol: Symbol) -> Token:
    """The same for a lens of whole batches: a bold letter or a vector of them is a matrix, one column an example."""
    if symbol.tex in (r"\vec 1", r"\vec s"):
        sums = trace.memory["target_sum", case.spec.depth].T
        return np.ones_like(sums) if symbol.tex == r"\vec 1" else sums
    name, _, rest = symbol.ref.partition(":")
    if name == "learning_rate":
        return float(trace.memory["learning_rate", case.spec.depth])
    if not rest:
        return of_the_optimizer(trace, symbol)
    scale = 1.0 / trace.batch_size if name in SCALED else 1.0
    layer, *index = (int(part) for part in rest.split(":"))
    array = trace.memory[name, layer] * scale / without_hat(trace, symbol)
    array = columns_alone(trace, symbol, array, layer)
    if name in WITHOUT_EXAMPLES:
        return float(array[tuple(index)]) if index else _as_drawn(array, symbol)
    if index:
        # Of a number of the batch the second index names the example.
        row = int(re.findall(r",(\d+)\}", symbol.tex)[-1]) - 1
        return float(array[(row, *index)])
    rows, columns = map(int, symbol.shape.split("×")) if symbol.shape else array.T.shape
    of_one = "vec" in symbol.tex and symbol.tex != r"\vec y"
    array = array[example] if of_one else array.T
    if of_one:
        array = array.reshape(rows, columns) if array.ndim == 1 else array
    array = array.T if symbol.tex.endswith(("T}", "^T")) else array
    assert array.shape == (rows, columns), symbol
    return np.array(array)


def _as_drawn(array: np.ndarray, symbol: Symbol) -> np.ndarray:
    array = array.reshape(-1, 1) if array.ndim == 1 else array
    array = array.T if symbol.tex.endswith("T}") else array
    assert "×".join(map(str, array.shape)) == symbol.shape, symbol
    return np.array(array)


_KEPT = tuple(f"{of}_{kept}" for of in ("weight", "bias") for kept in ("velocity", "moment", "square"))
WITHOUT_EXAMPLES = (
    *("weights", "biases", "weight_gradient", "bias_gradient", "updated_weights", "updated_biases"),
    *("regularized_weight_gradient", *_KEPT, *(f"updated_{name}" for name in _KEPT)),
)


def lies_transposed(symbol: Symbol) -> bool:
    """A transpose by its sign; α and the derivative by it, which stand; a derivative by W that is its transpose."""
    if symbol.tex.startswith(r"\alpha"):
        return r"\top" not in symbol.tex
    return any(sign in symbol.tex for sign in ("^T", r"^\top", r"\partial \alpha")) or r"{\delta W" in symbol.tex
