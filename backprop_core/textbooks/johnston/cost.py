"""Johnston's cost, the squared difference without ½, and its derivative by the output, a row.

Other costs are told in the same letters and marked as not of this text.
"""

from backprop_core.memory import Quantity
from backprop_core.textbooks import costs_told
from backprop_core.textbooks.johnston import furniture
from backprop_core.textbooks.johnston.equations import slips
from backprop_core.textbooks.johnston.notation import a, by, letters, still_read, target, vector
from backprop_core.textbooks.numbers import plain, superscript
from backprop_core.textbooks.pieces import Line, Number, Piece, Symbol, kept
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.view import View
from backprop_core.textbooks.words import shape

_SQUARES = {"squared_error": "", "quadratic": r"\tfrac12"}


def tell_cost(view: View, l: int) -> Telling:
    """C(f(z^1), λ), §2 and the example of §4.1."""
    own = view.spec.cost == "squared_error"
    mean = f" Their average over the batch: {plain(view.trace.cost)}." if view.m > 1 else ""
    equal = " = ".join(f"C{_low(k + 1)}(z{superscript(k + 1)})" for k in _outer(view, l))
    value = Number(float(view.trace.costs[view.example]), view.cost_ref, result=True)
    body = costs_told.cost_numbers(view, l, letters(l))
    numbers: tuple[Piece, ...] = ("C=", *body, "=", value) if body and view.spec.has_target else ("C=", value)
    return Telling(
        name="Cost C(f(z^1), λ)" if view.spec.has_target else "The output f(z^1) is what is differentiated",
        label="C",
        label_text="C",
        place="§2; §4.1 (example)" if own else "§2",
        shapes="scalar",
        sentence="Squared difference between output and label, without a factor one half."
        if own
        else costs_told.sentence(view, l),
        lines=(Line(_symbols(view, l), numbers, place="§4.1" if own else "§2"),),
        quantity=Quantity("cost", l),
        orientation="scalar",
        result=float(view.trace.costs[view.example]),
        in_text=own,
        note=f"{equal} = C: one number, however much of the network is read as part of it (4).{mean}",
        errata=slips("domain"),
        derivation=_derivation(view, l),
    )


def _low(number: int) -> str:
    return "".join("₀₁₂₃₄₅₆₇₈₉"[int(digit)] for digit in str(number))


def _outer(view: View, l: int) -> list[int]:
    """Layers whose z alone decides the cost: where something skips past a layer, its z does not."""
    alone = [k for k in range(l + 1) if still_read(view, k) == [k]]
    return alone if l < 4 else [k for k in (0, 1, l) if k in alone]


def _symbols(view: View, l: int) -> tuple[Piece, ...]:
    cost = Symbol("C", view.cost_ref)
    if view.spec.cost in _SQUARES:
        half = _SQUARES[view.spec.cost]
        return (cost, rf"={half}\Vert", vector(view, "activation", l), "-", target(view), r"\Vert^2")
    return (cost, "=", *costs_told.cost_symbols(view, l, letters(l)))


def _derivation(view: View, l: int) -> tuple[Line, ...]:
    nested = r"\circ".join(rf"\phi_{{{k + 1}}}" for k in range(l, 0, -1))
    # Where layers skip or join, the network is no row of maps, one after the other.
    read_from_the_sample = rf",\quad C_1=C\circ\sigma\circ{nested}" if view.spec.is_chain else ""
    whole = r"\mathbb{E}=\frac{1}{N}\sum_iC(f(\vec z_i),\lambda_i)" if view.m > 1 else r"\mathbb{E}=C"
    return (
        Line((rf"C_{{{l + 1}}}=C\circ\sigma{read_from_the_sample}",), place="(4)"),
        Line((whole,), title="Over all samples", place="§2"),
    )


def tell_cost_gradient(view: View, l: int) -> Telling:
    """δC/δa^L, a row; 2 (a^L − λ)^t in §4.1."""
    n, own = view.spec.sizes[l], view.spec.cost == "squared_error"
    symbols, numbers = _gradient(view, l)
    left = Symbol(by("C", a(l)), f"activation_gradient:{l}", shape(1, n))
    finite = view.finite("activation_gradient", l)
    return Telling(
        name="Gradient of the cost, a row",
        label=rf"\delta C/\delta{a(l)}",
        label_text=f"δC/δa{superscript(l + 1)}",
        place="§4.1, δC/δa^L",
        shapes=shape(1, n),
        sentence="A gradient of a number by a column is a row" + ("; the 2 comes from the square." if own else "."),
        lines=(Line((left, "=", *symbols), (*numbers, view.row("activation_gradient", l, result=True)), place="§4.1"),),
        quantity=Quantity("activation_gradient", l),
        orientation="row",
        result=view.array("activation_gradient", l).reshape(1, -1),
        in_text=own,
        note=("A row because only 1×n times n×1 is a number (§3.2)." if finite else _OVERFLOWS)
        + (" Twice Nielsen’s value: no ½ in this cost." if own else ""),
        matrices=furniture.cost_gradient(view, l),
    )


_OVERFLOWS = "An output is so near 0 or 1 that this row overflows; the error, computed in its short form, is finite."


def _gradient(view: View, l: int) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    cost, output, label = view.spec.cost, vector(view, "activation", l), target(view)
    if cost == "output":
        return ("1",), (f"{by('C', a(l))}=",)
    if cost in _SQUARES:
        two = r"2\cdot" if cost == "squared_error" else ""
        difference = (view.column("activation", l), "-", view.column("target", l))
        return (f"{two}(", output, "-", label, ")^t"), (rf"{two}\left(", *difference, r"\right)^t=")
    symbols = (r"\left(", *costs_told.gradient_symbols(view, output, label), r"\right)^t")
    if not view.finite("activation_gradient", l):
        return symbols, (f"{by('C', a(l))}=",)
    row: list[Piece] = [r"\begin{bmatrix}"]
    for position, j in enumerate(kept(view.spec.sizes[l])):
        row += ["&"] if position else []
        row += [r"\cdots"] if j is None else costs_told.quotients(view, l, j)
    return symbols, (*row, r"\end{bmatrix}=")
