"""Where a divergence curve is straight: the rule that finds the range, or says there is none."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

FEWEST_STEPS = 4  # from the first point of a range to its last
SMALLEST_GROWTH = 1.0  # in ln distance: a factor e, below which any curve looks straight
LARGEST_BEND = 0.15  # relative difference between the slopes of a range's thirds
THIRDS = 3
NEARLY_AS_LONG = 1 / 2  # ranges of at least this part of the longest growth are as good as it


@dataclass(frozen=True)
class LinearRanges:
    """Straight ranges of a curve.

    Attributes:
        first, last: (range,) indices of the end points of each range.
        best: which of them grows most.
    """

    first: npt.NDArray[np.intp]
    last: npt.NDArray[np.intp]
    best: int


def linear_ranges(time: Array, log_distance: Array) -> LinearRanges | None:
    """Find the straight ranges of a curve of ln distance `(point,)` against time `(point,)`.

    A range is straight if the slopes of its thirds differ by no more than 15 % and distance grows
    by more than a factor e along it. Exponential growth passes, however long the range. A
    power law t^α, as of diffusing or noisy pairs, does not: its slope falls by e^(1/α) while
    distance grows by e. Nor do periodic and quasi-periodic motion, whose distances do not grow,
    nor noise, whose distances jump at once.

    The best range is the one along which distance grows most. All that grow half as much are
    returned, because their slopes show how much the choice matters.

    Returns:
        None where no range is straight.
    """
    first, last = np.triu_indices(len(time), k=FEWEST_STEPS)
    cuts = np.array([first + (last - first) * part // THIRDS for part in range(THIRDS + 1)])
    growth = log_distance[last] - log_distance[first]
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = growth / (time[last] - time[first])
        slope_of_third = np.diff(log_distance[cuts], axis=0) / np.diff(time[cuts], axis=0)
        bend = np.ptp(slope_of_third, axis=0) / slope
    straight = (growth >= SMALLEST_GROWTH) & (bend <= LARGEST_BEND)
    if not straight.any():
        return None
    accepted = straight & (growth >= NEARLY_AS_LONG * growth[straight].max())
    return LinearRanges(first[accepted], last[accepted], int(growth[accepted].argmax()))
