"""A derivation as a LaTeX document that any pdflatex typesets: article and amsmath, nothing else.

Formulas stand in paragraphs of their own, so that TeX itself breaks long ones at their signs.
"""

import re
import unicodedata
from collections.abc import Iterator

from backprop_core.derivations.document import Derivation, Equation, Passage
from backprop_core.derivations.words import spans

_PREAMBLE = r"""\documentclass[10pt,a4paper]{article}
\usepackage[utf8]{inputenc}
\usepackage{amsmath}
\providecommand{\mathbb}[1]{\mathbf{#1}}
\setlength{\textwidth}{170mm}
\setlength{\textheight}{245mm}
\setlength{\oddsidemargin}{-5mm}
\setlength{\topmargin}{-15mm}
\setlength{\parindent}{0pt}
\setlength{\parskip}{5pt plus 2pt}
\setlength{\arraycolsep}{3.5pt}
\setcounter{MaxMatrixCols}{12}
\raggedright
\relpenalty=100
\binoppenalty=200
\newcommand{\formula}[1]{\par\hangindent=12mm\hangafter=1\hspace*{6mm}$\displaystyle #1$\par}
"""
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "“": "``",
    "”": "''",
    "‘": "`",
    "’": "'",
    "–": "--",
    "—": "---",
    "…": r"\dots{}",
    "§": r"$\mathsection$",
    "<": "$<$",
    ">": "$>$",
    "|": "$|$",
    '"': "''",
    "\u00a0": "~",
    "\u202f": "~",
}

# As many characters of a formula as stand side by side on a page.
_CHARACTERS = 90
_MATRIX = re.compile(r"\\begin\{bmatrix\}(.*?)\\end\{bmatrix\}")
_LEFT, _RIGHT = re.compile(r"\\left\b"), re.compile(r"\\right\b")


def as_latex(derivation: Derivation) -> str:
    """The whole document."""
    lines = [
        _PREAMBLE,
        rf"\title{{{words(derivation.title)}}}",
        r"\author{Backscope}",
        r"\date{}",
        r"\begin{document}",
        r"\maketitle",
        f"Words: {words(derivation.source)}",
        *(f"{words(sentence)}" for sentence in derivation.about),
        *(rf"\hspace*{{6mm}}\texttt{{{escaped(line)}}}" for line in derivation.code),
    ]
    for heading, passages in derivation.phases():
        lines.append(rf"\section*{{{words(heading)}}}")
        for passage in passages:
            lines += _passage(passage)
    return "\n\n".join((*lines, r"\end{document}")) + "\n"


def words(text: str) -> str:
    """A sentence with its symbols as formulas, everything else escaped."""
    return "".join(f"${part.strip()}$" if is_formula else escaped(part) for is_formula, part in spans(text))


def escaped(text: str) -> str:
    """``text`` as LaTeX prints it; a character it has no type for becomes a question mark."""
    return "".join(_SPECIAL.get(sign) or (sign if _is_set(sign) else "?") for sign in text)


def _is_set(sign: str) -> bool:
    """Whether the fonts of plain LaTeX have it: ASCII, and letters made of one of ASCII and an accent."""
    base = unicodedata.normalize("NFD", sign)[0]
    return " " <= sign <= "~" or (sign != base and base.isascii() and base.isalpha())


def _passage(passage: Passage) -> Iterator[str]:
    place = rf"\hfill\textnormal{{\small {words(passage.place)}}}" if passage.place else ""
    yield rf"\subsection*{{{passage.number}. {words(passage.name)}{place}}}"
    yield rf"{words(passage.sentence)}\nopagebreak"
    for equation in passage.equations:
        yield from _equation(equation)
    if passage.shapes:
        yield rf"{{\small Shapes: {words(passage.shapes)}}}"
    if passage.derivation:
        yield r"{\small Line by line:}"
        for equation in passage.derivation:
            yield from _equation(equation)
    for remark in passage.remarks:
        yield rf"{{\small\itshape {words(remark)}}}"


def _equation(equation: Equation) -> Iterator[str]:
    if heading := ", ".join(filter(None, (words(equation.title), words(equation.place)))):
        yield rf"{{\small {heading}}}\nopagebreak"
    for tex in (equation.symbols, equation.numbers):
        if tex:
            yield rf"\formula{{{_breakable(tex)}}}"


def _breakable(tex: str) -> str:
    """A line may end between two matrices too, and within brackets that are too wide for one line."""
    loose = tex.replace(r"\end{bmatrix}\begin", r"\end{bmatrix}\allowbreak\begin")
    if _widest_bracket(tex) <= _CHARACTERS:
        return loose
    return _LEFT.sub(r"\\biggl", _RIGHT.sub(r"\\biggr", loose))


def _widest_bracket(tex: str) -> int:
    """How many characters, roughly, stand side by side within brackets that grow: of a matrix its widest row."""
    flat = _MATRIX.sub(lambda found: max(map(_plain, found[1].split(r"\\")), key=len), tex)
    return max((len(_plain(inner)) for inner in re.findall(r"\\left\b(.*?)\\right\b", flat)), default=0)


def _plain(tex: str) -> str:
    return re.sub(r"\\[A-Za-z]+|[{}^_]", "", tex).replace("&", "   ")
