"""Errors of exponents and dimension."""

import numpy as np
import pytest

from chaoslearn.measures.exponents import relative_error, spectrum_difference


def test_relative_error_of_the_largest_exponent_and_of_the_dimension() -> None:
    assert relative_error([0.99, 0.45], 0.9) == pytest.approx([0.1, 0.5])
    assert relative_error(1.86, 2.0) == pytest.approx(0.07)


@pytest.mark.parametrize("reference", [0.0, np.nan])
def test_nothing_is_relative_to_zero_or_to_what_is_not_known(reference: float) -> None:
    assert np.isnan(relative_error([0.1, 0.2], reference)).all()


def test_surplus_exponents_of_a_net_have_nothing_to_differ_from() -> None:
    difference = spectrum_difference([[1.0, 0.1, -14.0, -20.0]], [0.9, 0.0, -14.5])
    np.testing.assert_allclose(difference, [[0.1, 0.1, 0.5, np.nan]])


def test_a_net_smaller_than_the_system_is_compared_as_far_as_it_goes() -> None:
    np.testing.assert_allclose(spectrum_difference([[1.0]], [0.9, 0.0]), [[0.1]])
    assert np.isnan(spectrum_difference([[1.0, 0.0]], [])).all()
