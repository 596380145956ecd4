"""A short run of what ``make fuzz`` does at length: texts of every kind, and expressions with a place broken."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.graph_oracle import expressions
from tests.fuzz.judging import judge

CHARACTERS = "xyzwe0123456789.()+-*/=,;#_ \n\t^[]{}'\"%<>:σ−×·\x00\u202e🙂"


@settings(max_examples=800, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(st.one_of(st.sampled_from(CHARACTERS), st.characters()), max_size=60))
def test_any_text_is_read_or_refused_by_the_parsers_own_error(text: str) -> None:
    judge(text)


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=expressions(), put=st.text(CHARACTERS, max_size=3), data=st.data())
def test_a_broken_expression_is_too(text: str, put: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 4)))
    judge(text[:start] + put + text[end:])


@pytest.mark.parametrize(("text", "is_read"), [("x + 1", True), ("x +", False)])
def test_the_judge_tells_which(text: str, is_read: bool) -> None:
    assert judge(text) is is_read
