"""Every displayed equation holds: its operands, recombined as they are written, give its result."""

import math
import re
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pytest
from hypothesis import assume, given, settings

from backprop_core import ACTIVATIONS, COSTS, TEXTBOOKS, Step, narrate
from backprop_core.textbooks.pieces import Line, to_tex
from tests.core import oracle
from tests.core.standing import BATCHES, SCALED, WITHOUT_EXAMPLES, standing_for, standing_in_a_batch
from tests.core.strategies import HIDDEN, Case, cases
from tests.core.tex_oracle import NotWrittenOutError, Reader, Token, Value, sides, statements, tokens

LENSES = list(TEXTBOOKS)
per_lens = pytest.mark.parametrize("lens", LENSES)


def sigma_of(name: str) -> Callable[[Value], Value]:
    def sigma(z: Value) -> Value:
        columns = np.asarray(z, dtype=float)
        columns = columns if columns.ndim == 2 else columns.reshape(-1, 1)
        found = [oracle.activate(name, [float(v) for v in column]) for column in columns.T]
        return np.array(found).T

    return sigma


def agree(values: Sequence[Value], line: Line) -> None:
    first = np.asarray(values[-1], dtype=float)
    for value in values[:-1]:
        np.testing.assert_allclose(
            np.asarray(value, dtype=float).reshape(first.shape), first, rtol=1e-9, atol=1e-11, err_msg=str(line.numbers)
        )


def check_numbers(step: Step, case: Case) -> int:
    """Recombine every line of a step; returns how many had something on both sides of an equals sign."""
    checked = 0
    for line in step.lines:
        for equation in statements(line.numbers) if line.numbers else ():
            values = sides(equation, sigma_of(case.spec.activation(step.layer)))
            assert values, line
            agree(values, line)
            checked += len(values) > 1
    return checked


@per_lens
@settings(max_examples=250, deadline=None)
@given(case=cases())
def test_the_numbers_of_every_line(lens: str, case: Case) -> None:
    trace = case.trace()
    for example in range(trace.batch_size):
        for step in narrate(trace, textbook=lens, example=example):
            checked = check_numbers(step, case)
            if step.kind not in ("input", "cost", "cost_gradient", "bias_gradient"):
                assert checked >= 1, (step.kind, step.numbers)


@per_lens
@settings(max_examples=30, deadline=None)
@given(case=cases(largest=8))
def test_long_sums_keep_their_remainder(lens: str, case: Case) -> None:
    for step in narrate(case.trace(), textbook=lens):
        check_numbers(step, case)


def test_elided_matrices_are_refused_by_the_reader() -> None:
    from backprop_core import LayerSpec, NetworkSpec
    from tests.core.strategies import filled

    case = filled(NetworkSpec(12, (LayerSpec(9), LayerSpec(2))), 0, 1)
    step = next(step for step in narrate(case.trace()) if step.kind == "weighted_input")
    with pytest.raises(NotWrittenOutError):
        sides(step.lines[0].numbers, np.tanh)
    values = sides(step.lines[1].numbers, np.tanh)  # one neuron, its twelve products in four parts
    assert values[0] == pytest.approx(values[1], rel=1e-12)


# Sums over an index, an arrow and diag() are written for a reader; their numbers are recombined above.
NOT_COMPUTED = (
    r"\sum",
    r"\rightarrow",
    r"\leftarrow",
    r"\operatorname{diag}",
    r"\mathrm{diag}\{a",
    r"\cdots",
    r"\hat",
)
WRITTEN_OUT = (
    "weighted_input",
    "cost_gradient",
    "output_error",
    "error",
    "input_error",
    "weight_gradient",
    "bias_gradient",
)


@per_lens
@settings(max_examples=200, deadline=None)
@given(case=cases())
def test_the_symbols_of_every_line(lens: str, case: Case) -> None:
    """Put the arrays that the symbols stand for into each equation as it is written in symbols."""
    trace = case.trace()
    for example in range(trace.batch_size):
        for step in narrate(trace, textbook=lens, example=example):
            sigma = sigma_of(case.spec.activation(step.layer))
            checked = 0
            for line in step.lines:
                written_out = to_tex(piece for piece in line.symbols if isinstance(piece, str))
                if any(sign in written_out for sign in NOT_COMPUTED):
                    continue
                lookup = standing_in_a_batch if lens == BATCHES else standing_for
                letters = {"m": float(trace.batch_size)} if lens == BATCHES else {}
                values = sides(line.symbols, sigma, partial(lookup, case, trace, example), letters)
                if len(values) > 1:
                    agree(values, line)
                    checked += 1
            if step.kind in WRITTEN_OUT:
                assert checked >= 1, step.symbols


@per_lens
@settings(max_examples=100, deadline=None)
@given(case=cases())
def test_the_long_form_is_shown_away_from_saturation(lens: str, case: Case) -> None:
    """A short form stands in its place only where an output is too near 0 or 1."""
    trace = case.trace()
    a = trace.memory["activation", case.spec.depth]
    assume(case.spec.fused and float(a.min()) > 1e-4 and float(a.max()) < 1 - 1e-4)
    told = {step.kind: step for step in narrate(trace, textbook=lens)}
    assert "−" not in told["output_error"].shapes
    assert any(re.search(r"\\(ln|log)\(", to_tex(line.numbers)) for line in told["cost"].lines)


