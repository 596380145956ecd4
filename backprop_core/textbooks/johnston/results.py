"""Johnston's results: gradients lying down, and the Jacobians that stand inside its steps.

A Jacobian is sent along only where it is small enough to be read.
"""

import numpy as np

from backprop_core.activations import Array
from backprop_core.textbooks.view import View

SQUARE_SENT = 4096
"""Numbers of a Jacobian that is sent along as an intermediate result."""


def lying(view: View, name: str, l: int) -> Array:
    """A vector of the stepped example as a row, (1, n)."""
    return view.array(name, l).reshape(1, -1)


def inner_jacobian(view: View, l: int) -> dict[str, Array]:
    """[δa^l/δz^l], (n_l, n_l), under its name: diagonal, or full for softmax; nothing where it is too large."""
    n = view.spec.sizes[l]
    if n * n > SQUARE_SENT:
        return {}
    if view.spec.activation(l) == "softmax":
        return {"jacobian_a_z": view.array("activation_jacobian", l)}
    return {"jacobian_a_z": np.diag(view.array("activation_slope", l))} if view.has("activation_slope", l) else {}


def one_jacobian(view: View, l: int) -> Array:
    """[δz^{l+1}/δz^l] = W^{l+1} · diag{σ'(z^l)}, (n_{l+1}, n_l), its (7)."""
    w = view.array("weights", l + 1)
    return np.asarray(w * view.array("activation_slope", l)) if view.has("activation_slope", l) else w


def layer_jacobian(view: View, l: int) -> dict[str, Array]:
    """The same under its name; nothing where it is too large, or the next layer is not all that reads this one."""
    if not view.next_reads(l):
        return {}
    jacobian = one_jacobian(view, l)
    return {"jacobian_z_next_z": jacobian} if jacobian.size <= SQUARE_SENT else {}
