"""What an ensemble is shown in one gradient step, and how it lies in the lanes of blocks."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.kernels.compilation import compiled
from chaoslearn.training.kernels.vectors import LANES, Block, lanes_for

Begins = Literal["observed", "zero", "carried"]
# How a round begins.
OBSERVED, ZERO, CARRIED = 0, 1, 2

_MINUS_TWO = np.float32(-2)

Lanes = NDArray[np.int64]


class Rounds(NamedTuple):
    """What a member's lanes are taken through, one round after the other; arrays `(round,)`.

    Attributes
    ----------
    segment : the first of the segments in the lanes.
    sharing : how many segments of one length share the lanes.
    first : the sequence in lane 0, counted over these segments and in each over all windows.
    begins : OBSERVED, ZERO or CARRIED.
    steps_before : the length of the segment that hands its state on, if it is carried.
    """

    segment: NDArray[np.int64]
    sharing: NDArray[np.int64]
    first: NDArray[np.int64]
    begins: NDArray[np.int64]
    steps_before: NDArray[np.int64]


class Windows(NamedTuple):
    """The windows of all members, and the segments all windows are cut into.

    Attributes
    ----------
    series : `(time, component)`.
    starts : `(member, window)`, where in the series each window begins.
    segments : `(segment, 2)`, the steps of the window at which each begins and ends; in time's
        order where the state is carried, else the longest first.
    rounds : in which order they are computed.
    steps : length T of a window; it shows T + 1 observations.
    readout_inverted : whether any segment begins at an observation.
    """

    series: NDArray[np.float32]
    starts: NDArray[np.int64]
    segments: NDArray[np.int64]
    rounds: Rounds
    steps: int
    readout_inverted: bool


@lru_cache(maxsize=256)
def cut(
    segment_starts: tuple[int, ...], steps: int, batch: int, begins: Begins
) -> tuple[NDArray[np.int64], Rounds]:
    """Return the segments and rounds of `batch` windows of so many steps, cut at these steps.

    They are made once and shared by all who ask for the same: not to be written to.
    """
    edges = np.array([*segment_starts, steps], np.int64)
    segments = np.stack([edges[:-1], edges[1:]], axis=1)
    if begins == "carried":
        return segments, _carried(segments, batch)
    segments = segments[np.argsort(edges[:-1] - edges[1:], kind="stable")]
    return segments, _independent(segments, batch, OBSERVED if begins == "observed" else ZERO)


def _independent(segments: NDArray[np.int64], batch: int, begins: int) -> Rounds:
    """Segments that know nothing of each other: those of one length share the lanes."""
    lengths = segments[:, 1] - segments[:, 0]
    firsts = np.flatnonzero(np.diff(lengths, prepend=0))
    counts = np.diff(firsts, append=len(lengths))
    return _rounds(
        (segment, count, first, begins, 0)
        for segment, count in zip(firsts.tolist(), counts.tolist(), strict=True)
        for first in range(0, count * batch, LANES)
    )


def _carried(segments: NDArray[np.int64], batch: int) -> Rounds:
    """Segments that hand their state on: each window keeps its lane; the first is observed."""
    lengths = segments[:, 1] - segments[:, 0]
    return _rounds(
        (segment, 1, first, CARRIED, lengths[segment - 1])
        if segment
        else (segment, 1, first, OBSERVED, 0)
        for first in range(0, batch, LANES)
        for segment in range(len(segments))
    )


def _rounds(rows: Iterable[tuple[int, int, int, int, int]]) -> Rounds:
    return Rounds(*np.array(list(rows), np.int64).T.copy())


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
def fill_lanes(windows: Windows, member: int, turn: int, lanes: Lanes) -> int:
    """Return how many lanes hold a sequence in a round; set where in the series each one begins.

    Lanes left over in the last tile repeat the last one.
    """
    rounds = windows.rounds
    batch = windows.starts.shape[1]
    first, sequences = rounds.first[turn], rounds.sharing[turn] * batch
    filled = min(LANES, sequences - first)
    for lane in range(lanes_for(filled)):
        sequence = min(first + lane, sequences - 1)
        begin = windows.segments[rounds.segment[turn] + sequence // batch, 0]
        lanes[lane] = windows.starts[member, sequence % batch] + begin
    return int(filled)


@compiled
def gather(windows: Windows, lanes: Lanes, step: int, out: Block) -> None:
    """Copy the observations from `step` steps after each lane's begin into `out`.

    out `(step, component, lane)`.
    """
    steps, components, width = out.shape
    for lane in range(width):
        begin = lanes[lane] + step
        for time in range(steps):
            for component in range(components):
                out[time, component, lane] = windows.series[begin + time, component]


@compiled
def shares_of_lanes(windows: Windows, filled: int) -> NDArray[np.float32]:
    """Return each lane's share in the mean `(lane,)`; a lane without a sequence has none.

    The mean runs over windows, steps and components.
    """
    samples = windows.starts.shape[1] * windows.steps * windows.series.shape[1]
    shares = np.zeros(LANES, np.float32)
    for lane in range(filled):
        shares[lane] = 1.0 / samples
    return shares


@compiled
def weigh_residuals(residuals: Block, shares: NDArray[np.float32]) -> float:
    """Return Σ share · residual²; residuals become ∂L/∂prediction = −2 · share · residual.

    residuals `(step, component, lane)` are observation − prediction, shares `(lane,)`.
    """
    steps, components, lanes = residuals.shape
    squares = np.zeros(lanes, np.float32)
    for step in range(steps):
        for component in range(components):
            for lane in range(lanes):
                residual = residuals[step, component, lane]
                squares[lane] += residual * residual
                residuals[step, component, lane] = _MINUS_TWO * shares[lane] * residual
    loss = 0.0
    for lane in range(lanes):
        loss += shares[lane] * squares[lane]
    return loss
