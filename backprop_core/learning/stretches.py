"""Stretches: which epoch and which rows an update is made on, by arithmetic alone.

A run falls into stretches between its changes; within one, batches have one size and follow one rule.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from backprop_core.activations import Array
from backprop_core.learning.recipe import Change, Training
from backprop_core.network import NetworkSpec


@dataclass(frozen=True, slots=True)
class Stretch:
    """The updates from ``start`` on, begun in ``epoch`` with ``row`` of its ``examples`` rows already seen."""

    start: int
    epoch: int
    row: int
    examples: int
    spec: NetworkSpec
    training: Training

    @property
    def batch_size(self) -> int:
        """Examples of a whole batch."""
        return min(self.training.batch_size or self.examples, self.examples)

    @property
    def updates_per_epoch(self) -> int:
        """Updates of a whole epoch, the last one on what is left."""
        return -(-self.examples // self.batch_size)

    def place(self, update: int) -> tuple[int, int]:
        """(epoch, rows of it already seen) before ``update``."""
        done = update - self.start
        first = -(-(self.examples - self.row) // self.batch_size)
        if done < first:
            return self.epoch, self.row + done * self.batch_size
        epochs, rest = divmod(done - first, self.updates_per_epoch)
        return self.epoch + 1 + epochs, rest * self.batch_size

    def first_update(self, epoch: int) -> int:
        """The update that begins ``epoch``, or this stretch where that began within it or before."""
        if epoch <= self.epoch:
            return self.start
        first = -(-(self.examples - self.row) // self.batch_size)
        return self.start + first + (epoch - self.epoch - 1) * self.updates_per_epoch

    def order(self, seed: int, epoch: int) -> Array:
        """The rows of ``epoch`` in the order they are seen: shuffled, but where all are one batch as they stand."""
        is_whole = self.row == 0 or epoch > self.epoch
        if is_whole and self.batch_size == self.examples:
            return np.arange(self.examples)
        return np.random.default_rng([seed, epoch]).permutation(self.examples)

    def followed_by(self, change: Change) -> "Stretch":
        """The stretch that ``change`` begins. Raises ``SpecificationError`` where it does not fit the network."""
        epoch, row = self.place(change.at)
        spec = self.spec if change.cost is None else replace(self.spec, cost=change.cost)
        return Stretch(change.at, epoch, row, self.examples, spec, change.training or self.training)


class Timeline:
    """The stretches of a run, one for the recipe and one more for every change, in order."""

    def __init__(self, first: Stretch, changes: Sequence[Change] = ()) -> None:
        self.stretches = [first]
        self.changes: list[Change] = []
        for change in changes:
            self.add(change)

    def add(self, change: Change) -> None:
        """Put ``change`` behind the others."""
        self.stretches.append(self.stretches[-1].followed_by(change))
        self.changes.append(change)

    def first_update(self, epoch: int) -> int:
        """The update that begins ``epoch``, whatever was changed before it."""
        if epoch <= 0:
            return 0
        ends = [change.at for change in self.changes]
        for stretch, end in zip(self.stretches, ends, strict=False):
            if epoch > stretch.epoch and stretch.first_update(epoch) <= end:
                return stretch.first_update(epoch)
        return self.stretches[-1].first_update(epoch)

    def forget_after(self, position: int) -> None:
        """Drop the changes made after ``position``."""
        keep = bisect_right([change.at for change in self.changes], position)
        del self.changes[keep:], self.stretches[keep + 1 :]

    def applied(self, position: int) -> int:
        """How many changes were made at ``position`` or before it."""
        return bisect_right([change.at for change in self.changes], position)
