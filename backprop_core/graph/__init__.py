"""Expressions as graphs: read, computed forward, differentiated backward node by node, told as Steps.

The chain rule of a network, for any formula: the same kind of equations, the same kind of steps, numbers instead of
arrays.
"""

from backprop_core.graph.curve import GraphCurve, graph_curve
from backprop_core.graph.document import derive_graph
from backprop_core.graph.examples import compare_graph, graph_examples
from backprop_core.graph.gradient_check import GraphCheck, VariableCheck, check_graph
from backprop_core.graph.nudge import GraphNudged, nudge_graph
from backprop_core.graph.operations import FUNCTIONS, OPERATIONS, Operation
from backprop_core.graph.parser import read_expression
from backprop_core.graph.places import ExpressionError, ExpressionTooLarge, GraphLimits
from backprop_core.graph.structure import Edge, Graph, Node
from backprop_core.graph.swelling import GraphCounts, count_graph, nest
from backprop_core.graph.symbols import node_tex
from backprop_core.graph.telling import graph_divergence, graph_steps
from backprop_core.graph.trace import Corner, GraphTrace, trace_graph
from backprop_core.graph.written_out import WrittenOut, write_out

__all__ = [
    "FUNCTIONS",
    "OPERATIONS",
    "Corner",
    "Edge",
    "ExpressionError",
    "ExpressionTooLarge",
    "Graph",
    "GraphCheck",
    "GraphCounts",
    "GraphCurve",
    "GraphLimits",
    "GraphNudged",
    "GraphTrace",
    "Node",
    "Operation",
    "VariableCheck",
    "WrittenOut",
    "check_graph",
    "compare_graph",
    "count_graph",
    "derive_graph",
    "graph_curve",
    "graph_divergence",
    "graph_examples",
    "graph_steps",
    "nest",
    "node_tex",
    "nudge_graph",
    "read_expression",
    "trace_graph",
    "write_out",
]
