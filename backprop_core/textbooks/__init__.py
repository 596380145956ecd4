"""Textbooks: one folder a lens, over a shared vocabulary of scenes, pieces and words.

A new lens is a new folder that makes a Textbook, and one line in the table here.
"""

from backprop_core.textbooks.catching_ai import CATCHING_AI
from backprop_core.textbooks.johnston import JOHNSTON
from backprop_core.textbooks.nielsen import NIELSEN
from backprop_core.textbooks.scenes import Textbook
from backprop_core.textbooks.sun import SUN

TEXTBOOKS: dict[str, Textbook] = {textbook.name: textbook for textbook in (NIELSEN, JOHNSTON, CATCHING_AI, SUN)}
"""Name → Textbook."""

__all__ = ["TEXTBOOKS", "Textbook"]
