"""D_H: how far the power spectrum of a free run is from the true one; and their correlation.

Hellinger distance H = √(1 − Σ √(p q)) of two normalised, smoothed spectra, mean over components,
in two conventions: *standard* and *published* (Mikhaeil, Monfared & Durstewitz, NeurIPS 2022,
arXiv:2110.07238).
"""

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter1d

from chaoslearn.errors import InputError
from chaoslearn.measures.inputs import Series, paired_series, stands_still

STANDARD_SMOOTHING = 20.0
PUBLISHED_SMOOTHING = 2.0
PUBLISHED_CHUNKS = 50
PUBLISHED_FREQUENCIES = 500
PUBLISHED_KERNEL_RADIUS = 5.0
"""In units of the smoothing: a kernel of 10σ + 1 points."""


def power_spectrum_standard(
    series: Series, smoothing: float = STANDARD_SMOOTHING, spread: Series | float = 0.0
) -> Series:
    """Spectrum of each z-scored component, smoothed, with sum 1.

    Args:
        series: `(time, component)`.
        smoothing: standard deviation of the Gaussian kernel, in frequency bins.
        spread: standard deviation of the true series, `(component,)`; what moves a millionth of it
            stands still.

    Returns:
        `(frequency, component)`; zero everywhere for a component that stands still.
    """
    power = np.square(np.abs(np.fft.rfft(_z_scored(series, spread), axis=0)))
    smooth = gaussian_filter1d(power, smoothing, axis=0)
    total = smooth.sum(axis=0)
    spectrum: Series = smooth / np.where(total > 0, total, 1.0)
    return spectrum


def power_spectrum_published(series: Series, spread: Series | float = 0.0) -> Series:
    """Mean smoothed spectrum of 50 consecutive, separately z-scored chunks: first 500 bins.

    Smoothing pads with zeros and the upper bins are cut off, so that the sum is not quite 1:
    this is why the published distance of a series from itself is not 0.

    Args:
        series: `(time, component)`; the remainder of time / 50 is left out.
        spread: see `power_spectrum_standard`.

    Returns:
        `(frequency, component)`; a chunk that stands still adds no power.

    Raises:
        InputError: fewer than two samples a chunk.
    """
    length = len(series) // PUBLISHED_CHUNKS
    if length < 2:
        raise InputError(
            f"published spectrum: {len(series)} samples do not fill {PUBLISHED_CHUNKS} chunks; "
            f"give at least {2 * PUBLISHED_CHUNKS} samples"
        )
    chunks = series[: length * PUBLISHED_CHUNKS].reshape(PUBLISHED_CHUNKS, length, -1)
    power = (
        2 * np.square(np.abs(np.fft.rfft(_z_scored(chunks, spread, axis=1), axis=1))) / length**2
    )
    smooth = gaussian_filter1d(
        power, PUBLISHED_SMOOTHING, axis=1, mode="constant", truncate=PUBLISHED_KERNEL_RADIUS
    )
    spectrum: Series = smooth.mean(axis=0)[:PUBLISHED_FREQUENCIES]
    return spectrum


def distance_standard(
    true: npt.ArrayLike, generated: npt.ArrayLike, smoothing: float = STANDARD_SMOOTHING
) -> float:
    """D_H of spectra with sum 1: zero for identical series, one for disjoint spectra.

    Args:
        true: series of the system, `(time, component)`.
        generated: free run of a model, `(time, component)`; of the longer series only the first
            samples count, so that both have the same frequencies.
        smoothing: standard deviation of the Gaussian kernel, in frequency bins.

    Returns:
        Mean over components, in [0, 1]. A component that stands still in one series has no power
        and distance 1; a run that is not finite gives nan: a failure to be counted.

    Raises:
        InputError: see `paired_series`.
    """
    true, generated = _same_length(true, generated)
    if not np.isfinite(generated).all():
        return float("nan")
    p = power_spectrum_standard(true, smoothing)
    q = power_spectrum_standard(generated, smoothing, true.std(axis=0))
    return _hellinger(np.sum(np.sqrt(p * q), axis=0))


def distance_published(true: npt.ArrayLike, generated: npt.ArrayLike) -> float:
    """D_H as the paper's released code takes it: 0.1316 for the Lorenz series against itself.

    Args:
        true: series of the system, `(time, component)`.
        generated: free run of a model, `(time, component)`; cut to a common length.

    Returns:
        Mean over components of √(1 − ∫√(p q)), the integral by the trapezoid rule with bins of
        width 1; nan where the run is not finite: a failure to be counted.

    Raises:
        InputError: fewer than 100 samples; see also `paired_series`.
    """
    true, generated = _same_length(true, generated)
    if not np.isfinite(generated).all():
        return float("nan")
    p, q = _published_spectra(true, generated)
    return _hellinger(np.trapezoid(np.sqrt(p * q), axis=0))


def correlation(
    true: npt.ArrayLike, generated: npt.ArrayLike, smoothing: float = STANDARD_SMOOTHING
) -> float:
    """PSC: Pearson correlation of the two smoothed spectra over frequency, mean over components.

    Args:
        true: series of the system, `(time, component)`.
        generated: free run of a model, `(time, component)`; cut to a common length.
        smoothing: standard deviation of the Gaussian kernel, in frequency bins.

    Returns:
        The correlation; nan where the run is not finite or a component stands still (a spectrum
        without power correlates with nothing).

    Raises:
        InputError: see `paired_series`.
    """
    true, generated = _same_length(true, generated)
    if not np.isfinite(generated).all():
        return float("nan")
    return _mean_correlation(
        power_spectrum_standard(true, smoothing),
        power_spectrum_standard(generated, smoothing, true.std(axis=0)),
    )


def correlation_published(true: npt.ArrayLike, generated: npt.ArrayLike) -> float:
    """PSC of the published spectra (see `power_spectrum_published`); else as `correlation`."""
    true, generated = _same_length(true, generated)
    if not np.isfinite(generated).all():
        return float("nan")
    return _mean_correlation(*_published_spectra(true, generated))


def _published_spectra(true: Series, generated: Series) -> tuple[Series, Series]:
    return power_spectrum_published(true), power_spectrum_published(generated, true.std(axis=0))


def _same_length(true: npt.ArrayLike, generated: npt.ArrayLike) -> tuple[Series, Series]:
    true, generated = paired_series(true, generated)
    length = min(len(true), len(generated))
    return true[:length], generated[:length]


def _z_scored(series: Series, spread: Series | float, axis: int = 0) -> Series:
    """Zero mean and unit variance along `axis`; zero where the series stands still."""
    still = np.expand_dims(stands_still(series, spread, axis), axis)
    centred = series - series.mean(axis=axis, keepdims=True)
    scale = np.where(still, 1.0, series.std(axis=axis, keepdims=True))
    scored: Series = np.where(still, 0.0, centred) / scale
    return scored


def _hellinger(overlap: Series) -> float:
    # Round-off can lift an overlap of 1 just above it.
    return float(np.mean(np.sqrt(np.clip(1 - overlap, 0, None))))


def _mean_correlation(p: Series, q: Series) -> float:
    p, q = p - p.mean(axis=0), q - q.mean(axis=0)
    size = np.sqrt(np.sum(p**2, axis=0) * np.sum(q**2, axis=0))
    if not size.all():
        return float("nan")
    return float(np.mean(np.sum(p * q, axis=0) / size))
