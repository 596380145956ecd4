"""Nielsen's backward pass, gradients and mini-batch update, step by step.

BP1 and BP2 give the errors, BP4 and BP3 the gradients of one example; the update adds the examples up.
"""

from dataclasses import dataclass

from backprop_core.activations import ACTIVATIONS
from backprop_core.memory import Quantity
from backprop_core.textbooks.neurons_told import one_error
from backprop_core.textbooks.nielsen.equations import ERRATA
from backprop_core.textbooks.nielsen.notation import entry, slope, transposed_weights, up, vector
from backprop_core.textbooks.nielsen.ways import meeting_derivation
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.pieces import Line, Piece, Symbol
from backprop_core.textbooks.remarks import saturation
from backprop_core.textbooks.results import upright
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.short_form import long_form_holds, target_factor
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import columns_back, columns_read, meeting, noted
from backprop_core.textbooks.words import ACTIVATION_NAMES, derivative, shape


def tell_output_error(view: View, l: int) -> Telling:
    """BP1 (41), or (36) with the whole Jacobian of softmax, and the short form where there is one."""
    n = shape(view.spec.sizes[l])
    words = _output_words(view, l)
    return Telling(
        name=words.name,
        label=rf"\delta{up(l)}",
        label_text=f"δ{superscript(l + 1)}",
        tag=words.tag,
        place=words.place,
        shapes=words.shapes or f"{n} ⊙ {n}",
        sentence=words.sentence,
        lines=words.lines,
        quantity=Quantity("error", l),
        orientation="column",
        result=upright(view, "error", l),
        intermediate={
            name: upright(view, name, l) for name in ("activation_slope", "activation_jacobian") if view.has(name, l)
        },
        note=words.note,
        errata=(ERRATA["output_error"],) if view.spec.activation(l) == "softmax" else (),
        derivation=() if view.spec.activation(l) == "softmax" else _output_derivation(l),
        remarks=saturation(view, l),
    )


@dataclass(frozen=True, slots=True)
class _OutputWords:
    name: str
    tag: str
    place: str
    sentence: str
    lines: tuple[Line, ...]
    shapes: str = ""
    note: str = ""


def _output_words(view: View, l: int) -> _OutputWords:
    """How the error of this output layer is told: by BP1, through the Jacobian of softmax, or in short form alone."""
    n, activation = view.spec.sizes[l], view.spec.activation(l)
    short = (_short_form(view, l),) if view.spec.fused else ()
    if short and not long_form_holds(view, l):
        return _OutputWords(
            f"Error in the output layer δ^{l + 1}",
            "",
            "alg. 3",
            "With this cost the slope cancels: an output neuron is to blame by how far it is from its target.",
            (Line(short[0].symbols, short[0].numbers),),
            f"{shape(n)} − {shape(n)}",
            "An output is so near 0 or 1 that its slope and the rate of the cost, taken apart, lose their digits.",
        )
    if activation == "softmax":
        return _OutputWords(
            f"Error in the output layer δ^{l + 1}",
            "(36)",
            "alg. 3; (36)",
            "Through softmax every output feels every weighted input, so each error adds up all of them.",
            (*_softmax_lines(view, l), *short),
            f"{shape(n, n)} · {shape(n)}",
            "Softmax is not elementwise: (36) stands in the place of BP1.",
        )
    steep = f"times how steep its {ACTIVATION_NAMES[activation]} is."
    if activation == "identity":
        steep = "times the slope of a linear neuron, which is 1."
    place = "alg. 3; BP1" + (", (41)" if view.spec.cost == "quadratic" else "")
    return _OutputWords(
        f"BP1: error in the output layer δ^{l + 1}",
        "BP1",
        place + "; (36)–(38)" + (", (40)" if activation == "sigmoid" else ""),
        f"An output neuron is to blame by how much the cost minds its activation, {steep}",
        (*_elementwise_lines(view, l), *short),
    )


def _elementwise_lines(view: View, l: int) -> list[Line]:
    delta, gradient = (
        vector(view, "error", l),
        Symbol(r"\nabla_aC_x", f"activation_gradient:{l}", shape(view.spec.sizes[l])),
    )
    result = view.column("error", l, result=True)
    slopes = view.column("activation_slope", l)
    head = rf"\delta{up(l)}="
    lines = [
        Line(
            (delta, "=", gradient, r"\odot", *slope(view, l)),
            (head, view.column("activation_gradient", l), r"\odot", slopes, "=", result),
            place="BP1",
        )
    ]
    if view.spec.activation(l) == "sigmoid":
        lines.append(_sigmoid_slope(view, l))
    if view.spec.cost == "quadratic":
        a, y = vector(view, "activation", l), Symbol("y", f"target:{l}", shape(view.spec.sizes[l]))
        difference = (r"\left(", view.column("activation", l), "-", view.column("target", l), r"\right)")
        lines.append(
            Line(
                (delta, "=(", a, "-", y, r")\odot", *slope(view, l)),
                (head, *difference, r"\odot", slopes, "=", result),
                "For this cost",
                "(41)",
            )
        )
    return lines


def _sigmoid_slope(view: View, l: int) -> Line:
    a = vector(view, "activation", l)
    column = view.column("activation", l)
    return Line(
        (*slope(view, l), "=", a, r"\odot(1-", a, ")"),
        (column, r"\odot\left(1-", column, r"\right)=", view.column("activation_slope", l)),
        "The slope of the sigmoid",
        "(40)",
    )


