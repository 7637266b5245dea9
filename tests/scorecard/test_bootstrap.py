"""Resampled medians and their intervals against closed forms."""

import numpy as np
import pytest
from scipy.stats import binom

from chaoslearn.scorecard.bootstrap import (
    Interval,
    cliffs_delta,
    interval,
    medians,
    ratio,
    stream,
)


def test_the_median_of_a_resample_is_each_member_as_often_as_a_binomial_says() -> None:
    """P(median ≤ k-th of n) = P(Bin(n, k/n) ≥ (n + 1)/2) for odd n."""
    members, resamples = 7, 40_000
    drawn = medians(np.arange(1.0, members + 1), stream(1, "closed form"), resamples)
    for rank in range(1, members):
        expected = binom.sf((members - 1) // 2, members, rank / members)
        error = np.sqrt(expected * (1 - expected) / resamples)
        assert abs((drawn <= rank).mean() - expected) < 4 * error


def test_of_five_members_the_interval_runs_from_the_least_to_the_largest() -> None:
    """P(median is the least) = P(Bin(5, 1/5) ≥ 3) = 0.058."""
    values = np.array([3.0, 1.0, 5.0, 2.0, 4.0])
    assert interval(medians(values, stream(2, "five")), 5) == Interval(1.0, 5.0)


@pytest.mark.parametrize(
    ("members", "rank"),
    # Seven: P(the median is the least) = P(Bin(7, 1/7) ≥ 4) = 0.0102, more than the 0.0041 that
    # are left out; eleven: 0.0002 of the least and 0.0070 of the second, together below 0.0097.
    [(5, 1), (7, 1), (11, 3)],
)
def test_the_interval_covers_what_a_binomial_says(members: int, rank: int) -> None:
    """From the rank-th least to the rank-th largest member: 1 − 2 P(Bin(n, 1/2) < rank)."""
    expected = 1 - 2 * binom.cdf(rank - 1, members, 0.5)
    draws, trials = np.random.default_rng(3), 1500
    hits = 0
    for trial in range(trials):
        values = draws.normal(size=members)
        found = interval(medians(values, stream(trial, "coverage"), 2000), members)
        hits += found.low <= 0 <= found.high
    assert abs(hits / trials - expected) < 4 * np.sqrt(expected * (1 - expected) / trials)
    assert expected > 0.93


def test_failed_members_rank_as_worst_and_make_no_nan() -> None:
    values = np.array([0.1, 0.2, np.inf, np.inf])
    drawn = medians(values, stream(4, "failed"))
    assert not np.isnan(drawn).any()
    found = interval(drawn, 4)
    assert found.low == pytest.approx(0.1)
    assert found.high == np.inf


def test_ratio_of_two_failures_is_one_and_of_one_is_infinite_or_zero() -> None:
    found = ratio(np.array([np.inf, np.inf, 2.0, 6.0]), np.array([np.inf, 2.0, np.inf, 2.0]))
    assert found.tolist() == [1.0, np.inf, 0.0, 3.0]


def test_cliffs_delta() -> None:
    low, high = np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, np.inf])
    assert cliffs_delta(high, low) == 1
    assert cliffs_delta(low, high) == -1
    assert cliffs_delta(low, low) == 0
    # Nine pairs of {1, 3, inf} with {2, 4, inf}: 3 > 2, inf > 2, inf > 4; one equal; five beneath.
    mixed = cliffs_delta(np.array([1.0, 3.0, np.inf]), np.array([2.0, 4.0, np.inf]))
    assert mixed == pytest.approx((3 - 5) / 9)


def test_a_stream_depends_on_its_names_and_seed_alone() -> None:
    first = stream(5, "lorenz63", "rnn").random()
    assert first == stream(5, "lorenz63", "rnn").random()
    assert first != stream(5, "lorenz63", "lstm").random()
    assert first != stream(6, "lorenz63", "rnn").random()
