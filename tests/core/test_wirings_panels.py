"""Panels where layers skip and join: the same that a chain has, and their numbers hold.

Where a panel speaks of what a small move does, the move is made again here, by the oracle's own forward pass.
"""

import numpy as np
import pytest
from hypothesis import given, settings

from backprop_core import TEXTBOOKS, LayerSpec, NetworkSpec, Trace, narrate, open_panel
from backprop_core.textbooks.panels import Panel, Table
from backprop_core.textbooks.pieces import Number
from backprop_core.textbooks.sun.counts import _counts
from tests.core.furniture_oracle import rows
from tests.core.oracle import layer_inputs
from tests.core.strategies import Case, filled, wired
from tests.core.test_recombination import agree, sigma_of
from tests.core.tex_oracle import sides, statements

per_lens = pytest.mark.parametrize("lens", list(TEXTBOOKS))
FORK = NetworkSpec(
    2,
    (LayerSpec(3, "tanh"), LayerSpec(3, "sigmoid", (1, 0), (1,)), LayerSpec(2, "relu", (2, 1)), LayerSpec(2)),
)


def panels(trace: Trace, lens: str) -> dict[tuple[str, int, str], Panel]:
    """Every panel offered but the check, which is tested elsewhere: by kind and layer of its step, and its own kind."""
    steps = list(narrate(trace, textbook=lens))
    return {
        (step.kind, step.layer, kind): open_panel(trace, step.index, kind, lens)
        for step in steps
        for kind in step.panels
        if kind != "gradient_check"
    }


def numbers(table: Table) -> list[list[float]]:
    return [[cell.value for cell in row if isinstance(cell, Number)] for row in table.rows]


@per_lens
def test_what_a_chain_offers_is_offered(lens: str) -> None:
    chain = NetworkSpec(2, (LayerSpec(3, "tanh"), LayerSpec(3, "sigmoid"), LayerSpec(2, "relu"), LayerSpec(2)))
    offered = [set(panels(filled(spec, 3, 2).trace(), lens)) for spec in (chain, FORK)]
    assert offered[0] == offered[1]


