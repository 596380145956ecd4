"""A push told by a text: the derivation holds in numbers, the sentence says which way, a chain multiplies out."""

from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_core import (
    ACTIVATIONS,
    TEXTBOOKS,
    LayerSpec,
    NetworkSpec,
    Parameters,
    initialise,
    load_example,
    push,
    tell_push,
    trace_update,
)
from backprop_core.laboratory.chain import is_chain
from backprop_core.textbooks.pieces import Line, Number
from tests.core.strategies import Case, cases, filled, outputs_for

SINGLE = [name for name, one in ACTIVATIONS.items() if not one.output_only]


@st.composite
def chains(draw: st.DrawFn, examples: int = 2) -> Case:
    """A network of single neurons with any activation and cost that one neuron can have."""
    cost = draw(st.sampled_from(["quadratic", "squared_error", "binary_cross_entropy", "output"]))
    hidden = draw(st.lists(st.sampled_from(SINGLE), max_size=3))
    output = draw(st.sampled_from([name for name in outputs_for(cost) if name != "softmax"]))
    layers = tuple(LayerSpec(1, name) for name in (*hidden, output))
    entry = draw(st.sampled_from(["identity", "tanh"]))
    spec = NetworkSpec(1, layers, cost=cost, input_activation=entry, bias=draw(st.booleans()))
    return filled(spec, draw(st.integers(0, 2**32 - 1)), draw(st.integers(1, examples)))


def refs_of(spec: NetworkSpec) -> list[str]:
    found = ["weighted_input:0:0", "activation:0:0"]
    for l in range(1, spec.depth + 1):
        found += [f"weighted_input:{l}:0", f"weights:{l}:0:0"]
        found += [] if l == spec.depth and spec.cost.endswith("entropy") else [f"activation:{l}:0"]
        found += [f"biases:{l}:0"] if spec.bias else []
    return found


def holds(line: Line) -> None:
    """The product of the numbers of a line is the number it ends on."""
    *factors, result = [piece for piece in line.numbers if isinstance(piece, Number)]
    assert result.result
    assert prod(one.value for one in factors) == pytest.approx(result.value, rel=1e-10, abs=1e-300)


@settings(max_examples=100, deadline=None)
@given(case=chains(), data=st.data(), textbook=st.sampled_from(list(TEXTBOOKS)))
def test_the_sensitivities_of_a_chain_multiply_to_the_derivative(
    case: Case, data: st.DataObject, textbook: str
) -> None:
    trace, example = case.trace(), len(case.inputs) - 1
    ref = data.draw(st.sampled_from(refs_of(case.spec)))
    told = tell_push(trace, ref, 0.25, textbook, example)
    assert (
        len(told.chain)
        == len(told.told.chain_symbols)
        == 2 * case.spec.depth + 2 + (case.spec.input_activation != "identity")
    )
    assert [link.to for link in told.chain[:-1]] == [link.ref for link in told.chain[1:]]
    if told.told.chain_product:
        holds(told.told.chain_product)
    refs = [link.ref for link in told.chain]
    plain = ref.replace("activation:0", "weighted_input:0") if case.spec.input_activation == "identity" else ref
    if plain in refs:
        after = told.chain[refs.index(plain) : -1]
        assert prod(float(link.sensitivity or 0.0) for link in after) == pytest.approx(
            told.derivative, rel=1e-9, abs=1e-15
        )


@settings(max_examples=60, deadline=None)
@given(case=chains(examples=1), change=st.floats(-1.0, 1.0))
def test_the_moved_chain_is_the_chain_of_the_moved_network(case: Case, change: float) -> None:
    """Of one example a pushed bias is a network with that bias: its numbers and its derivatives are those after."""
    if not case.spec.bias:
        return
    for l in range(1, case.spec.depth + 1):
        shifts = [np.array(b) for b in case.parameters.biases]
        shifts[l - 1][0] += change
        other = Case(case.spec, Parameters(case.parameters.weights, tuple(shifts)), case.inputs, case.targets).trace()
        told, there = push(case.trace(), f"weighted_input:{l}:0", change), push(other, f"biases:{l}:0", 0.0)
        for moved, standing in zip(told.chain, there.chain, strict=True):
            assert moved.after == pytest.approx(standing.before, rel=1e-9, abs=1e-12)
            if moved.to:
                assert moved.sensitivity_after == pytest.approx(standing.sensitivity, rel=1e-8, abs=1e-10)


def test_a_pushed_activation_leaves_the_slope_before_it() -> None:
    case = filled(NetworkSpec(1, (LayerSpec(1, "sigmoid"), LayerSpec(1, "sigmoid"))), 2, 1)
    links = {link.to: link for link in push(case.trace(), "activation:1:0", 0.5).chain}
    assert links["activation:1:0"].sensitivity_after == links["activation:1:0"].sensitivity
    assert links["activation:2:0"].sensitivity_after != links["activation:2:0"].sensitivity


def test_a_network_that_is_no_chain_has_no_number_lines() -> None:
    skipped = (LayerSpec(1), LayerSpec(1, adds=(1,)))
    for layers in ((LayerSpec(2), LayerSpec(1)), (LayerSpec(1), LayerSpec(1, "softmax")), skipped):
        spec = NetworkSpec(1, layers)
        assert not is_chain(spec)
        told = tell_push(filled(spec, 1, 1).trace(), "weights:1:0:0", 0.1)
        assert (told.chain, told.told.chain_symbols, told.told.chain_product) == ((), (), None)


