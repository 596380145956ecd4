"""Nielsen's panels: the questions a reader of this text asks at a step, answered with the numbers of the step.

Each panel cites the equation of the text that it is about; this is where they are offered, files beside it tell them.
"""

from collections.abc import Callable

from backprop_core.textbooks import nielsen_keys
from backprop_core.textbooks.panels import PANELS, Panel
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View

_EVERYWHERE = ("notation",)
_AT: dict[str, tuple[str, ...]] = {}
"""Kind of scene → the panels offered there beside those of every step."""

_TELL: dict[str, Callable[[Scene, View], Panel]] = {
    "notation": nielsen_keys.notation,
}


def offered(scene: Scene, view: View) -> tuple[str, ...]:
    """The kinds of the panels that can be opened at ``scene``, in the order of ``PANELS``."""
    here = {*_EVERYWHERE, *_AT.get(scene.kind, ())}
    return tuple(kind for kind in PANELS if kind in here)


def open_panel(kind: str, scene: Scene, view: View) -> Panel:
    """One panel at ``scene``. Raises ``KeyError`` for a kind that the scene does not offer."""
    if kind not in offered(scene, view):
        raise KeyError(kind)
    return _TELL[kind](scene, view)
