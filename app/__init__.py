"""The server of Backscope: routes, limits and pages around backprop_core.

It computes no mathematics of its own; it decides what may come in, and ships what the engine says.
"""

__version__ = "0.1.0"
