"""Sun's notation: u and z, W with its layer in brackets, gradients as columns of ∂ŷ/∂…, layers counted from 0.

Of a network with a cost C stands where the text has ŷ. All the lens says about a symbol is said here once.
"""

from backprop_core.memory import Quantity
from backprop_core.network import NetworkSpec
from backprop_core.textbooks.costs_told import CostLetters
from backprop_core.textbooks.motion import parameter_of
from backprop_core.textbooks.motion_letters import is_of_motion, tex_of, text_of
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.on_stage import Letters, usual
from backprop_core.textbooks.pieces import Symbol
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import is_whole, stacked
from backprop_core.textbooks.words import index, power, shape
from backprop_core.wiring import Reader

_TEXTS = {
    "weighted_input": "u{l}",
    "activation": "z{l}",
    "activation_slope": "σ′(u{l})",
    "activation_jacobian": "∂z{l}/∂u{l}",
    "activation_gradient": "∂{of}/∂z{l}",
    "error": "∂{of}/∂u{l}",
    "weights": "W[{n}]",
    "biases": "b⁽{l}⁾",
    "weight_gradient": "∂{of}/∂W[{n}]",
    "example_weight_gradient": "∂{of}/∂W[{n}]",
    "bias_gradient": "∂{of}/∂b⁽{l}⁾",
    "example_bias_gradient": "∂{of}/∂b⁽{l}⁾",
    "updated_weights": "new W[{n}]",
    "updated_biases": "new b⁽{l}⁾",
    "target": "y",
    "cost": "{of}",
    "learning_rate": "η",
    "joined_activation": "what layer {l} reads",
}

_READ_OUT = {
    "weights": "α",
    "weight_gradient": "∂ŷ/∂α",
    "example_weight_gradient": "∂ŷ/∂α",
    "updated_weights": "new α",
    "weighted_input": "ŷ",
    "activation": "ŷ",
    "activation_gradient": "∂ŷ/∂ŷ",
    "error": "∂ŷ/∂ŷ",
}
"""What the quantities of the last layer are where it is the read-out α."""

SYMBOLS = (
    ("z^0=x", "the input is the value of layer 0"),
    (r"u^t=W^{[t]}z^{t-1}", "what arrives at layer t; there are no biases in the text"),
    (r"z^t=\sigma(u^t)", "the value of layer t, what other texts call a"),
    (r"W^{[t]}[i,j]", "weight of the edge from unit j of layer t − 1 up to unit i of layer t"),
    ("K", "units in a layer, the same number in every layer of the text"),
    ("T", "the last layer, not a transpose"),
    (r"\top", "transpose"),
    (r"\alpha", "weights of the read-out, a column"),
    (r"\hat y=\alpha^\top z^T", "the one output, and what is differentiated"),
    (r"\partial\hat y/\partial z^t", "gradient by the values of a layer, a column"),
    (r"\partial\hat y/\partial W^{[t]}", "gradient by a matrix, in the shape of the matrix"),
    (r"\circ", "product element by element"),
    (r"\langle\cdot,\cdot\rangle", "inner product of two columns"),
)


def reads_out(view: View) -> bool:
    """Whether the last layer is the text's read-out α: one linear output with no cost behind it."""
    return view.spec.cost == "output"


def symbol_text(quantity: Quantity, view: View) -> str:
    """The symbol of a quantity as plain text: ∂ŷ/∂u³."""
    of, l = "ŷ" if reads_out(view) else "C", quantity.layer
    if reads_out(view) and l == view.spec.depth and quantity.name in _READ_OUT:
        return _READ_OUT[quantity.name]
    if is_of_motion(quantity.name):
        return text_of(quantity, lambda parameter: symbol_text(parameter, view))
    if l == 0 and quantity.name in ("weighted_input", "error"):
        return {"weighted_input": "x", "error": f"∂{of}/∂{'x' if activated(view) else 'z⁰'}"}[quantity.name]
    return _TEXTS[quantity.name].format(of=of, l=superscript(l), n=l)


