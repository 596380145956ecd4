"""Checkpoints: where a run stands and all its numbers there as bytes, to be stood upon again by the same run.

The costs so far are part of it: a curve is not drawn anew by training again.
"""

import hashlib
import json
import math
from dataclasses import asdict
from typing import Any

import numpy as np

from backprop_core.activations import Array
from backprop_core.learning.learner import numbers_of
from backprop_core.learning.packing import CheckpointError, pack, unpack
from backprop_core.learning.snapshots import Snapshot
from backprop_core.learning.stretches import Stretch
from backprop_core.learning.walker import Walker
from backprop_core.memory import Memory


def write_checkpoint(walker: Walker) -> bytes:
    """Where ``walker`` stands, its numbers there and the cost of every update before."""
    state = walker.state()
    header = {
        "made_by": _fingerprint(walker, walker.applied),
        "applied": walker.applied,
        "position": walker.position,
        "updates": 0 if state is None else state.updates,
        "best": walker.best if math.isfinite(walker.best) else None,
        "since": walker.since,
    }
    return pack(header, [walker.costs.between(0, walker.position), *walker.learner.numbers()])


def read_checkpoint(data: bytes, walker: Walker) -> None:
    """Let ``walker`` stand where ``data`` was made.

    Raises ``CheckpointError`` where it is damaged, or made by a run of another recipe or of other changes; the
    walker then stands where it stood.
    """
    header, arrays = unpack(data)
    try:
        applied, position = _count(header["applied"]), _count(header["position"])
        if applied > len(walker.timeline.changes) or header["made_by"] != _fingerprint(walker, applied):
            raise CheckpointError("the checkpoint is of another recipe, or of other changes")
        ends = [0, *(change.at for change in walker.timeline.changes), max(position, 0)]
        if not ends[applied] <= position <= max(ends[applied + 1], ends[applied]):
            raise CheckpointError("the checkpoint does not stand where its changes were made")
        costs, *numbers = arrays
        if costs.shape != (position,) or costs.dtype != np.float64:
            raise CheckpointError("the checkpoint has other costs than updates")
        held = _snapshot(header, numbers, walker.timeline.stretches[applied], walker.recipe.precision)
    except (KeyError, TypeError, ValueError) as error:
        raise (
            error if isinstance(error, CheckpointError) else CheckpointError("the checkpoint cannot be read")
        ) from error
    walker.stand(held, applied)
    walker.costs.write(0, costs)
    walker.apply_due()
    walker.keep()


def _snapshot(header: dict[str, Any], numbers: list[Array], stretch: Stretch, precision: str) -> Snapshot:
    """The state in ``numbers``: those of the network and the optimizer in force, as a learner lists them."""
    memory = Memory(stretch.spec, 1, precision, stretch.training.optimizer)
    names = numbers_of(stretch.spec, stretch.training.optimizer)
    if [(array.shape, array.dtype) for array in numbers] != [(memory[name].shape, memory.dtype) for name in names]:
        raise CheckpointError("the checkpoint has other numbers than the network")
    for name, array in zip(names, numbers, strict=True):
        memory[name][...] = array
    if memory.optimizer.counts:
        memory["updates_made", stretch.spec.depth][...] = _count(header["updates"])
    best = math.inf if header["best"] is None else float(header["best"])
    return Snapshot(header["position"], memory.parameters(), memory.state(), best, _count(header["since"]))


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("no count")
    return value


def _fingerprint(walker: Walker, applied: int) -> str:
    """Recipe and changes in one word: the same for the same numbers only."""
    made_by = [walker.digest, [asdict(change) for change in walker.timeline.changes[:applied]]]
    return hashlib.sha256(json.dumps(made_by).encode()).hexdigest()
