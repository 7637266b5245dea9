"""What an ensemble is shown in one gradient step, and how it lies in the lanes of blocks."""

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

Lanes = NDArray[np.int64]


class Windows(NamedTuple):
    """The windows of all members, and the segments all windows are cut into.

    Attributes
    ----------
    series : `(time, component)`.
    starts : `(member, window)`, where in the series each window begins.
    segments : `(segment, 2)`, the steps of the window at which each begins and ends; in time's
        order where the state is carried, else those of equal length side by side.
    steps : length T of a window; it shows T + 1 observations.
    begins : OBSERVED, ZERO or CARRIED.
    """

    series: NDArray[np.float32]
    starts: NDArray[np.int64]
    segments: NDArray[np.int64]
    steps: int
    begins: int


def cut(segment_starts: NDArray[np.int64], steps: int, begins: Begins) -> NDArray[np.int64]:
    """Return the `segments` of `Windows` of so many steps that are cut at these `(segment,)`."""
    edges = np.append(segment_starts, steps)
    segments = np.stack([edges[:-1], edges[1:]], axis=1)
    if begins == "carried":
        return segments
    return segments[np.argsort(edges[:-1] - edges[1:], kind="stable")]


@compiled
def segment_steps(windows: Windows, segment: int) -> int:
    """Return the length of a segment."""
    return int(windows.segments[segment, 1] - windows.segments[segment, 0])


@compiled
def longest_segment(windows: Windows) -> int:
    """Return the number of steps of the longest segment."""
    longest = 0
    for segment in range(len(windows.segments)):
        longest = max(longest, segment_steps(windows, segment))
    return longest


@compiled
def segments_of_one_length(windows: Windows, first: int) -> int:
    """Return how many segments from the `first` on are as long as it is, one after the other."""
    segment = first + 1
    while segment < len(windows.segments) and (
        segment_steps(windows, segment) == segment_steps(windows, first)
    ):
        segment += 1
    return segment - first


@compiled
def fill_lanes(
    windows: Windows, member: int, segment: int, first: int, count: int, lanes: Lanes
) -> int:
    """Return how many lanes hold a sequence, and set where in the series each one begins.

    The sequences are those of `count` segments of one length from `segment` on, segment after
    segment, in each all windows; lane 0 holds the `first`. Lanes left over repeat the last one.
    """
    batch = windows.starts.shape[1]
    sequences = count * batch
    for lane in range(LANES):
        sequence = min(first + lane, sequences - 1)
        begin = windows.segments[segment + sequence // batch, 0]
        lanes[lane] = windows.starts[member, sequence % batch] + begin
    return int(min(LANES, sequences - first))


@compiled
def gather(windows: Windows, lanes: Lanes, step: int, out: Block) -> None:
    """Copy the observations from `step` steps after each lane's begin into `out`.

    out `(step, component, lane)`.
    """
    steps, components, _ = out.shape
    for lane in range(LANES):
        begin = lanes[lane] + step
        for time in range(steps):
            for component in range(components):
                out[time, component, lane] = windows.series[begin + time, component]


@compiled
def shares_of_lanes(windows: Windows, filled: int) -> NDArray[np.float32]:
    """Return each lane's share in the mean `(lane,)`; a lane without a sequence has none.

    The mean runs over windows, steps and components.
    """
    shares = np.zeros(LANES, np.float32)
    samples = windows.starts.shape[1] * windows.steps * windows.series.shape[1]
    shares[:filled] = 1.0 / samples
    return shares


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