def activated(view: View) -> bool:
    """Whether the input goes through an activation of its own."""
    return view.spec.input_activation != "identity"


def what(view: View) -> str:
    """What is differentiated: the output ŷ, or the cost C of this example."""
    return r"\hat y" if reads_out(view) else "C"


def words(view: View) -> str:
    """The same in a sentence or a name."""
    return "ŷ" if reads_out(view) else "C"


def u(l: int) -> str:
    """u^l, which at layer 0 is the input x before its activation."""
    return f"u{power(l)}" if l else "x"


def z(l: int) -> str:
    """z^l."""
    return f"z{power(l)}"


def w(view: View, l: int) -> str:
    r"""W^{[l]}, or \alpha for the read-out."""
    return r"\alpha" if reads_out(view) and l == view.spec.depth else f"W^{{[{l}]}}"


def flat(view: View, by: str) -> str:
    r"""\partial\hat y/\partial z^3, on one line."""
    return rf"{_partial(what(view))}/\partial {by}"


def fraction(view: View, by: str) -> str:
    r"""\frac{\partial\hat y}{\partial z^3}, upright."""
    return rf"\frac{{{_partial(what(view))}}}{{\partial {by}}}"


def _partial(of: str) -> str:
    return rf"\partial{of}" if of.startswith("\\") else rf"\partial {of}"


def vector(view: View, name: str, l: int) -> Symbol:
    """u^l, z^l or b^{[l]}, a column; values that are joined one below the other."""
    if name == "joined_activation":
        return Symbol(stacked(map(z, view.spec.sources(l))), f"{name}:{l}", shape(view.spec.input_size(l)))
    tex = {"weighted_input": u(l), "activation": z(l), "biases": f"b^{{[{l}]}}"}[name]
    return Symbol(tex, f"{name}:{l}", shape(view.spec.sizes[l]))


def weights(view: View, l: int) -> Symbol:
    """W^{[l]}, or α⊤ lying for the read-out."""
    n, k = view.spec.sizes[l], view.spec.input_size(l)
    alpha = reads_out(view) and l == view.spec.depth
    return Symbol(r"\alpha^\top " if alpha else w(view, l), f"weights:{l}", shape(n, k))


def turned_weights(view: View, one: Reader) -> Symbol:
    r"""\left(W^{[l]}\right)^\top, or α standing; of a layer that reads several, the columns it reads one with."""
    l = one.layer
    alpha = reads_out(view) and l == view.spec.depth
    tex = columns(view, one) if alpha else rf"\left({columns(view, one)}\right)^\top"
    return Symbol(tex, f"weights:{l}", shape(one.size, view.spec.sizes[l]))


def columns(view: View, one: Reader) -> str:
    """W^{[l]}, or W^{[l]}[:,z^2]: the columns of it that read layer 2, one of several."""
    alpha = reads_out(view) and one.layer == view.spec.depth
    of = z(view.sender(one.layer, one.first)[0])
    return w(view, one.layer) + ("" if is_whole(view, one) else f"[{of}]" if alpha else f"[:,{of}]")


def slope(view: View, l: int) -> Symbol:
    """σ'(u^l)."""
    return Symbol(rf"\sigma'({u(l)})", f"activation_slope:{l}", shape(view.spec.sizes[l]))


def by_u(view: View, l: int) -> str:
    """What the gradient named error is taken by: u^l, ŷ itself for the read-out, z^0 or x at the input."""
    if l == 0:
        return "x" if activated(view) else z(0)
    return what(view) if reads_out(view) and l == view.spec.depth else u(l)


def gradient(view: View, name: str, l: int, *, standing: bool = True) -> Symbol:
    """The gradient by u^l (error) or by z^l (activation_gradient), as a fraction or on one line."""
    by = by_u(view, l) if name == "error" else z(l)
    tex = fraction(view, by) if standing else flat(view, by)
    return Symbol(tex, f"{name}:{l}", shape(view.spec.sizes[l]))


