"""Operation counts: what a network would cost in numbers kept and products made, before anything is made.

Pure integers of Python, so a request for a network that is too large costs nothing to refuse.
"""

from dataclasses import dataclass
from math import prod

from backprop_core.memory import parameter_shapes, working_shapes
from backprop_core.network import NetworkSpec


@dataclass(frozen=True, slots=True)
class OperationCounts:
    """Counts for one update on one batch.

    ``products`` are multiplications in the matrix products of both passes; ``trace_numbers`` is how
    many numbers its full trace holds, the gradients of single examples included.
    """

    parameters: int
    edges: int
    forward_products: int
    backward_products: int
    trace_numbers: int


def operation_counts(spec: NetworkSpec, batch_size: int) -> OperationCounts:
    """Count for ``spec`` on a batch of ``batch_size``."""
    shapes = parameter_shapes(spec)
    parameters = sum(prod(shape) for shape in shapes.values())
    edges = sum(prod(shape) for (name, _), shape in shapes.items() if name == "weights")
    working = sum(prod(shape) for shape in working_shapes(spec, batch_size).values())
    jacobian = batch_size * spec.sizes[-1] ** 2 if spec.activation(spec.depth) == "softmax" else 0
    # An answer writes two arrays twice: the input as its own activation, an error as a bias gradient.
    repeated = batch_size * sum(spec.sizes)
    return OperationCounts(
        parameters=parameters,
        edges=edges,
        forward_products=edges * batch_size,
        backward_products=2 * edges * batch_size,
        trace_numbers=2 * parameters + working + repeated + batch_size * edges + jacobian,
    )
