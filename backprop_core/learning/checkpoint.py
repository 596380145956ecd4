"""Checkpoints: the state of a run as bytes, and back, with everything checked before a number is believed.

Magic, version, length and a checksum stand before a header in JSON and the arrays; nothing is unpickled.
"""

import hashlib
import json
import math
import struct
from dataclasses import asdict
from typing import Any

import numpy as np

from backprop_core.activations import Array
from backprop_core.learning.snapshots import Snapshot
from backprop_core.learning.stretches import Stretch
from backprop_core.learning.walker import Walker
from backprop_core.memory import state_shapes
from backprop_core.network import Parameters
from backprop_core.optimizer_spec import OptimizerState

Held = tuple[dict[str, Any], tuple[Array, ...]]

MAGIC = b"BackscpR"
VERSION = 1
_HEAD = struct.Struct("<8sIQ32s")
_LENGTH = struct.Struct("<I")


class CheckpointError(ValueError):
    """Bytes that are no checkpoint of this run: damaged, of another version, or of another recipe."""


def _pack(header: dict[str, Any], arrays: list[Array]) -> bytes:
    """The bytes of ``header`` and ``arrays``, little-endian."""
    kinds = [[array.dtype.str.replace(">", "<"), list(array.shape)] for array in arrays]
    head = json.dumps(header | {"arrays": kinds}).encode()
    parts = [np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")).tobytes() for array in arrays]
    body = _LENGTH.pack(len(head)) + head + b"".join(parts)
    return _HEAD.pack(MAGIC, VERSION, len(body), hashlib.sha256(body).digest()) + body


def _unpack(data: bytes) -> Held:
    """What ``data`` holds; raises ``CheckpointError`` for anything else than what ``_pack`` made."""
    if len(data) < _HEAD.size:
        raise CheckpointError("the checkpoint is cut off")
    magic, version, length, digest = _HEAD.unpack_from(data)
    body = data[_HEAD.size :]
    if magic != MAGIC:
        raise CheckpointError("these bytes are no checkpoint")
    if version != VERSION:
        raise CheckpointError(f"a checkpoint of version {version}; this program reads version {VERSION}")
    if length != len(body):
        raise CheckpointError(f"the checkpoint says it has {length} bytes and has {len(body)}")
    if hashlib.sha256(body).digest() != digest:
        raise CheckpointError("the checkpoint is damaged: its checksum does not fit")
    try:
        return _read(body)
    except (KeyError, TypeError, ValueError, struct.error) as error:
        raise CheckpointError("the checkpoint cannot be read") from error


def _read(body: bytes) -> Held:
    (size,) = _LENGTH.unpack_from(body)
    header = json.loads(body[_LENGTH.size : _LENGTH.size + size])
    at, arrays = _LENGTH.size + size, []
    for kind, shape in header.pop("arrays"):
        if kind not in ("<f8", "<f4") or not all(isinstance(n, int) and n >= 0 for n in shape):
            raise ValueError(kind)
        count = math.prod(shape)
        arrays.append(np.frombuffer(body, kind, count, at).reshape(shape))
        at += count * np.dtype(kind).itemsize
    if at != len(body):
        raise ValueError("more bytes than arrays")
    return header, tuple(arrays)


def write_checkpoint(walker: Walker) -> bytes:
    """Where ``walker`` stands, its state there and the cost of every update before."""
    held = walker.snapshot()
    header = {
        "made_by": _fingerprint(walker, walker.applied),
        "applied": walker.applied,
        "position": held.position,
        "updates": None if held.state is None else held.state.updates,
        "best": held.best if math.isfinite(held.best) else None,
        "since": held.since,
    }
    remembered = [] if held.state is None else [array for layer in held.state.layers for array in layer.values()]
    costs = walker.costs.between(0, held.position)
    return _pack(header, [costs, *held.parameters.weights, *held.parameters.biases, *remembered])


def read_checkpoint(data: bytes, walker: Walker) -> None:
    """Let ``walker`` stand where ``data`` was made.

    Raises ``CheckpointError`` where it is damaged, or made by a run of another recipe or of other changes.
    """
    header, arrays = _unpack(data)
    try:
        applied = header["applied"]
        if not 0 <= applied <= len(walker.timeline.changes) or header["made_by"] != _fingerprint(walker, applied):
            raise CheckpointError("the checkpoint is of another recipe, or of other changes")
        held = _snapshot(header, list(arrays[1:]), walker.timeline.stretches[applied])
    except (IndexError, KeyError, TypeError) as error:
        raise CheckpointError("the checkpoint cannot be read") from error
    walker.stand(held, applied)
    walker.costs.write(0, arrays[0])
    walker.apply_due()
    walker.keep()


def _snapshot(header: dict[str, Any], arrays: list[Array], stretch: Stretch) -> Snapshot:
    spec, optimizer = stretch.spec, stretch.training.optimizer
    weights = tuple(arrays.pop(0) for _ in range(spec.depth))
    biases = tuple(arrays.pop(0) for _ in range(spec.depth if spec.bias else 0))
    state = None
    if header["updates"] is not None:
        layers: tuple[dict[str, Array], ...] = tuple({} for _ in range(spec.depth))
        for name, l in state_shapes(spec, optimizer):
            layers[l - 1][name] = arrays.pop(0)
        state = OptimizerState(header["updates"], layers)
    best = math.inf if header["best"] is None else header["best"]
    return Snapshot(header["position"], Parameters(weights, biases), state, best, header["since"])


def _fingerprint(walker: Walker, applied: int) -> str:
    """Recipe and changes in one word: the same for the same numbers only."""
    made_by = [asdict(walker.recipe), [asdict(change) for change in walker.timeline.changes[:applied]]]
    return hashlib.sha256(json.dumps(made_by, default=_hashed, sort_keys=True).encode()).hexdigest()


def _hashed(value: object) -> str:
    array = np.asarray(value)
    return f"{array.dtype.str}{array.shape}{hashlib.sha256(array.tobytes()).hexdigest()}"
