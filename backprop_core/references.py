"""References: the name of one number, such as weights:2:0:1, read into its quantity and its place.

They are the API's names for numbers, the same in every textbook; what each example has is of the stepped one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from backprop_core.memory import Memory, Quantity
from backprop_core.trace import Trace
from backprop_core.wiring import sender_of

PER_EXAMPLE: dict[str, str] = {
    name: name
    for name in (
        "weighted_input",
        "activation",
        "joined_activation",
        "activation_slope",
        "activation_jacobian",
        "activation_gradient",
        "error",
        "target",
        "example_weight_gradient",
        "costs",
    )
} | {"example_bias_gradient": "error"}
"""Quantities with a row for every example, and the array each is read from."""

SINGLE = {"cost": "cost", "example_cost": "costs", "costs": "costs", "learning_rate": "learning_rate"}
"""Names of single numbers, which need no layer, and the quantity of each."""


class UnknownReference(ValueError):
    """A text that names no number of the trace; its message says what does."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One number: its quantity, its layer and its place there, (), (j,) or (j, k)."""

    name: str
    layer: int
    index: tuple[int, ...] = ()

    def __str__(self) -> str:
        if self.name in SINGLE:
            return self.name
        return ":".join(map(str, (self.name, self.layer, *self.index)))

    @property
    def quantity(self) -> Quantity:
        """The quantity in memory that the number is an entry of."""
        return Quantity(PER_EXAMPLE.get(self.name, self.name), self.layer)

    @property
    def is_per_example(self) -> bool:
        """Whether every example of the batch has one of its own."""
        return self.name in PER_EXAMPLE

    def place(self, example: int) -> tuple[int, ...]:
        """Where the number stands in that quantity's array, for row ``example`` of the batch."""
        return (example, *self.index) if self.name in PER_EXAMPLE else self.index

    def value(self, memory: Memory, example: int) -> float:
        """The number itself."""
        return float(memory[self.quantity][self.place(example)])

    @classmethod
    def read(cls, text: str, trace: Trace) -> "Reference":
        """The number of ``trace`` that ``text`` names; raises ``UnknownReference`` where there is none."""
        name, *rest = text.split(":")
        last = trace.spec.depth
        if name in SINGLE and rest in ([], [str(last)]) and _is_known_single(SINGLE[name], trace):
            return cls(SINGLE[name], last)
        places = places_of(rest)
        if not places:
            raise UnknownReference(SHAPES)
        layer, *index = places
        one = cls(name, layer, tuple(index))
        if name in SINGLE or one.quantity not in trace.memory or not _is_known(one, trace):
            raise UnknownReference(SHAPES)
        shape = trace.memory[one.quantity].shape[1 if name in PER_EXAMPLE else 0 :]
        if len(shape) != len(index) or any(place >= size for place, size in zip(index, shape, strict=True)):
            inside = ":".join(f"0…{size - 1}" for size in shape)
            raise UnknownReference(f"numbers of {name} of layer {layer} are {name}:{layer}:{inside}")
        if name == "joined_activation":  # another name of what it was joined from
            source, sent = sender_of(trace.spec.layers, trace.spec.sizes, layer, index[0])
            return cls("activation", source, (sent,))
        return one


def places_of(parts: Sequence[str]) -> list[int]:
    """The layer and the places that ``parts`` of a reference name; none where one is no whole number as it is written.

    Each number has one name, so 01 is none.
    """
    is_whole = all(part.isascii() and part.isdigit() and len(part) < 8 for part in parts)
    found = [int(part) for part in parts] if is_whole else []
    return found if list(map(str, found)) == list(parts) else []


def _is_known_single(name: str, trace: Trace) -> bool:
    if name == "learning_rate":
        return trace.learning_rate is not None
    # One equation computes the costs of the examples and their mean.
    return Quantity("cost", trace.spec.depth) in trace.written


def _is_known(one: Reference, trace: Trace) -> bool:
    layer = trace.layers()[one.layer] if 0 <= one.layer <= trace.spec.depth else {}
    return layer.get(one.name) is not None


SHAPES = (
    "a number is named by quantity, layer (0 is the input) and place, counted from 0 and written without leading zeros:"
    " weights:2:0:1 is the weight from neuron 1 of layer 1 to neuron 0 of layer 2; also biases:1:0,"
    " weighted_input:1:0, activation:0:1, error:2:0, weight_gradient:1:0:0, cost"
)
"""What references look like, for whoever wrote one that is none."""
