"""What can be read off a session beside its document: its costs so far, and the data it learns from.

Long curves are thinned so that their extremes stay; large data are cut, and the answer says how much there is.
"""

from itertools import pairwise
from typing import Any

import numpy as np

from app.limits import Limits
from app.sessions.live import Live
from backprop_core import Part

Floats = np.ndarray[Any, np.dtype[np.float64]]


def history(live: Live, points: int) -> dict[str, Any]:
    """The costs of the known updates in about so many points, the samples and the changes."""
    costs = live.run.costs
    kept = thinned(costs, points)
    return {
        "costs": {"updates": kept, "values": costs[kept]},
        "samples": list(live.samples),
        "changes": list(live.state.changes),
    }


def thinned(values: Floats, points: int) -> np.ndarray[Any, np.dtype[np.intp]]:
    """The indices of at most ``points`` + 2 values: of every stretch the lowest and the highest, and both ends."""
    count = len(values)
    if count <= points:
        return np.arange(count)
    edges = np.linspace(0, count, max(1, points // 2) + 1).astype(int)
    lowest, highest = np.nan_to_num(values, nan=np.inf), np.nan_to_num(values, nan=-np.inf)
    kept = {0, count - 1}
    for low, high in pairwise(edges):
        kept |= {low + int(np.argmin(lowest[low:high])), low + int(np.argmax(highest[low:high]))}
    return np.array(sorted(kept))


def data(live: Live, limits: Limits) -> dict[str, Any]:
    """The examples, as they are and as they are fed; of the training examples as many as there is room for."""
    prepared = live.run.prepared
    width = 2 * prepared.train.inputs.shape[1] + prepared.train.targets.shape[1]
    room = max(1, limits.session_data_numbers // width)
    test = min(prepared.test.count, room)
    train = min(prepared.train.count, max(1, room - test))
    return {
        "train": _part(prepared.train, prepared.raw_train, train),
        "test": _part(prepared.test, prepared.raw_test, test),
        "input_names": prepared.input_names,
        "class_names": prepared.class_names,
        "shift": prepared.shift,
        "scale": prepared.scale,
    }


def _part(part: Part, raw: Floats, shown: int) -> dict[str, Any]:
    answers = {"values": part.targets[:shown]} if part.classes is None else {"classes": part.classes[:shown]}
    return {"count": part.count, "inputs": part.inputs[:shown], "raw": raw[:shown], **answers}
