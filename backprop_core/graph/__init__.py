"""Expressions as graphs: read, computed forward, differentiated backward node by node, told as Steps.

The chain rule of a network, for any formula: the same kind of equations, the same kind of steps, numbers instead of
arrays.
"""

from backprop_core.graph.gradient_check import GraphCheck, VariableCheck, check_graph
from backprop_core.graph.parser import read_expression
from backprop_core.graph.places import ExpressionError, ExpressionTooLarge, GraphLimits
from backprop_core.graph.structure import Edge, Graph, Node
from backprop_core.graph.trace import Corner, GraphTrace, trace_graph

__all__ = [
    "Corner",
    "Edge",
    "ExpressionError",
    "ExpressionTooLarge",
    "Graph",
    "GraphCheck",
    "GraphLimits",
    "GraphTrace",
    "Node",
    "VariableCheck",
    "check_graph",
    "read_expression",
    "trace_graph",
]
