"""Two costs compared: every line recombines, what is struck through is one and the same number, and print agrees."""

import re
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backprop_core import (
    COSTS,
    TEXTBOOKS,
    LayerSpec,
    NetworkSpec,
    OptimizerSpec,
    Parameters,
    SpecificationError,
    Trace,
    TwoCosts,
    compare_costs,
    load_example,
    trace_update,
    under_costs,
)
from backprop_core.textbooks.pieces import Line, Number, Piece, Symbol, to_tex
from tests.core import oracle
from tests.core.standing import standing_for
from tests.core.strategies import Case, cases
from tests.core.test_recombination import NOT_COMPUTED, agree, sigma_of
from tests.core.tex_oracle import sides

ENTROPY = {"sigmoid": "binary_cross_entropy", "softmax": "cross_entropy"}
STRUCK = r"\cancel"
# Nielsen's neuron, x = 1 and y = 0, recomputed by an independent program: outputs after so many updates.
PRINTED = {
    ("quadratic", 0.15, 0.6, 0.9): {0: 0.817574, 1: 0.812055, 10: 0.751793, 50: 0.38701, 100: 0.210996, 300: 0.093956},
    ("quadratic", 0.15, 2.0, 2.0): {
        0: 0.982014,
        1: 0.981922,
        10: 0.981049,
        100: 0.964131,
        200: 0.788736,
        300: 0.202848,
    },
    ("binary_cross_entropy", 0.005, 0.6, 0.9): {0: 0.817574, 300: 0.417679},
    ("binary_cross_entropy", 0.005, 2.0, 2.0): {0: 0.982014, 300: 0.779587},
}


def neuron(w: float, b: float, rate: float = 0.15) -> Trace:
    spec = NetworkSpec(1, (LayerSpec(1, "sigmoid"),))
    parameters = Parameters.of(spec, [[[w]]], [[b]])
    return trace_update(spec, parameters, [[1.0]], [[0.0]], learning_rate=rate)


def both(trace: Trace, first: str = "quadratic") -> tuple[Trace, Trace]:
    return under_costs(trace, (first, ENTROPY[trace.spec.layers[-1].activation]))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Case, int, int]:
    """A network with a sigmoid or softmax output, an example and an output of it."""
    case = draw(cases(optimizers=False))
    assume(case.spec.layers[-1].activation in ENTROPY and case.spec.has_target)
    return case, draw(st.integers(0, len(case.inputs) - 1)), draw(st.integers(0, case.spec.sizes[-1] - 1))


def unstruck(pieces: tuple[Piece, ...]) -> list[Piece]:
    return [piece.replace(STRUCK, "") if isinstance(piece, str) else piece for piece in pieces]


def struck(pieces: tuple[Piece, ...]) -> list[Piece]:
    """What stands right behind each stroke."""
    return [after for piece, after in pairwise(pieces) if isinstance(piece, str) and STRUCK in piece]


@pytest.mark.parametrize("lens", TEXTBOOKS)
@settings(max_examples=40, deadline=None)
@given(pair=pairs(), first=st.sampled_from(["quadratic", "squared_error"]))
def test_every_line_recombines(lens: str, pair: tuple[Case, int, int], first: str) -> None:
    case, example, j = pair
    traces = both(case.trace(), first)
    told = compare_costs(traces, lens, example, j, updates=0)
    for side, trace in zip(told.sides, traces, strict=True):
        sigma = sigma_of(case.spec.layers[-1].activation)
        assert len(side.lines) == 4
        for line in side.lines:
            if line.numbers:
                agree(sides(unstruck(line.numbers), sigma), line)
            check_symbols(line, case, trace, example)


def check_symbols(line: Line, case: Case, trace: Trace, example: int) -> None:
    literals = to_tex(piece for piece in line.symbols if isinstance(piece, str))
    # Told in symbols alone, a quotient by a slope of 0 included.
    in_symbols_alone = STRUCK in literals and STRUCK not in str(line.numbers)
    if any(sign in literals for sign in NOT_COMPUTED) or not line.numbers or in_symbols_alone:
        return
    lookup = partial(standing_for, case, trace, example)
    values = sides(unstruck(line.symbols), sigma_of(trace.spec.layers[-1].activation), lookup)
    assert len(values) > 1
    agree(values, line)


