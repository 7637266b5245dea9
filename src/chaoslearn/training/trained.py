"""What training makes: weights, and how it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chaoslearn.training.recipe import Recipe


@dataclass
class Trained:
    """An ensemble after, or in the middle of, its training.

    Attributes
    ----------
    weights : by name, ``(member, ...)``; of a diverged member the last finite ones.
    snapshots : by name, ``(snapshot, member, ...)``, the weights after ``snapshot_epochs`` of the
        recipe.
    loss, gradient_norm : ``(epoch, member)``, means over the epoch's gradient steps, the norm
        before clipping; NaN from the epoch in which a member diverged.
    diverged_at : ``(member,)``, the epoch (from 0) in which the loss or the gradient was no
        longer finite, −1 if it never happened.
    """

    weights: dict[str, NDArray[np.floating]]
    snapshots: dict[str, NDArray[np.floating]]
    loss: NDArray[np.float32]
    gradient_norm: NDArray[np.float32]
    diverged_at: NDArray[np.int32]


def untrained(weights: Mapping[str, NDArray[np.floating]], recipe: Recipe) -> Trained:
    """An ensemble before its first epoch, with these ``weights`` by name ``(member, ...)``."""
    members = len(next(iter(weights.values())))
    snapshots = len(recipe.snapshot_epochs)
    return Trained(
        {name: weight.copy() for name, weight in weights.items()},
        {name: np.repeat(weight[None], snapshots, axis=0) for name, weight in weights.items()},
        np.full((recipe.epochs, members), np.nan, np.float32),
        np.full((recipe.epochs, members), np.nan, np.float32),
        np.full(members, -1, np.int32),
    )
