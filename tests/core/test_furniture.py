"""Every step drawn as matrices holds: the factors, multiplied as they stand, give the result, for every textbook."""

import numpy as np
import pytest
from hypothesis import given, settings

from backprop_core import TEXTBOOKS, narrate
from backprop_core.textbooks.furniture import FORMS, Factor
from tests.core.furniture_oracle import rows
from tests.core.strategies import Case, cases
from tests.core.test_recombination import sigma_of


@pytest.mark.parametrize("lens", list(TEXTBOOKS))
@settings(max_examples=120, deadline=None)
@given(case=cases())
def test_every_arrangement_holds(lens: str, case: Case) -> None:
    trace = case.trace()
    for example in range(trace.batch_size):
        for step in narrate(trace, textbook=lens, example=example):
            for arrangement in step.matrices:
                for sides in rows(arrangement, trace, example, sigma_of(case.spec.activation(step.layer))):
                    for side in sides[1:]:
                        assert np.shape(side) == np.shape(sides[0]), arrangement
                        np.testing.assert_allclose(side, sides[0], rtol=1e-9, atol=1e-11, err_msg=str(arrangement))


@pytest.mark.parametrize("lens", list(TEXTBOOKS))
@settings(max_examples=40, deadline=None)
@given(case=cases())
def test_braces_and_forms_are_of_the_row(lens: str, case: Case) -> None:
    for step in narrate(case.trace(), textbook=lens):
        for arrangement in step.matrices:
            factors = [piece for piece in arrangement.row if isinstance(piece, Factor)]
            assert all(factor.form in FORMS for factor in factors)
            assert all(0 <= brace.first <= brace.last < len(factors) for brace in arrangement.braces)
