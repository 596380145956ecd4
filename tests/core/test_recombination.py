"""Every displayed equation holds: its operands, recombined as they are written, give its result."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings

from backprop_core import GRANULARITIES, Step, narrate
from backprop_core.textbooks.pieces import Line, Symbol
from tests.core import oracle
from tests.core.strategies import Case, cases
from tests.core.tex_oracle import NotWrittenOutError, Token, Value, sides


def sigma_of(name: str) -> Callable[[Value], Value]:
    def sigma(z: Value) -> Value:
        column = np.asarray(z, dtype=float).reshape(-1)
        return np.array(oracle.activate(name, [float(v) for v in column])).reshape(-1, 1)

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
        if line.numbers:
            values = sides(line.numbers, sigma_of(case.spec.activation(step.layer)))
            assert values, line
            agree(values, line)
            checked += len(values) > 1
    return checked


@settings(max_examples=250, deadline=None)
@given(cases())
def test_the_numbers_of_every_line(case: Case) -> None:
    trace = case.trace()
    for example in range(trace.batch_size):
        for step in narrate(trace, example=example):
            checked = check_numbers(step, case)
            if step.kind not in ("input", "cost", "cost_gradient", "bias_gradient"):
                assert checked >= 1, (step.kind, step.numbers)


@settings(max_examples=30, deadline=None)
@given(cases(largest=8))
def test_long_sums_keep_their_remainder(case: Case) -> None:
    for step in narrate(case.trace()):
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


WRITTEN_OUT = ("weighted_input", "output_error", "error", "weight_gradient", "bias_gradient")


@settings(max_examples=150, deadline=None)
@given(cases())
def test_the_symbols_of_every_line(case: Case) -> None:
    """Put the arrays that the symbols stand for into the equation as it is written in symbols."""
    trace = case.trace()

    def lookup(symbol: Symbol) -> Token:
        name, _, rest = symbol.ref.partition(":")
        if not rest:
            return "?"
        layer, *index = (int(part) for part in rest.split(":"))
        array = trace.memory["error" if name == "example_bias_gradient" else name, layer]
        whole = name in ("weights", "biases")
        array = array if whole else array[0]
        if index:
            return float(array[tuple(index)])
        if array.ndim == 1:
            array = array.reshape(-1, 1)
        return array.T.copy() if "^T" in symbol.tex else array

    for step in narrate(trace):
        if step.kind in WRITTEN_OUT:
            line = step.lines[0]
            values = sides(line.symbols, sigma_of(case.spec.activation(step.layer)), lookup)
            assert len(values) == 2, line.symbols
            agree(values, line)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_results_are_what_the_memory_holds(case: Case) -> None:
    trace = case.trace()
    for example in range(trace.batch_size):
        for step in narrate(trace, example=example):
            if step.quantity == "cost":
                assert step.result == trace.costs[example]
                continue
            name = "error" if step.quantity == "example_bias_gradient" else step.quantity
            array = trace.memory[name, step.layer]
            expected = array if name.startswith("updated_") else array[example]
            np.testing.assert_array_equal(np.squeeze(step.result), np.squeeze(expected))


@settings(max_examples=60, deadline=None)
@given(cases())
def test_terms_add_up(case: Case) -> None:
    """The products on the edges, and the bias, make the weighted input; those of BP2 make what arrives."""
    trace = case.trace()
    for step in narrate(trace):
        if step.terms is None:
            continue
        if step.kind == "weighted_input":
            total = step.terms.values.sum(axis=1)
            total = total + trace.memory["biases", step.layer] if case.spec.bias else total
            np.testing.assert_allclose(total, trace.memory["weighted_input", step.layer][0], rtol=1e-9, atol=1e-12)
        else:
            arrived = trace.memory["activation_gradient", step.layer][0]
            np.testing.assert_allclose(step.terms.values.sum(axis=0), arrived, rtol=1e-9, atol=1e-12)


@settings(max_examples=40, deadline=None)
@given(cases())
def test_coarser_steps_say_the_same_lines(case: Case) -> None:
    trace = case.trace()
    lines = [step.lines[0].numbers for step in narrate(trace)]
    for granularity in GRANULARITIES:
        steps = list(narrate(trace, granularity))
        assert [line.numbers for step in steps for line in step.lines[: len(step.members) or 1]] == lines
        covered = [pair for step in steps for pair in step.covers]
        assert covered == [pair for step in narrate(trace) for pair in step.covers]
