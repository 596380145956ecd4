"""Checkpoints: a run goes on from its bytes as if nothing had happened, and from no other bytes."""

import hashlib
import json
import struct
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_core import (
    CheckpointError,
    DataRecipe,
    Edit,
    InitializationRecipe,
    LayerSpec,
    NetworkSpec,
    OptimizerSpec,
    Recipe,
    Run,
    Stop,
    Training,
)
from tests.core.learning_oracle import bits

SPEC = NetworkSpec(2, (LayerSpec(3, "tanh"), LayerSpec(2, "softmax")), "cross_entropy")
HEAD = struct.Struct("<8sIQ32s")


def recipe(rule: str = "adam", precision: str = "float64", seed: int = 1) -> Recipe:
    training = Training(0.02, 4, OptimizerSpec(rule), stop=Stop(patience=1000))
    return Recipe(
        SPEC, DataRecipe("moons", count=14), training, InitializationRecipe("nielsen", seed), precision=precision
    )


@pytest.fixture(scope="module")
def good() -> bytes:
    run = Run(recipe())
    run.advance(50)
    return run.checkpoint()


def refused(data: bytes, words: str = ".") -> None:
    run = Run(recipe())
    run.advance(7)
    before, costs = bits(run.parameters()), run.costs.copy()
    with pytest.raises(CheckpointError, match=words):
        run.restore_checkpoint(data)
    assert (run.position, run.reached) == (7, 7)
    assert bits(run.parameters()) == before
    run.advance(5)
    assert np.array_equal(run.costs[:7], costs)


@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize("rule", ["gradient_descent", "momentum", "rmsprop", "adamw"])
def test_a_run_goes_on_from_its_bytes(rule: str, precision: str) -> None:
    run = Run(recipe(rule, precision))
    run.advance(31)
    held = run.checkpoint()
    again = Run(recipe(rule, precision))
    again.restore_checkpoint(held)
    assert (again.position, again.reached) == (31, 31)
    assert again.checkpoint() == held
    run.advance(100)
    again.advance(100)
    assert bits(again.parameters()) == bits(run.parameters())
    assert again.costs.tobytes() == run.costs.tobytes()
    again.move(12)
    run.move(12)
    assert bits(again.parameters()) == bits(run.parameters())


def test_a_restart_knows_its_changes() -> None:
    run = Run(recipe())
    run.advance(20)
    before_the_change = run.checkpoint()
    run.change(parameters=[Edit("biases:1:1", 0.25)])
    after_the_change = run.checkpoint()
    run.advance(20)
    run.change(training=Training(0.1, 3, OptimizerSpec("momentum")))
    run.advance(30)
    for held in (None, before_the_change, after_the_change, run.checkpoint()):
        again = Run.at(run.recipe, run.changes, 70, 70, held)
        assert bits(again.parameters()) == bits(run.parameters())
        assert again.changes == run.changes
        assert again.costs.tobytes() == run.costs.tobytes()


def test_reached_lies_further_than_the_position() -> None:
    run = Run(recipe())
    run.advance(60)
    run.move(20)
    again = Run.at(run.recipe, (), 20, 60, run.checkpoint())
    assert (again.position, again.reached, len(again.costs)) == (20, 60, 60)
    assert np.isnan(again.costs[20:]).all()
    again.move(60)
    assert again.costs.tobytes() == run.costs.tobytes()
    assert len(Run.at(run.recipe, (), 3, 5000).costs) == 5000


