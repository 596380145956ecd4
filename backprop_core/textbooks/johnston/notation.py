"""Johnston's notation: columns with an arrow, gradients that lie, Jacobians in brackets, layers counted from 1.

Everything the lens says about a symbol is said here once; the steps only put symbols together.
"""

from backprop_core.memory import Quantity
from backprop_core.network import NetworkSpec
from backprop_core.textbooks.costs_told import CostLetters
from backprop_core.textbooks.motion import parameter_of
from backprop_core.textbooks.motion_letters import is_of_motion, tex_of, text_of
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.on_stage import Letters, usual
from backprop_core.textbooks.pieces import Symbol, to_tex
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import is_whole, stacked, ways_back
from backprop_core.textbooks.words import index, power, shape
from backprop_core.wiring import Reader

LAMBDA = r"\vec\lambda"
MEAN = r"\mathbb{E}"
"""What the text sums or averages over the examples; an update of several examples descends on their average."""

_VECTORS = {
    "weighted_input": r"\vec z",
    "activation": r"\vec a",
    "error": r"\vec\delta",
    "biases": r"\vec b",
}
_LETTERS = {"weighted_input": "z", "activation": "a", "error": r"\delta", "weights": "w", "biases": "b"}
_LYING = ("error", "activation_gradient", "bias_gradient", "example_bias_gradient")

_TEXTS = {
    "weighted_input": "z{l}",
    "activation": "a{l}",
    "activation_slope": "σ′(z{l})",
    "activation_jacobian": "[δa{l}/δz{l}]",
    "activation_gradient": "δC/δa{l}",
    "error": "δ{l}",
    "weights": "W{l}",
    "biases": "b{l}",
    "weight_gradient": "δE/δW{l}",
    "example_weight_gradient": "δC₁/δW{l}",
    "bias_gradient": "δE/δb{l}",
    "example_bias_gradient": "δC₁/δb{l}",
    "updated_weights": "new W{l}",
    "updated_biases": "new b{l}",
    "target": "λ",
    "cost": "C",
    "learning_rate": "η",
    "joined_activation": "what layer {l} reads",
}

SYMBOLS = (
    (r"D=\{(\vec z_i,\lambda_i)\}_{i=1}^{N}", "the samples and their labels (§2)"),
    (r"\vec z^1", "the sample, a column; it enters layer 1, which is layer 0 of the API"),
    (r"\vec a^l=\sigma(\vec z^l)", "activations of layer l; the input layer is activated as well"),
    (r"W^l", "weights into layer l, N_l × N_{l−1}; w^l_{ij} leads from j to i"),
    (r"\vec b^l", "biases of layer l, on the edges from the “1” node"),
    (r"\phi^l", "the map of one layer, from z^{l−1} to z^l; also written φ_l"),
    (r"f", "the whole network, from z^1 to a^L"),
    (r"\vec\lambda", "the label, what the output should have been"),
    (r"C_l", "the cost as a function of z^l alone"),
    (r"\left[\delta f/\delta\vec z\right]", "derivative by a column: a row of a number, a Jacobian of a column"),
    (r"\vec\delta^l", "helper gradient δC_l/δz^l, a row, 1 × N_l"),
    (r"\mathrm{diag}\{\sigma'(z_j^l)\}", "the slopes of layer l on a diagonal"),
    (r"\otimes", "column times row: the outer, or tensor, product"),
    (r"I", "the identity matrix"),
    (r"^t", "transpose"),
    (r"\mathbb{E}", "the cost over all samples, here their average (§2)"),
)


def symbol_text(quantity: Quantity, view: View) -> str:
    """The symbol of a quantity as plain text: δ³. With one example the gradient of the average is that of C₁."""
    name = quantity.name
    if is_of_motion(name):
        return text_of(quantity, lambda parameter: symbol_text(parameter, view))
    if view.m == 1 and name in ("weight_gradient", "bias_gradient"):
        name = f"example_{name}"
    return _TEXTS[name].format(l=superscript(quantity.layer + 1))


def up(l: int) -> str:
    """Superscript of our layer l in this text."""
    return power(l + 1)


def low(l: int) -> str:
    """Our layer l as this text's subscript, as in C_l and φ_l."""
    return index(l)


def vector(view: View, name: str, l: int) -> Symbol:
    """z^l, a^l or b^l standing, δ^l lying; activations that are joined one below the other."""
    if name == "joined_activation":
        joined = stacked(a(source) for source in view.spec.sources(l))
        return Symbol(joined, f"{name}:{l}", shape(view.spec.input_size(l)))
    n = view.spec.sizes[l]
    size = shape(1, n) if name in _LYING else shape(n)
    return Symbol(_VECTORS[name] + up(l), f"{name}:{l}", size)


def weights(view: View, l: int) -> Symbol:
    """W^l of a layer."""
    return Symbol(f"W{up(l)}", f"weights:{l}", shape(view.spec.sizes[l], view.spec.input_size(l)))


def columns(view: View, one: Reader) -> Symbol:
    """W^l, or W^l_{[2]}: the columns of it that read layer 2 of the text, one of several."""
    source = view.sender(one.layer, one.first)[0]
    which = "" if is_whole(view, one) else f"_{{[{source + 1}]}}"
    return Symbol(f"W{up(one.layer)}{which}", f"weights:{one.layer}", shape(view.spec.sizes[one.layer], one.size))


