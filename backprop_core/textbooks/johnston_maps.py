"""The maps that Johnston's text composes, evaluated anew: φ of one layer, and the cost as a function of one z.

Panels ask them what happens to a number that is changed a little; they stand on the engine's own tables.
"""

import numpy as np

from backprop_core.activations import ACTIVATIONS, Array
from backprop_core.backprop import quiet
from backprop_core.costs import COSTS
from backprop_core.textbooks.view import View


def sigma(view: View, l: int, z: Array) -> Array:
    """σ of layer ``l`` at ``z`` (n_l,)."""
    row = np.array(z, dtype=float).reshape(1, -1)
    a = np.empty_like(row)
    with quiet():
        for call in ACTIVATIONS[view.spec.activation(l)].value(row, a):
            call()
    return np.asarray(a[0])


def phi(view: View, l: int, z: Array) -> Array:
    """The map from z of layer ``l`` − 1 to z of layer ``l``: W σ(z) + b, its (1)."""
    found = view.array("weights", l).astype(float) @ sigma(view, l - 1, z)
    return np.asarray(found + view.array("biases", l) if view.spec.bias else found)


def cost(view: View, z: Array, a: Array) -> float:
    """C of the stepped example for an output ``a`` with weighted input ``z``, (n_L,) each."""
    y = np.array(view.array("target", view.spec.depth), dtype=float).reshape(1, -1)
    value = np.empty(1)
    z, a = (np.array(vector, dtype=float).reshape(1, -1) for vector in (z, a))
    with quiet():
        for call in COSTS[view.spec.cost].value(z, a, y, value):
            call()
    return float(value[0])


def cost_from(view: View, l: int, z: Array) -> float:
    """C_{l+1}(z), its (4): the rest of the network above z of layer ``l``, and the cost."""
    for layer in range(l + 1, view.spec.depth + 1):
        z = phi(view, layer, z)
    return cost(view, z, sigma(view, view.spec.depth, z))


def smooth(view: View, l: int, reach: float) -> list[int]:
    """Neurons of layer ``l`` whose z is farther than ``reach`` from a kink of their activation."""
    z, kinked = view.array("weighted_input", l), ACTIVATIONS[view.spec.activation(l)].kink
    return [j for j, value in enumerate(z) if not kinked or abs(float(value)) > reach]