def test_bytes_of_another_run_are_refused() -> None:
    run = Run(recipe(seed=2))
    run.advance(10)
    refused(run.checkpoint(), "another recipe")
    run = Run(recipe())
    run.advance(10)
    run.change(parameters=[Edit("biases:1:1", 0.25)])
    refused(run.checkpoint(), "other changes")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda data: b"", "cut off"),
        (lambda data: data[:40], "cut off"),
        (lambda data: b"PK" + data[2:], "no checkpoint"),
        (lambda data: data[:8] + b"\2\0\0\0" + data[12:], "version 2"),
        (lambda data: data[:-1], "bytes"),
        (lambda data: data + b"\0", "bytes"),
    ],
    ids=["empty", "short", "magic", "version", "shorter", "longer"],
)
def test_what_is_wrong_with_the_bytes_is_said(good: bytes, spoil: Callable[[bytes], bytes], words: str) -> None:
    refused(spoil(good), words)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_damaged_byte_is_believed(good: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(good) - 1))
    bit = data.draw(st.integers(0, 7))
    spoilt = bytearray(good)
    spoilt[place] ^= 1 << bit
    with pytest.raises(CheckpointError):
        Run(recipe()).restore_checkpoint(bytes(spoilt))


@settings(max_examples=200, deadline=None)
@given(body=st.binary(max_size=300))
def test_no_bytes_at_all_do_harm_though_their_checksum_fits(body: bytes) -> None:
    sealed = HEAD.pack(b"BackscpR", 1, len(body), hashlib.sha256(body).digest()) + body
    with pytest.raises(CheckpointError):
        Run(recipe()).restore_checkpoint(sealed)


def resealed(data: bytes, header: object, arrays: bytes | None = None) -> bytes:
    """``data`` with another header and, where given, other arrays, under a checksum that fits."""
    body = data[HEAD.size :]
    (size,) = struct.unpack_from("<I", body)
    head = header if isinstance(header, bytes) else json.dumps(header).encode()
    body = struct.pack("<I", len(head)) + head + (body[4 + size :] if arrays is None else arrays)
    return HEAD.pack(b"BackscpR", 1, len(body), hashlib.sha256(body).digest()) + body


def header_of(data: bytes) -> dict[str, Any]:
    (size,) = struct.unpack_from("<I", data, HEAD.size)
    found: dict[str, Any] = json.loads(data[HEAD.size + 4 : HEAD.size + 4 + size])
    return found


def test_the_same_header_sealed_anew_is_read(good: bytes) -> None:
    run = Run(recipe())
    run.restore_checkpoint(resealed(good, header_of(good)))
    assert run.position == 50


@pytest.mark.parametrize(
    "change",
    [
        {"position": 51},
        {"position": -1},
        {"position": "50"},
        {"position": 50.0},
        {"position": True},
        {"applied": 1},
        {"applied": -1},
        {"applied": None},
        {"updates": -3},
        {"updates": "many"},
        {"since": -1},
        {"since": [1]},
        {"best": "low"},
        {"best": {}},
        {"made_by": None},
        {"arrays": []},
        {"arrays": None},
        {"arrays": [["<f8", [1 << 62]]]},
        {"arrays": [["<f8", [-1]]]},
        {"arrays": [["|O", [3]]]},
        {"arrays": [["<f8", ["3"]]]},
        {"arrays": [["<f8"]]},
        {"arrays": "abc"},
    ],
    ids=str,
)
def test_no_header_is_believed_because_its_checksum_fits(good: bytes, change: dict[str, object]) -> None:
    refused(resealed(good, header_of(good) | change))


@pytest.mark.parametrize("head", [b"", b"[]", b"null", b"{", b"\xff\xfe", b"[" * 100_000, b'{"arrays": 1}'])
def test_no_header_of_another_form_is_read(good: bytes, head: bytes) -> None:
    refused(resealed(good, head))


def test_arrays_of_other_shapes_are_refused(good: bytes) -> None:
    header = header_of(good)
    header["arrays"][1], header["arrays"][2] = header["arrays"][2], header["arrays"][1]
    refused(resealed(good, header), "other numbers")
    header = header_of(good)
    header["arrays"] = [[kind.replace("8", "4"), shape] for kind, shape in header["arrays"]]
    (size,) = struct.unpack_from("<I", good, HEAD.size)
    numbers = np.frombuffer(good, "<f8", offset=HEAD.size + 4 + size).astype("<f4")
    refused(resealed(good, header, numbers.tobytes()), "other")
