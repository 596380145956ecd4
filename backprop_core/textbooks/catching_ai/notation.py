"""The notation of Catching AI: layers in parentheses, whole batches as bold matrices, derivatives of J by name.

Unit i, example j: a cell reads z^{(l)}_{i,j}. All the lens says about a symbol is said here once.
"""

from backprop_core.memory import Quantity
from backprop_core.network import NetworkSpec
from backprop_core.textbooks.costs_told import CostLetters
from backprop_core.textbooks.motion import parameter_of
from backprop_core.textbooks.motion_letters import is_of_motion, tex_of, text_of
from backprop_core.textbooks.numbers import superscript
from backprop_core.textbooks.on_stage import Letters, usual
from backprop_core.textbooks.pieces import Matrix, Number, Symbol, kept
from backprop_core.textbooks.view import PER_EXAMPLE, View
from backprop_core.textbooks.ways_told import is_whole, stacked
from backprop_core.textbooks.words import derivative, shape
from backprop_core.wiring import Reader

SCALED = ("activation_gradient", "error")
"""Quantities that carry 1/m in this text."""

_TEXTS = {
    "weighted_input": "Z⁽{l}⁾",
    "activation": "A⁽{l}⁾",
    "activation_slope": "f′(Z⁽{l}⁾)",
    "activation_jacobian": "∂a⁽{l}⁾/∂z⁽{l}⁾",
    "activation_gradient": "∂J/∂A⁽{l}⁾",
    "error": "∂J/∂Z⁽{l}⁾",
    "weights": "W⁽{l}⁾",
    "biases": "B⁽{l}⁾",
    "weight_gradient": "∂J/∂W⁽{l}⁾",
    "example_weight_gradient": "one example’s ∂J/∂W⁽{l}⁾",
    "bias_gradient": "∂J/∂B⁽{l}⁾",
    "example_bias_gradient": "one example’s ∂J/∂B⁽{l}⁾",
    "updated_weights": "new W⁽{l}⁾",
    "updated_biases": "new B⁽{l}⁾",
    "cost": "J",
    "learning_rate": "γ",
    "joined_activation": "what layer {l} reads",
}

SYMBOLS = (
    (r"\mathbf A^{(l)}", "activations of layer l: one row a unit, one column an example; A⁽⁰⁾ = X is the batch"),
    (r"\mathbf Z^{(l)}", "preactivations of layer l, in the same shape"),
    (
        r"\mathbf W^{(l)}",
        "weights into layer l, one row a unit; entry (i,h) leads from unit h of layer l − 1 to unit i",
    ),
    (r"\mathbf B^{(l)}", "biases of layer l, one column, repeated for every example"),
    (r"n^{(l)}", "units of layer l"),
    ("m", "examples of the batch"),
    (r"a^{(l)}_{i,j}", "activation of unit i for example j"),
    (r"\vec z^{(l)}_i,\ \vec z^{(l)}_j", "row of unit i; column of example j: told apart by the letter"),
    ("f", "activation function, applied cell by cell"),
    ("J", "cost, the mean over the batch; the text also says loss"),
    (r"\frac{\partial J}{\partial\mathbf Z^{(l)}}", "1/m of what other texts call δ, one column an example"),
    (r"\odot", "product cell by cell"),
    (r"\gamma", "learning rate"),
)


def symbol_text(quantity: Quantity, view: View) -> str:
    """The symbol of a quantity as plain text: ∂J/∂Z⁽³⁾."""
    if quantity.name == "target":
        return "y" if view.spec.sizes[-1] == 1 else "Y"
    if quantity == Quantity("weighted_input", 0):
        return "X"
    if is_of_motion(quantity.name):
        return text_of(quantity, lambda parameter: symbol_text(parameter, view))
    return _TEXTS[quantity.name].format(l=superscript(quantity.layer))


def up(l: int) -> str:
    """A layer as a superscript in parentheses."""
    return f"^{{({l})}}"


def bold(letter: str, l: int) -> str:
    r"""\mathbf A^{(l)}; the batch before its activation is \mathbf X."""
    return r"\mathbf X" if letter == "Z" and l == 0 else rf"\mathbf {letter}{up(l)}"


def of_j(by: str) -> str:
    r"""\frac{\partial J}{\partial …}."""
    return rf"\frac{{\partial J}}{{\partial{by}}}"


def target_tex(view: View) -> str:
    """A row y, or with several outputs a matrix Y."""
    return r"\vec y" if view.spec.sizes[-1] == 1 else r"\mathbf Y"


_BATCH = {"weighted_input": "Z", "activation": "A", "activation_gradient": "A", "error": "Z"}


def scale(view: View, name: str) -> float:
    """What this text multiplies the engine's quantity with."""
    return 1.0 / view.m if name in SCALED else 1.0


def name_of(view: View, name: str, l: int) -> str:
    """The TeX of a whole quantity."""
    if name == "target":
        return target_tex(view)
    if name == "joined_activation":
        return stacked(bold("A", source) for source in view.spec.sources(l))
    if name == "activation_slope":
        return f"f'({bold('Z', l)})"
    if name in _BATCH:
        return of_j(bold(_BATCH[name], l)) if name in SCALED else bold(_BATCH[name], l)
    if name.endswith("gradient"):
        return of_j(bold("W" if name == "weight_gradient" else "B", l))
    return bold("W" if name == "weights" else "B", l)


