"""The lens of Johnston against its screenplay, string by string and number by number."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backprop_core import TEXTBOOKS, LayerSpec, NetworkSpec, Parameters, Step, narrate, trace_update
from backprop_core.textbooks.pieces import to_tex
from backprop_core.textbooks.view import View
from tests.core.equations_met import places, unmet
from tests.core.strategies import filled
from tests.core.test_narration import as_written, requested

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parent / "golden" / "screenplay_johnston.json").read_text())
NIELSEN: dict[str, Any] = json.loads((Path(__file__).parent / "golden" / "screenplay_nielsen.json").read_text())
TRACE = requested(GOLDEN["request"])
STEPS = list(narrate(TRACE, textbook="johnston"))
PAIRS = list(zip(STEPS, GOLDEN["steps"], strict=True))


@pytest.mark.parametrize(("step", "golden"), PAIRS, ids=[step.name for step in STEPS])
def test_every_word_and_number(step: Step, golden: dict[str, Any]) -> None:
    as_written(step, golden)


def test_every_equation_a_reader_looks_for_is_met() -> None:
    assert len(GOLDEN["equations"]) == 43
    assert unmet(TRACE, "johnston", GOLDEN["equations"]) == []


def test_the_vocabulary_lists_every_displayed_equation() -> None:
    displayed = [equation for equation in GOLDEN["equations"] if equation["displayed"]]
    for golden, (place, _, kind) in zip(displayed, TEXTBOOKS["johnston"].equations, strict=True):
        assert places(golden["place"]) == places(place), golden["id"]
        assert kind in {STEPS[index].kind for index in golden["steps"]}, golden["id"]


def test_errata_stand_where_one_stumbles_and_say_both_forms() -> None:
    own = {erratum.place: erratum for erratum in TEXTBOOKS["johnston"].errata}
    assert list(own) == [golden["place"] for golden in GOLDEN["errata"]]
    for golden in GOLDEN["errata"]:
        slip = own[golden["place"]]
        assert slip.printed == golden["printed"]
        assert slip.holds.startswith(golden["holds"].split(" (")[0])
        steps = [int(number) for number in re.findall(r"\d+", golden["shown_at"])]
        assert all(slip in STEPS[index].errata for index in steps), golden["place"]
    assert {slip for step in STEPS for slip in step.errata} == set(own.values())
    assert own["(2); φ^l and φ_l; δ_j^L with an arrow"] in STEPS[5].errata
    others = {slip for name, lens in TEXTBOOKS.items() if name != "johnston" for slip in lens.errata}
    assert not others & set(own.values())


ORDERS = {
    "nielsen": [
        ("input_error", 0, 9),
        ("weight_gradient", 2, 10),
        ("weight_gradient", 1, 11),
        ("bias_gradient", 2, 12),
    ],
    "sun": [("cost", 4, 9), ("output_error", 4, 11), ("input_error", 0, 15), ("weight_gradient", 1, 19)],
}


@pytest.mark.parametrize("preset", list(ORDERS))
def test_the_order_on_networks_of_other_texts(preset: str) -> None:
    """Step numbers of screenplays.md: without an activation of the input a^1 = z^1 stands inside the input step."""
    golden = NIELSEN["request"] if preset == "nielsen" else NIELSEN["order_of_the_sun_preset"]["request"]
    steps = list(narrate(requested(golden), textbook="johnston"))
    keys = [(step.kind, step.layer) for step in steps]
    assert [keys[index] for _, _, index in ORDERS[preset]] == [(kind, l) for kind, l, _ in ORDERS[preset]]
    assert steps[0].writes == ("weighted_input:0", "activation:0")
    assert steps[0].symbols == r"\vec a^1=\vec z^1"
    assert len(steps) == (18 if preset == "nielsen" else 20)


def test_every_number_has_its_symbol() -> None:
    view, entry = View(TRACE), TEXTBOOKS["johnston"].entry
    assert entry(view, "weights", 2, 0, 1).tex == "w^3_{12}"
    assert entry(view, "error", 1, 1).tex == r"\delta^2_2"
    assert entry(view, "activation_gradient", 1, 1).tex == r"(\vec\delta^3\cdot W^3)_2"
    assert entry(view, "weight_gradient", 2, 0, 2).tex == r"\left[\frac{\delta C_1}{\delta W^3}\right]_{(3,1)}"
    for name in (*TRACE.layers()[2], "learning_rate", "cost"):
        index = {"learning_rate": (), "cost": ()}.get(
            name, (0, 0) if "weight" in name and "input" not in name else (0,)
        )
        symbol = entry(view, name, 2, *index)
        assert symbol.tex
        assert symbol.ref == ":".join(map(str, (name, 2, *index)))


def test_a_batch_is_told_one_example_at_a_time() -> None:
    """The gradients are of the stepped example; the update descends on the average, which the text calls E."""
    case = filled(NetworkSpec(2, (LayerSpec(3), LayerSpec(2)), "squared_error"), 0, 3)
    first, second = (list(narrate(case.trace(), textbook="johnston", example=x)) for x in (0, 1))
    gradients = [step for step in first if step.phase == "gradient"]
    assert {step.quantity for step in gradients} == {"example_weight_gradient", "example_bias_gradient"}
    assert all(np.any(np.asarray(a.result) != b.result) for a, b in zip(first[:-4], second[:-4], strict=True))
    assert r"\mathbb{E}" in first[-1].symbols
    assert first[-1].lines[1].place == "§2"


def test_frozen_biases_and_networks_without_any() -> None:
    case = filled(NetworkSpec(2, (LayerSpec(2),)), 0, 1)
    frozen = list(narrate(case.trace(freeze_biases=True), textbook="johnston"))
    assert [step.kind for step in frozen if step.phase == "update"] == ["weight_update"]
    assert "frozen" in frozen[-1].sentence
    bare = filled(NetworkSpec(2, (LayerSpec(2),), bias=False), 0, 1)
    steps = list(narrate(bare.trace(), textbook="johnston"))
    assert not [step for step in steps if step.kind.startswith("bias")]
    assert not any(r"\vec b" in to_tex(line.symbols) for step in steps for line in step.derivation)


def test_softmax_passes_the_row_through_its_whole_jacobian() -> None:
    case = filled(NetworkSpec(2, (LayerSpec(3, "softmax"),)), 0, 1)
    step = next(step for step in narrate(case.trace(), textbook="johnston") if step.kind == "output_error")
    assert np.shape(step.intermediate["jacobian_a_z"]) == (3, 3)
    assert np.all(step.intermediate["jacobian_a_z"] != 0)
    assert r"\mathrm{diag}\{\sigma'" not in step.symbols


def test_a_saturated_output_is_told_in_its_short_form() -> None:
    spec = NetworkSpec(1, (LayerSpec(1),), "binary_cross_entropy")
    trace = trace_update(spec, Parameters.of(spec, [[[50.0]]]), [[1.0]], [[0.0]])
    step = next(step for step in narrate(trace, textbook="johnston") if step.kind == "output_error")
    assert (step.symbols, step.tag) == (r"\vec\delta^2=\Big(\vec a^2-\vec\lambda\Big)^t", "")


def test_what_a_step_reads_is_named_as_the_text_names_it() -> None:
    assert [(link.text, link.step) for link in STEPS[9].reads][:2] == [("W³", None), ("δ³", 8)]
    assert [link.text for link in STEPS[15].reads] == ["W³", "δC₁/δW³", "η"]
    assert ("δC₁/δW³", 11) in [(link.text, link.step) for link in STEPS[8].used_by]
    batch = filled(NetworkSpec(2, (LayerSpec(2),)), 0, 2)
    assert [link.text for link in list(narrate(batch.trace(), textbook="johnston"))[-1].reads][1] == "δE/δb²"
