"""From a system to its trajectory: flows by DOP853, maps by iteration, delays by steps.

DOP853 is the Runge-Kutta method of order 8 of Hairer, Nørsett and Wanner 1993, Solving Ordinary
Differential Equations I, doi:10.1007/978-3-540-78862-1, as scipy has it.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from chaoslearn.errors import InputError
from chaoslearn.escape import bounded, escape_bound
from chaoslearn.series.method_of_steps import solve_by_steps
from chaoslearn.systems import System

Array = NDArray[np.float64]


def integrate(
    system: System,
    *,
    step: float,
    samples: int,
    transient: float,
    relative_tolerance: float = 1e-9,
    absolute_tolerance: float = 1e-9,
    seed: int = 0,
) -> Array:
    """States `(time, component)` every `step` from the end of the `transient` on.

    `step` and `transient` are in the system's time unit; for a map they are whole numbers of
    steps. The tolerances are those of the solver (a map needs none). `seed` draws the start near
    the system's initial state.

    Raises `InputError` for a step, number of samples, transient or tolerance that makes no sense,
    and for a trajectory that escapes to infinity.
    """
    _check(system, step, samples, transient, min(relative_tolerance, absolute_tolerance))
    start = start_near(system, np.random.default_rng(seed))
    _require_rate(system, start)
    if system.kind == "map":
        states = _iterate(system, start, round(step), samples, round(transient))
    else:
        solve = _solve_flow if system.kind == "flow" else solve_by_steps
        times = transient + step * np.arange(samples, dtype=np.float64)
        states = solve(system, start, times, relative_tolerance, absolute_tolerance)
    _refuse_escape(system, start, states, samples)
    return states


def start_near(system: System, generator: np.random.Generator) -> Array:
    """A state `(component,)` within 0.01 (1 + |x|) of the initial state's each x, uniformly."""
    initial = np.asarray(system.initial_state)
    reach: Array = 0.01 * (1.0 + np.abs(initial))
    return initial + reach * generator.uniform(-1.0, 1.0, len(initial))


def _solve_flow(
    system: System, start: Array, times: Array, relative_tolerance: float, absolute_tolerance: float
) -> Array:
    """The states at `times`, from `start` at time 0; as many as there are before an escape."""
    if times[-1] == 0.0:
        return start[np.newaxis]
    with np.errstate(all="ignore"):
        solution = solve_ivp(
            system.rate,
            (0.0, times[-1]),
            start,
            method="DOP853",
            t_eval=times,
            rtol=relative_tolerance,
            atol=absolute_tolerance,
        )
    return np.ascontiguousarray(np.transpose(solution.y))


def _iterate(system: System, start: Array, stride: int, samples: int, transient: int) -> Array:
    """Every `stride`-th iterate of a map after the first `transient` ones."""
    states = np.empty((samples, len(start)))
    state = start
    with np.errstate(all="ignore"):
        for _ in range(transient):
            state = system.rate(state)
        for index in range(samples):
            states[index] = state
            for _ in range(stride):
                state = system.rate(state)
    return states


def _check(
    system: System, step: float, samples: int, transient: float, smallest_tolerance: float
) -> None:
    where = f"system {system.name}"
    if not (step > 0 and math.isfinite(step)):
        raise InputError(f"{where}: the sampling step is {step}; give a positive number")
    if samples < 1:
        raise InputError(f"{where}: {samples} samples are asked for; ask for at least one")
    if not (transient >= 0 and math.isfinite(transient)):
        raise InputError(f"{where}: the transient is {transient}; give zero or a positive number")
    if not smallest_tolerance > 0:
        raise InputError(f"{where}: the tolerance is {smallest_tolerance}; give a positive number")
    if system.kind == "map" and not (float(step).is_integer() and float(transient).is_integer()):
        raise InputError(
            f"{where} is a map: its sampling step ({step}) and transient ({transient}) are counts "
            "of steps; give whole numbers"
        )


def _require_rate(system: System, start: Array) -> None:
    """Refuse a start from which no solver finds a first step."""
    arguments = {"map": (start,), "flow": (0.0, start), "delay": (0.0, start, start)}[system.kind]
    with np.errstate(all="ignore"):
        rate = system.rate(*arguments)
    if not np.isfinite(rate).all():
        raise InputError(
            f"system {system.name}: at the state {np.array2string(start, precision=4)} the "
            f"equations give {np.array2string(np.asarray(rate), precision=4)}; "
            "change the parameters or the initial state"
        )


def _refuse_escape(system: System, start: Array, states: Array, samples: int) -> None:
    if len(states) < samples or not bounded(states, escape_bound(start)).all():
        raise InputError(
            f"system {system.name}: the trajectory from {np.array2string(start, precision=4)} "
            f"escapes to infinity with parameters {dict(system.parameters)}; "
            "change the parameters or the initial state"
        )
