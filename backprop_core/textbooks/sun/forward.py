"""Sun's forward pass: u mixes the values below, z is what σ lets through, and α reads the last layer out as ŷ.

The text has no biases; a network that has them adds them to u.
"""

from backprop_core.activations import ACTIVATIONS
from backprop_core.memory import Quantity
from backprop_core.textbooks.neurons_told import one_activation, one_weighted_input
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.pieces import Line, Number, Piece, Symbol
from backprop_core.textbooks.remarks import saturation
from backprop_core.textbooks.results import upright
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.sun import furniture
from backprop_core.textbooks.sun.equations import ERRATA
from backprop_core.textbooks.sun.notation import activated, entry, u, vector, weights, z
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import NOT_IN_TEXT, entering, noted
from backprop_core.textbooks.words import ACTIVATION_NAMES, ACTIVATION_SENTENCES, plural, shape

NAMED = 4
"""Units that are named one by one."""
LINEAR = "The text has no biases; here they are added to u."


def tell_input(view: View, l: int) -> Telling:
    """z^0 = x, its (1); with an activated input x alone, and z^0 follows."""
    name = "weighted_input" if activated(view) else "activation"
    symbol, size = "x" if activated(view) else "z^0", shape(view.spec.inputs)
    left = Symbol(symbol, f"{name}:0", size)
    right: tuple[Piece, ...] = () if activated(view) else ("=", Symbol("x", f"{name}:0", size))
    return Telling(
        name=f"Input {symbol}",
        label=symbol,
        label_text="x" if activated(view) else "z⁰",
        place="(1)",
        shapes=size,
        sentence="The input is the value of layer 0."
        if not activated(view)
        else "The input arrives; it is activated before it becomes the value of layer 0.",
        lines=(Line((left, *right), (f"{symbol}=", view.column(name, 0, result=True)), place="(1)"),),
        quantity=Quantity(name, 0),
        orientation="column",
        result=upright(view, name, 0),
        note="Layers count from 0, as in the API.",
        errata=(ERRATA["input"],),
        matrices=furniture.input_alone(view, symbol, name),
    )


def tell_weighted_input(view: View, l: int) -> Telling:
    """u^l = W^{[l]} z^{l-1}, inside its (2)."""
    n, k, bias, adds = view.spec.sizes[l], view.spec.input_size(l), view.spec.bias, view.spec.adds(l)
    symbols: tuple[Piece, ...] = (
        vector(view, "weighted_input", l),
        "=",
        weights(view, l),
        vector(view, *view.below(l)),
    )
    numbers: tuple[Piece, ...] = (view.matrix("weights", l), view.column(*view.below(l)))
    if bias:
        symbols += ("+", vector(view, "biases", l))
        numbers += ("+", view.column("biases", l))
    for other in adds:
        symbols += ("+", vector(view, "activation", other))
        numbers += ("+", view.column("activation", other))
    numbers += ("=", view.column("weighted_input", l, result=True))
    added = "adds its biases." if bias else "there is no bias anywhere."
    return Telling(
        name=f"Forward: u^{l}",
        label=u(l),
        label_text=f"u{superscript(l)}",
        place=f"(2), t={l - 1}",
        shapes=f"{shape(n)} = {shape(n, k)} · {shape(k)}" + f" + {shape(n)}" * (bias + len(adds)),
        sentence=f"Layer {l} mixes the values below it{' and' if bias else ';'} {added} {entering(view, l, 0)}".strip(),
        lines=(Line(symbols, numbers, place="(2)"), one_weighted_input(view, l, entry)),
        quantity=Quantity("weighted_input", l),
        orientation="column",
        result=upright(view, "weighted_input", l),
        note=noted(is_usual=view.reads_before(l), note=_about_u(view, l)),
        matrices=furniture.weighted_input(view, l),
    )


