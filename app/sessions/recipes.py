"""From a body to what the engine makes of it: the recipe of a session, and a changed training.

Whatever does not fit is refused with the place in the body.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np

from app.limits import Limits
from app.problems import refusal
from app.schemas import Matrix
from app.sessions.bodies import DataRequest, OwnExamples, SessionRequest, TrainingPatch
from backprop_core import (
    DataRecipe,
    Examples,
    InitializationRecipe,
    OutOfRange,
    Parameters,
    Recipe,
    SpecificationError,
    Training,
)


def recipe_of(wanted: SessionRequest, limits: Limits) -> Recipe:
    """The engine's recipe. Raises ``Problem`` (422) naming the place that does not fit."""
    given = wanted.parameters
    with complaining():
        parameters = None
        if given is not None:
            with complaining("/parameters"):
                parameters = Parameters.of(wanted.network, given.weights, given.biases).check_range(wanted.precision)
        with complaining("/data"):
            data = _data(wanted.data, limits)
        drawn = wanted.initialization
        initialization = None if drawn is None else InitializationRecipe(drawn.scheme, drawn.seed)
        return Recipe(wanted.network, data, wanted.training, initialization, parameters, wanted.precision)


def _data(wanted: DataRequest, limits: Limits) -> DataRecipe:
    examples = None if wanted.examples is None else _examples(wanted.examples, limits)
    return DataRecipe(
        wanted.name,
        wanted.count,
        wanted.noise,
        wanted.classes,
        wanted.seed,
        wanted.test_share,
        wanted.scaling,
        examples,
    )


def _examples(own: OwnExamples, limits: Limits) -> Examples:
    inputs = _rows(own.inputs, "/examples/inputs")
    if (own.classes is None) == (own.values is None):
        raise SpecificationError("/examples/classes", "give classes or values, one of the two")
    count, width = inputs.shape
    names = _names(own.input_names, "input", width, "/examples/input_names")
    if own.values is not None:
        values = _rows(own.values, "/examples/values")
        _check_count(len(values), count, "/examples/values")
        return Examples(
            inputs,
            names,
            values=values,
            value_names=_names(own.value_names, "value", values.shape[1], "/examples/value_names"),
        )
    assert own.classes is not None
    _check_count(len(own.classes), count, "/examples/classes")
    number = len(own.class_names) or max(own.classes) + 1
    for row, one in enumerate(own.classes):
        if one >= number:
            raise SpecificationError(f"/examples/classes/{row}", f"there are {number} classes, counted from 0")
    if number > limits.table_classes:
        raise SpecificationError(
            "/examples/classes", f"takes at most {limits.table_classes} classes, the limit table_classes of this server"
        )
    return Examples(
        inputs,
        names,
        np.array(own.classes, dtype=int),
        _names(own.class_names, "class", number, "/examples/class_names"),
    )


def _rows(rows: Matrix, pointer: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    width = len(rows[0]) if rows else 0
    if not width:
        raise SpecificationError(f"{pointer}/0", "a row needs one number at least")
    for index, row in enumerate(rows):
        if len(row) != width:
            raise SpecificationError(f"{pointer}/{index}", f"this row has {len(row)} numbers, the first has {width}")
    return np.array(rows, dtype=float)


def _check_count(given: int, wanted: int, pointer: str) -> None:
    if given != wanted:
        raise SpecificationError(pointer, f"there are {wanted} rows of inputs and {given} of these")


def _names(given: list[str], word: str, count: int, pointer: str) -> tuple[str, ...]:
    if given and len(given) != count:
        raise SpecificationError(pointer, f"takes {count} names, and got {len(given)}")
    return tuple(given) or tuple(f"{word} {number}" for number in range(1, count + 1))


def patched(training: Training, patch: TrainingPatch) -> Training:
    """``training`` with the fields of ``patch`` that were sent. Raises ``Problem`` (422)."""
    sent = {name: getattr(patch, name) for name in patch.model_fields_set}
    for name, value in sent.items():
        if value is None and name != "batch_size":
            raise refusal(
                "invalid-value",
                f"/training/{name} takes a value: leave it out to keep the present one.",
                f"/training/{name}",
            )
    with complaining("/training"):
        return replace(training, **sent)


@contextmanager
def complaining(under: str = "") -> Iterator[None]:
    """Tell what the engine finds wrong as a problem; its pointer is relative to ``under``."""
    try:
        yield
    except SpecificationError as error:
        place = under + error.field
        slug = "invalid-value" if isinstance(error, OutOfRange) else _slug(place)
        raise refusal(slug, f"{place or 'The body'}: {error}.", place) from None


def _slug(place: str) -> str:
    if place.startswith("/network"):
        return "invalid-network"
    return "shape-mismatch" if place.startswith(("/parameters/weights", "/parameters/biases")) else "invalid-value"
