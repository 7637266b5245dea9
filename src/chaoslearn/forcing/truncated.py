"""Truncated BPTT: the state runs on through the window, its gradient is cut every k steps.

Williams & Peng 1990, doi:10.1162/neco.1990.2.4.490; as used in Mikhaeil et al. 2022, appendix.
"""

from __future__ import annotations

import numpy as np

from chaoslearn.forcing.arguments import whole_numbers
from chaoslearn.forcing.plan import Plan, every


class Forcing:
    """A cut of the gradient every ``length`` steps."""

    def __init__(self, *arguments: str) -> None:
        (self.length,) = whole_numbers("truncated", ("k",), arguments)

    @property
    def longest(self) -> int:
        """The longest segment in steps: the window must hold it."""
        return self.length

    def plan(self, window: int, progress: float, generator: np.random.Generator) -> Plan:
        """The segments of one gradient step."""
        return every(self.length, window, "carried")
