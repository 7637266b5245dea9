"""Intervals from members: medians of ensembles drawn anew, with replacement.

Members are what is drawn, each standing for one seeded training. Percentile intervals after Efron,
Tibshirani 1993, An Introduction to the Bootstrap, doi:10.1201/9780429246593, chapter 13; of a
median they run between two order statistics, so that with n members the coverage is that of a
binomial, and of five members 94 % at most. A failed member is +inf: it ranks as worst.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

RESAMPLES = 4000
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


def interval(samples: Array, coverage: float = COVERAGE) -> Interval:
    """The percentile interval of resampled numbers, ``(resample,)``.

    Its ends are samples: between two of them nothing is interpolated, since one may be infinite.
    """
    ordered = np.sort(samples)
    outside = (1 - coverage) / 2
    low = max(math.ceil(outside * len(ordered)) - 1, 0)
    high = math.ceil((1 - outside) * len(ordered)) - 1
    return Interval(float(ordered[low]), float(ordered[high]))


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
