"""Frames of tangent vectors, and the record of how fast they grow.

A frame is an array `(start, state, index)`: for each initial condition an orthonormal set of
`index` tangent vectors. Pushed by the Jacobian and orthonormalised again (QR), the diagonal of R
is the growth of each direction. Benettin, Galgani, Giorgilli, Strelcyn (1980),
doi:10.1007/BF02128236; Shimada, Nagashima (1979), doi:10.1143/PTP.61.1605.
"""

import numpy as np
import numpy.typing as npt

from chaoslearn.errors import InputError
from chaoslearn.escape import bounded

Array = npt.NDArray[np.float64]

CHECKPOINTS = 100  # points of a convergence curve: enough to draw, small enough to store


def random_frames(generator: np.random.Generator, starts: int, dimension: int, count: int) -> Array:
    """Random orthonormal frames `(start, state, index)`.

    Random, because a frame along the axes may lie in an invariant subspace of a simple system and
    would then never meet the fastest direction.
    """
    return orthonormalise(generator.standard_normal((starts, dimension, count)))[0]


def orthonormalise(frames: Array) -> tuple[Array, Array]:
    """Orthonormal frames `(start, state, index)` and ln|R_ii| `(start, index)` of their QR.

    A direction that the map annihilates has growth −∞, which is its exponent.
    """
    orthonormal, triangle = np.linalg.qr(frames)
    with np.errstate(divide="ignore"):
        log_growth = np.log(np.abs(np.diagonal(triangle, axis1=1, axis2=2)))
    return orthonormal, log_growth


class GrowthRecord:
    """Running sum of log growth, kept at about a hundred checkpoints.

    Args:
        starts, count: sizes of the dimensions `start` and `index`.
        duration: time that will be recorded (time units; steps for maps and nets).
    """

    def __init__(self, starts: int, count: int, duration: float) -> None:
        self._total = np.zeros((starts, count))
        self._spacing = duration / CHECKPOINTS
        self._checkpoint_times: list[float] = []
        self._checkpoint_totals: list[Array] = []

    def add(self, log_growth: Array, time: float) -> None:
        """Add ln growth `(start, index)`; `time` is the time recorded so far, this included."""
        self._total += log_growth
        # The tolerance lets a checkpoint that falls on a step be met despite rounding.
        if time >= self._spacing * (len(self._checkpoint_times) + 1 - 1e-9):
            self._checkpoint_times.append(time)
            self._checkpoint_totals.append(self._total.copy())

    @property
    def time(self) -> Array:
        """Times of the checkpoints `(checkpoint,)`."""
        return np.array(self._checkpoint_times)

    @property
    def log_growth(self) -> Array:
        """Summed ln growth at each checkpoint `(checkpoint, start, index)`."""
        return np.array(self._checkpoint_totals)


class EscapeError(InputError):
    """Orbits go to infinity: those of the initial conditions at positions `starts`."""

    def __init__(self, name: str, time: float, starts: npt.NDArray[np.int64]) -> None:
        super().__init__(
            f"{name}: an orbit escapes to infinity by time {time:g}; "
            "change its parameters or its initial state"
        )
        self.starts = starts


def require_bounded(states: Array, bound: float, name: str, time: float) -> None:
    """Raise EscapeError where an orbit `(start, …)` is not finite or beyond the bound."""
    inside = bounded(states, bound)
    if not inside.all():
        raise EscapeError(name, time, np.flatnonzero(~inside))
