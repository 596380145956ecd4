"""Backpropagation on any graph as a list of Equations, the same kind that a network has.

``compile_graph`` is the algorithm; each constructor below it has its formula in its docstring. The layer of an
equation is the node it belongs to, of a local gradient the edge.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np

from backprop_core.activations import Array
from backprop_core.equations import Equation
from backprop_core.graph.memory import GraphMemory
from backprop_core.graph.operations import OPERATIONS
from backprop_core.graph.structure import Edge, Graph, Node
from backprop_core.memory import Quantity


def compile_graph(graph: Graph, memory: GraphMemory) -> tuple[Equation, ...]:
    """Backpropagation on any graph: values in order, then gradients in the opposite order.

    Every node hands its gradient to its operands, each times the local derivative; where a node is used more than
    once, what comes back over its uses is added up.
    """
    program = [operation(graph, memory, node) for node in graph.nodes if node.operands]

    # Every node from the last to the first: ∂f/∂f = 1, then ∂f/∂u = Σ_v ∂f/∂v · ∂v/∂u over the uses v of u.
    program.append(output_gradient(graph, memory))
    left = {node.id: len(graph.uses(node.id)) for node in graph.nodes}
    for node in reversed(graph.nodes):
        edges = graph.into(node.id)
        for edge in edges:
            program += [local_gradient(graph, memory, edge), chain_rule(graph, memory, edge)]
        for edge in edges:
            left[edge.source] -= 1
            if left[edge.source] == 0 and len(graph.uses(edge.source)) > 1:
                program.append(gradient_sum(graph, memory, edge.source))
    return tuple(program)


def operation(graph: Graph, memory: GraphMemory, node: Node) -> Equation:
    """v = operation(u, …)."""
    reads = tuple(Quantity("value", k) for k in node.operands)
    rule, arrays, out = OPERATIONS[node.operation], _arrays(memory, reads), memory["value", node.id]

    def call() -> None:
        out[...] = rule.value(_numbers(arrays))

    return Equation(
        "operation", node.id, reads, Quantity("value", node.id), (call,), int(node.operation in ("multiply", "divide"))
    )


def output_gradient(graph: Graph, memory: GraphMemory) -> Equation:
    """∂f/∂f = 1."""
    writes = Quantity("gradient", graph.output.id)
    return Equation("output_gradient", graph.output.id, (), writes, (partial(memory[writes].fill, 1.0),))


def local_gradient(graph: Graph, memory: GraphMemory, edge: Edge) -> Equation:
    """∂v/∂u, for the operation v alone, with its other operands held."""
    node = graph.nodes[edge.target]
    rule, out = OPERATIONS[node.operation], memory["local_gradient", edge.id]
    # Of many operands most may be the same node, which is read once.
    arrays = {k: memory["value", k] for k in dict.fromkeys((*node.operands, node.id))}
    places, reads_value = rule.read_by_slope(edge.place, len(node.operands))
    reads = dict.fromkeys([*(node.operands[k] for k in places), *[node.id] * reads_value])

    def call() -> None:
        numbers = {k: np.float64(array) for k, array in arrays.items()}
        out[...] = rule.slope([numbers[k] for k in node.operands], numbers[node.id], edge.place)

    return Equation(
        "local_gradient",
        edge.id,
        tuple(Quantity("value", k) for k in reads),
        Quantity("local_gradient", edge.id),
        (call,),
    )


def chain_rule(graph: Graph, memory: GraphMemory, edge: Edge) -> Equation:
    """∂f/∂v · ∂v/∂u: all of ∂f/∂u where u has no other use, else what comes back over this one."""
    only = len(graph.uses(edge.source)) == 1
    writes = Quantity("gradient", edge.source) if only else Quantity("contribution", edge.id)
    reads = (Quantity("gradient", edge.target), Quantity("local_gradient", edge.id))
    upstream, local = _arrays(memory, reads)
    call = partial(np.multiply, upstream, local, memory[writes])
    return Equation("chain_rule", edge.target, reads, writes, (call,), 1)


def gradient_sum(graph: Graph, memory: GraphMemory, node: int) -> Equation:
    """∂f/∂u = Σ of what came back over the uses of u."""
    reads = tuple(Quantity("contribution", edge.id) for edge in graph.uses(node))
    arrays, out = _arrays(memory, reads), memory["gradient", node]

    def call() -> None:
        out[...] = sum(_numbers(arrays))

    return Equation("gradient_sum", node, reads, Quantity("gradient", node), (call,))


def _arrays(memory: GraphMemory, quantities: Sequence[Quantity]) -> list[Array]:
    return [memory[quantity] for quantity in quantities]


def _numbers(arrays: Sequence[Array]) -> list[np.float64]:
    return [np.float64(array) for array in arrays]
