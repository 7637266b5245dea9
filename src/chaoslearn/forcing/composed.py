"""Two forcings at once: segments from the first, the gradient's bound from the second."""

from __future__ import annotations

import numpy as np

from chaoslearn.errors import InputError
from chaoslearn.forcing.plan import Forcing, Plan


class Composed:
    """``segments`` says where segments begin, ``bound`` how their gradient is clipped."""

    def __init__(self, segments: Forcing, bound: Forcing) -> None:
        self.segments = segments
        self.bound = bound

    @property
    def longest(self) -> int:
        """The longest segment in steps: the window must hold it."""
        return self.segments.longest

    def plan(self, window: int, progress: float, generator: np.random.Generator) -> Plan:
        """The segments of one gradient step."""
        clip = self.bound.plan(window, progress, generator).clip
        if clip is None:
            raise InputError("a + b: the second forcing must be a clipped one (clipped-norm-c)")
        return self.segments.plan(window, progress, generator).clipped(clip)
