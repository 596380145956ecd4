"""Johnston's panels: the questions a reader of this text asks at a step, answered with the numbers of the step.

Each panel cites the place of the text that it is about.
"""

from backprop_core.textbooks.panels import Panel
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View


def open_panel(kind: str, scene: Scene, view: View) -> Panel:
    """One panel at ``scene``. Raises ``KeyError`` for a kind that the scene does not offer."""
    raise KeyError(kind)
