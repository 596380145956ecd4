"""A node by what it is called: an input, a named line, or the letter that an unnamed part was given."""

from backprop_core.graph.structure import Node
from backprop_core.graph.trace import GraphTrace
from backprop_core.network import SpecificationError


def varying_node(trace: GraphTrace, name: str) -> Node:
    """The node called ``name``, by which the output is differentiated.

    Raises ``SpecificationError`` where there is none, where it does not vary, or where a number is not finite.
    """
    found = next((node for node in trace.graph.nodes if node.symbol == name), None)
    if found is None:
        raise SpecificationError("/name", "name an input of the expression, or what a node is called")
    if found.id not in trace.graph.varying:
        raise SpecificationError("/name", "this number depends on no input, so nothing is differentiated by it")
    if trace.not_finite is not None:
        raise SpecificationError("/values", "a number of this expression is not finite: nothing can be predicted")
    return found
