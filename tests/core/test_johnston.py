"""The lens of Johnston against its screenplay, string by string and number by number."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backprop_core import TEXTBOOKS, Step, narrate
from tests.core.equations_met import places, unmet
from tests.core.test_narration import WORDS, close, requested

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parent / "golden" / "screenplay_johnston.json").read_text())
NIELSEN: dict[str, Any] = json.loads((Path(__file__).parent / "golden" / "screenplay_nielsen.json").read_text())
TRACE = requested(GOLDEN["request"])
STEPS = list(narrate(TRACE, textbook="johnston"))
PAIRS = list(zip(STEPS, GOLDEN["steps"], strict=True))


@pytest.mark.parametrize(("step", "golden"), PAIRS, ids=[step.name for step in STEPS])
def test_every_word_and_number(step: Step, golden: dict[str, Any]) -> None:
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


def test_every_equation_a_reader_looks_for_is_met() -> None:
    assert len(GOLDEN["equations"]) == 43
    assert unmet(TRACE, "johnston", GOLDEN["equations"]) == []


def test_the_vocabulary_lists_every_displayed_equation() -> None:
    displayed = [equation for equation in GOLDEN["equations"] if equation["displayed"]]
    for golden, (place, _, kind) in zip(displayed, TEXTBOOKS["johnston"].equations, strict=True):
        assert places(golden["place"]) == places(place), golden["id"]
        assert kind in {STEPS[index].kind for index in golden["steps"]}, golden["id"]
