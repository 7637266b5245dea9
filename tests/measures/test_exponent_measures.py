"""Errors of exponents and dimension."""

import pytest

from chaoslearn.errors import InputError
from chaoslearn.measures.exponents import relative_error, spectrum_difference


def test_relative_error_of_the_largest_exponent_and_of_the_dimension() -> None:
    assert relative_error(0.99, 0.9) == pytest.approx(0.1)
    assert relative_error(1.86, 2.0) == pytest.approx(0.07)


def test_surplus_exponents_of_a_net_are_left_out() -> None:
    difference = spectrum_difference([1.0, 0.1, -14.0, -20.0], [0.9, 0.0, -14.5])
    assert difference == pytest.approx([0.1, 0.1, 0.5])


def test_bad_references_are_refused() -> None:
    with pytest.raises(InputError, match="differences"):
        relative_error(0.1, 0.0)
    with pytest.raises(InputError, match="as many as the system"):
        spectrum_difference([1.0], [0.9, 0.0])
