"""Two forcings at once: segments from the first, the gradient's bound from the second."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from chaoslearn.errors import InputError
from chaoslearn.forcing.plan import Forcing, Plan


class Composed:
    """``segments`` says where segments begin, ``bound`` how their gradient is clipped."""

    def __init__(self, segments: Forcing, bound: Forcing) -> None:
        if bound.plan(bound.longest, 1.0, np.random.default_rng(0)).clip is None:
            raise InputError("a + b: the second forcing must be a clipped one (clipped-norm-c)")
        self.segments = segments
        self.bound = bound

    @property
    def longest(self) -> int:
        """The longest segment in steps: the window must hold it."""
        return self.segments.longest

    def plan(self, window: int, progress: float, generator: np.random.Generator) -> Plan:
        """The segments of one gradient step."""
        plan = self.segments.plan(window, progress, generator)
        return replace(plan, clip=self.bound.plan(window, progress, generator).clip)
