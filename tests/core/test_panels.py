"""The panels of Nielsen and Sun against the numbers of their screenplays."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from backprop_core import TEXTBOOKS, LayerSpec, NetworkSpec, Parameters, narrate, open_panel, trace_update
from backprop_core.textbooks.panels import PANELS, Panel, Table
from backprop_core.textbooks.pieces import Number
from tests.core import test_narration as nielsen
from tests.core.equations_met import places, told, unmet
from tests.core.furniture_oracle import rows
from tests.core.strategies import Case, cases

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parent / "golden" / "panels.json").read_text())


def opened(step: int, kind: str, example: int = 0) -> Panel:
    return open_panel(nielsen.TRACE, step, kind, "nielsen", example)


def numbers(table: Table) -> list[list[float]]:
    return [[cell.value for cell in row if isinstance(cell, Number)] for row in table.rows]


def test_the_demon_predicts_better_the_less_he_moves() -> None:
    golden = GOLDEN["demon"]
    [table] = opened(8, "demon").tables
    assert [row[0].replace("−", "-") for row in table.rows if isinstance(row[0], str)] == [
        f"{row['dz']:g}" for row in golden["rows"]
    ]
    expected = [[row["predicted"], row["true"]] for row in golden["rows"]]
    np.testing.assert_allclose(numbers(table), expected, rtol=1e-9, atol=1e-15)
    assert "neuron 2" in table.title


def test_an_error_is_a_sum_over_the_edges_out() -> None:
    [table] = opened(8, "why_sum").tables
    found = numbers(table)
    np.testing.assert_allclose([row[2] for row in found], [0.14274947591908269, 0.008397311371784962], rtol=1e-12)
    np.testing.assert_allclose([row[3] for row in found], [0.008397311371784962, 0.14274947591908269], rtol=1e-12)


def test_why_it_learns_slowly() -> None:
    slow = GOLDEN["slow"]
    output, hidden = slow["saturated_output"], slow["saturated_hidden"]
    at_output = numbers(opened(7, "slow").tables[0])[1]
    np.testing.assert_allclose(at_output, [output["a_minus_y"], output["slope"], output["delta"]], rtol=1e-12)
    at_hidden = numbers(opened(8, "slow").tables[0])[2]
    np.testing.assert_allclose(at_hidden, [hidden["WT_delta"], hidden["slope"], hidden["delta"]], rtol=1e-12)
    assert "outweighs a flatter slope here" in opened(8, "slow").text[1]
    told = opened(8, "slow", example=1).text[1]
    assert told == (
        "A large sum outweighs a flat slope: σ′ of neuron 3 is 0.105, below 0.1491 of neuron 2, and yet its δ is"
        " −0.06378 against −0.03556, since −0.6075 arrives there."
    )
    assert slow["compensated"]["WT_delta"] == pytest.approx(-0.6075, abs=5e-5)


def test_a_gradient_is_0_where_nothing_enters() -> None:
    panel = opened(11, "slow")
    assert panel.text[0].startswith(
        "aᵢₙ = a¹ = 0 at neuron 2: those gradients are exactly 0. In example 2 it is neuron 1."
    )
    assert [row[-1] for row in numbers(panel.tables[0])].count(0.0) == 3
    for a, delta, product in numbers(panel.tables[0]):
        assert product == pytest.approx(a * delta, rel=1e-12)


def test_the_mini_batch_opened() -> None:
    panel = opened(13, "mini_batch")
    for sides in rows(panel.matrices[0], nielsen.TRACE, 0, lambda z: z):
        np.testing.assert_allclose(sides[0], sides[1], rtol=1e-12)
    before, after, printed = (row[0] for row in numbers(panel.tables[1]))
    update = GOLDEN["update"]
    assert (before, after, printed) == pytest.approx(
        (update["before"], update["after_all_layers"], update["after_printed_range"]), rel=1e-12
    )


def test_the_check_counts_its_passes() -> None:
    panel = opened(0, "gradient_check")
    assert "agree" in panel.text[0]
    assert panel.text[1].startswith("17 parameters cost 34 forward passes")


def test_softmax_needs_its_whole_jacobian() -> None:
    right, wrong = numbers(opened(7, "notes").tables[0])
    np.testing.assert_allclose(right, GOLDEN["softmax"]["(36)"], rtol=1e-12)
    np.testing.assert_allclose(wrong, GOLDEN["softmax"]["BP1 with a(1-a)"], rtol=1e-12)


def test_a_gradient_is_a_sum_over_paths() -> None:
    golden, panel = GOLDEN["paths"], opened(11, "paths")
    products = [row[0] for row in numbers(panel.tables[0])]
    np.testing.assert_allclose(products[:2], [path["product"] for path in golden["paths"]], rtol=1e-12)
    assert products[2] == pytest.approx(golden["sum"], rel=1e-12)
    written = [[piece.value for piece in line.numbers if isinstance(piece, Number)] for line in panel.lines[-2:]]
    for found, path in zip(written, golden["paths"], strict=True):
        np.testing.assert_allclose(found, [*path["factors"], path["product"]], rtol=1e-12)
        assert np.prod(found[:-1]) == pytest.approx(found[-1], rel=1e-12)


def test_every_equation_of_nielsen_is_met() -> None:
    assert unmet(nielsen.TRACE, "nielsen", GOLDEN["equations"]["nielsen"]) == []


def test_every_slip_of_nielsen_is_told_where_it_is_met() -> None:
    own = {erratum.place: erratum for erratum in TEXTBOOKS["nielsen"].errata}
    assert list(own) == [golden["place"] for golden in GOLDEN["errata"]["nielsen"]]
    for golden in GOLDEN["errata"]["nielsen"]:
        slip = own[golden["place"]]
        assert slip.printed == golden["printed"].replace("*", "")
        assert slip.holds.startswith(golden["holds"])
        for step in re.findall(r"\d+", golden["shown_at"]) or ["11"]:
            said = told(nielsen.TRACE, "nielsen", int(step))
            assert slip.printed in said
            assert slip.holds in said


def test_the_slips_of_nielsen_are_told_in_no_other_text() -> None:
    own = set(TEXTBOOKS["nielsen"].errata)
    for lens in TEXTBOOKS:
        found = {slip for step in narrate(nielsen.TRACE, textbook=lens) for slip in step.errata}
        assert bool(own & found) is (lens == "nielsen")


def test_the_vocabulary_lists_every_displayed_equation() -> None:
    displayed = [equation for equation in GOLDEN["equations"]["nielsen"] if equation["displayed"]]
    for golden, (place, _, kind) in zip(displayed, TEXTBOOKS["nielsen"].equations, strict=True):
        assert places(golden["place"]) == places(place), golden["id"]
        assert kind in {nielsen.STEPS[index].kind for index in golden["steps"]}, golden["id"]


@pytest.mark.parametrize("lens", list(TEXTBOOKS))
@settings(max_examples=25, deadline=None)
@given(case=cases())
def test_every_panel_that_is_offered_opens(lens: str, case: Case) -> None:
    trace = case.trace()
    for step in narrate(trace, textbook=lens):
        for kind in step.panels:
            panel = open_panel(trace, step.index, kind, lens)
            assert (panel.kind, panel.title) == (kind, PANELS[kind])
            assert panel.text or panel.lines or panel.tables or panel.matrices


@pytest.mark.parametrize("lens", list(TEXTBOOKS))
@pytest.mark.parametrize("weight", [1e200, 1e154])
def test_panels_of_a_trace_that_breaks_off(lens: str, weight: float) -> None:
    spec = NetworkSpec(2, (LayerSpec(2, "relu"), LayerSpec(2, "identity")))
    parameters = Parameters.of(spec, [[[weight, 1.0], [-1.0, 0.0]], [[weight, 1.0], [1.0, 2.0]]])
    trace = trace_update(spec, parameters, [[1.0, 0.0], [0.5, 2.0]], [[1.0, 0.0]] * 2, learning_rate=0.5)
    assert trace.not_finite is not None
    for step in narrate(trace, textbook=lens):
        for kind in step.panels:
            assert open_panel(trace, step.index, kind, lens, example=1).kind == kind