@settings(max_examples=40, deadline=None)
@given(pair=pairs())
def test_what_is_struck_is_the_slope_and_nothing_else(pair: tuple[Case, int, int]) -> None:
    """By central differences of σ, twice the same number; the side that keeps the slope has no stroke at all."""
    case, example, j = pair
    traces = both(case.trace())
    quadratic, entropy = compare_costs(traces, example=example, output=j, updates=0).sides
    assert STRUCK not in str(quadratic.lines)
    error = entropy.lines[2]
    factors = struck(error.numbers)
    assert [line for line in entropy.lines if STRUCK in str(line)] in ([error], [])
    z = float(traces[1].memory["weighted_input", case.spec.depth][example, j])
    for above, below in zip(factors[::2], factors[1::2], strict=True):
        assert isinstance(above, Number)
        assert above == below
        if case.spec.layers[-1].activation == "sigmoid":
            assert above.value == pytest.approx(oracle.slope(oracle.FUNCTIONS["sigmoid"], z), rel=1e-7)
    assert len(struck(error.symbols)) in (0, len(factors)) or not factors
    assert all(isinstance(piece, Symbol) for piece in struck(error.symbols))


@settings(max_examples=40, deadline=None)
@given(pair=pairs())
def test_the_numbers_are_derivatives_of_either_cost(pair: tuple[Case, int, int]) -> None:
    """By central differences of a forward pass that knows no chain rule."""
    case, example, j = pair
    traces = both(case.trace())
    assume(oracle.smallest_kink_distance(case.spec, case.parameters, case.inputs) > 1e-2)
    told = compare_costs(traces, example=example, output=j, updates=0)
    for at, trace in enumerate(traces):
        weights, biases, _ = oracle.gradient(trace.spec, case.parameters, case.inputs, case.targets)
        for one in told.numbers:
            name, _, *index = one.ref.split(":")
            if name in ("weight_gradient", "bias_gradient"):
                expected = (weights if name == "weight_gradient" else biases)[-1][tuple(map(int, index))]
                assert (one.first, one.second)[at] == pytest.approx(expected, rel=1e-6, abs=1e-8)


@settings(max_examples=40, deadline=None)
@given(pair=pairs())
def test_how_many_times_as_large(pair: tuple[Case, int, int]) -> None:
    case, example, j = pair
    told = compare_costs(both(case.trace()), example=example, output=j, updates=0)
    for one in told.numbers:
        assert one.first is not None
        assert one.second is not None
        first, second = (abs(value - (one.before or 0.0)) for value in (one.first, one.second))
        assert (one.times is None) == (first == 0.0)
        if one.times is not None:
            assert one.times * first == pytest.approx(second, rel=1e-12)
    if case.spec.layers[-1].activation == "sigmoid" and told.numbers[0].times:
        slope = both(case.trace())[0].memory["activation_slope", case.spec.depth][example, j]
        assert told.numbers[0].times == pytest.approx(1 / slope, rel=1e-9)


@pytest.mark.parametrize(("cost", "rate", "w", "b"), PRINTED)
def test_the_outputs_of_nielsens_neuron(cost: str, rate: float, w: float, b: float) -> None:
    sides_told = compare_costs(both(neuron(w, b, rate))).sides
    [side] = [side for side in sides_told if side.cost == cost]
    for updates, expected in PRINTED[cost, rate, w, b].items():
        [output] = side.course.outputs[updates]
        assert output == pytest.approx(expected, abs=5.1e-7)


def test_the_saturated_neuron_in_words_and_numbers() -> None:
    told = compare_costs(both(neuron(2.0, 2.0)))
    quadratic, entropy = told.sides
    assert to_tex(quadratic.lines[2].numbers) == r"\left(0.982-0\right)\cdot 0.01766=0.01735"
    assert to_tex(entropy.lines[2].numbers) == r"\frac{0.982-0}{\cancel{0.01766}}\cdot\cancel{0.01766}=0.982-0=0.982"
    assert (
        told.sentence == "The error is 56.62 times as large. That is 1 over the slope, 1/0.01766: nothing else differs."
    )
    assert "0.01766" in quadratic.sentence
    assert "cancelled" in entropy.sentence


def test_three_classes_sure_of_the_wrong_one() -> None:
    request = load_example("softmax-saturated").request
    spec = NetworkSpec(1, (LayerSpec(3, "softmax"),), bias=False)
    parameters = Parameters.of(spec, request["parameters"]["weights"])
    trace = trace_update(spec, parameters, [[1.0]], [[0.0, 0.0, 1.0]], learning_rate=0.15)
    told = compare_costs(both(trace), output=2)
    quadratic, entropy = told.sides
    assert told.sentence == "The error is 77.95 times as large."
    assert to_tex(entropy.lines[2].numbers).count(STRUCK) == 2
    assert STRUCK not in to_tex(quadratic.lines[2].numbers)
    slow, fast = (side.course.outputs[100][2] or 0.0 for side in (quadratic, entropy))
    assert 0.0 < slow < 0.02
    assert fast > 0.9


