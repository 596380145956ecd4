"""Layers that skip and join, told: numbers, symbols, matrices and parts hold, and each text says it has none such."""

import re
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings

from backprop_core import TEXTBOOKS, LayerSpec, NetworkSpec, Trace, narrate, step_count
from backprop_core.laboratory.influence import influence
from backprop_core.laboratory.links import operands, readers
from backprop_core.laboratory.paths import paths
from backprop_core.references import Reference
from backprop_core.textbooks.pieces import to_tex
from backprop_core.textbooks.view import View
from backprop_core.textbooks.ways_told import NOT_IN_TEXT
from tests.core.furniture_oracle import rows
from tests.core.standing import BATCHES, standing_for, standing_in_a_batch
from tests.core.strategies import Case, filled, wired
from tests.core.test_recombination import NOT_COMPUTED, agree, check_numbers, sigma_of
from tests.core.tex_oracle import sides

LENSES = list(TEXTBOOKS)
per_lens = pytest.mark.parametrize("lens", LENSES)
PARAMETERS = ("weights", "biases")

RESIDUAL = NetworkSpec(2, (LayerSpec(3, "tanh"), LayerSpec(3, "relu", adds=(1,)), LayerSpec(2)))
JOINED = NetworkSpec(2, (LayerSpec(3, "tanh"), LayerSpec(2, "sigmoid", (0,)), LayerSpec(2, "sigmoid", (1, 2, 0))))


@per_lens
@settings(max_examples=40, deadline=None)
@given(case=wired())
def test_the_numbers_and_symbols_of_every_line(lens: str, case: Case) -> None:
    trace = case.trace()
    for example in range(trace.batch_size):
        for step in narrate(trace, textbook=lens, example=example):
            checked = check_numbers(step, case)
            if step.kind not in ("input", "cost", "cost_gradient", "bias_gradient"):
                assert checked >= 1, (step.kind, step.numbers)
            for line in step.lines:
                if any(sign in to_tex(one for one in line.symbols if isinstance(one, str)) for sign in NOT_COMPUTED):
                    continue
                lookup = standing_in_a_batch if lens == BATCHES else standing_for
                letters = {"m": float(trace.batch_size)} if lens == BATCHES else {}
                sigma = sigma_of(case.spec.activation(step.layer))
                values = sides(line.symbols, sigma, partial(lookup, case, trace, example), letters)
                if len(values) > 1:
                    agree(values, line)


@per_lens
@settings(max_examples=30, deadline=None)
@given(case=wired())
def test_every_arrangement_holds(lens: str, case: Case) -> None:
    trace = case.trace()
    example = trace.batch_size - 1
    for step in narrate(trace, textbook=lens, example=example):
        for arrangement in step.matrices:
            for found in rows(arrangement, trace, example, sigma_of(case.spec.activation(step.layer))):
                for side in found[1:]:
                    assert np.shape(side) == np.shape(found[0]), arrangement
                    np.testing.assert_allclose(side, found[0], rtol=1e-9, atol=1e-11, err_msg=str(arrangement))


@per_lens
@settings(max_examples=30, deadline=None)
@given(case=wired())
def test_what_travels_adds_up(lens: str, case: Case) -> None:
    """Products and what is added without weights make z, with the bias; those that come back make ∂C/∂a."""
    trace = case.trace()
    for step in narrate(trace, textbook=lens):
        ways = [one for one in (step.terms, *step.branches) if one is not None]
        forth = [one for one in ways if one.kind.endswith("activation")]
        back = [one for one in ways if one.kind.endswith("error")]
        if forth:
            weighted, *added = forth
            total = weighted.values.sum(axis=1) + sum(one.values[0] for one in added)
            total = total + trace.memory["biases", step.layer] if case.spec.bias else total
            z = trace.memory["weighted_input", weighted.layer][0]
            np.testing.assert_allclose(total, z, rtol=1e-9, atol=1e-12)
            assert weighted.source == case.spec.sources(weighted.layer)[0]
            assert tuple(one.source for one in added) == case.spec.adds(weighted.layer)
        if back:
            l = back[0].source
            arrived = trace.memory["activation_gradient", l][0] * (step.scale if lens == BATCHES else 1.0)
            np.testing.assert_allclose(sum(one.values.sum(axis=0) for one in back), arrived, rtol=1e-9, atol=1e-12)
            assert {one.source for one in back} == {l}


