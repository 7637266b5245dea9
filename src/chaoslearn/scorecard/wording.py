"""Numbers as the scorecard writes them: short, with the unit beside them."""

from __future__ import annotations

import math
from collections.abc import Iterable

from chaoslearn.scorecard.bootstrap import Interval
from chaoslearn.scorecard.ensembles import Ensemble

NOT_PRINTED = "not printed"


def short(number: float) -> str:
    """Two or three digits that count: 0.0105, 62.7, 195, ∞."""
    if math.isnan(number):
        return "unknown"
    if math.isinf(number):
        return "∞" if number > 0 else "−∞"
    return f"{number:.0f}" if abs(number) >= 1000 else f"{number:.3g}".replace("-", "−")


def span(interval: Interval) -> str:
    """An interval: [0.2, 0.5]."""
    return f"[{short(interval.low)}, {short(interval.high)}]"


def steps(first: float, last: float) -> str:
    """A stretch of τ in steps: 30, or 15–30."""
    return short(first) if first == last else f"{short(first)}–{short(last)}"


def failures(ensembles: Iterable[Ensemble]) -> str:
    """How many members failed, of all that were looked at; each of them ranks as worst."""
    seen = list(ensembles)
    failed = sum(int(ensemble.failed.sum()) for ensemble in seen)
    members = sum(ensemble.members for ensemble in seen)
    return f"{failed} of {members} members failed" if failed else f"none of {members} failed"


def count(ensembles: Iterable[Ensemble]) -> int:
    """The smallest number of members among ensembles; 0 without any."""
    return min((ensemble.members for ensemble in ensembles), default=0)
