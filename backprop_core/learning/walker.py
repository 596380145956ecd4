"""A Walker: goes along the timeline of a run, forward by making updates, back by way of an earlier state.

It applies each change where it is due and knows nothing of stopping: whoever sends it says how far.
"""

from math import inf

from backprop_core.activations import Array
from backprop_core.datasets import Prepared
from backprop_core.laboratory.operation_counts import operation_counts
from backprop_core.learning.curves import Costs
from backprop_core.learning.edits import edited
from backprop_core.learning.learner import Learner
from backprop_core.learning.measures import Gauge
from backprop_core.learning.recipe import Recipe
from backprop_core.learning.snapshots import Snapshot, Snapshots
from backprop_core.learning.stretches import Stretch, Timeline
from backprop_core.network import Parameters
from backprop_core.optimizer_spec import OptimizerState

NEVER = 1 << 62
WIDEST, NARROWEST, REPLAYED = 256, 8, 0.01
"""Updates between two snapshots: so many that they take ``REPLAYED`` seconds, within these bounds."""
SECONDS_A_LAYER, SECONDS_A_PRODUCT, SECONDS_A_REMEMBERED = 2.5e-6, 1e-10, 2e-9
"""What the calls of a layer take however few its numbers, one multiplication, one number an optimizer remembers."""


class Walker:
    """Stands before update ``position`` of the run of ``recipe``, with every change made there applied."""

    def __init__(self, recipe: Recipe, prepared: Prepared, first: Parameters) -> None:
        self.recipe, self.prepared, self.digest = recipe, prepared, recipe.digest()
        self.timeline = Timeline(Stretch(0, 0, 0, prepared.train.count, recipe.network, recipe.training))
        self.applied = self.position = 0
        self.best, self.since = inf, 0
        self.costs = Costs()
        self._snapshots = Snapshots()
        self._order: tuple[tuple[Stretch, int], Array] | None = None
        self._gauge: Gauge | None = None
        self.learner = self._made()
        self.learner.load(first)
        self.keep()
        self.interval = max(NARROWEST, min(WIDEST, int(REPLAYED / self.predicted_seconds)))

    @property
    def stretch(self) -> Stretch:
        """What is in force for the next update."""
        return self.timeline.stretches[self.applied]

    @property
    def predicted_seconds(self) -> float:
        """About how long an update takes, by counting."""
        counts = operation_counts(self.stretch.spec, self.stretch.batch_size)
        work = counts.forward_products + counts.backward_products + counts.activation_work
        remembered = counts.parameters * len(self.stretch.training.optimizer.states)
        return SECONDS_A_LAYER * self.stretch.spec.depth + SECONDS_A_PRODUCT * work + SECONDS_A_REMEMBERED * remembered

    @property
    def gauge(self) -> Gauge:
        """What measures the present network."""
        spec = self.stretch.spec
        if self._gauge is None or self._gauge.spec != spec:
            self._gauge = Gauge(spec, self.prepared.train, self.prepared.test)
        return self._gauge

    @property
    def next_change(self) -> int:
        """The update before which the next change is due."""
        changes = self.timeline.changes
        return changes[self.applied].at if self.applied < len(changes) else NEVER

    @property
    def next_keep(self) -> int:
        """The update before which a state is kept next."""
        return self.position - self.position % self.interval + self.interval

    def parameters(self) -> Parameters:
        """A copy of the present ones, in their own precision."""
        return self.learner.memory.parameters()

    def state(self) -> OptimizerState | None:
        """A copy of what the optimizer remembers, in its own precision; None where it remembers nothing."""
        return self.learner.memory.state()

    def measured(self, part: int) -> tuple[float | None, float | None]:
        """Cost and accuracy on the training (0) or the test examples (1)."""
        return self.gauge.part(self.parameters(), part)

    def rows(self) -> Array:
        """The rows of the training part in the batch of the next update, (m,)."""
        stretch = self.stretch
        epoch, row = stretch.place(self.position)
        return self._epoch(stretch, epoch)[row : row + stretch.batch_size]

    def forward(self, end: int) -> None:
        """Make the updates up to ``end``, and every change on the way and there."""
        while self.position < end:
            self._forward_within(min(end, self.next_change))
            self.apply_due()

    def apply_due(self) -> None:
        """Make the changes that are due here."""
        while self.next_change == self.position:
            self._apply()

    def nearest(self, to: int) -> int:
        """Where the last state kept at ``to`` or before it stands: going back is going forward from there."""
        return self._snapshots.before(to).position

    def back(self, to: int) -> None:
        """Stand before update ``to`` again: forward from the last state kept before it."""
        self.stand(self._snapshots.before(to))
        while self.position < to:
            self.forward(min(to, self.next_keep))
            if self.position % self.interval == 0:
                self.keep()

    def stand(self, held: Snapshot, applied: int | None = None) -> None:
        """Be where ``held`` was made, with so many changes ``applied``: by default all that were made until there."""
        self.position, self.best, self.since = held.position, held.best, held.since
        applied = self.timeline.applied(held.position) if applied is None else applied
        if applied != self.applied:
            self.applied = applied
            self.learner = self._made()
        self.learner.load(held.parameters, held.state)

    def snapshot(self) -> Snapshot:
        """The present state."""
        return Snapshot(self.position, self.parameters(), self.state(), self.best, self.since)

    def keep(self) -> None:
        """Remember the present state, for going back."""
        self._snapshots.add(self.snapshot())

    def forget(self) -> None:
        """Drop the changes made after here, and the states kept from here on."""
        self.timeline.forget_after(self.position)
        self._snapshots.forget_from(self.position)

    def _forward_within(self, end: int) -> None:
        stretch = self.stretch
        size, learner = stretch.batch_size, self.learner
        while self.position < end:
            epoch, row = stretch.place(self.position)
            stop = min(end, stretch.first_update(epoch + 1))
            rows = self._epoch(stretch, epoch)[row : row + (stop - self.position) * size]
            whole = len(rows) // size
            rate = stretch.training.rate(epoch)
            if whole:
                self.costs.write(self.position, learner.run(rows[: whole * size].reshape(whole, size), rate))
            if len(rows) > whole * size:
                self.costs.write(stop - 1, learner.run(rows[None, whole * size :], rate))
            self.position = stop
            if stretch.training.stop.patience is not None and stretch.place(stop)[1] == 0:
                self._note_test_cost()

    def _epoch(self, stretch: Stretch, epoch: int) -> Array:
        if self._order is None or self._order[0] != (stretch, epoch):
            self._order = (stretch, epoch), stretch.order(self.recipe.data.seed, epoch)
        return self._order[1]

    def _note_test_cost(self) -> None:
        cost, _ = self.measured(1)
        if cost is not None:
            better = cost < self.best
            self.best, self.since = (cost, 0) if better else (self.best, self.since + 1)

    def _apply(self) -> None:
        change, before = self.timeline.changes[self.applied], self.stretch.training.optimizer
        parameters, state = self.parameters(), self.state()
        self.applied += 1
        if change.parameters is not None:
            parameters = edited(self.stretch.spec, parameters, change.parameters)
        else:
            self.learner = self._made()
            self.best, self.since = inf, 0
        is_another = self.stretch.training.optimizer.name != before.name
        self.learner.load(parameters, None if is_another else state)

    def _made(self) -> Learner:
        stretch = self.stretch
        return Learner(stretch.spec, stretch.training, self.prepared.train, self.recipe.precision)
