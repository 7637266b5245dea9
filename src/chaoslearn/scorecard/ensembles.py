"""What a claim sees of a measures file: an ensemble in one convention."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from chaoslearn.measures.convention import CONVENTIONS, Convention
from chaoslearn.published.places import Place, place
from chaoslearn.published.points import MEASURES

Array = NDArray[np.float64]

RESOLUTION = 5e-4
"""D_stsp in nats that counts as the least there is, for ratios need what is positive.

Estimated by Gaussian mixtures it is a mean over 1000 samples, which scatters around a value >= 0
and may be negative. Near 0 the variance of ln p/q is twice its mean D, so the standard error is
√(2 D / 1000): twice D at 5e-4 nats, and more below. Histograms resolve finer, but the least floor
they have found, 9.9e-4 of the published Rössler series, lies above.
"""


@dataclass(frozen=True)
class Ensemble:
    """The members trained on one series with one cell under one forcing.

    Attributes
    ----------
    place : family of the forcing and its number.
    scores : by name of the measure, ``(member,)``; +inf where a member has no value.
    failed : whether the member failed, ``(member,)``.
    floor : D_stsp between two stretches of the true series, in nats.
    """

    series: str
    cell: str
    forcing: str
    convention: Convention
    place: Place
    scores: dict[str, Array]
    failed: NDArray[np.bool_]
    floor: float

    @property
    def members(self) -> int:
        """How many there are, failed ones among them."""
        return len(self.failed)

    @property
    def ranked(self) -> Array:
        """D_stsp as claims compare it, ``(member,)``.

        A failed member ranks as worst, +inf, whatever its score; below the floor no member can be
        told from the system, so there all are equal.
        """
        score = np.fmax(self.scores["state_space_divergence"], self.floor)
        return np.where(self.failed, np.inf, score)

    @property
    def median(self) -> float:
        """Of the ranked members; infinite where half of them failed."""
        return float(np.median(self.ranked))

    @property
    def kind(self) -> str:
        """Its forcing without numbers and setting: `sparse`, `clipped-norm`, `windowed`."""
        pieces = self.place.family.split("-")
        return "-".join(pieces[: 2 if pieces[0] == "clipped" else 1])


def ensembles_of(
    dataset: xr.Dataset, series: str, cell: str, forcing: str, predictability_time: float
) -> list[Ensemble]:
    """The ensembles of a measures file, one a convention.

    D_stsp, of members and of the floor, is `RESOLUTION` at least.

    Parameters
    ----------
    dataset : with `state_space_divergence`, `spectrum_distance` and `failed`, each
        ``(convention, member)``, and `state_space_divergence_floor` ``(convention)``.
    predictability_time : τ_pred in steps, which `auto` in the forcing stands for.
    """
    return [
        Ensemble(
            series=series,
            cell=cell,
            forcing=forcing,
            convention=convention,
            place=place(forcing, predictability_time),
            scores=_scores(chosen),
            failed=chosen["failed"].values.astype(bool),
            floor=float(np.maximum(chosen["state_space_divergence_floor"], RESOLUTION)),
        )
        for convention in CONVENTIONS
        for chosen in [dataset.sel(convention=convention)]
    ]


def _scores(chosen: xr.Dataset) -> dict[str, Array]:
    values = {name: np.asarray(chosen[name].values, dtype=np.float64) for name in MEASURES}
    scores = {name: np.where(np.isfinite(found), found, np.inf) for name, found in values.items()}
    scores["state_space_divergence"] = np.maximum(scores["state_space_divergence"], RESOLUTION)
    return scores
