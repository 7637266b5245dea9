"""How far ahead a chaotic series can be foretold: the time in which an error doubles."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chaoslearn.errors import InputError


class PredictabilityTime(NamedTuple):
    """τ_pred and its interval, in sampling steps; infinite where errors do not grow."""

    steps: float
    low: float
    high: float


def predictability_time(
    exponent: float, interval: npt.ArrayLike, step: float, resolution: float = 0.0
) -> PredictabilityTime:
    """τ_pred = ln 2 / (λ Δt), the learning interval that Mikhaeil et al. (2022) propose.

    Args:
        exponent: largest exponent λ, per time unit.
        interval: (2,) its lower and upper bound; the upper gives the shorter time.
        step: sampling step Δt, in time units.
        resolution: per time unit; an exponent up to this counts as zero. One estimated over a
            finite time never comes out as exactly zero, and its sign is then a matter of chance.

    Returns:
        Times in steps; infinite for λ ≤ 0 and for λ that is too small to be told from it. `low`
        is the shorter of the interval's times: errors do not double sooner. `high` is infinite
        where the interval reaches 0. An unknown exponent (NaN, as of a refused estimate) has
        unknown times.

    Raises:
        InputError: the step is not positive, or the interval is upside down.
    """
    lower, upper = np.asarray(interval, dtype=np.float64)
    if not step > 0:
        raise InputError(f"the sampling step is {step}; give a positive number")
    if lower > upper:
        raise InputError(f"the interval [{lower}, {upper}] is upside down; smaller bound first")
    return PredictabilityTime(
        steps=math.inf if exponent <= resolution else _doubling_steps(exponent, step),
        low=_doubling_steps(float(upper), step),
        high=_doubling_steps(float(lower), step),
    )


def _doubling_steps(exponent: float, step: float) -> float:
    return math.inf if exponent <= 0 else math.log(2) / (exponent * step)
