"""The lens of Catching AI: its notation, its order of steps, and what it says of each.

The rooms are those of the text: forward, backward, gradients; beside them its equations, matrices and panels.
"""

from backprop_core.textbooks.catching_ai.lens import CATCHING_AI

__all__ = ["CATCHING_AI"]
