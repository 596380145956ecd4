"""Edits: single weights and biases set by hand, named by the API's references.

A reference that names no parameter is refused with what the parameters of that layer are called.
"""

import math
from collections.abc import Sequence

import numpy as np

from backprop_core.learning.recipe import Edit
from backprop_core.network import NetworkSpec, Parameters, SpecificationError, check_range
from backprop_core.references import places_of


def edited(spec: NetworkSpec, parameters: Parameters, edits: Sequence[Edit]) -> Parameters:
    """A copy of ``parameters`` with the ``edits`` made. Raises ``SpecificationError`` for one that cannot be."""
    found = Parameters(tuple(w.copy() for w in parameters.weights), tuple(b.copy() for b in parameters.biases))
    for number, edit in enumerate(edits):
        if not math.isfinite(edit.value):
            raise SpecificationError(f"/parameters/{number}/value", "every number must be finite")
        name, *rest = edit.ref.split(":")
        arrays = {"weights": found.weights, "biases": found.biases}.get(name, ())
        places = places_of(rest)
        layer, index = (places[0], tuple(places[1:])) if places else (0, ())
        if not 1 <= layer <= len(arrays):
            raise SpecificationError(f"/parameters/{number}/ref", _known(spec))
        array = arrays[layer - 1]
        if len(index) != array.ndim or any(at >= size for at, size in zip(index, array.shape, strict=True)):
            inside = ":".join(f"0…{size - 1}" for size in array.shape)
            raise SpecificationError(
                f"/parameters/{number}/ref", f"{name} of layer {layer} are {name}:{layer}:{inside}"
            )
        check_range(f"/parameters/{number}/value", np.asarray(edit.value), array.dtype.name)
        array[index] = edit.value
    return found


def _known(spec: NetworkSpec) -> str:
    words = f"takes a weight such as weights:1:0:0 of layers 1 to {spec.depth}"
    return f"{words}, or a bias such as biases:1:0" if spec.bias else words
