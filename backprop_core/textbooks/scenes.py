"""Scenes: the canonical kinds of step, what each reads and writes, and what a lens has to say of one.

A lens orders scenes and tells them; the names of kinds and quantities are the API's and the same in every lens.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from backprop_core.memory import Quantity
from backprop_core.network import NetworkSpec
from backprop_core.textbooks import motion
from backprop_core.textbooks.furniture import Arrangement
from backprop_core.textbooks.motion import MOTION_KINDS
from backprop_core.textbooks.on_stage import Letters
from backprop_core.textbooks.panels import Panel
from backprop_core.textbooks.parts.style import PartStyle
from backprop_core.textbooks.pieces import Line, Symbol
from backprop_core.textbooks.view import View
from backprop_core.trace import Trace

PHASES = {
    "input": "forward",
    "weighted_input": "forward",
    "activation": "forward",
    "cost": "cost",
    "cost_gradient": "backward",
    "output_error": "backward",
    "backpropagated_error": "backward",
    "error": "backward",
    "input_error": "backward",
    "weight_gradient": "gradient",
    "bias_gradient": "gradient",
} | dict.fromkeys(MOTION_KINDS, "update")
"""Kind → phase, in canonical order."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One step of a lens before it is told: what it covers, reads and writes. Its kind is the last it covers.

    ``operands`` are the references its equation is written with; ``reads`` also has what these stand for.
    """

    covers: tuple[tuple[str, int], ...]
    operands: tuple[str, ...]
    reads: tuple[Quantity, ...]
    writes: tuple[Quantity, ...]
    result: Quantity
    group: str
    group_short: str

    @property
    def kind(self) -> str:
        """The last kind covered."""
        return self.covers[-1][0]

    @property
    def layer(self) -> int:
        """The layer of that kind."""
        return self.covers[-1][1]

    @property
    def phase(self) -> str:
        """The phase of that kind."""
        return PHASES[self.kind]


@dataclass(frozen=True, slots=True)
class Erratum:
    """A slip of a text: where, what it prints and what holds."""

    place: str
    printed: str
    holds: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the numbers of a step show: a saturated or dead neuron, a weight that cannot learn here."""

    kind: str
    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class Telling:
    """What a lens says of a scene: names, equation lines, sentence, result in its own orientation and scale."""

    name: str
    label: str
    label_text: str
    place: str
    shapes: str
    sentence: str
    lines: tuple[Line, ...]
    quantity: Quantity
    orientation: str
    result: Any
    intermediate: dict[str, Any] = field(default_factory=dict)
    tag: str = ""
    in_text: bool = True
    scale: float = 1.0
    note: str = ""
    errata: tuple[Erratum, ...] = ()
    derivation: tuple[Line, ...] = ()
    remarks: tuple[Remark, ...] = ()
    matrices: tuple[Arrangement, ...] = ()
    result_ref: str = ""
    """What ``result`` is where that is not ``quantity`` of the stepped example, such as the mean cost."""
    panels: tuple[str, ...] = ()
    """Kinds of the panels that can be opened here; ``Textbook.panels`` tells each."""


@dataclass(frozen=True, slots=True)
class Textbook:
    """A lens: one computation in the notation of one text.

    ``script(trace)`` is the order of its scenes and ``tell(scene, view)`` what it says of one. ``symbol_text`` names a
    quantity in plain text; ``entry(view, name, l, *index)`` is the symbol of one number, such as δ^3_1, for the stepped
    example. ``panels`` tells each kind of panel, ``parts`` how a step is taken apart, and ``stage(spec)`` how the
    numbers beside the drawing are written. ``offset`` is what the text adds to a layer's number; ``symbols`` are (TeX,
    words), ``equations`` (place, TeX, kind of the step it is met at).
    """

    name: str
    title: str
    author: str
    source: str
    script: Callable[[Trace], list[Scene]]
    tell: Callable[[Scene, View], Telling]
    symbol_text: Callable[[Quantity, View], str]
    entry: Callable[..., Symbol]
    panels: Mapping[str, Callable[[Scene, View], Panel]]
    parts: PartStyle
    stage: Callable[[NetworkSpec], Letters]
    offset: int
    symbols: tuple[tuple[str, str], ...]
    equations: tuple[tuple[str, str, str], ...]
    errata: tuple[Erratum, ...]
    scale: Callable[[View, str], float] = lambda _view, _name: 1.0
    """What the text multiplies the engine's quantity of a name with."""

    def open(self, kind: str, scene: Scene, view: View) -> Panel:
        """The panel ``kind`` at ``scene``, which must offer it. Raises ``KeyError`` for one the text lacks."""
        return self.panels[kind](scene, view)


def operands(spec: NetworkSpec, kind: str, l: int) -> tuple[str, ...]:
    """References of what the equation of ``kind`` at layer ``l`` is written with, in reading order."""
    L = spec.depth
    bias = (f"biases:{l}",) if spec.bias else ()
    below = tuple(f"activation:{source}" for source in spec.sources(l)) if l else ()
    added = tuple(f"activation:{other}" for other in spec.adds(l) if other not in spec.sources(l))
    arriving = tuple(f"{name}:{one.layer}" for one in spec.readers(l) for name in ("weights", "error"))
    arriving += tuple(ref for other in spec.adders(l) if (ref := f"error:{other}") not in arriving)
    target = ("target",) if spec.has_target else ()
    slope = "activation_jacobian" if spec.activation(l) == "softmax" else "activation_slope"
    has_slope = l > 0 or spec.input_activation != "identity"
    table: dict[str, tuple[str, ...]] = {
        "input": (),
        "weighted_input": (f"weights:{l}", *below, *bias, *added),
        "activation": (f"weighted_input:{l}",),
        "cost": (f"activation:{L}", *target),
        "cost_gradient": (f"activation:{L}", *target),
        "output_error": (f"activation_gradient:{L}", f"{slope}:{L}"),
        "backpropagated_error": arriving,
        "error": (f"activation_gradient:{l}", f"activation_slope:{l}"),
        "input_error": (*arriving, *((f"activation_slope:{l}",) if has_slope else ())),
        "weight_gradient": (f"error:{l}", *below),
        "bias_gradient": (f"error:{l}",),
        "weight_update": (f"weights:{l}", f"error:{l}", *below, "learning_rate"),
        "bias_update": (f"biases:{l}", f"error:{l}", "learning_rate"),
    }
    return table[kind]


