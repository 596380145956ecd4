"""Johnston's feed-forward, items 1 and 2 of §5: the sample comes in, every layer is activated, then weighed and summed.

Each function tells one kind of scene; places are the text's own.
"""

from backprop_core.memory import Quantity
from backprop_core.textbooks import neurons_told
from backprop_core.textbooks.johnston import furniture
from backprop_core.textbooks.johnston.equations import slips
from backprop_core.textbooks.johnston.notation import LAMBDA, a, entry, up, vector, weights, z
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.pieces import Line, Piece, Symbol
from backprop_core.textbooks.remarks import saturation
from backprop_core.textbooks.results import upright
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import NOT_IN_TEXT, entering
from backprop_core.textbooks.words import called, shape


def tell_input(view: View, l: int) -> Telling:
    """z^1, and beside it the label; where the input is not activated a^1 = z^1 at once."""
    activated = view.spec.input_activation != "identity"
    sample = vector(view, "weighted_input", 0)
    symbols: tuple[Piece, ...] = (sample,) if activated else (vector(view, "activation", 0), "=", sample)
    name = "weighted_input" if activated else "activation"
    head = rf"{z(0)}=" if activated else rf"{a(0)}={z(0)}="
    numbers: tuple[Piece, ...] = (head, view.column(name, 0, result=True))
    if view.spec.has_target:
        numbers = (*numbers, rf",\quad{LAMBDA}=", view.column("target", view.spec.depth))
    return Telling(
        name="Input the training sample z^1",
        label=z(0),
        label_text="z¹",
        place="§5 item 1; D in §2",
        shapes=shape(view.spec.inputs),
        sentence="The sample enters as z^1: a column, not yet activated."
        if activated
        else "The sample enters as z^1, a column; this network does not activate it, so a^1 is z^1.",
        lines=(Line(symbols, numbers),),
        quantity=Quantity(name, 0),
        orientation="column",
        result=upright(view, name, 0),
        note="This text counts the input as layer 1 and calls the target λ."
        + ("" if activated else " In the text the input layer is activated like every other."),
        matrices=furniture.sample(view),
    )


def tell_weighted_input(view: View, l: int) -> Telling:
    """z^l = W^l · a^{l-1} + b^l, half of its (1)."""
    n, k, bias, adds = view.spec.sizes[l], view.spec.input_size(l), view.spec.bias, view.spec.adds(l)
    below, is_usual = view.below(l), view.reads_before(l)
    symbols: list[Piece] = [vector(view, "weighted_input", l), "=", weights(view, l), r"\cdot"]
    symbols += [vector(view, *below)]
    symbols += ["+", vector(view, "biases", l)] if bias else []
    symbols += [piece for other in adds for piece in ("+", vector(view, "activation", other))]
    numbers: list[Piece] = [f"{z(l)}=", view.matrix("weights", l), view.column(*below)]
    numbers += ["+", view.column("biases", l)] if bias else []
    numbers += [piece for other in adds for piece in ("+", view.column("activation", other))]
    numbers += ["=", view.column("weighted_input", l, result=True)]
    return Telling(
        name=f"Weighted input z^{l + 1}" + (f" = φ^{l + 1}(z^{l})" if is_usual else ""),
        label=z(l),
        label_text=f"z{superscript(l + 1)}",
        tag="(1)",
        place="§5 item 2; (1), §2.1 scalar, §2.2 vector",
        shapes=f"{shape(n)} = {shape(n, k)} · {shape(k)}" + f" + {shape(n)}" * (bias + len(adds)),
        sentence=f"{entering(view, l, 1)} ".lstrip()
        + (
            "Weighted activations and the bias from the “1” node meet at the sum nodes."
            if bias
            else "Weighted activations meet at the sum nodes; this network has no “1” nodes."
        ),
        lines=(
            Line(tuple(symbols), tuple(numbers), place="§2.2"),
            neurons_told.one_weighted_input(view, l, entry, "§2.1"),
        ),
        quantity=Quantity("weighted_input", l),
        orientation="column",
        result=upright(view, "weighted_input", l),
        note=f"Second half of φ{superscript(l + 1)}." if is_usual else NOT_IN_TEXT,
        errata=slips("sums"),
        derivation=_map(l, bias=bias) if is_usual else (),
        matrices=furniture.weighted_input(view, l),
    )


