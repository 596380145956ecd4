"""The lens of Catching AI against its screenplay, word for word and number for number, also at unequal widths."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from backprop_core import TEXTBOOKS, LayerSpec, NetworkSpec, Parameters, Step, narrate, open_panel, trace_update
from backprop_core.textbooks.panels import Panel, Table
from backprop_core.textbooks.pieces import Matrix, Number, to_tex
from backprop_core.textbooks.view import View
from tests.core.equations_met import places, unmet
from tests.core.strategies import Case, cases, filled
from tests.core.test_narration import as_written, close, requested

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parent / "golden" / "screenplay_catching_ai.json").read_text())
TRACE = requested(GOLDEN["request"])
STEPS = list(narrate(TRACE, textbook="catching-ai"))
PAIRS = list(zip(STEPS, GOLDEN["steps"], strict=True))
WIDE = requested(GOLDEN["widths"]["request"])


@pytest.mark.parametrize(("step", "golden"), PAIRS, ids=[step.name for step in STEPS])
def test_every_word_and_number(step: Step, golden: dict[str, Any]) -> None:
    as_written(step, golden)


def test_unequal_widths() -> None:
    """Square weights hide a transposition; these are 4×3, 2×4 and 1×2."""
    widths = GOLDEN["widths"]
    steps = list(narrate(WIDE, textbook="catching-ai"))
    for step, golden in zip(steps, widths["steps"], strict=True):
        assert (step.kind, step.layer, step.phase) == (golden["kind"], golden["layer"], golden["phase"])
        assert [list(pair) for pair in step.covers] == golden["covers"]
        assert list(step.operands) == golden["operands"]
        assert step.scale == golden["scale_of_api_value"]
        assert np.shape(step.result) == np.shape(golden["result"])
        close(step.result, golden["result"])


def test_every_equation_a_reader_looks_for_is_met() -> None:
    """The text numbers nothing: a reader finds an equation by what stands on its left, the rest of the place."""
    assert len(GOLDEN["equations"]) == 43
    assert unmet(TRACE, "catching-ai", GOLDEN["equations"]) == []


def test_the_vocabulary_lists_every_displayed_equation() -> None:
    for golden, (place, _, kind) in zip(GOLDEN["equations"], TEXTBOOKS["catching-ai"].equations, strict=True):
        assert places(golden["place"]) == [place], golden["id"]
        assert kind in {STEPS[index].kind for index in golden["steps"]}, golden["id"]


def test_errata_stand_where_one_stumbles_and_say_both_forms() -> None:
    own = {erratum.place: erratum for erratum in TEXTBOOKS["catching-ai"].errata}
    assert list(own) == [golden["place"] for golden in GOLDEN["errata"]]
    for golden in GOLDEN["errata"]:
        slip = own[golden["place"]]
        assert slip.printed == golden["printed"]
        assert slip.holds.startswith(golden["holds"])
        steps = [int(number) for number in re.findall(r"\d+", golden["shown_at"])]
        assert all(slip in STEPS[index].errata for index in steps), golden["place"]
    assert {slip for step in STEPS for slip in step.errata} == set(own.values())
    others = {slip for name, lens in TEXTBOOKS.items() if name != "catching-ai" for slip in lens.errata}
    assert not others & set(own.values())


def opened(step: int, kind: str, example: int = 0) -> Panel:
    return open_panel(TRACE, step, kind, "catching-ai", example)


def numbers(table: Table) -> list[list[float]]:
    return [[cell.value for cell in row if isinstance(cell, Number)] for row in table.rows]


def matrix_of(panel: Panel) -> list[list[float]]:
    [found] = [piece for line in panel.lines for piece in line.numbers if isinstance(piece, Matrix)]
    return [[cell.value for cell in row if cell is not None] for row in found.matrix]


def test_a_weight_touches_a_row_and_an_activation_a_column() -> None:
    golden = GOLDEN["panels"]
    by_weight, by_activation = opened(14, "touch"), opened(16, "touch", example=1)
    np.testing.assert_allclose(matrix_of(by_weight), golden["touch_weight"]["dZ2"], rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(matrix_of(by_activation), golden["touch_activation"]["dZ2"], rtol=1e-12, atol=1e-15)
    moved = [line.numbers[0] for line in (by_weight.lines[0], by_activation.lines[0])]
    assert [piece.value for piece in moved if isinstance(piece, Number)] == [1.0, 0.5]


@settings(max_examples=40, deadline=None)
@given(case=cases())
def test_a_touch_changes_nothing_else_on_any_network(case: Case) -> None:
    """A weight moved by a tenth moves its row by a tenth of what enters; an activation its column by its weights."""
    trace = case.trace()
    x = trace.batch_size - 1
    for step in narrate(trace, textbook="catching-ai", example=x):
        if "touch" not in step.panels:
            continue
        l, change = step.layer, matrix_of(open_panel(trace, step.index, "touch", "catching-ai", x))
        expected = np.zeros_like(change)
        if step.kind == "weight_gradient":
            expected[0] = 0.1 * trace.memory["activation", l - 1][:, 0]
        else:
            expected[:, x] = 0.1 * trace.memory["weights", l + 1][:, 0]
        np.testing.assert_allclose(change, expected, rtol=1e-9, atol=1e-12)


def test_one_gradient_is_checked_with_both_of_its_costs() -> None:
    golden, panel = GOLDEN["panels"]["numgrad"], opened(14, "gradient_check")
    up, down, central, exact = (row[0] for row in numbers(panel.tables[0]))
    close([up, down, exact], [golden["J_plus"], golden["J_minus"], golden["backprop"]])
    assert central == pytest.approx(golden["central"], rel=1e-9)
    assert "0.9348536835 and 0.934852333" in panel.text[0]
    assert "15 parameters cost 30 forward passes" in panel.text[2]
    assert opened(0, "gradient_check").tables[0].rows


def test_notes_bring_the_numbers_of_both_readings() -> None:
    golden = GOLDEN["panels"]
    right, printed = (row[0] for row in numbers(opened(7, "notes").tables[0]))
    close([right, printed], [golden["J_variants"]["right"], golden["J_variants"]["without_brackets"]])
    for x in range(4):
        minus, plus, central = (row[0] for row in numbers(opened(8, "notes", x).tables[0]))
        close([minus, plus], [golden["dA_sign"]["right"][x], golden["dA_sign"]["printed_first_form"][x]])
        assert central == pytest.approx(golden["dA_sign"]["central"][x], rel=1e-8)
    tensor = open_panel(WIDE, 14, "notes", "catching-ai").text[0]
    assert "×".join(map(str, golden["order4"]["shape"])) in tensor
    assert f"only {golden['order4']['nonzero']} of them" in tensor
    count = numbers(opened(14, "count").tables[0])
    assert count == [[40.0], [80.0], [1200.0]]


def test_a_cell_of_an_unequal_network() -> None:
    step = next(step for step in narrate(WIDE, textbook="catching-ai", example=2) if step.name == "∂J/∂A^(1)")
    assert step.result[1][2] == pytest.approx(GOLDEN["panels"]["widths"]["dJ/da^{(1)}_{2,3}"]["value"], rel=1e-12)
    assert to_tex(step.lines[1].symbols).startswith(r"\frac{\partial J}{\partial a^{(1)}_{1,3}}=")


def test_every_number_has_its_symbol_with_the_example_as_second_index() -> None:
    view, entry = View(TRACE, 2), TEXTBOOKS["catching-ai"].entry
    assert entry(view, "activation", 1, 0).tex == "a^{(1)}_{1,3}"
    assert entry(view, "weights", 2, 0, 1).tex == "w^{(2)}_{1,2}"
    assert entry(view, "biases", 2, 1).tex == "b^{(2)}_2"
    assert entry(view, "error", 1, 1).tex == r"\frac{\partial J}{\partial z^{(1)}_{2,3}}"
    assert entry(view, "example_weight_gradient", 1, 1, 0).tex == r"\frac{\partial J_{3}}{\partial w^{(1)}_{2,1}}"
    assert entry(view, "updated_weights", 1, 1, 0).tex == r"w^{(1),\mathrm{new}}_{2,1}"
    for name in (*TRACE.layers()[2], "target", "learning_rate", "cost"):
        index = (
            () if name in ("learning_rate", "cost") else (0, 0) if "weight" in name and "input" not in name else (0,)
        )
        symbol = entry(view, name, 2, *index)
        assert symbol.tex
        assert symbol.ref == ":".join(map(str, (name, 2, *index)))


def test_a_long_batch_and_a_wide_network_are_elided() -> None:
    case = filled(NetworkSpec(12, (LayerSpec(10, "tanh"), LayerSpec(2)), "binary_cross_entropy"), 0, 40)
    for step in narrate(case.trace(), textbook="catching-ai", example=39):
        for line in (*step.lines, *step.derivation):
            for piece in (*line.symbols, *line.numbers):
                if isinstance(piece, Matrix):
                    assert max(len(piece.matrix), *map(len, piece.matrix)) <= 8
        if step.kind == "bias_gradient":
            assert r"_{34\text{ more}}" in step.numbers


def test_foreign_networks_in_this_texts_letters() -> None:
    soft = filled(NetworkSpec(2, (LayerSpec(3, "softmax"),), "cross_entropy"), 0, 3)
    told = {step.kind: step for step in narrate(soft.trace(), textbook="catching-ai", example=1)}
    assert r"\sum_j\sum_i y_{i,j}\log a^{(1)}_{i,j}" in told["cost"].symbols
    assert r"\partial\vec a^{(1)}_{2}" in told["output_error"].symbols
    assert told["input"].numbers.count(r"\mathbf Y=") == 1
    squashed = filled(NetworkSpec(2, (LayerSpec(2),), input_activation="tanh", bias=False), 0, 2)
    steps = list(narrate(squashed.trace(learning_rate=None), textbook="catching-ai"))
    assert [(step.kind, step.in_text) for step in steps[:2]] == [("input", True), ("activation", False)]
    assert steps[1].symbols == r"\mathbf A^{(0)}=f(\mathbf X)"
    assert not [step for step in steps if step.phase == "update" or step.kind == "bias_gradient"]
    frozen = list(
        narrate(filled(NetworkSpec(2, (LayerSpec(2),)), 0, 1).trace(freeze_biases=True), textbook="catching-ai")
    )
    assert [step.kind for step in frozen if step.phase == "update"] == ["weight_update"]
    assert "frozen" in frozen[-1].sentence


def test_a_saturated_output_is_told_in_its_short_form() -> None:
    """One saturated example is enough: the whole batch is written at once."""
    spec = NetworkSpec(1, (LayerSpec(1),), "binary_cross_entropy")
    trace = trace_update(spec, Parameters.of(spec, [[[50.0]]]), [[0.01], [1.0]], [[0.0], [0.0]])
    step = next(step for step in narrate(trace, textbook="catching-ai") if step.kind == "output_error")
    assert step.symbols.endswith(r"=\frac1m\left(\mathbf A^{(1)}-\vec y\right)")
    assert step.shapes == "1×2 − 1×2"


ORDER = [("weight_gradient", 2, 8), ("bias_gradient", 2, 9), ("backpropagated_error", 1, 10), ("error", 1, 11)]


def test_the_order_on_a_network_of_another_text() -> None:
    golden = json.loads((Path(__file__).parent / "golden" / "screenplay_nielsen.json").read_text())
    steps = list(narrate(requested(golden["request"]), textbook="catching-ai"))
    assert [(steps[index].kind, steps[index].layer, index) for _, _, index in ORDER] == ORDER
    assert [step.kind for step in steps[14:]] == ["weight_update", "bias_update"] * 2
