"""How long, how fast and on how much data an ensemble is trained."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

import numpy as np

from chaoslearn.errors import InputError

# One-cycle schedule (Smith & Topin 2017, arXiv:1708.07120) with the usual constants: the rate
# rises from peak/25 over the first 30 % of the updates, then falls to peak/(25·10⁴).
WARM_UP = 0.3
INITIAL_DIVISOR = 25.0
FINAL_DIVISOR = 1.0e4

SHORTEST_WINDOW = 200
"""T where the config leaves it open and no segment is longer: the published sweeps' length."""


@dataclass(frozen=True)
class Recipe:
    """The numbers of a training run; the published protocol is 3000 × 10 × 32, T = 200, 1e-3.

    Attributes
    ----------
    latent : M, the latent units.
    epochs, batches, batch : gradient steps are epochs × batches, each on ``batch`` windows.
    window : T, the steps of a window.
    learning_rate : of Adam; the peak where ``schedule`` is "one-cycle".
    snapshots : how often the weights are kept on the way, from before the first epoch to after
        the last at equal distance.
    """

    latent: int
    epochs: int
    batches: int
    batch: int
    window: int
    learning_rate: float
    schedule: Literal["constant", "one-cycle"] = "constant"
    snapshots: int = 0

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any], longest: int) -> Recipe:
        """A recipe from config values; an open window becomes max(200, ``longest`` segment)."""
        values = {field.name: settings[field.name] for field in fields(cls)}
        values["window"] = values["window"] or max(SHORTEST_WINDOW, longest)
        return cls(**values)

    @property
    def updates(self) -> int:
        """Gradient steps in all."""
        return self.epochs * self.batches

    @property
    def snapshot_epochs(self) -> list[int]:
        """After how many finished epochs the weights are kept; each number once."""
        return sorted({round(e) for e in np.linspace(0, self.epochs, self.snapshots)})

    def learning_rate_at(self, update: int) -> float:
        """The learning rate of gradient step ``update``, counted from 0."""
        if self.schedule == "constant":
            return self.learning_rate
        peak = self.learning_rate
        initial = peak / INITIAL_DIVISOR
        turn = WARM_UP * self.updates - 1
        if update <= turn:
            return _cosine(initial, peak, update / turn)
        return _cosine(peak, initial / FINAL_DIVISOR, (update - turn) / (self.updates - 1 - turn))

    def require_fit(self, samples: int, series: str) -> None:
        """Check that ``samples`` training points hold a window and its targets.

        Raises
        ------
        InputError : the series is shorter than T + 1, or has fewer windows than one batch.
        """
        windows = samples - self.window
        if windows < 1:
            raise InputError(
                f"series {series}: {samples} training samples, but a window of {self.window} "
                f"steps needs {self.window + 1}; shorten the window or give a longer series"
            )
        if windows < self.batch:
            raise InputError(
                f"series {series}: {windows} windows of {self.window} steps, fewer than a batch "
                f"of {self.batch}; make the batch smaller or give a longer series"
            )


def _cosine(start: float, end: float, share: float) -> float:
    return end + (start - end) / 2 * (1 + math.cos(math.pi * share))
