"""A derivation as plain text: for a terminal, a mail, a screen reader.

Formulas are written in one line each, with the signs of Unicode in the place of TeX.
"""

import textwrap
from collections.abc import Iterator

from backprop_core.derivations.document import Derivation, Equation, Passage
from backprop_core.derivations.one_line import one_line
from backprop_core.derivations.words import spans

_WIDTH = 100
_INDENT = "   "


def as_plain_text(derivation: Derivation) -> str:
    """The whole document."""
    lines = [derivation.title, "=" * len(derivation.title), "", f"Words: {derivation.source}", *derivation.about]
    if derivation.code:
        lines += ["", *(f"{_INDENT}{line}" for line in derivation.code)]
    for heading, passages in derivation.phases():
        lines += ["", "", heading, "-" * len(heading)]
        for passage in passages:
            lines += ["", *_passage(passage)]
    return "\n".join(lines) + "\n"


def words(text: str) -> str:
    """A sentence with raised and lowered figures where it has ^ and _."""
    return "".join(one_line(part) if is_formula else part for is_formula, part in spans(text))


def _passage(passage: Passage) -> Iterator[str]:
    place = f"  [{words(passage.place)}]" if passage.place else ""
    yield f"{passage.number}. {words(passage.name)}{place}"
    yield from _wrapped(passage.sentence)
    for equation in passage.equations:
        yield from _equation(equation)
    if passage.shapes:
        yield f"{_INDENT}Shapes: {words(passage.shapes)}"
    if passage.derivation:
        yield f"{_INDENT}Line by line:"
        for equation in passage.derivation:
            yield from _equation(equation)
    for remark in passage.remarks:
        yield from _wrapped(f"Note: {remark}")


def _equation(equation: Equation) -> Iterator[str]:
    if heading := ", ".join(filter(None, (words(equation.title), words(equation.place)))):
        yield f"{_INDENT}{heading}"
    for tex in (equation.symbols, equation.numbers):
        if tex:
            yield f"{_INDENT * 2}{one_line(tex)}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(words(text), _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
