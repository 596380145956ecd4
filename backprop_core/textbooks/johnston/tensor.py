"""The derivative of z^l by W^l, Johnston's 3-tensor: its slices, and how they contract with δ^l to a ⊗ δ.

Slice k holds a^{l-1} in its column k and structural zeros elsewhere (§4.3, (12)).
"""

import numpy as np

from backprop_core.activations import Array
from backprop_core.textbooks.furniture import Arrangement, Factor
from backprop_core.textbooks.johnston.furniture import LARGEST, cells, entering
from backprop_core.textbooks.johnston.notation import (
    a,
    bracket,
    component,
    derivative,
    entry,
    flat,
    gradient_of,
    up,
    vector,
    z,
)
from backprop_core.textbooks.panels import PANELS, Panel
from backprop_core.textbooks.pieces import Line, Matrix, Number, Piece, kept
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import shape

DRAWN = 150
"""Weights of a layer whose slices are all drawn, if there are at most so many of them."""
SLICES = 8
FIRST = 2
"""Slices drawn of a larger tensor, as long as one of them can be drawn at all."""


def identity(n: int) -> Matrix:
    """I, n × n, elided like every other matrix."""
    places = kept(n)
    return Matrix(
        tuple(tuple(None if i is None or j is None else Number(float(i == j)) for j in places) for i in places)
    )


def slice_of(view: View, l: int, k: int) -> Array:
    """[δz_k^l/δW^l], (n_{l-1}, n_l): the activations in column k, else 0."""
    found = np.zeros((view.spec.input_size(l), view.spec.sizes[l]))
    found[:, k] = view.array(*view.below(l))
    return found


def _card(view: View, l: int, k: int, factor: float, tex: str, words: str) -> Factor:
    array = slice_of(view, l, k)
    structural = np.ones(array.shape, dtype=bool)
    structural[:, k] = False
    rows, columns = array.shape
    return Factor(tex, "", "cells", rows, columns, words, cells=cells(factor * array, structural))


def shown(view: View, l: int) -> range:
    """The slices drawn: all, the first, or none."""
    n, k = view.spec.sizes[l], view.spec.input_size(l)
    if n * k > LARGEST:
        return range(0)
    return range(n if n * k <= DRAWN and n <= SLICES else min(n, FIRST))


def arrangements(view: View, l: int) -> tuple[Arrangement, ...]:
    """(13) as column times row, then the 3-tensor slice by slice, times δ, and added up."""
    name = gradient_of(view, "weight")
    result = view.factor(derivative(view, name, l).tex, name, l, "transposed", f"transpose of W^{l + 1}", result=True)
    product = (
        result,
        "=",
        entering(view, l, f"activation, layer {view.spec.sources(l)[0] + 1}"),
        r"\otimes",
        view.factor(rf"\vec\delta{up(l)}", "error", l, "row", f"error, layer {l + 1}"),
    )
    return (Arrangement(product, place="(13)"), *_slices(view, l), *_contracted(view, l, result))


def _slices(view: View, l: int) -> tuple[Arrangement, ...]:
    n, k = view.spec.sizes[l], view.spec.input_size(l)
    tensor = bracket(z(l), f"W{up(l)}")
    size = f"{n}×{k}×{n}, indexed (k, i, j)"
    title = "The 3-tensor, slice by slice"
    what = f"a^{l}" if view.spec.sources(l) == (l - 1,) else "what enters"
    row: tuple[str | Factor, ...] = ()
    for number in shown(view, l):
        card = _card(view, l, number, 1.0, rf"{tensor}[{number + 1},\cdot,\cdot]", f"{what} in column {number + 1}")
        row = (*row, r",\quad", card) if row else (card,)
    if len(row) // 2 + 1 == n:
        return (Arrangement(row, title, "§4.3", note=f"{size}: empty cells are zeros by structure."),)
    said = f"{size}. Every slice holds {what} in a column of its own; "
    said += f"the first {FIRST} of {n} are drawn." if row else f"{n} slices of {shape(k, n)} are too many to draw."
    return (Arrangement(row or (_whole(view, l),), title, "§4.3", note=said),)


