"""How to choose the lag and the dimension of a delay embedding from the series alone.

Fraser and Swinney 1986, doi:10.1103/PhysRevA.33.1134 (the lag); Kennel, Brown and Abarbanel 1992,
doi:10.1103/PhysRevA.45.3403 (the dimension).
"""

import math

import numpy as np
from numpy.typing import NDArray

from chaoslearn.errors import InputError
from chaoslearn.series.embedding import UndeterminedError, embed
from chaoslearn.series.neighbours import nearest_neighbours

Array = NDArray[np.float64]

# Kennel et al.: a neighbour is false if one more coordinate moves it off by more than this many
# times its distance, or by more than this many standard deviations of the series.
DISTANCE_RATIO = 15.0
DEVIATIONS = 2.0
# Points whose neighbours are looked at: a fraction of a per cent is then still ten points.
POINTS = 4000
# False neighbours that are as good as none.
FEW = 0.01
# Neighbours are passed over if closer in time than this many lags, a few turns of an oscillation.
WINDOW_LAGS = 10


def complete_embedding(series: Array, dimension: int | None, lag: int | None) -> tuple[int, int]:
    """The dimension and lag to embed a series `(time,)` with: as given, chosen where None.

    Raises `UndeterminedError` where the series does not show which to choose.
    """
    if lag is None:
        lag = automatic_lag(series)
    if dimension is None:
        dimension = automatic_dimension(series, lag, WINDOW_LAGS * lag)
    return dimension, lag


def mutual_information(series: Array, lag: int) -> float:
    """What x(t) tells of x(t + lag), in nats, for a series `(time,)`.

    Over bins that each hold as many samples, so that only the order of the values matters: 0 for
    independent samples but for a bias of about (bins − 1)² / (2 samples).
    """
    return _information(_labels(series), lag)


def first_minimum_of_mutual_information(series: Array, longest_lag: int) -> int | None:
    """The first lag where the mutual information has a minimum, None if not by `longest_lag`.

    A minimum counts if nothing lower follows within half as many lags again (at least three):
    the bins of a smooth curve make smaller ripples.
    """
    labels = _labels(series)
    information: list[float] = []
    lowest = 0
    for index in range(longest_lag):
        information.append(_information(labels, index + 1))
        if information[index] < information[lowest]:
            lowest = index
        if index - lowest >= max(3, (lowest + 1) // 2):
            return lowest + 1
    return None


def decorrelation_lag(series: Array, longest_lag: int) -> int | None:
    """The first lag at which the autocorrelation is below 1/e, None if not by `longest_lag`."""
    centred = series - series.mean()
    size = 2 * len(series)
    power = np.abs(np.fft.rfft(centred, size)) ** 2
    covariance = np.fft.irfft(power, size)[: longest_lag + 1]
    below = np.flatnonzero(covariance < covariance[0] / math.e)
    return int(below[0]) if len(below) else None


def automatic_lag(series: Array, longest_lag: int | None = None) -> int:
    """A lag for a series `(time,)`: the first minimum of mutual information or 1/e, the earlier.

    The autocorrelation has its say because the mutual information of a map falls on and on, where
    a lag of 1 is right. Lags up to `longest_lag` are looked at, a tenth of the series if None.

    Raises `InputError` for a constant series, `UndeterminedError` where neither shows.
    """
    _refuse_constant(series)
    longest = longest_lag or len(series) // 10
    decorrelated = decorrelation_lag(series, longest)
    # Twice as far as the other is enough to see whether a minimum comes first.
    far_enough = min(longest, 2 * decorrelated + 3) if decorrelated else longest
    minimum = first_minimum_of_mutual_information(series, far_enough)
    lags = [lag for lag in (decorrelated, minimum) if lag is not None]
    if not lags:
        raise UndeterminedError(
            f"neither mutual information nor autocorrelation falls within {longest} samples; "
            "detrend the series, give more samples or a lag"
        )
    return min(lags)


def false_neighbour_fraction(series: Array, dimension: int, lag: int, theiler_window: int) -> float:
    """The fraction of nearest neighbours that one more coordinate shows to be none, in [0, 1].

    Neighbours closer in time than `theiler_window` samples are passed over. No distance counts as
    smaller than that of two values side by side in each coordinate: of rounded data, neighbours
    that look like copies may be that far apart.

    Raises `InputError` for a constant series, `UndeterminedError` for an embedding longer than it
    and where all neighbours left are copies, the one more coordinate included.
    """
    _refuse_constant(series)
    scaled = series / series.std()
    vectors = embed(scaled, dimension + 1, lag)
    # The one more is the latest: the past must tell the present, not the other way round.
    points, added = vectors[:, 1:], vectors[:, 0]
    index = np.linspace(0, len(points) - 1, min(POINTS, len(points))).astype(np.intp)
    origin, found = nearest_neighbours(
        points, index, theiler_window=theiler_window, count=1, copies=True
    )
    neighbour = found[:, 0]
    distance = np.linalg.norm(points[origin] - points[neighbour], axis=1)
    gap = np.abs(added[origin] - added[neighbour])
    if not (np.hypot(distance, gap) > 0).any():
        raise UndeterminedError(
            "no point has a neighbour at a distance above 0 outside the Theiler window of "
            f"{theiler_window} samples; the series repeats itself or is too short"
        )
    distance = np.maximum(distance, _resolution(scaled) * math.sqrt(dimension))
    # A gap at the level of rounding says nothing, however small the distance is.
    tells = gap > 1e-9
    far = np.hypot(distance, gap) > DEVIATIONS
    return float(np.mean(tells & ((gap > DISTANCE_RATIO * distance) | far)))


def automatic_dimension(
    series: Array, lag: int, theiler_window: int, highest_dimension: int = 10
) -> int:
    """The lowest embedding dimension with at most 1 % false neighbours; else the best there is."""
    fractions = []
    for dimension in range(1, highest_dimension + 1):
        fractions.append(false_neighbour_fraction(series, dimension, lag, theiler_window))
        if fractions[-1] <= FEW:
            return dimension
    return int(np.argmin(fractions)) + 1


def _resolution(series: Array) -> float:
    """The smallest difference of two values."""
    return float(np.diff(np.unique(series)).min())


def _labels(series: Array) -> NDArray[np.intp]:
    """The bin of each sample, for bins that hold as many samples each.

    About five samples are left to each pair of bins; there are 32 bins at most.
    """
    samples = len(series)
    bins = max(2, min(32, math.isqrt(samples // 5)))
    rank = np.argsort(np.argsort(series, kind="stable"), kind="stable")
    return rank * bins // samples


def _information(labels: NDArray[np.intp], lag: int) -> float:
    bins = int(labels.max()) + 1
    pairs = labels[:-lag] * bins + labels[lag:]
    joint = np.bincount(pairs, minlength=bins**2).reshape(bins, bins) / len(pairs)
    independent = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True)
    filled = joint > 0
    return float(np.sum(joint[filled] * np.log(joint[filled] / independent[filled])))


def _refuse_constant(series: Array) -> None:
    if np.ptp(series) == 0:
        raise InputError("the series is constant and has no embedding; choose another component")
