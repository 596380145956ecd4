"""Mazur's worked example: every value of the article at full precision, and after many updates."""

from typing import Any

import numpy as np
import pytest

from backprop_core import LayerSpec, Memory, NetworkSpec, Parameters, Trace, Updates, forward, trace_update

SPEC = NetworkSpec(2, (LayerSpec(2), LayerSpec(2)))
PARAMETERS = Parameters.of(
    SPEC, [[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]], [[0.35, 0.35], [0.60, 0.60]]
)
INPUTS, TARGETS = [[0.05, 0.10]], [[0.01, 0.99]]

VALUES: list[tuple[str, int, Any]] = [
    ("weighted_input", 1, [[0.3775, 0.3925]]),
    ("activation", 1, [[0.5932699921071872, 0.596884378259767]]),
    ("weighted_input", 2, [[1.10590596705977, 1.2249214040964653]]),
    ("activation", 2, [[0.7513650695523157, 0.7729284653214625]]),
    ("cost", 2, 0.2983711087600027),
    ("activation_slope", 2, [[0.18681560180895948, 0.17551005281727122]]),
    ("error", 2, [[0.13849856162855695, -0.038098236516556236]]),
    ("activation_gradient", 1, [[0.03635030639314466, 0.0413703226487447]]),
    ("activation_slope", 1, [[0.24130070857232525, 0.2406134172492184]]),
    ("error", 1, [[0.00877135468948693, 0.009954254705217196]]),
    (
        "weight_gradient",
        1,
        [[0.0004385677344743465, 0.000877135468948693], [0.0004977127352608599, 0.0009954254705217198]],
    ),
    ("weight_gradient", 2, [[0.08216704056423077, 0.08266762784753325], [-0.02260254047747507, -0.022740242215978222]]),
    ("updated_weights", 1, [[0.1497807161327628, 0.19956143226552567], [0.24975114363236958, 0.29950228726473915]]),
    ("updated_weights", 2, [[0.35891647971788465, 0.4086661860762334], [0.5113012702387375, 0.5613701211079891]]),
]


def update(*, freeze_biases: bool) -> Trace:
    return trace_update(SPEC, PARAMETERS, INPUTS, TARGETS, learning_rate=0.5, freeze_biases=freeze_biases)


@pytest.mark.parametrize(("name", "layer", "expected"), VALUES)
def test_every_value(name: str, layer: int, expected: Any) -> None:
    np.testing.assert_allclose(update(freeze_biases=True).memory[name, layer], expected, rtol=1e-12)


def test_the_article_leaves_the_biases_alone() -> None:
    trace = update(freeze_biases=True)
    assert trace.layers()[1]["updated_biases"].tolist() == [0.35, 0.35]  # type: ignore[union-attr]
    assert not any(step.writes.name == "updated_biases" for step in trace.program.equations)


def test_biases_move_when_they_are_not_frozen() -> None:
    memory = update(freeze_biases=False).memory
    np.testing.assert_allclose(memory["updated_biases", 1], [0.3456143226552565, 0.3450228726473914], rtol=1e-12)
    np.testing.assert_allclose(memory["updated_biases", 2], [0.5307507191857215, 0.6190491182582781], rtol=1e-12)


@pytest.mark.parametrize(
    ("freeze_biases", "after_1", "after_10000", "outputs"),
    [
        (True, 0.29102777369359933, 3.510187782978859e-05, [0.01591362, 0.984064274]),
        (False, 0.28047144679143016, 2.4475622359322627e-06, [0.011587527, 0.988458935]),
    ],
)
def test_long_run(freeze_biases: bool, after_1: float, after_10000: float, outputs: list[float]) -> None:
    memory = Memory(SPEC, 1).load_parameters(PARAMETERS).load_batch(INPUTS, TARGETS).load_learning_rate(0.5)
    updates = Updates(memory, freeze_biases=freeze_biases)
    for count, expected in ((1, after_1), (9999, after_10000)):
        updates.run(count)
        present = updates.memory.parameters()
        assert trace_update(SPEC, present, INPUTS, TARGETS).cost == pytest.approx(expected, rel=1e-10)
    np.testing.assert_allclose(forward(SPEC, updates.memory.parameters(), INPUTS)[-1][0], outputs, rtol=0, atol=5e-9)


def test_the_total_that_the_article_prints_is_not_ours() -> None:
    """Its program used the new output weights for the hidden errors: .291027924."""
    after = update(freeze_biases=True).memory.parameters(updated=True)
    assert abs(trace_update(SPEC, after, INPUTS, TARGETS).cost - 0.291027924) > 1e-7
