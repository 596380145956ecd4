"""Neuron by neuron and term by term: against the screenplays string by string, and by what holds of any network."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from backprop_core import (
    TEXTBOOKS,
    LayerSpec,
    NetworkSpec,
    Parameters,
    Step,
    divergence,
    narrate,
    plans,
    step_count,
    trace_update,
)
from backprop_core.textbooks.pieces import Line, Matrix, Number, to_tex
from backprop_core.textbooks.scenes import Telling
from tests.core.standing import WITHOUT_EXAMPLES
from tests.core.strategies import Case, cases, filled
from tests.core.test_narration import requested
from tests.core.test_recombination import check_numbers

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parent / "golden" / "parts.json").read_text())
OF_EXAMPLE = {("catching-ai", 16): 2}
"""Steps whose golden entries speak of another example than the first."""
LENSES = list(TEXTBOOKS)
FINE = ("neuron", "term")
per_lens = pytest.mark.parametrize("lens", LENSES)
per_granularity = pytest.mark.parametrize("granularity", FINE)


def golden_entries() -> list[Any]:
    return [
        pytest.param(lens, entry, id=f"{lens}-{entry['step']}-{entry['granularity']}-{entry['label']}")
        for lens in LENSES
        if lens in GOLDEN
        for entry in GOLDEN[lens]["granularity"]
    ]


def parts_of(lens: str, entry: dict[str, Any]) -> list[Step]:
    example = OF_EXAMPLE.get((lens, entry["step"]), 0)
    trace = requested(GOLDEN[lens]["request"])
    steps = narrate(trace, entry["granularity"], lens, example)
    return [step for step in steps if step.part is not None and step.part.of == entry["step"]]


def result_of(line: Line) -> Any:
    """The number, or all of the matrix, in the ink outline."""
    last = line.numbers[-1]
    if isinstance(last, Number):
        return last.value
    assert isinstance(last, Matrix)
    return [cell.value for row in last.matrix for cell in row if cell is not None]


@pytest.mark.parametrize(("lens", "entry"), golden_entries())
def test_every_golden_part(lens: str, entry: dict[str, Any]) -> None:
    lines = [
        (step.part.label, line)
        for step in parts_of(lens, entry)
        for line in step.lines
        if step.part is not None and to_tex(line.symbols) == entry["symbols"]
    ]
    assert lines, f"no part is written {entry['symbols']}"
    label, line = lines[0]
    assert to_tex(line.numbers) == entry["numbers"]
    assert entry["label"] in (label, line.title)
    np.testing.assert_allclose(result_of(line), entry["value"], rtol=1e-12, atol=1e-15)


def told(case: Case, granularity: str, lens: str, example: int = 0) -> list[Step]:
    return list(narrate(case.trace(), granularity, lens, example))


@per_granularity
@per_lens
@settings(max_examples=10, deadline=None)
@given(case=cases())
def test_the_count_is_known_beforehand(lens: str, granularity: str, case: Case) -> None:
    trace = case.trace()
    steps = told(case, granularity, lens)
    counted = plans(trace, granularity, lens)
    assert len(steps) == step_count(trace, granularity, lens) == sum(plan.count for plan in counted)
    assert [step.index for step in steps] == list(range(len(steps)))
    of, within = zip(*[(step.part.of, step.part.index) for step in steps if step.part], strict=True)
    assert list(of) == [at for at, plan in enumerate(counted) for _ in range(plan.count)]
    assert list(within) == [at for plan in counted for at in range(plan.count)]
    assert len(counted) == len(list(narrate(trace, textbook=lens)))


def test_counting_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    trace = requested(GOLDEN["nielsen"]["request"])
    before = step_count(trace, "term")

    def refuse(*_: object) -> Telling:
        raise AssertionError("a step was told")

    monkeypatch.setitem(TEXTBOOKS, "nielsen", replace(TEXTBOOKS["nielsen"], tell=refuse))
    assert step_count(trace, "term") == before


@per_granularity
@per_lens
@settings(max_examples=8, deadline=None)
@given(case=cases(largest=3))
def test_any_window_is_what_stands_there(lens: str, granularity: str, case: Case) -> None:
    trace, steps = case.trace(), told(case, granularity, lens)
    for first in (0, 1, len(steps) // 2, len(steps) - 1, len(steps) + 5):
        window = narrate(trace, granularity, lens, first=first, count=2)
        assert [words_of(step) for step in window] == [words_of(step) for step in steps[first : first + 2]]


def words_of(step: Step) -> tuple[Any, ...]:
    return (step.index, step.name, step.part, step.symbols, step.numbers, step.sentence, step.writes, step.operands)


@per_granularity
@per_lens
@settings(max_examples=10, deadline=None)
@given(case=cases())
def test_the_parts_write_every_entry_once(lens: str, granularity: str, case: Case) -> None:
    trace = case.trace()
    steps = told(case, granularity, lens)
    for index, whole in enumerate(narrate(trace, textbook=lens)):
        written = [ref for step in steps if step.part and step.part.of == index for ref in step.writes]
        assert {":".join(ref.split(":")[:2]) for ref in written} == set(whole.writes)
        for ref in whole.writes:
            seen = [tuple(map(int, one.split(":")[2:])) for one in written if (one + ":").startswith(ref + ":")]
            assert sorted(seen) == entries(trace, ref, seen)


def entries(trace: Any, ref: str, seen: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Every index of the array, or of its rows where whole rows were written."""
    name, _, layer = ref.partition(":")
    if name in ("cost", "costs"):
        return [()]
    name = "error" if name == "example_bias_gradient" else name
    array = trace.memory[name, int(layer)]
    shape = array.shape if name in WITHOUT_EXAMPLES else array.shape[1:]
    return [tuple(map(int, at)) for at in np.ndindex(*shape[: len(seen[0])])]


