"""Random forcing: the interval is drawn anew for every gradient step.

τ uniform among the whole numbers in [max(1, τ − Δ), min(T, τ + Δ)]
(Mikhaeil et al. 2022, appendix).
"""

from __future__ import annotations

import numpy as np

from chaoslearn.forcing.arguments import whole_numbers
from chaoslearn.forcing.plan import Plan, every


class Forcing:
    """A forcing interval drawn uniformly around ``interval``."""

    def __init__(self, *arguments: str) -> None:
        self.interval, self.spread = whole_numbers("random", ("τ", "Δ"), arguments)

    @property
    def longest(self) -> int:
        """The longest segment in steps that the window must hold: longer draws are cut to it."""
        return self.interval

    def plan(self, window: int, progress: float, generator: np.random.Generator) -> Plan:
        """The segments of one gradient step."""
        shortest = max(1, self.interval - self.spread)
        longest = min(window, self.interval + self.spread)
        return every(int(generator.integers(shortest, longest + 1)), window)
