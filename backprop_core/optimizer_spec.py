"""What an optimizer is told and what it remembers: its rule by name, its numbers, and the state it carries along.

optimizers.py makes equations of it.
"""

import math
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class OptimizerNumber:
    """A number of an optimizer: what it does, how it is written, and the numbers it takes.

    From ``low`` on, or above it where it is ``open``, to below ``high``, or without end.
    """

    name: str
    words: str
    tex: str
    low: float = 0.0
    high: float | None = None
    open: bool = False


NUMBERS: dict[str, OptimizerNumber] = {
    number.name: number
    for number in (
        OptimizerNumber("momentum", "how much of the velocity is kept", r"\mu", high=1.0),
        OptimizerNumber("square_decay", "how much of the mean square gradient is kept", r"\rho", high=1.0),
        OptimizerNumber("first_decay", "how much of the mean gradient is kept", r"\beta_1", high=1.0),
        OptimizerNumber("second_decay", "how much of the mean square gradient is kept", r"\beta_2", high=1.0),
        OptimizerNumber("epsilon", "keeps a division from being one by 0", r"\varepsilon", open=True),
        OptimizerNumber("weight_decay", "how much each weight shrinks, beside the learning rate", r"\lambda"),
        OptimizerNumber("l1", "how much of the sign of a weight is added to its gradient", r"\ell_1"),
        OptimizerNumber("l2", "how much of a weight is added to its gradient", r"\ell_2"),
    )
}
"""Name → number of an optimizer."""


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
        for number in NUMBERS.values():
            value = getattr(self, number.name)
            if not (math.isfinite(value) and value >= number.low):
                raise SpecificationError(f"/{number.name}", "takes a number, 0 or more")
            if number.high is not None and value >= number.high:
                raise SpecificationError(f"/{number.name}", "takes a number from 0 to below 1")
            if number.open and value == number.low:
                raise SpecificationError(f"/{number.name}", f"takes a number above 0: it {number.words}")

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
