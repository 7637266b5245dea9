"""What a forcing says of one training step: where segments begin, from what, and how to clip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from chaoslearn.errors import InputError

Begin = Literal["observed", "zero", "carried"]


@dataclass(frozen=True)
class Clip:
    """A bound on the gradient of one member: of its norm, or of every entry."""

    kind: Literal["norm", "value"]
    threshold: float

    def __post_init__(self) -> None:
        if not self.threshold > 0:
            raise InputError(f"clipping threshold {self.threshold}: must be greater than 0")


@dataclass(frozen=True)
class Plan:
    """The segments of a window of ``window`` steps.

    The window's inputs are x_0 … x_{T−1}, its targets x_1 … x_T. At each start s the state is
    replaced (Mikhaeil et al. 2022, eq. 9, counted from 0):

    - ``observed``: z ← lift(B⁺ x_s); the gradient flows through B⁺;
    - ``zero``: z ← 0;
    - ``carried``: z stays, its gradient is cut; the first segment is observed.
    """

    window: int
    starts: tuple[int, ...]
    begins: Begin = "observed"
    clip: Clip | None = None

    def __post_init__(self) -> None:
        ordered = all(a < b for a, b in zip(self.starts, self.starts[1:], strict=False))
        if not self.starts or self.starts[0] != 0 or not ordered or self.starts[-1] >= self.window:
            raise InputError(
                f"segments must start at 0 and increase below the window of {self.window} steps, "
                f"got {self.starts}"
            )

    @property
    def lengths(self) -> tuple[int, ...]:
        """Steps in each segment; they sum to ``window``."""
        ends = (*self.starts[1:], self.window)
        return tuple(end - start for start, end in zip(self.starts, ends, strict=True))


class Forcing(Protocol):
    """What training asks of a forcing."""

    @property
    def longest(self) -> int:
        """The longest segment in steps that the window must hold."""
        ...

    def plan(self, window: int, progress: float, generator: np.random.Generator) -> Plan:
        """The segments of one gradient step.

        Parameters
        ----------
        window : T, the steps of a training window.
        progress : e/E in (0, 1], the share of training reached at the end of this epoch.
        generator : the random stream of this epoch's plans.
        """
        ...


def every(interval: int, window: int, begins: Begin = "observed") -> Plan:
    """A segment every ``interval`` steps; the last one is shorter if it does not divide."""
    if not 1 <= interval <= window:
        raise InputError(
            f"interval {interval}: must lie between 1 and the window of {window} steps"
        )
    return Plan(window, tuple(range(0, window, interval)), begins)