def _softmax_lines(view: View, l: int) -> list[Line]:
    n = view.spec.sizes[l]
    jacobian = Symbol(
        rf"\left({derivative(f'a{up(l)}', f'z{up(l)}')}\right)^T", f"activation_jacobian:{l}", shape(n, n)
    )
    gradient = Symbol(r"\nabla_aC_x", f"activation_gradient:{l}", shape(n))
    numbers = (
        rf"\delta{up(l)}=",
        view.transposed("activation_jacobian", l),
        view.column("activation_gradient", l),
        "=",
        view.column("error", l, result=True),
    )
    a = f"a{up(l)}"
    inside = Line(
        (rf"{derivative(a, f'z{up(l)}')}=\operatorname{{diag}}({a})-{a}({a})^T",),
        (),
        "The Jacobian of softmax",
    )
    return [Line((vector(view, "error", l), "=", jacobian, gradient), numbers, place="(36)"), inside]


def _short_form(view: View, l: int) -> Line:
    a, y = vector(view, "activation", l), Symbol("y", f"target:{l}", shape(view.spec.sizes[l]))
    in_symbols, in_numbers = target_factor(view, l, r"\Big(\sum_k y_k\Big)")
    symbols: tuple[Piece, ...] = (
        vector(view, "error", l),
        "=",
        *in_symbols,
        a,
        "-",
        y,
    )
    numbers = (
        rf"\delta{up(l)}=",
        *in_numbers,
        view.column("activation", l),
        "-",
        view.column("target", l),
        "=",
        view.column("error", l, result=True),
    )
    return Line(symbols, numbers, "For this cost and activation")


def _output_derivation(l: int) -> tuple[Line, ...]:
    L = up(l)
    sum_over_outputs = rf"\sum_k{derivative('C_x', f'a{L}_k')}{derivative(f'a{L}_k', f'z{L}_j')}"
    own = derivative("C_x", f"a{L}_j")
    return (
        Line((rf"\delta{L}_j={sum_over_outputs}",), place="(36)"),
        Line((rf"\delta{L}_j={own}{derivative(f'a{L}_j', f'z{L}_j')}",), place="(37)"),
        Line((rf"\delta{L}_j={own}\,\sigma'(z{L}_j)",), place="(38)"),
    )


def tell_error(view: View, l: int) -> Telling:
    """BP2 (45): two beats, W^T δ and then ⊙ σ′; where several layers read this one, one W^T δ for each."""
    damped = "damped" if ACTIVATIONS[view.spec.activation(l)].saturates else "multiplied"
    slopes, arrived = view.column("activation_slope", l), view.column("activation_gradient", l)
    symbols, numbers, sizes = _coming_back(view, l)
    is_usual = view.next_reads(l)
    upward = f", (w{superscript(l + 2)})ᵀδ{superscript(l + 2)}," if is_usual else ""
    sentence = f"Errors of layer {l + 2} travel back along the same weights, are added up," if is_usual else ""
    return Telling(
        name=f"BP2: error one layer back δ^{l + 1}" if is_usual else f"BP2: error further back δ^{l + 1}",
        label=rf"\delta{up(l)}",
        label_text=f"δ{superscript(l + 1)}",
        tag="BP2",
        place="alg. 4; BP2; (42), (44), (45)",
        shapes=f"{shape(view.spec.sizes[l])} = ({sizes}) ⊙ {shape(view.spec.sizes[l])}",
        sentence=f"{sentence} and are {damped} by each slope."
        if is_usual
        else f"{meeting(view, l, 1)} What arrives is {damped} by each slope.",
        lines=(
            Line(
                (vector(view, "error", l), "=(", *symbols, r")\odot", *slope(view, l)),
                (
                    rf"\delta{up(l)}=\left(",
                    *(*numbers, r"\right)\odot", slopes, "=", arrived, r"\odot", slopes, "="),
                    view.column("error", l, result=True),
                ),
                place="BP2",
            ),
            one_error(view, l, entry, "(45)"),
        ),
        quantity=Quantity("error", l),
        orientation="column",
        result=upright(view, "error", l),
        intermediate={
            "backpropagated_error": upright(view, "activation_gradient", l),
            "activation_slope": upright(view, "activation_slope", l),
        },
        note=noted(
            is_usual=is_usual,
            note=f"{columns_read(view, l, 1)} What arrives{upward} is the rate of change"
            f" with a{superscript(l + 1)}; the text gives it no name.".strip(),
        ),
        derivation=_error_derivation(l, bias=view.spec.bias) if is_usual else meeting_derivation(view, l),
        remarks=saturation(view, l),
    )


def _coming_back(view: View, l: int) -> tuple[list[Piece], list[Piece], str]:
    """(w^r)^T δ^r of every layer r that reads this one, and δ of those it is added to: symbols, numbers, shapes."""
    return columns_back(
        view,
        l,
        lambda one: transposed_weights(view, one),
        lambda other: vector(view, "error", other),
        lambda other: view.column("error", other),
    )


def _error_derivation(l: int, *, bias: bool) -> tuple[Line, ...]:
    near, far = up(l), up(l + 1)
    inner = derivative(f"z{far}_k", f"z{near}_j")
    shift = f"+b{far}_k" if bias else ""
    return (
        Line(
            (rf"\delta{near}_j=\sum_k{derivative('C_x', f'z{far}_k')}{inner}=\sum_k{inner}\,\delta{far}_k",),
            place="(42)",
        ),
        Line((rf"z{far}_k=\sum_j w{far}_{{kj}}\,\sigma(z{near}_j){shift}",), place="(43)"),
        Line((rf"{inner}=w{far}_{{kj}}\,\sigma'(z{near}_j)",), place="(44)"),
        Line((rf"\delta{near}_j=\sum_k w{far}_{{kj}}\,\delta{far}_k\,\sigma'(z{near}_j)",), place="(45)"),
    )
