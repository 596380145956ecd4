"""One number told: its symbol and scale in the text, its name in words, and the step that writes it.

Whose number it is, a neuron's, an edge's or a bias's, decides which others stand beside it.
"""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from backprop_core.inspection.answers import Linked, Shown
from backprop_core.references import Reference
from backprop_core.steps import outline
from backprop_core.textbooks import TEXTBOOKS, Textbook
from backprop_core.textbooks.pieces import Number, Symbol
from backprop_core.textbooks.view import View
from backprop_core.trace import Trace

MOST = 16
"""Numbers listed on one side of a link."""
COMPARED = 5000
"""Of more numbers than this the first are listed, not the largest."""

KEPT = {"velocity": "velocity", "moment": "mean gradient", "square": "mean square"}
"""What an optimizer remembers, and what it is called."""

NAMES = {
    "weighted_input": "weighted input",
    "activation": "activation",
    "activation_slope": "slope",
    "activation_jacobian": "entry of the Jacobian",
    "activation_gradient": "what arrives",
    "error": "error",
    "target": "target",
    "weights": "weight",
    "biases": "bias",
    "example_weight_gradient": "gradient",
    "example_bias_gradient": "gradient",
    "weight_gradient": "mean gradient",
    "bias_gradient": "mean gradient",
    "updated_weights": "new weight",
    "updated_biases": "new bias",
    "regularized_weight_gradient": "gradient with its price",
    **{f"{of}_{kept}": words for of in ("weight", "bias") for kept, words in KEPT.items()},
    **{f"updated_{of}_{kept}": f"new {words}" for of in ("weight", "bias") for kept, words in KEPT.items()},
    "costs": "cost of this example",
    "cost": "mean cost",
    "learning_rate": "learning rate",
}
"""Quantity → what one number of it is called."""

_MOVING = {of: tuple(f"{new}{of}_{kept}" for kept in KEPT for new in ("", "updated_")) for of in ("weight", "bias")}
_WEIGHT = (
    "weights",
    "example_weight_gradient",
    "weight_gradient",
    "regularized_weight_gradient",
    *_MOVING["weight"],
    "updated_weights",
)
_BIAS = ("biases", "example_bias_gradient", "bias_gradient", *_MOVING["bias"], "updated_biases")
_NEURON = ("weighted_input", "activation", "activation_slope", "activation_gradient", "error")
_SINGLE = {"cost": "cost", "costs": "cost", "learning_rate": "learning_rate", "target": "target"}


@dataclass(frozen=True)
class Teller:
    """A trace as one text tells it, for one row of the batch."""

    trace: Trace
    textbook: str
    example: int

    @cached_property
    def lens(self) -> Textbook:
        """The text."""
        return TEXTBOOKS[self.textbook]

    @cached_property
    def view(self) -> View:
        """The numbers of the stepped example."""
        return View(self.trace, self.example)

    @cached_property
    def _writers(self) -> dict[tuple[str, int], int]:
        steps = outline(self.trace, textbook=self.textbook)
        found = {(q.name, q.layer): index for index, [scene] in enumerate(steps) for q in scene.writes}
        last = self.trace.spec.depth
        return found | ({("costs", last): found["cost", last]} if ("cost", last) in found else {})

    def step(self, one: Reference) -> int | None:
        """The step at which the number becomes known."""
        return self._writers.get((one.name, one.layer))

    def scale(self, name: str) -> float:
        """What the text multiplies the engine's number with."""
        return self.lens.scale(self.view, name)

    def symbol(self, one: Reference) -> Symbol:
        """Its symbol."""
        return self.lens.entry(self.view, one.name, one.layer, *one.index)

    def number(self, one: Reference, *, paren: bool = False, result: bool = False) -> Number:
        """The number as the text shows it."""
        scale = self.scale(one.name)
        return Number(self.raw(one) * scale, str(one), paren, result, scale=scale)

    def raw(self, one: Reference) -> float:
        """The number as the engine has it."""
        return one.value(self.trace.memory, self.example)

    def shown(self, one: Reference) -> Shown:
        """The number with everything that is said of it wherever it is met."""
        scale = self.scale(one.name)
        value = self.raw(one) * scale
        name = NAMES[one.name]
        if one.name.startswith("example") and self.view.m == 1:
            name = "gradient"
        finite = value if np.isfinite(value) else None
        return Shown(str(one), self.symbol(one).tex, name, finite, scale, self.step(one))

    def linked(self, these: tuple[Reference, ...]) -> Linked:
        """Those of a link; of many the largest, in their own order."""
        kept = these[:MOST] if len(these) > COMPARED else these
        if len(kept) > MOST:
            sizes = np.array([-abs(self.raw(one)) for one in these])
            kept = tuple(these[at] for at in sorted(np.argsort(sizes, kind="stable")[:MOST]))
        return Linked(tuple(self.shown(one) for one in kept), len(these))

    def layer(self, l: int) -> str:
        """“layer 2”, as the text counts."""
        return f"layer {l + self.lens.offset}"

    def neuron(self, l: int, j: int, *, short: bool = False) -> str:
        """“hidden neuron 1”, short “hidden 1”; of several hidden layers which one is said too, short “layer 2: 1”."""
        word = "" if short else "neuron "
        if short and 0 < l < self.trace.spec.depth > 2:
            return f"{self.layer(l)}: {j + 1}".replace(" ", "\u00a0")
        if l == 0:
            return f"input {j + 1}"
        if l == self.trace.spec.depth:
            return f"output {word}{j + 1}"
        return f"hidden {word}{j + 1}" + (f" of {self.layer(l)}" if self.trace.spec.depth > 2 else "")


_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def as_letters(tex: str) -> str:
    """The symbol of a cost within a sentence: ŷ, C_x, J₁."""
    return re.sub(r"_\{?(\d+)\}?", lambda found: found[1].translate(_BELOW), tex.replace(r"\hat y", "ŷ"))


def kind_of(one: Reference) -> str:
    """Whose number it is."""
    if one.name in _SINGLE:
        return _SINGLE[one.name]
    if one.name in _WEIGHT:
        return "weight"
    return "bias" if one.name in _BIAS else "neuron" if one.layer else "input"


def facts(teller: Teller, one: Reference) -> tuple[Reference, ...]:
    """The numbers that belong to the same neuron, edge or bias, in the order they become known."""
    kind, trace = kind_of(one), teller.trace
    names: tuple[str, ...] = {"weight": _WEIGHT, "bias": _BIAS, "neuron": _NEURON, "input": _NEURON}.get(kind, ())
    found = [Reference(name, one.layer, one.index[:2] if kind == "weight" else one.index[:1]) for name in names]
    if kind == "target":
        found = [Reference(name, one.layer, one.index) for name in ("target", "activation", "activation_gradient")]
    if kind == "cost":
        found = [Reference("costs", one.layer), Reference("cost", one.layer)]
    found = [each for each in found if is_known(trace, each)]
    if trace.batch_size == 1:
        found = [each for each in found if each.name not in ("weight_gradient", "bias_gradient", "costs")]
    if kind == "input" and trace.spec.input_activation == "identity":
        found = [each for each in found if each.name not in ("weighted_input", "activation_gradient")]
    return tuple(found) if one in found else (*found, one) if kind != "learning_rate" else (one,)


def is_known(trace: Trace, one: Reference) -> bool:
    """Whether the trace came as far as this number."""
    if one.name in ("cost", "costs"):
        return any(quantity.name == "cost" for quantity in trace.written)
    return trace.layers()[one.layer].get(one.name) is not None
