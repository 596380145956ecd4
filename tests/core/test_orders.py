"""The order of steps of every lens on two presets, as the screenplays have them: what switching a lens relies on."""

import json
from pathlib import Path
from typing import Any

import pytest

from backprop_core import TEXTBOOKS, narrate
from tests.core import test_narration as nielsen
from tests.core import test_sun as sun

ORDERS: dict[str, Any] = json.loads((Path(__file__).parent / "golden" / "panels.json").read_text())["orders"]
TRACES = {"nielsen": nielsen.TRACE, "sun": sun.TRACE}


@pytest.mark.parametrize("preset", list(TRACES))
@pytest.mark.parametrize("lens", list(TEXTBOOKS))
def test_the_order_of_steps(lens: str, preset: str) -> None:
    steps, golden = list(narrate(TRACES[preset], textbook=lens)), ORDERS[preset][lens]
    told = [[step.index, step.kind, step.layer, [list(pair) for pair in step.covers]] for step in steps]
    assert told == [[row["index"], row["kind"], row["layer"], row["covers"]] for row in golden]
    # Whether a cost is in a text depends on the cost: each lens's own screenplay holds that.
    marked = [(step.kind, step.in_text) for step in steps if not step.kind.startswith("cost")]
    assert marked == [(row["kind"], row["in_text"]) for row in golden if not row["kind"].startswith("cost")]


def test_a_step_is_met_in_every_lens_or_nowhere_else() -> None:
    """What one lens covers and another does not is known: the error of the input, and updates where there are none."""
    covered = {
        lens: {pair for step in narrate(nielsen.TRACE, textbook=lens) for pair in step.covers} for lens in TEXTBOOKS
    }
    missing = {lens: {kind for kind, _ in set.union(*covered.values()) - pairs} for lens, pairs in covered.items()}
    expected = {
        "nielsen": {"input_error"},
        "johnston": set(),
        "catching-ai": {"input_error"},
        "sun": {"weight_update", "bias_update"},
    }
    assert missing == {lens: expected[lens] for lens in missing}
