"""Whether a theorem holds for one net and one norm: verdicts with their numbers.

The theorems of Mikhaeil, Monfared, Durstewitz 2022, arXiv:2110.07238, in words that a finite
record can be judged by. λ is the net's largest exponent, from orbits of their own:

- T1, fixed point or cycle: ‖∂z_T/∂z_1‖ decays at rate λ < 0; a parameter gradient is bounded: its
  largest value does not grow between T/2 and T, at the phases of the cycle that are recorded in
  both halves.
- T2, chaos: the norm grows at rate λ > 0.
- T3, torus: ‖∂z_T/∂z_1‖ has rate 0 and lies between (1 − ε)^(T−1) and (1 + ε)^(T−1) at the last T,
  which says something for long T only; a parameter gradient grows slower than exponentially.

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

EPSILON, LONG = 0.002, 10_000  # of T3: a norm that stays below e³ needs a larger ε at shorter T
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
    regime: str,
    quantity: str,
    steps: npt.ArrayLike,
    log_norm: npt.ArrayLike,
    exponent: Exponent,
    period: int,
) -> Verdict:
    """Judge the theorem of the regime a net is in.

    Args:
        regime: as `recurrence.regime_of` names it.
        quantity: `jacobian_norm`, or any other name for the gradient by parameters.
        steps: the times T.
        log_norm: natural logarithms of the norm `(start, steps)`.
        exponent: of a run independent of these orbits.
        period: steps after which the orbit is back, 0 where it is not.

    Raises:
        InputError: fewer than two starts, or too few times (`growth_rate`).
    """
    times, norms = np.asarray(steps, np.float64), np.asarray(log_norm, np.float64)
    record = _Record(times, norms, growth_rate(times, norms), exponent, period)
    theorem, rule = _RULES.get((regime, quantity == JACOBIAN), ("", _no_theorem))
    verdict, reason = rule(record)
    return Verdict(
        theorem,
        verdict,
        reason,
        record.growth,
        smallest_epsilon(times, norms),
        polynomial_exponent(times, norms),
    )


def smallest_epsilon(times: Array, norms: Array) -> float:
    """The smallest ε for which the bounds of T3 hold at the last T for all starts."""
    per_step = norms[:, -1] / (times[-1] - 1)
    return float(np.abs(np.expm1(per_step)).max())


@dataclass(frozen=True)
class _Record:
    """What a rule judges: T, ln of the norm `(start, steps)`, its growth, λ and the period."""

    times: Array
    norms: Array
    growth: GrowthRate
    exponent: Exponent
    period: int

    @property
    def resolution(self) -> float:
        """The rate of a norm that changes by a factor e over the part of T that is fitted."""
        return float(2 / self.times[-1])

    @property
    def joint(self) -> float:
        """Half the width of the 95 % interval of rate less exponent."""
        error = np.hypot(self.growth.error, self.exponent.error)
        return float(stdtrit(len(self.norms) - 1, 0.975) * error)

    @property
    def difference(self) -> float:
        """Of rate and exponent, which may both be −∞."""
        rate, exponent = self.growth.rate, self.exponent.value
        return 0.0 if rate == exponent else abs(rate - exponent)


def _decays(record: _Record) -> tuple[str, str]:
    # Orbits on one cycle swing in step, which no error over starts shows.
    # An exponent of −∞ has no error.
    tolerance = float(np.fmax(record.joint, record.exponent.resolution + record.resolution))
    agrees = record.growth.rate < 0 and record.difference <= tolerance
    return (HOLDS if agrees else FAILS), (
        f"rate and exponent differ by {record.difference:.2g}, {tolerance:.2g} allowed"
    )


def _is_bounded(record: _Record) -> tuple[str, str]:
    early, late = _same_phases(record.times, record.period)
    if not early.any():
        return UNDECIDED, f"period {record.period}: no phase is recorded before T/2 and after"
    first, second = record.norms[:, early].max(axis=1), record.norms[:, late].max(axis=1)
    with np.errstate(invalid="ignore"):  # −∞ less −∞: a gradient that is zero throughout
        growth = float(np.nan_to_num(np.expm1(second - first), nan=0.0).max())
    reason = f"largest value changes by {100 * growth:.2g} % between T/2 and T"
    if growth <= BOUNDED:
        return HOLDS, reason
    # On the way to its bound a gradient lacks about e^{λT}.
    settled = np.exp(record.exponent.value * record.times[-1] / 2) < BOUNDED
    return (FAILS, reason) if settled else (UNDECIDED, f"{reason}: T is too short to settle")


def _same_phases(times: Array, period: int) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """The times up to T/2 and those after it, of the phases of a cycle that both halves record.

    On a cycle a gradient comes to swing with it; other phases would have another largest value.
    """
    early = times <= times[-1] / 2
    phases = times % period if period else times
    common = np.isin(phases, np.intersect1d(phases[early], phases[~early]))
    return early & common, ~early & common


def _grows(record: _Record) -> tuple[str, str]:
    exponent = record.exponent.value
    share, width = record.difference / exponent, record.joint / exponent
    reason = (
        f"rate differs from the exponent by {100 * share:.2g} %, joint 95 % ±{100 * width:.2g} %"
    )
    if width > PRECISION:
        return UNDECIDED, reason
    agrees = record.difference <= max(AGREEMENT * exponent, record.joint)
    return (HOLDS if agrees else FAILS), reason


def _is_neutral(record: _Record) -> tuple[str, str]:
    rate, tolerance = record.growth.rate, max(record.growth.reach, record.resolution)
    epsilon = smallest_epsilon(record.times, record.norms)
    reason = (
        f"rate {rate:.2g}, {tolerance:.2g} allowed; smallest ε {epsilon:.2g} at "
        f"T = {record.times[-1]:.0f}, {EPSILON} allowed"
    )
    if abs(rate) <= tolerance and epsilon > EPSILON and record.times[-1] < LONG:
        return UNDECIDED, f"{reason}: T is too short"
    return (HOLDS if abs(rate) <= tolerance and epsilon <= EPSILON else FAILS), reason


def _is_subexponential(record: _Record) -> tuple[str, str]:
    beside = rate_beside_power(record.times, record.norms)
    tolerance = max(beside.reach, record.resolution)
    return (HOLDS if beside.rate <= tolerance else FAILS), (
        f"rate {beside.rate:.2g} beside a power of T, {tolerance:.2g} allowed"
    )


def _no_theorem(_: _Record) -> tuple[str, str]:
    return UNDECIDED, "the net is in none of the regimes the theorems speak of"


_Rule = Callable[[_Record], tuple[str, str]]
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
