"""A Run: a timeline of updates that can be moved along either way, changed, and asked about anywhere.

Its state before an update is a function of recipe and changes alone: whatever way leads there, it is the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from backprop_core.activations import Array
from backprop_core.datasets import Prepared
from backprop_core.learning.checkpoint import read_checkpoint, write_checkpoint
from backprop_core.learning.data import first_parameters, prepared_for
from backprop_core.learning.divergence import Diverged, diverged, is_calm
from backprop_core.learning.edits import edited
from backprop_core.learning.measures import Gauge, Measures
from backprop_core.learning.probe import Probe
from backprop_core.learning.recipe import Change, Edit, Recipe, Training
from backprop_core.learning.stopping import finished
from backprop_core.learning.stretches import Stretch
from backprop_core.learning.walker import NEVER, Walker
from backprop_core.network import NetworkSpec, Parameters
from backprop_core.optimizer_spec import OptimizerState
from backprop_core.trace import Trace, trace_update

PROBES = 4
"""Pictures of so many sizes keep their memory."""


@dataclass(frozen=True, slots=True)
class Advanced:
    """The updates just made: the cost of each before it, (n,); why there are no more, if a rule or a number ends them.

    ``stopped`` is None, “finished” or “diverged”; ``reason`` says it in a sentence.
    """

    costs: Array
    stopped: str | None = None
    reason: str | None = None


class Run:
    """A network that learns by ``recipe``, standing before update ``position`` of the ``reached`` it knows.

    Raises ``SpecificationError`` with a JSON pointer where network, data and training do not fit together.
    """

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.prepared: Prepared = prepared_for(recipe)
        self._walker = Walker(recipe, self.prepared, first_parameters(recipe))
        self._reached = 0
        self._diverged: Diverged | None = None
        self._probes: dict[tuple[str, int], Probe] = {}

    @classmethod
    def at(
        cls, recipe: Recipe, changes: Sequence[Change], position: int, reached: int, checkpoint: bytes | None = None
    ) -> Self:
        """The run of ``recipe`` and ``changes`` standing at ``position``, as after a restart.

        A ``checkpoint`` made there or before shortens the way. Raises ``CheckpointError`` as restoring does.
        """
        run = cls(recipe)
        for change in changes:
            run._walker.timeline.add(change)
        run._walker.apply_due()
        run._walker.keep()
        if checkpoint is not None:
            run.restore_checkpoint(checkpoint)
        run.move(position)
        run._reached = max(reached, run.position)
        return run

    @property
    def position(self) -> int:
        """The update that comes next, counted from 0."""
        return self._walker.position

    @property
    def reached(self) -> int:
        """How many updates are known: going forward to here repeats what was."""
        return self._reached

    @property
    def stretch(self) -> Stretch:
        """What is in force for the next update."""
        return self._walker.stretch

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
        return self.stretch.place(self.position)[0]

    @property
    def row(self) -> int:
        """How many examples this epoch has seen."""
        return self.stretch.place(self.position)[1]

    @property
    def updates_per_epoch(self) -> int:
        """Updates of a whole epoch."""
        return self.stretch.updates_per_epoch

    @property
    def learning_rate(self) -> float:
        """η of the next update."""
        return self.training.rate(self.epoch)

    @property
    def predicted_seconds(self) -> float:
        """About how long an update takes, by counting; what was measured corrects it."""
        return self._walker.predicted_seconds

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change, in the order they were made."""
        return tuple(self._walker.timeline.changes)

    @property
    def costs(self) -> Array:
        """The cost of every known update on its batch, (reached,); NaN for one not yet gone through since a restart."""
        return self._walker.costs.known(self._reached)

    @property
    def diverged(self) -> Diverged | None:
        """The update that cannot be made because a number stops being finite in it, once the run has met it."""
        return self._diverged

    def first_update(self, epoch: int) -> int:
        """The update that begins ``epoch``, counted from 0, whatever has been changed before it."""
        return self._walker.timeline.first_update(epoch)

    def nearest(self, to: int) -> int:
        """The update that going back to ``to`` goes forward from: a long way can be made in several moves."""
        return self._walker.nearest(to)

    def advance(self, count: int) -> Advanced:
        """Train for ``count`` updates, or fewer where a stop rule holds or a number stops being finite."""
        start, to, reason = self.position, self.position + count, self._finished()
        while reason is None and self.position < to:
            if not self._leg(min(to, self._next_look())):
                return self._diverged_since(start)
            reason = self._finished()
        return Advanced(self._walker.costs.between(start, self.position), reason and "finished", reason)

    def move(self, to: int) -> Advanced:
        """Go to update ``to``, back or forward, exactly; stop rules do not count, a divergence ends the way."""
        start = self.position
        if to < start:
            self._walker.back(max(to, 0))
            return Advanced(np.empty(0))
        while self.position < to:
            if not self._leg(to):
                return self._diverged_since(start)
        return Advanced(self._walker.costs.between(start, self.position))

    def change(
        self, *, training: Training | None = None, cost: str | None = None, parameters: Sequence[Edit] | None = None
    ) -> Change:
        """Change what comes after here; what was known after here is forgotten.

        Raises ``SpecificationError`` where the change does not fit.
        """
        change = Change(self.position, training, cost, None if parameters is None else tuple(parameters))
        if change.parameters is not None:
            edited(self.spec, self.parameters(), change.parameters)
        if change.cost is not None:
            self.stretch.followed_by(change)
        self._walker.forget()
        self._walker.timeline.add(change)
        self._walker.apply_due()
        self._walker.keep()
        self._reached, self._diverged = self.position, None
        return change

    def rows(self) -> Array:
        """The rows of ``prepared.train`` in the batch of the next update, (m,)."""
        return self._walker.rows()

    def batch(self) -> tuple[Array, Array]:
        """Inputs (m, n_0) and targets (m, n_L) of the next update, as they are fed."""
        rows = self.rows()
        return self.prepared.train.inputs[rows], self.prepared.train.targets[rows]

    def parameters(self) -> Parameters:
        """The present parameters, in float64, exact."""
        found = self._walker.parameters()
        return Parameters(
            tuple(w.astype(np.float64) for w in found.weights), tuple(b.astype(np.float64) for b in found.biases)
        )

    def optimizer_state(self) -> OptimizerState | None:
        """What the optimizer remembers before the next update, in float64, exact; None where it remembers nothing."""
        found = self._walker.state()
        if found is None:
            return None
        wide = ({name: array.astype(np.float64) for name, array in layer.items()} for layer in found.layers)
        return OptimizerState(found.updates, tuple(wide))

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
            optimizer=self.training.optimizer,
            optimizer_state=self.optimizer_state(),
        )

    @property
    def gauge(self) -> Gauge:
        """What measures the present network."""
        return self._walker.gauge

    def probe(self, name: tuple[str, int], make: Callable[[], Probe]) -> Probe:
        """The probe kept under ``name``; ``make`` makes it where there is none. The last few are kept."""
        found = self._probes.pop(name, None) or make()
        self._probes[name] = found
        if len(self._probes) > PROBES:
            del self._probes[next(iter(self._probes))]
        return found

    def measure(self) -> Measures:
        """How far the present parameters have come."""
        return self._walker.gauge.measure(self._walker.parameters())

    def checkpoint(self) -> bytes:
        """The present state, to be restored by a run of the same recipe and changes."""
        return write_checkpoint(self._walker)

    def restore_checkpoint(self, data: bytes) -> None:
        """Stand where ``data`` was made. Raises ``CheckpointError`` where it is damaged or of another run."""
        read_checkpoint(data, self._walker)
        self._reached = max(self._reached, self.position)

    def _next_look(self) -> int:
        """The update before which a stop rule has to be looked at: the end of this epoch or of a later one."""
        stop, epoch = self.training.stop, self.epoch + 1
        if not stop.needs_measuring:
            epoch = max(epoch, NEVER if stop.epochs is None else stop.epochs)
        return self.stretch.first_update(epoch)

    def _finished(self) -> str | None:
        epoch, row = self.stretch.place(self.position)
        if row or not self.position:
            return None
        stop, since = self.training.stop, self._walker.since
        return finished(stop, epoch, since, self._walker.measured if stop.needs_measuring else None)

    def _leg(self, end: int) -> bool:
        """Make updates towards ``end``; where a number stops being finite, stand before that update and say False."""
        walker, start = self._walker, self.position
        if self._diverged is not None and start == self._diverged.update:
            return False
        end = min(end, walker.next_keep, walker.next_change)
        walker.forward(end)
        if not is_calm([*walker.learner.numbers(), walker.costs.between(start, end)]):
            walker.back(start)
            self._look_closely(end)
        if self.position % walker.interval == 0:
            walker.keep()
        self._reached = max(self._reached, self.position)
        return self.position == end

    def _look_closely(self, end: int) -> None:
        """Update by update towards ``end``, until one holds a number that is not finite."""
        walker = self._walker
        while self.position < end:
            found = diverged(walker.learner.program(self.rows(), self.learning_rate), self.position)
            if found is not None:
                self._diverged = found
                return
            walker.forward(self.position + 1)

    def _diverged_since(self, start: int) -> Advanced:
        return Advanced(self._walker.costs.between(start, self.position), "diverged", "a number stopped being finite")
