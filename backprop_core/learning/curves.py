"""The cost of every update of a run, in one array that grows as the run does.

Eight bytes an update; what was never computed here, because it lies before a restart, is NaN.
"""

import numpy as np

from backprop_core.activations import Array


class Costs:
    """Costs by the number of the update."""

    def __init__(self) -> None:
        self._held = np.full(1024, np.nan)

    def write(self, start: int, costs: Array) -> None:
        """Note the costs of the updates from ``start`` on."""
        end = start + len(costs)
        self._make_room(end)
        self._held[start:end] = costs

    def between(self, start: int, end: int) -> Array:
        """A copy of those from ``start`` to ``end``."""
        return self._held[start:end].copy()

    def known(self, reached: int) -> Array:
        """The first ``reached``, not to be written to."""
        self._make_room(reached)
        view = self._held[:reached]
        view.flags.writeable = False
        return view

    def _make_room(self, end: int) -> None:
        if end > len(self._held):
            more = np.full(max(end, 2 * len(self._held)), np.nan)
            more[: len(self._held)] = self._held
            self._held = more
