"""Full BPTT with a clipped gradient: one forcing at the first step, then none.

``clipped-norm-c`` scales a member's gradient to norm c where it is longer, ``clipped-value-c``
cuts every entry to [−c, c]. Pascanu, Mikolov, Bengio 2013, arXiv:1211.5063.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from chaoslearn.errors import InputError
from chaoslearn.forcing.arguments import positive_number
from chaoslearn.forcing.plan import Clip, Plan


class Forcing:
    """One segment a window, its gradient bounded by ``clip``."""

    def __init__(self, *arguments: str) -> None:
        name = "-".join(("clipped", *arguments))
        if len(arguments) != 2 or arguments[0] not in ("norm", "value"):
            raise InputError(f"forcing {name}: write it as clipped-norm-c or clipped-value-c")
        kind: Literal["norm", "value"] = "norm" if arguments[0] == "norm" else "value"
        self.clip = Clip(kind, positive_number(name, "c", arguments[1]))

    @property
    def longest(self) -> int:
        """Any window will do."""
        return 1

    def plan(self, window: int, progress: float, generator: np.random.Generator) -> Plan:
        """The segments of one gradient step."""
        return Plan(window, (0,), clip=self.clip)
