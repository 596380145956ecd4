"""Plain words with symbols in them, taken apart: what stays text, and what a typesetter sets as mathematics.

The sentences of a lens write w^2, δ_j or ∂C/∂z; ^x and _x raise and lower, Greek letters and signs are symbols.
The name of a number in an expression, such as hidden_size, is a word with its _ in it.
"""

import re
from collections.abc import Iterator

SIGNS = {
    "α": r"\alpha",
    "β": r"\beta",
    "γ": r"\gamma",
    "δ": r"\delta",
    "Δ": r"\Delta",
    "ε": r"\varepsilon",
    "η": r"\eta",
    "θ": r"\theta",
    "λ": r"\lambda",
    "μ": r"\mu",
    "ρ": r"\rho",
    "σ": r"\sigma",
    "Σ": r"\Sigma",
    "φ": r"\phi",
    "Φ": r"\Phi",
    "∂": r"\partial",
    "∇": r"\nabla",
    "∘": r"\circ",
    "⊙": r"\odot",
    "⊘": r"\oslash",
    "ℓ": r"\ell",
    "⊗": r"\otimes",
    "⊤": r"{}^\top",
    "×": r"\times",
    "÷": r"\div",
    "·": r"\cdot",
    "−": "-",
    "±": r"\pm",
    "→": r"\rightarrow",
    "←": r"\leftarrow",
    "≤": r"\le",
    "≥": r"\ge",
    "≠": r"\ne",
    "≈": r"\approx",
    "∈": r"\in",
    "∞": r"\infty",
    "√": r"\sqrt{\ }",
    "⟨": r"\langle",
    "⟩": r"\rangle",
    "′": "'",
    "½": r"\tfrac12",
    "ŷ": r"\hat y",
}
"""A sign in words → its TeX."""

RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽⁾ᵀᵗˡⁿʸ", "0123456789-+()Ttlny", strict=True))
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₋₊ᵢⱼₖₗₙₘₓ", "0123456789-+ijklnmx", strict=True))
"""Raised and lowered characters → the plain ones."""

_SCRIPT = r"[\^_](?:\{[^}]*\}|\[[^\]]*\]|\([^)]*\)|\d+|[a-z]+|[A-Z])"
_SIGN = "[" + "".join((*SIGNS, *RAISED, *LOWERED)) + "]"
# A single letter is a symbol where a script, a prime or a raised figure follows it.
_LETTER = rf"(?<![A-Za-z])[A-Za-z](?=[\^_′{''.join((*RAISED, *LOWERED))}])"
_NAME = r"(?<![A-Za-z0-9^_])(?:[A-Za-z][A-Za-z0-9]+_|_)\w*"
_SYMBOLS = re.compile(f"{_NAME}|(?P<symbols>(?:{_SCRIPT}|{_SIGN}|{_LETTER})+)")


def spans(text: str) -> Iterator[tuple[bool, str]]:
    """The parts of ``text`` in order: True with the TeX of a formula, False with words to be escaped."""
    end = 0
    for found in _SYMBOLS.finditer(text):
        if found["symbols"] is None:
            continue
        if found.start() > end:
            yield False, text[end : found.start()]
        yield True, formula(found[0])
        end = found.end()
    if end < len(text):
        yield False, text[end:]


def formula(symbols: str) -> str:
    """The TeX of a run of symbols."""
    parts: list[str] = []
    for part in re.findall(rf"{_SCRIPT}|[{''.join(RAISED)}]+|[{''.join(LOWERED)}]+|.", symbols):
        if part[0] in "^_" and len(part) > 1:
            inner = part[2:-1] if part[1] == "{" else part[1:]
            parts.append(f"{part[0]}{{{formula(inner)}}}")
        elif part[0] in RAISED:
            parts.append("^{" + "".join(RAISED[sign] for sign in part) + "}")
        elif part[0] in LOWERED:
            parts.append("_{" + "".join(LOWERED[sign] for sign in part) + "}")
        else:
            parts.append(_sign(part))
    return _one_script_each("".join(parts))


def _sign(sign: str) -> str:
    tex = SIGNS.get(sign)
    if tex is None:
        return rf"\{sign}" if sign in "#$%&_{}" else sign
    # A command would swallow the letter after it.
    return f"{tex} " if tex[-1:].isalpha() else tex


def _one_script_each(tex: str) -> str:
    """A second ^ or _ on one symbol is an error in TeX; a prime counts as one, so it goes inside."""
    tex = re.sub(r"'\^\{([^{}]*)\}", r"^{\\prime \1}", tex)
    return re.sub(r"([\^_]\{[^{}]*\})(?=[\^_]\{)(?![\^_]\{[^{}]*\}[\^_])", _separated, tex)


def _separated(found: re.Match[str]) -> str:
    following = found.string[found.end()]
    return found[0] + ("{}" if following == found[0][0] else "")
