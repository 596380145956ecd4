"""The lens of Nielsen against its screenplay, string by string and number by number."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backprop_core import (
    ACTIVATIONS,
    COSTS,
    TEXTBOOKS,
    LayerSpec,
    NetworkSpec,
    Parameters,
    Step,
    Trace,
    narrate,
    steps,
    trace_update,
)
from backprop_core.textbooks import costs_told, words
from tests.core import oracle
from tests.core.strategies import filled

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parent / "golden" / "screenplay_nielsen.json").read_text())
WORDS = (
    "kind",
    "layer",
    "phase",
    "name",
    "place",
    "symbols",
    "numbers",
    "shapes",
    "sentence",
    "orientation",
    "quantity",
)


def requested(request: dict[str, Any]) -> Trace:
    network = dict(request["network"])
    layers = tuple(LayerSpec(**layer) for layer in network.pop("layers"))
    spec = NetworkSpec(layers=layers, **network)
    parameters = Parameters.of(spec, request["parameters"]["weights"], request["parameters"].get("biases"))
    batch = request["batch"]
    return trace_update(
        spec, parameters, batch["inputs"], batch.get("targets"), learning_rate=request.get("learning_rate")
    )


TRACE = requested(GOLDEN["request"])
STEPS = list(narrate(TRACE))
PAIRS = list(zip(STEPS, GOLDEN["steps"], strict=True))


def close(mine: Any, golden: Any) -> None:
    np.testing.assert_allclose(np.asarray(mine, float), np.asarray(golden, float), rtol=1e-12, atol=1e-16)


def as_written(step: Step, golden: dict[str, Any]) -> None:
    """Every word, reference and number of one step is that of its screenplay, in the same shape."""
    for word in WORDS:
        assert getattr(step, word) == golden[word], word
    assert [list(pair) for pair in step.covers] == golden["covers"]
    assert list(step.operands) == golden["operands"]
    assert step.in_text is golden["in_text"]
    assert step.scale == golden["scale_of_api_value"]
    assert np.shape(step.result) == np.shape(golden["result"])
    close(step.result, golden["result"])
    for name, value in golden.get("intermediate", {}).items():
        assert np.shape(step.intermediate[name]) == np.shape(value)
        close(step.intermediate[name], value)


@pytest.mark.parametrize(("step", "golden"), PAIRS, ids=[step.name for step in STEPS])
def test_every_word_and_number(step: Step, golden: dict[str, Any]) -> None:
    as_written(step, golden)


def test_every_layer_of_the_trace() -> None:
    for mine, golden in zip(TRACE.layers(), GOLDEN["layers"]["layers"], strict=True):
        for name, value in golden.items():
            if name == "layer" or (name == "activation_slope" and golden["layer"] == 0):
                continue
            close(mine[name], value)
    close(TRACE.cost, GOLDEN["layers"]["cost"])
    close(TRACE.costs, GOLDEN["layers"]["costs"])


def test_the_other_example_has_its_own_numbers() -> None:
    second = list(narrate(TRACE, example=1))
    for step, golden in zip(second, GOLDEN["steps"], strict=True):
        close(step.result, golden["result_other_examples"][0] if step.phase != "update" else golden["result"])


def test_the_order_for_a_network_of_another_text() -> None:
    golden = GOLDEN["order_of_the_sun_preset"]
    steps = list(narrate(requested(golden["request"])))
    assert [[s.kind, s.layer, [list(pair) for pair in s.covers]] for s in steps] == golden["steps"]


def test_groups_are_the_items_of_the_text() -> None:
    groups = list(dict.fromkeys(step.group for step in STEPS))
    assert groups == [
        "Input",
        "Feedforward",
        "Cost",
        "Output error",
        "Backpropagate the error",
        "Output: the gradient",
        "Gradient descent",
    ]


def test_links_run_both_ways() -> None:
    """What a step reads from another, that other is used by."""
    for step in STEPS:
        for link in step.reads:
            if link.step is not None:
                assert link.step < step.index
                assert any(use.step == step.index for use in STEPS[link.step].used_by), (step.name, link)
        for use in step.used_by:
            assert use.step is not None
            assert use.step > step.index
    assert [(link.text, link.step) for link in STEPS[8].reads][:2] == [("w³", None), ("δ³", 7)]


def test_errata_stand_where_one_stumbles() -> None:
    shown = {step.index: step.errata for step in STEPS if step.errata}
    assert sorted(shown) == [0, 6, 11, 13, 14, 15, 16]
    for errata in shown.values():
        assert all(erratum.printed and erratum.holds and erratum.printed != erratum.holds for erratum in errata)
    told = {erratum for errata in shown.values() for erratum in errata}
    summary = {erratum for erratum in TEXTBOOKS["nielsen"].errata if erratum.place.startswith("summary")}
    assert told | summary == set(TEXTBOOKS["nielsen"].errata)


def test_softmax_says_that_bp1_does_not_hold() -> None:
    case = filled(NetworkSpec(2, (LayerSpec(3, "softmax"),)), 0, 1)
    step = next(step for step in narrate(case.trace()) if step.kind == "output_error")
    assert step.tag == "(36)"
    assert any(erratum.place.startswith("summary") for erratum in step.errata)


def test_saturation_is_said_with_its_numbers() -> None:
    remarks = {remark.ref: remark for step in STEPS for remark in step.remarks if remark.kind == "saturated"}
    assert set(remarks) == {"activation:1:2", "activation:2:1"}
    assert "0.002467" in remarks["activation:1:2"].text


def test_dead_and_stopped_neurons_are_told_apart() -> None:
    spec = NetworkSpec(1, (LayerSpec(2, "relu"), LayerSpec(1, "identity")))
    parameters = Parameters.of(spec, [[[1.0], [-1.0]], [[1.0, 1.0]]], [[0.0, -9.0], [0.0]])
    trace = trace_update(spec, parameters, [[1.0], [-2.0]], [[0.0], [0.0]])
    told = [{(one.ref, one.kind) for step in narrate(trace, example=x) for one in step.remarks} for x in (0, 1)]
    assert ("activation:1:1", "dead") in told[0] & told[1]
    assert ("activation:1:0", "stopped") in told[1] - told[0]


def test_frozen_biases_are_said() -> None:
    case = filled(NetworkSpec(2, (LayerSpec(2),)), 0, 1)
    steps = list(narrate(case.trace(freeze_biases=True)))
    assert [step.kind for step in steps if step.phase == "update"] == ["weight_update"]
    assert "frozen" in steps[-1].sentence


@pytest.mark.parametrize(
    ("arguments", "error"),
    [({"granularity": "atom"}, ValueError), ({"example": 2}, ValueError), ({"textbook": "none"}, KeyError)],
)
def test_bad_questions(arguments: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        list(narrate(TRACE, **arguments))


def test_narration_is_lazy(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Step] = []
    tell = steps._step

    def counted(*arguments: Any) -> Step:
        told.append(tell(*arguments))
        return told[-1]

    monkeypatch.setattr(steps, "_step", counted)
    assert next(narrate(TRACE)).kind == "input"
    assert len(told) == 1


def test_every_function_has_its_words() -> None:
    """A new activation or cost is said everywhere, or this names the place where it is not."""
    assert set(ACTIVATIONS) == set(words.ACTIVATION_NAMES), "backprop_core/textbooks/words.py, ACTIVATION_NAMES"
    assert set(ACTIVATIONS) == set(words.ACTIVATION_SENTENCES), "backprop_core/textbooks/words.py, ACTIVATION_SENTENCES"
    elementwise = {name for name, one in ACTIVATIONS.items() if not one.output_only}
    assert elementwise == set(oracle.FUNCTIONS), "tests/core/oracle.py, FUNCTIONS"
    assert set(COSTS) == set(costs_told.SENTENCES), "backprop_core/textbooks/costs_told.py, SENTENCES"


def test_passes_and_layers_have_names_of_their_own() -> None:
    assert [(step.name, step.phase) for step in narrate(TRACE, "pass")] == [
        ("Forward pass", "forward"),
        ("Cost", "cost"),
        ("Backward pass", "backward"),
        ("Update", "update"),
    ]
    layers = list(narrate(TRACE, "layer"))
    assert layers[1].name == "Feedforward: weighted input z^2 · activation a^2"
    assert layers[1].covers == (("weighted_input", 1), ("activation", 1))
    assert layers[1].members == (1, 2)
    assert [line.title for line in layers[6].lines] == [
        "BP4: gradient of the weights w^3",
        "BP3: gradient of the biases b^3",
    ]


def test_saturation_under_a_cost_that_cancels_it_is_said_so() -> None:
    spec = NetworkSpec(1, (LayerSpec(1),), "binary_cross_entropy")
    trace = trace_update(spec, Parameters.of(spec, [[[50.0]]]), [[1.0]], [[0.0]], learning_rate=0.1)
    texts = [remark.text for step in narrate(trace) for remark in step.remarks if remark.kind == "saturated"]
    assert texts
    assert all("cancels" in text and "slower" not in text and "learn" not in text for text in texts)


def test_an_input_is_never_said_to_learn() -> None:
    spec = NetworkSpec(2, (LayerSpec(1, "identity"),), input_activation="sigmoid", bias=False)
    trace = trace_update(spec, Parameters.of(spec, [[[1.0, 1.0]]]), [[6.0, -50.0]], [[0.0]])
    assert not [remark for step in narrate(trace) for remark in step.remarks]
    assert "sigmoid" in list(narrate(trace))[1].sentence


def test_float32_is_told_like_float64() -> None:
    case = filled(NetworkSpec(2, (LayerSpec(2),), "binary_cross_entropy"), 1, 2)
    for wide, narrow in zip(narrate(case.trace()), narrate(case.trace(dtype="float32")), strict=True):
        assert (wide.symbols, wide.shapes, wide.sentence) == (narrow.symbols, narrow.shapes, narrow.sentence)


def test_the_short_form_brings_its_own_words() -> None:
    spec = NetworkSpec(1, (LayerSpec(1),), "binary_cross_entropy")
    trace = trace_update(spec, Parameters.of(spec, [[[50.0]]]), [[1.0]], [[0.0]])
    step = next(step for step in narrate(trace) if step.kind == "output_error")
    assert (step.symbols, step.shapes, step.tag) == (r"\delta^2=a^2-y", "1×1 − 1×1", "")
    assert "cancels" in step.sentence
    cost = next(step for step in narrate(trace) if step.kind == "cost")
    assert r"\ln(1-1)" not in cost.numbers


def test_places_name_an_equation_only_where_it_is_that_equation() -> None:
    spec = NetworkSpec(1, (LayerSpec(2, "relu"), LayerSpec(2, "tanh")), "squared_error", bias=False)
    told = {(step.kind, step.layer): step for step in narrate(filled(spec, 0, 1).trace())}
    assert told["activation", 1].place == "alg. 2"
    assert told["output_error", 2].place == "alg. 3; BP1; (36)–(38)"
    assert told["cost", 2].place == "before (39)"
    for step in told.values():
        assert not any("+b" in str(line.symbols) for line in step.derivation)


def test_where_a_trace_breaks_off_is_said_for_every_example() -> None:
    spec = NetworkSpec(1, (LayerSpec(1, "identity"),), bias=False)
    trace = trace_update(spec, Parameters.of(spec, [[[1e200]]]), [[1e-200], [1.0]], [[0.0], [0.0]])
    for granularity in ("equation", "pass"):
        last = list(narrate(trace, granularity))[-1]
        assert [remark.text for remark in last.remarks if remark.kind == "not_finite"] == [
            "The cost is no longer finite in example 2: the trace ends here."
        ]