def _about_u(view: View, l: int) -> str:
    kinks = [j + 1 for j, value in enumerate(view.array("weighted_input", l)) if value == 0]
    kink = ACTIVATIONS[view.spec.activation(l)].kink and kinks
    below = view.array(*view.below(l))
    alone = [j for j, value in enumerate(below) if value != 0]
    said = LINEAR if view.spec.bias else ""
    if kink:
        units = f"unit {', '.join(map(str, kinks))}" if len(kinks) <= NAMED else plural(len(kinks), "unit")
        said += f" Exactly 0 at {units}: on the kink, where σ′ is a choice."
    if len(alone) == 1 and len(below) > 1 and not view.spec.bias and view.reads_before(l):
        said += (
            f" Only unit {alone[0] + 1} of layer {l - 1} is not 0, so u{superscript(l)} is one multiple of one column."
        )
    return said.strip()


def tell_activation(view: View, l: int) -> Telling:
    """z^l = σ(u^l), inside its (2)."""
    kind = view.spec.activation(l)
    sigma = r"\operatorname{softmax}" if kind == "softmax" else r"\sigma"
    symbols = (vector(view, "activation", l), f"={sigma}(", vector(view, "weighted_input", l), ")")
    numbers = (
        rf"{sigma}\!\left(",
        view.column("weighted_input", l),
        r"\right)=",
        view.column("activation", l, result=True),
    )
    own = Symbol("u", f"weighted_input:{l}")
    return Telling(
        name=f"Forward: {z(l)}" if l else "Activate the input z^0",
        label=z(l),
        label_text=f"z{superscript(l)}",
        place=f"(2), t={l - 1}" if l else "",
        shapes=shape(view.spec.sizes[l]),
        sentence=_activation_sentence(kind, l),
        lines=(Line(symbols, numbers, place="(2)" if l else ""), *one_activation(view, l, own)),
        quantity=Quantity("activation", l),
        orientation="column",
        result=upright(view, "activation", l),
        in_text=l > 0,
        note="z is the output of a layer, what other texts call a."
        if l == 1
        else "Kept for the backward pass."
        if l
        else "The text feeds its input in unchanged.",
        remarks=saturation(view, l, "u"),
        matrices=furniture.activation(view, l),
    )


def _activation_sentence(kind: str, l: int) -> str:
    if l == 0:
        return f"Before it is mixed, the input goes through the {ACTIVATION_NAMES[kind]}."
    if kind == "relu":
        return "ReLU passes what is positive and stops what is negative."
    return ACTIVATION_SENTENCES[kind].format(l=l)


def tell_read_out(view: View, L: int) -> Telling:
    """ŷ = α⊤ z^T, its (3): weighted input, activation and cost of our last layer at once."""
    k, bias, adds = view.spec.input_size(L), view.spec.bias, view.spec.adds(L)
    value = Number(float(view.trace.costs[view.example]), view.cost_ref, result=True)
    symbols: tuple[Piece, ...] = (
        Symbol(r"\hat y", f"activation:{L}:0"),
        "=",
        weights(view, L),
        vector(view, *view.below(L)),
    )
    numbers: tuple[Piece, ...] = (view.matrix("weights", L), view.column(*view.below(L)))
    if bias:
        symbols += ("+", entry(view, "biases", L, 0))
        numbers += ("+", view.number("biases", L, 0, paren=True))
    for other in adds:
        symbols += ("+", entry(view, "activation", other, 0))
        numbers += ("+", view.number("activation", other, 0, paren=True))
    batch = f" One ŷ for each of {plural(view.m, 'example')}; this is the chosen one’s." if view.m > 1 else ""
    return Telling(
        name="Read-out ŷ",
        label=r"\hat y",
        label_text="ŷ",
        place="(3)",
        shapes=f"1×1 = {shape(1, k)} · {shape(k)}" + " + 1×1" * (bias + len(adds)),
        sentence="The last layer is weighed by α and summed into one number"
        + (", and a bias is added." if bias else ".")
        + f" {entering(view, L, 0)}".rstrip(),
        lines=(Line(symbols, (*numbers, "=", value), place="(3)"), one_weighted_input(view, L, entry)),
        quantity=Quantity("cost", L),
        orientation="scalar",
        result=float(view.trace.costs[view.example]),
        note=f"T is the last layer, here z{superscript(L - 1)}; a transpose is written ⊤.{batch}"
        if view.reads_before(L)
        else f"{NOT_IN_TEXT}{batch}",
        matrices=furniture.read_out(view, L),
    )
