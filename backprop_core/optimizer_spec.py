"""What an optimizer is told and what it remembers: its rule by name, its numbers, and the state it carries along.

optimizers.py makes equations of it.
"""

import math
from dataclasses import dataclass, fields
from typing import ClassVar

from backprop_core.activations import Array
from backprop_core.network import SpecificationError

STATES: dict[str, tuple[str, ...]] = {
    "gradient_descent": (),
    "momentum": ("velocity",),
    "nesterov": ("velocity",),
    "rmsprop": ("square",),
    "adam": ("moment", "square"),
    "adamw": ("moment", "square"),
}
"""Name of the rule → what it remembers of every parameter."""

COUNTS = ("adam", "adamw")
"""Rules in which the number of the update counts."""

SHARES = ("momentum", "square_decay", "first_decay", "second_decay")
"""Numbers from 0 to below 1."""


@dataclass(frozen=True, slots=True)
class OptimizerSpec:
    """How parameters move: the name of a rule and its numbers, in PyTorch's conventions.

    ``momentum`` is of momentum and nesterov, ``square_decay`` of rmsprop, the two decays of adam and adamw,
    ``weight_decay`` of adamw; ``l1`` and ``l2`` are added to the gradient of the weights under every rule.
    Raises ``SpecificationError`` for a name or a number there is not.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = {"extra": "forbid", "strict": True}

    name: str = "gradient_descent"
    momentum: float = 0.9
    square_decay: float = 0.99
    first_decay: float = 0.9
    second_decay: float = 0.999
    epsilon: float = 1e-8
    weight_decay: float = 0.01
    l1: float = 0.0
    l2: float = 0.0

    def __post_init__(self) -> None:
        if self.name not in STATES:
            raise SpecificationError("/name", f"choose one of: {', '.join(STATES)}")
        for one in fields(self)[1:]:
            value = getattr(self, one.name)
            if not (math.isfinite(value) and value >= 0.0):
                raise SpecificationError(f"/{one.name}", "takes a number, 0 or more")
            if one.name in SHARES and value >= 1.0:
                raise SpecificationError(f"/{one.name}", "takes a number from 0 to below 1")
        if self.epsilon == 0.0:
            raise SpecificationError("/epsilon", "takes a number above 0: it keeps a division from being one by 0")

    @property
    def states(self) -> tuple[str, ...]:
        """What is remembered of every parameter."""
        return STATES[self.name]

    @property
    def counts(self) -> bool:
        """Whether the number of the update matters."""
        return self.name in COUNTS

    @property
    def regularizes(self) -> bool:
        """Whether something is added to the gradient of the weights."""
        return self.l1 > 0.0 or self.l2 > 0.0


@dataclass(frozen=True, slots=True)
class OptimizerState:
    """What an optimizer remembers after ``updates`` updates; ``layers[l-1]`` has the arrays of layer l by name."""

    updates: int
    layers: tuple[dict[str, Array], ...]
