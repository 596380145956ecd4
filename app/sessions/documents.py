"""The document of a session: what its recipe fixes, made once, and where it stands, made anew.

A watcher's copy leaves the name out that drives.
"""

from dataclasses import asdict
from typing import Any

import orjson

from app.answers import encode, network_document
from app.sessions.live import Live
from app.sessions.registry import Opened
from backprop_core import DATASETS, Diverged, Run


def document(opened: Opened, progress: bytes | None = None) -> dict[str, Any]:
    """The whole document; ``progress`` as it was earlier, where an earlier answer is given again."""
    live = opened.live
    named = {"id": opened.name} if opened.may == "drive" else {}
    now = orjson.loads(progress) if progress is not None else progress_of(live)
    return {
        **named,
        "watch": live.watch,
        "may": opened.may,
        "recipe": orjson.Fragment(live.recipe),
        "data": orjson.Fragment(data_of(live)),
        **now,
    }


def progress_of(live: Live) -> dict[str, Any]:
    """What changes about a session."""
    run, state = live.run, live.state
    return {
        "revision": state.revision,
        "training": asdict(run.training),
        "network": network_document(run.spec),
        "changes": list(state.changes),
        "status": state.status,
        "reason": state.reason,
        "speed": state.speed,
        "update": run.position,
        "reached": run.reached,
        "epoch": run.epoch,
        "row": run.row,
        "updates_per_epoch": run.updates_per_epoch,
        "diverged": None if live.diverged is None else told(live.diverged, live.run.spec.depth),
        "step": state.step or {"by": "equation", "index": 0, "count": None},
    }


def told(found: Diverged, depth: int) -> dict[str, Any]:
    """Where a number stopped being finite, in words too: updates from 1, as people count, layers as every text does."""
    what = "∞" if found.value == float("inf") else "−∞" if found.value == float("-inf") else "not a number"
    quantity = found.quantity.replace("_", " ")
    layer = {0: " of the input", depth: " of the output layer"}.get(found.layer, f" of hidden layer {found.layer}")
    where = "" if found.quantity in ("cost", "costs") else layer
    return {
        "update": found.update,
        "layer": found.layer,
        "quantity": found.quantity,
        "sentence": f"In update {found.update + 1}, the {quantity}{where} became {what}.",
    }


def data_of(live: Live) -> bytes:
    """What the network learns from, in words and counts, encoded."""
    if live.data_document is None:
        live.data_document = encode(_data(live.run))
    return live.data_document


def _data(run: Run) -> dict[str, Any]:
    prepared, recipe = run.prepared, run.recipe.data
    known = DATASETS.get(recipe.name or "")
    return {
        "name": recipe.name,
        "words": "examples of your own" if known is None else known.words,
        "source": None if known is None else known.source,
        "licence": None if known is None else known.licence,
        "train": prepared.train.count,
        "test": prepared.test.count,
        "inputs": prepared.train.inputs.shape[1],
        "outputs": prepared.train.targets.shape[1],
        "classes": len(prepared.class_names),
        "input_names": prepared.input_names,
        "class_names": prepared.class_names,
        "encoding": prepared.encoding,
        "picture": None if known is None else known.picture,
        "is_regression": prepared.is_regression,
    }
