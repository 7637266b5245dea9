"""Annealed forcing: the interval grows from 1 to τ_end over training.

τ_e = ⌊(τ_end − 1)·e/E⌋ + 1 at epoch e = 1 … E (Mikhaeil et al. 2022, appendix).
"""

from __future__ import annotations

import math

import numpy as np

from chaoslearn.forcing.arguments import whole_numbers
from chaoslearn.forcing.plan import Plan, every


class Forcing:
    """A forcing interval that grows linearly to ``end``."""

    def __init__(self, *arguments: str) -> None:
        (self.end,) = whole_numbers("annealed", ("τ_end",), arguments)

    @property
    def longest(self) -> int:
        """The longest segment in steps: the window must hold it."""
        return self.end

    def plan(self, window: int, progress: float, generator: np.random.Generator) -> Plan:
        """The segments of one gradient step; ``progress`` = e/E in (0, 1]."""
        # e/E in floating point can fall a rounding below the whole number it stands for.
        interval = math.floor((self.end - 1) * progress + 1e-9) + 1
        return every(min(interval, window), window)
