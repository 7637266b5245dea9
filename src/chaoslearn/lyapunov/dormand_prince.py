"""Dormand and Prince's method of order 8 for many orbits at once, each with steps of its own.

The coefficients and the error estimate are those of scipy's DOP853 (Hairer, Nørsett, Wanner 1993,
Solving Ordinary Differential Equations I, doi:10.1007/978-3-540-78862-1, sections II.4 and II.5).
scipy would give all orbits one step, the shortest that any of them needs: in a batch there is
always one in a spike (Rössler) or at a kink (Chua).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.integrate import DOP853

Array = npt.NDArray[np.float64]
Rate = Callable[[Array, Array], Array]

SAFETY = 0.9
SLOWEST, FASTEST = 0.2, 10.0  # change of step size
FIRST_STEP = 0.01  # of the time in which a state moves by its own size


class Attempt(NamedTuple):
    """A step that was tried: states `(orbit, entry)` after it, and its error `(orbit,)`.

    The error is relative to what is tolerated: up to 1 the step is good.
    """

    states: Array
    error: Array


def attempt(rate: Rate, time: Array, states: Array, step: Array, tolerance: Array) -> Attempt:
    """Try one step of its own `(orbit,)` for each orbit.

    Args:
        rate: dstates/dt at `(time, states)`.
        time: (orbit,).
        states: (orbit, entry).
        step: (orbit,) step sizes; 0 leaves an orbit where it is.
        tolerance: (orbit, entry), or what broadcasts to it: absolute error allowed in a step.
    """
    slopes = np.empty((DOP853.n_stages, *states.shape))
    flat = slopes.reshape(DOP853.n_stages, -1)
    slopes[0] = rate(time, states)
    for stage in range(1, DOP853.n_stages):
        way = (DOP853.A[stage, :stage] @ flat[:stage]).reshape(states.shape)
        slopes[stage] = rate(time + DOP853.C[stage] * step, states + step[:, None] * way)
    way, fifth, third = (
        (weights @ flat).reshape(states.shape)
        for weights in (DOP853.B, DOP853.E5[:-1], DOP853.E3[:-1])
    )
    fifth_squared, third_squared = (
        np.mean(np.square(estimate / tolerance), axis=1) for estimate in (fifth, third)
    )
    # Hairer's combination of the estimates of orders 5 and 3; an orbit at rest has no error.
    both = fifth_squared + 0.01 * third_squared
    error = step * fifth_squared / np.sqrt(np.where(both == 0, 1.0, both))
    return Attempt(states + step[:, None] * way, error)


def next_step(step: Array, error: Array) -> Array:
    """The step sizes `(orbit,)` to go on with, or to try again with, after these errors."""
    with np.errstate(divide="ignore"):
        factor = SAFETY * error ** (-1 / (DOP853.error_estimator_order + 1))
    # The error of an orbit that left all numbers behind is NaN: a shorter step may save it.
    factor = np.where(np.isnan(factor), SLOWEST, np.clip(factor, SLOWEST, FASTEST))
    return np.asarray(step * factor)


def first_step(rate: Rate, time: Array, states: Array) -> Array:
    """A careful step `(orbit,)` to begin with; infinite for an orbit at rest."""
    with np.errstate(divide="ignore"):
        speed = np.linalg.norm(rate(time, states), axis=1)
        return np.asarray(FIRST_STEP * np.linalg.norm(states, axis=1) / speed)