@per_lens
@pytest.mark.parametrize("granularity", ["neuron", "term"])
@settings(max_examples=20, deadline=None)
@given(case=wired())
def test_every_part_holds_and_the_last_sum_is_the_whole(lens: str, granularity: str, case: Case) -> None:
    trace = case.trace()
    steps = list(narrate(trace, granularity, lens))
    assert len(steps) == step_count(trace, granularity, lens)
    running: dict[tuple[int, int], float] = {}
    for step in steps:
        check_numbers(step, case)
        assert step.part is not None
        where = (step.part.of, step.part.row)
        if step.kind in ("weighted_input", "backpropagated_error") and step.part.kind in ("product", "bias", "added"):
            assert step.part.running is not None
            running[where] = step.part.running
        if step.part.kind == "sum" and where in running and step.kind in ("weighted_input", "backpropagated_error"):
            assert running[where] == pytest.approx(step.result, rel=1e-9, abs=1e-12)


@per_lens
def test_where_paths_meet_the_text_is_left_and_it_is_said(lens: str) -> None:
    told = {(step.kind, step.layer): step for step in narrate(filled(RESIDUAL, 3, 1).trace(), textbook=lens)}
    forth, back = told["weighted_input", 2], told.get(("backpropagated_error", 1)) or told["error", 1]
    assert "residual edge" in forth.sentence
    assert "paths meet here" in back.sentence
    assert NOT_IN_TEXT in forth.note
    assert NOT_IN_TEXT in back.note
    plain = told["weighted_input", 1]
    assert NOT_IN_TEXT not in plain.note


DERIVED = {"nielsen": "error", "johnston": "error", "catching-ai": "backpropagated_error"}
ONWARD = {
    "nielsen": r"\\frac\{\\partial z\^(\d+)_k\}\{\\partial a\^\d+_j\}=(.*)",
    "johnston": r"\\left\[\\frac\{\\delta\\vec z\^(\d+)\}\{\\delta\\vec a\^\d+\}\\right\]=(.*)",
    "catching-ai": r"\\frac\{\\partial z_\{p,j\}\^\{\((\d+)\)\}\}\{\\partial a_\{i,j\}\^\{\(\d+\)\}\}=(.*)",
}
"""The line of a derivation that says how one layer changes with another."""


@pytest.mark.parametrize("lens", list(DERIVED))
@settings(max_examples=40, deadline=None)
@given(case=wired())
def test_the_derivation_over_every_layer_onward_gives_the_error(lens: str, case: Case) -> None:
    """Each layer onward once; its part, moved by hand, is as it is written; all parts make what comes back."""
    trace, spec = case.trace(), case.spec
    offset = TEXTBOOKS[lens].offset
    for step in narrate(trace, textbook=lens):
        l = step.layer
        if step.kind not in (DERIVED[lens], "input_error") or not step.derivation or View(trace, 0).next_reads(l):
            continue
        lines = [to_tex(line.symbols) for line in step.derivation]
        found = [match for line in lines if (match := re.fullmatch(ONWARD[lens], line))]
        arrived = np.zeros(spec.sizes[l])
        for match in found:
            m, terms = int(match[1]) - offset, match[2].split("+")
            part = np.zeros((spec.sizes[m], spec.sizes[l]))
            for term in terms:
                is_weight = term[0] in "wW"
                assert is_weight or term in ("I", "1_{k=j}", "1_{p=i}")
                assert not is_weight or (f"[{l + offset}]" in term) == (len(spec.sources(m)) > 1), term
                part += block_of(case, m, l) if is_weight else np.eye(spec.sizes[l])
            np.testing.assert_array_equal(part, moved_by_hand(case, trace, m, l))
            arrived += trace.memory["error", m][0] @ part
        assert len({match[1] for match in found}) == len(found)
        np.testing.assert_allclose(arrived, trace.memory["activation_gradient", l][0], rtol=1e-9, atol=1e-12)
        # The last line adds up as many ways as there are.
        ways = len(spec.readers(l)) + len(spec.adders(l))
        assert lines[-1].partition("=")[2].count("+") == ways - 1


