"""Which orbits of a map escape to infinity."""

import numpy as np

from chaoslearn.lyapunov.steps import stay_bounded


def test_an_orbit_that_escapes_is_told_from_one_that_stays() -> None:
    # It begins at 1, so the bound is 2e9: the second orbit is beyond at step 31, not before.
    rates = np.array([[0.5], [2.0], [1.0]])
    states = np.ones((3, 1))
    assert stay_bounded(lambda at: rates * at, states, 30).tolist() == [True, True, True]
    assert stay_bounded(lambda at: rates * at, states, 31).tolist() == [True, False, True]


def test_an_orbit_that_comes_back_from_infinity_has_escaped() -> None:
    states = np.array([[0.0], [4.0]])
    with np.errstate(divide="ignore"):
        stayed = stay_bounded(lambda at: 1 / at, states, 2)  # 0, ∞, 0
    assert stayed.tolist() == [False, True]
