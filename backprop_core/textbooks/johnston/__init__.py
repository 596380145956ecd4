"""The lens of Johnston: its notation, its order of steps, and what it says of each.

The rooms are those of the text: forward, backward, gradients; beside them its equations, matrices and panels.
"""

from backprop_core.textbooks.johnston.lens import JOHNSTON

__all__ = ["JOHNSTON"]