def writes(spec: NetworkSpec, kind: str, l: int) -> tuple[Quantity, ...]:
    """Everything that becomes known with ``kind`` at layer ``l``, its result last."""
    slope = spec.input_activation != "identity"
    joined = ("joined_activation",) if l and len(spec.sources(l)) > 1 else ()
    names: dict[str, tuple[str, ...]] = {
        "input": ("weighted_input", "activation") if spec.input_activation == "identity" else ("weighted_input",),
        "weighted_input": (*joined, "weighted_input"),
        "cost_gradient": ("activation_gradient",),
        "output_error": ("activation_jacobian" if spec.activation(l) == "softmax" else "activation_slope", "error"),
        "backpropagated_error": ("activation_gradient",),
        "error": ("activation_slope", "error"),
        "input_error": ("activation_gradient", *(("activation_slope",) if slope else ()), "error"),
        "weight_gradient": ("weight_gradient", "example_weight_gradient"),
        "bias_gradient": ("bias_gradient", "example_bias_gradient"),
    } | {kind: (motion.written(kind),) for kind in MOTION_KINDS}
    return tuple(Quantity(name, l) for name in names.get(kind, (kind,)))


def reads(spec: NetworkSpec, kind: str, l: int) -> tuple[Quantity, ...]:
    """The quantities behind the operands, for links between steps."""
    L = spec.depth
    found = []
    for ref in operands(spec, kind, l):
        name, _, layer = ref.partition(":")
        found.append(Quantity(name, int(layer) if layer else L))
    if kind == "output_error":
        found.append(Quantity("weighted_input", l))
    if kind == "error" or (kind == "input_error" and spec.input_activation != "identity"):
        found.append(Quantity("weighted_input", l))
    if kind in ("weight_update", "bias_update"):
        found.append(Quantity("weight_gradient" if kind == "weight_update" else "bias_gradient", l))
    return tuple(found)


def scene(spec: NetworkSpec, covers: tuple[tuple[str, int], ...], group: str, group_short: str = "") -> Scene:
    """A scene that covers the given kinds; what an earlier one writes is no operand of the whole."""
    written = tuple(quantity for kind, l in covers for quantity in writes(spec, kind, l))
    inner = {str(quantity) for kind, l in covers[:-1] for quantity in writes(spec, kind, l)}
    refs = tuple(ref for kind, l in covers for ref in operands(spec, kind, l) if ref not in inner)
    read = tuple(quantity for kind, l in covers for quantity in reads(spec, kind, l) if quantity not in written)
    return Scene(covers, refs, read, written, written[-1], group, group_short or group)


def forward_kinds(spec: NetworkSpec, last: int) -> list[tuple[str, int]]:
    """(kind, layer) of the way forward, from the input to the activation of layer ``last``."""
    first = [("input", 0)] if spec.input_activation == "identity" else [("input", 0), ("activation", 0)]
    return first + [(kind, l) for l in range(1, last + 1) for kind in ("weighted_input", "activation")]


def update_scenes(trace: Trace, group: str, group_short: str = "") -> list[Scene]:
    """The scenes of every update that ``trace`` makes, from the last layer to the first; often none.

    A step of plain gradient descent is written with the factors of its gradient (``by_gradient`` undoes that).
    """
    if not trace.program_updates:
        return []
    optimizer = trace.memory.optimizer
    moved = ("weights", "biases") if trace.spec.bias and not trace.freeze_biases else ("weights",)
    layers = range(trace.spec.depth, 0, -1)
    kinds = [(kind, l) for l in layers for parameter in moved for kind in motion.kinds_of(optimizer, parameter)]
    return [_update_scene(trace, kind, l, group, group_short or group) for kind, l in kinds]


def _update_scene(trace: Trace, kind: str, l: int, group: str, group_short: str) -> Scene:
    if motion.is_plain(trace.memory.optimizer, kind):
        return scene(trace.spec, ((kind, l),), group, group_short)
    read = motion.read(trace.memory.optimizer, kind, l, trace.spec.depth)
    refs = tuple(one.name if one.name == "learning_rate" else str(one) for one in read)
    writes = Quantity(motion.written(kind), l)
    return Scene(((kind, l),), refs, read, (writes,), writes, group, group_short)


def by_gradient(one: Scene, L: int) -> Scene:
    """A step of gradient descent that is written with the finished gradient, not with the factors it is made of."""
    if not any(read.name == "error" for read in one.reads):
        return one
    l, parameter = one.layer, "weights" if one.kind == "weight_update" else "biases"
    gradient = "weight_gradient" if parameter == "weights" else "bias_gradient"
    read = (Quantity(parameter, l), Quantity(gradient, l), Quantity("learning_rate", L))
    return replace(one, operands=(f"{parameter}:{l}", f"{gradient}:{l}", "learning_rate"), reads=read)
