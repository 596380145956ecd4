"""Nielsen's forward pass, cost and cost gradient, step by step.

Each function tells one kind of scene; equation numbers are the text's own.
"""

from backprop_core.memory import Quantity
from backprop_core.textbooks.neurons_told import one_activation, one_weighted_input
from backprop_core.textbooks.nielsen.equations import ERRATA
from backprop_core.textbooks.nielsen.notation import entry, up, vector, weights
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.pieces import Line, Piece, Symbol
from backprop_core.textbooks.remarks import saturation
from backprop_core.textbooks.results import upright
from backprop_core.textbooks.scenes import Telling
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import entering, noted
from backprop_core.textbooks.words import ACTIVATION_NAMES, ACTIVATION_SENTENCES, plural, shape


def tell_input(view: View, l: int) -> Telling:
    """a^1 = x; with an activated input x alone, and a^1 follows."""
    activated = view.spec.input_activation != "identity"
    name = "weighted_input" if activated else "activation"
    symbol = "x" if activated else "a^1"
    size = shape(view.spec.inputs)
    left, right = Symbol(symbol, f"{name}:0", size), view.column(name, 0, result=True)
    symbols: tuple[Piece, ...] = (left,) if activated else (left, "=", Symbol("x", f"{name}:0", size))
    return Telling(
        name="Input",
        label=symbol,
        label_text="x" if activated else "a¹",
        place="alg. 1; SGD alg. 1–2",
        shapes=size,
        sentence="The example itself arrives; it is activated before it enters layer 2."
        if activated
        else "The example itself is the activation of layer 1, the input layer.",
        lines=(Line(symbols, (f"{symbol}=", right)),),
        quantity=Quantity(name, 0),
        orientation="column",
        result=upright(view, name, 0),
        note="This text counts the input as layer 1.",
        errata=(ERRATA["input"],),
    )


def tell_weighted_input(view: View, l: int) -> Telling:
    """z^l = w^l a^{l-1} + b^l, its eq. (8)."""
    n, k, below = view.spec.sizes[l], view.spec.input_size(l), view.below(l)
    bias, adds = view.spec.bias, view.spec.adds(l)
    symbols: list[Piece] = [vector(view, "weighted_input", l, brace=True), "=", weights(view, l, brace=True)]
    symbols += [vector(view, *below, brace=True)]
    symbols += ["+", vector(view, "biases", l, brace=True)] if bias else []
    symbols += [piece for other in adds for piece in ("+", vector(view, "activation", other, brace=True))]
    numbers: list[Piece] = [f"z{up(l)}=", view.matrix("weights", l), view.column(*below)]
    numbers += ["+", view.column("biases", l)] if bias else []
    numbers += [piece for other in adds for piece in ("+", view.column("activation", other))]
    numbers += ["=", view.column("weighted_input", l, result=True)]
    silent = [j for j, a in enumerate(view.array(*below)) if a == 0]
    what = f"a{superscript(view.spec.sources(l)[0] + 1)}" if below.name == "activation" else "What enters"
    zero = f"{what} is 0 at {plural(len(silent), 'neuron')}: the weights out of there carry nothing." if silent else ""
    return Telling(
        name=f"Feedforward: weighted input z^{l + 1}",
        label=f"z{up(l)}",
        label_text=f"z{superscript(l + 1)}",
        place="alg. 2; (8), by component (46)",
        shapes=f"{shape(n)} = {shape(n, k)} · {shape(k)}" + f" + {shape(n)}" * (bias + len(adds)),
        sentence=f"Each neuron of layer {l + 1} adds its weighted incoming activations"
        + (" and its bias." if bias else "; there are no biases.")
        + f" {entering(view, l, 1)}".rstrip(),
        lines=(Line(tuple(symbols), tuple(numbers)), one_weighted_input(view, l, entry, "(46)")),
        quantity=Quantity("weighted_input", l),
        orientation="column",
        result=upright(view, "weighted_input", l),
        note=noted(is_usual=view.reads_before(l), note=zero),
        derivation=(_exchanged(view, l),) if view.reads_before(l) else (),
    )


def _exchanged(view: View, l: int) -> Line:
    """The same with j and k exchanged, as the derivation of BP2 reads it."""
    before = f"a{up(l - 1)}_j" if l == 1 else rf"\sigma(z{up(l - 1)}_j)"
    shift = f"+b{up(l)}_k" if view.spec.bias else ""
    return Line((rf"z{up(l)}_k=\sum_jw{up(l)}_{{kj}}\,{before}{shift}",), (), "With j and k exchanged", "(43)")


def tell_activation(view: View, l: int) -> Telling:
    """a^l = σ(z^l), its eq. (3)."""
    kind = view.spec.activation(l)
    z, a = vector(view, "weighted_input", l, brace=True), vector(view, "activation", l, brace=True)
    if l == 0:
        z = Symbol("x", "weighted_input:0", shape(view.spec.inputs))
    sigma = r"\operatorname{softmax}" if kind == "softmax" else r"\sigma"
    numbers = (
        f"a{up(l)}={sigma}",
        r"\!\left(",
        view.column("weighted_input", l),
        r"\right)=",
        view.column("activation", l, result=True),
    )
    return Telling(
        name=f"Activate the input a^{l + 1}" if l == 0 else f"Feedforward: activation a^{l + 1}",
        label=f"a{up(l)}",
        label_text=f"a{superscript(l + 1)}",
        place=("alg. 2; (3)" if kind == "sigmoid" else "alg. 2") if l else "",
        shapes=shape(view.spec.sizes[l]),
        sentence=ACTIVATION_SENTENCES[kind].format(l=l + 1)
        if l
        else f"Before it is weighed, the input goes through the {ACTIVATION_NAMES[kind]}.",
        lines=(
            Line((a, f"={sigma}(", z, ")"), numbers),
            *one_activation(view, l, Symbol("z"), "(3)" if kind == "sigmoid" else ""),
        ),
        quantity=Quantity("activation", l),
        orientation="column",
        result=upright(view, "activation", l),
        in_text=l > 0,
        note="The text feeds its input in unchanged." if l == 0 else "",
        remarks=saturation(view, l),
    )
