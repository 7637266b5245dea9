"""Delay equations by the method of steps: one delay at a time, the last one is the history.

Over one delay the delayed state is known, so the equation is an ordinary one, solved by DOP853;
its dense output (order 7) is the history of the next delay. A constant history makes the
solution's derivatives jump at multiples of the delay, which is just where each solve begins.
Bellman 1961, On the computation of the solution of differential-difference equations,
doi:10.1016/0022-247X(61)90049-X.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import OdeSolution, solve_ivp

from chaoslearn.systems import System

Array = NDArray[np.float64]


def solve_by_steps(
    system: System, start: Array, times: Array, relative_tolerance: float, absolute_tolerance: float
) -> Array:
    """States `(time, component)` at rising `times` ≥ 0, with `start` as the state up to time 0.

    Where the solution escapes to infinity, only the states before that are returned.
    """
    delay = system.parameters["delay"]
    states = np.empty((len(times), len(start)))
    history: Callable[[float], Array] = _constant(start)
    filled = 0
    piece = 0
    while filled < len(times):
        begin, end = piece * delay, (piece + 1) * delay
        solution = _solve_one_delay(
            system, history, start, (begin, end), relative_tolerance, absolute_tolerance
        )
        if solution is None:
            return states[:filled]
        reached = int(np.searchsorted(times, end, side="left"))
        if reached > filled:
            states[filled:reached] = solution(times[filled:reached]).T
        history, start = solution, solution(end)
        filled, piece = reached, piece + 1
    return states


def _constant(start: Array) -> Callable[[float], Array]:
    return lambda _time: start


def _solve_one_delay(
    system: System,
    history: Callable[[float], Array],
    start: Array,
    span: tuple[float, float],
    relative_tolerance: float,
    absolute_tolerance: float,
) -> OdeSolution | None:
    """The solution over one delay as a function of time, or None where it escapes."""
    delay = system.parameters["delay"]

    def rate(time: float, state: Array) -> Array:
        return system.rate(time, state, history(time - delay))

    with np.errstate(all="ignore"):
        solution = solve_ivp(
            rate,
            span,
            start,
            method="DOP853",
            dense_output=True,
            rtol=relative_tolerance,
            atol=absolute_tolerance,
        )
    return solution.sol if solution.success and np.isfinite(solution.y).all() else None
