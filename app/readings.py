"""Tables and data sets as the service answers them: what may be asked of each, and what is wrong in plain words.

The engine finds what is wrong in a table; here it becomes a problem document with line and column.
"""

from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from app.complaints import Complaint
from app.limits import Limits
from app.problems import LimitMet, Problem
from app.ranges import Between
from backprop_core import (
    DATASETS,
    DataRecipe,
    Examples,
    Place,
    Reading,
    ReadingOptions,
    SpecificationError,
    TableError,
    TableLimits,
    TableTooLarge,
    UnknownColumn,
    read_table,
)

ColumnName = Annotated[str, Field(max_length=100)]


class ReadingQuery(BaseModel):
    """How a table is to be read; what is “auto” or left out is found out."""

    model_config = ConfigDict(extra="forbid")

    separator: Literal["auto", "comma", "semicolon", "tab", "pipe"] = "auto"
    decimal: Literal["auto", "point", "comma"] = "auto"
    header: Literal["auto", "yes", "no"] = "auto"
    target: Annotated[ColumnName, Field(description="Number, from 1, or name of the column to learn; the last.")] = ""
    inputs: Annotated[list[ColumnName], Field(max_length=256, description="All other columns of numbers.")] = []
    learn: Literal["auto", "classes", "values"] = "auto"
    cells: Literal["yes", "no"] = "no"

    def options(self) -> ReadingOptions:
        """The same for the engine."""
        return ReadingOptions(
            separator=None if self.separator == "auto" else self.separator,
            decimal=None if self.decimal == "auto" else self.decimal,
            header=None if self.header == "auto" else self.header == "yes",
            target=self.target or None,
            inputs=tuple(self.inputs) or None,
            classes=None if self.learn == "auto" else self.learn == "classes",
        )


class ExamplesQuery(BaseModel):
    """Which examples of a data set; what is left out is the data set's own."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    count: Annotated[int, Between(2, 100_000)] | None = None
    noise: Annotated[float, Between(0, 100)] | None = None
    classes: Annotated[int, Between(2, 10)] | None = None
    seed: Annotated[int, Between(0, Limits().seed)] = 1


def table_reading(body: bytes, query: ReadingQuery, limits: Limits) -> dict[str, Any]:
    """The answer to ``POST /datasets/readings``; raises ``Problem`` (422) with every place that is wrong."""
    try:
        found = read_table(body, query.options(), _table_limits(limits))
    except TableTooLarge as error:
        name = f"table_{error.name}"
        met = LimitMet(name=name, value=error.value)
        detail = f"{_told(error.places[0])} That is the limit {name} of this server."
        raise Problem("table-too-large", detail, _complaints(error), limit=met) from None
    except TableError as error:
        number = len(error.places)
        detail = _told(error.places[0])
        if number > 1:
            many = f"At least {number}" if number == limits.errors else str(number)
            detail = f"{many} places need a look; the first: {detail}"
        raise Problem("unreadable-table", detail, _complaints(error)) from None
    except UnknownColumn as error:
        detail = f"{error}."
        raise Problem("invalid-value", detail, [{"parameter": error.option, "detail": detail}]) from None
    return _answer(found, cells=query.cells == "yes")


def named_examples(name: str, query: ExamplesQuery, limits: Limits) -> dict[str, Any]:
    """The answer to ``GET /datasets/{name}``; raises ``Problem`` (404 or 422)."""
    one = DATASETS.get(name)
    if one is None:
        raise Problem("not-found", "There is no data set of that name. /api/v1/datasets lists them.")
    try:
        recipe = DataRecipe(name=name, **query.model_dump())
    except SpecificationError as error:
        parameter = error.field.removeprefix("/")
        detail = f"{parameter}: {error}."
        raise Problem("invalid-value", detail, [{"parameter": parameter, "detail": detail}]) from None
    numbers = one.inputs * (one.count if recipe.count is None else recipe.count)
    if numbers > limits.dataset_numbers:
        detail = f"{numbers} numbers are over {limits.dataset_numbers}, the limit dataset_numbers of this server."
        met = LimitMet(name="dataset_numbers", value=limits.dataset_numbers, given=numbers)
        raise Problem("answer-too-large", detail, [{"parameter": "count", "detail": detail}], limit=met)
    return _examples(one.made(np.random.default_rng(recipe.seed), recipe.count, recipe.noise, recipe.classes))


def _table_limits(limits: Limits) -> TableLimits:
    names = ("bytes", "lines", "columns", "cells", "cell_characters", "classes")
    return TableLimits(**{name: getattr(limits, f"table_{name}") for name in names}, errors=limits.errors)


def _told(place: Place) -> str:
    return f"Line {place.line}, column {place.column}: {place.words}."


def _complaints(error: TableError) -> list[Complaint]:
    return [{"line": one.line, "column": one.column, "detail": _told(one)} for one in error.places]


def _answer(found: Reading, *, cells: bool) -> dict[str, Any]:
    columns = [
        {
            "number": one.number,
            "name": one.name,
            "kind": one.kind,
            "role": one.role,
            "missing": one.missing,
            "min": one.low,
            "max": one.high,
            "classes": one.classes,
        }
        for one in found.columns
    ]
    return {
        "examples": _examples(found.examples),
        "columns": columns,
        "separator": found.separator,
        "decimal": found.decimal,
        "header": found.header,
        "target": found.target,
        "notes": found.notes,
        **({"cells": found.cells} if cells else {}),
    }


def _examples(found: Examples) -> dict[str, Any]:
    learned = (
        {"values": found.values, "value_names": found.value_names}
        if found.classes is None
        else {"classes": found.classes, "class_names": found.class_names}
    )
    return {"input_names": found.input_names, "inputs": found.inputs, **learned}
