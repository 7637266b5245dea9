"""Sparsely forced BPTT: every τ steps the state is replaced by the observed one (claim M).

``sparse-30`` forces every 30 steps. ``sparse-auto`` stands for τ = round(τ_pred) of the series:
whoever knows the series resolves it to a number first (``resolve``).
Mikhaeil, Monfared, Durstewitz 2022, section 4.
"""

from __future__ import annotations

import numpy as np

from chaoslearn.forcing.arguments import whole_numbers
from chaoslearn.forcing.plan import Plan, every


class Forcing:
    """A forcing every ``interval`` steps."""

    def __init__(self, *arguments: str) -> None:
        (self.interval,) = whole_numbers("sparse", ("τ",), arguments)

    @property
    def longest(self) -> int:
        """The longest segment in steps: the window must hold it."""
        return self.interval

    def plan(self, window: int, progress: float, generator: np.random.Generator) -> Plan:
        """The segments of one gradient step."""
        return every(self.interval, window)
