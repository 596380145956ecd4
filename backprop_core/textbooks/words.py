"""Words and formulas that every textbook needs: how an activation and a cost are said and written with numbers.

A lens adds its own symbols, places and order; nothing here belongs to one text.
"""

import re
from dataclasses import replace
from itertools import pairwise

from backprop_core.activations import ACTIVATIONS
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
"""What an activation is called in a sentence."""

ACTIVATION_SENTENCES = {
    "identity": "Layer {l} is linear: every weighted input is passed on unchanged.",
    "sigmoid": "The sigmoid squeezes every weighted input of layer {l} into a value between 0 and 1.",
    "tanh": "The hyperbolic tangent squeezes every weighted input of layer {l} into a value between −1 and 1.",
    "relu": "ReLU keeps what is positive in layer {l} and clears the rest.",
    "leaky_relu": "Leaky ReLU keeps what is positive in layer {l} and lets a hundredth of the rest through.",
    "softplus": "Softplus bends every weighted input of layer {l} smoothly up from 0.",
    "silu": "SiLU weights every weighted input of layer {l} by its own sigmoid.",
    "gelu": "GELU weights every weighted input of layer {l} by the normal probability of a smaller one.",
    "softmax": "Softmax turns the weighted inputs of layer {l} into positive shares that add up to 1.",
}
"""What an activation does to a layer."""

_ARGUMENT = re.compile(r"(?<![A-Za-z\\])z(?![A-Za-z])")


def formula(activation: str, z: Piece) -> tuple[Piece, ...]:
    """σ(z) as the engine's table writes it, with ``z``, a symbol or a number, in the place of every z."""
    literals = _ARGUMENT.split(ACTIVATIONS[activation].tex)
    pieces: list[Piece] = [literals[0]]
    for before, after in pairwise(literals):
        is_factor = before.endswith(("-", r"\cdot ")) or after.startswith(r"\cdot")
        pieces += [replace(z, paren=is_factor) if isinstance(z, Number) else z, after]
    return tuple(piece for piece in pieces if piece != "")


def called(activation: str) -> str:
    """Its name after “with”: the sigmoid, ReLU."""
    article = "the " if activation in ("identity", "sigmoid", "tanh") else ""
    return f"{article}{ACTIVATION_NAMES[activation]}"


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
