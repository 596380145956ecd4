"""A mistake beside the right update: which numbers differ, from where on, and what it does to learning.

Mazur's article is the independent judge; elsewhere the right program is.
"""

import numpy as np
import pytest

from backprop_core.examples import load_example
from backprop_core.initializations import initialise
from backprop_core.laboratory.mistakes import MISTAKES
from backprop_core.laboratory.wrong_turn import WrongTurn, turn_wrong
from backprop_core.network import LayerSpec, NetworkSpec, Parameters, SpecificationError
from backprop_core.references import Reference
from backprop_core.trace import Trace, trace_update

SPEC = NetworkSpec(2, (LayerSpec(3, "sigmoid"), LayerSpec(2, "sigmoid")))


def mazur(name: str) -> WrongTurn:
    request = load_example("mazur").request
    network, parameters, batch = (request[key] for key in ("network", "parameters", "batch"))
    spec = NetworkSpec(
        network["inputs"], tuple(LayerSpec(**layer) for layer in network["layers"]), cost=network["cost"]
    )
    given = Parameters.of(spec, parameters["weights"], parameters["biases"])
    rate = request["learning_rate"]
    trace = trace_update(spec, given, batch["inputs"], batch["targets"], learning_rate=rate, freeze_biases=True)
    return turn_wrong(trace, name, updates=1)


def test_mazurs_stale_weights_to_the_digits_he_printed() -> None:
    told = mazur("stale_weights")
    assert told.first is not None
    assert (told.first.kind, told.first.layer) == ("backpropagated_error", 1)
    pairs = {pair.ref: pair for pair in told.pairs}
    assert pairs["error:1:0"].right == pytest.approx(0.00877135468948693, rel=1e-12)
    assert pairs["error:1:0"].wrong == pytest.approx(0.00729446, abs=5e-9)
    assert pairs["error:1:1"].wrong == pytest.approx(0.00847259, abs=5e-9)
    assert f"{told.costs[1]:.9f}" == "0.291027774"
    assert f"{told.wrong_costs[1]:.9f}" == "0.291027924"
    assert {"weight_update:2"} == {
        f"{one.kind}:{one.layer}" for one in told.equations if one.moved and "update" in one.kind
    }
    assert not any("weights:2" in ref for ref in pairs)  # the early update itself is right


def batch_of_three(name: str, dtype: str = "float64") -> Trace:
    """An update that has room for the mistake."""
    spec = {
        "mask_missing": NetworkSpec(2, (LayerSpec(3, "relu"), LayerSpec(2, "sigmoid"))),
        "slope_again": NetworkSpec(2, (LayerSpec(3, "sigmoid"), LayerSpec(2, "softmax")), cost="cross_entropy"),
        "transposed_weights": NetworkSpec(2, (LayerSpec(2, "sigmoid"), LayerSpec(2, "sigmoid"))),
    }.get(name, SPEC)
    drawn = initialise(spec, np.random.default_rng(3), "xavier_normal")
    parameters = Parameters(drawn.weights, tuple(b + 0.3 for b in drawn.biases))
    inputs, targets = [[0.3, -1.0], [-0.7, 0.2], [1.5, 0.4]], [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]
    return trace_update(spec, parameters, inputs, targets, learning_rate=0.4, dtype=dtype)


@pytest.mark.parametrize("name", MISTAKES)
def test_the_first_wrong_equation_is_the_first_marked_wrong(name: str) -> None:
    told = turn_wrong(batch_of_three(name), name, updates=5)
    assert told.first is not None
    assert told.first.kind == MISTAKES[name].first
    assert told.first == next(one for one in told.equations if one.wrong)
    assert any(one.changed or one.moved for one in told.equations)
    assert len(told.costs) == len(told.wrong_costs) == 6
    assert all(pair.right != pair.wrong for pair in told.pairs)


@pytest.mark.parametrize("name", MISTAKES)
def test_in_single_precision_it_begins_at_the_same_equation_and_right_is_what_the_trace_holds(name: str) -> None:
    trace = batch_of_three(name, "float32")
    found, double = turn_wrong(trace, name, updates=2), turn_wrong(batch_of_three(name), name, updates=2)
    assert found.first == double.first
    assert found.differing.keys() == double.differing.keys()
    if MISTAKES[name].update == 1:
        assert all(pair.right == Reference.read(pair.ref, trace).value(trace.memory, 0) for pair in found.pairs)


def test_where_there_is_no_room_it_says_what_is_missing() -> None:
    spec = NetworkSpec(1, (LayerSpec(1, "identity"),), bias=False)
    parameters = initialise(spec, np.random.default_rng(1), "zeros")
    with pytest.raises(SpecificationError, match="a hidden layer of ReLU"):
        turn_wrong(trace_update(spec, parameters, [[1.0]], [[0.0]], learning_rate=0.1), "mask_missing")
    with pytest.raises(SpecificationError, match="a learning rate"):
        turn_wrong(trace_update(spec, parameters, [[1.0]], [[0.0]]), "gradients_kept")


def test_targets_stay_shuffled_as_they_were_in_every_further_update() -> None:
    spec = NetworkSpec(2, (LayerSpec(2, "tanh"), LayerSpec(1)))
    parameters = initialise(spec, np.random.default_rng(3))
    inputs, targets = np.array([[1.0, 0.5], [-0.5, 0.8], [0.2, -1.0]]), np.array([[0.0], [1.0], [0.5]])
    right = trace_update(spec, parameters, inputs, targets, learning_rate=0.5)
    found = turn_wrong(right, "targets_shuffled", updates=6)
    for update in range(7):
        trace = trace_update(spec, parameters, inputs, np.roll(targets, 1, axis=0), learning_rate=0.5)
        assert found.wrong_costs[update] == pytest.approx(trace.cost, rel=1e-12)
        parameters = trace.memory.parameters(updated=True)
