"""An inspection: what it says of a number holds, in every text, and agrees with the screenplay.

Displayed products are multiplied out again, sums added up, and links followed there and back.
"""

import json
from math import prod
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_core import (
    TEXTBOOKS,
    LayerSpec,
    NetworkSpec,
    Parameters,
    SpecificationError,
    Trace,
    UnknownReference,
    inspect,
    strongest_paths,
    trace_update,
)
from backprop_core.textbooks.pieces import Line, Number
from tests.core import test_narration as nielsen
from tests.core.strategies import Case, cases, filled
from tests.core.test_links import every_number

GOLDEN = json.loads((Path(__file__).parent / "golden" / "panels.json").read_text())


def values(line: Line) -> list[float]:
    return [piece.value for piece in line.numbers if isinstance(piece, Number)]


def same(one: float, other: float, scale: float = 0.0) -> bool:
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other), scale) + 1e-300


@settings(max_examples=40, deadline=None)
@given(cases(largest=3), st.sampled_from(list(TEXTBOOKS)), st.data())
def test_what_is_said_of_a_number_holds(case: Case, textbook: str, data: st.DataObject) -> None:
    trace = case.trace()
    example = data.draw(st.integers(0, trace.batch_size - 1))
    one = data.draw(st.sampled_from(list(every_number(trace))))
    found = inspect(trace, str(one), textbook, example)
    assert found.shown in found.facts
    assert found.shown.value == one.value(trace.memory, example) * found.shown.scale
    assert found.shown.tex
    if found.product is not None:
        *factors, result = values(found.product)
        assert same(prod(factors), result, 1e-12)
    if found.paths is not None:
        paths = found.paths
        largest = max(abs(path.product) for path in paths.strongest)
        assert paths.gradient.value is not None
        assert same(paths.sum, paths.gradient.value, largest)
        assert same(sum(path.product for path in paths.strongest) + paths.remainder, paths.sum, largest)
        for path in paths.strongest:
            assert same(prod(values(path.line)), path.product, 1e-12)
    for source in found.sources.numbers:
        to = inspect(trace, source.ref, textbook, example).targets
        assert str(one) in {each.ref for each in to.numbers} or to.total > len(to.numbers)
    if found.examples is not None and found.examples.mean is not None:
        told = [row.value for row in found.examples.rows if row.value is not None]
        assert same(float(np.mean(told)), found.examples.mean.value or 0.0, max(abs(value) for value in told))


def test_the_paths_are_those_of_the_screenplay() -> None:
    golden = GOLDEN["paths"]
    for found in (inspect(nielsen.TRACE, "weights:1:1:0").paths, strongest_paths(nielsen.TRACE, "weights:1:1:0")):
        assert found is not None
        assert (found.number, found.remainder) == ("2", 0.0)
        assert found.sum == pytest.approx(golden["central_difference"], rel=1e-9)
        for path, wanted in zip(found.strongest, golden["paths"], strict=True):
            assert path.neurons[-1] == (2, wanted["through_output"] - 1)
            np.testing.assert_allclose(values(path.line), wanted["factors"], rtol=1e-12)
            assert path.product == pytest.approx(wanted["product"], rel=1e-12)


@pytest.mark.parametrize(
    ("ref", "kind", "words"),
    [
        ("weights:1:0:1", "zero_input", "aᵢₙ = 0"),
        ("weights:2:1:0", "saturated", "σ′ = 0.00847"),
        ("activation:1:2", "saturated", "σ′ = 0.002467"),
    ],
)
def test_why_a_weight_learns_slowly_is_said_with_its_numbers(ref: str, kind: str, words: str) -> None:
    assert [words in reason.text for reason in inspect(nielsen.TRACE, ref).reasons if reason.kind == kind] == [True]
    assert inspect(nielsen.TRACE, "weights:2:0:0").reasons == ()


