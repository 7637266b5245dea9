"""A line through nets: exact where they lie on one, and an interval that covers."""

import numpy as np
import pytest

from chaoslearn.errors import InputError
from chaoslearn.gradients.link import line_through


def test_a_straight_line_is_found_without_doubt() -> None:
    exponents = np.array([-1.0, 0.0, 0.5, 2.0])
    line = line_through(exponents, 0.3 + 0.9 * exponents, np.random.default_rng(0))
    assert line.slope == pytest.approx(0.9)
    assert line.intercept == pytest.approx(0.3)
    assert line.slope_interval == pytest.approx((0.9, 0.9))


def test_the_interval_covers_as_often_as_it_says() -> None:
    draws, covered = np.random.default_rng(1), 0
    for _ in range(200):
        exponents = draws.uniform(0, 1, 60)
        rates = exponents + 0.1 * draws.standard_normal(60)
        low, high = line_through(exponents, rates, draws).slope_interval
        covered += low < 1 < high
    assert covered / 200 == pytest.approx(0.95, abs=0.04)


@pytest.mark.parametrize("seed", range(5))
def test_draws_of_one_net_alone_are_left_out_of_the_interval(seed: int) -> None:
    """One draw in nine of three nets; the others give slopes between those of pairs."""
    draws = np.random.default_rng(seed)
    exponents = draws.uniform(0.005, 0.02, 3)
    rates = exponents + 1e-4 * draws.standard_normal(3)
    line = line_through(exponents, rates, draws)
    slopes = np.diff(rates[[0, 1, 2, 0]]) / np.diff(exponents[[0, 1, 2, 0]])
    assert slopes.min() - 1e-9 <= line.slope_interval[0] <= line.slope_interval[1]
    assert line.slope_interval[1] <= slopes.max() + 1e-9


def test_two_nets_make_no_line() -> None:
    with pytest.raises(InputError, match="needs 3 nets"):
        line_through(np.ones(2), np.ones(2), np.random.default_rng(0))