def whole(view: View, name: str, l: int) -> Symbol:
    """A whole quantity as a symbol with its shape: n×m for what every example has."""
    n = view.spec.input_size(l) if name == "joined_activation" else view.spec.sizes[l]
    columns = view.m if name in PER_EXAMPLE else view.spec.input_size(l) if "weight" in name else 1
    return Symbol(name_of(view, name, l), f"{name}:{l}", shape(n, columns))


def turned(view: View, name: str, l: int) -> Symbol:
    r"""\mathbf A^{(l)T}, also of activations that are joined."""
    n = view.spec.input_size(l) if name == "joined_activation" else view.spec.sizes[l]
    tex = rf"{whole(view, name, l).tex}^T" if name == "joined_activation" else rf"\mathbf A^{{({l})T}}"
    return Symbol(tex, f"{name}:{l}", shape(view.m, n))


def turned_weights(view: View, one: Reader) -> Symbol:
    r"""\mathbf W^{(l)T}, or \mathbf W_{[2]}^{(l)T} of the columns alone that read layer 2, one of several."""
    source = view.sender(one.layer, one.first)[0]
    which = "" if is_whole(view, one) else f"_{{[{source}]}}"
    size = shape(one.size, view.spec.sizes[one.layer])
    return Symbol(rf"\mathbf W{which}^{{({one.layer})T}}", f"weights:{one.layer}", size)


def cells(view: View, name: str, l: int, *, result: bool = False, lying: bool = False) -> Matrix:
    """The numbers of a quantity of every example, one column an example, or one row where ``lying`` on its side."""
    return view.batch(name, l, scale=scale(view, name), turned=lying, result=result)


def column(view: View, name: str, l: int, x: int, *, result: bool = False) -> Matrix:
    """Column ``x`` of it, scaled as the text does."""
    by, vector = scale(view, name), view.array(name, l, x)
    rows = [
        (None if j is None else Number(float(vector[j]) * by, f"{name}:{l}:{j}", example=x, scale=by),)
        for j in kept(len(vector))
    ]
    return Matrix(tuple(rows), f"{name}:{l}", result)


def one(m: int, *, two: bool = False) -> str:
    r"""1/m with its number, \tfrac14, or 2/m where ``two``; nothing where it is 1."""
    if m == 1:
        return "2" if two else ""
    if two:
        return rf"\tfrac{{2}}{{{m}}}"
    return rf"\tfrac1{m}" if m < len("1234567890") else rf"\tfrac1{{{m}}}"


def letters(view: View, l: int, j: str) -> CostLetters:
    """Components of the output layer ``l`` for example ``j``, as a cost names them; a single output has no index."""
    if view.spec.sizes[l] > 1:
        return CostLetters(
            a=lambda i: f"a{up(l)}_{{{i},{j}}}",
            z=lambda i: f"z{up(l)}_{{{i},{j}}}",
            y=lambda i: f"y_{{{i},{j}}}",
            log=r"\log",
        )
    return CostLetters(a=lambda i: f"a{up(l)}_{j}", z=lambda i: f"z{up(l)}_{j}", y=lambda i: f"y_{j}", log=r"\log")


def entry(view: View, name: str, l: int, *positions: int) -> Symbol:
    """One number, such as a^{(1)}_{1,3}: of what every example has, the second index is the stepped example."""
    if name == "joined_activation":
        return entry(view, "activation", *view.sender(l, *positions))
    return Symbol(_one(view, name, l, positions), ":".join(map(str, (name, l, *positions))))


def _one(view: View, name: str, l: int, positions: tuple[int, ...]) -> str:
    x = view.example + 1
    if is_of_motion(name):
        return tex_of(name, _one(view, parameter_of(name), l, positions))
    if name in ("cost", "costs", "learning_rate"):
        return {"cost": "J", "costs": f"J_{{{x}}}", "learning_rate": r"\gamma"}[name]
    at = ",".join(str(position + 1) for position in positions)
    if name == "activation_jacobian":
        i, k = (position + 1 for position in positions)
        return derivative(f"a{up(l)}_{{{i},{x}}}", f"z{up(l)}_{{{k},{x}}}")
    if name in PER_EXAMPLE and not name.startswith("example"):
        return _cell(view, name, l, f"_{{{at},{x}}}")
    new = r",\mathrm{new}" if name.startswith("updated") else ""
    index = f"_{at}" if len(at) == 1 else f"_{{{at}}}"
    letter = f"{'w' if 'weight' in name else 'b'}^{{({l}){new}}}{index}"
    if not name.endswith("gradient"):
        return letter
    return derivative(f"J_{{{x}}}" if name.startswith("example") else "J", letter)


def _cell(view: View, name: str, l: int, at: str) -> str:
    if name == "target":
        return f"y{at}" if view.spec.sizes[-1] > 1 else f"y_{{{view.example + 1}}}"
    z = f"z{up(l)}{at}" if l else f"x{at}"
    a = f"a{up(l)}{at}"
    return {
        "weighted_input": z,
        "activation": a,
        "activation_slope": f"f'({z})",
        "activation_gradient": derivative("J", a),
        "error": derivative("J", z),
    }[name]


def stage(spec: NetworkSpec) -> Letters:
    """Layers in parentheses, the example as second index, and derivatives of J under their own names."""
    return usual(spec) | {
        "weighted_input": "z^({l})_{i},{x}",
        "activation": "a^({l})_{i},{x}",
        "error": "∂J/∂z^({l})_{i},{x}",
        "activation_slope": "f′",
        "activation_gradient": "∂J/∂a",
        "arrived": "∂J/∂a",
        "cost": "J",
        "backward": "w·∂J/∂z",
    }
