"""The numbers of a graph: one a node and one an edge, both ways, each under its Quantity.

Of a graph a quantity's layer is the number of a node, or of an edge where it speaks of one.
"""

from collections.abc import Mapping

import numpy as np

from backprop_core.activations import Array
from backprop_core.graph.structure import CONSTANT, Graph
from backprop_core.memory import Quantity
from backprop_core.network import SpecificationError


class GraphMemory:
    """Every number of a graph under its Quantity, each a 0-d array.

    ``value:3`` and ``gradient:3`` are of node 3, ``local_gradient:5`` and ``contribution:5`` of edge 5: how its target
    changes with its source, and the gradient that comes back over it.
    """

    def __init__(self, graph: Graph) -> None:
        nodes, edges = len(graph.nodes), len(graph.edges)
        slab = np.zeros(2 * (nodes + edges))
        names = [("value", nodes), ("gradient", nodes), ("local_gradient", edges), ("contribution", edges)]
        quantities = [Quantity(name, k) for name, count in names for k in range(count)]
        self._arrays: dict[tuple[str, int], Array] = {
            quantity: slab[k : k + 1].reshape(()) for k, quantity in enumerate(quantities)
        }

    def __getitem__(self, key: tuple[str, int]) -> Array:
        return self._arrays[key]

    def load(self, graph: Graph, values: Mapping[str, float]) -> "GraphMemory":
        """Write inputs and constants. Raises ``SpecificationError`` where the values are not those of the inputs."""
        names = {node.name for node in graph.inputs}
        for name in values:
            if name not in names:
                raise SpecificationError(f"/values/{name}", "take it out, the expression has no such input")
        for node in graph.inputs:
            if node.name not in values:
                raise SpecificationError(f"/values/{node.name}", "give it a number, the expression reads it")
            if not np.isfinite(values[node.name]):
                raise SpecificationError(f"/values/{node.name}", "takes a finite number")
            self["value", node.id][...] = values[node.name]
        for node in graph.nodes:
            if node.operation == CONSTANT:
                self["value", node.id][...] = node.number
        return self

    def freeze(self) -> None:
        """Make every number read-only."""
        for array in self._arrays.values():
            array.flags.writeable = False
