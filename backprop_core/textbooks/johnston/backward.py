"""Johnston's helper gradients further back, step 2 of §5: row · W · diag, layer by layer, down to the sample.

Equation numbers are the text's own.
"""

from backprop_core.memory import Quantity
from backprop_core.textbooks import neurons_told
from backprop_core.textbooks.johnston import furniture
from backprop_core.textbooks.johnston.equations import slips
from backprop_core.textbooks.johnston.notation import a, bracket, by, columns, entry, low, slopes, up, vector, z
from backprop_core.textbooks.johnston.notation import arrived as way_back
from backprop_core.textbooks.johnston.results import inner_jacobian, layer_jacobian, lying
from backprop_core.textbooks.nielsen import notation as nielsen
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.pieces import Line, Piece, Symbol, to_tex
from backprop_core.textbooks.remarks import saturation
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import (
    ALONE,
    EACH_LAYER,
    NOT_IN_TEXT,
    block,
    columns_read,
    meeting,
    onward,
    ways_back,
)
from backprop_core.textbooks.words import shape


def tell_error(view: View, l: int) -> Telling:
    """δ^l = δ^{l+1} · W^{l+1} · diag{σ'(z^l)}, its (9); at the sample as well, without the slopes if it has none."""
    sloped = view.has("activation_slope", l)
    n, is_usual = view.spec.sizes[l], view.next_reads(l)
    return Telling(
        name=f"Backpropagation step 2: helper gradient δ^{l + 1}",
        label=rf"\vec\delta{up(l)}",
        label_text=f"δ{superscript(l + 1)}",
        tag="(9)",
        place="§5 item 4; (6), (7), (8), (9)",
        shapes=f"{shape(1, n)} = {_shapes(view, l)}" + (f" · {shape(n, n)}" if sloped else ""),
        sentence=_sentence(view, l),
        lines=(_error_line(view, l), *_beats(view, l), neurons_told.one_error(view, l, entry), *_in_nielsen(view, l)),
        quantity=Quantity("error", l),
        orientation="row",
        result=lying(view, "error", l),
        intermediate={
            "backpropagated_error": lying(view, "activation_gradient", l),
            **inner_jacobian(view, l),
            **layer_jacobian(view, l),
        },
        note=_error_note(l, sloped=sloped) if is_usual else f"{NOT_IN_TEXT} {columns_read(view, l, 1)}".strip(),
        errata=slips("jacobian", "domain", "sections"),
        derivation=_error_derivation(view, l) if is_usual else _meeting_derivation(view, l),
        remarks=saturation(view, l),
        matrices=furniture.error(view, l),
    )


def _error_line(view: View, l: int) -> Line:
    back, with_numbers = _coming_back(view, l)
    is_sum = len(view.spec.readers(l)) + len(view.spec.adders(l)) > 1 and view.has("activation_slope", l)
    opened, closed = ((r"\Big(",), (r"\Big)",)) if is_sum else ((), ())
    symbols: tuple[Piece, ...] = (vector(view, "error", l), "=", *opened, *back, *closed)
    numbers: tuple[Piece, ...] = (rf"\vec\delta{up(l)}=", *opened, *with_numbers, *closed)
    if view.has("activation_slope", l):
        symbols = (*symbols, r"\cdot", slopes(view, l))
        numbers = (*numbers, view.diagonal("activation_slope", l))
    return Line(symbols, (*numbers, "=", view.row("error", l, result=True)), place="(9)")


def _coming_back(view: View, l: int) -> tuple[list[Piece], list[Piece]]:
    """δ · W over every way that leads here, and δ where it was added: in symbols and with numbers."""
    symbols = ways_back(
        view,
        l,
        lambda one: (vector(view, "error", one.layer), r"\cdot ", columns(view, one)),
        lambda other: (vector(view, "error", other),),
    )
    numbers = ways_back(
        view,
        l,
        lambda one: (view.row("error", one.layer), block(view, one)),
        lambda other: (view.row("error", other),),
    )
    return symbols, numbers


def _shapes(view: View, l: int) -> str:
    n, sizes = view.spec.sizes[l], view.spec.sizes
    found = [f"{shape(1, sizes[one.layer])} · {shape(sizes[one.layer], n)}" for one in view.spec.readers(l)]
    found += [shape(1, n) for _ in view.spec.adders(l)]
    return found[0] if len(found) == 1 else f"({' + '.join(found)})"


def _sentence(view: View, l: int) -> str:
    onward = "One more turn of the same rule: how the cost depends on the raw input." if l == 0 else ""
    if not view.next_reads(l):
        return f"{meeting(view, l, 1, 'helper gradient')} {onward}".strip()
    return onward or f"The row of layer {l + 2} times the Jacobian of φ_{l + 2} gives the row of layer {l + 1}."


