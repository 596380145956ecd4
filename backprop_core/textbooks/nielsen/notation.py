"""Nielsen's notation: how each quantity is written, with layers counted from 1.

Everything the lens says about a symbol is said here once; the steps only put symbols together.
"""

from backprop_core.memory import Quantity
from backprop_core.textbooks.motion import parameter_of
from backprop_core.textbooks.motion_letters import is_of_motion, tex_of, text_of
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.pieces import Symbol
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import is_whole, stacked
from backprop_core.textbooks.words import derivative, index, power, shape
from backprop_core.wiring import Reader

LETTERS = {
    "weighted_input": "z",
    "activation": "a",
    "error": r"\delta",
    "weights": "w",
    "biases": "b",
    "activation_slope": r"\sigma'",
}

_TEXTS = {
    "weighted_input": "z{l}",
    "activation": "a{l}",
    "activation_slope": "σ′(z{l})",
    "activation_jacobian": "∂a{l}/∂z{l}",
    "error": "δ{l}",
    "weights": "w{l}",
    "biases": "b{l}",
    "weight_gradient": "∂C/∂w{l}",
    "example_weight_gradient": "∂Cₓ/∂w{l}",
    "bias_gradient": "∂C/∂b{l}",
    "example_bias_gradient": "∂Cₓ/∂b{l}",
    "updated_weights": "new w{l}",
    "updated_biases": "new b{l}",
    "target": "y",
    "cost": "C",
    "learning_rate": "η",
    "joined_activation": "what layer {l} reads",
}

SYMBOLS = (
    ("a^1 = x", "the input is layer 1, so layer l here is layer l − 1 of the API"),
    ("w^l_{jk}", "weight from neuron k of layer l − 1 to neuron j of layer l"),
    ("b^l_j", "bias of neuron j of layer l"),
    ("z^l", "weighted input of layer l"),
    ("a^l", "activation of layer l"),
    (r"\delta^l", "error of layer l, ∂C_x/∂z^l"),
    (r"\nabla_a C_x", "gradient of the cost with respect to the output"),
    (r"\odot", "product element by element"),
    (r"\eta", "learning rate"),
    ("m", "number of examples in the mini-batch"),
)


def symbol_text(quantity: Quantity) -> str:
    """The symbol of a quantity as plain text: δ³."""
    layer = quantity.layer + 1
    if quantity.name == "activation_gradient":
        return "∇ₐC"
    if is_of_motion(quantity.name):
        return text_of(quantity, symbol_text)
    return _TEXTS[quantity.name].format(l=superscript(layer))


def up(l: int) -> str:
    """Superscript of our layer l in this text."""
    return power(l + 1)


def braced(l: int) -> str:
    """The same, always in braces."""
    return f"^{{{l + 1}}}"


def vector(view: View, name: str, l: int, *, brace: bool = False) -> Symbol:
    """z^l, a^l, δ^l or b^l of a layer, a column; activations that are joined one below the other."""
    if name == "joined_activation":
        joined = stacked(f"a{up(source)}" for source in view.spec.sources(l))
        return Symbol(joined, f"{name}:{l}", shape(view.spec.input_size(l)))
    return Symbol(LETTERS[name] + (braced(l) if brace else up(l)), f"{name}:{l}", shape(view.spec.sizes[l]))


def weights(view: View, l: int, *, brace: bool = False) -> Symbol:
    """w^l of a layer."""
    size = shape(view.spec.sizes[l], view.spec.input_size(l))
    return Symbol("w" + (braced(l) if brace else up(l)), f"weights:{l}", size)


def transposed_weights(view: View, one: Reader) -> Symbol:
    """(w^l)^T, or (w^l_{[2]})^T of those columns alone that read layer 2 of the text."""
    size = shape(one.size, view.spec.sizes[one.layer])
    return Symbol(f"({columns(view, one)})^T", f"weights:{one.layer}", size)


def columns(view: View, one: Reader) -> str:
    """w^l, or the columns of it that read one of several layers."""
    source = view.sender(one.layer, one.first)[0]
    return f"w{up(one.layer)}" + ("" if is_whole(view, one) else f"_{{[{source + 1}]}}")


def slope(view: View, l: int) -> tuple[str | Symbol, ...]:
    """σ'(z^l); the symbol stands for the slope, the z inside for what it is taken at."""
    z = f"z{up(l)}"
    return (Symbol(rf"\sigma'({z})", f"activation_slope:{l}", shape(view.spec.sizes[l])),)


def entry(view: View, name: str, l: int, *positions: int) -> Symbol:
    """One component, such as δ^3_1 or w^3_{12}; a derivative of the cost by one, such as ∂C_x/∂w^3_{12}."""
    if name == "joined_activation":
        return entry(view, "activation", *view.sender(l, *positions))
    ref = ":".join(map(str, (name, l, *positions)))
    at = index(*positions)
    if name in LETTERS and name != "activation_slope":
        return Symbol(f"{LETTERS[name]}{up(l)}{at}", ref)
    return Symbol(_composed(name, l, positions, at), ref)


def _composed(name: str, l: int, positions: tuple[int, ...], at: str) -> str:
    if is_of_motion(name):
        return tex_of(name, f"{LETTERS[parameter_of(name)]}{up(l)}{at}")
    if name == "activation_jacobian":
        return derivative(f"a{up(l)}{index(positions[0])}", f"z{up(l)}{index(positions[1])}")
    return {
        "activation_slope": rf"\sigma'(z{up(l)}{at})",
        "activation_gradient": derivative("C_x", f"a{up(l)}{at}"),
        "example_weight_gradient": derivative("C_x", f"w{up(l)}{at}"),
        "example_bias_gradient": derivative("C_x", f"b{up(l)}{at}"),
        "weight_gradient": derivative("C", f"w{up(l)}{at}"),
        "bias_gradient": derivative("C", f"b{up(l)}{at}"),
        "updated_weights": rf"w^{{{l + 1},\text{{new}}}}{at}",
        "updated_biases": rf"b^{{{l + 1},\text{{new}}}}{at}",
        "target": f"y{at}",
        "cost": "C",
        "costs": "C_x",
        "learning_rate": r"\eta",
    }[name]