@per_lens
@settings(max_examples=8, deadline=None)
@given(case=cases())
def test_what_was_added_is_the_sum(lens: str, case: Case) -> None:
    for example in range(len(case.inputs)):
        added: list[float] = []
        for step in told(case, "term", lens, example):
            assert step.part is not None
            if step.part.kind in ("product", "bias", "share"):
                added.append(step.result)
                if step.part.running is not None:
                    assert step.part.running == pytest.approx(sum(added), rel=1e-9, abs=1e-12)
                if step.writes:
                    added = []
            elif step.part.kind == "sum":
                assert sum(added) == pytest.approx(step.result, rel=1e-9, abs=1e-12)
                added = []
            else:
                assert not added


@per_granularity
@per_lens
@settings(max_examples=20, deadline=None)
@given(case=cases())
def test_the_numbers_of_every_part(lens: str, granularity: str, case: Case) -> None:
    for example in range(len(case.inputs)):
        for step in told(case, granularity, lens, example):
            check_numbers(step, case)


@per_granularity
@settings(max_examples=10, deadline=None)
@given(case=cases(largest=8, deepest=2))
def test_long_sums_keep_their_remainder(granularity: str, case: Case) -> None:
    for step in told(case, granularity, "nielsen"):
        check_numbers(step, case)


def test_softmax_goes_through_its_jacobian_and_has_its_short_form() -> None:
    spec = NetworkSpec(2, (LayerSpec(3, "softmax"),), cost="cross_entropy")
    trace = filled(spec, 3, 1).trace()
    rows = [step for step in narrate(trace, "neuron") if step.kind == "output_error"]
    assert [step.part.label for step in rows if step.part] == [
        *(f"row {j} of the Jacobian" for j in (1, 2, 3)),
        *(["one neuron"] * 3),
    ]
    a, y = trace.memory["activation", 1][0], trace.memory["target", 1][0]
    jacobian = np.diag(a) - np.outer(a, a)
    for j in range(3):
        np.testing.assert_allclose(rows[j].result, jacobian[j], rtol=1e-12)
        delta = rows[3 + j]
        assert delta.result == pytest.approx(float(sum(y) * a[j] - y[j]), rel=1e-9)
        assert delta.lines[-1].title == "For this cost and activation"
    entries_of = [step for step in narrate(trace, "term") if step.part and step.part.label.startswith("entry")]
    assert len(entries_of) == 9
    for step in entries_of:
        assert step.part is not None
        assert step.part.column is not None
        assert step.result == pytest.approx(jacobian[step.part.row, step.part.column], rel=1e-12)


def test_a_large_network_is_counted_and_told_lazily() -> None:
    spec = NetworkSpec(784, (LayerSpec(30), LayerSpec(10)))
    trace = filled(spec, 0, 1).trace()
    forward = 30 * (784 + 2) + 30 + 10 * (30 + 2) + 10
    backward = 11 + 10 + 10 + 30 * (10 + 2)
    gradients = 30 * 784 + 10 * 30 + 40
    assert step_count(trace, "term") == 784 + forward + backward + 2 * gradients
    last = next(narrate(trace, "term", first=step_count(trace, "term") - 1))
    assert last.kind == "bias_update"


def test_a_trace_that_breaks_off_ends_with_the_part_that_shows_it() -> None:
    spec = NetworkSpec(1, (LayerSpec(3, "identity"), LayerSpec(1, "identity")))
    weights = (np.array([[1.0], [1e308], [1.0]]), np.ones((1, 3)))
    trace = trace_update(spec, Parameters(weights, (np.zeros(3), np.zeros(1))), [[1e10]], [[0.0]])
    steps = list(narrate(trace, "term"))
    assert steps[-1].part is not None
    assert steps[-1].writes == ("weighted_input:1:1",)
    assert len(steps) == step_count(trace, "term")
    assert [remark.kind for remark in steps[-1].remarks] == ["not_finite"]
    stopped = divergence(trace, "term")
    assert stopped is not None
    assert stopped.step == len(steps) - 1