def _beats(view: View, l: int) -> tuple[Line, ...]:
    """The row before it meets the slopes, and the Jacobian it meets."""
    if not view.has("activation_slope", l):
        return ()
    n = view.spec.sizes[l]
    arrived = Symbol(by("C", a(l)), f"activation_gradient:{l}", shape(1, n))
    inner = Symbol(bracket(a(l), z(l)), f"activation_slope:{l}", shape(n, n))
    symbols, numbers = _coming_back(view, l)
    return (
        Line(
            (arrived, "=", *symbols),
            (f"{way_back(view, l)}=", *numbers, "=", view.row("activation_gradient", l)),
            "From left to right, first the weights",
        ),
        Line(
            (inner, "=", slopes(view, l)),
            (rf"{inner.tex}=", view.diagonal("activation_slope", l)),
            "then the Jacobian of σ",
            "(8)",
        ),
    )


def _in_nielsen(view: View, l: int) -> tuple[Line, ...]:
    """BP2, for those who come from there."""
    if l == 0:
        return ()
    column = nielsen.vector(view, "error", l)
    back = ways_back(
        view,
        l,
        lambda one: (nielsen.transposed_weights(view, one), nielsen.vector(view, "error", one.layer)),
        lambda other: (nielsen.vector(view, "error", other),),
    )
    return (Line((column, "=(", *back, r")\odot", *nielsen.slope(view, l)), (), "The same step in Nielsen", "BP2"),)


def _error_note(l: int, *, sloped: bool) -> str:
    if not sloped:
        return "This sample is not activated, so a^1 is z^1 and the last factor of (9) is the identity."
    if l == 0:
        return "Only this text goes down to l = 1; no parameter needs it."
    return (
        "Errors are rows here, so matrices stand on their right, and diag does what ⊙ does in Nielsen."
        " Left to right, (δW) diag, and right to left, δ (W diag), give the same row."
    )


def _error_derivation(view: View, l: int) -> tuple[Line, ...]:
    near, far = rf"\vec\delta{up(l)}", rf"\vec\delta{up(l + 1)}"
    c, next_c, step = f"C{low(l)}", f"C{low(l + 1)}", bracket(z(l + 1), z(l))
    phi = rf"\phi{low(l + 1)}"
    shift = rf"+\vec b{up(l + 1)}" if view.spec.bias else ""
    inner = rf"\left[\delta{a(l)}/\delta{z(l)}\right]"
    chain = rf"\left[\frac{{\delta {next_c}\circ{phi}({z(l)})}}{{\delta{phi}({z(l)})}}\right]"
    return (
        Line((rf"{near}={by(c, z(l))}",), title="What a helper gradient is", place="§4"),
        Line(
            (rf"{near}={bracket(c, z(l))}={chain}\cdot\left[\frac{{\delta{phi}({z(l)})}}{{\delta{z(l)}}}\right]",),
            place="(6)",
        ),
        Line((rf"={bracket(next_c, z(l + 1))}\cdot{step}={far}\cdot{step}",), place="(6)"),
        Line(
            (rf"{step}=\left[\delta(W{up(l + 1)}\cdot{a(l)}{shift})/\delta{z(l)}\right]=W{up(l + 1)}\cdot{inner}",),
            place="(7)",
        ),
        Line((rf"{inner}=\mathrm{{diag}}\{{\sigma'(z_j{up(l)})\}}_{{j=1}}^{{{view.spec.sizes[l]}}}",), place="(8)"),
    )


def _meeting_derivation(view: View, l: int) -> tuple[Line, ...]:
    """As (6) to (8), with one product for each layer that reads this one or has it added."""
    near, sloped = rf"\vec\delta{up(l)}={bracket('C', z(l))}", view.has("activation_slope", l)
    inner = bracket(a(l), z(l))
    every = onward(view, l)
    chain = "+".join(rf"{bracket('C', z(m.layer))}\cdot{bracket(z(m.layer), a(l))}" for m in every)
    shares = (
        Line((f"{bracket(z(m.layer), a(l))}={m.derivative(lambda one: columns(view, one).tex, 'I')}",), title=ALONE)
        for m in every
    )
    slope = Line((rf"{inner}=\mathrm{{diag}}\{{\sigma'(z_j{up(l)})\}}_{{j=1}}^{{{view.spec.sizes[l]}}}",), place="(8)")
    return (
        Line(
            (rf"{near}={bracket('C', a(l))}" + (rf"\cdot{inner}" if sloped else ""),), title="What a helper gradient is"
        ),
        Line((f"{bracket('C', a(l))}={chain}",), title=EACH_LAYER),
        *shares,
        *((slope,) if sloped else ()),
        Line(
            (rf"\vec\delta{up(l)}=\Big({to_tex(_coming_back(view, l)[0])}\Big)" + (rf"\cdot{inner}" if sloped else ""),)
        ),
    )
