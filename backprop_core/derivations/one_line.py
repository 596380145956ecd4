"""A formula of TeX in one line of Unicode: δ² = (w³)ᵀ δ³ ⊙ σ′(z²).

Only the TeX that the lenses write is known; what is not known keeps its name, so that nothing is lost.
"""

import re
from collections.abc import Callable, Mapping

from backprop_core.derivations.words import LOWERED, RAISED, SIGNS

_TOKENS = re.compile(r"\\[A-Za-z]+\*?|\\.|[{}^_&]|\s+|.", re.DOTALL)
_SIGNS = {tex: sign for sign, tex in SIGNS.items() if tex.startswith("\\") and " " not in tex} | {
    r"\epsilon": "ε",
    r"\zeta": "ζ",
    r"\kappa": "κ",
    r"\nu": "ν",
    r"\xi": "ξ",
    r"\pi": "π",
    r"\tau": "τ",
    r"\chi": "χ",
    r"\psi": "ψ",
    r"\omega": "ω",
    r"\sum": "Σ",
    r"\prod": "Π",
    r"\top": "⊤",
    r"\cdots": "…",
    r"\vdots": "…",
    r"\ddots": "…",
    r"\dots": "…",
    r"\ldots": "…",
    r"\Vert": "‖",
    r"\lVert": "‖",
    r"\rVert": "‖",
    r"\prime": "′",
    r"\{": "{",
    r"\}": "}",
    r"\,": " ",
    r"\;": " ",
    r"\:": " ",
    r"\ ": " ",
    r"\quad": "  ",
    r"\qquad": "  ",
    r"\mid": "|",
}
_SPACED = {"=", "+", "·", "⊙", "⊗", "→", "←", "∘", "≤", "≥", "≠", "≈", "∈"}
_SIDES = tuple(rf"\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r"))
# What is set in another type, or under an arrow, is the same letter.
_PLAIN = {r"\mathrm", r"\operatorname", r"\mathbb", r"\mathbf", r"\mathit", r"\vec", r"\boldsymbol", r"\overline"}
_LITERAL = {"-": "−", "'": "′"}
_UP = {plain: sign for sign, plain in RAISED.items()}
_DOWN = {plain: sign for sign, plain in LOWERED.items()}


def one_line(tex: str) -> str:
    """``tex`` without a command of TeX."""
    return _tidy(_Reader(tex).until(None))


class _Reader:
    """Reads a formula from left to right, group by group."""

    def __init__(self, tex: str) -> None:
        self.tokens = _TOKENS.findall(tex)
        self.at = 0

    def until(self, end: str | None) -> str:
        """Everything up to the piece ``end``, which is taken, or to the end of the formula."""
        parts: list[str] = []
        while self.at < len(self.tokens):
            piece = self._take()
            if piece == end:
                break
            parts.append(self._said(piece))
        return "".join(parts)

    def _take(self) -> str:
        self.at += 1
        return str(self.tokens[self.at - 1])

    def _group(self) -> str:
        """What follows as one argument: a group in braces, a command with its own, or one character."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        piece = self._take()
        return self.until("}") if piece == "{" else self._said(piece)

    def _said(self, piece: str) -> str:
        if piece == "{":
            return self.until("}")
        if piece in ("^", "_"):
            return _script(self._group(), raised=piece == "^")
        if piece in _COMMANDS:
            return _COMMANDS[piece](self)
        return self._group() if piece in _PLAIN else _sign(piece)

    def bracket(self) -> str:
        """A bracket's size is of no account, and a bracket “.” is not drawn."""
        if self.tokens[self.at : self.at + 1] == ["."]:
            self.at += 1
        return ""

    def nothing(self) -> str:
        """A command that only sets something closer or larger."""
        return ""

    def text(self) -> str:
        """Words, with the spaces between them."""
        start = self.at
        self._group()
        return "".join(self.tokens[start : self.at]).strip("{}")

    def fraction(self) -> str:
        """One part over another."""
        return f" {_closed(self._group())}/{_closed(self._group())} "

    def brace(self) -> str:
        """What stands over a brace, and in parentheses what stands under it."""
        whole = self._group()
        if self.tokens[self.at : self.at + 1] not in (["_"], ["^"]):
            return whole
        self.at += 1
        return f"{whole} ({self._group()})"

    def hat(self) -> str:
        """A letter with a hat."""
        letter = self._group()
        return {"y": "ŷ", "a": "â"}.get(letter, f"{letter}̂")

    def placed(self) -> str:
        """The second of two arguments, of which the first stands over or under it."""
        self._group()
        return self._group()

    def root(self) -> str:
        """A square root; of nothing the sign alone."""
        inner = self._group().strip()
        return f"√({inner})" if inner else "√"

    def environment(self) -> str:
        """A matrix as [first row; second row]; of other environments the lines."""
        name = self._group()
        start = self.at
        depth = 1
        while depth and self.at < len(self.tokens):
            piece = self._take()
            depth += (piece == r"\begin") - (piece == r"\end")
        inner = self.tokens[start : self.at - 1]
        self._group()
        rows = [" ".join(filter(None, (_joined(cell) for cell in _split(row, "&")))) for row in _split(inner, r"\\")]
        return f"[{'; '.join(rows)}]" if name.endswith("matrix") else "  ".join(rows)


