"""Detrending, seasonal cycles and smoothing against closed forms."""

import numpy as np
import pytest
from hypothesis import given, strategies as some

from chaoslearn.errors import InputError
from chaoslearn.series.preprocess import detrend, remove_seasonal_cycle, smooth

TIME = np.arange(1200.0)
NOISE = np.random.default_rng(0).standard_normal((1200, 2))


def test_a_polynomial_goes_without_a_trace() -> None:
    trend = np.stack([3.0 - 0.2 * TIME, 1e-4 * TIME**2 + 5.0], axis=1)
    np.testing.assert_allclose(detrend(trend, 2), 0.0, atol=1e-9)
    np.testing.assert_allclose(detrend(NOISE + trend, 2), detrend(NOISE, 2), atol=1e-9)


@given(some.integers(0, 4))
def test_detrending_twice_is_detrending_once(degree: int) -> None:
    once = detrend(NOISE, degree)
    np.testing.assert_allclose(detrend(once, degree), once, atol=1e-12)
    np.testing.assert_allclose(once.mean(axis=0), 0.0, atol=1e-12)


@pytest.mark.parametrize("period", [24, 50])
def test_a_cycle_of_whole_samples_goes_and_the_mean_stays(period: int) -> None:
    course = 4.0 + np.cos(2 * np.pi * TIME / period) + np.sin(6 * np.pi * TIME / period)
    np.testing.assert_allclose(remove_seasonal_cycle(course[:, np.newaxis], period), 4.0)


def test_a_cycle_of_broken_samples_goes_up_to_its_slope() -> None:
    """With a period of 36.525 samples phases are known to one sample: |error| < 2π/36.5."""
    course = np.cos(2 * np.pi * TIME / 36.525)[:, np.newaxis]
    assert np.abs(remove_seasonal_cycle(course, 36.525)).max() < 2 * np.pi / 36.5
    assert remove_seasonal_cycle(course, 36.525).std() < 0.08


def test_other_frequencies_survive_the_seasonal_cycle() -> None:
    other = np.cos(2 * np.pi * TIME / 37.3)[:, np.newaxis]
    kept = remove_seasonal_cycle(other, 24)
    assert np.corrcoef(kept[:, 0], other[:, 0])[0, 1] > 0.99


@pytest.mark.parametrize(("width", "frequency"), [(2.0, 0.3), (5.0, 0.1), (10.0, 0.2)])
def test_smoothing_damps_a_sine_as_a_gaussian_does(width: float, frequency: float) -> None:
    sine = np.sin(frequency * TIME)[:, np.newaxis]
    inside = slice(100, -100)
    damping = np.exp(-((frequency * width) ** 2) / 2)
    np.testing.assert_allclose(smooth(sine, width)[inside], damping * sine[inside], atol=1e-4)


def test_smoothing_keeps_a_constant() -> None:
    np.testing.assert_allclose(smooth(np.full((50, 2), 3.0), 4.0), 3.0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: detrend(NOISE[:3], 3), "degree 3 cannot be fitted to 3 samples"),
        (lambda: detrend(NOISE, -1), "degree -1"),
        (lambda: remove_seasonal_cycle(NOISE, 601), "601 samples cannot be taken from 1200"),
        (lambda: remove_seasonal_cycle(NOISE, 1), "cycle of 1 samples"),
        (lambda: smooth(NOISE, 0.0), r"smoothing width is 0\.0"),
    ],
)
def test_bad_arguments_are_refused(call, message: str) -> None:
    with pytest.raises(InputError, match=message):
        call()
