"""Growth of tangent frames along a flow: the variational equation beside the state."""

import numpy as np
import numpy.typing as npt

from chaoslearn.errors import InputError
from chaoslearn.lyapunov.dormand_prince import attempt, first_step, next_step
from chaoslearn.lyapunov.frames import CHECKPOINTS, GrowthRecord, orthonormalise, random_frames
from chaoslearn.lyapunov.starts import scattered_states
from chaoslearn.systems.system import System

Array = npt.NDArray[np.float64]

# Of one solver step, relative to the size of a component, and to that of a frame, which is 1. The
# frame's is wide because its errors are small next to the statistical ones (1e-3).
STATE_TOLERANCE = 1e-7
FRAME_TOLERANCE = 1e-6
SHORTEST_STEP = 1e-13  # relative to the time: no double is in between


def grow_along_flow(
    system: System,
    *,
    starts: int,
    duration: float,
    transient: float,
    count: int,
    generator: np.random.Generator,
) -> GrowthRecord:
    """Log growth of `count` tangent directions over `duration` time units.

    State and frame, Φ' = Df(x) Φ, are integrated together. Frames are orthonormalised after every
    accepted solver step: the step already resolves the fastest rate of the system, so no direction
    is lost within it, and no interval has to be chosen. Starts step on their own and meet at the
    checkpoints.
    """
    states = scattered_states(system, starts, generator)
    frames = random_frames(generator, starts, system.dimension, count)
    tangents = _TangentOrbits(system, states, frames)
    record = GrowthRecord(starts, count, duration)
    tangents.advance(transient)
    for time in np.linspace(0, duration, CHECKPOINTS + 1)[1:]:
        record.add(tangents.advance(transient + time), time)
    return record


class _TangentOrbits:
    """For each start its time, its next step and, in one row, its state and frame.

    A row of `packed` holds state `(component,)` and frame `(component, index)`.
    """

    def __init__(self, system: System, states: Array, frames: Array) -> None:
        self._system = system
        self._count = frames.shape[2]
        self._time = np.zeros(len(frames))
        self._packed = np.concatenate([states.T, frames.reshape(len(frames), -1)], axis=1)
        self._step = first_step(self._rate, self._time, self._packed)

    def advance(self, until: float) -> Array:
        """Log growth `(start, index)` on the way to time `until`."""
        total = np.zeros((len(self._time), self._count))
        while (self._time < until).any():
            total += self._try_one_step(until)
        return total

    def _try_one_step(self, until: float) -> Array:
        """One step of each start that is not there yet; log growth where it succeeded."""
        step = np.minimum(self._step, until - self._time)
        with np.errstate(over="ignore", invalid="ignore"):
            tried = attempt(self._rate, self._time, self._packed, step, self._tolerance())
        good = tried.error <= 1
        # A step cut short by `until` leads there, and says nothing about the next one.
        there = good & (step < self._step)
        self._step = np.where(there, self._step, next_step(step, tried.error))
        self._time = np.where(there, until, np.where(good, self._time + step, self._time))
        self._packed = np.where(good[:, None], tried.states, self._packed)
        self._require_steps()
        _, frames = self._unpack(self._packed)
        frames[...], log_growth = orthonormalise(frames)
        return log_growth

    def _unpack(self, packed: Array) -> tuple[Array, Array]:
        """Views of the states `(component, start)` and frames `(start, component, index)`."""
        dimension = self._system.dimension
        frames = packed[:, dimension:].reshape(len(packed), dimension, self._count)
        return packed[:, :dimension].T, frames

    def _rate(self, time: Array, packed: Array) -> Array:
        states, frames = self._unpack(packed)
        states = np.ascontiguousarray(states)
        jacobian = np.ascontiguousarray(np.moveaxis(self._system.linearise(time, states), -1, 0))
        rate = np.empty_like(packed)
        rate_of_states, rate_of_frames = self._unpack(rate)
        rate_of_states[...] = self._system.rate(time, states)
        np.matmul(jacobian, frames, out=rate_of_frames)
        return rate

    def _tolerance(self) -> Array:
        """Error allowed in each entry of a row."""
        states, _ = self._unpack(self._packed)
        largest = np.abs(states).max(axis=1) + np.finfo(np.float64).tiny
        tolerance = np.full(self._packed.shape[1], FRAME_TOLERANCE)
        tolerance[: len(largest)] = STATE_TOLERANCE * largest
        return tolerance

    def _require_steps(self) -> None:
        """Raise InputError where an orbit is so steep that its steps have shrunk to nothing."""
        stuck = ~(self._step > SHORTEST_STEP * self._time)  # so is a step that is NaN
        if stuck.any():
            raise InputError(
                f"system {self._system.name}: an orbit escapes to infinity, or cannot be "
                f"integrated for another reason, at time {self._time[stuck].min():g}; "
                "change its parameters or its initial state"
            )