@settings(max_examples=60, deadline=None)
@given(case=cases(), data=st.data(), textbook=st.sampled_from(list(TEXTBOOKS)))
def test_the_derivation_holds_in_every_text(case: Case, data: st.DataObject, textbook: str) -> None:
    trace = case.trace()
    if trace.not_finite is not None:
        return
    l = data.draw(st.integers(1, case.spec.depth))
    told = tell_push(trace, f"weights:{l}:0:0", data.draw(st.floats(-2.0, 2.0)), textbook)
    holds(told.told.derivation)
    assert told.told.sentence
    assert "nan" not in told.told.sentence.lower()


def test_nielsen_asks_which_way_and_answers_with_numbers() -> None:
    case = Case(
        NetworkSpec(1, (LayerSpec(1, "identity"),)),
        Parameters((np.array([[2.0]]),), (np.array([1.0]),)),
        np.array([[3.0]]),
        np.array([[5.0]]),
    )
    told = tell_push(case.trace(), "weighted_input:1:0", 1.0)
    # a = 7, y = 5: C = 2, δ = 2; pushed down by 1 it is ½ and falls by 1.5.
    assert told.told.question == "Which way should the demon push, and how much can it gain?"
    assert (
        told.told.sentence
        == "Push it down: the derivative 2 is positive. A push of −1 promises to lower C_x by 2 and lowers it by 1.5."
    )
    assert told.told.derivation.symbols == (r"\Delta C_x\approx \delta^2_1\,\Delta z^2_1",)
    assert told.told.name == "Weighted input of output neuron 1"
    long = tell_push(case.trace(), "weighted_input:1:0", 5.0)
    assert long.told.sentence.endswith("but C_x rises by 2.5. The push is too long: a shorter one gains.")
    assert "leaves the finite" in tell_push(case.trace(), "weighted_input:1:0", 1e200).told.sentence
    assert (
        tell_push(case.trace(), "weighted_input:1:0", 0.0).told.sentence
        == "To lower C_x push it down, against the sign of 2."
    )


def test_where_the_derivative_is_near_0_there_is_nothing_to_gain() -> None:
    weights = (np.array([[30.0]]), np.array([[2.0]]))
    spec = NetworkSpec(1, (LayerSpec(1, "sigmoid"), LayerSpec(1, "identity")), bias=False)
    told = tell_push(
        Case(spec, Parameters(weights, ()), np.array([[1.0]]), np.array([[0.0]])).trace(), "weighted_input:1:0", 0.1
    )
    assert told.told.sentence.startswith("Next to nothing to gain: the derivative is")
    assert "saturated" in told.told.reasons[0]
    flat = NetworkSpec(1, (LayerSpec(1, "relu"), LayerSpec(1, "identity")), bias=False)
    off = Case(flat, Parameters((np.array([[-1.0]]), np.array([[2.0]])), ()), np.array([[1.0]]), np.array([[1.0]]))
    assert (
        tell_push(off.trace(), "weights:1:0:0", 0.1).told.sentence
        == "Nothing to gain: the derivative is 0, so C leans neither way here."
    )


def test_a_corner_on_the_way_down_is_named() -> None:
    spec = NetworkSpec(1, (LayerSpec(1, "relu"), LayerSpec(1, "identity")), bias=False, relu_slope_at_zero=1.0)
    for x, end in ((0.0, "but C_x stays where it is. A corner lies on the way."), (-1.0, "Nothing to gain")):
        case = Case(spec, Parameters((np.array([[1.0]]), np.array([[2.0]])), ()), np.array([[x]]), np.array([[-1.0]]))
        assert end in tell_push(case.trace(), "weighted_input:1:0", 0.1).told.sentence


def test_of_a_batch_it_says_whose_cost_is_meant() -> None:
    trace = filled(NetworkSpec(2, (LayerSpec(2, "tanh"), LayerSpec(1))), 3, 3).trace()
    for textbook in TEXTBOOKS:
        assert tell_push(trace, "weights:1:0:0", 0.1, textbook).told.cost_words == "the mean cost of the batch"
        assert tell_push(trace, "weighted_input:1:0", 0.1, textbook, 2).told.cost_words == "the cost of example 3"
    # Catching AI writes δ/m: its own symbol would be half of ΔC.
    assert (
        r"\frac{\partial J_{1}}{\partial z"
        in tell_push(trace, "weighted_input:1:0", 0.1, "catching-ai").told.derivative_tex
    )


def test_the_published_chain_is_one() -> None:
    request = load_example("nielsen-chain").request
    assert {layer["size"] for layer in request["network"]["layers"]} == {1} == {request["network"]["inputs"]}


def test_no_tex_stands_in_a_sentence() -> None:
    spec = NetworkSpec(2, (LayerSpec(2, "tanh"), LayerSpec(1, "sigmoid")))
    trace = trace_update(spec, initialise(spec, np.random.default_rng(2)), [[1, 0.5], [0.2, -1]], [[0], [1]])
    for textbook in TEXTBOOKS:
        for ref in ("weighted_input:1:0", "weights:2:0:1"):
            told = tell_push(trace, ref, 0.1, textbook, 0, 3).told
            assert not set("{}\\_^") & set(told.sentence.replace("C_x", "")), (textbook, told.sentence)
