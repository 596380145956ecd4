"""From a recipe to what a network trains on and where it begins: the same recipe always gives the same numbers.

What is prepared from a named data set is kept and shared: many runs learn from the same one.
"""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from backprop_core.activations import Array
from backprop_core.datasets import DATASETS, Part, Prepared, prepare
from backprop_core.initializations import initialise
from backprop_core.learning.recipe import DataRecipe, InitializationRecipe, Recipe
from backprop_core.network import LayerSpec, NetworkSpec, Parameters, SpecificationError

SHARED = 8
"""Prepared data sets that are kept for the next run."""


def prepared_for(recipe: Recipe) -> Prepared:
    """The examples split, scaled and encoded. Raises ``SpecificationError`` where they do not fit the network."""
    spec, data = recipe.network, recipe.data
    if data.examples is not None:
        return _prepared(data, spec)
    # Neither hidden layers nor what they are made of change the data.
    alike = NetworkSpec(spec.inputs, (LayerSpec(spec.sizes[-1], spec.activation(spec.depth)),), spec.cost)
    return _shared(data, alike)


@lru_cache(SHARED)
def _shared(data: DataRecipe, spec: NetworkSpec) -> Prepared:
    return _prepared(data, spec)


def _prepared(data: DataRecipe, spec: NetworkSpec) -> Prepared:
    rng = np.random.default_rng(data.seed)
    examples = data.examples
    if examples is None:
        examples = DATASETS[data.name or ""].made(rng, data.count, data.noise, data.classes)
    found = prepare(examples, spec, rng, test_share=data.test_share, scaling=data.scaling)
    return replace(found, train=_fixed(found.train), test=_fixed(found.test))


def _fixed(part: Part) -> Part:
    def fixed(array: Array) -> Array:
        array.flags.writeable = False
        return array

    return Part(fixed(part.inputs), fixed(part.targets.copy()), part.classes)


def first_parameters(recipe: Recipe) -> Parameters:
    """The parameters given, or drawn. Raises ``SpecificationError`` where those given do not fit the network."""
    if recipe.parameters is not None:
        try:
            return Parameters.of(recipe.network, recipe.parameters.weights, recipe.parameters.biases or None)
        except SpecificationError as error:
            raise SpecificationError(f"/parameters{error.field}", str(error)) from None
    drawn = recipe.initialization or InitializationRecipe()
    return initialise(recipe.network, np.random.default_rng(drawn.seed), drawn.scheme)