def block_of(case: Case, m: int, l: int) -> np.ndarray:
    first = 0
    for source in case.spec.sources(m):
        if source == l:
            return case.parameters.weights[m - 1][:, first : first + case.spec.sizes[l]]
        first += case.spec.sizes[source]
    raise AssertionError(f"layer {m} does not read layer {l}")


def moved_by_hand(case: Case, trace: Trace, m: int, l: int) -> np.ndarray:
    """What z of layer ``m`` gains for each unit of ``l``, all else that comes to it held still."""
    gains = []
    for unit in np.eye(case.spec.sizes[l]):
        sent = [unit if source == l else np.zeros(case.spec.sizes[source]) for source in case.spec.sources(m)]
        gains.append(case.parameters.weights[m - 1] @ np.concatenate(sent) + (unit if l in case.spec.adds(m) else 0.0))
    return np.array(gains).T


@per_lens
def test_a_join_stands_as_a_stacked_vector(lens: str) -> None:
    told = {(step.kind, step.layer): step for step in narrate(filled(JOINED, 3, 1).trace(), textbook=lens)}
    step = told["weighted_input", 3]
    assert step.symbols.count(r"\begin{bmatrix}") == 1
    assert step.writes == ("joined_activation:3", "weighted_input:3")
    assert [one.ref for one in step.reads if one.ref.startswith("activation")] == [
        "activation:1",
        "activation:2",
        "activation:0",
    ]


def known(trace: Trace) -> list[Reference]:
    """Every number of the trace; a joined activation is one by another name."""
    found = []
    for l, layer in enumerate(trace.layers()):
        for name, array in layer.items():
            if array is not None and name != "joined_activation":
                shape = array.shape[1:] if Reference(name, l).is_per_example else array.shape
                found += [Reference(name, l, place) for place in np.ndindex(shape)]
    return found


@settings(max_examples=15, deadline=None)
@given(case=wired(deepest=3))
def test_links_go_both_ways(case: Case) -> None:
    trace = case.trace()
    all_of_them = known(trace)
    onward = {one: set(readers(trace, one)) for one in all_of_them}
    for one in all_of_them:
        for other in operands(trace, one):
            assert one in onward.get(other, {one}), (one, other)
        assert all(one in operands(trace, other) for other in onward[one])


@settings(max_examples=40, deadline=None)
@given(case=wired())
def test_all_paths_add_up_to_the_gradient(case: Case) -> None:
    trace = case.trace()
    for name in (*PARAMETERS, "weighted_input", "activation"):
        for l in range(1, case.spec.depth + 1):
            if (name, l) not in trace.memory:
                continue
            array = trace.memory[name, l]
            shape = array.shape if name in PARAMETERS else array.shape[1:]
            found = paths(trace, Reference(name, l, tuple(n - 1 for n in shape)), 0, 5)
            assert found.sum == pytest.approx(found.value, rel=1e-9, abs=1e-12)
            assert [abs(one.product) for one in found.strongest] == sorted(
                (abs(one.product) for one in found.strongest), reverse=True
            )


@settings(max_examples=40, deadline=None)
@given(case=wired(examples=1))
def test_what_is_outside_a_cone_does_not_move(case: Case) -> None:
    trace = case.trace()
    for l in range(1, case.spec.depth + 1):
        moved = tuple(array.copy() for array in case.parameters.weights)
        place = tuple(n - 1 for n in moved[l - 1].shape)
        moved[l - 1][place] += 0.5
        other = Case(case.spec, type(case.parameters)(moved, case.parameters.biases), case.inputs, case.targets)
        after = other.trace(optimizer=case.optimizer, optimizer_state=case.state)
        touched = {(one.quantity, one.layer): one for one in influence(trace, Reference("weights", l, place))}
        for one in known(trace):
            if trace.not_finite is not None or one == Reference("weights", l, place):
                continue
            cone = touched.get((one.name, one.layer))
            inside = cone is not None and (
                not one.index or one.index[0] in cone.rows or one.index[-1] in cone.columns or one.index in cone.cells
            )
            if not inside:
                assert one.value(after.memory, 0) == one.value(trace.memory, 0), one
