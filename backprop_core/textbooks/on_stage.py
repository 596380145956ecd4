"""How a text writes the numbers beside the drawing of a network: short, in plain letters, one pattern a quantity.

The page puts the numbers in: ``{l}`` the layer as the text counts, ``{i}`` the neuron, ``{x}`` the example, all from 1.
"""

from backprop_core.network import NetworkSpec

Letters = dict[str, str]
"""Quantity → pattern; ``forward`` and ``backward`` are what travels, ``arrived`` what the errors add up to.

``cost`` is missing where the text draws no cost, ``output`` there where it names the output by itself,
``input_error`` where the error of the input has a name of its own.
"""


def usual(spec: NetworkSpec) -> Letters:
    """z, a and δ with the layer above and the neuron below; a text that writes otherwise replaces its own."""
    return {
        "weighted_input": "z^{l}_{i}",
        "activation": "a^{l}_{i}",
        "error": "δ^{l}_{i}",
        "activation_slope": "σ′",
        "activation_gradient": "a − y" if spec.cost == "quadratic" else "∂C/∂a",
        "arrived": "Σ w·δ",
        "cost": "C",
        "target": "y",
        "forward": "w·a",
        "backward": "w·δ",
    }
