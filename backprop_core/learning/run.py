"""A Run: a timeline of updates that can be moved along either way, changed, and asked about anywhere.

Its state before an update is a function of recipe and changes alone: whatever way leads there, it is the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from backprop_core.activations import Array
from backprop_core.laboratory.operation_counts import operation_counts
from backprop_core.learning.checkpoint import CheckpointError, fingerprint, pack, unpack
from backprop_core.learning.curves import Costs
from backprop_core.learning.data import first_parameters, prepared_for
from backprop_core.learning.divergence import Diverged, diverged, is_calm
from backprop_core.learning.edits import edited
from backprop_core.learning.learner import Learner
from backprop_core.learning.measures import Gauge, Measures
from backprop_core.learning.recipe import Change, Edit, Recipe, Training
from backprop_core.learning.snapshots import Snapshot, Snapshots
from backprop_core.learning.stopping import finished
from backprop_core.learning.stretches import Stretch, Timeline
from backprop_core.network import NetworkSpec, Parameters
from backprop_core.trace import Trace, trace_update

INTERVAL = 128
"""Updates between two snapshots."""
SECONDS_A_LAYER, SECONDS_A_PRODUCT = 2.5e-6, 1e-10
"""What the calls of a layer take however few its numbers, and one multiplication of a matrix product."""


@dataclass(frozen=True, slots=True)
class Advanced:
    """The updates just made: the cost of each before it, (n,), and why there are no more, if there are none."""

    costs: Array
    stopped: str | None = None
    reason: str | None = None


class Run:
    """A network that learns by ``recipe``, standing before update ``position`` of the ``reached`` it knows.

    Raises ``SpecificationError`` with a JSON pointer where network, data and training do not fit together.
    """

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.prepared = prepared_for(recipe)
        first = first_parameters(recipe)
        examples = self.prepared.train.count
        self._timeline = Timeline(Stretch(0, 0, 0, examples, recipe.network, recipe.training))
        self._applied = 0
        self._position = self._reached = 0
        self._costs = Costs()
        self._snapshots = Snapshots()
        self._diverged: Diverged | None = None
        self._gauged: Gauge | None = None
        self._epoch_batches: tuple[tuple[Stretch, int], list[Array]] | None = None
        self._best, self._since = np.inf, 0
        self._learner = self._made()
        self._learner.load(first)
        self._snapshots.add(self._snapshot())

    @property
    def position(self) -> int:
        """The update that comes next, counted from 0."""
        return self._position

    @property
    def reached(self) -> int:
        """How many updates are known: going forward to here repeats what was."""
        return self._reached

    @property
    def stretch(self) -> Stretch:
        """What is in force for the next update."""
        return self._timeline.stretches[self._applied]

    @property
    def training(self) -> Training:
        """The training in force for the next update."""
        return self.stretch.training

    @property
    def spec(self) -> NetworkSpec:
        """The network, with the cost in force for the next update."""
        return self.stretch.spec

    @property
    def epoch(self) -> int:
        """The epoch of the next update, counted from 0."""
        return self.stretch.place(self._position)[0]

    @property
    def row(self) -> int:
        """How many examples this epoch has seen."""
        return self.stretch.place(self._position)[1]

    @property
    def updates_per_epoch(self) -> int:
        """Updates of a whole epoch."""
        return self.stretch.updates_per_epoch

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change, in the order they were made."""
        return tuple(self._timeline.changes)

    @property
    def costs(self) -> Array:
        """The cost of every known update on its batch, (reached,); NaN for those made before a restart."""
        return self._costs.known(self._reached)

    @property
    def diverged(self) -> Diverged | None:
        """The update that cannot be made because a number stops being finite in it, once the run has met it."""
        return self._diverged

    def advance(self, count: int) -> Advanced:
        """Train for ``count`` updates, or fewer where a stop rule holds or a number stops being finite."""
        return self._ahead(self._position + count, obeys=True)

    def move(self, to: int) -> Advanced:
        """Go to update ``to``, back or forward, exactly; stop rules do not count, a divergence ends the way."""
        if to < self._position:
            self._restore(max(to, 0))
            return Advanced(np.empty(0))
        return self._ahead(to, obeys=False)

    def change(
        self, *, training: Training | None = None, cost: str | None = None, parameters: Sequence[Edit] | None = None
    ) -> Change:
        """Change what comes after here; what was known after here is forgotten.

        Raises ``SpecificationError`` where the change does not fit.
        """
        edits = None if parameters is None else tuple(parameters)
        change = Change(self._position, training, cost, edits)
        if edits is not None:
            edited(self.spec, self.parameters(), edits)
        self._timeline.forget_after(self._position)
        self._timeline.add(change)
        self._reached = self._position
        self._diverged = None
        self._snapshots.forget_from(self._position)
        self._apply()
        self._snapshots.add(self._snapshot())
        return change

    def rows(self) -> Array:
        """The rows of ``prepared.train`` in the batch of the next update, (m,)."""
        return self._batches(self._position, self._position + 1)[0]

    def batch(self) -> tuple[Array, Array]:
        """Inputs (m, n_0) and targets (m, n_L) of the next update, as they are fed."""
        rows = self.rows()
        return self.prepared.train.inputs[rows], self.prepared.train.targets[rows]

    def parameters(self) -> Parameters:
        """The present parameters, in float64, exact."""
        found = self._learner.memory.parameters()
        return Parameters(
            tuple(w.astype(np.float64) for w in found.weights), tuple(b.astype(np.float64) for b in found.biases)
        )

    @property
    def predicted_seconds(self) -> float:
        """About how long an update takes, by counting; what was measured corrects it."""
        counts = operation_counts(self.spec, self.stretch.batch_size)
        work = counts.forward_products + counts.backward_products + counts.activation_work
        return SECONDS_A_LAYER * self.spec.depth + work * SECONDS_A_PRODUCT

    @property
    def learning_rate(self) -> float:
        """η of the next update."""
        return self.training.rate(self.epoch)

    def trace(self) -> Trace:
        """The next update, made in a memory of its own; the run stays where it is."""
        inputs, targets = self.batch()
        return trace_update(
            self.spec,
            self.parameters(),
            inputs,
            targets,
            learning_rate=self.learning_rate,
            freeze_biases=self.training.freeze_biases,
            dtype=self.recipe.precision,
        )

    def measure(self) -> Measures:
        """How far the present parameters have come."""
        return self._gauge.measure(self._learner.memory.parameters())

    def checkpoint(self) -> bytes:
        """The present state, to be restored by a run of the same recipe and changes."""
        parameters = self._learner.memory.parameters()
        header = {
            "made_by": fingerprint(self.recipe, self.changes[: self._applied]),
            "applied": self._applied,
            "position": self._position,
            "best": None if np.isinf(self._best) else self._best,
            "since": self._since,
        }
        costs = self._costs.between(0, self._position)
        return pack(header, [*parameters.weights, *parameters.biases, costs])

    def restore_checkpoint(self, data: bytes) -> None:
        """Stand where ``data`` was made. Raises ``CheckpointError`` where it is damaged or of another run."""
        held = unpack(data)
        header, applied = held.header, held.header["applied"]
        if header["made_by"] != fingerprint(self.recipe, self.changes[:applied]):
            raise CheckpointError("the checkpoint is of another recipe, or of other changes")
        self._applied, self._position = applied, header["position"]
        self._best = np.inf if header["best"] is None else header["best"]
        self._since = header["since"]
        depth = self.spec.depth
        self._learner = self._made()
        self._learner.load(Parameters(held.arrays[:depth], held.arrays[depth:-1]))
        self._costs.write(0, held.arrays[-1].tolist())
        self._reached = max(self._reached, self._position)
        while self._next_change() == self._position:
            self._apply()
        self._snapshots.add(self._snapshot())

    @classmethod
    def at(
        cls, recipe: Recipe, changes: Sequence[Change], position: int, reached: int, checkpoint: bytes | None = None
    ) -> Self:
        """The run of ``recipe`` and ``changes`` standing at ``position``, as after a restart.

        A ``checkpoint`` made there or before shortens the way. Raises ``CheckpointError`` as restoring does.
        """
        run = cls(recipe)
        for change in changes:
            run._timeline.add(change)
        while run._next_change() == 0:
            run._apply()
        run._snapshots.add(run._snapshot())
        if checkpoint is not None:
            run.restore_checkpoint(checkpoint)
        run.move(position)
        run._reached = max(reached, position)
        return run

    def _ahead(self, to: int, *, obeys: bool) -> Advanced:
        start, stopped, reason = self._position, None, None
        while self._position < to and stopped is None:
            reason = self._finished() if obeys else None
            if reason is None and not self._leg(self._leg_end(to, obeys=obeys)):
                stopped, reason = "diverged", "a number stopped being finite"
            elif reason is not None:
                stopped = "finished"
        if stopped is None and obeys:
            reason = self._finished()
            stopped = None if reason is None else "finished"
        return Advanced(self._costs.between(start, self._position), stopped, reason)

    def _leg_end(self, to: int, *, obeys: bool) -> int:
        end = min(to, self._position - self._position % INTERVAL + INTERVAL, self._next_change())
        stop = self.training.stop
        if obeys and (stop.cost_below, stop.accuracy, stop.patience) != (None, None, None):
            return min(end, self.stretch.first_update(self.epoch + 1))
        if obeys and stop.epochs is not None:
            return min(end, self.stretch.first_update(stop.epochs))
        return end

    def _leg(self, end: int) -> bool:
        """Make the updates up to ``end``; where a number stops being finite, stand before that update."""
        start = self._position
        if self._diverged is not None and start == self._diverged.update:
            return False
        self._updates(end)
        costs = self._costs.between(start, end)
        if not is_calm([*self._learner.numbers(), costs]):
            self._restore(start)
            while self._position < end and self._diverged is None:
                self._diverged = diverged(self._learner.program(self.rows(), self.learning_rate), self._position)
                if self._diverged is None:
                    self._updates(self._position + 1)
        if self._position % INTERVAL == 0:
            self._snapshots.add(self._snapshot())
        self._reached = max(self._reached, self._position)
        return self._diverged is None or self._position < self._diverged.update

    def _finished(self) -> str | None:
        epoch, row = self.stretch.place(self._position)
        if row or not self._position:
            return None
        parameters = self._learner.memory.parameters()
        return finished(self.training.stop, epoch, self._since, lambda part: self._gauge.part(parameters, part))

    @property
    def _gauge(self) -> Gauge:
        if self._gauged is None or self._gauged.spec != self.spec:
            self._gauged = Gauge(self.spec, self.prepared.train, self.prepared.test)
        return self._gauged

    def _next_change(self) -> int:
        changes = self._timeline.changes
        return changes[self._applied].at if self._applied < len(changes) else 1 << 62

    def _updates(self, end: int) -> None:
        """Make the updates up to ``end``, where a change may be waiting but none before."""
        stretch = self.stretch
        while self._position < end:
            epoch, _ = stretch.place(self._position)
            stop = min(end, stretch.first_update(epoch + 1))
            batches = self._batches(self._position, stop)
            whole = batches if len(batches[-1]) == len(batches[0]) else batches[:-1]
            rate = stretch.training.rate(epoch)
            self._costs.write(self._position, self._learner.run(whole, rate))
            if len(whole) < len(batches):
                self._costs.write(stop - 1, self._learner.run(batches[-1:], rate))
            self._position = stop
            if stretch.training.stop.patience is not None and stretch.place(stop)[1] == 0:
                self._note_test_cost()
        while self._next_change() == self._position:
            self._apply()

    def _note_test_cost(self) -> None:
        cost, _ = self._gauge.part(self._learner.memory.parameters(), 1)
        better = cost is not None and cost < self._best
        self._best, self._since = (cost, 0) if better and cost is not None else (self._best, self._since + 1)

    def _batches(self, start: int, end: int) -> list[Array]:
        """The rows of the updates from ``start`` to ``end``, which lie in one epoch."""
        stretch = self.stretch
        epoch, _ = stretch.place(start)
        first = stretch.first_update(epoch)
        if self._epoch_batches is None or self._epoch_batches[0] != (stretch, epoch):
            order, size = stretch.order(self.recipe.data.seed, epoch), stretch.batch_size
            row = stretch.row if epoch == stretch.epoch else 0
            batches = [order[at : at + size] for at in range(row, stretch.examples, size)]
            self._epoch_batches = (stretch, epoch), batches
        return self._epoch_batches[1][start - first : end - first]

    def _apply(self) -> None:
        """Make the next change, which is due here."""
        change = self._timeline.changes[self._applied]
        self._applied += 1
        parameters = self._learner.memory.parameters()
        if change.parameters is not None:
            parameters = edited(self.spec, parameters, change.parameters)
        else:
            self._learner = self._made()
            self._best, self._since = np.inf, 0
        self._learner.load(parameters)

    def _made(self) -> Learner:
        return Learner(self.spec, self.training, self.prepared.train, self.recipe.precision)

    def _snapshot(self) -> Snapshot:
        return Snapshot(self._position, self._learner.memory.parameters(), self._best, self._since)

    def _restore(self, to: int) -> None:
        """Go back: from the last snapshot before ``to`` forward again."""
        held = self._snapshots.before(to)
        self._position, self._best, self._since = held.position, held.best, held.since
        applied = self._timeline.applied(held.position)
        if applied != self._applied:
            self._applied = applied
            self._learner = self._made()
        self._learner.load(held.parameters)
        while self._position < to:
            self._updates(min(to, self._next_change()))
