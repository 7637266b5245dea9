"""What an ensemble is shown in one gradient step, and how windows lie in the lanes of blocks."""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import compiled
from chaoslearn.training.kernels.vectors import LANES, Block

Begins = Literal["observed", "zero", "carried"]
# How a segment begins, as the kernels are told.
OBSERVED, ZERO, CARRIED = 0, 1, 2
CODES: dict[Begins, int] = {"observed": OBSERVED, "zero": ZERO, "carried": CARRIED}

_MINUS_TWO = np.float32(-2)


class Windows(NamedTuple):
    """The windows of all members, and the segments all windows are cut into.

    Attributes
    ----------
    series : `(time, component)`.
    starts : `(member, window)`, where in the series each window begins.
    segment_starts : `(segment,)`, in steps of the window; the first is 0.
    steps : length T of a window; it shows T + 1 observations.
    begins : OBSERVED, ZERO or CARRIED.
    """

    series: NDArray[np.float32]
    starts: NDArray[np.int64]
    segment_starts: NDArray[np.int64]
    steps: int
    begins: int


@compiled
def segment_end(windows: Windows, segment: int) -> int:
    """Return the step at which a segment ends."""
    following = segment + 1
    if following < windows.segment_starts.size:
        return int(windows.segment_starts[following])
    return windows.steps


@compiled
def segment_begins(windows: Windows, segment: int) -> int:
    """Return how a segment begins: the first one has nothing to carry on from and is observed."""
    return OBSERVED if segment == 0 and windows.begins == CARRIED else windows.begins


@compiled
def longest_segment(windows: Windows) -> int:
    """Return the number of steps of the longest segment."""
    longest = 0
    for segment in range(windows.segment_starts.size):
        longest = max(longest, segment_end(windows, segment) - windows.segment_starts[segment])
    return longest


@compiled
def shares_of_lanes(windows: Windows, first: int) -> NDArray[np.float32]:
    """Return each lane's share in the mean `(lane,)` when lane 0 holds window `first`.

    The mean runs over windows, steps and components; a lane without a window has no share.
    """
    batch = windows.starts.shape[1]
    shares = np.zeros(LANES, np.float32)
    shares[: batch - first] = 1.0 / (batch * windows.steps * windows.series.shape[1])
    return shares


@compiled
def gather(windows: Windows, member: int, first: int, step: int, out: Block) -> None:
    """Copy a member's observations from `step` on into out `(step, component, lane)`.

    Lane 0 holds window `first`; lanes beyond the last window repeat it.
    """
    steps, components, _ = out.shape
    starts = windows.starts[member]
    for lane in range(LANES):
        begin = starts[min(first + lane, starts.size - 1)] + step
        for time in range(steps):
            for component in range(components):
                out[time, component, lane] = windows.series[begin + time, component]


@compiled
def weigh_residuals(residuals: Block, shares: NDArray[np.float32]) -> float:
    """Return Σ share · residual²; residuals become ∂L/∂prediction = −2 · share · residual.

    residuals `(step, component, lane)` are observation − prediction, shares `(lane,)`.
    """
    steps, components, _ = residuals.shape
    squares = np.zeros(LANES, np.float32)
    for step in range(steps):
        for component in range(components):
            for lane in range(LANES):
                residual = residuals[step, component, lane]
                squares[lane] += residual * residual
                residuals[step, component, lane] = _MINUS_TWO * shares[lane] * residual
    loss = 0.0
    for lane in range(LANES):
        loss += shares[lane] * squares[lane]
    return loss