def _whole(view: View, l: int) -> Factor:
    return entering(view, l, "what every slice holds, in its own column")


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


def tensor_panel(scene: Scene, view: View) -> Panel:
    """What kind of thing the derivative of z^l by W^l is, and its contraction."""
    l = scene.layer
    n, k, w = view.spec.sizes[l], view.spec.input_size(l), f"W{up(l)}"
    tensor, shift = bracket(z(l), w), rf"+\vec b{up(l)}" if view.spec.bias else ""
    shift += "".join(f"+{a(other)}" for other in view.spec.adds(l))
    weight, one, enters = f"w_{{ji}}{up(l)}", component(view, l), vector(view, *view.below(l)).tex
    summed = one.replace("_i", "_p")
    joined = "Here x stands for what enters, the activations one below the other." if one == "x_i" else ""
    text = (
        (
            f"z^{l + 1} has {n} components and W^{l + 1} has {n}×{k} entries, so the derivative is a box of"
            f" {n}×{k}×{n} numbers, indexed (k, i, j): one slice a component, each in the shape of the transpose of W."
        ),
        "z_k reads row k of W alone. So in slice k everything outside column k is 0 by structure.",
        *([joined] if joined else []),
        "Slip: the cases of §4.3 add over an i that is also the free index; the sum runs over an index of its own, p.",
    )
    cases = rf"\begin{{cases}}{one}&\text{{if }}k=j\\0&\text{{otherwise}}\end{{cases}}"
    inside = rf"\frac{{\delta}}{{\delta {weight}}}\Big(\sum_p w_{{jp}}{up(l)}{summed}\Big)={one}"
    total = rf"\sum_{{k=1}}^{{{n}}}{flat('C_1', z(l))}_k\cdot{flat(z(l), w)}_{{(k,i,j)}}"
    own = rf"\frac{{\delta z_k{up(l)}}}{{\delta {weight}}}"
    lines = (
        Line((rf"{tensor}=\frac{{\delta}}{{\delta {w}}}({w}\cdot{enters}{shift})",), title="What it is", place="§4.3"),
        Line(
            (rf"{bracket(f'z_k{up(l)}', w)}_{{ij}}={own}",),
            title="One slice",
            place="§3.5",
        ),
        Line(
            (rf"{tensor}_{{(k,i,j)}}={own}={cases}",),
            title="One entry",
            place="§4.3",
        ),
        Line((inside,), title="for k = j", place="§4.3"),
        Line((rf"{tensor}_{{(k,i,j)}}=I_{{j=k}}\cdot {one}",), title="In short", place="§4.3"),
        Line((rf"{bracket('C_1', w)}_{{(i,j)}}={total}",), title="Contracted with δ", place="(12)"),
        _entry_contracted(view, l),
    )
    return Panel("tensor", PANELS["tensor"], text, lines, (), arrangements(view, l)[1:])


def _entry_contracted(view: View, l: int) -> Line:
    """Entry (1, 1) of (12): every δ_k times its slice, all but the first times 0."""
    n, name = view.spec.sizes[l], gradient_of(view, "weight")
    pieces: list[Piece] = []
    for k in range(min(n, 3)):
        pieces += ["+"] if k else []
        own = view.number(*view.below(l), 0, paren=True) if k == 0 else Number(0.0)
        pieces += [view.number("error", l, k, paren=True), r"\cdot", own]
    pieces += [r"+0"] if n > 3 else []
    first = entry(view, *view.below(l), 0).tex
    symbols = (rf"{bracket('C_1', f'W{up(l)}')}_{{(1,1)}}=\sum_k\delta_k{up(l)}\cdot I_{{1=k}}\cdot {first}",)
    return Line(symbols, (*pieces, "=", view.number(name, l, 0, 0)), "Its first entry", "(12)")
