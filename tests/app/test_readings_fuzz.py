"""Whatever file comes: it is read, or refused by line and column in clean words; never a fault.

Files are drawn ragged, huge, binary, quoted, hostile; what the answer says is held against the text that was sent.
"""

import json
import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

READINGS = "/api/v1/datasets/readings"
HOSTILE = [
    "",
    " ",
    "0",
    "1",
    "-2.5",
    "3,5",
    "1e400",
    "-1e400",
    "1e308",
    "NaN",
    "inf",
    "-Infinity",
    "1.234.567,8",
    "1,234.5",
    "1 000",
    "0x1F",
    "1_000",
    "١٢٣",
    "５",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "+1+1",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</textarea>",
    "{{7*7}}",
    "$\\href{javascript:1}{x}$",
    "a",
    "b",
    "setosa",
    "'; DROP TABLE x; --",
    '"',
    '""',
    '"quoted"',
    '"with ""quotes"""',
    '"never closed',
    '"two\nlines"',
    '"sep;arat,or\t|"',
    'half " quote',
    '"closed" more',
    "\x1b[31m",
    "\u202e",
    "\u200b",
    "\ufeff",
    "é",
    "日本",
    "x" * 1100,
    "9" * 400,
    "NA",
    "?",
]
SEPARATORS = [",", ";", "\t", "|"]
ENDS = ["\n", "\r\n", "\r", "\n\n", "\u2028", "\x0b"]
LONGEST_NAME, LARGEST = 40, 2**21

kinds = st.one_of(st.sampled_from(["a", "b"]), st.sampled_from(["0", "1", "2"]), st.floats(0, 1).map(str))
characters = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12)
anything = st.one_of(st.sampled_from(HOSTILE), characters, st.floats().map(str))


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A table that would be read, and a few things done to it: hostile cells, ragged rows, binary, repetition."""
    width, separator = draw(st.integers(1, 5)), draw(st.sampled_from(SEPARATORS))
    numbers = st.one_of(st.integers(-99, 99), st.floats(-1e6, 1e6)).map(str)
    if draw(st.booleans()):
        numbers = numbers.map(lambda number: number.replace(".", ","))
    row = st.tuples(*[numbers] * width, draw(st.sampled_from([kinds, st.sampled_from(["a", "b"])])))
    table = [list(cells) for cells in draw(st.lists(row, min_size=draw(st.integers(0, 6)), max_size=14))]
    heading = draw(st.sampled_from(["none", "plain", "hostile"]))
    if heading == "plain":
        table.insert(0, [f"name {at}" for at in range(width + 1)])
    elif heading == "hostile":
        table.insert(0, [*draw(st.lists(anything, min_size=width, max_size=width)), draw(anything)])
    damages = st.lists(st.sampled_from(["cell", "cell", "more", "less", "blank"]), max_size=2)
    for damage in draw(damages) if table else ():
        at = draw(st.integers(0, len(table) - 1))
        if damage == "blank":
            table.insert(at, [])
        elif damage == "more":
            table[at].append(draw(anything))
        elif table[at]:
            place = draw(st.integers(0, len(table[at]) - 1))
            table[at][place : place + 1] = [draw(anything)] if damage == "cell" else []
    end = draw(st.sampled_from(ENDS[:3]))
    ends = [draw(st.sampled_from(ENDS)) if draw(st.integers(0, 60)) == 59 else end for _ in table]
    text = "".join(separator.join(cells) + one for cells, one in zip(table, ends, strict=True))
    text *= min(draw(st.sampled_from([1] * 9 + [700, 90_000])), LARGEST // max(len(text), 1) + 1)
    body = text.encode("utf-8", "surrogatepass")[:LARGEST]
    if draw(st.integers(0, 15)) == 15:
        at = draw(st.integers(0, len(body)))
        body = body[:at] + draw(st.binary(min_size=1, max_size=8)) + body[at:]
    return draw(st.sampled_from([b""] * 20 + [b"\xef\xbb\xbf", b"\xff\xfe"])) + body


queries = st.fixed_dictionaries(
    {},
    optional={
        "separator": st.sampled_from(["auto", "auto", "auto", "comma", "semicolon", "tab", "pipe"]),
        "decimal": st.sampled_from(["auto", "point", "comma"]),
        "header": st.sampled_from(["auto", "yes", "no"]),
        "learn": st.sampled_from(["auto", "classes", "values"]),
        "target": st.sampled_from(["1", "2", "setosa"]),
        "cells": st.sampled_from(["yes", "no"]),
    },
)


@pytest.mark.slow
@given(files(), queries)
@settings(max_examples=1000, deadline=None, derandomize=True, database=None)
def test_every_file_is_read_or_refused_by_its_place(client: TestClient, body: bytes, query: dict[str, str]) -> None:
    answer = client.post(READINGS, content=body, params=query, headers={"content-type": "text/csv"})
    if answer.status_code == 200:
        _check_examples(answer.json()["examples"])
        return
    problem = answer.json()
    if answer.status_code == 413:  # so large that nobody looked into it: the limit is named instead
        assert problem["limit"]["name"] == "table_bytes"
        return
    assert answer.status_code == 422, answer.text
    assert problem["type"] in ("unreadable-table", "table-too-large", "invalid-value")
    lines = len(re.findall(b"\r\n|\r|\n", body)) + 1
    for one in problem["errors"]:
        assert one["detail"].isprintable(), one
        assert len(one["detail"]) < 300
        if problem["type"] == "invalid-value":
            assert one["parameter"] in ("target", "inputs")
            continue
        assert 1 <= one["line"] <= lines
        assert 1 <= one["column"] <= 257
        assert one["detail"].startswith(f"Line {one['line']}, column {one['column']}: ")
    assert len(problem["errors"]) <= 20


def _check_examples(examples: dict[str, object]) -> None:
    """What was read can be learned from: whole, finite, every class named, every name clean and different."""
    inputs, names = examples["inputs"], examples["input_names"]
    assert isinstance(inputs, list)
    assert isinstance(names, list)
    assert inputs
    assert {len(row) for row in inputs} == {len(names)}
    assert all(math.isfinite(value) for row in inputs for value in row)
    assert len(set(names)) == len(names) >= 1
    assert all(name and name.isprintable() and len(name) < LONGEST_NAME + 8 for name in names)
    if "values" in examples:
        values = examples["values"]
        assert isinstance(values, list)
        assert all(math.isfinite(value) for (value,) in values)
        assert len(values) == len(inputs)
        return
    classes, called = examples["classes"], examples["class_names"]
    assert isinstance(classes, list)
    assert isinstance(called, list)
    assert len(classes) == len(inputs)
    assert set(classes) == set(range(len(called)))
    assert len(set(called)) == len(called) >= 2
    assert all(name and name.isprintable() for name in called)


def test_an_answer_is_json_whatever_was_named(client: TestClient) -> None:
    names = [cell for cell in HOSTILE if cell.isprintable() and '"' not in cell and ";" not in cell and len(cell) < 90]
    head = ";".join(f"{cell}" for cell in names)
    rows = "".join(";".join(["1"] * (len(names) - 1) + [kind]) + "\n" for kind in ("a", "b"))
    answer = client.post(
        READINGS, content=f"{head}\n{rows}", params={"header": "yes"}, headers={"content-type": "text/csv"}
    )
    assert answer.status_code == 200, answer.text
    assert len(json.loads(answer.content)["columns"]) == len(names)
