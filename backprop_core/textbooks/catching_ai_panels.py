"""Catching AI's panels: the questions a reader of this text asks at a step, answered with the numbers of the step.

This is where they are offered; files beside it tell them.
"""

from collections.abc import Callable

from backprop_core.textbooks.panels import PANELS, Panel
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View

_TELL: dict[str, Callable[[Scene, View], Panel]] = {}


def offered(scene: Scene, view: View) -> tuple[str, ...]:
    """The kinds of the panels that can be opened at ``scene``, in the order of ``PANELS``."""
    return tuple(kind for kind in PANELS if kind in _TELL)


def open_panel(kind: str, scene: Scene, view: View) -> Panel:
    """One panel at ``scene``. Raises ``KeyError`` for a kind that the scene does not offer."""
    if kind not in offered(scene, view):
        raise KeyError(kind)
    return _TELL[kind](scene, view)
