"""The regime a net is really in: from its largest exponent, and from how its orbit comes back."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

Array = npt.NDArray[np.float64]

UNCLEAR = "unclear"
LONGEST_PERIOD = 2000
RETURN = 1e-8  # of the largest entry: how near a periodic orbit comes back


def period(step: Callable[[Array], Array], states: Array) -> int:
    """The steps after which every orbit from `states` `(start, state)` is back; 0 if none are.

    A rotation comes back within RETURN only by a chance of one in ten thousand over all the
    periods looked at, up to LONGEST_PERIOD; a stable cycle that has settled does so exactly.
    """
    reach = RETURN * np.abs(states).max()
    moving = states
    for steps in range(1, LONGEST_PERIOD + 1):
        moving = step(moving)
        if np.abs(moving - states).max() <= reach:
            return steps
    return 0


def regime_of(exponent: float, error: float, resolution: float, starts: int, period: int) -> str:
    """Name the regime of an attractor.

    Args:
        exponent: the largest Lyapunov exponent, per step.
        error: its standard error over `starts` orbits.
        resolution: how near to zero it is as good as zero (`Spectrum.resolution`).
        period: of the orbit, 0 where it does not come back.

    Returns:
        `fixed-point` or `cycle` for a negative exponent (the latter also where the period is
        longer than was looked for), `torus` for one that cannot be told from zero and an orbit
        that does not come back, `chaos` for a positive one and such an orbit. What agrees with
        none of them is `unclear`.
    """
    # An exponent of −∞ has no error.
    margin = float(np.fmax(stdtrit(starts - 1, 0.975) * error, resolution))
    if exponent < -margin:
        return "fixed-point" if period == 1 else "cycle"
    if period or np.isnan(exponent):
        return UNCLEAR
    return "chaos" if exponent > margin else "torus"
