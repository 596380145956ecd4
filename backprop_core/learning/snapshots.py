"""Snapshots: earlier states of a run, kept so that going back is a short way forward from one of them.

They lie the denser the nearer they are to where the run last was, and take no more room than they are given.
"""

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from backprop_core.network import Parameters
from backprop_core.optimizer_spec import OptimizerState

ROOM = 64 << 20
"""Bytes that the snapshots of one run may take."""
MOST, FEWEST = 256, 8
OVERHEAD = 128
"""Bytes an array takes beside its numbers."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that updates change, before update ``position`` and after every change made there.

    ``state`` is what the optimizer remembers, if it remembers anything; ``best`` is the lowest cost on the test
    examples at the end of an epoch and ``since`` the epochs since then: what a stop rule with patience goes by.
    """

    position: int
    parameters: Parameters
    state: OptimizerState | None
    best: float
    since: int

    @property
    def size(self) -> int:
        """Bytes."""
        remembered = () if self.state is None else (array for layer in self.state.layers for array in layer.values())
        arrays = (*self.parameters.weights, *self.parameters.biases, *remembered)
        return sum(array.nbytes + OVERHEAD for array in arrays)


class Snapshots:
    """Snapshots by their position, in order."""

    def __init__(self) -> None:
        self._positions: list[int] = []
        self._held: list[Snapshot] = []

    def before(self, position: int) -> Snapshot:
        """The last one at ``position`` or before it; raises ``IndexError`` where there is none."""
        return self._held[bisect_right(self._positions, position) - 1]

    def forget_from(self, position: int) -> None:
        """Drop those at ``position`` and after it."""
        keep = bisect_right(self._positions, position - 1)
        del self._positions[keep:], self._held[keep:]

    def add(self, one: Snapshot) -> None:
        """Keep ``one``; where there is no room, that one goes which is missed least from here."""
        place = bisect_right(self._positions, one.position)
        if place and self._positions[place - 1] == one.position:
            self._held[place - 1] = one
            return
        self._positions.insert(place, one.position)
        self._held.insert(place, one)
        if len(self._held) > max(FEWEST, min(MOST, ROOM // one.size)):
            self._thin(one.position)

    def _thin(self, here: int) -> None:
        at = np.array(self._positions, dtype=float)
        gaps = at[2:] - at[:-2]
        # The first and the last always stay; between them a gap may be the wider the farther it is from here.
        least = int(np.argmin(gaps / (np.abs(here - at[1:-1]) + 1.0))) + 1
        del self._positions[least], self._held[least]
