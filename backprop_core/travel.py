"""What travels along the edges while a step is shown: products of weights, and what is added without them.

In a chain there is one such table a step; where layers skip or join there is one for every way that is gone.
"""

from collections.abc import Iterator

from backprop_core.step import Terms
from backprop_core.textbooks.scenes import Scene
from backprop_core.textbooks.view import View


def travelling(scene: Scene, view: View, scale: float) -> tuple[Terms | None, tuple[Terms, ...]]:
    """``terms`` and ``branches`` of a step; errors as the text scales them."""
    covered = dict(scene.covers)
    back = covered.get("backpropagated_error", covered.get("input_error"))
    if "weighted_input" in covered:
        ways = list(_forth(view, covered["weighted_input"]))
    else:
        ways = [] if back is None else list(_back(view, back, scale))
    weighted = ways[0] if ways and ways[0].kind.startswith("weighted") else None
    return weighted, tuple(ways[1:] if weighted else ways)


def _forth(view: View, l: int) -> Iterator[Terms]:
    yield Terms(
        "weighted_activation", l, view.array("weights", l) * view.array(*view.below(l)), view.spec.sources(l)[0]
    )
    for other in view.spec.adds(l):
        yield Terms("added_activation", l, view.array("activation", other)[None], other)


def _back(view: View, l: int, scale: float) -> Iterator[Terms]:
    for one in view.spec.readers(l):
        w, delta = view.array("weights", one.layer)[:, one.columns], view.array("error", one.layer)
        yield Terms("weighted_error", one.layer, scale * w * delta[:, None], l, one.first)
    for other in view.spec.adders(l):
        yield Terms("added_error", other, scale * view.array("error", other)[None], l)
