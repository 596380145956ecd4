"""The page of a textbook in docs/ keeps up: its equations and slips are the lens's, and the code it names is there."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from backprop_core import TEXTBOOKS

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = list(TEXTBOOKS)


def table(name: str, heading: str) -> list[list[str]]:
    """The rows of the table under a heading."""
    text = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    section = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("|")]
    return rows[2:]


@pytest.mark.parametrize("name", PAGES)
def test_the_equations_are_those_of_the_lens(name: str) -> None:
    written = [(place, tex.removeprefix("$`").removesuffix("`$")) for place, tex, _ in table(name, "Equations")]
    assert written == [(place, tex) for place, tex, _ in TEXTBOOKS[name].equations]


@pytest.mark.parametrize("name", PAGES)
def test_the_slips_are_those_of_the_lens(name: str) -> None:
    written = [tuple(row) for row in table(name, "Slips")]
    assert written == [(slip.place, slip.printed, slip.holds) for slip in TEXTBOOKS[name].errata]


@pytest.mark.parametrize("name", PAGES)
def test_the_code_is_there(name: str) -> None:
    for *_, code in table(name, "Equations"):
        named = re.findall(r"`([\w.]+)`", code)
        assert named, code
        for path in named:
            parts = path.split(".")
            depth = next(end for end in range(len(parts), 1, -1) if _is_module(".".join(parts[:end])))
            found = import_module(".".join(parts[:depth]))
            for attribute in parts[depth:]:
                found = getattr(found, attribute)


def _is_module(path: str) -> bool:
    try:
        import_module(path)
    except ModuleNotFoundError:
        return False
    return True
