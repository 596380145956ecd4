"""The program and its memory: order, reads and writes, what training leaves out, what a trace may never lose."""

import numpy as np
import pytest
from hypothesis import given, settings

from backprop_core import (
    LayerSpec,
    Memory,
    NetworkSpec,
    Parameters,
    Quantity,
    SpecificationError,
    Updates,
    backward,
    compile,
    forward,
    initialise,
    mini_batches,
    operation_counts,
    trace_update,
    train,
)
from backprop_core.memory import state_shapes
from tests.core.strategies import Case, cases, filled

SPEC = NetworkSpec(3, (LayerSpec(4, "tanh"), LayerSpec(2)))


GIVEN = ("weights", "biases", "target", "target_sum", "learning_rate", "updates_made")


def test_the_box_of_the_textbook() -> None:
    memory = Memory(NetworkSpec(2, (LayerSpec(2), LayerSpec(2))), 1)
    lines = [(equation.kind, equation.layer) for equation in compile(memory, asides=False).equations]
    assert lines == [
        ("weighted_input", 1),
        ("activation", 1),
        ("weighted_input", 2),
        ("activation", 2),
        ("cost", 2),
        ("cost_gradient", 2),
        ("activation_slope", 2),
        ("output_error", 2),
        ("backpropagated_error", 1),
        ("activation_slope", 1),
        ("error", 1),
        ("backpropagated_error", 0),
        ("input_error", 0),
        ("weight_gradient", 2),
        ("bias_gradient", 2),
        ("weight_gradient", 1),
        ("bias_gradient", 1),
        ("weight_update", 2),
        ("bias_update", 2),
        ("weight_update", 1),
        ("bias_update", 1),
    ]


@settings(max_examples=80, deadline=None)
@given(cases())
def test_an_equation_reads_only_what_is_written_before_it(case: Case) -> None:
    program = case.trace().program
    known = {q for q in program.memory if q.name in GIVEN} | {*state_shapes(case.spec, case.optimizer)}
    known |= {Quantity("weighted_input", 0), Quantity("activation", 0)}
    for equation in program.equations:
        assert set(equation.reads) <= known, equation.kind
        assert equation.writes not in known or equation.kind == "activation"
        known.add(equation.writes)


@settings(max_examples=80, deadline=None)
@given(cases())
def test_an_equation_writes_only_what_it_says(case: Case) -> None:
    memory = case.memory()
    program = compile(memory)
    program.run()
    for equation in program.equations:
        before = {quantity: memory[quantity].copy() for quantity in memory}
        with np.errstate(all="ignore"):
            memory[equation.writes][...] = np.nan
            equation.run()
        for quantity in memory:
            np.testing.assert_array_equal(memory[quantity], before[quantity], err_msg=f"{equation.kind} {quantity}")


@settings(max_examples=80, deadline=None)
@given(cases())
def test_an_equation_reads_only_what_it_says(case: Case) -> None:
    """With everything else poisoned it writes the same."""
    memory = case.memory()
    program = compile(memory).run()
    for equation in program.equations:
        expected = memory[equation.writes].copy()
        before = {quantity: memory[quantity].copy() for quantity in memory}
        needed = [memory[quantity] for quantity in equation.reads]
        for quantity in memory:
            if not any(np.shares_memory(memory[quantity], array) for array in needed):
                memory[quantity][...] = np.nan
        with np.errstate(all="ignore"):
            equation.run()
        np.testing.assert_array_equal(memory[equation.writes], expected, err_msg=equation.kind)
        for quantity, array in before.items():
            memory[quantity][...] = array


@settings(max_examples=60, deadline=None)
@given(cases())
def test_training_makes_the_same_update_bit_for_bit(case: Case) -> None:
    if not case.spec.has_target:
        return
    trace = case.trace()
    updates = Updates(case.memory())
    updates.run()
    present, expected = updates.memory.parameters(), trace.memory.parameters(updated=True)
    for mine, other in zip(present.weights + present.biases, expected.weights + expected.biases, strict=True):
        assert mine.tobytes() == other.tobytes()


def test_training_leaves_out_what_no_update_needs() -> None:
    program = compile(Memory(NetworkSpec(3, (LayerSpec(4), LayerSpec(2, "softmax")), "cross_entropy"), 2))
    kinds = {equation.kind for equation in program.for_training().equations}
    assert kinds.isdisjoint({"cost", "cost_gradient", "input_error", "activation_jacobian", "example_weight_gradient"})
    assert {"weight_update", "bias_update", "output_error", "error"} <= kinds


def test_a_finished_trace_cannot_be_written() -> None:
    trace = filled(SPEC, 0, 2).trace()
    with pytest.raises(ValueError, match="read-only"):
        trace.memory["error", 1][0, 0] = 1.0
    for quantity in trace.memory:
        assert not trace.memory[quantity].flags.writeable


def test_one_slab() -> None:
    memory = Memory(SPEC, 2)
    bases = {
        id(memory[quantity].base if memory[quantity].base is not None else memory[quantity]) for quantity in memory
    }
    assert len(bases) == 1


