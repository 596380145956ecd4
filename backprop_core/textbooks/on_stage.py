"""How each text writes the numbers beside the drawing of a network: short, in plain letters, one pattern a quantity.

The page puts the numbers in: ``{l}`` the layer as the text counts, ``{i}`` the neuron, ``{x}`` the example, all from 1.
"""

from backprop_core.network import NetworkSpec

Letters = dict[str, str]
"""Quantity → pattern; ``forward`` and ``backward`` are what travels, ``arrived`` what the errors add up to.

``cost`` is missing where the text draws no cost, ``output`` there where it names the output by itself,
``input_error`` where the error of the input has a name of its own.
"""


def nielsen(spec: NetworkSpec) -> Letters:
    """z, a and δ with the layer above and the neuron below."""
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


def johnston(spec: NetworkSpec) -> Letters:
    """The same letters; the label is λ, and a row of errors comes before the weights."""
    return nielsen(spec) | {"activation_gradient": "δC/δa", "arrived": "Σ δ·w", "target": "λ", "backward": "δ·w"}


def catching_ai(spec: NetworkSpec) -> Letters:
    """Layers in parentheses, the example as second index, and derivatives of J under their own names."""
    return nielsen(spec) | {
        "weighted_input": "z^({l})_{i},{x}",
        "activation": "a^({l})_{i},{x}",
        "error": "∂J/∂z^({l})_{i},{x}",
        "activation_slope": "f′",
        "activation_gradient": "∂J/∂a",
        "arrived": "∂J/∂a",
        "cost": "J",
        "backward": "w·∂J/∂z",
    }


def sun(spec: NetworkSpec) -> Letters:
    """u and z; where no cost is, the output ŷ itself is differentiated and stands at the end."""
    of = "ŷ" if spec.cost == "output" else "C"
    letters = nielsen(spec) | {
        "weighted_input": "u^{l}_{i}",
        "activation": "z^{l}_{i}",
        "error": f"∂{of}/∂u^{{l}}_{{i}}",
        "input_error": f"∂{of}/∂z^{{l}}_{{i}}",
        "activation_gradient": f"∂{of}/∂z",
        "arrived": f"∂{of}/∂z",
        "forward": "W·z",
        "backward": f"W·∂{of}/∂u",
    }
    if spec.cost == "output":
        del letters["cost"]
        letters["output"] = "ŷ"
    return letters