POINTS = [-3.0, -0.7, 0.4, 2.5]


@pytest.mark.parametrize("name", HIDDEN)
def test_the_formulas_of_the_catalogue(name: str) -> None:
    """σ and σ′ as the catalogue prints them, against the oracle and its central differences."""
    activation = ACTIVATIONS[name]
    for z in POINTS:
        a = oracle.FUNCTIONS[name](z)
        variables = {"z": z, "a": a}
        assert written(activation.tex, variables) == pytest.approx(a, rel=1e-12)
        slope = oracle.slope(oracle.FUNCTIONS[name], z)
        pieces = {"relu": "1" if z > 0 else "0", "leaky_relu": "1" if z > 0 else "0.01"}
        if name in pieces:
            assert rf"{pieces[name]}&z{'>0' if z > 0 else ''}" in activation.slope_tex
        assert written(pieces.get(name, activation.slope_tex), variables) == pytest.approx(slope, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", list(COSTS))
def test_the_cost_formulas_of_the_catalogue(name: str) -> None:
    """C_x and ∇C_x as the catalogue prints them, for one output."""
    cost, variables = COSTS[name], {"a": 0.3, "y": 0.8}
    one = (
        re.sub(r"\\sum_j|_j|\\hat", "", cost.tex).replace(" y", "a")
        if name == "output"
        else re.sub(r"\\sum_j|_j", "", cost.tex)
    )
    expected = {
        "quadratic": (0.5 * 0.25, -0.5),
        "squared_error": (0.25, -1.0),
        "binary_cross_entropy": (-0.8 * math.log(0.3) - 0.2 * math.log(0.7), 0.2 / 0.7 - 0.8 / 0.3),
        "cross_entropy": (-0.8 * math.log(0.3), -0.8 / 0.3),
        "output": (0.3, 1.0),
    }[name]
    assert written(one, variables) == pytest.approx(expected[0], rel=1e-12)
    assert written(cost.gradient_tex, variables) == pytest.approx(expected[1], rel=1e-12)


def written(tex: str, variables: dict[str, float]) -> float:
    """What a formula comes to when numbers stand for its letters."""
    found: list[Token] = [variables.get(str(token), token) for token in tokens([tex], lambda symbol: "?")]
    return float(Reader(found, lambda z: z).expression())


@per_lens
@settings(max_examples=60, deadline=None)
@given(case=cases())
def test_results_are_what_the_memory_holds(lens: str, case: Case) -> None:
    trace = case.trace()
    for example in range(trace.batch_size):
        for step in narrate(trace, textbook=lens, example=example):
            if step.quantity == "cost":
                assert step.result == (trace.cost if lens == BATCHES else trace.costs[example])
                continue
            name = "error" if step.quantity == "example_bias_gradient" else step.quantity
            array = trace.memory[name, step.layer]
            if lens == BATCHES and name not in WITHOUT_EXAMPLES:
                assert step.scale == (1.0 / trace.batch_size if name in SCALED else 1.0)
                np.testing.assert_array_equal(step.result, array.T * step.scale)
                continue
            expected = array if name in WITHOUT_EXAMPLES else array[example]
            expected = expected.T if step.orientation == "transposed matrix" else expected
            np.testing.assert_array_equal(np.squeeze(step.result), np.squeeze(expected))


@per_lens
@settings(max_examples=60, deadline=None)
@given(case=cases())
def test_terms_add_up(lens: str, case: Case) -> None:
    """The products on the edges, and the bias, make the weighted input; those of BP2 make what arrives."""
    trace = case.trace()
    example = trace.batch_size - 1
    for step in narrate(trace, textbook=lens, example=example):
        if step.terms is None:
            continue
        if step.terms.kind == "weighted_activation":
            total = step.terms.values.sum(axis=1)
            total = total + trace.memory["biases", step.layer] if case.spec.bias else total
            np.testing.assert_allclose(
                total, trace.memory["weighted_input", step.layer][example], rtol=1e-9, atol=1e-12
            )
        else:
            arrived = trace.memory["activation_gradient", step.layer][example] * step.scale
            np.testing.assert_allclose(step.terms.values.sum(axis=0), arrived, rtol=1e-9, atol=1e-12)


@per_lens
@settings(max_examples=40, deadline=None)
@given(case=cases())
def test_coarser_steps_say_the_same_lines(lens: str, case: Case) -> None:
    trace = case.trace()
    lines = [step.lines[0].numbers for step in narrate(trace, textbook=lens)]
    for granularity in ("pass", "layer", "equation"):
        steps = list(narrate(trace, granularity, lens))
        assert [line.numbers for step in steps for line in step.lines[: len(step.members) or 1]] == lines
        covered = [pair for step in steps for pair in step.covers]
        assert covered == [pair for step in narrate(trace, textbook=lens) for pair in step.covers]
