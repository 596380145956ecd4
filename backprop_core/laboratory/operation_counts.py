"""Operation counts: what a network would cost in numbers kept and products made, before anything is made.

Pure integers of Python, so a request for a network that is too large costs nothing to refuse.
"""

from dataclasses import dataclass
from math import prod

from backprop_core.activations import ACTIVATIONS
from backprop_core.memory import motion_shapes, parameter_shapes, working_shapes
from backprop_core.network import NetworkSpec
from backprop_core.optimizer_spec import OptimizerSpec

BESIDE = 1
"""Multiplications that the bias, the search for kinks and the copies of one neuron take, at least."""

COST_WORK = 5
"""Multiplications that the cost of one output neuron takes, logarithms included."""


@dataclass(frozen=True, slots=True)
class OperationCounts:
    """Counts for one update on one batch.

    ``products`` are multiplications in the matrix products of both passes; ``activation_work`` is what
    its activations take once, in the same unit, the cost and the sums beside them included: in a wide
    layer behind a narrow one they outweigh the products. ``trace_numbers`` is how many numbers its full
    trace holds, the gradients of single examples included.
    """

    parameters: int
    edges: int
    forward_products: int
    backward_products: int
    activation_work: int
    trace_numbers: int


def operation_counts(
    spec: NetworkSpec,
    batch_size: int,
    optimizer: OptimizerSpec = OptimizerSpec(),  # noqa: B008 - frozen, so it may be shared
) -> OperationCounts:
    """Count for ``spec`` on a batch of ``batch_size``, moved by ``optimizer``."""
    shapes = parameter_shapes(spec)
    parameters = sum(prod(shape) for shape in shapes.values())
    edges = sum(prod(shape) for (name, _), shape in shapes.items() if name == "weights")
    working = sum(prod(shape) for shape in working_shapes(spec, batch_size).values())
    working += sum(prod(shape) for shape in motion_shapes(spec, optimizer).values())
    activation_work = sum(n * (ACTIVATIONS[spec.activation(l)].work + BESIDE) for l, n in enumerate(spec.sizes))
    jacobian = batch_size * spec.sizes[-1] ** 2 if spec.activation(spec.depth) == "softmax" else 0
    # An answer writes two arrays twice: the input as its own activation, an error as a bias gradient.
    repeated = batch_size * sum(spec.sizes)
    return OperationCounts(
        parameters=parameters,
        edges=edges,
        forward_products=edges * batch_size,
        backward_products=2 * edges * batch_size,
        activation_work=batch_size * (activation_work + COST_WORK * spec.sizes[-1]),
        trace_numbers=2 * parameters + working + repeated + batch_size * edges + jacobian,
    )
