"""The lens of Sun against its screenplay, string by string and number by number, at equal and at unequal widths."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backprop_core import (
    TEXTBOOKS,
    LayerSpec,
    NetworkSpec,
    Parameters,
    Step,
    divergence,
    narrate,
    open_panel,
    trace_update,
)
from backprop_core.textbooks.panels import Table
from backprop_core.textbooks.pieces import Matrix, Number
from backprop_core.textbooks.sun.notation import stage
from tests.core.equations_met import unmet
from tests.core.strategies import filled
from tests.core.test_narration import as_written, close, requested

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parent / "golden" / "screenplay_sun.json").read_text())
TRACE = requested(GOLDEN["request"])
STEPS = list(narrate(TRACE, textbook="sun"))
PAIRS = list(zip(STEPS, GOLDEN["steps"], strict=True))


@pytest.mark.parametrize(("step", "golden"), PAIRS, ids=[step.name for step in STEPS])
def test_every_word_and_number(step: Step, golden: dict[str, Any]) -> None:
    as_written(step, golden)


def test_unequal_widths() -> None:
    widths = GOLDEN["widths"]
    steps = list(narrate(requested(widths["request"]), textbook="sun"))
    for step, golden in zip(steps, widths["steps"], strict=True):
        assert (step.kind, step.layer, step.phase) == (golden["kind"], golden["layer"], golden["phase"])
        assert [list(pair) for pair in step.covers] == golden["covers"]
        assert list(step.operands) == golden["operands"]
        assert np.shape(step.result) == np.shape(golden["result"])
        close(step.result, golden["result"])


def numbers(table: Table) -> list[list[float]]:
    return [[cell.value for cell in row if isinstance(cell, Number)] for row in table.rows]


def test_every_equation_is_met() -> None:
    assert unmet(TRACE, "sun", GOLDEN["equations"]) == []


@pytest.mark.parametrize("step", [2, 16])
def test_the_slope_at_0_is_a_choice(step: int) -> None:
    panel = open_panel(TRACE, step, "sigma", "sun")
    sides = [row[0] for row in numbers(panel.tables[1])]
    kink = GOLDEN["panels"]["kink"]
    np.testing.assert_allclose(sides, [kink["right"], kink["left"], kink["central"]], rtol=1e-9, atol=1e-9)
    slope0 = GOLDEN["panels"]["slope0"]
    shown: dict[str, Any] = {line.title: [] for line in panel.lines}
    for line in panel.lines:
        shown[line.title] += [
            [[cell.value for cell in row if cell] for row in piece.matrix]
            for piece in line.numbers
            if isinstance(piece, Matrix)
        ]
    expected = [slope0["dW1"], [[one] for one in slope0["du1"]], [[one] for one in slope0["dz0"]]]
    assert shown["With σ′(0) = 0"] == expected
    own = [[[8, 16, -8], [1, 2, -1], [0, 0, 0]], [[8], [1], [0]], [[8], [1], [7]]]
    assert shown["With σ′(0) = 1"] == own


def test_a_gradient_is_a_sum_over_the_edges_upward() -> None:
    [table] = open_panel(TRACE, 14, "why_sum", "sun").tables
    assert [row[2] for row in numbers(table)] == [6, 0, 2]


def test_the_counts_of_question_1() -> None:
    ops, panel = GOLDEN["panels"]["ops"], open_panel(TRACE, 18, "count", "sun")
    counted = {row[0]: int(str(row[1]).replace("\N{NARROW NO-BREAK SPACE}", "")) for row in panel.tables[0].rows}
    assert counted == {
        "edges": ops["edges"],
        "forward: products": ops["forward"]["multiplications"],
        "forward: σ": ops["forward"]["sigma"],
        "backward: products for ∂ŷ/∂z": ops["backward"]["W^T products"],
        "backward: products for ∂ŷ/∂W": ops["backward"]["outer products"],
        "backward: products of ∘": ops["backward"]["hadamard"],
        "central differences: passes": ops["central_differences"]["passes"],
        "central differences: products": ops["central_differences"]["multiplications"],
    }


def test_two_ways_up_add() -> None:
    dag, panel = GOLDEN["panels"]["dag"], open_panel(TRACE, 18, "graph", "sun")
    found = {row[0]: row[2].value for row in panel.tables[0].rows if isinstance(row[2], Number)}
    assert [found[name] for name in ("x", "w1", "w2", "w3")] == [dag[f"dy/d{name}"] for name in ("x", "w1", "w2", "w3")]
    assert [piece.value for piece in panel.lines[0].numbers if isinstance(piece, Number)] == [
        dag["via_z"],
        dag["direct"],
        dag["dy/dx"],
    ]


def test_slips_are_told_where_they_are_met_and_nowhere_else() -> None:
    own = set(TEXTBOOKS["sun"].errata)
    assert len(own) == len(GOLDEN["errata"])
    for golden in GOLDEN["errata"]:
        step = STEPS[int(golden["shown_at"])]
        [slip] = [erratum for erratum in step.errata if erratum.place.split(": ")[-1] == golden["place"]]
        assert slip.printed == golden["printed"]
        assert slip.holds.startswith(golden["holds"].removesuffix(")"))
    assert {slip for step in STEPS for slip in step.errata} == own
    for lens in TEXTBOOKS:
        if lens != "sun":
            assert not own & {slip for step in narrate(TRACE, textbook=lens) for slip in step.errata}


def test_the_vocabulary_lists_every_displayed_equation() -> None:
    displayed = [equation for equation in GOLDEN["equations"] if equation["displayed"]]
    for golden, (place, _, kind) in zip(displayed, TEXTBOOKS["sun"].equations, strict=True):
        assert place == golden["place"]
        assert kind in {STEPS[index].kind for index in golden["steps"]}, golden["id"]


def test_remarks_use_the_letters_of_the_text() -> None:
    told = {remark.text for step in STEPS for remark in step.remarks}
    assert "u ≤ 0: neuron 3 is off for this example." in told
    assert "z² = 0: the weights out of neuron 2 learn nothing from this example." in told
    assert not [text for text in told if text.startswith(("z ≤", "aᵢₙ"))]


def test_the_error_of_an_activated_input_is_by_x() -> None:
    layers = (LayerSpec(1),)
    assert stage(NetworkSpec(2, layers))["input_error"] == "∂C/∂z^{l}_{i}"
    assert stage(NetworkSpec(2, layers, input_activation="sigmoid"))["input_error"] == "∂C/∂x_{i}"


def test_the_trace_ends_with_its_gradients() -> None:
    case = filled(NetworkSpec(2, (LayerSpec(3), LayerSpec(2))), 0, 2)
    steps = list(narrate(case.trace(), textbook="sun"))
    assert {step.phase for step in steps} == {"forward", "cost", "backward", "gradient"}
    assert steps[-1].kind == "bias_gradient"
    assert [step.kind for step in steps if not step.in_text] == ["cost", "bias_gradient", "bias_gradient"]


def test_an_update_that_overflows_does_not_end_a_text_without_updates() -> None:
    spec = NetworkSpec(1, (LayerSpec(1, "identity"),), bias=False)
    trace = trace_update(spec, Parameters.of(spec, [[[1.0]]]), [[1e100]], [[0.0]], learning_rate=1e300)
    assert trace.not_finite is not None
    assert next(step.kind for step in reversed(list(narrate(trace, textbook="sun")))) == "weight_gradient"
    found = divergence(trace, textbook="sun")
    assert found is not None
    assert (found.step, found.quantity) == (7, "updated_weights")