def relu(batch: list[list[float]]) -> Trace:
    spec = NetworkSpec(1, (LayerSpec(1, "relu"), LayerSpec(1, "identity")))
    return trace_update(spec, Parameters.of(spec, [[[1.0]], [[1.0]]]), batch, [[1.0]] * len(batch), learning_rate=0.1)


def test_a_dead_neuron_is_told_from_one_that_is_off_for_an_example() -> None:
    assert [reason.kind for reason in inspect(relu([[-1.0], [-2.0]]), "weights:1:0:0").reasons] == ["dead"]
    assert [reason.kind for reason in inspect(relu([[-1.0], [2.0]]), "weights:1:0:0").reasons] == ["stopped"]
    assert inspect(relu([[-1.0], [2.0]]), "weights:1:0:0", example=1).reasons == ()


def test_a_small_input_is_a_reason() -> None:
    [reason] = inspect(relu([[0.05]]), "weights:1:0:0").reasons
    assert "0.05 · (−0.95) = −0.0475" in reason.text


@pytest.mark.parametrize("textbook", list(TEXTBOOKS))
def test_a_reason_is_said_with_the_numbers_that_the_text_shows(textbook: str) -> None:
    # Sigmoid at z = 0: the errors of both examples are a − y = ±0.5, and 0.05 enters.
    spec = NetworkSpec(1, (LayerSpec(1, "sigmoid"),), "binary_cross_entropy")
    trace = trace_update(spec, Parameters.of(spec, [[[0.0]]]), [[0.05]] * 2, [[0.0], [1.0]], learning_rate=0.1)
    [reason] = inspect(trace, "weights:1:0:0", textbook).reasons
    shown = inspect(trace, "error:1:0", textbook).shown.value
    factors = "2 · 0.05 · 0.25" if textbook == "catching-ai" else "0.05 · 0.5"
    assert shown == (0.25 if textbook == "catching-ai" else 0.5)
    assert f"= {factors} = 0.025." in reason.text


def test_links_cross_both_passes_and_name_their_steps() -> None:
    z = inspect(nielsen.TRACE, "weighted_input:2:0")
    assert [(one.ref, one.step) for one in z.sources.numbers][:2] == [("weights:2:0:0", None), ("activation:1:0", 2)]
    assert {one.ref for one in z.targets.numbers} == {"activation:2:0", "activation_slope:2:0"}
    assert {one.ref for one in inspect(nielsen.TRACE, "weights:2:0:0").targets.numbers} == {
        "weighted_input:2:0",
        "activation_gradient:1:0",
        "updated_weights:2:0:0",
    }


def test_of_many_links_the_largest_are_told_and_all_are_counted() -> None:
    trace = filled(NetworkSpec(60, (LayerSpec(2), LayerSpec(1))), 3, 1).trace()
    found = inspect(trace, "weighted_input:1:0").sources
    assert found.total == 121
    sizes = sorted((abs(trace.memory["weights", 1][0, k]) for k in range(60)), reverse=True)
    assert max(abs(one.value or 0.0) for one in found.numbers) >= sizes[0]


def test_where_a_number_is_not_finite_nothing_is_made_up() -> None:
    spec = NetworkSpec(1, (LayerSpec(1, "identity"), LayerSpec(1, "identity")))
    trace = trace_update(spec, Parameters.of(spec, [[[1e200]], [[1e200]]]), [[1.0]], [[0.0]], learning_rate=0.1)
    found = inspect(trace, "weights:1:0:0")
    assert (found.paths, found.product) == (None, None)
    with pytest.raises(SpecificationError, match="not finite"):
        strongest_paths(trace, "weights:1:0:0")


def test_what_names_no_number_is_told_what_does() -> None:
    with pytest.raises(UnknownReference, match="weights:2:0:1"):
        inspect(nielsen.TRACE, "nonsense")
    with pytest.raises(UnknownReference, match=r"0…1:0…2"):
        inspect(nielsen.TRACE, "weights:2:9:0")
    with pytest.raises(ValueError, match="examples 0 to 1"):
        inspect(nielsen.TRACE, "weights:2:0:0", example=7)
