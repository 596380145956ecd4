"""A ledger: the outputs of some updates noted one after the other, and their costs then computed in one go.

Training then pays one copy an update, and not the many small calls of a cost.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from backprop_core.activations import Array, Call
from backprop_core.costs import COSTS
from backprop_core.memory import Memory

NUMBERS = 1 << 13
"""Numbers noted at most before the costs are computed: they should still be in the cache."""
UPDATES = 64
"""Updates noted at most."""


class Ledger:
    """Room for the outputs of as many updates as divide ``most`` of them evenly, on the batch of ``memory``.

    ``notes[k](..., source)`` notes the output of update k, where ``source`` is what the cost is computed from;
    ``targets`` are those of all examples, one a column, (n_L, examples).
    """

    def __init__(self, memory: Memory, targets: Array, most: int) -> None:
        last, m = memory.spec.depth, memory.batch_size
        cost = COSTS[memory.spec.cost]
        self.source = memory["weighted_input" if cost.from_weighted_input else "activation", last]
        n = self.source.shape[1]
        parts = -(-most // max(1, min(UPDATES, NUMBERS // (m * n))))
        self.updates = -(-most // parts)
        # Column by column: NumPy goes along rows so short much more slowly.
        noted = np.zeros((self.updates * m, n), memory.dtype, order="F")
        self._targets, self._wanted = targets, np.zeros((n, self.updates * m), memory.dtype)
        rows = np.zeros((self.updates, m), memory.dtype)
        self._means = np.zeros(self.updates, memory.dtype)
        self.notes: list[Callable[..., None]] = [noted[at : at + m].__setitem__ for at in range(0, len(noted), m)]
        self._calls: list[Call] = [
            *cost.value(noted, noted, self._wanted.T, rows.reshape(-1)),
            # Shares added up, as in the program: the sum alone could overflow where the mean does not.
            partial(np.multiply, rows, memory.scalar(1.0 / m), rows),
            partial(np.add.reduce, rows, 1, None, self._means),
        ]

    def costs(self, rows: Array) -> Array:
        """The costs of the updates noted last, made on ``rows`` (k, m) of the targets; a view, (k,)."""
        self._targets.take(rows.reshape(-1), 1, self._wanted[:, : rows.size], "clip")
        for call in self._calls:
            call()
        return self._means[: len(rows)]
