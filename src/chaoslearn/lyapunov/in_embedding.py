"""One embedding's say on the largest exponent: its divergence curve, straight ranges, slopes."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from chaoslearn.lyapunov.divergence import (
    Growth,
    growth_at_fixed_distance,
    growth_at_fixed_time,
    log_distances,
    smoothed,
)
from chaoslearn.lyapunov.linear_range import linear_ranges
from chaoslearn.series.embedding import UndeterminedError
from chaoslearn.series.neighbours import Indices, nearest_neighbours

Array = npt.NDArray[np.float64]

LAGS_PER_PERIOD = 20
LONGEST_HORIZON = 100  # in mean periods: pairs that have not parted by then do not part
FEWEST_PERIODS = 4  # that pairs have to be followed for
HORIZONS_IN_SERIES = 4  # at least; no pair can be followed from within the last
PILOTS = 500  # references that find out how long pairs have to be followed
ARRIVED = 0.98  # of them: dropping the slowest would bias the mean time
RANDOM_PAIRS = 4000
CLOSE = 0.05  # a distance is small if only this fraction of random pairs is closer
BLOCKS = 50  # consecutive references that the bootstrap draws together


@dataclass(frozen=True)
class EmbeddingEstimate:
    """What one embedding says.

    Attributes:
        time, log_distance: (point,) the divergence curve; time in samples.
        exponent: per sample; NaN where no range is straight, as are `fit_start` and `fit_stop`.
        exponent_draws: (draw,) over fit ranges, reference blocks and both ways of averaging,
            whose biases have opposite signs; empty where no range is straight.
        fit_start, fit_stop: times in samples.
    """

    time: Array
    log_distance: Array
    exponent: float
    exponent_draws: Array
    fit_start: float
    fit_stop: float


def estimate_in_embedding(
    points: Array,
    *,
    period: int,
    theiler_window: int,
    neighbours: int,
    at_fixed_distance: bool,
    references: int,
    draws: int,
    generator: np.random.Generator,
) -> EmbeddingEstimate:
    """Follow neighbours in one embedding and find the exponent.

    Args:
        points: (time, dimension) delay vectors of a series of unit standard deviation.
        period: mean period, in samples.
        theiler_window: in samples.
        neighbours: neighbours averaged for each reference.
        at_fixed_distance: average times at fixed distance, else distances at fixed time.
        references: reference points followed.
        draws: bootstrap draws.
        generator: draws references, random pairs, blocks and fit ranges.

    Raises:
        UndeterminedError: the series is too short, or hardly any point has a neighbour that is
            near, no copy and outside the window.
    """
    horizon = _longest_horizon(len(points), period)
    origins, others = _pairs(points[:-horizon], references, theiler_window, neighbours, generator)
    stride = max(1, period // LAGS_PER_PERIOD)
    width = max(1, period // stride)
    lags = np.arange(0, horizon, stride)
    close, far = _scale_of_random_pairs(points, lags[:width], generator)

    def follow(pairs: Indices | slice, lags: Indices) -> Array:
        """ln distances of these pairs, averaged over a mean period, `(reference, lag)`."""
        between = period >= LAGS_PER_PERIOD  # else a map, or as good as one
        distances = log_distances(points, origins[pairs], others[pairs], lags, between=between)
        return smoothed(distances, width)

    pilots = follow(generator.permutation(len(origins))[:PILOTS], lags)
    log_distance = follow(slice(None), lags[: width + _lags_until(pilots, close)])
    if not np.median(log_distance[:, 0]) < far:
        raise UndeterminedError(
            "the nearest neighbours are as far apart as random pairs of points; the series repeats "
            "itself or is too short"
        )
    lag_time = lags[: log_distance.shape[1]].astype(np.float64)
    growth_at_time = growth_at_fixed_time(log_distance, lag_time)
    at_distance = _estimate(
        growth_at_fixed_distance(log_distance, lag_time, ceiling=far), close, draws, generator
    )
    at_time = _estimate(growth_at_time, close, draws, generator)
    of_time = at_time.exponent_draws
    if of_time.size == 0:
        of_time = _slopes_between(growth_at_time, at_distance, draws, generator)
    return replace(
        at_distance if at_fixed_distance else at_time,
        exponent_draws=np.concatenate([at_distance.exponent_draws, of_time]),
    )


def nothing_known(period: int) -> EmbeddingEstimate:
    """What an embedding says where no neighbours can be followed: nothing, over one period."""
    unknown = np.full(2, np.nan)
    time = np.array([0.0, period])
    return EmbeddingEstimate(time, unknown, np.nan, np.empty(0), np.nan, np.nan)


def _longest_horizon(samples: int, period: int) -> int:
    """Samples for which pairs may be followed; the last ones of a series cannot be."""
    horizon = min(samples // HORIZONS_IN_SERIES, LONGEST_HORIZON * period)
    if horizon < FEWEST_PERIODS * period:
        raise UndeterminedError(
            f"{samples} delay vectors are {samples / period:.1f} mean periods of {period} samples, "
            f"fewer than {FEWEST_PERIODS * HORIZONS_IN_SERIES}, which following neighbours takes; "
            "give a longer series or take out its trend"
        )
    return horizon


def _pairs(
    points: Array,
    references: int,
    theiler_window: int,
    neighbours: int,
    generator: np.random.Generator,
) -> tuple[Indices, Indices]:
    """Rows of references `(reference,)` drawn, and of their neighbours."""
    drawn = np.sort(generator.permutation(len(points))[:references])
    origins, others = nearest_neighbours(
        points, drawn, theiler_window=theiler_window, count=neighbours
    )
    if len(origins) < len(drawn) / 2:
        raise UndeterminedError(
            f"{len(origins)} of {len(drawn)} points have a neighbour outside the Theiler window "
            f"of {theiler_window} samples and at a distance above 0; the series repeats itself or "
            "is too short"
        )
    return origins, others


def _scale_of_random_pairs(
    points: Array, lags: Indices, generator: np.random.Generator
) -> tuple[float, float]:
    """ln distance, averaged over these lags, that few random pairs undercut, and half of them."""
    begins = len(points) - int(lags[-1])
    first, second = generator.integers(begins, size=(2, RANDOM_PAIRS))
    log_distance = log_distances(points, first, second[:, None], lags, between=False)
    close, far = np.quantile(log_distance.mean(axis=1), [CLOSE, 0.5])
    return float(close), float(far)


def _lags_until(log_distance: Array, level: float) -> int:
    """How many lags it takes until nearly all pairs `(reference, lag)` have reached a level."""
    arrived = (np.maximum.accumulate(log_distance, axis=1) >= level).mean(axis=0) >= ARRIVED
    return int(arrived.argmax()) if arrived.any() else len(arrived)


def _estimate(
    growth: Growth, top: float, draws: int, generator: np.random.Generator
) -> EmbeddingEstimate:
    """The exponent of the straight stretch below `top`, and how it scatters."""
    references = len(growth.log_distance)
    time, log_distance = growth.curves(np.ones((1, references)))
    usable = int(np.append(log_distance[0] >= top, True).argmax())
    ranges = linear_ranges(time[0, :usable], log_distance[0, :usable])
    if ranges is None:
        return EmbeddingEstimate(time[0], log_distance[0], np.nan, np.empty(0), np.nan, np.nan)
    first, last = ranges.first[ranges.best], ranges.last[ranges.best]
    drawn = generator.integers(len(ranges.first), size=draws)
    drawn_curves = growth.curves(_block_weights(references, draws, generator))
    return EmbeddingEstimate(
        time=time[0],
        log_distance=log_distance[0],
        exponent=float(_slopes(time, log_distance, first, last)[0]),
        exponent_draws=_slopes(*drawn_curves, ranges.first[drawn], ranges.last[drawn]),
        fit_start=float(time[0, first]),
        fit_stop=float(time[0, last]),
    )


def _slopes_between(
    growth: Growth, straight: EmbeddingEstimate, draws: int, generator: np.random.Generator
) -> Array:
    """Slopes `(draw,)` of a bent average between the distances at which the other is straight.

    It has no exponent of its own, but without its draws, which are low where the straight one's
    are high, the interval would see one side only.
    """
    if np.isnan(straight.exponent):
        return np.empty(0)
    ends = np.interp([straight.fit_start, straight.fit_stop], straight.time, straight.log_distance)
    time, log_distance = growth.curves(_block_weights(len(growth.log_distance), draws, generator))
    first, last = ((log_distance >= end).argmax(axis=1) for end in ends)
    risen = last > first
    return _slopes(time[risen], log_distance[risen], first[risen], last[risen])


def _block_weights(references: int, draws: int, generator: np.random.Generator) -> Array:
    """How often each reference is drawn, in blocks of consecutive ones: `(draw, reference)`."""
    blocks = min(BLOCKS, references)
    times_drawn = generator.multinomial(blocks, np.full(blocks, 1 / blocks), size=draws)
    return times_drawn[:, np.arange(references) * blocks // references].astype(np.float64)


def _slopes(time: Array, log_distance: Array, first: Indices, last: Indices) -> Array:
    """Slopes `(draw,)` of curves `(draw, point)` between the points `first` and `last`.

    Growth over time, not a regression: the errors of a curve add up along it.
    """
    row = np.arange(len(time))
    growth = log_distance[row, last] - log_distance[row, first]
    return np.asarray(growth / (time[row, last] - time[row, first]))