def _map(l: int, *, bias: bool) -> tuple[Line, ...]:
    shift, one = (rf"+\vec b{up(l)}", f"+b_i{up(l)}") if bias else ("", "")
    return (
        Line((rf"z_i{up(l)}=\sum_j w_{{ij}}{up(l)}a_j{up(l - 1)}{one}",), title="One component", place="§2.1"),
        Line(
            (rf"{z(l)}=\phi{up(l)}({z(l - 1)})=W{up(l)}\cdot\sigma({z(l - 1)}){shift}",),
            title="As the map of one layer",
            place="(1)",
        ),
    )


def tell_activation(view: View, l: int) -> Telling:
    """a^l = σ(z^l), the other half of its (1); the last one is f(z^1)."""
    last, kind = l == view.spec.depth, view.spec.activation(l)
    numbers = (
        rf"{a(l)}=\sigma\!\left(",
        view.column("weighted_input", l),
        r"\right)=",
        view.column("activation", l, result=True),
    )
    symbols = (vector(view, "activation", l), r"=\sigma(", vector(view, "weighted_input", l), ")")
    return Telling(
        name=f"Activation a^{l + 1}",
        label=a(l),
        label_text=f"a{superscript(l + 1)}",
        tag="(2)" if last else "",
        place="§5 item 2; Fig. 2, §2.1",
        shapes=shape(view.spec.sizes[l]),
        sentence=_sentence(l, last=last, softmax=kind == "softmax"),
        lines=(Line(symbols, numbers, place="§2.2"), *_one(view, l)),
        quantity=Quantity("activation", l),
        orientation="column",
        result=upright(view, "activation", l),
        note=_note(view, l),
        errata=slips("forward", "spelling") if last else (),
        derivation=_definitions(view, l),
        remarks=saturation(view, l),
        matrices=furniture.activation(view, l),
    )


def _sentence(l: int, *, last: bool, softmax: bool) -> str:
    if softmax:
        return "Softmax reads all of z at once; the last activation is the value f(z^1) of the whole network."
    if last:
        return "The last activation is the value f(z^1) of the whole network."
    if l == 0:
        return "The input layer is activated as well, like every other layer."
    return "Every component passes through its own σ node."


def _note(view: View, l: int) -> str:
    if not view.spec.is_chain:
        return ""
    if l == view.spec.depth:
        chain = "∘".join(f"φ{superscript(k + 1)}" for k in range(l, 0, -1))
        return f"f = σ∘{chain}: the chain (2) is complete."
    return f"First half of φ{superscript(l + 2)}: in φ the σ comes before the W (1)."


def _one(view: View, l: int) -> tuple[Line, ...]:
    kind = view.spec.activation(l)
    place = "§2.1" if kind in ("sigmoid", "relu") else ""
    variable = Symbol(f"z{up(l)}") if kind == "softmax" else Symbol("z")
    title = f"Neuron 1, with {'the logistic function' if kind == 'sigmoid' else called(kind)}"
    return neurons_told.one_activation(view, l, variable, place, title)


def _definitions(view: View, l: int) -> tuple[Line, ...]:
    lines: tuple[Line, ...] = ()
    if view.spec.activation(l) != "softmax":
        lines = (
            Line(
                (r"\sigma(\vec x)=(\sigma(x_1),\dots,\sigma(x_n))^t",),
                title=f"Of a column, with {called(view.spec.activation(l))}",
                place="§2.2",
            ),
        )
    if l < view.spec.depth or not view.spec.is_chain:
        return lines
    nested = r"\circ".join(rf"\phi{up(k)}" for k in range(l, 0, -1))
    whole = Line((rf"f({z(0)})=\sigma({nested}({z(0)}))={a(l)}",), title="The whole network", place="(2)")
    return (*lines, whole)
