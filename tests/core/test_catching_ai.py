"""The lens of Catching AI against its screenplay, word for word and number for number, also at unequal widths."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backprop_core import Step, narrate
from tests.core.test_narration import WORDS, close, requested

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parent / "golden" / "screenplay_catching_ai.json").read_text())
TRACE = requested(GOLDEN["request"])
STEPS = list(narrate(TRACE, textbook="catching-ai"))
PAIRS = list(zip(STEPS, GOLDEN["steps"], strict=True))
WIDE = requested(GOLDEN["widths"]["request"])


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


def test_unequal_widths() -> None:
    """Square weights hide a transposition; these are 4×3, 2×4 and 1×2."""
    widths = GOLDEN["widths"]
    steps = list(narrate(WIDE, textbook="catching-ai"))
    for step, golden in zip(steps, widths["steps"], strict=True):
        assert (step.kind, step.layer, step.phase) == (golden["kind"], golden["layer"], golden["phase"])
        assert [list(pair) for pair in step.covers] == golden["covers"]
        assert list(step.operands) == golden["operands"]
        assert step.scale == golden["scale_of_api_value"]
        assert np.shape(step.result) == np.shape(golden["result"])
        close(step.result, golden["result"])
