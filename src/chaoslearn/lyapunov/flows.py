"""Growth of tangent frames along a flow: the variational equation beside the state."""

import numpy as np
import numpy.typing as npt
from scipy.integrate import DOP853

from chaoslearn.errors import InputError
from chaoslearn.lyapunov.frames import GrowthRecord, orthonormalise, random_frames
from chaoslearn.lyapunov.starts import require_finite, scattered_states
from chaoslearn.systems.system import System

Array = npt.NDArray[np.float64]

# Of one solver step. The frame's is wide because its errors are small next to the statistical ones
# (1e-3), and because a kink in the equations (Chua) is a jump for the frame, which a narrow one
# would chase with tiny steps.
STATE_TOLERANCE = 1e-7
FRAME_TOLERANCE = 1e-5


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

    State and frame, Φ' = Df(x) Φ, are integrated together for all starts at once. Frames are
    orthonormalised after every accepted solver step: the step already resolves the fastest rate
    of the system, so no direction is lost within it, and no interval has to be chosen.
    """
    tangent = _TangentFlow(system, starts, count)
    states = scattered_states(system, starts, generator)
    frames = random_frames(generator, starts, system.dimension, count)
    record = GrowthRecord(starts, count, duration)
    time, step = 0.0, None
    for stage_end in (transient, transient + duration):
        while time < stage_end:
            time, step, packed = tangent.advance(time, states, frames, stage_end, step)
            states, frames = tangent.unpack(packed)
            require_finite(states, f"system {system.name}", time)
            frames, log_growth = orthonormalise(frames)
            if time > transient:
                record.add(log_growth, time - transient)
    return record


class _TangentFlow:
    """State `(component, start)` and frames `(start, component, index)` as one flat vector."""

    def __init__(self, system: System, starts: int, count: int) -> None:
        self._system = system
        self._state_shape = (system.dimension, starts)
        self._frame_shape = (starts, system.dimension, count)

    def pack(self, states: Array, frames: Array) -> Array:
        return np.concatenate([states.ravel(), frames.ravel()])

    def unpack(self, packed: Array) -> tuple[Array, Array]:
        size = self._state_shape[0] * self._state_shape[1]
        return packed[:size].reshape(self._state_shape), packed[size:].reshape(self._frame_shape)

    def rate(self, time: float, packed: Array) -> Array:
        states, frames = self.unpack(packed)
        jacobian = np.ascontiguousarray(np.moveaxis(self._system.linearise(time, states), -1, 0))
        return self.pack(self._system.rate(time, states), jacobian @ frames)

    def advance(
        self, time: float, states: Array, frames: Array, until: float, step: float | None
    ) -> tuple[float, float, Array]:
        """One accepted solver step, towards `until`: new time, next step size, packed state."""
        solver = DOP853(
            self.rate,
            time,
            self.pack(states, frames),
            until,
            first_step=step and min(step, until - time),
            rtol=STATE_TOLERANCE,
            atol=self._absolute_tolerances(states),
        )
        with np.errstate(over="ignore", invalid="ignore"):
            failure = solver.step()
        if failure is not None:
            raise InputError(
                f"system {self._system.name}: cannot be integrated past time {time:g} ({failure}); "
                "change its parameters or its initial state"
            )
        # h_abs is the solver's own proposal for the next step.
        return solver.t, solver.h_abs, solver.y

    def _absolute_tolerances(self, states: Array) -> Array:
        """Of each entry: relative to its component's largest value; frames are of size 1."""
        largest = np.abs(states).max(axis=1, keepdims=True) + np.finfo(float).tiny
        return self.pack(
            np.broadcast_to(STATE_TOLERANCE * largest, self._state_shape),
            np.full(self._frame_shape, FRAME_TOLERANCE),
        )
