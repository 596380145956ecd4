"""A state machine does to a run what users do, in any order; after every act its numbers are those of a replay.

The replay makes every update from the first one on, by traces, with every change where it was made.
"""

from itertools import islice

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from backprop_core import Change, Edit, InitializationRecipe, Recipe, Run, Training
from tests.core.learning_oracle import bits, replay
from tests.core.test_run import DATA, SEVERAL, SPEC

TRAININGS = st.sampled_from(SEVERAL)


class Machine(RuleBasedStateMachine):
    """Everything a user can do to a run."""

    @initialize(training=TRAININGS, precision=st.sampled_from(["float64", "float32"]), seed=st.integers(0, 3))
    def begin(self, training: Training, precision: str, seed: int) -> None:
        chosen = InitializationRecipe("nielsen", seed)
        self.recipe = Recipe(SPEC, DATA, training, chosen, precision=precision)
        self.run = Run(self.recipe)
        self.changes: list[Change] = []
        self.known: list[list[bytes]] = []
        self.position = self.reached = 0
        self._forget()
        self.saved: list[tuple[int, int, bytes]] = []

    @rule(count=st.integers(0, 40))
    def advance(self, count: int) -> None:
        made = self.run.advance(count)
        assert len(made.costs) == count
        self._stands(self.position + count)

    @precondition(lambda self: self.position < 300)
    @rule(count=st.integers(200, 300))
    def advance_far(self, count: int) -> None:
        self.advance(count)

    @rule(share=st.floats(0, 1))
    def move_back(self, share: float) -> None:
        to = int(share * self.position)
        self.run.move(to)
        self._stands(to)

    @rule(more=st.integers(0, 30))
    def move_on(self, more: int) -> None:
        self.run.move(self.position + more)
        self._stands(self.position + more)

    @rule(training=TRAININGS)
    def train_otherwise(self, training: Training) -> None:
        self._changed(self.run.change(training=training))

    @rule(cost=st.sampled_from(["quadratic", "cross_entropy", "squared_error"]))
    def pay_otherwise(self, cost: str) -> None:
        self._changed(self.run.change(cost=cost))

    @rule(ref=st.sampled_from(["weights:1:2:1", "biases:2:0"]), value=st.floats(-1, 1, width=16))
    def set_one(self, ref: str, value: float) -> None:
        self._changed(self.run.change(parameters=[Edit(ref, value)]))

    @rule()
    def look(self) -> None:
        self.run.measure()
        self.run.trace()
        assert len(self.run.rows()) == len(self.run.batch()[0])

    @rule()
    def save(self) -> None:
        self.saved.append((self.position, len(self.changes), self.run.checkpoint()))

    @precondition(lambda self: self.saved)
    @rule(data=st.data())
    def restart(self, data: st.DataObject) -> None:
        fitting = [data_ for at, changes, data_ in self.saved if at <= self.position and changes <= len(self.changes)]
        checkpoint = data.draw(st.sampled_from([None, *fitting]))
        self.run = Run.at(self.recipe, self.changes, self.position, self.reached, checkpoint)

    @invariant()
    def it_is_where_a_replay_leads(self) -> None:
        assert (self.run.position, self.run.reached) == (self.position, self.reached)
        assert bits(self.run.parameters()) == self._wanted(self.position)

    @invariant()
    def it_knows_its_changes(self) -> None:
        assert list(self.run.changes) == self.changes

    def _forget(self) -> None:
        self.replay, self.known = replay(self.recipe, self.changes), []

    def _wanted(self, position: int) -> list[bytes]:
        self.known += [bits(one) for one in islice(self.replay, max(0, position + 1 - len(self.known)))]
        return self.known[position]

    def _stands(self, position: int) -> None:
        self.position = position
        self.reached = max(self.reached, position)

    def _changed(self, change: Change) -> None:
        assert change.at == self.position
        self.changes = [one for one in self.changes if one.at <= self.position] + [change]
        self.reached = self.position
        self._forget()
        # A checkpoint of what is forgotten now is of other changes, even where it stands before them.
        self.saved = [one for one in self.saved if one[0] <= self.position]


Machine.TestCase.settings = settings(
    max_examples=20, stateful_step_count=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
test_any_way_leads_to_the_same_numbers = pytest.mark.slow(Machine.TestCase)
