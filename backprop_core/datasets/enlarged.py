"""Pictures enlarged: the same pictures with more pixels, each new pixel between its four neighbours (bilinear).

Nothing is added to what the pictures show; a wide network gets the number of inputs it is known for.
"""

import numpy as np

from backprop_core.activations import Array


def enlarged(pictures: Array, old: tuple[int, int], new: tuple[int, int]) -> Array:
    """``pictures`` (m, pixels) of ``old`` (rows, columns), row after row, as such of ``new``."""
    down, across = _between(old[0], new[0]), _between(old[1], new[1])
    made = down @ pictures.reshape(-1, *old) @ across.T
    return np.ascontiguousarray(made.reshape(len(pictures), -1))


def _between(old: int, new: int) -> Array:
    """The shares (new, old) of old pixels in new ones, from centre to centre; outside the outermost centres: theirs."""
    centres = np.clip((np.arange(new) + 0.5) * old / new - 0.5, 0.0, old - 1.0)
    return np.asarray(np.maximum(0.0, 1.0 - np.abs(centres[:, None] - np.arange(old))))