@per_lens
@settings(max_examples=40, deadline=None)
@given(case=wired())
def test_their_equations_and_matrices_hold(lens: str, case: Case) -> None:
    trace = case.trace()
    for (_, layer, kind), panel in panels(trace, lens).items():
        sigma = sigma_of(case.spec.activation(layer))
        for line in panel.lines:
            for equation in statements(line.numbers) if line.numbers else ():
                agree(sides(equation, sigma), line)
        for arrangement in panel.matrices if kind != "phi" else ():  # its arrows are maps, not equations
            for found in rows(arrangement, trace, 0, sigma):
                for side in found[1:]:
                    np.testing.assert_allclose(side, found[0], rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("lens", ["nielsen", "sun"])
@settings(max_examples=30, deadline=None)
@given(case=wired())
def test_what_comes_back_over_every_way_is_the_sum(lens: str, case: Case) -> None:
    trace = case.trace()
    for (_, l, kind), panel in panels(trace, lens).items():
        if kind != "why_sum":
            continue
        found = numbers(panel.tables[0])
        layer = l if (lens, l) != ("sun", 0) else 0
        j = int(np.argmax(np.abs(trace.memory["activation_gradient", layer][0])))
        arrived = float(trace.memory["activation_gradient", layer][0, j])
        edges = sum(case.spec.sizes[one.layer] for one in case.spec.readers(layer)) + len(case.spec.adders(layer))
        assert len(found) == edges
        assert sum(row[-2] for row in found) == pytest.approx(arrived, rel=1e-9, abs=1e-12)
        for row in found:
            assert row[-2] + row[-1] == pytest.approx(arrived, rel=1e-9, abs=1e-12)


@settings(max_examples=30, deadline=None)
@given(case=wired())
def test_a_jacobian_is_what_a_nudge_does(case: Case) -> None:
    trace = case.trace()
    for (_, _, kind), panel in panels(trace, "johnston").items():
        if kind == "jacobian":
            for row in (row for table in panel.tables for row in numbers(table)):
                assert row[0] == pytest.approx(row[1], rel=1e-5, abs=1e-7)
        if kind == "taylor" and len(panel.tables) == 2:
            for by_slice, moved in numbers(panel.tables[1]):
                assert by_slice == pytest.approx(moved, rel=1e-7, abs=1e-12)


@settings(max_examples=30, deadline=None)
@given(case=wired())
def test_the_cost_is_one_number_from_every_link(case: Case) -> None:
    trace = case.trace()
    panel = panels(trace, "johnston")["weighted_input", 1, "phi"]
    values = [
        piece.value
        for line in panel.lines
        if line.title.startswith("Read from")
        for piece in line.numbers
        if isinstance(piece, Number)
    ]
    np.testing.assert_allclose(values, [trace.costs[0]] * len(values), rtol=1e-12)
    assert len(values) == case.spec.depth + 1


def test_the_rest_of_the_network_takes_every_z_that_is_still_read() -> None:
    panel = panels(filled(FORK, 3, 1).trace(), "johnston")["weighted_input", 1, "phi"]
    symbols = {line.title: "".join(map(str, line.symbols)) for line in panel.lines if line.title.startswith("Read")}
    assert symbols["Read from layer 5 on"] == r"C_5(\vec z^5)"
    assert symbols["Read from layer 4 on"] == r"C_4(\vec z^4)"
    assert symbols["Read from layer 3 on"] == r"C_3(\vec z^2,\vec z^3)"
    assert symbols["Read from layer 2 on"] == r"C_2(\vec z^1,\vec z^2)"
    assert "not of one alone" in panel.text[-1]


@settings(max_examples=30, deadline=None)
@given(case=wired(examples=1))
def test_an_activation_moved_changes_what_is_said(case: Case) -> None:
    """The nearest layer that reads it, by a forward pass of the oracle in which that activation is moved."""
    trace = case.trace()
    for (kind, l, name), panel in panels(trace, "catching-ai").items():
        if name != "touch" or kind != "backpropagated_error":
            continue
        r = min([*(one.layer for one in case.spec.readers(l)), *case.spec.adders(l)])
        column = [one.first for one in case.spec.readers(l) if one.layer == r]
        w = case.parameters.weights[r - 1]
        expected = 0.1 * (w[:, column[0]] if column else np.zeros(len(w)))
        if r in case.spec.adders(l):
            expected[0] += 0.1
        shown = [row[-1] for row in numbers(panel.tables[0])]
        np.testing.assert_allclose(shown, expected[: len(shown)], rtol=1e-6, atol=1e-12)
        assert f"layer {r}" in panel.text[0]
        assert len(list(layer_inputs(case.spec, case.parameters, case.inputs[0]))) == case.spec.depth + 1


@settings(max_examples=30, deadline=None)
@given(case=wired())
def test_work_is_counted_as_the_network_is_wired(case: Case) -> None:
    spec = case.spec
    edges = sum(w.size for w in case.parameters.weights)
    once, twice = _counts(spec), _counts(spec, 2)
    assert once.edges == edges
    assert once.parameters == edges + sum(b.size for b in case.parameters.biases)
    assert twice.edges == (2 if spec.cost == "output" else 4) * case.parameters.weights[-1].size + 4 * sum(
        w.size for w in case.parameters.weights[:-1]
    )


def test_a_fork_is_named_where_it_matters() -> None:
    found = panels(filled(FORK, 3, 1).trace(), "nielsen")
    feeds = found["error", 1, "why_sum"].text[0]
    assert "feeds 3 neurons of layer 3 and 2 neurons of layer 4 and is added to layer 3." in feeds
    shapes = [line.title for line in found["error", 1, "shapes"].lines]
    assert shapes == ["3×3", "3×1", "3×2", "2×1", "3×1", "3×1"]
    assert [line.title for line in found["weight_gradient", 2, "shapes"].lines] == ["3×1", "1×5", "3×5"]
