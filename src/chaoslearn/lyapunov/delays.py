"""Growth of tangent frames along a delay equation: method of steps on a history of grid points.

The delay is cut into whole steps, so the classical Runge–Kutta method (order 4) meets delayed
values at grid points and half way between; the latter come from cubic Hermite interpolation,
which is of order 4 too. State and tangent vectors go through the same scheme, hence the tangent
system is the exact derivative of the discretised one. Farmer (1982),
doi:10.1016/0167-2789(82)90042-2; Bellen and Zennaro (2003),
doi:10.1093/acprof:oso/9780198506546.001.0001.
"""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from chaoslearn.escape import escape_bound
from chaoslearn.lyapunov.frames import GrowthRecord, orthonormalise, require_bounded
from chaoslearn.lyapunov.starts import scattered_states
from chaoslearn.systems.system import System

Array = npt.NDArray[np.float64]
Rate = Callable[[float, Array, Array], Array]

STEPS_PER_DELAY = 100
FASTEST_STEP = 0.2  # of the time in which the fastest rate acts; beyond 2.8 the method is unstable


def grow_along_delay(
    system: System,
    *,
    starts: int,
    duration: float,
    transient: float,
    count: int,
    generator: np.random.Generator,
) -> GrowthRecord:
    """Log growth of `count` tangent directions over `duration` time units, in whole delays.

    A tangent vector is a whole history, and frames are orthonormalised once a delay, in the
    Euclidean norm of the history's grid points (exponents do not depend on the norm).
    """
    delay = system.parameters["delay"]
    states = scattered_states(system, starts, generator)
    values = _constant_history(states, _steps_per_delay(system, states), count, generator)
    slopes = np.zeros_like(values)
    record, bound = GrowthRecord(starts, count, duration), escape_bound(states)
    time = -delay * np.ceil(transient / delay)
    begin = time
    while time < duration:
        values, slopes = advance_one_delay(_tangent_rate(system), time, delay, values, slopes)
        time += delay
        states = np.moveaxis(values[:, :, 0], 0, 1)
        require_bounded(states, bound, f"system {system.name}", time - begin)
        log_growth = _orthonormalise_histories(values, slopes)
        if time > delay / 2:
            record.add(log_growth, time)
    return record


def advance_one_delay(
    rate: Rate, time: float, delay: float, values: Array, slopes: Array
) -> tuple[Array, Array]:
    """The next delay's history from this one's.

    Args:
        rate: dstate/dt at `(time, state, delayed)`.
        time: at the end of this history.
        delay: its length, in time units.
        values: (grid, ...) state at the grid points, first and last included.
        slopes: (grid, ...) its time derivative there.

    Returns:
        Values and slopes on the grid of the next delay; its first point is this one's last.
    """
    steps = len(values) - 1
    step = delay / steps
    next_values, next_slopes = np.empty_like(values), np.empty_like(slopes)
    next_values[0] = values[-1]
    for index in range(steps):
        before, after = values[index], values[index + 1]
        between = (before + after) / 2 + step / 8 * (slopes[index] - slopes[index + 1])
        now, state = time + index * step, next_values[index]
        slope_1 = rate(now, state, before)
        slope_2 = rate(now + step / 2, state + step / 2 * slope_1, between)
        slope_3 = rate(now + step / 2, state + step / 2 * slope_2, between)
        slope_4 = rate(now + step, state + step * slope_3, after)
        next_slopes[index] = slope_1
        next_values[index + 1] = state + step / 6 * (slope_1 + 2 * (slope_2 + slope_3) + slope_4)
    next_slopes[-1] = rate(time + delay, next_values[-1], values[-1])
    return next_values, next_slopes


def _tangent_rate(system: System) -> Rate:
    """Rate of `(component, 1 + index, start)`: the state, then its tangent vectors."""

    def rate(time: float, extended: Array, delayed: Array) -> Array:
        state, state_delayed = extended[:, 0], delayed[:, 0]
        by_state, by_delayed = system.linearise_delayed(time, state, state_delayed)
        result = np.empty_like(extended)
        result[:, 0] = system.rate(time, state, state_delayed)
        result[:, 1:] = _apply(by_state, extended[:, 1:]) + _apply(by_delayed, delayed[:, 1:])
        return result

    return rate


def _apply(jacobian: Array, tangents: Array) -> Array:
    """Jacobian `(component, component_from, start)` on tangents `(component, index, start)`."""
    return np.asarray(np.einsum("ijs,jks->iks", jacobian, tangents))


def _steps_per_delay(system: System, states: Array) -> int:
    """As many as the rates at these states `(component, start)` need, and not fewer than usual."""
    by_state, _ = system.linearise_delayed(0.0, states, states)
    # What is not finite escapes, which is told later.
    rates = np.nan_to_num(np.abs(by_state).sum(axis=1), posinf=0.0)
    fastest = float(rates.max())
    return max(STEPS_PER_DELAY, math.ceil(system.parameters["delay"] * fastest / FASTEST_STEP))


def _constant_history(
    states: Array, steps: int, count: int, generator: np.random.Generator
) -> Array:
    """(grid, component, 1 + index, start): resting states with random tangent histories."""
    components, starts = states.shape
    values = generator.standard_normal((steps + 1, components, 1 + count, starts))
    values[:, :, 0] = states
    return values


def _orthonormalise_histories(values: Array, slopes: Array) -> Array:
    """Orthonormalise the tangent histories in place; their log growth `(start, index)`."""
    tangents = np.moveaxis(values[:, :, 1:], -1, 0)  # (start, grid, component, index)
    frames = tangents.reshape(len(tangents), -1, tangents.shape[-1])
    orthonormal, log_growth = orthonormalise(frames)
    # Slopes are linear in the values, so they follow the same change of basis, R⁻¹.
    change = np.linalg.solve(np.swapaxes(orthonormal, 1, 2) @ frames, np.eye(frames.shape[-1]))
    values[:, :, 1:] = np.moveaxis(orthonormal.reshape(tangents.shape), 0, -1)
    slopes[:, :, 1:] = np.einsum("gcis,sij->gcjs", slopes[:, :, 1:], change)
    return log_growth
