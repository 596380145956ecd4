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


def one_jacobian(view: View, l: int, r: int) -> Array:
    """[δz^r/δz^l] = W^r · diag{σ'(z^l)}, (n_r, n_l), its (7): of a layer ``r`` that reads ``l``, over that way alone.

    W^r are the columns that read it; where a^l is added as well, the identity stands beside them.
    """
    w = np.zeros((view.spec.sizes[r], view.spec.sizes[l]))
    for one in view.spec.readers(l):
        if one.layer == r:
            w = w + view.array("weights", r)[:, one.columns]
    if r in view.spec.adders(l):
        w = w + np.eye(len(w))
    return np.asarray(w * view.array("activation_slope", l)) if view.has("activation_slope", l) else w


def layer_jacobian(view: View, l: int) -> dict[str, Array]:
    """The same under its name; nothing where it is too large, or the next layer is not all that reads this one."""
    if not view.next_reads(l):
        return {}
    jacobian = one_jacobian(view, l, l + 1)
    return {"jacobian_z_next_z": jacobian} if jacobian.size <= SQUARE_SENT else {}
