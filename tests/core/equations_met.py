"""Whether a reader of a text meets each of its equations where the screenplay says: at a step, or in a panel of it.

Everything a step says is gathered as one text, with the panels that can be opened there; places are looked for in it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from backprop_core import TEXTBOOKS, Step, Trace, narrate
from backprop_core.steps import outline
from backprop_core.textbooks.furniture import Arrangement, Factor
from backprop_core.textbooks.panels import Panel
from backprop_core.textbooks.pieces import Line, to_tex
from backprop_core.textbooks.view import View

PANELS = {
    "notation": "notation",
    "σ plot": "sigma",
    "φ chain": "phi",
    "Taylor": "taylor",
    "tensor": "tensor",
    "3-tensor": "tensor",
    "Jacobian": "jacobian",
    "shapes": "shapes",
    "why sum": "why_sum",
    "demon": "demon",
    "slow learning": "slow",
    "paths": "paths",
    "touch": "touch",
    "mini-batch": "mini_batch",
    "gradient check": "gradient_check",
    "count": "count",
    "graph": "graph",
    "notes": "notes",
}
"""The screenplay's name of a panel → its kind. Its “derive” is the derivation of the step itself."""

_COUNTED = re.compile(r"^\d+: ")
_TOKENS = re.compile(r"\(\d+\)|§\d+(?:\.\d+)*(?: item \d)?")


def places(place: str) -> list[str]:
    """What must stand in the text for an equation of the screenplay: its numbers, or its words where it has none.

    A text that numbers nothing is cited by what stands left of the equals sign, behind the screenplay's own number.
    """
    if _COUNTED.match(place):
        return [_COUNTED.sub("", place)]
    return _TOKENS.findall(place) or [place.removeprefix("inline: ").removeprefix("inline ")]


def told(trace: Trace, lens: str, index: int) -> str:
    """All that step ``index`` says, and all its panels say."""
    step = next(step for step in narrate(trace, textbook=lens) if step.index == index)
    view, scene = View(trace), outline(trace, textbook=lens)[index][0]
    panels = [TEXTBOOKS[lens].open(kind, scene, view) for kind in step.panels]
    return "\n".join([*_of_step(step), *(text for panel in panels for text in _of_panel(panel))])


def unmet(trace: Trace, lens: str, equations: Sequence[dict[str, Any]]) -> list[str]:
    """The equations of a screenplay that are not met at their first step, each with what is missing there."""
    steps = list(narrate(trace, textbook=lens))
    missing = []
    for equation in equations:
        first = equation["steps"][0]
        text = told(trace, lens, first)
        lost = [place for place in places(equation["place"]) if not _stands(place, text)]
        lost += [
            panel
            for panel in equation["panels"]
            if (panel == "derive" and not steps[first].derivation)
            or (panel in PANELS and not any(PANELS[panel] in steps[at].panels for at in equation["steps"]))
        ]
        if lost:
            missing.append(f"{equation['id']} ({equation['place']}) at step {first}: {', '.join(lost)}")
    return missing


def _stands(place: str, text: str) -> bool:
    """§4 is not met by §4.1."""
    return bool(re.search(re.escape(place) + r"(?!\.?\d)", text))


def _of_step(step: Step) -> Iterator[str]:
    yield from (step.name, step.place, step.tag, step.symbols, step.sentence, step.note, step.shapes)
    for line in (*step.lines, *step.derivation):
        yield from _of_line(line)
    for arrangement in step.matrices:
        yield from _of_arrangement(arrangement)
    for erratum in step.errata:
        yield from (erratum.place, erratum.printed, erratum.holds)


def _of_panel(panel: Panel) -> Iterator[str]:
    yield from (panel.title, *panel.text)
    for line in panel.lines:
        yield from _of_line(line)
    for table in panel.tables:
        yield from (table.title, *table.head)
        yield from (cell for row in table.rows for cell in row if isinstance(cell, str))
    for arrangement in panel.matrices:
        yield from _of_arrangement(arrangement)


def _of_line(line: Line) -> Iterator[str]:
    yield from (line.title, line.place, to_tex(line.symbols), to_tex(line.numbers))


def _of_arrangement(arrangement: Arrangement) -> Iterator[str]:
    yield from (arrangement.title, arrangement.place, arrangement.note)
    for brace in arrangement.braces:
        yield from (brace.tex, brace.words)
    for piece in arrangement.row:
        if isinstance(piece, Factor):
            yield from (piece.tex, piece.under, piece.words)
        else:
            yield piece
