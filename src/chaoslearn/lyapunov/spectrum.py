"""Lyapunov spectra from equations and from trained nets: one result, two entrances."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chaoslearn.errors import InputError
from chaoslearn.lyapunov.delays import grow_along_delay
from chaoslearn.lyapunov.dimension import kaplan_yorke_dimension
from chaoslearn.lyapunov.flows import grow_along_flow
from chaoslearn.lyapunov.frames import GrowthRecord, random_frames
from chaoslearn.lyapunov.maps import grow_along_map, grow_along_steps
from chaoslearn.systems.system import System

Array = npt.NDArray[np.float64]

DELAY_EXPONENTS = 5  # a delay equation has infinitely many; these reach past D_KY of low chaos


@dataclass(frozen=True)
class Spectrum:
    """Lyapunov exponents with how sure they are.

    Attributes:
        per_start: (start, index) exponents of each initial condition, largest first.
        convergence: (checkpoint, index) mean over starts as recorded time grows.
        convergence_time: (checkpoint,) that time (time units; steps for maps and nets).
    """

    per_start: Array
    convergence: Array
    convergence_time: Array

    @property
    def exponent(self) -> Array:
        """(index,) mean over starts; per time unit, for maps and nets per step."""
        return np.asarray(self.per_start.mean(axis=0))

    @property
    def exponent_error(self) -> Array:
        """(index,) standard error over starts; NaN for a single start, which has none."""
        starts = len(self.per_start)
        if starts == 1:
            return np.full(self.per_start.shape[1], np.nan)
        return np.asarray(self.per_start.std(axis=0, ddof=1) / np.sqrt(starts))

    @property
    def resolution(self) -> float:
        """How near to zero the largest exponent is as good as zero, per time unit.

        Along a cycle growth swings and adds up to nothing, but where recording ends it is anywhere
        in its swing; that over the recorded time is left. Starts in step share it, so
        `exponent_error` does not show it. A swing by less than a factor e counts as one by e.
        """
        time = self.convergence_time
        with np.errstate(invalid="ignore"):  # an exponent of −∞ has no swing
            swing = np.ptp((self.convergence[:, 0] - self.exponent[0]) * time)
        return float(np.fmax(1.0, swing) / time[-1])

    @property
    def kaplan_yorke_dimension(self) -> float:
        """Kaplan–Yorke dimension; sums within the resolution count as zero."""
        return kaplan_yorke_dimension(self.exponent, resolution=self.resolution)


def spectrum_of_system(
    system: System,
    *,
    starts: int,
    duration: float,
    transient: float,
    seed: int,
    count: int | None = None,
) -> Spectrum:
    """Lyapunov spectrum of a flow, a map or a delay equation by QR of its tangent map.

    Args:
        system: the equations; the Jacobian is taken by central differences where it has none.
        starts: initial conditions carried along at once, scattered around the system's own.
        duration: time over which growth is recorded (time units; steps for a map).
        transient: time before that, for the state to reach the attractor and the frame to turn
            into its directions.
        seed: of the scatter and of the first frames.
        count: exponents to compute; by default all, for a delay equation the first five.

    Returns:
        Exponents per time unit (per step for a map).

    Raises:
        InputError: an orbit escapes to infinity, or an argument is out of range.
    """
    _check_positive(starts=starts, duration=duration)
    dimension = system.dimension
    count = count or (DELAY_EXPONENTS if system.kind == "delay" else dimension)
    if system.kind != "delay" and count > dimension:
        raise InputError(
            f"system {system.name}: {count} exponents asked for, it has {dimension}; lower count"
        )
    grow_along = {"flow": grow_along_flow, "map": grow_along_map, "delay": grow_along_delay}
    record = grow_along[system.kind](
        system,
        starts=starts,
        duration=duration,
        transient=transient,
        count=count,
        generator=np.random.default_rng(seed),
    )
    return _spectrum(record)


def spectrum_of_network(
    step: Callable[[Array], Array],
    jacobian: Callable[[Array], Array],
    states: Array,
    *,
    steps: int,
    transient: int,
    count: int | None = None,
    reorthonormalise: int = 1,
    seed: int = 0,
) -> Spectrum:
    """Lyapunov spectrum of any iterated map given as step and Jacobian, such as a trained net.

    Args:
        step: maps states `(start, state)` to the next ones.
        jacobian: ∂step/∂state at states: `(start, state, state_from)`.
        states: `(start, state)`; a start may be an initial condition or a member of an ensemble.
        steps: steps over which growth is recorded.
        transient: steps before that.
        count: exponents to compute; by default as many as the state has entries.
        reorthonormalise: steps between two QRs. One is always right. A product of k Jacobians
            keeps the weakest direction to a relative 2e-16 · exp(k (λ_1 − λ_count)), so larger
            values, which save time, suit nets whose exponents lie close together.
        seed: of the first frames.

    Returns:
        Exponents per step; one row of `per_start` for each start.

    Raises:
        InputError: states become infinite or NaN, or an argument is out of range.
    """
    _check_positive(steps=steps, reorthonormalise=reorthonormalise)
    starts, size = states.shape
    frames = random_frames(np.random.default_rng(seed), starts, size, count or size)
    record = grow_along_steps(
        step,
        jacobian,
        states,
        frames,
        steps=steps,
        transient=transient,
        reorthonormalise=reorthonormalise,
        name="network",
    )
    return _spectrum(record)


def _spectrum(record: GrowthRecord) -> Spectrum:
    per_checkpoint = record.log_growth / record.time[:, None, None]
    return Spectrum(
        per_start=per_checkpoint[-1],
        convergence=per_checkpoint.mean(axis=1),
        convergence_time=record.time,
    )


def _check_positive(**values: float) -> None:
    for name, value in values.items():
        if not value > 0:
            raise InputError(f"spectrum: {name} is {value}; give a positive number")
