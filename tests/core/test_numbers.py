"""Numbers as a reader sees them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_core.textbooks.numbers import plain, tex

CASES = [
    (0.0, "0", "0"),
    (-0.0, "0", "0"),
    (1.0, "1", "1"),
    (0.50, "0.5", "0.5"),
    (-0.029049, "-0.02905", "−0.02905"),
    (3.624905e-05, r"3.625\times10^{-5}", "3.625·10⁻⁵"),
    (0.0001, "0.0001", "0.0001"),
    (0.000099999, "0.0001", "0.0001"),
    (9999.4, "9999", "9999"),
    (9999.6, r"1\times10^{4}", "1·10⁴"),
    (12345.0, r"1.235\times10^{4}", "1.235·10⁴"),
    (-2.5e-9, r"-2.5\times10^{-9}", "−2.5·10⁻⁹"),
    (1234.5, "1235", "1235"),
    (5e-324, r"4.941\times10^{-324}", "4.941·10⁻³²⁴"),
    (math.inf, r"\infty", "∞"),
    (-math.inf, r"-\infty", "−∞"),
    (math.nan, r"\text{NaN}", "NaN"),
]


@pytest.mark.parametrize(("value", "in_tex", "in_words"), CASES)
def test_four_digits(value: float, in_tex: str, in_words: str) -> None:
    assert tex(value) == in_tex
    assert plain(value) == in_words


@given(st.floats(-1e300, 1e300), st.integers(1, 17))
def test_reads_back_within_half_a_unit(value: float, digits: int) -> None:
    text = plain(value, digits).replace("−", "-")
    mantissa, _, power = text.partition("·10")
    exponent = int(power.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))) if power else 0
    read = float(f"{mantissa}e{exponent}")
    assert math.isclose(read, value, rel_tol=0.5000001 * 10.0 ** (1 - digits), abs_tol=5e-324)
