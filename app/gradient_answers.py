"""The shapes of the answer to a gradient check: both gradients of every parameter, kinks, and what each way costs.

The engine's arrays are sent as they are; what stands here is only their names.
"""

from typing import Any

from typing_extensions import TypedDict


class CheckAnswer(TypedDict):
    """Both gradients of one array of parameters, each in its shape."""

    parameter: str
    layer: int
    backpropagated: Any
    numerical: Any
    absolute_error: Any
    relative_error: Any


class KinkAnswer(TypedDict):
    """A parameter whose step carries a weighted input across a kink, where no derivative exists."""

    parameter: str
    layer: int
    index: list[int]
    kink_layer: int
    neuron: int
    example: int


class Passes(TypedDict):
    """How many passes through the network one way of computing gradients takes."""

    forward: int
    backward: int


class BothWays(TypedDict):
    """Passes of each way."""

    backpropagation: Passes
    central_differences: Passes


class GradientCheckAnswer(TypedDict):
    """What the check found; parameters whose step crosses a kink are not counted as failures.

    Of the ``kinks_total`` there are, ``kinks`` lists the first.
    """

    step_size: float
    tolerance: float
    largest_relative_error: float | None
    passed: bool
    parameters: int
    compared: int
    passes: BothWays
    checks: list[CheckAnswer]
    kinks: list[KinkAnswer]
    kinks_total: int
