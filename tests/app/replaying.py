"""The oracle of sessions: plain replay, every update made again by a trace, from the first parameters on.

It knows no snapshots, no checkpoints, no store and no run.
"""

import copy
from typing import Any

import numpy as np

from backprop_core import NetworkSpec, OptimizerSpec, OptimizerState, Parameters, Training, trace_update
from tests.app.driving import SPIRALS, run_of


class Replay:
    """A session as a list of changes, and the parameters before any update made from the first ones again."""

    def __init__(self) -> None:
        first = run_of(SPIRALS)
        self.train, self.spec, self.parameters = first.prepared.train, first.spec, first.parameters()
        self.training, self.seed = first.training, SPIRALS["data"]["seed"]
        self.changes: list[tuple[int, str, Any]] = []
        self.position = self.reached = 0
        self.ways: dict[int, Parameters] = {}

    def move(self, to: int) -> None:
        """Stand before update ``to``."""
        self.position = max(0, to)
        self.reached = max(self.reached, self.position)

    def change(self, what: str, value: Any) -> None:
        """Change something here, and forget what came after."""
        self.changes = [one for one in self.changes if one[0] <= self.position] + [(self.position, what, value)]
        self.reached = self.position

    def now(self) -> Parameters:
        """The parameters before the next update, all updates made again."""
        return self._played()[0]

    def in_force(self) -> Training:
        """The training before the next update."""
        return self._played()[1]

    def _played(self) -> tuple[Parameters, Training, NetworkSpec]:
        parameters, training, spec = copy.deepcopy(self.parameters), self.training, self.spec
        state: OptimizerState | None = None
        epoch, row = 0, 0
        for update in range(self.position + 1):
            for at, what, value in self.changes:
                if at == update:
                    parameters, training, spec, state = changed(parameters, training, spec, state, what, value)
            if update == self.position:
                break
            count = self.train.count
            size = min(training.batch_size or count, count)
            order = np.random.default_rng([self.seed, epoch]).permutation(count)
            if size == count and row == 0:
                order = np.arange(count)
            rows = order[row : row + size]
            trace = trace_update(
                spec,
                parameters,
                self.train.inputs[rows],
                self.train.targets[rows],
                learning_rate=training.learning_rate,
                optimizer=training.optimizer,
                optimizer_state=state,
            )
            after = trace.memory.successor()
            parameters, state = after.parameters(), after.state()
            row += size
            if row >= count:
                epoch, row = epoch + 1, 0
        return parameters, training, spec


def changed(
    parameters: Parameters, training: Training, spec: NetworkSpec, state: OptimizerState | None, what: str, value: Any
) -> tuple[Parameters, Training, NetworkSpec, OptimizerState | None]:
    """Everything after one change."""
    if what == "cost":
        return parameters, training, NetworkSpec(spec.inputs, spec.layers, value), state
    if what == "weight":
        weights = [one.copy() for one in parameters.weights]
        weights[0][1, 0] = value
        return Parameters(tuple(weights), parameters.biases), training, spec, state
    fields = {name: getattr(training, name) for name in ("learning_rate", "batch_size", "optimizer")} | {what: value}
    if what == "optimizer" and value != training.optimizer.name:
        state = None
    if what == "optimizer":
        fields["optimizer"] = OptimizerSpec(value)
    return parameters, Training(**fields), spec, state
