"""All that claims are judged by: what was measured, what was asked for, and how it was trained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from chaoslearn.lyapunov.predictability import PredictabilityTime
from chaoslearn.measures.convention import Convention
from chaoslearn.scorecard import bootstrap
from chaoslearn.scorecard.ensembles import Ensemble

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Sweep:
    """An experiment whose figure shows measures.

    Attributes
    ----------
    published : id of the paper's figure it stands for (`fig1a`), if any.
    conventions : convention → the series that stands for it.
    forcings : names of its forcings as in paths, with the setting where there is one.
    training : how its nets are trained, keys as in the config.
    """

    published: str | None
    conventions: Mapping[Convention, str]
    cells: tuple[str, ...]
    forcings: tuple[str, ...]
    setting: str | None
    training: Mapping[str, Any]

    def trained(self, ensemble: Ensemble) -> bool:
        """Whether the ensemble is one of its own."""
        return (
            ensemble.series in self.conventions.values()
            and ensemble.cell in self.cells
            and ensemble.forcing in self.forcings
        )


@dataclass(frozen=True)
class View:
    """One cell on one series in one convention: what most claims are about.

    Attributes
    ----------
    figures : the paper's figures that show it, in the order of the config.
    """

    series: str
    cell: str
    convention: Convention
    figures: tuple[str, ...]

    @property
    def name(self) -> str:
        """As claims call it."""
        return f"{self.series}, {self.cell}"


@dataclass(frozen=True)
class Evidence:
    """What the scorecard is made from.

    Attributes
    ----------
    times : series → its own τ_pred in steps; infinite where λ_max is not positive.
    theorems : the table of theorem verdicts, None where no experiment makes one.
    seed : of the resampling.
    """

    ensembles: tuple[Ensemble, ...]
    times: Mapping[str, PredictabilityTime]
    sweeps: tuple[Sweep, ...]
    theorems: pd.DataFrame | None
    seed: int
    resampled: dict[tuple[str, ...], Array] = field(default_factory=dict, compare=False)

    def views(self) -> Iterator[View]:
        """Each cell of each series of each sweep, in each convention, once."""
        figures: dict[tuple[str, str, Convention], list[str]] = {}
        for sweep in self.sweeps:
            for convention, series in sweep.conventions.items():
                for cell in sweep.cells:
                    known = figures.setdefault((series, cell, convention), [])
                    known.extend([sweep.published] if sweep.published else [])
        for (series, cell, convention), shown in figures.items():
            yield View(series, cell, convention, tuple(dict.fromkeys(shown)))

    def of(self, view: View) -> list[Ensemble]:
        """The ensembles of a view, by forcing as they were measured."""
        wanted = (view.series, view.cell, view.convention)
        return [e for e in self.ensembles if (e.series, e.cell, e.convention) == wanted]

    def training(self, ensemble: Ensemble) -> Mapping[str, Any]:
        """How an ensemble was trained; empty for one that no sweep shows."""
        return next((sweep.training for sweep in self.sweeps if sweep.trained(ensemble)), {})

    def medians(self, ensemble: Ensemble, measure: str = "ranked") -> Array:
        """Resampled medians of an ensemble, ``(resample,)``, the same for every claim.

        Parameters
        ----------
        measure : `ranked` (D_stsp with failed members as worst), or a measure as scored.
        """
        names = (ensemble.series, ensemble.cell, ensemble.forcing, ensemble.convention, measure)
        if names not in self.resampled:
            values = ensemble.ranked if measure == "ranked" else ensemble.scores[measure]
            self.resampled[names] = bootstrap.medians(values, bootstrap.stream(self.seed, *names))
        return self.resampled[names]
