"""A derivation as Markdown: headings, sentences, and formulas between dollar signs, which most viewers typeset.

Everything that Markdown or HTML would read as a sign of its own is escaped in words.
"""

import re
from collections.abc import Iterator

from backprop_core.derivations.document import Derivation, Equation, Passage
from backprop_core.derivations.words import spans

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|$~&])")


def as_markdown(derivation: Derivation) -> str:
    """The whole document."""
    blocks = [f"# {words(derivation.title)}", f"Words: {words(derivation.source)}"]
    blocks += ["\n".join(f"- {words(sentence)}" for sentence in derivation.about)]
    if derivation.code:
        blocks.append("\n".join(("```", *derivation.code, "```")))
    for heading, passages in derivation.phases():
        blocks.append(f"## {words(heading)}")
        for passage in passages:
            blocks += _passage(passage)
    return "\n\n".join(blocks) + "\n"


def words(text: str) -> str:
    """A sentence with its symbols as formulas."""
    return "".join(
        f"${part.strip()}$" if is_formula else _SPECIAL.sub(r"\\\1", part) for is_formula, part in spans(text)
    )


def _passage(passage: Passage) -> Iterator[str]:
    place = f" ({words(passage.place)})" if passage.place else ""
    yield f"### {passage.number}. {words(passage.name)}{place}"
    yield words(passage.sentence)
    for equation in passage.equations:
        yield from _equation(equation)
    if passage.shapes:
        yield f"Shapes: {words(passage.shapes)}"
    if passage.derivation:
        yield "Line by line:"
        for equation in passage.derivation:
            yield from _equation(equation)
    for remark in passage.remarks:
        yield f"> {words(remark)}"


def _equation(equation: Equation) -> Iterator[str]:
    title = f"*{words(equation.title)}*" if equation.title else ""
    if heading := ", ".join(filter(None, (title, words(equation.place)))):
        yield heading
    for tex in (equation.symbols, equation.numbers):
        if tex:
            yield f"$$\n{tex}\n$$"