def gradient_of(view: View, parameter: str) -> str:
    """The quantity a gradient step shows: of the stepped example; with one example its gradient is the mean's."""
    return f"{parameter}_gradient" if view.m == 1 else f"example_{parameter}_gradient"


def letters(l: int) -> CostLetters:
    """Components of the output layer ``l``, as a cost names them."""
    return CostLetters(a=lambda j: f"{z(l)}_{j}", z=lambda j: f"{u(l)}_{j}", y=lambda j: f"y_{j}")


def entry(view: View, name: str, l: int, *positions: int) -> Symbol:
    """One number, such as u^2_1, W^{[2]}[1,2] or ∂ŷ/∂u^2_1, for the stepped example."""
    if name == "joined_activation":
        return entry(view, "activation", *view.sender(l, *positions))
    return Symbol(_one(view, name, l, positions), ":".join(map(str, (name, l, *positions))))


def _one(view: View, name: str, l: int, positions: tuple[int, ...]) -> str:
    at = index(*positions[:1])
    if is_of_motion(name):
        return tex_of(name, _one(view, parameter_of(name), l, positions))
    if reads_out(view) and l == view.spec.depth and name in ("weighted_input", "activation"):
        return r"\hat y"
    if name in ("error", "activation_gradient"):
        by = by_u(view, l) if name == "error" else z(l)
        return fraction(view, by if by == what(view) else by + at)
    if name.endswith(("weights", "weight_gradient")):
        return _of_weight(view, name, l, positions)
    if name.endswith(("biases", "bias_gradient")):
        letter = f"b^{{[{l}]{_new(name)}}}{at}"
        return _mean(view, name, letter) if name.endswith("gradient") else letter
    return {
        "weighted_input": u(l) + at,
        "activation": z(l) + at,
        "activation_slope": rf"\sigma'({u(l)}{at})",
        "activation_jacobian": rf"\frac{{\partial {z(l)}{at}}}{{\partial {u(l)}{index(*positions[1:])}}}",
        "target": f"y{at}",
        "cost": what(view),
        "costs": what(view),
        "learning_rate": r"\eta",
    }[name]


def _of_weight(view: View, name: str, l: int, positions: tuple[int, ...]) -> str:
    j, k = positions
    letter = f"W^{{[{l}]{_new(name)}}}[{j + 1},{k + 1}]"
    if reads_out(view) and l == view.spec.depth:
        letter = (rf"\alpha^{{{_new(name)[1:]}}}" if _new(name) else r"\alpha") + index(k)
    return _mean(view, name, letter) if name.endswith("gradient") else letter


def _new(name: str) -> str:
    return r",\text{new}" if name.startswith("updated") else ""


def _mean(view: View, name: str, by: str) -> str:
    """The gradient of one example, or with a line over it that of the mean over a batch."""
    if name.startswith("example") or view.m == 1:
        return fraction(view, by)
    return rf"\frac{{\partial\overline{{{what(view)}}}}}{{\partial {by}}}"


def stage(spec: NetworkSpec) -> Letters:
    """u and z; where no cost is, the output ŷ itself is differentiated and stands at the end."""
    of = "ŷ" if spec.cost == "output" else "C"
    found = usual(spec) | {
        "weighted_input": "u^{l}_{i}",
        "activation": "z^{l}_{i}",
        "error": f"∂{of}/∂u^{{l}}_{{i}}",
        "input_error": f"∂{of}/∂z^{{l}}_{{i}}" if spec.input_activation == "identity" else f"∂{of}/∂x_{{i}}",
        "activation_gradient": f"∂{of}/∂z",
        "arrived": f"∂{of}/∂z",
        "forward": "W·z",
        "backward": f"W·∂{of}/∂u",
    }
    if spec.cost == "output":
        del found["cost"]
        found["output"] = "ŷ"
    return found