@pytest.mark.parametrize("z", [-400.0, -40.0, 38.0, 400.0])
@pytest.mark.parametrize("lens", TEXTBOOKS)
def test_beyond_the_digits_of_a_float_the_factors_are_told_in_symbols(z: float, lens: str) -> None:
    trace = trace_update(
        NetworkSpec(1, (LayerSpec(1, "sigmoid"),)),
        Parameters((np.array([[z]]),), (np.array([0.0]),)),
        [[1.0]],
        [[0.0 if z > 0 else 1.0]],
        learning_rate=0.15,
    )
    told = compare_costs(both(trace), lens)
    for side in told.sides:
        for line in side.lines:
            assert all(np.isfinite(piece.value) for piece in line.numbers if isinstance(piece, Number))
            if line.numbers:
                agree(sides(unstruck(line.numbers), sigma_of("sigmoid")), line)
    assert STRUCK in to_tex(told.sides[1].lines[2].symbols)
    assert told.sentence


@settings(max_examples=25, deadline=None)
@given(case=cases(), updates=st.integers(0, 6))
def test_a_course_is_one_update_after_the_other(case: Case, updates: int) -> None:
    """With any optimizer, against traces that each begin where the one before ended."""
    assume(case.spec.layers[-1].activation in ENTROPY and case.spec.has_target)
    trace = case.trace()
    assume(trace.not_finite is None)
    traces = both(trace)
    assume(all(one.not_finite is None for one in traces))
    told = compare_costs(traces, updates=updates)
    for side, start in zip(told.sides, traces, strict=True):
        now = start
        assert len(side.course.costs) == updates + 1
        for cost, outputs in zip(side.course.costs, side.course.outputs, strict=True):
            assert cost is None or cost == pytest.approx(now.cost, rel=1e-9, abs=1e-12)
            if None not in outputs:
                np.testing.assert_allclose(
                    np.array(outputs, dtype=float), now.memory["activation", now.spec.depth][0], rtol=1e-9, atol=1e-12
                )
            memory = now.memory
            now = trace_update(
                now.spec,
                memory.parameters(updated=True),
                case.inputs,
                case.targets,
                learning_rate=0.5,
                optimizer=case.optimizer,
                optimizer_state=memory.state(updated=True),
            )
            if now.not_finite is not None:
                break


def test_frozen_biases_stay_frozen() -> None:
    start = neuron(2.0, 2.0)
    frozen = trace_update(
        start.spec, start.memory.parameters(), [[1.0]], [[0.0]], learning_rate=0.15, freeze_biases=True
    )
    free, held = (compare_costs(both(one)).sides[1].course.outputs[-1][0] for one in (start, frozen))
    # sigmoid(w + 2) cannot be driven down as fast by w alone.
    assert free is not None
    assert held is not None
    assert held > 1.5 * free


def told_of(trace: Trace, costs: tuple[str, ...]) -> TwoCosts:
    return compare_costs(under_costs(trace, costs))


@pytest.mark.parametrize(
    ("costs", "field"),
    [
        (("quadratic", "cross_entropy"), "/costs/1"),
        (("cross_entropy", "quadratic"), "/costs/0"),
        (("quadratic", "quadratic"), "/costs"),
        (("quadratic",), "/costs"),
        (("quadratic", "squared_error", "binary_cross_entropy"), "/costs"),
        (("quadratic", "output"), "/costs/1"),
        (("nothing", "quadratic"), "/costs/0"),
    ],
)
def test_costs_that_do_not_fit_are_named(costs: tuple[str, ...], field: str) -> None:
    with pytest.raises(SpecificationError) as refused:
        told_of(neuron(2.0, 2.0), costs)
    assert refused.value.field == field


def test_any_two_costs_that_fit() -> None:
    fitting = [name for name, cost in COSTS.items() if cost.has_target and cost.needs in (None, "sigmoid")]
    assert len(fitting) == 3
    for first in fitting:
        for second in fitting:
            if first != second:
                told = told_of(neuron(0.6, 0.9), (first, second))
                assert re.match(r"The error is [\d.]+ times as large\.", told.sentence)
    tanh = NetworkSpec(1, (LayerSpec(1, "tanh"),))
    trace = trace_update(tanh, neuron(0.6, 0.9).memory.parameters(), [[1.0]], [[0.0]], optimizer=OptimizerSpec())
    assert len(told_of(trace, ("quadratic", "squared_error")).sides[0].lines) == 3
