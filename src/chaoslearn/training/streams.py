"""Random streams: each drawn number depends on names and counters, never on what ran before.

A stream is derived from (seed, series, cell, forcing, member) and a purpose, so a member is the
same alone, in any ensemble, and after a restart.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Streams:
    """The random streams of one training: all its members, epochs and gradient steps."""

    seed: int
    series: str
    cell: str
    forcing: str

    def weights(self, member: int) -> np.random.Generator:
        """For the initial weights of ``member``."""
        return self._generator("weights", member)

    def windows(
        self, member: int, epoch: int, batches: int, batch: int, count: int
    ) -> NDArray[np.int64]:
        """The windows' first samples in one epoch of ``member``, ``(batches, batch)`` < count."""
        return self._generator("windows", member, epoch).integers(0, count, (batches, batch))

    def plans(self, epoch: int) -> np.random.Generator:
        """For the forcing's own draws in one epoch: the same for all members."""
        return self._generator("plans", epoch)

    def _generator(self, purpose: str, *counters: int) -> np.random.Generator:
        names = "\0".join((self.series, self.cell, self.forcing, purpose))
        entropy = int.from_bytes(hashlib.sha256(names.encode()).digest()[:16], "little")
        return np.random.default_rng(np.random.SeedSequence((self.seed, entropy, *counters)))
