"""Panels at a saturated output of cross-entropy, where ∇C is infinite beside a slope of 0: nothing false is shown.

A product of ∞ and 0 has no value, so no panel may set one equal to the error, nor write a number that is none.
"""

import numpy as np
import pytest

from backprop_core import TEXTBOOKS, LayerSpec, NetworkSpec, Parameters, Trace, narrate, open_panel, trace_update
from backprop_core.textbooks.pieces import Line, Matrix, Number

HIDDEN = LayerSpec(2, "tanh")


def saturated(cost: str, activation: str) -> Trace:
    spec = NetworkSpec(2, (HIDDEN, LayerSpec(2, activation)), cost=cost)
    weights = (np.array([[0.3, -0.2], [0.1, 0.4]]), np.array([[9000.0, 100.0], [-9000.0, 200.0]]))
    parameters = Parameters(weights, (np.zeros(2), np.zeros(2)))
    return trace_update(spec, parameters, [[2.0, 1.0]], [[0.0, 1.0]], learning_rate=0.5)


def numbers_of(line: Line) -> list[float]:
    pieces = line.numbers
    single = [piece.value for piece in pieces if isinstance(piece, Number)]
    rows = [row for piece in pieces if isinstance(piece, Matrix) for row in piece.matrix]
    return [*single, *(cell.value for row in rows for cell in row if cell is not None)]


@pytest.mark.parametrize("textbook", TEXTBOOKS)
@pytest.mark.parametrize(("cost", "activation"), [("binary_cross_entropy", "sigmoid"), ("cross_entropy", "softmax")])
def test_no_panel_multiplies_infinity_by_nothing(textbook: str, cost: str, activation: str) -> None:
    trace = saturated(cost, activation)
    assert np.isinf(trace.memory["activation_gradient", 2]).any()
    assert np.isfinite(trace.memory["error", 2]).all()
    opened = 0
    for step in narrate(trace, textbook=textbook):
        for kind in step.panels:
            for line in open_panel(trace, step.index, kind, textbook).lines:
                values = numbers_of(line)
                assert not any(np.isnan(value) for value in values), (kind, line)
                if len(values) > 2:
                    assert np.isfinite(values).all(), (kind, line)
            opened += 1
    assert opened > 10
