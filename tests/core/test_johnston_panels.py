"""Johnston's panels and tensors against the screenplay's numbers, and on any network against small changes."""

import re

import numpy as np
import pytest
from hypothesis import given, settings

from backprop_core import TEXTBOOKS, narrate
from backprop_core.steps import outline
from backprop_core.textbooks.furniture import Factor
from backprop_core.textbooks.panels import Panel, Table
from backprop_core.textbooks.pieces import Number, to_tex
from backprop_core.textbooks.view import View
from tests.core.furniture_oracle import rows
from tests.core.strategies import Case, cases
from tests.core.test_johnston import GOLDEN, STEPS, TRACE
from tests.core.test_narration import close
from tests.core.test_recombination import agree, sigma_of
from tests.core.tex_oracle import sides, statements


def opened(kind: str, step: int) -> Panel:
    return TEXTBOOKS["johnston"].open(kind, outline(TRACE, textbook="johnston")[step][0], View(TRACE))


def numbers_of(table: Table) -> list[list[float]]:
    return [[cell.value for cell in row if isinstance(cell, Number)] for row in table.rows]


def test_a_first_order_change_is_that_of_the_screenplay() -> None:
    golden = GOLDEN["panels"]["taylor"]
    change, slices = (numbers_of(table) for table in opened("taylor", 11).tables)
    close(change[0][:2], [golden["inner_product"], golden["true"]])
    close([row[0] for row in slices], golden["tensor_dot_dW"])
    np.testing.assert_allclose([row[1] for row in slices], golden["per_row_dz"], rtol=1e-9)


@pytest.mark.parametrize(("step", "layer"), [(11, "3"), (12, "2")])
def test_the_slices_of_the_tensor_are_those_of_the_screenplay(step: int, layer: str) -> None:
    golden = GOLDEN["panels"]["tensors"][layer]
    slices, products, filled = STEPS[step].matrices[1:]
    cards = [piece for piece in slices.row if isinstance(piece, Factor)]
    close([[[cell or 0.0 for cell in row] for row in card.cells] for card in cards], golden["tensor"])
    for k, card in enumerate(cards):
        empty = [[cell is None for cell in row] for row in card.cells]
        assert empty == [[j != k for j in range(len(row))] for row in card.cells], "zeros by structure stand empty"
    for arrangement in (products, filled):
        left = rows(arrangement, TRACE, 0, lambda z: z)[0][0]
        close(left, golden["contraction"])


@pytest.mark.parametrize(("step", "name"), [(9, "jac_z3_z2"), (10, "jac_z2_z1")])
def test_one_jacobian_of_a_layer(step: int, name: str) -> None:
    golden = GOLDEN["panels"][name]
    whole = STEPS[step].matrices[1]
    assert whole.place == "(7)"
    close(next(piece.cells for piece in whole.row if isinstance(piece, Factor) and piece.cells), golden)
    assert STEPS[step].matrices[0].braces[0].words.endswith("equation (7)")
    for row, column in zip(numbers_of(opened("jacobian", step).tables[0]), golden, strict=True):
        assert row == pytest.approx([column[0], column[0]], rel=1e-8)


def test_the_cost_is_one_number_from_every_link_of_the_chain() -> None:
    lines = [line for line in opened("phi", 6).lines if line.place == "(4)" and line.numbers]
    values = [piece.value for line in lines for piece in line.numbers if isinstance(piece, Number)]
    close(sorted(values), sorted(GOLDEN["panels"]["C_l"].values()))


def test_the_error_of_the_sample_predicts_the_cost() -> None:
    for _, predicted, true in numbers_of(opened("touch", 10).tables[0]):
        assert predicted == pytest.approx(true, rel=1e-3)


COMMANDS = re.compile(
    r"vec|delta|frac|left|right|cdot|otimes|sigma|phi|circ|Vert|lambda|mathbb|mathrm|begin|end|tfrac|quad|sum|eta|text"
    r"|leftarrow|underbrace|Big|cdots|vdots|ddots|times|ln|tanh|max|Phi|dots|odot|approx|Delta|infty"
    r"|mu|beta|rho|varepsilon|ell|hat|sqrt|surd|oslash|operatorname"
)


@settings(max_examples=60, deadline=None)
@given(case=cases(largest=9))
def test_every_command_of_tex_is_one(case: Case) -> None:
    """Two literals side by side can make a command that no page knows."""
    trace = case.trace()
    view, scenes = View(trace), outline(trace, textbook="johnston")
    for step in narrate(trace, textbook="johnston"):
        panels = [TEXTBOOKS["johnston"].open(kind, scenes[step.index][0], view) for kind in step.panels]
        lines = [*step.lines, *step.derivation, *(line for panel in panels for line in panel.lines)]
        shown = "".join(to_tex(line.symbols) + " " + to_tex(line.numbers) + " " for line in lines)
        assert all(COMMANDS.fullmatch(command) for command in re.findall(r"\\([a-zA-Z]+)", shown))


@settings(max_examples=80, deadline=None)
@given(case=cases())
def test_the_panels_hold_on_any_network(case: Case) -> None:
    """Their equations recombine, and what δ and Jacobians predict is what a small change does."""
    trace = case.trace()
    view, scenes = View(trace), outline(trace, textbook="johnston")
    for (scene,) in scenes:
        sigma = sigma_of(case.spec.activation(scene.layer))
        for kind in TEXTBOOKS["johnston"].tell(scene, view).panels:
            panel = TEXTBOOKS["johnston"].open(kind, scene, view)
            for line in panel.lines:
                for equation in statements(line.numbers) if line.numbers else ():
                    agree(sides(equation, sigma), line)
            if kind == "jacobian":
                for row in (row for table in panel.tables for row in numbers_of(table)):
                    assert row[0] == pytest.approx(row[1], rel=1e-5, abs=1e-7)


def test_every_step_but_the_cost_is_drawn() -> None:
    assert [step.kind for step in STEPS if not step.matrices] == ["cost"]
    assert [len(step.matrices) for step in STEPS if step.kind == "weight_gradient"] == [4, 4]
