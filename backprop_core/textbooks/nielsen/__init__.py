"""The lens of Nielsen: its notation, its order of steps, and what it says of each.

The rooms are those of the text: forward, backward, gradients; beside them its equations, matrices and panels.
"""

from backprop_core.textbooks.nielsen.lens import NIELSEN

__all__ = ["NIELSEN"]
