"""Results: a quantity of the stepped example as nested rows, in a lens's orientation.

A vector stands upright as a column of one-number rows; a matrix keeps its shape.
"""

import numpy as np

from backprop_core.activations import Array
from backprop_core.textbooks.view import View


def stand(vector: Array) -> Array:
    """(n,) → (n, 1)."""
    return vector.reshape(-1, 1)


def upright(view: View, name: str, l: int) -> Array:
    """The quantity for the stepped example, vectors as columns."""
    array = view.array(name, l)
    return stand(array) if array.ndim == 1 else array


def side_by_side(view: View, name: str, l: int, scale: float = 1.0) -> Array:
    """The quantity for every example, one column an example: (m, n) → (n, m)."""
    return np.ascontiguousarray(view.trace.memory[name, l].T * scale if scale != 1.0 else view.trace.memory[name, l].T)
