"""Intervals from members: medians of ensembles drawn anew, with replacement.

Members are what is drawn, each standing for one seeded training. Intervals are percentiles,
expanded for small ensembles after Hesterberg 2015, What Teachers Should Know About the Bootstrap,
doi:10.1080/00031305.2015.1089789: plain ones of the median of seven members would cover 88 %
instead of 95. Of five members they run from the least to the largest, which covers 94 %: no
interval can do better. A failed member is +inf: it ranks as worst.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, stdtrit

Array = NDArray[np.float64]

RESAMPLES = 10_000
COVERAGE = 0.95


@dataclass(frozen=True)
class Interval:
    """The two ends of an interval, which may be infinite."""

    low: float
    high: float


def stream(seed: int, *names: str) -> np.random.Generator:
    """The random stream of one ensemble: it depends on its names, never on what ran before."""
    digest = hashlib.sha256("\0".join(("scorecard", *names)).encode()).digest()[:16]
    entropy = int.from_bytes(digest, "little")
    return np.random.default_rng(np.random.SeedSequence((seed, entropy)))


def medians(values: Array, generator: np.random.Generator, resamples: int = RESAMPLES) -> Array:
    """Medians of resampled ensembles, ``(resample,)``.

    Parameters
    ----------
    values : of the members, ``(member,)``; +inf for one that failed.
    """
    drawn = generator.integers(0, len(values), (resamples, len(values)))
    return np.asarray(np.median(values[drawn], axis=1))


def interval(samples: Array, members: int, coverage: float = COVERAGE) -> Interval:
    """The expanded percentile interval of resampled numbers.

    Its ends are samples: between two of them nothing is interpolated, since one may be infinite.

    Parameters
    ----------
    samples : ``(resample,)``.
    members : that were drawn from; of several ensembles the smallest number.
    """
    ordered = np.sort(samples)
    beyond = math.floor(_expanded((1 - coverage) / 2, members) * len(ordered))
    return Interval(float(ordered[beyond]), float(ordered[-1 - beyond]))


def _expanded(share: float, members: int) -> float:
    """The share of resamples to leave out on one side for ``share`` of the members' own draws."""
    if members < 2:
        return 0.0
    return float(ndtr(math.sqrt(members / (members - 1)) * stdtrit(members - 1, share)))


def ratio(numerator: Array, denominator: Array) -> Array:
    """How many times worse; 1 where both are infinite, since neither is better."""
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = np.divide(numerator, denominator)
    both = np.isinf(numerator) & np.isinf(denominator)
    return np.asarray(np.where(both, 1.0, quotient))


def cliffs_delta(worse: Array, better: Array) -> float:
    """P(a member of ``worse`` is larger) − P(it is smaller): 1 where every one is larger.

    Cliff 1993, Dominance statistics, doi:10.1037/0033-2909.114.3.494.

    Parameters
    ----------
    worse, better : of the members, ``(member,)`` each; +inf for one that failed.
    """
    above = worse[:, None] > better[None, :]
    beneath = worse[:, None] < better[None, :]
    return float(above.mean() - beneath.mean())
