"""Making the run of a session: from the body that asks for it, and again from what the store kept of it.

A recipe is kept as the very body it was read from, with every default written out, and read by the same types.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.answers import encode
from app.limits import Limits
from app.problems import Problem
from app.sessions import budget
from app.sessions.bodies import SessionRequest
from app.sessions.recipes import complaining, recipe_of
from app.sessions.state import State, opened
from app.sessions.store import StorageUnreadable, Stored
from backprop_core import Change, CheckpointError, Run, SpecificationError

_REQUEST = TypeAdapter(SessionRequest)
_CHANGE = TypeAdapter(Change)


def made(wanted: SessionRequest, limits: Limits) -> tuple[bytes, Run]:
    """The recipe as it is kept, and its run before the first update. Raises ``Problem`` (422)."""
    recipe = recipe_of(wanted, limits)
    budget.check_recipe(recipe, limits)
    with complaining():
        return _REQUEST.dump_json(wanted), Run(recipe)


def loaded(session: Stored, state: State, limits: Limits) -> tuple[bytes, Run]:
    """The recipe of a stored session and its run, standing where ``state`` says. Raises ``StorageUnreadable``."""
    recipe = opened(session.recipe)
    checkpoint = None
    if state.kept is not None and session.checkpoint is not None:
        checkpoint = opened(session.checkpoint)
    try:
        wanted = _REQUEST.validate_json(recipe)
        changes = [change_of(change) for change in state.changes]
        run = Run.at(recipe_of(wanted, limits), changes, state.position, state.reached, checkpoint)
        if state.status == "diverged":
            run.move(state.position + 1)  # it cannot, and says where
    except (ValidationError, CheckpointError, SpecificationError, Problem, ValueError, IndexError) as error:
        raise StorageUnreadable("what was kept of this session cannot be read") from error
    return recipe, run


def change_of(kept: Mapping[str, Any]) -> Change:
    """A change as the engine has it. Raises ``ValidationError``."""
    return _CHANGE.validate_json(encode(kept))
