import numpy as np

from chaoslearn.lyapunov.divergence import (
    growth_at_fixed_distance,
    growth_at_fixed_time,
    log_distances,
    smoothed,
)


def test_log_distances_of_known_points() -> None:
    points = np.array([[0.0, 0.0], [0.0, 0.0], [3.0, 4.0], [6.0, 8.0]])
    both = log_distances(points, np.array([0]), np.array([[1, 2]]), np.array([0, 1]), between=False)
    np.testing.assert_allclose(both, np.log([[2.5, 7.5]]))  # means of (0, 5) and of (5, 10)


def test_orbits_meet_between_samples() -> None:
    """Two straight orbits 0.01 apart, sampled half a step out of phase."""
    steps = np.arange(20.0)
    points = np.concatenate(
        [np.stack([steps, 0 * steps], axis=1), np.stack([steps + 0.5, 0 * steps + 0.01], axis=1)]
    )
    pair = np.array([5]), np.array([[25]]), np.arange(10)
    np.testing.assert_allclose(log_distances(points, *pair, between=True), np.log(0.01))
    np.testing.assert_allclose(
        log_distances(points, *pair, between=False), np.log(np.hypot(0.5, 0.01))
    )


def test_compiled_distances_are_those_of_the_definition() -> None:
    generator = np.random.default_rng(4)
    points = np.cumsum(generator.standard_normal((60, 3)), axis=0)
    references, lags = np.array([3, 17, 30]), np.array([0, 1, 4, 9])
    neighbours = generator.integers(1, 50, (3, 5))
    found = log_distances(points, references, neighbours, lags, between=True)
    advance = np.gradient(points, axis=0)
    for row, reference in enumerate(references):
        for column, lag in enumerate(lags):
            distances = []
            for neighbour in neighbours[row]:
                apart, step = points[reference] - points[neighbour], advance[neighbour]
                phase = np.clip(apart @ step / (step @ step), -0.5, 0.5)
                there = points[neighbour + lag] + phase * advance[neighbour + lag]
                distances.append(np.linalg.norm(points[reference + lag] - there))
            np.testing.assert_allclose(found[row, column], np.log(np.mean(distances)), rtol=1e-12)


def test_moving_average() -> None:
    np.testing.assert_allclose(smoothed(np.array([[1.0, 3.0, 5.0, 11.0]]), 2), [[2.0, 4.0, 8.0]])


def test_both_averages_find_the_rate_of_pure_exponentials() -> None:
    lag_time = np.arange(200) * 0.1
    log_distance = -10 + np.linspace(0, 1, 50)[:, None] + 0.4 * lag_time
    for growth in (
        growth_at_fixed_time(log_distance, lag_time),
        growth_at_fixed_distance(log_distance, lag_time, ceiling=-4.0),
    ):
        time, mean = growth.curves(np.ones((1, 50)))
        rate = (mean[0, -1] - mean[0, 0]) / (time[0, -1] - time[0, 0])
        np.testing.assert_allclose(rate, 0.4, rtol=0.01)


def test_only_fixed_distances_withstand_saturation_of_uneven_growth() -> None:
    """Pairs grow as random walks with drift 0.1 until they saturate at 0."""
    generator = np.random.default_rng(0)
    walk = -4 + np.cumsum(0.1 + 0.5 * generator.standard_normal((4000, 400)), axis=1)
    arrived = np.maximum.accumulate(walk, axis=1) >= 0
    log_distance = np.where(arrived, 0.0, walk)
    lag_time = np.arange(400.0)
    ones = np.ones((1, len(walk)))
    time, level = growth_at_fixed_distance(log_distance, lag_time, ceiling=-0.5).curves(ones)
    assert abs((level[0, -1] - level[0, 0]) / time[0, -1] - 0.1) < 0.005
    time, mean = growth_at_fixed_time(log_distance, lag_time).curves(ones)
    below = mean[0] < -1.0
    assert np.ptp(mean[0, below]) / np.ptp(time[0, below]) < 0.085


def test_weights_choose_references() -> None:
    lag_time = np.arange(100.0)
    log_distance = -8 + np.array([[0.05], [0.1]]) * lag_time
    time, mean = growth_at_fixed_time(log_distance, lag_time).curves(np.eye(2))
    np.testing.assert_allclose(np.diff(mean) / np.diff(time), [[0.05], [0.1]] * np.ones((2, 99)))
