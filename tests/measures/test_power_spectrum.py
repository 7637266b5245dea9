"""D_H and PSC: closed forms, bounds, and the published value for identical series."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from chaoslearn.errors import InputError
from chaoslearn.measures.spectrum import (
    correlation,
    correlation_published,
    distance_published,
    distance_standard,
    power_spectrum_published,
    power_spectrum_standard,
)


def noise(seed: int, samples: int = 4000, components: int = 2) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((samples, components))


def sine(cycles: int, samples: int = 4000) -> np.ndarray:
    return np.sin(2 * np.pi * cycles * np.arange(samples) / samples)[:, None]


def test_standard_spectrum_sums_to_one_and_peaks_at_the_frequency() -> None:
    spectrum = power_spectrum_standard(sine(700))
    assert spectrum.sum(axis=0) == pytest.approx(1.0, abs=1e-12)
    assert int(np.argmax(spectrum)) == 700


def test_two_sines_give_the_distance_of_two_gaussians() -> None:
    # Each smoothed line is a Gaussian of width σ; their overlap is exp(−d² / (8 σ²)).
    expected = math.sqrt(1 - math.exp(-(20**2) / (8 * 20**2)))
    assert distance_standard(sine(700), sine(720)) == pytest.approx(expected, rel=2e-3)


def test_identical_and_disjoint_series_are_the_ends_of_the_standard_scale() -> None:
    true = noise(1)
    assert distance_standard(true, true) == pytest.approx(0.0, abs=1e-6)
    assert distance_standard(sine(300), sine(1500)) == pytest.approx(1.0, abs=1e-6)


def test_published_spectrum_sums_to_one_before_it_is_cut() -> None:
    # Chunks of 400 samples have 201 bins: nothing is cut, and a line in the middle loses nothing
    # to the zero padding either (Parseval: 2 Σ|X|²/n² = variance = 1).
    spectrum = power_spectrum_published(sine(50 * 100, samples=50 * 400))
    assert spectrum.shape == (201, 1)
    assert spectrum.sum() == pytest.approx(1.0, abs=1e-9)


def test_published_spectrum_agrees_with_a_plain_convolution() -> None:
    series = noise(2, samples=50 * 60, components=1)
    kernel = np.exp(-(np.arange(-10, 11) ** 2) / 8.0)
    kernel /= kernel.sum()
    total = np.zeros(31)
    for chunk in series.reshape(50, 60):
        scored = (chunk - chunk.mean()) / chunk.std()
        power = 2 * np.abs(np.fft.rfft(scored)) ** 2 / 60**2
        total += np.convolve(power, kernel, mode="same")
    assert power_spectrum_published(series)[:, 0] == pytest.approx(total / 50, rel=1e-10)


def test_published_distance_of_the_lorenz_series_from_itself(shared_folder) -> None:
    lorenz = np.load(shared_folder / "data/published/lorenz_data_chaos.npy")
    assert distance_published(lorenz, lorenz) == pytest.approx(0.1316, abs=1e-4)


def test_standard_floor_of_the_published_lorenz_series(shared_folder) -> None:
    lorenz = np.load(shared_folder / "data/published/lorenz_data_chaos.npy")
    half = len(lorenz) // 2
    assert distance_standard(lorenz[:half], lorenz[half:]) == pytest.approx(0.05, abs=0.01)


@given(scale=st.floats(1e-3, 1e3), offset=st.floats(-10, 10), sign=st.sampled_from([-1.0, 1.0]))
@settings(max_examples=20, deadline=None)
def test_no_spectral_measure_depends_on_units(scale: float, offset: float, sign: float) -> None:
    true, generated = noise(3), np.cumsum(noise(4), axis=0)
    moved = sign * scale * generated + offset
    for measure in (distance_standard, distance_published, correlation, correlation_published):
        assert measure(true, moved) == pytest.approx(measure(true, generated), rel=1e-6, abs=1e-6)


def test_distance_is_symmetric() -> None:
    one, other = noise(5), np.cumsum(noise(6), axis=0)
    assert distance_standard(one, other) == pytest.approx(distance_standard(other, one), rel=1e-12)


def test_correlation_is_one_for_equal_spectra_and_drops_for_others() -> None:
    assert correlation(sine(700), 3 * sine(700)) == pytest.approx(1.0, abs=1e-12)
    assert correlation_published(sine(700), 3 * sine(700)) == pytest.approx(1.0, abs=1e-12)
    assert abs(correlation(sine(300), sine(1500))) < 0.1


def test_longer_series_are_cut_to_common_frequencies() -> None:
    true = noise(7)
    generated = np.concatenate([true, noise(8)])
    assert distance_standard(true, generated) == pytest.approx(0.0, abs=1e-6)


def test_a_run_that_stands_still_has_distance_one() -> None:
    true = noise(9)
    still = np.full_like(true, 0.3)
    assert distance_standard(true, still) == 1.0
    assert distance_published(true, still) == 1.0
    assert math.isnan(correlation(true, still))


def test_round_off_near_zero_is_no_motion() -> None:
    """A fixed point near the mean of a standardised series: its own size is round-off, too."""
    true, jitter = noise(9), 1e-8 * noise(10)
    assert distance_standard(true, jitter) == 1.0
    assert distance_published(true, jitter) == 1.0
    assert math.isnan(correlation(true, jitter))
    assert math.isnan(correlation_published(true, jitter))
    assert distance_standard(1e-8 * true, jitter) < 0.2  # where the true one moves no further


def test_failed_runs_and_bad_input_are_explicit() -> None:
    true = noise(10)
    diverged = np.where(np.arange(len(true))[:, None] > 100, np.nan, true)
    for measure in (distance_standard, distance_published, correlation, correlation_published):
        assert math.isnan(measure(true, diverged))
    with pytest.raises(InputError, match="at least 100 samples"):
        distance_published(true[:99], true[:99])
