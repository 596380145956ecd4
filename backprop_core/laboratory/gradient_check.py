"""Gradient check: every backpropagated derivative beside the slope found by moving that one number.

The central difference (C(θ + h) − C(θ − h)) / 2h asks the forward pass alone, so it judges the backward pass.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from backprop_core.activations import Array
from backprop_core.backprop import Program, compile
from backprop_core.memory import Memory, Quantity
from backprop_core.network import NetworkSpec, Parameters

TOLERANCE = 1e-6
KINKED = ("relu", "leaky_relu")
_GRADIENTS = {"weights": "weight_gradient", "biases": "bias_gradient"}


@dataclass(frozen=True, slots=True)
class ParameterCheck:
    """Both gradients of one array of parameters and how far they are apart, each in its shape."""

    parameter: str
    layer: int
    backpropagated: Array
    numerical: Array
    absolute_error: Array
    relative_error: Array


@dataclass(frozen=True, slots=True)
class Kink:
    """A parameter whose step carries a weighted input of a ReLU across 0, where no derivative exists."""

    parameter: str
    layer: int
    index: tuple[int, ...]
    kink_layer: int
    neuron: int
    example: int


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """What the check found. ``passed`` leaves out the parameters that are named in ``kinks``."""

    step_size: float
    tolerance: float
    checks: tuple[ParameterCheck, ...]
    kinks: tuple[Kink, ...]
    largest_relative_error: float
    passed: bool
    parameters: int
    forward_passes: int


def check_gradient(
    spec: NetworkSpec,
    parameters: Parameters,
    inputs: Sequence[object] | Array,
    targets: Sequence[object] | Array | None = None,
    step_size: float = 1e-5,
    dtype: str = "float64",
) -> GradientCheck:
    """Compare ∂C/∂W and ∂C/∂b of every parameter with central differences of the mean cost, step ``step_size``.

    The relative error is |backpropagated − numerical| over the larger of the two, or over what round-off
    alone can make of the difference where both are smaller than that.
    """
    with np.errstate(over="ignore"):
        memory = Memory(spec, len(inputs), dtype).load_parameters(parameters).load_batch(inputs, targets)
    program = compile(memory, update=False, asides=False).run()
    return check_program(program, step_size)


def check_program(program: Program, step_size: float = 1e-5) -> GradientCheck:
    """The same for a program that has been run: its gradients as they stand against its own forward pass."""
    memory = program.memory
    forward = program.only([Quantity("cost", memory.spec.depth)])
    noise = (
        4.0 * float(np.finfo(memory.dtype).eps) * max(abs(float(memory["cost", memory.spec.depth])), 1e-3) / step_size
    )
    floor = noise / TOLERANCE
    checks: list[ParameterCheck] = []
    kinks: list[Kink] = []
    largest = 0.0
    for name, l in [q for q in memory if q.name in _GRADIENTS]:
        exact = memory[_GRADIENTS[name], l].astype(float)
        numerical = np.empty_like(exact)
        for index, slope, crossed in _slopes(forward, Quantity(name, l), step_size):
            numerical[index] = slope
            kinks += [Kink(name, l, index, *place) for place in crossed]
        absolute = np.abs(exact - numerical)
        relative = absolute / np.maximum(np.maximum(np.abs(exact), np.abs(numerical)), floor)
        smooth = np.ones(exact.shape, dtype=bool)
        for kink in kinks:
            if (kink.parameter, kink.layer) == (name, l):
                smooth[kink.index] = False
        # NumPy's maximum, unlike Python's, keeps a NaN: what is not finite has not passed.
        largest = float(np.maximum(largest, np.max(relative, where=smooth, initial=0.0)))
        checks.append(ParameterCheck(name, l, exact, numerical, absolute, relative))
    count = sum(check.numerical.size for check in checks)
    passed = bool(largest <= TOLERANCE)
    return GradientCheck(step_size, TOLERANCE, tuple(checks), tuple(kinks), largest, passed, count, 2 * count)


def _slopes(
    forward: Program, quantity: Quantity, step_size: float
) -> Iterator[tuple[tuple[int, ...], float, list[tuple[int, int, int]]]]:
    memory = forward.memory
    parameter, cost = memory[quantity], memory["cost", memory.spec.depth]
    for index in np.ndindex(parameter.shape):
        value = parameter[index]
        sides: list[tuple[float, float, dict[int, Array]]] = []
        for direction in (1.0, -1.0):
            parameter[index] = value + direction * step_size
            forward.run()
            sides.append((float(cost), float(parameter[index]), _signs(memory)))
        parameter[index] = value
        (up, right, signs_up), (down, left, signs_down) = sides
        # Beside a very large parameter the step vanishes, and there is no slope to speak of.
        slope = (up - down) / (right - left) if right != left else float("nan")
        yield index, slope, _crossed(signs_up, signs_down)
    forward.run()


def _signs(memory: Memory) -> dict[int, Array]:
    spec = memory.spec
    layers = [l for l in range(spec.depth + 1) if spec.activation(l) in KINKED]
    return {l: np.sign(memory["weighted_input", l]) for l in layers}


def _crossed(up: dict[int, Array], down: dict[int, Array]) -> list[tuple[int, int, int]]:
    return [(l, int(neuron), int(example)) for l in up for example, neuron in np.argwhere(up[l] != down[l])]
