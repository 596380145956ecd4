"""Words and formulas that every textbook needs: how an activation and a cost are said and written with numbers.

A lens adds its own symbols, places and order; nothing here belongs to one text.
"""

from backprop_core.textbooks.pieces import Number, Piece

ACTIVATION_NAMES = {
    "identity": "identity",
    "sigmoid": "sigmoid",
    "tanh": "hyperbolic tangent",
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU",
    "softplus": "softplus",
    "silu": "SiLU",
    "gelu": "GELU",
    "softmax": "softmax",
}

STEEPEST = {"sigmoid": 0.25, "tanh": 1.0}
"""Largest slope of the functions that saturate."""


def formula(activation: str, z: Piece) -> tuple[Piece, ...]:
    """σ(z) of an elementwise activation written out for the argument ``z``, a symbol or a number."""
    inner = Number(z.value, z.ref, paren=True) if isinstance(z, Number) else z
    forms: dict[str, tuple[Piece, ...]] = {
        "identity": (z,),
        "sigmoid": (r"\frac{1}{1+e^{-", inner, "}}"),
        "tanh": (r"\tanh(", z, ")"),
        "relu": (r"\max(0,\,", z, ")"),
        "leaky_relu": (r"\max(0.01\cdot ", inner, r",\,", z, ")"),
        "softplus": (r"\ln(1+e^{", z, "})"),
        "silu": (r"\frac{", z, r"}{1+e^{-", inner, "}}"),
        "gelu": (inner, r"\cdot\Phi(", z, ")"),
    }
    return forms[activation]


def plural(count: int, word: str) -> str:
    """“1 example”, “3 examples”."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def power(l: int) -> str:
    """A layer as a TeX superscript: ^3, ^{12}."""
    return f"^{l}" if len(str(l)) == 1 else f"^{{{l}}}"


def index(*positions: int) -> str:
    """Positions from 0 as a TeX subscript counted from 1: _{21}, or _{12,3} where digits would run together."""
    numbers = [str(position + 1) for position in positions]
    joined = "".join(numbers) if all(len(number) == 1 for number in numbers) else ",".join(numbers)
    return f"_{joined}" if len(joined) == 1 else f"_{{{joined}}}"


def shape(rows: int, columns: int = 1) -> str:
    """“3×2”."""
    return f"{rows}×{columns}"


def derivative(of: str, by: str) -> str:
    r"""\frac{\partial of}{\partial by}."""
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"
