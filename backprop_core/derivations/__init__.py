"""Derivations: the steps of a trace as one document to keep, to hand out or to typeset again.

``derive`` makes the document from what a lens tells; each writer puts it into one format and adds nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from backprop_core.derivations.document import Derivation, derive
from backprop_core.derivations.latex import as_latex
from backprop_core.derivations.markdown import as_markdown
from backprop_core.derivations.plain import as_plain_text
from backprop_core.derivations.table import as_csv


@dataclass(frozen=True, slots=True)
class Writer:
    """A format: its media type, the ending of its files, what it is called, and how it is written."""

    media_type: str
    ending: str
    words: str
    write: Callable[[Derivation], str]


WRITERS: dict[str, Writer] = {
    one.media_type: one
    for one in (
        Writer("text/plain", "txt", "text", as_plain_text),
        Writer("text/csv", "csv", "table of all values", as_csv),
        Writer("text/markdown", "md", "Markdown with formulas", as_markdown),
        Writer("application/x-tex", "tex", "LaTeX document", as_latex),
    )
}
"""Media type → Writer, the first being the one for those who do not mind."""

__all__ = ["WRITERS", "Derivation", "Writer", "derive"]
