"""The derivative of z^l by W^l, Johnston's 3-tensor: its slices, and how they contract with δ^l to a ⊗ δ.

Slice k holds a^{l-1} in its column k and structural zeros elsewhere (§4.3, (12)).
"""

import numpy as np

from backprop_core.activations import Array
from backprop_core.textbooks.furniture import Arrangement, Factor
from backprop_core.textbooks.johnston_furniture import cells
from backprop_core.textbooks.johnston_notation import a, bracket, derivative, gradient_of, up, z
from backprop_core.textbooks.pieces import Matrix, Number, kept
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import shape

DRAWN = 150
"""Weights of a layer whose slices are drawn; a larger tensor is described."""
SLICES = 8
"""Slices drawn side by side; of more the first two."""


def identity(n: int) -> Matrix:
    """I, n × n, elided like every other matrix."""
    places = kept(n)
    return Matrix(
        tuple(tuple(None if i is None or j is None else Number(float(i == j)) for j in places) for i in places)
    )


def slice_of(view: View, l: int, k: int) -> Array:
    """[δz_k^l/δW^l], (n_{l-1}, n_l): the activations in column k, else 0."""
    found = np.zeros((view.spec.sizes[l - 1], view.spec.sizes[l]))
    found[:, k] = view.array("activation", l - 1)
    return found


def _card(view: View, l: int, k: int, factor: float, tex: str, words: str) -> Factor:
    array = slice_of(view, l, k)
    structural = np.ones(array.shape, dtype=bool)
    structural[:, k] = False
    rows, columns = array.shape
    return Factor(tex, "", "cells", rows, columns, words, cells=cells(factor * array, structural))


def shown(view: View, l: int) -> range:
    """The slices drawn: all, the first two, or none."""
    n, k = view.spec.sizes[l], view.spec.sizes[l - 1]
    if n * k > DRAWN:
        return range(0)
    return range(n if n <= SLICES else 2)


def arrangements(view: View, l: int) -> tuple[Arrangement, ...]:
    """(13) as column times row, then the 3-tensor slice by slice, times δ, and added up."""
    name = gradient_of(view, "weight")
    result = view.factor(derivative(view, name, l).tex, name, l, "transposed", f"transpose of W^{l + 1}", result=True)
    product = (
        result,
        "=",
        view.factor(a(l - 1), "activation", l - 1, "column", f"activation, layer {l}"),
        r"\otimes",
        view.factor(rf"\vec\delta{up(l)}", "error", l, "row", f"error, layer {l + 1}"),
    )
    return (Arrangement(product, place="(13)"), *_slices(view, l), *_contracted(view, l, result))


def _slices(view: View, l: int) -> tuple[Arrangement, ...]:
    n, k = view.spec.sizes[l], view.spec.sizes[l - 1]
    tensor = bracket(z(l), f"W{up(l)}")
    size = f"{n}×{k}×{n}, indexed (k, i, j)"
    title = "The 3-tensor, slice by slice"
    row: tuple[str | Factor, ...] = ()
    for number in shown(view, l):
        card = _card(view, l, number, 1.0, rf"{tensor}[{number + 1},\cdot,\cdot]", f"a^{l} in column {number + 1}")
        row = (*row, r",\quad", card) if row else (card,)
    if len(row) // 2 + 1 == n:
        return (Arrangement(row, title, "§4.3", note=f"{size}: empty cells are zeros by structure."),)
    said = f"{size}. Every slice holds a^{l} in a column of its own; "
    said += f"the first 2 of {n} are drawn." if row else f"{n} slices of {shape(k, n)} are too many to draw."
    return (Arrangement(row or (_whole(view, l),), title, "§4.3", note=said),)


def _whole(view: View, l: int) -> Factor:
    return view.factor(a(l - 1), "activation", l - 1, "column", "what every slice holds, in its own column")


def _contracted(view: View, l: int, result: Factor) -> tuple[Arrangement, ...]:
    """Σ_k δ_k · slice k, then the products alone, each in its own column."""
    n = view.spec.sizes[l]
    if len(shown(view, l)) < n:
        return ()
    products: tuple[str | Factor, ...] = ()
    sums: tuple[str | Factor, ...] = ()
    for k in range(n):
        delta = float(view.array("error", l)[k])
        name = rf"\delta{up(l)}_{{{k + 1}}}"
        number = Factor(name, f"error:{l}:{k}", "number", 1, 1)
        plus = ("+",) if products else ()
        products = (*products, *plus, number, r"\cdot", _card(view, l, k, 1.0, f"[{k + 1}]", f"slice {k + 1}"))
        filled = _card(view, l, k, delta, rf"{name}\cdot[{k + 1}]", f"fills column {k + 1}")
        sums = (*sums, *plus, filled)
    return (
        Arrangement((*products, "=", result), "Contracted with δ", "(12)"),
        Arrangement((*sums, "=", result), "Each slice fills its column", "(12)"),
    )
