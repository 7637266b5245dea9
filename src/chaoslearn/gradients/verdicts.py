"""Whether a theorem holds for one net and one norm: verdicts with their numbers.

The theorems of Mikhaeil, Monfared, Durstewitz 2022, arXiv:2110.07238, in words that a finite
record can be judged by. λ is the net's largest exponent, from orbits of their own:

- T1, fixed point or cycle: ‖∂z_T/∂z_1‖ decays at rate λ < 0; a parameter gradient is bounded: its
  largest value does not grow between T/2 and T.
- T2, chaos: the norm grows at rate λ > 0.
- T3, torus: ‖∂z_T/∂z_1‖ has rate 0 and lies between (1 − ε)^(T−1) and (1 + ε)^(T−1) at the last T;
  a parameter gradient grows slower than exponentially.

A theorem `holds`, `does not hold`, or is `undecided` where the record is too short or too noisy to
tell.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from chaoslearn.gradients.growth import (
    GrowthRate,
    growth_rate,
    polynomial_exponent,
    rate_beside_power,
)

Array = npt.NDArray[np.float64]

HOLDS, FAILS, UNDECIDED = "holds", "does not hold", "undecided"
JACOBIAN = "jacobian_norm"

EPSILON = 0.002  # of T3, at T = 10 000
AGREEMENT = 0.05  # of λ: how far a rate may lie from it whatever the errors
PRECISION = 0.10  # of λ: half the width of the joint 95 % interval that still decides
BOUNDED = 0.01  # growth of the largest value between T/2 and T that counts as none


@dataclass(frozen=True)
class Exponent:
    """The largest Lyapunov exponent per step, its standard error over orbits, and how near to zero
    it is as good as zero (`Spectrum.resolution`)."""

    value: float
    error: float
    resolution: float


@dataclass(frozen=True)
class Verdict:
    """What became of a theorem.

    Attributes:
        theorem: T1, T2 or T3; empty where the net's regime has none.
        verdict: `holds`, `does not hold` or `undecided`.
        reason: the numbers that decided, in words.
        growth: slope of the norm's logarithm per step.
        epsilon: the smallest ε with (1 − ε)^(T−1) ≤ norm ≤ (1 + ε)^(T−1) at the last T, all starts.
        polynomial_exponent: the p of T^p fitted to the norm.
    """

    theorem: str
    verdict: str
    reason: str
    growth: GrowthRate
    epsilon: float
    polynomial_exponent: float


def judge(
    regime: str, quantity: str, steps: npt.ArrayLike, log_norm: npt.ArrayLike, exponent: Exponent
) -> Verdict:
    """Judge the theorem of the regime a net is in.

    Args:
        regime: as `recurrence.regime_of` names it.
        quantity: `jacobian_norm`, or any other name for the gradient by parameters.
        steps: the times T.
        log_norm: natural logarithms of the norm `(start, steps)`.
        exponent: of a run independent of these orbits.

    Raises:
        InputError: fewer than two starts, or too few times (`growth_rate`).
    """
    times, norms = np.asarray(steps, np.float64), np.asarray(log_norm, np.float64)
    growth = growth_rate(times, norms)
    theorem, rule = _RULES.get((regime, quantity == JACOBIAN), ("", _no_theorem))
    verdict, reason = rule(times, norms, growth, exponent)
    return Verdict(
        theorem,
        verdict,
        reason,
        growth,
        smallest_epsilon(times, norms),
        polynomial_exponent(times, norms),
    )


def smallest_epsilon(times: Array, norms: Array) -> float:
    """The smallest ε for which the bounds of T3 hold at the last T for all starts."""
    per_step = norms[:, -1] / (times[-1] - 1)
    return float(np.abs(np.expm1(per_step)).max())


def _decays(times: Array, _: Array, growth: GrowthRate, exponent: Exponent) -> tuple[str, str]:
    difference = _difference(growth.rate, exponent.value)
    # Orbits on one cycle swing in step, which no error over starts shows.
    # An exponent of −∞ has no error.
    tolerance = float(np.fmax(_joint(growth, exponent), exponent.resolution + _resolution(times)))
    agrees = growth.rate < 0 and difference <= tolerance
    return (HOLDS if agrees else FAILS), (
        f"rate and exponent differ by {difference:.2g}, {tolerance:.2g} allowed"
    )


def _is_bounded(times: Array, norms: Array, _: GrowthRate, exponent: Exponent) -> tuple[str, str]:
    early = times <= times[-1] / 2
    first, second = norms[:, early].max(axis=1), norms[:, ~early].max(axis=1)
    with np.errstate(invalid="ignore"):  # −∞ less −∞: a gradient that is zero throughout
        growth = float(np.nan_to_num(np.expm1(second - first), nan=0.0).max())
    reason = f"largest value changes by {100 * growth:.2g} % between T/2 and T"
    if growth <= BOUNDED:
        return HOLDS, reason
    # On the way to its bound a gradient lacks about e^{λT}.
    settled = np.exp(exponent.value * times[-1] / 2) < BOUNDED
    return (FAILS, reason) if settled else (UNDECIDED, f"{reason}: T is too short to settle")


def _grows(_: Array, __: Array, growth: GrowthRate, exponent: Exponent) -> tuple[str, str]:
    difference, joint = _difference(growth.rate, exponent.value), _joint(growth, exponent)
    share, width = difference / exponent.value, joint / exponent.value
    reason = (
        f"rate differs from the exponent by {100 * share:.2g} %, joint 95 % ±{100 * width:.2g} %"
    )
    if width > PRECISION:
        return UNDECIDED, reason
    return (HOLDS if difference <= max(AGREEMENT * exponent.value, joint) else FAILS), reason


def _is_neutral(times: Array, norms: Array, growth: GrowthRate, _: Exponent) -> tuple[str, str]:
    tolerance = max(growth.reach, _resolution(times))
    epsilon = smallest_epsilon(times, norms)
    neutral = abs(growth.rate) <= tolerance and epsilon <= EPSILON
    return (HOLDS if neutral else FAILS), (
        f"rate {growth.rate:.2g}, {tolerance:.2g} allowed; smallest ε {epsilon:.2g} at "
        f"T = {times[-1]:.0f}, {EPSILON} allowed"
    )


def _is_subexponential(times: Array, norms: Array, _: GrowthRate, __: Exponent) -> tuple[str, str]:
    beside = rate_beside_power(times, norms)
    tolerance = max(beside.reach, _resolution(times))
    return (HOLDS if beside.rate <= tolerance else FAILS), (
        f"rate {beside.rate:.2g} beside a power of T, {tolerance:.2g} allowed"
    )


def _no_theorem(_: Array, __: Array, ___: GrowthRate, ____: Exponent) -> tuple[str, str]:
    return UNDECIDED, "the net is in none of the regimes the theorems speak of"


def _difference(rate: float, exponent: float) -> float:
    return 0.0 if rate == exponent else abs(rate - exponent)  # both may be −∞


def _joint(growth: GrowthRate, exponent: Exponent) -> float:
    """Half the width of the 95 % interval of rate less exponent."""
    starts = len(growth.per_start)
    return float(stdtrit(starts - 1, 0.975) * np.hypot(growth.error, exponent.error))


def _resolution(times: Array) -> float:
    """The rate of a norm that changes by a factor e over the part of T that is fitted."""
    return float(2 / times[-1])


_Rule = Callable[[Array, Array, GrowthRate, Exponent], tuple[str, str]]
_RULES: dict[tuple[str, bool], tuple[str, _Rule]] = {
    ("fixed-point", True): ("T1", _decays),
    ("fixed-point", False): ("T1", _is_bounded),
    ("cycle", True): ("T1", _decays),
    ("cycle", False): ("T1", _is_bounded),
    ("chaos", True): ("T2", _grows),
    ("chaos", False): ("T2", _grows),
    ("torus", True): ("T3", _is_neutral),
    ("torus", False): ("T3", _is_subexponential),
}