def test_forward_and_backward_alone() -> None:
    case = filled(SPEC, 1, 3)
    trace = case.trace()
    np.testing.assert_array_equal(forward(SPEC, case.parameters, case.inputs)[-1], trace.memory["activation", 2])
    gradients = backward(SPEC, case.parameters, case.inputs, case.targets)
    np.testing.assert_array_equal(gradients.weights[0], trace.memory["weight_gradient", 1])


def test_the_mean_over_a_batch_is_the_mean_of_its_examples() -> None:
    case = filled(SPEC, 2, 5)
    whole = case.trace()
    assert case.targets is not None
    singles = [trace_update(SPEC, case.parameters, [x], [y]) for x, y in zip(case.inputs, case.targets, strict=True)]
    for name in ("weight_gradient", "bias_gradient"):
        mean = np.mean([single.memory[name, 1] for single in singles], axis=0)
        np.testing.assert_allclose(whole.memory[name, 1], mean, rtol=1e-12)
    assert whole.cost == pytest.approx(np.mean([single.cost for single in singles]))
    np.testing.assert_allclose(whole.memory["error", 1][3], singles[3].memory["error", 1][0], rtol=1e-12)


def test_the_slope_of_relu_at_zero_is_a_setting() -> None:
    """Sun takes σ′(0) = 1, most libraries 0."""
    for slope, expected in ((0.0, [0.0, 1.0, 0.0]), (1.0, [8.0, 1.0, 0.0]), (0.25, [2.0, 1.0, 0.0])):
        spec = NetworkSpec(
            1, (LayerSpec(3, "relu"), LayerSpec(1, "identity")), "output", bias=False, relu_slope_at_zero=slope
        )
        trace = trace_update(spec, Parameters.of(spec, [[[0.0], [3.0], [-1.0]], [[8.0, 1.0, -4.0]]]), [[1.0]])
        assert trace.memory["error", 1].tolist() == [expected]


def test_mini_batches_cover_an_epoch_once() -> None:
    batches = list(mini_batches(np.random.default_rng(0), 10, 4))
    assert [len(batch) for batch in batches] == [4, 4, 2]
    assert sorted(np.concatenate(batches)) == list(range(10))


def test_training_takes_the_mean_of_a_short_last_batch() -> None:
    """Against a loop that makes a fresh trace for every mini-batch."""
    case = filled(NetworkSpec(2, (LayerSpec(3), LayerSpec(1))), 4, 7)
    assert case.targets is not None
    memory = Memory(case.spec, 3).load_parameters(case.parameters).load_learning_rate(0.7)
    turns = train(memory, case.inputs, case.targets, np.random.default_rng(9), batch_size=3)
    rng, parameters = np.random.default_rng(9), case.parameters
    for _ in range(4):
        for rows in mini_batches(rng, 7, 3):
            trace = trace_update(case.spec, parameters, case.inputs[rows], case.targets[rows], learning_rate=0.7)
            parameters = trace.memory.parameters(updated=True)
            present = next(turns).parameters()
            for mine, other in zip(present.weights, parameters.weights, strict=True):
                np.testing.assert_array_equal(mine, other)


def test_counts_before_anything_is_made() -> None:
    counts = operation_counts(NetworkSpec(784, (LayerSpec(30), LayerSpec(10))), 10)
    assert counts.parameters == 23860
    assert counts.forward_products == 23820 * 10
    trace = filled(SPEC, 0, 2).trace()
    held = sum(array.size for layer in trace.layers() for array in layer.values() if array is not None)
    assert held <= operation_counts(SPEC, 2).trace_numbers
    huge = operation_counts(NetworkSpec(10**9, (LayerSpec(10**9),)), 10**9)
    assert huge.parameters == 10**18 + 10**9


@pytest.mark.parametrize(
    "scheme",
    [
        "xavier_normal",
        "xavier_uniform",
        "he_normal",
        "he_uniform",
        "lecun_normal",
        "lecun_uniform",
        "nielsen",
        "nielsen_scaled",
    ],
)
def test_initialisations_have_the_spread_they_promise(scheme: str) -> None:
    spec = NetworkSpec(300, (LayerSpec(200), LayerSpec(1)))
    weights = initialise(spec, np.random.default_rng(5), scheme).weights[0]
    variance = {"xavier": 2 / 500, "he": 2 / 300, "lecun": 1 / 300, "nielsen": 1.0}[scheme.split("_", maxsplit=1)[0]]
    variance = 1 / 300 if scheme == "nielsen_scaled" else variance
    assert weights.var() == pytest.approx(variance, rel=0.03)
    if scheme.endswith("uniform"):
        assert np.abs(weights).max() <= (3 * variance) ** 0.5


def test_the_same_seed_gives_the_same_parameters() -> None:
    one, two = (initialise(SPEC, np.random.default_rng(3)) for _ in range(2))
    assert one.weights[0].tobytes() == two.weights[0].tobytes()


def test_inputs_of_another_width_are_refused_by_forward_too() -> None:
    case = filled(SPEC, 0, 2)
    with pytest.raises(SpecificationError, match="expected shape 2×3, got 2×1"):
        forward(SPEC, case.parameters, [[1.0], [2.0]])
