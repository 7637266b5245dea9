"""Evidence made up for the scorecard: ensembles whose verdicts are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from chaoslearn.lyapunov.predictability import PredictabilityTime
from chaoslearn.measures.convention import Convention
from chaoslearn.published.places import place
from chaoslearn.scorecard.ensembles import Ensemble
from chaoslearn.scorecard.evidence import Evidence, Sweep
from chaoslearn.scorecard.row import Row

SERIES = "lorenz63_published"
TIME = 62.7
PROTOCOL: dict[str, Any] = {
    "latent": 30, "epochs": 3000, "batches": 10, "batch": 32, "window": None,
    "learning_rate": 1.0e-3, "schedule": "constant",
}  # fmt: skip

OPTIMUM_AT_30 = {5: 8.0, 15: 0.4, 20: 0.1, 30: 0.02, 50: 0.3, 70: 2.0, 200: 9.0}
"""τ → median D_stsp, best inside and far from τ_pred."""


def ensemble(
    forcing: str,
    median: float,
    *,
    members: int = 7,
    failed: int = 0,
    spread: float = 1.15,
    cell: str = "lstm",
    convention: Convention = "published",
    floor: float = 0.01,
) -> Ensemble:
    """Members at equal steps on a logarithmic axis around a median; the last ones failed."""
    scores = median * spread ** np.linspace(-1.0, 1.0, members)
    return Ensemble(
        series=SERIES,
        cell=cell,
        forcing=forcing,
        convention=convention,
        place=place(forcing, TIME),
        scores={"state_space_divergence": scores, "spectrum_distance": np.full(members, 0.15)},
        failed=np.arange(members) >= members - failed,
        floor=floor,
    )


def sparse(medians: Mapping[int, float] = OPTIMUM_AT_30, **about: Any) -> list[Ensemble]:
    """A sweep over τ."""
    return [ensemble(f"sparse-{tau}", median, **about) for tau, median in medians.items()]


def evidence(
    ensembles: Sequence[Ensemble],
    *,
    figure: str | None = "fig1a",
    more: Sequence[str] = (),
    time: float = TIME,
    theorems: pd.DataFrame | None = None,
    **training: Any,
) -> Evidence:
    """A sweep for each figure that trains all of the ensembles, by the published protocol."""
    sweeps = [_sweep(name, ensembles, PROTOCOL | training) for name in (figure, *more)]
    interval = PredictabilityTime(time, 0.999 * time, 1.001 * time)
    return Evidence(tuple(ensembles), {SERIES: interval}, tuple(sweeps), theorems, seed=1)


def _sweep(figure: str | None, ensembles: Sequence[Ensemble], training: dict[str, Any]) -> Sweep:
    return Sweep(
        published=figure,
        conventions={"published": SERIES},
        cells=tuple(dict.fromkeys(e.cell for e in ensembles)),
        forcings=tuple(dict.fromkeys(e.forcing for e in ensembles)),
        setting=None,
        training=training,
    )


def row(rows: Sequence[Row], *words: str) -> Row:
    """The one row whose claim has all these words."""
    (found,) = [row for row in rows if all(word in row.claim for word in words)]
    return found
