"""One embedding's say on the largest exponent: its divergence curve, straight ranges, slopes."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from chaoslearn.errors import InputError
from chaoslearn.lyapunov.divergence import (
    Growth,
    growth_at_fixed_distance,
    growth_at_fixed_time,
    log_distances,
    smoothed,
)
from chaoslearn.lyapunov.linear_range import linear_ranges
from chaoslearn.lyapunov.neighbours import Indices, nearest_neighbours

Array = npt.NDArray[np.float64]

LAGS_PER_PERIOD = 20
LONGEST_HORIZON = 100  # in mean periods: pairs that have not parted by then do not part
PILOTS = 500  # references that find out how long pairs have to be followed
ARRIVED = 0.98  # of them: dropping the slowest would bias the mean time
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
        InputError: hardly any point has a neighbour that is no copy and outside the window.
    """
    stride = max(1, period // LAGS_PER_PERIOD)
    width = max(1, period // stride)
    horizon = min(len(points) // 4, LONGEST_HORIZON * period)
    if horizon < 4 * period:
        raise InputError(
            f"{len(points)} delay vectors are {len(points) / period:.1f} mean periods of {period} "
            "samples, too few to follow neighbours over four; give a longer series"
        )
    followed = points[: len(points) - horizon]
    drawn = np.sort(generator.permutation(len(followed))[:references])
    origins, others = nearest_neighbours(
        followed, drawn, theiler_window=theiler_window, count=neighbours
    )
    if len(origins) < len(drawn) / 2:
        raise InputError(
            f"{len(origins)} of {len(drawn)} points have a neighbour outside the Theiler window "
            f"of {theiler_window} samples and at a distance above 0; the series repeats itself or "
            "is too short"
        )
    lags = np.arange(0, horizon, stride)
    close, far = _scale_of_random_pairs(points, lags[:width], generator)
    pilot = generator.permutation(len(origins))[:PILOTS]
    lags = lags[: _lags_until(points, origins[pilot], others[pilot], lags, width, close)]
    log_distance = smoothed(log_distances(points, origins, others, lags), width)
    lag_time = lags[: log_distance.shape[1]].astype(np.float64)
    estimates = [
        _estimate(growth, close, draws, generator)
        for growth in (
            growth_at_fixed_distance(log_distance, lag_time, ceiling=far),
            growth_at_fixed_time(log_distance, lag_time),
        )
    ]
    chosen = estimates[0 if at_fixed_distance else 1]
    both = np.concatenate([estimate.exponent_draws for estimate in estimates])
    return replace(chosen, exponent_draws=both)


def _scale_of_random_pairs(
    points: Array, lags: Indices, generator: np.random.Generator
) -> tuple[float, float]:
    """ln distance that few random pairs undercut, and that half of them do."""
    begins = len(points) - int(lags[-1])
    first, second = generator.integers(begins, size=(2, 4000))
    log_distance = smoothed(log_distances(points, first, second[:, None], lags), len(lags))
    close, far = np.quantile(log_distance, [CLOSE, 0.5])
    return float(close), float(far)


def _lags_until(
    points: Array, origins: Indices, others: Indices, lags: Indices, width: int, level: float
) -> int:
    """How many lags it takes until nearly all pairs have reached a level of ln distance."""
    furthest = np.maximum.accumulate(
        smoothed(log_distances(points, origins, others, lags), width), axis=1
    )
    arrived = (furthest >= level).mean(axis=0) >= ARRIVED
    return width + int(arrived.argmax()) if arrived.any() else len(lags)


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
