"""Windowing: the state is reset to zero every w steps, so the net is told nothing of where it is.

Mikhaeil et al. 2022, appendix. With zero state and zero input every window gets the same
prediction; its optimum is the mean course of the series.
"""

from __future__ import annotations

import numpy as np

from chaoslearn.forcing.arguments import whole_numbers
from chaoslearn.forcing.plan import Plan, every


class Forcing:
    """A reset to zero every ``length`` steps."""

    def __init__(self, *arguments: str) -> None:
        (self.length,) = whole_numbers("windowed", ("w",), arguments)

    @property
    def longest(self) -> int:
        """The longest segment in steps: the window must hold it."""
        return self.length

    def plan(self, window: int, progress: float, generator: np.random.Generator) -> Plan:
        """The segments of one gradient step."""
        return every(self.length, window, "zero")
