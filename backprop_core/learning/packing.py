"""Packing: a header and arrays as bytes, and back, with everything checked before a number is believed.

Magic, version, length and a checksum stand before a header in JSON and the arrays; nothing is unpickled.
"""

import hashlib
import json
import math
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np

from backprop_core.activations import Array

MAGIC = b"BackscpR"
VERSION = 1
KINDS = ("<f8", "<f4")
_HEAD = struct.Struct("<8sIQ32s")
_LENGTH = struct.Struct("<I")


class CheckpointError(ValueError):
    """Bytes that are no checkpoint of this run: damaged, of another version, or of another recipe."""


def pack(header: dict[str, Any], arrays: Sequence[Array]) -> bytes:
    """The bytes of ``header`` and ``arrays`` of floating numbers, little-endian."""
    plain = [np.ascontiguousarray(array, dtype=f"<f{array.itemsize}") for array in arrays]
    head = json.dumps(header | {"arrays": [[array.dtype.str, array.shape] for array in plain]}).encode()
    body = b"".join([_LENGTH.pack(len(head)), head, *(array.tobytes() for array in plain)])
    return _HEAD.pack(MAGIC, VERSION, len(body), hashlib.sha256(body).digest()) + body


def unpack(data: bytes) -> tuple[dict[str, Any], list[Array]]:
    """Header and arrays of ``data``; raises ``CheckpointError`` for anything else than what ``pack`` made."""
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
    except (AttributeError, KeyError, OverflowError, RecursionError, TypeError, ValueError, struct.error) as error:
        raise CheckpointError("the checkpoint cannot be read") from error


def _read(body: bytes) -> tuple[dict[str, Any], list[Array]]:
    (size,) = _LENGTH.unpack_from(body)
    at = _LENGTH.size + size
    header, arrays = json.loads(body[_LENGTH.size : at]), []
    for kind, shape in header.pop("arrays"):
        if kind not in KINDS or not all(type(n) is int and n >= 0 for n in shape):
            raise ValueError(kind)
        count = math.prod(shape)
        arrays.append(np.frombuffer(body, kind, count, at).reshape(shape))
        at += count * np.dtype(kind).itemsize
    if at != len(body):
        raise ValueError("other bytes than the arrays")
    return header, arrays
