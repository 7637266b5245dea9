"""How neighbours in an embedding move apart: distances against lag, and two ways to average them.

Averaged at fixed time, ln distance against lag is the divergence curve of Rosenstein, Collins and
De Luca (1993), doi:10.1016/0167-2789(93)90009-P, or with a cloud of neighbours that of Kantz
(1994), doi:10.1016/0375-9601(94)90991-1. Where local growth varies much, fast pairs are as far
apart as the attractor allows while slow ones have hardly begun, so no stretch of that curve shows
the exponent: it bends, and its slope is too small.

Averaged at fixed distance instead, each pair is timed only between the same two distances, both
small: the mean time to grow by Δ ln d is Δ/λ. This is the finite-size Lyapunov exponent (Aurell,
Boffetta, Crisanti, Paladin, Vulpiani 1997, doi:10.1088/0305-4470/30/1/003) where it does not
depend on size. Distances are averaged over one mean period first, for they swing with it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from chaoslearn.series.neighbours import Indices

Array = npt.NDArray[np.float64]

LEVEL_SPACING = 0.25  # in ln distance
MOST_POINTS = 200


def log_distances(
    points: Array, references: Indices, neighbours: Indices, lags: Indices, *, between: bool
) -> Array:
    """ln of the distance to the neighbours, averaged over them, `(reference, lag)`.

    Args:
        points: (time, dimension) delay vectors.
        references: (reference,) rows of `points`.
        neighbours: (reference, neighbour) rows of `points`: one for Rosenstein, more for Kantz.
        lags: (lag,) samples for which both are followed, by none of them beyond the last row.
        between: start the neighbour where its orbit is closest, between two samples, and follow
            it from there. Orbits of a flow meet there; up to half a sampling step along the
            orbit, which never grows, would otherwise be part of every distance.
    """
    # How far orbits move in one step; not at all if neighbours are taken as they are.
    advance = np.gradient(points, axis=0) if between else np.zeros_like(points)
    shift = _nearest_phase(points, advance, references, neighbours)
    distances = _mean_distances(points, advance, references, neighbours, shift[:, :, 0], lags)
    # Orbits that meet to the last digit are no closer than rounding.
    return np.log(np.maximum(distances, np.finfo(np.float64).eps))


# Compiled, since in numpy the arrays of all pairs at one lag outgrow a core's cache; sums in any
# order, several at a time. Jobs at work at once share the code: arguments keep to these types.
@njit(cache=True, fastmath={"contract", "reassoc"})
def _mean_distances(
    points: Array,
    advance: Array,
    references: Indices,
    neighbours: Indices,
    shift: Array,
    lags: Indices,
) -> Array:
    """Distance to the neighbours, each `shift` steps further, their mean `(reference, lag)`."""
    result = np.zeros((len(references), len(lags)))
    for row, reference in enumerate(references):
        for column, neighbour in enumerate(neighbours[row]):
            for index, lag in enumerate(lags):
                squared = 0.0
                for entry in range(points.shape[1]):
                    there = points[neighbour + lag, entry]
                    there += shift[row, column] * advance[neighbour + lag, entry]
                    squared += (points[reference + lag, entry] - there) ** 2
                result[row, index] += np.sqrt(squared)
    result /= neighbours.shape[1]
    return result


def _nearest_phase(
    points: Array, advance: Array, references: Indices, neighbours: Indices
) -> Array:
    """Fraction of a step, within ±1/2, to the closest approach: `(reference, neighbour, 1)`."""
    separation = points[references, None] - points[neighbours]
    step = advance[neighbours]
    squared_speed = np.maximum((step**2).sum(axis=2, keepdims=True), np.finfo(np.float64).tiny)
    phase = (separation * step).sum(axis=2, keepdims=True) / squared_speed
    return np.asarray(np.clip(phase, -0.5, 0.5))


def smoothed(log_distance: Array, width: int) -> Array:
    """Moving average over `width` of the lags: `(reference, lag)`, `width − 1` lags shorter."""
    total = np.cumsum(log_distance, axis=1)
    total = np.concatenate([np.zeros((len(total), 1)), total], axis=1)
    return (total[:, width:] - total[:, :-width]) / width


@dataclass(frozen=True)
class Growth:
    """Pairs that can be averaged, under any weights, to a curve of ln distance against time.

    Attributes:
        time_steps: (reference, point − 1) time a pair takes from one point to the next.
        log_distance: (reference, point) ln distance of a pair at a point.
            In both, NaN marks a pair that says nothing about a point.
    """

    time_steps: Array
    log_distance: Array

    def curves(self, weights: Array) -> tuple[Array, Array]:
        """Time and ln distance `(draw, point)` under `weights (draw, reference)`.

        Time is the running sum of the mean steps; NaN where no pair says anything.
        """
        steps = _weighted_mean(weights, self.time_steps)
        time = np.concatenate([np.zeros((len(weights), 1)), np.cumsum(steps, axis=1)], axis=1)
        return time, _weighted_mean(weights, self.log_distance)


def growth_at_fixed_time(log_distance: Array, lag_time: Array) -> Growth:
    """Growth averaged at fixed times: the classical divergence curve, thinned to 200 points.

    Args:
        log_distance: (reference, lag).
        lag_time: (lag,) in time units.
    """
    stride = -(-len(lag_time) // MOST_POINTS)
    steps = np.diff(lag_time[::stride])
    return Growth(
        np.broadcast_to(steps, (len(log_distance), len(steps))), log_distance[:, ::stride]
    )


def growth_at_fixed_distance(log_distance: Array, lag_time: Array, ceiling: float) -> Growth:
    """Growth averaged at fixed distances, from the median initial one up to a ceiling.

    A pair counts for the step between two levels if it begins below the lower one and reaches
    the upper; it passes a level when it does so for the first time.

    Args:
        log_distance: (reference, lag).
        lag_time: (lag,) in time units.
        ceiling: ln distance.
    """
    begin = log_distance[:, 0]
    levels = np.arange(np.median(begin), ceiling, LEVEL_SPACING)
    furthest = np.maximum.accumulate(log_distance, axis=1)
    passage = np.full((len(begin), len(levels)), np.nan)
    for column, level in enumerate(levels):
        passes = (begin < level) & (furthest[:, -1] >= level)
        passage[passes, column] = lag_time[(furthest[passes] >= level).argmax(axis=1)]
    return Growth(np.diff(passage, axis=1), np.broadcast_to(levels, passage.shape))


def _weighted_mean(weights: Array, values: Array) -> Array:
    """Means over references of `values (reference, point)`, NaN left out: `(draw, point)`."""
    known = np.isfinite(values)
    with np.errstate(invalid="ignore"):
        return (weights @ np.where(known, values, 0.0)) / (weights @ known)
