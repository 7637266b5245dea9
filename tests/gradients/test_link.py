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


def test_two_nets_make_no_line() -> None:
    with pytest.raises(InputError, match="needs 3 nets"):
        line_through(np.ones(2), np.ones(2), np.random.default_rng(0))
