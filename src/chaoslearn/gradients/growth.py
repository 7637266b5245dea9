"""The rate at which a gradient norm grows, by regression, with its interval over starts."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from chaoslearn.errors import InputError

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class GrowthRate:
    """Slope of ln‖·‖ against T, per step.

    `per_start` `(start,)` are the slopes of the single orbits, `rate` their mean, `error` its
    standard error, `interval` `(2,)` the 95 % interval of Student's t over starts. A norm that
    is exactly zero at some recorded T has rate −inf, without error.
    """

    rate: float
    error: float
    interval: tuple[float, float]
    per_start: Array


def growth_rate(steps: npt.ArrayLike, log_norm: npt.ArrayLike) -> GrowthRate:
    """Regress `log_norm` `(start, steps)` on the times `steps` T over their second half.

    The first half, T below the half of the last T, is left out: there the norm still turns into
    its leading direction. Raises `InputError` with fewer than two starts or two times to fit.
    """
    times = np.asarray(steps, dtype=np.float64)
    norms = np.asarray(log_norm, dtype=np.float64)
    late = np.flatnonzero(times >= times[-1] / 2)
    if len(norms) < 2 or len(late) < 2:
        raise InputError(
            f"a growth rate with its interval needs two starts and two times in the second half, "
            f"not {len(norms)} and {len(late)}: record more"
        )
    per_start = _slopes(times[late], norms[:, late])
    rate = float(per_start.mean())
    if np.isneginf(rate):
        return GrowthRate(rate, 0.0, (rate, rate), per_start)
    error = float(per_start.std(ddof=1) / np.sqrt(len(per_start)))
    reach = float(stats.t.ppf(0.975, len(per_start) - 1)) * error
    return GrowthRate(rate, error, (rate - reach, rate + reach), per_start)


def _slopes(times: Array, norms: Array) -> Array:
    """Least-squares slope of each row of `norms` `(start, time)`; −inf where a norm vanished."""
    vanished = (norms == -np.inf).any(axis=1)
    centred = times - times.mean()
    slopes = np.where(vanished[:, None], 0.0, norms) @ centred / (centred @ centred)
    return np.where(vanished, -np.inf, slopes)