_COMMANDS: Mapping[str, Callable[[_Reader], str]] = {
    r"\text": _Reader.text,
    r"\frac": _Reader.fraction,
    r"\tfrac": _Reader.fraction,
    r"\dfrac": _Reader.fraction,
    r"\underbrace": _Reader.brace,
    r"\overbrace": _Reader.brace,
    r"\hat": _Reader.hat,
    r"\underset": _Reader.placed,
    r"\overset": _Reader.placed,
    r"\sqrt": _Reader.root,
    r"\begin": _Reader.environment,
    r"\!": _Reader.nothing,
    r"\displaystyle": _Reader.nothing,
    **dict.fromkeys((r"\left", r"\right", *_SIDES), _Reader.bracket),
}


def _sign(piece: str) -> str:
    sign = _SIGNS.get(piece) or _LITERAL.get(piece) or piece.removeprefix("\\")
    if piece.isspace():
        return ""
    return f" {sign} " if sign in _SPACED else sign


def _split(tokens: list[str], at: str) -> list[list[str]]:
    """``tokens`` at every ``at`` that is not inside braces or an environment of its own."""
    parts: list[list[str]] = [[]]
    depth = 0
    for piece in tokens:
        depth += (piece in ("{", r"\begin")) - (piece in ("}", r"\end"))
        if piece == at and depth == 0:
            parts.append([])
        else:
            parts[-1].append(piece)
    return parts


def _joined(tokens: list[str]) -> str:
    return one_line("".join(tokens))


def _script(text: str, *, raised: bool) -> str:
    table, mark = (_UP, "^") if raised else (_DOWN, "_")
    text = text.strip()
    if text in ("⊤", "′"):
        return text if text == "′" else "ᵀ"
    plain = text.replace("−", "-")
    if plain and all(sign in table for sign in plain):
        return "".join(table[sign] for sign in plain)
    return f"{mark}{text}" if len(text) == 1 or (text[0], text[-1]) == ("[", "]") else f"{mark}({text})"


def _closed(text: str) -> str:
    text = _tidy(text)
    return f"({text})" if re.search(r"[ /−]", text) else text


def _tidy(text: str) -> str:
    """Single spaces, and a minus with one on either side between two things and with none after it elsewhere."""
    spaced = re.sub(r"([ΣΠ][\u2080-\u209cⱼ]*)(?=[^\s\u2080-\u209cⱼ_()])", r"\1 ", text)
    between = re.sub(r"(?<=[\w)\]′ᵀ¹²³⁰-⁹₀-₉])−\s*", " − ", spaced)
    between = re.sub(r"(^|[=(\[,]) *−\s+", r"\1 −", between)
    return re.sub(r"(?<=[(\[]) | (?=[)\],;])", "", re.sub(r"\s+", " ", between)).strip()
