"""The published examples: an author's network and the digits that author printed, one data file each.

Nothing of ours is stored beside the author's numbers; whether they agree is found by running the engine.
"""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

_HOME = files("backprop_core.examples")
_SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class Printed:
    """One number as its author printed it, and where our trace has it.

    ``digits`` are the author's, ``ref`` is quantity:layer[:row[:column]] for row ``example`` of the batch,
    ``after`` counts the updates made before it is read. The author's number is ``scale`` times ours:
    −1 for the opposite sign, m for a sum where we have a mean. ``within`` is how many units of the last
    digit the two may lie apart: half of one, or one where ``note`` says why. ``measure`` names a figure
    made from what ``ref`` gives, ``regularization`` is λ where that is one of its parts. ``mistake`` is the classic
    mistake whose number it is.
    """

    ref: str
    digits: str
    words: str
    note: str = ""
    scale: float = 1.0
    example: int = 0
    after: int = 0
    within: float = 0.5
    measure: str = ""
    regularization: float = 0.0
    mistake: str = ""

    @property
    def value(self) -> float:
        """The author's digits as a number."""
        return float(self.digits)

    @property
    def unit(self) -> float:
        """What one more in the last printed digit would be."""
        exponent = Decimal(self.digits).as_tuple().exponent
        assert isinstance(exponent, int)
        return float(Decimal((0, (1,), exponent)))


@dataclass(frozen=True, slots=True)
class Example:
    """A published example: where it is from, a ready body for ``POST /traces``, and the printed numbers.

    ``name`` is short enough for a menu: the author and the sizes of the layers; ``title`` is the author's.
    ``settings`` says in plain words how the author's conventions are met, and where they are not;
    ``group`` is where a menu lists it.
    """

    id: str
    name: str
    title: str
    author: str
    source: str
    licence: str
    settings: str
    request: dict[str, Any]
    printed: tuple[Printed, ...]
    group: str = "Published"

    @property
    def textbook(self) -> str:
        """The text whose own setting it is, in whose words it opens; empty where any will do."""
        return str(self.request.get("textbook", ""))


@cache
def example_ids() -> tuple[str, ...]:
    """Every example, in the order a menu shows them."""
    names = [entry.name for entry in _HOME.joinpath("data").iterdir() if entry.name.endswith(_SUFFIX)]
    ids = sorted(name.removesuffix(_SUFFIX) for name in names)
    return tuple(sorted(ids, key=lambda name: _read(name)["place"]))


def load_example(id: str) -> Example:  # noqa: A002 - the API's word
    """The example called ``id``, read anew, so the caller may change what it gets. Raises ``KeyError``."""
    if id not in example_ids():
        raise KeyError(id)
    content = _read(id)
    del content["place"]
    arrays = _read(content.pop("arrays"), ".") if "arrays" in content else {}
    request = _filled(content.pop("request"), arrays)
    printed = tuple(Printed(**entry) for entry in content.pop("printed"))
    return Example(id=id, request=request, printed=printed, **content)


def _read(name: str, folder: str = "data") -> dict[str, Any]:
    content: dict[str, Any] = json.loads(_HOME.joinpath(folder, name + _SUFFIX).read_text(encoding="utf-8"))
    return content


def _filled(value: Any, arrays: dict[str, Any]) -> Any:
    """``value`` with every “@name” replaced by that array: two examples share one copy of their data."""
    if isinstance(value, dict):
        return {name: _filled(part, arrays) for name, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, arrays) for part in value]
    if isinstance(value, str) and value.startswith("@"):
        return arrays[value[1:]]
    return value
