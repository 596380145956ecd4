"""Every number of a trace has a symbol in every text, with the number's own reference."""

import numpy as np
import pytest
from hypothesis import given, settings

from backprop_core import TEXTBOOKS
from backprop_core.textbooks.view import PER_EXAMPLE, View
from tests.core import test_sun as sun
from tests.core.strategies import Case, cases


@pytest.mark.parametrize("lens", list(TEXTBOOKS))
@settings(max_examples=30, deadline=None)
@given(case=cases())
def test_every_number_has_a_symbol(lens: str, case: Case) -> None:
    trace = case.trace()
    view = View(trace, trace.batch_size - 1)
    for l, layer in enumerate(trace.layers()):
        for name, array in layer.items():
            assert array is not None
            shape = array.shape[1:] if name in PER_EXAMPLE else array.shape
            for index in np.ndindex(*shape):
                symbol = TEXTBOOKS[lens].entry(view, name, l, *index)
                assert symbol.ref == ":".join(map(str, (name, l, *index)))
                assert symbol.tex
                assert symbol.tex.count("{") == symbol.tex.count("}")


@pytest.mark.parametrize(
    ("ref", "tex"),
    [
        (("weights", 2, 0, 1), "W^{[2]}[1,2]"),
        (("weights", 4, 0, 1), r"\alpha_2"),
        (("weighted_input", 2, 0), "u^2_1"),
        (("activation", 1, 0), "z^1_1"),
        (("activation", 0, 2), "z^0_3"),
        (("activation", 4, 0), r"\hat y"),
        (("error", 2, 0), r"\frac{\partial\hat y}{\partial u^2_1}"),
        (("error", 0, 0), r"\frac{\partial\hat y}{\partial z^0_1}"),
        (("error", 4, 0), r"\frac{\partial\hat y}{\partial \hat y}"),
        (("activation_gradient", 3, 1), r"\frac{\partial\hat y}{\partial z^3_2}"),
        (("activation_slope", 1, 2), r"\sigma'(u^1_3)"),
        (("weight_gradient", 2, 0, 1), r"\frac{\partial\hat y}{\partial W^{[2]}[1,2]}"),
        (("weight_gradient", 4, 0, 2), r"\frac{\partial\hat y}{\partial \alpha_3}"),
    ],
)
def test_the_letters_of_sun(ref: tuple[str, int, int], tex: str) -> None:
    assert TEXTBOOKS["sun"].entry(View(sun.TRACE), *ref).tex == tex
