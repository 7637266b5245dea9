"""Growth rates by regression: exact slopes, intervals that cover, norms that vanish."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

from chaoslearn.errors import InputError
from chaoslearn.gradients.growth import growth_rate, polynomial_exponent, rate_beside_power

STEPS = np.arange(1, 101)


@given(slope=st.floats(-2, 2), offset=st.floats(-50, 50))
def test_a_straight_line_gives_its_slope_without_error(slope: float, offset: float) -> None:
    early = np.where(STEPS < 50, 7.0, 0.0)  # the first half does not count
    growth = growth_rate(STEPS, np.tile(slope * STEPS + offset + early, (3, 1)))
    assert growth.rate == pytest.approx(slope, abs=1e-12)
    assert growth.error == pytest.approx(0, abs=1e-12)


def test_error_and_interval_are_students() -> None:
    growth = growth_rate(STEPS, np.array([[1.0], [2.0], [6.0]]) * STEPS)
    np.testing.assert_allclose(growth.per_start, [1, 2, 6])
    assert growth.rate == pytest.approx(3)
    assert growth.error == pytest.approx(math.sqrt(7 / 3))  # variance 7 over 3 starts
    assert growth.interval[1] - growth.rate == pytest.approx(4.302653 * growth.error, rel=1e-6)


def test_the_interval_covers_a_drifting_random_walk_as_often_as_it_says() -> None:
    generator, covered = np.random.default_rng(0), 0
    for _ in range(400):
        walks = np.cumsum(0.1 + generator.standard_normal((20, 100)), axis=1)
        low, high = growth_rate(STEPS, walks).interval
        covered += low < 0.1 < high
    assert covered / 400 == pytest.approx(0.95, abs=0.03)


def test_a_norm_that_vanishes_decays_without_limit() -> None:
    norms = np.tile(-1.0 * STEPS, (2, 1))
    norms[1, 80:] = -np.inf
    growth = growth_rate(STEPS, norms)
    assert growth.rate == -math.inf
    assert growth.error == 0
    assert growth.per_start[0] == pytest.approx(-1)


@pytest.mark.parametrize(("steps", "starts"), [([1, 2, 3], 1), ([1, 100], 5)])
def test_too_little_to_fit_is_refused(steps: list[int], starts: int) -> None:
    with pytest.raises(InputError, match="record more"):
        growth_rate(steps, np.zeros((starts, len(steps))))


@pytest.mark.parametrize("power", [0.0, 1.0, 2.5])
def test_polynomial_growth_leaves_no_rate_beside_its_power(power: float) -> None:
    norms = np.tile(power * np.log(STEPS) + 3, (2, 1))
    assert polynomial_exponent(STEPS, norms) == pytest.approx(power, abs=1e-10)
    assert rate_beside_power(STEPS, norms).rate == pytest.approx(0, abs=1e-12)


def test_a_rate_beside_a_power_is_told_from_it() -> None:
    norms = np.tile(1.5 * np.log(STEPS) + 0.02 * STEPS, (2, 1))
    assert rate_beside_power(STEPS, norms).rate == pytest.approx(0.02, abs=1e-12)
