"""A wrong turn in the words of the texts: the wrong equation holds with wrong numbers, the right one with right ones.

The reader of displayed equations computes what stands there; it knows nothing of the mistakes.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from backprop_core import (
    MISTAKES,
    TEXTBOOKS,
    LayerSpec,
    NetworkSpec,
    Trace,
    WrongTurnTold,
    initialise,
    narrate,
    tell_wrong_turn,
    trace_update,
)
from backprop_core.examples import explain, load_example
from backprop_core.inspection.wrong_writing import LEFT_OUT, Span
from backprop_core.laboratory.wrong_turn import run_both
from backprop_core.network import Parameters, SpecificationError
from backprop_core.textbooks.pieces import Number, Piece
from tests.core import oracle
from tests.core.strategies import Case, cases, wired
from tests.core.tex_oracle import sides

SIGMOID = NetworkSpec(2, (LayerSpec(3, "sigmoid"), LayerSpec(3, "tanh"), LayerSpec(2, "sigmoid")))
RELU = NetworkSpec(2, (LayerSpec(3, "relu"), LayerSpec(2, "softmax")), cost="cross_entropy")
NETWORKS = {"mask_missing": RELU, "slope_again": RELU}
PER_LENS = pytest.mark.parametrize("lens", list(TEXTBOOKS))


def update(spec: NetworkSpec) -> Trace:
    drawn = initialise(spec, np.random.default_rng(3), "xavier_normal")
    parameters = Parameters(drawn.weights, tuple(b + (-0.6 if spec is RELU else 0.3) for b in drawn.biases))
    inputs, targets = [[0.3, -1.0], [-0.7, 0.2], [1.5, 0.4]], [[1.0, 0.0], [0.0, 1.0], [0.25, 0.75]]
    return trace_update(spec, parameters, inputs, targets, learning_rate=0.4)


def told(spec: NetworkSpec, mistake: str, lens: str, **options: object) -> WrongTurnTold:
    return tell_wrong_turn(update(spec), mistake, updates=5, textbook=lens, **options)  # type: ignore[arg-type]


def same(one: object, other: object) -> bool:
    return bool(np.allclose(np.asarray(one, float), np.asarray(other, float), rtol=1e-9, atol=0.0, equal_nan=True))


def pieces(spans: Sequence[Span]) -> list[Piece]:
    """What is left when the crossed out parts are gone."""
    return [piece for span in spans if span.mark != LEFT_OUT for piece in span.pieces]


def result(spans: Sequence[Span]) -> Number:
    return next(piece for piece in pieces(spans) if isinstance(piece, Number) and piece.result)


def check(spans: Sequence[Span], activation: str) -> None:
    """The numbers of an equation agree, side by side."""
    shown = pieces(spans)
    if isinstance(shown[0], str) and shown[0].endswith("'("):
        taken = next(piece for piece in shown if isinstance(piece, Number))
        expected = oracle.slope(oracle.FUNCTIONS[activation], taken.value)
        assert result(spans).value == pytest.approx(expected, rel=1e-6, abs=1e-8)
        return
    values = sides(shown, np.tanh)
    assert values, shown
    for value in values[:-1]:
        np.testing.assert_allclose(float(value), float(values[-1]), rtol=1e-9, atol=1e-12)


@PER_LENS
@pytest.mark.parametrize("mistake", MISTAKES)
def test_either_equation_holds_with_its_own_numbers(mistake: str, lens: str) -> None:
    spec = NETWORKS.get(mistake, SIGMOID)
    turn = told(spec, mistake, lens)
    assert turn.first is not None
    activation = spec.activation(turn.first.layer)
    for written in (turn.told.right, turn.told.wrong):
        check(written.numbers, activation)
        assert written.symbols
    right, wrong = result(turn.told.right.numbers), result(turn.told.wrong.numbers)
    assert right.ref == wrong.ref
    assert right.value != wrong.value
    assert all(not span.mark for span in (*turn.told.right.symbols, *turn.told.right.numbers))
    for side in (turn.told.wrong.symbols, turn.told.wrong.numbers):
        assert any(span.mark for span in side) or mistake == "targets_shuffled"


@PER_LENS
@settings(max_examples=60, deadline=None)
@given(case=st.one_of(cases(optimizers=False), wired()), mistake=st.sampled_from(list(MISTAKES)))
def test_in_any_network(lens: str, case: Case, mistake: str) -> None:
    try:
        turn = tell_wrong_turn(case.trace(), mistake, updates=1, textbook=lens)
    except SpecificationError:
        reject()
    layer = int(result(turn.told.right.numbers).ref.split(":")[1])
    for written in (turn.told.right, turn.told.wrong):
        if np.isfinite([piece.value for piece in pieces(written.numbers) if isinstance(piece, Number)]).all():
            check(written.numbers, case.spec.activation(layer))


@PER_LENS
@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_first_spoiled_step_is_the_one_that_writes_the_first_wrong_number(mistake: str, lens: str) -> None:
    turn = told(NETWORKS.get(mistake, SIGMOID), mistake, lens)
    spoiled = {one.step: one for one in turn.told.steps}
    wrong = [step for step, one in spoiled.items() if one.wrong]
    if lens == "sun" and mistake in ("ascent", "sum_for_mean", "bias_per_weight", "gradients_kept"):
        assert (turn.told.first_step, wrong) == (None, [])  # the text stops at the gradients, those of one example
    else:
        assert turn.told.first_step == min(wrong)
    assert any(one.changed for one in spoiled.values()) or (lens, mistake) == ("sun", "ascent")


@PER_LENS
@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("granularity", ["equation", "layer"])
def test_a_step_is_marked_wrong_where_a_number_it_shows_is(mistake: str, lens: str, granularity: str) -> None:
    """The steps of the right program beside those of the wrong one, told by themselves."""
    turn = told(NETWORKS.get(mistake, SIGMOID), mistake, lens, granularity=granularity)
    if turn.update != 1:
        return
    right, wrong = run_both(update(NETWORKS.get(mistake, SIGMOID)), mistake).traces()
    pairs = list(zip(*(narrate(one, textbook=lens) for one in (right, wrong)), strict=True))
    differ = {quantity for one, other in pairs if not same(one.result, other.result) for quantity in one.writes}
    steps = narrate(right, textbook=lens, granularity=granularity)
    expected = [step.index for step in steps if differ.intersection(step.writes)]
    assert [one.step for one in turn.told.steps if one.wrong] == expected


def test_a_moved_step_leaves_a_ghost_and_stands_before_what_reads_it() -> None:
    turn = told(SIGMOID, "stale_weights", "nielsen")
    ghosts = [one.step for one in turn.told.steps if one.ghost]
    moved = [(one.step, early) for one in turn.told.steps for early in one.moved]
    assert sorted(early for _, early in moved) == ghosts
    assert all(place < ghost for place, ghost in moved)
    assert {one.ref.split(":")[0] for one in turn.told.instead} == {"weights"}


FORK = NetworkSpec(2, (LayerSpec(2, "tanh"), LayerSpec(2, "sigmoid", (1, 0), (1,)), LayerSpec(2, sources=(2, 1))))


@PER_LENS
def test_stale_weights_of_every_layer_that_reads_one(lens: str) -> None:
    """By hand: what comes back to layer 1 over the moved weights of both layers that read it, and as it is from one."""
    turn = told(FORK, "stale_weights", lens)
    drawn = initialise(FORK, np.random.default_rng(3), "xavier_normal")
    parameters = Parameters(drawn.weights, tuple(b + 0.3 for b in drawn.biases))
    inputs, targets = [[0.3, -1.0], [-0.7, 0.2], [1.5, 0.4]], [[1.0, 0.0], [0.0, 1.0], [0.25, 0.75]]
    trace = trace_update(FORK, parameters, inputs, targets, learning_rate=0.4)
    new, delta = trace.memory.parameters(updated=True).weights, trace.memory["error", 3]
    slope = trace.memory["activation_slope", 2]
    wrong_2 = (delta @ new[2][:, :2]) * slope
    moved_2 = drawn.weights[1] - 0.4 * (wrong_2.T @ trace.memory["joined_activation", 2]) / 3
    back = delta @ new[2][:, 2:] + wrong_2 @ moved_2[:, :2] + wrong_2
    wrong = {pair.ref: pair.wrong for pair in turn.pairs}
    assert turn.first is not None
    assert (turn.first.kind, turn.first.layer) == ("backpropagated_error", 2)
    for j in range(2):
        assert wrong[f"error:1:{j}"] == pytest.approx(back[0, j] * trace.memory["activation_slope", 1][0, j], rel=1e-9)
    assert {one.ref.split(":")[1] for one in turn.told.instead} == {"2", "3"}
    assert all(int(one.ref.split(":")[3]) < 2 for one in turn.told.instead if one.ref.startswith("weights:2"))


def test_every_step_that_is_taken_too_early_is_named() -> None:
    """Two layers read one: the weights of both have moved before its error is computed."""
    split = NetworkSpec(
        2, (LayerSpec(2), LayerSpec(2, sources=(1,)), LayerSpec(2, sources=(1,)), LayerSpec(2, sources=(2, 3)))
    )
    turn = told(split, "stale_weights", "nielsen")
    early = {one.step: one.moved for one in turn.told.steps if one.moved}
    assert [len(moved) for _, moved in sorted(early.items())] == [1, 2]
    ghosts = [one.step for one in turn.told.steps if one.ghost]
    assert sorted(step for moved in early.values() for step in moved) == ghosts


def test_numbers_are_as_large_as_the_text_has_them() -> None:
    """Catching AI has 1/m in its errors; how far they are off is the same in every text."""
    nielsen, catching = (told(SIGMOID, "slope_forgotten", lens).told.numbers for lens in ("nielsen", "catching-ai"))
    one, other = (next(n for n in numbers if n.ref == "error:2:0") for numbers in (nielsen, catching))
    assert one.right is not None
    assert other.right == pytest.approx(one.right / 3, rel=1e-12)
    assert other.off_by == pytest.approx(one.off_by, rel=1e-9)
    assert one.wrong is not None
    assert one.off_by == pytest.approx((one.wrong - one.right) / abs(one.right), rel=1e-12)


@pytest.mark.parametrize("granularity", ["pass", "layer", "equation", "term"])
def test_steps_are_counted_as_the_page_has_them(granularity: str) -> None:
    turn = told(SIGMOID, "slope_forgotten", "nielsen", granularity=granularity)
    assert turn.told.first_step is not None
    assert (turn.told.first_step, len(turn.told.steps) > 0) == ({"pass": 2, "layer": 6}.get(granularity, 10), True)


def test_a_number_in_print_is_explained_by_its_mistake_alone() -> None:
    request = load_example("mazur").request
    network, parameters, batch = (request[key] for key in ("network", "parameters", "batch"))
    layers = tuple(LayerSpec(**layer) for layer in network["layers"])
    spec = NetworkSpec(network["inputs"], layers, cost=network["cost"])
    drawn = Parameters.of(spec, parameters["weights"], parameters["biases"])
    rate = request["learning_rate"]
    trace = trace_update(spec, drawn, batch["inputs"], batch["targets"], learning_rate=rate, freeze_biases=True)
    stale = tell_wrong_turn(trace, "stale_weights", updates=2)
    printed = explain(stale).printed
    assert printed is not None
    assert printed.digits == f"{stale.wrong_costs[1]:.9f}" == "0.291027924"
    assert explain(tell_wrong_turn(trace, "slope_forgotten", updates=2)).printed is None
    # A cost that misses the digits by two explains nothing.
    off = replace(stale, wrong_costs=(stale.wrong_costs[0], 0.291027926))
    assert explain(off).printed is None


@PER_LENS
def test_numbers_are_those_that_a_step_of_the_text_writes(lens: str) -> None:
    """δ of the input is spoken of where a step of the text writes it."""
    trace = trace_update(SIGMOID, initialise(SIGMOID, np.random.default_rng(3)), [[0.3, -1.0]], [[1.0, 0.0]])
    tells = any("error:0" in step.writes for step in narrate(trace, textbook=lens))
    named = {one.ref.rsplit(":", 1)[0] for one in told(SIGMOID, "slope_forgotten", lens).told.numbers}
    assert ("error:0" in named) is tells
    assert "error:1" in named


def test_the_number_told_is_one_that_comes_out_wrong_in_the_stepped_example() -> None:
    """Neurons that are off pass no error on, whatever comes back to them: another one is told, if there is one."""
    spec = NetworkSpec(2, (LayerSpec(2, "relu"), LayerSpec(2, "sigmoid")))
    drawn = initialise(spec, np.random.default_rng(3), "xavier_normal")
    parameters = Parameters(drawn.weights, (np.array([-9.0, 1.0]), *drawn.biases[1:]))
    trace = trace_update(spec, parameters, [[0.3, -1.0]], [[1.0, 0.0]], learning_rate=0.4)
    for mistake in ("stale_weights", "transposed_weights"):
        turn = tell_wrong_turn(trace, mistake, updates=1)
        right, wrong = result(turn.told.right.numbers), result(turn.told.wrong.numbers)
        assert (right.ref, wrong.ref) == ("error:1:1", "error:1:1")
        assert right.value != wrong.value, mistake


def test_a_transposed_weight_on_the_diagonal_is_not_marked() -> None:
    turn = told(SIGMOID, "transposed_weights", "nielsen")
    marked = [piece for span in turn.told.wrong.symbols if span.mark for piece in span.pieces]
    place = result(turn.told.wrong.numbers).ref.split(":")[-1]
    assert len(marked) == 2
    assert all(getattr(piece, "ref", "").split(":")[-2:] != [place, place] for piece in marked)


def test_a_fused_output_has_no_slope_to_take_wrongly() -> None:
    spec = NetworkSpec(2, (LayerSpec(3, "tanh"), LayerSpec(2, "sigmoid")), cost="binary_cross_entropy")
    turn = told(spec, "slope_of_activation", "nielsen")
    assert [one.quantity for one in turn.equations if one.changed] == ["activation_slope:1"]
