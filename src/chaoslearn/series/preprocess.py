"""Preparing raw measurements: take out a trend, a seasonal cycle, the fastest wiggles."""

import numpy as np
from numpy.polynomial import Polynomial
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from chaoslearn.errors import InputError

Array = NDArray[np.float64]


def preprocess(
    series: Array,
    *,
    detrend_degree: int | None,
    seasonal_period: float | None,
    smoothing_width: float | None,
) -> Array:
    """The series `(time, component)` after the steps that are given, in this order.

    Raises `InputError` as they do.
    """
    if detrend_degree is not None:
        series = detrend(series, detrend_degree)
    if seasonal_period is not None:
        series = remove_seasonal_cycle(series, seasonal_period)
    if smoothing_width is not None:
        series = smooth(series, smoothing_width)
    return series


def detrend(series: Array, degree: int = 1) -> Array:
    """The series `(time, component)` without its least-squares polynomial in time.

    The mean is part of the polynomial and goes with it. Raises `InputError` for a negative degree
    and for one that the samples cannot determine.
    """
    samples = len(series)
    if not 0 <= degree < samples:
        raise InputError(
            f"a trend of degree {degree} cannot be fitted to {samples} samples; "
            "give a degree from 0 on and below the number of samples"
        )
    time = np.linspace(-1.0, 1.0, samples)
    trends = [Polynomial.fit(time, component, degree)(time) for component in series.T]
    return series - np.stack(trends, axis=1)


def remove_seasonal_cycle(series: Array, period: float) -> Array:
    """The series `(time, component)` without its mean course over one `period` (in samples).

    Every sample loses the mean of all samples at its phase (to whole samples; the period itself
    need not be whole) and gains the mean of all, so the mean stays.

    Raises `InputError` for a period below 2 samples or longer than half the series: one or two
    turns give no mean course, only the series itself.
    """
    samples = len(series)
    if not 2 <= period <= samples / 2:
        raise InputError(
            f"a seasonal cycle of {period} samples cannot be taken from {samples}; "
            "give a period from 2 up to half the series"
        )
    phase = np.floor(np.arange(samples) % period).astype(np.intp)
    count = np.bincount(phase)
    course = np.stack([np.bincount(phase, component) / count for component in series.T], axis=1)
    anomaly: Array = series - course[phase] + series.mean(axis=0)
    return anomaly


def smooth(series: Array, width: float) -> Array:
    """The series `(time, component)` under a Gaussian of standard deviation `width` samples.

    A cycle of angular frequency ω per sample keeps exp(−ω² width² / 2) of its amplitude. At the
    ends the series is continued by its mirror image.

    Raises `InputError` for a width that is not positive.
    """
    if not width > 0:
        raise InputError(f"the smoothing width is {width}; give a positive number of samples")
    return np.asarray(gaussian_filter1d(series, width, axis=0), dtype=np.float64)
