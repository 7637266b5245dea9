"""The rate at which a gradient norm grows, by regression, with its interval over starts."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

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

    @property
    def reach(self) -> float:
        """Half the width of the interval."""
        return (self.interval[1] - self.interval[0]) / 2 if self.error else 0.0


def growth_rate(steps: npt.ArrayLike, log_norm: npt.ArrayLike) -> GrowthRate:
    """Regress `log_norm` `(start, steps)` on the times `steps` T over their second half.

    The first half, T below the half of the last T, is left out: there the norm still turns into
    its leading direction. Raises `InputError` with fewer than two starts or two times to fit.
    """
    times, norms = _late(steps, log_norm, from_share=1 / 2)
    if len(norms) < 2 or len(times) < 2:
        raise InputError(
            f"a growth rate with its interval needs two starts and two times in the second half, "
            f"not {len(norms)} and {len(times)}: record more"
        )
    return _over_starts(_coefficients(norms, times)[:, 0])


def rate_beside_power(steps: npt.ArrayLike, log_norm: npt.ArrayLike) -> GrowthRate:
    """The r of a norm that grows as T^p e^{rT}, both fitted over the last nine tenths of T.

    Arguments as for `growth_rate`. Zero within error where growth is only polynomial.
    """
    times, norms = _late(steps, log_norm, from_share=1 / 10)
    return _over_starts(_coefficients(norms, times, np.log(times))[:, 0])


def polynomial_exponent(steps: npt.ArrayLike, log_norm: npt.ArrayLike) -> float:
    """The p of a norm that grows as T^p: its slope against ln T over the last nine tenths of T.

    Mean over starts; arguments as for `growth_rate`.
    """
    times, norms = _late(steps, log_norm, from_share=1 / 10)
    return float(_coefficients(norms, np.log(times))[:, 0].mean())


def _late(steps: npt.ArrayLike, log_norm: npt.ArrayLike, from_share: float) -> tuple[Array, Array]:
    times = np.asarray(steps, dtype=np.float64)
    late = np.flatnonzero(times >= times[-1] * from_share)
    return times[late], np.asarray(log_norm, dtype=np.float64)[:, late]


def _coefficients(norms: Array, *regressors: Array) -> Array:
    """Least-squares coefficients `(start, regressor)` of each row of `norms` `(start, time)`.

    A constant is fitted beside them. −inf where a norm vanished.
    """
    vanished = (norms == -np.inf).any(axis=1)
    known = np.where(vanished[:, None], 0.0, norms)
    # Centred, the constant drops out; of equal size, steps and their logarithm are as well
    # conditioned as they can be.
    design = np.stack([values - values.mean() for values in regressors], axis=1)
    size = np.linalg.norm(design, axis=0)
    found = known @ np.linalg.pinv(design / size).T / size
    return np.where(vanished[:, None], -np.inf, found)


def _over_starts(per_start: Array) -> GrowthRate:
    rate = float(per_start.mean())
    if np.isneginf(rate):
        return GrowthRate(rate, 0.0, (rate, rate), per_start)
    error = float(per_start.std(ddof=1) / np.sqrt(len(per_start)))
    reach = float(stdtrit(len(per_start) - 1, 0.975)) * error
    return GrowthRate(rate, error, (rate - reach, rate + reach), per_start)
