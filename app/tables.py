"""The engine's tables as the catalogue shows them: names, words and formulas, without the functions behind.

The page gets the same entries in its first answer, so both are made here.
"""

from functools import cache
from typing import Any

import numpy as np

from app.limits import Limits
from backprop_core import (
    ACTIVATIONS,
    COSTS,
    DATASETS,
    INITIALIZATIONS,
    OPTIMIZER_NUMBERS,
    OPTIMIZERS,
    PANELS,
    PRESETS,
    TEXTBOOKS,
    Comparison,
    OptimizerSpec,
    compare,
    compare_graph,
    curve,
    example_ids,
    graph_examples,
    load_example,
)

Entry = dict[str, Any]
SHOWN = np.linspace(-8.0, 8.0, 161)


def activations() -> list[Entry]:
    """Every activation; ``has_curve`` is false for softmax, which acts on a whole layer."""
    return [
        {
            **_fields(one, "name", "words", "tex", "slope_tex", "saturates", "output_only"),
            "has_curve": one.slope is not None,
        }
        for one in ACTIVATIONS.values()
    ]


def costs() -> list[Entry]:
    """Every cost; ``needs`` names the output activation it requires."""
    names = ("name", "words", "tex", "gradient_tex", "needs", "fuses_with", "has_target")
    return [_fields(one, *names) for one in COSTS.values()]


def optimizers() -> list[Entry]:
    """Every optimizer, with the numbers it takes and what they are where none are given."""
    usual = OptimizerSpec()
    return [
        {
            **_fields(one, "name", "words", "tex"),
            "numbers": {name: getattr(usual, name) for name in (*one.numbers, "l1", "l2")},
            "parameters": [
                _fields(OPTIMIZER_NUMBERS[name], "name", "words", "tex", "low", "high", "open")
                | {"default": getattr(usual, name)}
                for name in (*one.numbers, "l1", "l2")
            ],
        }
        for one in OPTIMIZERS.values()
    ]


def initializations() -> list[Entry]:
    """Every rule for first parameters."""
    return [_fields(one, "name", "words", "tex", "random_biases") for one in INITIALIZATIONS.values()]


def textbooks() -> list[Entry]:
    """Every textbook, with its symbols, its numbered equations and its slips."""
    names = ("name", "title", "author", "source", "symbols", "equations", "errata")
    return [_fields(one, *names) for one in TEXTBOOKS.values()]


def datasets() -> list[Entry]:
    """Every data set; ``classes`` is 0 where values are learned, ``largest`` null where any number can be made."""
    names = ("name", "words", "inputs", "classes", "count", "largest", "noise", "takes_classes", "picture")
    return [_fields(one, *names, "source", "licence") for one in DATASETS.values()]


@cache
def presets() -> list[Entry]:
    """The recipes worth watching, each with what to watch for; ``recipe`` is a ready body for ``POST /sessions``."""
    names = ("name", "group", "title", "words", "twin")
    return [_fields(one, *names) | {"recipe": one.recipe.document()} for one in PRESETS.values()]


@cache
def examples() -> list[Entry]:
    """The examples: id, name, title, author and source, the group of a menu and the text whose own setting it is."""
    return [
        _fields(load_example(name), "id", "name", "title", "author", "source", "group", "textbook")
        for name in example_ids()
    ]


def example_groups() -> dict[str, list[Entry]]:
    """The same as a menu lists them: group → its examples, both in the order of the list."""
    return grouped(examples())


def grouped(entries: list[Entry]) -> dict[str, list[Entry]]:
    """Entries as a menu lists them: group → its entries, both in the order of the list."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry["group"], []).append(entry)
    return groups


@cache
def example(id: str) -> Entry | None:  # noqa: A002 - the API's word
    """One published example whole, every printed number beside ours; None if there is none of that id.

    Some authors trained for thousands of updates, so the first call can take half a second.
    """
    if id not in example_ids():
        return None
    found = load_example(id)
    names = ("id", "name", "title", "author", "source", "group", "textbook", "licence", "settings", "request")
    return _fields(found, *names) | {"printed": [_printed(one) for one in compare(found)]}


def _printed(one: Comparison) -> Entry:
    names = ("ref", "digits", "computed", "agrees", "note", "words", "scale", "example", "after")
    return {"value": one.printed, **_fields(one, *names)}


@cache
def expressions() -> list[Entry]:
    """Every expression to begin with, whole; a printed number's ref has the number of its node."""
    names = ("id", "name", "title", "author", "source", "group", "textbook", "licence", "settings", "request")
    return [
        _fields(one, *names) | {"printed": [_printed(found) for found in compare_graph(one)]}
        for one in graph_examples()
    ]


def page_catalogue(limits: Limits) -> Entry:
    """What the page needs at its start: the tables, with the curves of the activations from −8 to 8."""
    return {
        "activations": [entry | {"curve": _curve(entry)} for entry in activations()],
        "costs": costs(),
        "initializations": initializations(),
        "textbooks": [{name: entry[name] for name in ("name", "title", "author")} for entry in textbooks()],
        "examples": examples(),
        "panels": PANELS,
        "limits": {entry["name"]: entry["value"] for entry in limits.listed()},
    }


def graphs_catalogue(limits: Limits) -> Entry:
    """What the page of expressions needs at its start: its examples, whole."""
    return {
        "examples": expressions(),
        "textbooks": [{name: entry[name] for name in ("name", "title", "author")} for entry in textbooks()],
        "limits": {entry["name"]: entry["value"] for entry in limits.listed()},
    }


def train_catalogue(limits: Limits) -> Entry:
    """What the page of training needs at its start: the tables its recipe is written with."""
    return {
        "activations": activations(),
        "costs": costs(),
        "optimizers": optimizers(),
        "initializations": initializations(),
        "datasets": datasets(),
        "presets": presets(),
        "textbooks": [_fields(one, "name", "title", "author", "offset") for one in TEXTBOOKS.values()],
        "limits": {entry["name"]: entry["value"] for entry in limits.listed()},
    }


def _curve(entry: Entry) -> Entry | None:
    if not entry["has_curve"]:
        return None
    value, slope = curve(entry["name"], SHOWN)
    # Three digits after the point are finer than a pixel of the plot, and a third of the bytes.
    return {"low": -8.0, "high": 8.0, "value": np.round(value, 4), "slope": np.round(slope, 4)}


def _fields(one: Any, *names: str) -> Entry:
    return {name: getattr(one, name) for name in names}
