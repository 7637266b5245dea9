"""The bound beyond which an orbit counts as gone to infinity."""

import numpy as np

from chaoslearn.escape import bounded, escape_bound


def test_the_bound_is_that_of_the_largest_finite_number() -> None:
    assert escape_bound(np.array([[1.0, -3.0], [np.nan, np.inf]])) == 4e9
    assert escape_bound(np.full((2, 1), np.nan)) == 1e9


def test_what_is_at_the_bound_is_within_and_what_is_no_number_is_not() -> None:
    states = np.array([[0.0, -2.0], [0.0, 2.1], [np.nan, 0.0], [-np.inf, 0.0]])
    assert bounded(states, 2.0).tolist() == [True, False, False, False]