def arrived(view: View, l: int) -> str:
    """The row that comes back to layer ``l``: δ·W over every way, and δ where it was added."""
    back = ways_back(
        view,
        l,
        lambda one: [rf"\vec\delta{up(one.layer)}\cdot {columns(view, one).tex}"],
        lambda other: [rf"\vec\delta{up(other)}"],
    )
    return to_tex(back)


def target(view: View) -> Symbol:
    """The label λ, standing."""
    L = view.spec.depth
    return Symbol(LAMBDA, f"target:{L}", shape(view.spec.sizes[L]))


def by(of: str, what: str) -> str:
    r"""\frac{\delta of}{\delta what}, the text's derivative."""
    space = "" if what.startswith("\\") else " "
    top = rf"\delta{of}" if of.startswith("\\") else rf"\delta {of}"
    return rf"\frac{{{top}}}{{\delta{space}{what}}}"


def bracket(of: str, what: str) -> str:
    """The same in brackets: a derivative as an object with a shape."""
    return rf"\left[{by(of, what)}\right]"


def flat(of: str, what: str) -> str:
    r"""[\delta of/\delta what] on one line, for names under matrices."""
    return rf"\left[\delta {of}/\delta {what}\right]"


def z(l: int) -> str:
    r"""\vec z of our layer l."""
    return rf"\vec z{up(l)}"


def a(l: int) -> str:
    r"""\vec a of our layer l."""
    return rf"\vec a{up(l)}"


def still_read(view: View, l: int) -> list[int]:
    """The layers up to ``l`` on which what comes after it depends: ``l`` alone in a chain, and at the output."""
    spec = view.spec
    after = range(l + 1, spec.depth + 1)
    read = {one for later in after for one in (*spec.sources(later), *spec.adds(later)) if one <= l}
    return sorted(read) or [l]


def component(view: View, l: int) -> str:
    """Component i of what enters layer ``l``: a_i^{l-1}, or x_i where it is several activations joined."""
    sources = view.spec.sources(l)
    return f"a_i{up(sources[0])}" if len(sources) == 1 else "x_i"


def slopes(view: View, l: int) -> Symbol:
    """diag{σ'(z_j^l)}, a square."""
    n = view.spec.sizes[l]
    return Symbol(rf"\mathrm{{diag}}\{{\sigma'(z_j{up(l)})\}}", f"activation_slope:{l}", shape(n, n))


def gradient_of(view: View, parameter: str) -> str:
    """The quantity a gradient step shows: of the stepped example; with one example its gradient is the mean's."""
    return f"{parameter}_gradient" if view.m == 1 else f"example_{parameter}_gradient"


def derivative(view: View, name: str, l: int) -> Symbol:
    """The derivative of the cost by a parameter: by W in the shape of its transpose, by b a row."""
    of = MEAN if view.m > 1 and name in ("weight_gradient", "bias_gradient") else "C_1"
    n, k = view.spec.sizes[l], view.spec.input_size(l)
    if name.endswith("weight_gradient"):
        return Symbol(bracket(of, f"W{up(l)}"), f"{name}:{l}", shape(k, n))
    return Symbol(bracket(of, rf"\vec b{up(l)}"), f"{name}:{l}", shape(1, n))


def letters(l: int) -> CostLetters:
    """Components of the output layer ``l``, as a cost names them."""
    return CostLetters(
        a=lambda j: f"a{up(l)}_{j}",
        z=lambda j: f"z{up(l)}_{j}",
        y=lambda j: rf"\lambda_{j}",
        differences=True,
    )


def entry(view: View, name: str, l: int, *positions: int) -> Symbol:
    """One number, such as δ^3_1 or w^3_{12}, for the stepped example; an entry of a gradient is counted as it lies."""
    if name == "joined_activation":
        return entry(view, "activation", *view.sender(l, *positions))
    ref = ":".join(map(str, (name, l, *positions)))
    if name in _LETTERS:
        return Symbol(f"{_LETTERS[name]}{up(l)}{index(*positions)}", ref)
    return Symbol(_composed(view, name, l, positions), ref)


def _composed(view: View, name: str, l: int, positions: tuple[int, ...]) -> str:
    one = index(*positions)
    if is_of_motion(name):
        return tex_of(name, f"{_LETTERS[parameter_of(name)]}{up(l)}{one}")
    if name.endswith("weight_gradient"):
        j, k = positions
        return rf"{derivative(view, name, l).tex}_{{({k + 1},{j + 1})}}"
    if name.endswith("bias_gradient"):
        return f"{derivative(view, name, l).tex}{one}"
    if name == "activation_gradient":
        inside = l < view.spec.depth
        return rf"({arrived(view, l)}){one}" if inside else by("C", f"a{up(l)}{one}")
    if name == "activation_jacobian":
        return by(f"a{up(l)}{index(positions[0])}", f"z{up(l)}{index(positions[1])}")
    return {
        "activation_slope": rf"\sigma'(z{up(l)}{one})",
        "updated_weights": rf"w^{{{l + 1},\text{{new}}}}{one}",
        "updated_biases": rf"b^{{{l + 1},\text{{new}}}}{one}",
        "target": rf"\lambda{one}",
        "cost": "C",
        "costs": "C",
        "learning_rate": r"\eta",
    }[name]


def stage(spec: NetworkSpec) -> Letters:
    """The same letters; the label is λ, and a row of errors comes before the weights."""
    return usual(spec) | {"activation_gradient": "δC/δa", "arrived": "Σ δ·w", "target": "λ", "backward": "δ·w"}
