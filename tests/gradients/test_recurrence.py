"""The regime found: periods of known maps, and the decision table."""

import numpy as np
import pytest

from chaoslearn.gradients.recurrence import LONGEST_PERIOD, period, regime_of


def turn(angle: float) -> np.ndarray:
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


@pytest.mark.parametrize(
    ("share", "expected"), [(1.0, 1), (1 / 4, 4), (3 / 7, 7), (2 / 1999, 1999)]
)
def test_a_rotation_by_a_rational_part_comes_back(share: float, expected: int) -> None:
    matrix = turn(2 * np.pi * share)
    states = np.random.default_rng(0).standard_normal((3, 2))
    assert period(lambda at: at @ matrix.T, states) == expected


@pytest.mark.parametrize("share", [(np.sqrt(5) - 1) / 2, 1 / (LONGEST_PERIOD + 1)])
def test_an_irrational_one_or_a_longer_one_does_not(share: float) -> None:
    matrix = turn(2 * np.pi * share)
    assert period(lambda at: at @ matrix.T, np.ones((1, 2))) == 0


def test_every_orbit_must_come_back() -> None:
    states = np.array([[0.5], [0.1]])  # −z: a fixed point at 0 and cycles of two elsewhere
    assert period(lambda at: -at, states) == 2
    logistic = np.array([[0.75], [0.3]])  # the fixed point of r = 4, and chaos
    assert period(lambda at: 4 * at * (1 - at), logistic) == 0


@pytest.mark.parametrize(
    ("exponent", "returns", "expected"),
    [
        (-0.3, 1, "fixed-point"),
        (-0.3, 4, "cycle"),
        (-0.3, 0, "cycle"),  # longer than was looked for: nothing else has no growth at all
        (0.0005, 0, "torus"),
        (-0.0005, 0, "torus"),
        (0.0, 7, "unclear"),
        (0.3, 0, "chaos"),
        (0.3, 4, "unclear"),
        (np.nan, 0, "unclear"),
    ],
)
def test_exponent_and_recurrence_decide(exponent: float, returns: int, expected: str) -> None:
    assert regime_of(exponent, 1e-5, 1e-3, 20, returns) == expected


def test_an_exponent_of_minus_infinity_has_no_error() -> None:
    assert regime_of(-np.inf, np.nan, 1e-3, 20, 1) == "fixed-point"


def test_an_exponent_within_its_error_is_as_good_as_zero() -> None:
    assert regime_of(0.02, 0.01, 1e-4, 20, 0) == "torus"
    assert regime_of(0.03, 0.01, 1e-4, 20, 0) == "chaos"
